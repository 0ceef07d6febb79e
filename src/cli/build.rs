//! `sourcebook build`

use super::progress::Bar;
use super::root::RootArguments;
use super::{Exit, clock, key, press, record, report};
use crate::compile::{self, BuildName, Compilation, Downloads, LinkOptions, Options, Reading, Recording};
use crate::diagnostic;
use crate::publish::receipt::{self, Receipt};
use crate::publish::{Publication, Published};
use crate::site::SiteOptions;
use crate::site::address::Profile;
use crate::site::edition::Outlet;
use crate::workspace;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// `sourcebook build [--root DIR] [--out DIR] [--base-url URL] [--links folders|files] [--drafts] [--pseudo] [--locked] [--sign KEYFILE] [--quiet]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook build\n  sourcebook build --out /srv/site --base-url https://example.org/explainer/\n  sourcebook build --links files --out /media/stick/explainer"
)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option that is given or not")]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The folder to build into [default: public, or build-dir of book.toml]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The address at which the site will be served; links stay relative
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// How links are written: `folders` for a web host, `files` to open the site from a disk
    #[arg(long, value_enum, default_value_t = Links::Folders)]
    links: Links,
    /// Build drafts, too, and let `[@?]` stand
    #[arg(long)]
    drafts: bool,
    /// Build in two languages that nobody speaks, too, which show what cannot be translated and what does not fit
    #[arg(long, conflicts_with_all = ["base_url", "locked"])]
    pseudo: bool,
    /// Refuse to build when figures have changed and figures.lock.yaml does not say so yet
    #[arg(long)]
    locked: bool,
    /// The secret key of minisign that signs the copies that the site offers (`offline` in book.toml)
    #[arg(long, value_name = "KEYFILE", conflicts_with_all = ["drafts", "pseudo"])]
    sign: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Links {
    /// ../gaza/
    Folders,
    /// ../gaza/index.html
    Files,
}

impl From<Links> for Profile {
    fn from(links: Links) -> Self {
        match links {
            Links::Folders => Self::Folders,
            Links::Files => Self::Files,
        }
    }
}

/// Builds the site.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let started = Instant::now();
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let base_url = match arguments.base_url.as_deref().map(workspace::config::parse_base_url).transpose() {
        Ok(url) => url,
        Err(message) => {
            report::error(&format!("--base-url: {message}"));
            return Exit::Usage;
        }
    };
    // Drafts and pseudo-languages are for the editors, and what only they see has not been published.
    let recording = match (arguments.locked, arguments.drafts || arguments.pseudo) {
        (true, _) => Recording::Refused,
        (false, true) => Recording::Off,
        (false, false) => match clock::today() {
            Ok(today) => Recording::On(today),
            Err(exit) => return exit,
        },
    };
    let downloads = match downloads(arguments, &root) {
        Ok(downloads) => downloads,
        Err(exit) => return exit,
    };
    let mut options = Options {
        recording,
        downloads,
        printer: Some(Arc::new(press::installed())),
        link: LinkOptions { drafts: arguments.drafts, ..LinkOptions::default() },
        unsaid: if arguments.drafts { &[] } else { compile::FOR_READERS },
        base_url,
        pseudo: arguments.pseudo,
        compress: true,
        site: SiteOptions { profile: arguments.links.into(), pictures: true, ..SiteOptions::default() },
        ..Options::default()
    };
    let bar = Bar::new(arguments.quiet);
    let reading = match compile::read(&root, &options) {
        Ok(reading) => reading,
        Err(unreadable) => {
            bar.clear();
            return refused(arguments, &unreadable);
        }
    };
    record::clear(&root);
    let out = arguments.out.clone().unwrap_or_else(|| root.join(reading.build_dir()));
    let name = name(arguments, &reading);
    if let Some(receipt) = name.as_ref().and_then(|name| receipt::find(&name.as_read(), &out, &root)) {
        bar.clear();
        say(&receipt.said);
        tell(arguments, &receipt.told, started);
        return Exit::Done;
    }
    let publication = Arc::new(Publication::new(&out, &root));
    options.site.outlet = Some(Arc::clone(&publication) as Arc<dyn Outlet>);
    options.site.surroundings = name.as_ref().and_then(|_| reading.name_around_pages(&asked(arguments)));
    let compilation = compile::build_of(reading, &options, &|done, of| bar.rendered(done, of));
    bar.writing();
    if let Some(unrecorded) = compilation.record.as_ref().filter(|_| arguments.locked) {
        bar.clear();
        report::diagnostics(&compilation);
        return record::refuse(unrecorded, &compilation.files);
    }
    let Some(edition) = &compilation.edition else {
        bar.clear();
        return refused(arguments, &compilation);
    };
    let (mut kept, mut unkept) = (None, false);
    let mut keep = || {
        let Some(due) = &compilation.record else { return Ok(()) };
        let result = record::keep(due, &root);
        (kept, unkept) = (result.is_ok().then_some(due), result.is_err());
        result
    };
    let published = publication.finish(edition, &mut keep);
    if let (Err(_), Some(due)) = (&published, kept) {
        record::take_back(due, &root);
    }
    bar.clear();
    let said = said(arguments, &compilation);
    say(&said);
    match published {
        Err(error) if unkept => record::not_kept(&error),
        Err(error) => {
            report::error(&error.to_string());
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
        Ok(published) => {
            let told = told(&compilation, published, &out);
            tell(arguments, &told, started);
            if let Some(made_of) = name.and_then(|name| name.left(&compilation)) {
                receipt::keep(&Receipt { made_of, said, told }, &publication.take_recipes(), &out, &root);
            }
            Exit::Done
        }
    }
}

