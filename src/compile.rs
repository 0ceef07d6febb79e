//! The whole way of the data, from a folder to an edition. `build`, `bundle`, `check` and `serve` all go it.
//!
//! A stage that cannot go on hands on what it has; whatever could be read is checked, so that one run reports everything.

mod downloads;
mod page;
mod preview;
mod reading;

use crate::book::{self, Book, present};
use crate::bundle::Printer;
use crate::changes::{self, Change};
use crate::date::Day;
use crate::desk::{self, Desk};
use crate::diagnostic::{Code, Diagnostic, Level, Levels, Severity, settle};
use crate::evidence::{self, copies::Copies};
use crate::ledger::Tally;
use crate::manuscript;
use crate::site::address::Profile;
use crate::site::edition::{Edition, Stamp};
use crate::site::hosting::compress::compress;
use crate::site::theme::Theme;
use crate::site::{self, Kept, Materials, Progress, SiteOptions};
use crate::span::{Files, Span};
use crate::workspace::{self, Fingerprint, Unsaved, disk};
use std::path::Path;
use std::sync::Arc;

pub use crate::book::LinkOptions;
pub use downloads::Downloads;
pub use page::revise;
pub use preview::{Preview, preview};
pub use reading::{BuildName, Reading, read};

/// What an editor may leave open for a while, and what must not go before readers: `build` without drafts takes these for [`Options::unsaid`].
pub const FOR_READERS: &[(Code, Level)] = &[(Code::SB207, Level::Deny)];

/// Errors of work that is not finished: pages with them can be shown, to those who work on them.
pub const UNFINISHED: &[Code] =
    &[Code::SB207, Code::SB210, Code::SB216, Code::SB412, Code::SB413, Code::SB414, Code::SB415, Code::SB601];

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether drafts are part of it.
    pub link: LinkOptions,
    /// How the site is written.
    pub site: SiteOptions,
    /// Levels given on the command line; they win over `book.toml`.
    pub levels: Vec<(Code, Level)>,
    /// Levels of codes of which neither the command line nor `book.toml` says anything.
    pub unsaid: &'static [(Code, Level)],
    /// An address given on the command line.
    pub base_url: Option<String>,
    /// What becomes of changes of figures that were not recorded yet.
    pub recording: Recording,
    /// Whether the site is made in languages that nobody speaks, too.
    pub pseudo: bool,
    /// The day up to which the site tells, where the content's own is not meant.
    pub date: Option<Day>,
    /// Whether compressed copies are made, where `book.toml` asks for them. A preview needs none.
    pub compress: bool,
    /// Whether copies are made to be offered on the site.
    pub downloads: Downloads,
    /// What an editor holds back of files: it is read in their place.
    pub unsaved: Unsaved,
    /// Who prints, where a copy is a PDF.
    pub printer: Option<Arc<dyn Printer>>,
    /// Errors in spite of which an edition is made. It is for a preview, and goes before no reader.
    pub shown_with: &'static [Code],
    /// Whether the desk of an editor is laid out, too.
    pub desk: bool,
}

/// What becomes of changes of figures that were not recorded yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Recording {
    /// They are not told: nobody is meant to see what is made.
    #[default]
    Off,
    /// They are recorded as noted on that day, and told.
    On(Day),
    /// There must be none.
    Refused,
}

/// What the lock file of figures must become.
#[derive(Debug, Default)]
pub struct Record {
    /// Its text until now; empty where there was none.
    pub before: String,
    /// Its text from now on.
    pub after: String,
    /// What it tells that it did not tell before, each with where it is written.
    pub changes: Vec<(Change, Span)>,
    /// Whether the next build of the same files has nothing to record, on any day.
    pub is_last: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Compilation {
    /// Every text file, for the diagnostics.
    pub files: Files,
    /// What was wrong, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The site; `None` when there were errors, or when it was not asked for.
    pub edition: Option<Edition>,
    /// What was counted on the way.
    pub summary: Summary,
    /// Where the configuration sends a build, when there is one.
    pub build_dir: Option<String>,
    /// Files that the site names outside its folders of templates and static files, and the folder of its content, relative to the root.
    pub named_files: Vec<String>,
    /// What the lock file of figures must become, where it must change.
    pub record: Option<Record>,
    /// What an editor wants to know beside the pages; `None` where nobody asked.
    pub desk: Option<Desk>,
}

/// What a run counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages, each counted once whatever its languages.
    pub pages: usize,
    /// Languages.
    pub languages: usize,
    /// Sources in the library.
    pub sources: usize,
    /// Statements.
    pub tally: Tally,
}

