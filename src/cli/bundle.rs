//! `sourcebook bundle`

mod output;

use super::names::near;
use super::progress::Bar;
use super::root::RootArguments;
use super::{Exit, clock, key, press, record, report};
use crate::bundle::archive::Archive;
use crate::bundle::{self, Bundle, BundleError, Format, Means, Paper, Seal};
use crate::compile::{self, Options, Recording};
use crate::diagnostic;
use crate::ids::Lang;
use crate::manifest::Manifest;
use crate::press::Press;
use crate::signature::Key;
use crate::site::address::Profile;
use crate::site::edition::Edition;
use crate::site::{Offline, SiteOptions};
use crate::workspace;
use crate::workspace::config::Config;
use clap::builder::{PossibleValuesParser, TypedValueParser};
pub(super) use output::beside;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// `sourcebook bundle [--root DIR] [--format FORMAT,…] [--lang LANG,…] [--page PAGE,…] [--evidence] [--out FILE|DIR] [--since OLD] [--sign KEYFILE] [--base-url URL] [--locked] [--quiet]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook bundle\n  sourcebook bundle --lang he,ar --out /media/stick/explainer.zip\n  sourcebook bundle --since last-month.zip --out update.zip\n  sourcebook bundle --sign ~/.minisign/minisign.key\n  sourcebook bundle --format pdf --page humanitarian --lang ar\n  sourcebook bundle --evidence\n\nUnpack the zip anywhere and open index.html. PDFs are printed by Chromium, Chrome or Edge: the one that CHROMIUM names, else the first that is installed. docs/offline.md tells more."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// What to make; several with a comma between them
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "zip", value_parser = formats())]
    format: Vec<Format>,
    /// The languages that go into it [default: all]
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    lang: Vec<String>,
    /// The pages to print, each with those below it, such as humanitarian/food; for `--format pdf` [default: all]
    #[arg(long, value_name = "PAGE", value_delimiter = ',')]
    page: Vec<String>,
    /// What the site rests on instead of the site, for reviewers: the ledger, the library, the copies of sources that may be handed on
    #[arg(long, conflicts_with_all = ["format", "lang"])]
    evidence: bool,
    /// The file to write, or the folder where there are several [default: the site's name, in this folder]
    #[arg(long, value_name = "FILE|DIR")]
    out: Option<PathBuf>,
    /// An older bundle: only what has changed since is packed, to be unpacked over it
    #[arg(long, value_name = "OLD")]
    since: Option<PathBuf>,
    /// The secret key of minisign that signs the file; the signature is written beside it, and a zip has one of its list inside
    #[arg(long, value_name = "KEYFILE")]
    sign: Option<PathBuf>,
    /// Where the site itself is served; the pages say so
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Refuse to bundle when figures have changed and figures.lock.yaml does not say so yet
    #[arg(long)]
    locked: bool,
    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

/// The names of formats.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()))
        .try_map(|name| Format::parse(&name).ok_or("no such format"))
}

/// Makes bundles.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    // Without a configuration there is nothing to look up, and the run below says what is wrong with it.
    let config = workspace::config_of(&root);
    let options = match options(arguments, config.as_ref()) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let mut top = config.as_ref().map(|config| bundle::name_of(&config.title)).unwrap_or_default();
    if arguments.evidence {
        top += "-evidence";
    }
    if arguments.since.is_some() && arguments.format != [Format::Zip] {
        return usage("--since makes an update of a zip, and of nothing else; leave out --format");
    }
    if !arguments.page.is_empty() && arguments.format != [Format::Pdf] {
        return usage("--page says what is printed; it goes with --format pdf, and with no other format");
    }
    let press = press::installed();
    // Before minutes of work, not after them.
    if arguments.format.contains(&Format::Pdf)
        && let Err(missing) = press.find()
    {
        report::error(&missing.to_string());
        report::help(missing.help());
        return Exit::Machine;
    }
    let old = arguments.since.as_deref().map(|since| older(since, &top)).transpose();
    let key = arguments.sign.as_deref().map(key::read).transpose();
    let (old, key) = match (old, key) {
        (Ok(old), Ok(key)) => (old, key),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    let bar = Bar::new(arguments.quiet);
    let compilation = if arguments.evidence {
        compile::evidence(&root, &options)
    } else {
        compile::build(&root, &options, &|done, of| bar.rendered(done, of))
    };
    bar.writing();
    if let Some(unrecorded) = compilation.record.as_ref().filter(|_| arguments.locked) {
        bar.clear();
        report::diagnostics(&compilation);
        return record::refuse(unrecorded, &compilation.files);
    }
    let packed =
        compilation.edition.as_ref().map(|edition| pack(edition, arguments, &press, &top, old.as_ref(), key.as_ref()));
    bar.clear();
    if !arguments.quiet || diagnostic::has_errors(&compilation.diagnostics) {
        report::diagnostics(&compilation);
    }
    match packed {
        None => {
            report::say(&format!("{}; nothing was written", diagnostic::summary(&compilation.diagnostics)));
            report::exit_of(&compilation)
        }
        Some(Err(error)) => {
            report::error(&error.to_string());
            refused(&error)
        }
        Some(Ok(bundles)) => {
            let name = file_name(&top, arguments);
            let places = match output::places(&bundles, &top, &name, arguments.out.as_deref()) {
                Ok(places) => places,
                Err(message) => return usage(&message),
            };
            // Readers of the copy are readers: what they are told of changed figures is kept first, as when a site is built.
            record::clear(&root);
            if let Some(Err(error)) = compilation.record.as_ref().map(|due| record::keep(due, &root)) {
                return record::not_kept(&error);
            }
            let stamp = compilation.edition.map(|edition| edition.stamp).unwrap_or_default();
            output::write(&places, &stamp, key.as_ref(), arguments.quiet)
        }
    }
}