/// A name for all that the build depends on; `None` where that cannot be told. A signature is made anew each time.
fn name(arguments: &Arguments, reading: &Reading) -> Option<BuildName> {
    reading.name(&asked(arguments)).filter(|_| arguments.sign.is_none())
}

/// The options, in words.
fn asked(arguments: &Arguments) -> String {
    format!("{arguments:?} {}", report::colours())
}

/// What is said of the content.
fn said(arguments: &Arguments, compilation: &Compilation) -> String {
    let is_quiet = arguments.quiet && !diagnostic::has_errors(&compilation.diagnostics);
    if is_quiet { String::new() } else { report::rendered(&compilation.diagnostics, &compilation.files) }
}

fn say(said: &str) {
    if !said.is_empty() {
        report::say(said);
    }
}

/// What was built, up to the seconds that it took.
fn told(compilation: &Compilation, published: Published, out: &Path) -> String {
    format!(
        "Built {} ({} files) into {} with {}",
        report::counted(&compilation.summary),
        published.files,
        out.display(),
        diagnostic::summary(&compilation.diagnostics),
    )
}

fn tell(arguments: &Arguments, told: &str, started: Instant) {
    if !arguments.quiet && std::io::stderr().is_terminal() {
        report::say(&format!("{told} in {:.2} s", started.elapsed().as_secs_f64()));
    }
}

/// Says why there is no site.
fn refused(arguments: &Arguments, compilation: &Compilation) -> Exit {
    say(&said(arguments, compilation));
    report::say(&format!("{}; nothing was written", diagnostic::summary(&compilation.diagnostics)));
    report::exit_of(compilation)
}

/// The copies to be offered: none beside drafts and languages that nobody speaks, which are not handed on.
fn downloads(arguments: &Arguments, root: &Path) -> Result<Downloads, Exit> {
    if let Some(file) = &arguments.sign {
        if workspace::config_of(root).is_some_and(|config| config.offline.is_empty()) {
            report::error("--sign: the site offers no copies that could be signed");
            report::help(
                "write `offline = [\"zip\"]` into [build] of book.toml, or sign a single file with `bundle --sign`",
            );
            return Err(Exit::Usage);
        }
        return Ok(Downloads::Signed(Arc::new(key::read(file)?)));
    }
    let is_published = !arguments.drafts && !arguments.pseudo;
    Ok(if is_published { Downloads::Made } else { Downloads::None })
}
