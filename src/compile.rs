//! The whole way of the data, from a folder to an edition. `build`, `check` and `serve` all go it.
//!
//! A stage that cannot go on hands on what it has; whatever could be read is checked, so that one run reports everything.

use crate::book::{self, Book};
use crate::diagnostic::{Code, Diagnostic, Level, Levels, has_errors, settle};
use crate::ledger::Tally;
use crate::manuscript;
use crate::site::edition::Edition;
use crate::site::theme::Theme;
use crate::site::{self, Materials, Progress, SiteOptions};
use crate::span::Files;
use crate::workspace;
use std::path::Path;

pub use crate::book::LinkOptions;

/// What an editor may leave open for a while, and what must not go before readers: `build` without drafts takes these for [`Options::unsaid`].
pub const FOR_READERS: &[(Code, Level)] = &[(Code::SB207, Level::Deny)];

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
    /// Files that the site names outside its folders of content, templates and static files, relative to the root.
    pub named_files: Vec<String>,
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
    run(root, options, None)
}

/// Reads, links, checks and renders a site.
pub fn build(root: &Path, options: &Options, progress: Progress<'_>) -> Compilation {
    run(root, options, Some(progress))
}

/// A site that was read, linked and checked, with the book itself: for commands that write something else than a site.
pub struct Opened {
    /// The book. Where there are errors it has gaps; what it has is right.
    pub book: Book,
    /// What was wrong, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The theme and what lies beside the pages; `None` where the theme is broken.
    pub theme: Option<(Theme, Materials)>,
}

/// Reads, links and checks a site, and hands on the book. What could not even be read comes back as what a check says of it.
pub fn open(root: &Path, options: &Options) -> Result<Opened, Box<Compilation>> {
    let (mut workspace, mut diagnostics) = match workspace::load(root) {
        Ok(loaded) => loaded,
        Err(unreadable) => {
            let diagnostics = settle(unreadable.diagnostics, &Levels::default());
            let summary = Summary::default();
            let files = unreadable.files;
            return Err(Box::new(Compilation {
                files,
                diagnostics,
                edition: None,
                summary,
                build_dir: None,
                named_files: Vec::new(),
            }));
        }
    };
    for (code, level) in &options.levels {
        workspace.config.levels.set(*code, *level);
    }
    for (code, level) in options.unsaid {
        workspace.config.levels.set_unsaid(*code, *level);
    }
    if options.base_url.is_some() {
        workspace.config.base_url.clone_from(&options.base_url);
    }
    let (manuscript, problems) = manuscript::parse_workspace(&workspace);
    diagnostics.extend(problems);
    let mut fatal = Vec::new();
    let theme = site::load_theme(&workspace).map_err(|problems| fatal.extend(problems)).ok();
    let workspace::Workspace { files, config, images, .. } = workspace;
    let (book, problems) = book::link(files, config, images, manuscript, options.link.clone());
    diagnostics.extend(problems);
    diagnostics.extend(crate::check::check(&book));
    let mut diagnostics = settle(diagnostics, &book.config.levels);
    // Without a theme there is no site at all, so no level in book.toml makes this less than an error.
    diagnostics.extend(settle(fatal, &Levels::default()));
    Ok(Opened { book, diagnostics, theme })
}

fn run(root: &Path, options: &Options, render: Option<Progress<'_>>) -> Compilation {
    let Opened { book, mut diagnostics, theme } = match open(root, options) {
        Ok(opened) => opened,
        Err(unreadable) => return *unreadable,
    };
    let mut edition = None;
    if let (Some(progress), Some((theme, materials)), false) = (render, theme, has_errors(&diagnostics)) {
        match site::render(&book, &theme, materials, options.site, progress) {
            Ok(rendered) => edition = Some(rendered),
            Err(problems) => diagnostics.extend(settle(problems, &Levels::default())),
        }
    }
    let summary = summarise(&book);
    let build_dir = Some(book.config.build_dir.clone());
    let named_files = book.config.citation_style.iter().map(|style| style.value.clone()).collect();
    Compilation { files: book.files, diagnostics, edition, summary, build_dir, named_files }
}

fn summarise(book: &Book) -> Summary {
    Summary {
        pages: book.pages.len(),
        languages: book.languages.len(),
        sources: book.library.sources().count(),
        tally: book.versions().map(|(_, _, version)| version.tally).sum(),
    }
}