fn pack(
    edition: &Edition,
    arguments: &Arguments,
    printer: &Press,
    name: &str,
    old: Option<&Manifest>,
    key: Option<&Key>,
) -> Result<Vec<Bundle>, BundleError> {
    let seal = key.map(|key| |list: &[u8]| key.sign(list, &bundle::comment_of_list(&edition.stamp, list)));
    let seal = seal.as_ref().map(|seal| seal as Seal<'_>);
    if let Some(old) = old {
        return Ok(vec![bundle::pack_update(edition, name, old, seal)?]);
    }
    let formats: BTreeSet<Format> = arguments.format.iter().copied().collect();
    let means = Means { seal, paper: Some(Paper { printer, pages: &arguments.page }) };
    let mut bundles = Vec::new();
    for format in formats {
        bundles.extend(bundle::pack(edition, format, name, &means)?);
    }
    Ok(bundles)
}

/// How a run ends that could not bundle, and what helps.
fn refused(error: &BundleError) -> Exit {
    match error {
        BundleError::NoPage { name, known } => {
            report::help(&near(name, known.iter().map(String::as_str)));
            Exit::Usage
        }
        BundleError::Printing(_) => Exit::Machine,
        _ => Exit::Content,
    }
}

fn options(arguments: &Arguments, config: Option<&Config>) -> Result<Options, Exit> {
    let base_url = arguments.base_url.as_deref().map(workspace::config::parse_base_url).transpose();
    let base_url = base_url.map_err(|message| usage(&format!("--base-url: {message}")))?;
    let mut languages = Vec::new();
    for name in &arguments.lang {
        let lang = Lang::parse(name).filter(|_| config.is_none_or(|config| config.has_language(name)));
        languages.push(lang.ok_or_else(|| {
            let exit = usage(&format!("--lang: the site has no language `{name}`"));
            let known = config.iter().flat_map(|config| &config.languages).map(|language| language.lang.as_str());
            report::help(&near(name, known));
            exit
        })?);
    }
    let recording = if arguments.locked { Recording::Refused } else { Recording::On(clock::today()?) };
    Ok(Options {
        recording,
        unsaid: compile::FOR_READERS,
        base_url,
        date: clock::told()?,
        site: SiteOptions {
            profile: Profile::Files,
            offline: Some(Offline { languages, ..Offline::default() }),
            ..SiteOptions::default()
        },
        ..Options::default()
    })
}

/// What the files are called, without their ending: the languages are named where they are not all.
fn file_name(top: &str, arguments: &Arguments) -> String {
    let languages = arguments.lang.iter().map(String::as_str);
    let update = arguments.since.iter().map(|_| "update");
    let parts: Vec<&str> = std::iter::once(top).chain(languages).chain(update).collect();
    parts.join("-")
}

/// What an older bundle held. It must unpack to the same folder, or nothing would lie over anything.
fn older(path: &Path, top: &str) -> Result<Manifest, Exit> {
    let file =
        File::open(path).map_err(|error| usage(&format!("--since: {} cannot be read: {error}", path.display())))?;
    let archive =
        Archive::open(BufReader::new(file)).map_err(|error| usage(&format!("--since: {}: {error}", path.display())))?;
    if archive.top() != top {
        return Err(usage(&format!(
            "--since: {} unpacks to the folder `{}` and the new bundle to `{top}`; give its readers the whole new one",
            path.display(),
            archive.top()
        )));
    }
    Ok(archive.manifest)
}

fn usage(message: &str) -> Exit {
    report::error(message);
    Exit::Usage
}