/// Reads, links and checks a site.
pub fn check(root: &Path, options: &Options) -> Compilation {
    run(root, options, Product::Nothing)
}

/// Reads, links, checks and renders a site.
pub fn build(root: &Path, options: &Options, progress: Progress<'_>) -> Compilation {
    run(root, options, Product::Site(progress))
}

/// Links, checks and renders a site that was read, with the options with which it was read.
pub fn build_of(reading: Reading, options: &Options, progress: Progress<'_>) -> Compilation {
    let root = reading.root().to_path_buf();
    go_on(&root, understand(reading, options), options, Product::Site(progress))
}

/// Reads, links and checks a site, and gathers what it rests on, for reviewers.
pub fn evidence(root: &Path, options: &Options) -> Compilation {
    run(root, options, Product::Evidence)
}

/// What is made of a book that has no errors.
enum Product<'p> {
    Nothing,
    Site(Progress<'p>),
    Evidence,
}

/// A site that was read, linked and checked, with the book itself: for commands that write something else than a site.
pub struct Opened {
    /// The book. Where there are errors it has gaps; what it has is right.
    pub book: Book,
    /// What was wrong, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The theme and what lies beside the pages; `None` where the theme is broken.
    pub theme: Option<(Theme, Materials)>,
    /// A name for all that was read.
    pub fingerprint: Fingerprint,
}

/// Reads, links and checks a site, and hands on the book. What could not even be read comes back as what a check says of it.
pub fn open(root: &Path, options: &Options) -> Result<Opened, Box<Compilation>> {
    read(root, options).map(|reading| understand(reading, options))
}

/// Links and checks what was read.
fn understand(reading: Reading, options: &Options) -> Opened {
    let Reading { mut workspace, mut diagnostics, fingerprint } = reading;
    for (code, level) in &options.levels {
        workspace.config.levels.set(*code, *level);
    }
    for (code, level) in options.unsaid {
        workspace.config.levels.set_unsaid(*code, *level);
    }
    if options.base_url.is_some() {
        workspace.config.base_url.clone_from(&options.base_url);
    }
    diagnostics.extend(downloads::forms(&workspace.config).1);
    let (manuscript, problems) = manuscript::parse_workspace(&workspace);
    diagnostics.extend(problems);
    let mut fatal = Vec::new();
    let theme = site::load_theme(&workspace, &mut diagnostics).map_err(|problems| fatal.extend(problems)).ok();
    let pseudo = options.pseudo.then(|| {
        let (mut manuscript, _) = manuscript::parse_workspace(&workspace);
        let mut config = workspace.config.clone();
        manuscript::pseudo::add(&mut config, &mut manuscript);
        (config, workspace.images.clone(), manuscript)
    });
    let workspace::Workspace { files, config, images, .. } = workspace;
    let (mut book, problems) = book::link(files, config, images, manuscript, options.link.clone());
    diagnostics.extend(problems);
    diagnostics.extend(crate::check::check(&book));
    // Only what people wrote is judged; what is shown has the other languages besides.
    if let Some((config, images, manuscript)) = pseudo {
        (book, _) = book::link(book.files, config, images, manuscript, options.link.clone());
    }
    let mut diagnostics = settle(diagnostics, &book.config.levels);
    // Without a theme there is no site at all, so no level in book.toml makes this less than an error.
    diagnostics.extend(settle(fatal, &Levels::default()));
    Opened { book, diagnostics, theme, fingerprint }
}

fn run(root: &Path, options: &Options, product: Product<'_>) -> Compilation {
    match open(root, options) {
        Ok(opened) => go_on(root, opened, options, product),
        Err(unreadable) => *unreadable,
    }
}

/// Makes of the book what is asked for, where nothing stands against it.
fn go_on(root: &Path, opened: Opened, options: &Options, product: Product<'_>) -> Compilation {
    let (compilation, book, _) = finish(root, opened, options, product);
    // A book of thousands of pages takes a while to put away; nobody waits for it.
    rayon::spawn(move || drop(book));
    compilation
}

/// The same, with the book, which has no files any more, and what its pages were rendered with, where they were.
fn finish(root: &Path, opened: Opened, options: &Options, product: Product<'_>) -> (Compilation, Book, Option<Kept>) {
    let Opened { mut book, mut diagnostics, theme, fingerprint } = opened;
    let stops = |found: &Diagnostic| found.severity == Severity::Error && !options.shown_with.contains(&found.code);
    let is_stopped = diagnostics.iter().any(stops);
    let record = if is_stopped { None } else { record(&mut book, options.recording) };
    let is_refused = options.recording == Recording::Refused && record.is_some();
    let (mut edition, mut kept) = (None, None);
    if !is_refused && !is_stopped {
        let stamp = stamp(&book, &fingerprint, record.as_ref(), options.date);
        let mut warnings = Vec::new();
        let made = match (product, theme) {
            (Product::Site(progress), Some(theme)) => make(&mut book, theme, (options, stamp), progress, &mut warnings)
                .map(|(edition, with)| {
                    kept = Some(with);
                    edition
                }),
            (Product::Evidence, _) => gather(root, &book, stamp),
            _ => Err(Vec::new()),
        };
        let warnings = settle(warnings, &book.config.levels);
        match made {
            Ok(made) => edition = Some(made).filter(|_| !warnings.iter().any(stops)),
            Err(problems) => diagnostics.extend(settle(problems, &Levels::default())),
        }
        diagnostics.extend(warnings);
    }
    let summary = summarise(&book);
    let desk = options.desk.then(|| desk::desk(&book));
    let build_dir = Some(book.config.build_dir.clone());
    let locks = [workspace::FIGURES, workspace::LINKS].map(str::to_owned);
    let fonts = book.config.languages.iter().flat_map(|language| &language.fonts);
    let named = book.config.citation_style.iter().chain(&book.config.social_fonts).chain(fonts);
    let content = book.config.content_dir.clone();
    let named_files = named.map(|file| file.value.clone()).chain(locks).chain([content]).collect();
    let files = std::mem::take(&mut book.files);
    let compilation = Compilation { files, diagnostics, edition, summary, build_dir, named_files, record, desk };
    (compilation, book, kept)
}

/// The copies that are offered, then the pages, which tell of them, then what is made of pages. What is only strange in it is added to `warnings`.
fn make(
    book: &mut Book,
    (theme, materials): (Theme, Materials),
    (options, stamp): (&Options, Stamp),
    progress: Progress<'_>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(Edition, Kept), Vec<Diagnostic>> {
    let mut site = options.site.clone();
    site.stamp = stamp;
    if is_compressed(book, options) {
        // What is compressed is read once more.
        site.outlet = None;
    }
    if let Some(offline) = &mut site.offline {
        // A copy has no address of its own, so nothing that depends on one is in it; it knows where the live site is.
        offline.live_url = book.config.base_url.take();
    }
    let printer = options.printer.as_deref();
    let means = downloads::Means { theme: &theme, materials: &materials, stamp: &site.stamp, progress, printer };
    let copies = downloads::make(book, &means, &options.downloads)?;
    site.offered.clone_from(&copies.offered);
    let (mut edition, setup) = site::render_with(book, &theme, materials, &site, progress, warnings)?;
    copies.put(&mut edition);
    if is_compressed(book, options) {
        compress(&mut edition, &book.config.compress);
    }
    // Whoever renders single pages of this edition has no use for the one before.
    site.before = None;
    Ok((edition, Kept::new(theme, setup, site)))
}

/// Whether compressed copies of files lie beside them.
fn is_compressed(book: &Book, options: &Options) -> bool {
    options.compress && options.site.profile == Profile::Folders && !book.config.compress.is_empty()
}

/// What the book rests on, with the copies of sources that may be handed on. Those are read only now: no page needs them.
fn gather(root: &Path, book: &Book, stamp: Stamp) -> Result<Edition, Vec<Diagnostic>> {
    let content = root.join(&book.config.content_dir);
    let mut problems = Vec::new();
    let mut copies = Copies::new();
    for path in evidence::copies::wanted(book) {
        match disk::read_asset(&content.join(&path.value)) {
            Ok(bytes) => drop(copies.insert(path.value, bytes)),
            Err(problem) => problems.push(disk::unreadable_at(path.span, &path.value, &problem)),
        }
    }
    if problems.is_empty() { Ok(evidence::edition(book, &copies, stamp)) } else { Err(problems) }
}

/// What the edition is made of. Changes of figures that are recorded with it belong to it, so that the next build of the same files is the same.
fn stamp(book: &Book, fingerprint: &Fingerprint, record: Option<&Record>, told: Option<Day>) -> Stamp {
    let figures = record.map_or_else(|| figures_lock(book).unwrap_or_default(), |record| &record.after);
    Stamp { inputs: fingerprint.with_figures(figures), date: told.or_else(|| book.newest_day()) }
}

/// The lock file of figures as it was read. What is no file, such as a link, has no text: who would write there finds out.
fn figures_lock(book: &Book) -> Option<&str> {
    let is_lock = |text: &str, path: &str| path == workspace::FIGURES && !text.is_empty();
    book.files.iter().find(|(_, file)| is_lock(file.text(), file.path())).map(|(_, file)| file.text())
}

/// Brings what the book knows of its figures' past up to date, before anything is made of it: an edition depends on the files and the lock alone.
fn record(book: &mut Book, recording: Recording) -> Option<Record> {
    let lock = figures_lock(book).map(str::to_owned);
    if lock.is_some() && book.changes.is_none() {
        // It is there and cannot be read, which was reported: it is never overwritten.
        return None;
    }
    let present = present::present(book);
    let old = book.changes.as_ref();
    // What is refused is never written, so any day will do.
    let today = match recording {
        Recording::Off => return None,
        Recording::On(day) => day,
        Recording::Refused => old.map(|lock| lock.since).or_else(|| Day::new(1, 1, 1))?,
    };
    let has_figures = !present.snapshot.figures.is_empty() || !present.snapshot.series.is_empty();
    // A feed takes its name from the lock, whatever it tells.
    let is_needless = old.is_none() && !has_figures && !book.has_news();
    let new = changes::compare::update(old, &book.config.title, &present, today);
    let before = lock.unwrap_or_default();
    let after = changes::write::write(&new);
    let place = |change: &Change| changes::compare::place(change, &present.snapshot, old.map(|lock| &lock.held));
    let start = Span::start_of(book.config.file);
    let known = old.map(|lock| lock.log.as_slice()).unwrap_or_default();
    let news = new
        .log
        .iter()
        .enumerate()
        .filter(|(number, change)| known.get(*number) != Some(change))
        .map(|(_, change)| change);
    let changes: Vec<(Change, Span)> = news.map(|change| (change.clone(), place(change).unwrap_or(start))).collect();
    // A lock without news keeps its words until the next build that may write: they are needed when a record is gone.
    let has_news = old.is_none_or(|lock| lock.log != new.log);
    let is_due = if recording == Recording::Refused { has_news } else { before != after };
    if is_needless || !is_due {
        return None;
    }
    let again = changes::compare::update(Some(&new), &book.config.title, &present, today);
    let is_last = changes::write::write(&again) == after;
    book.changes = Some(new);
    Some(Record { before, after, changes, is_last })
}

fn summarise(book: &Book) -> Summary {
    Summary {
        pages: book.pages.len(),
        languages: book.languages.len(),
        sources: book.library.sources().count(),
        tally: book.versions().map(|(_, _, version)| version.tally).sum(),
    }
}
