//! `sourcebook bundle`

use super::names::near;
use super::progress::Bar;
use super::root::RootArguments;
use super::{Exit, clock, key, record, report};
use crate::bundle::archive::Archive;
use crate::bundle::{self, Bundle, Format};
use crate::compile::{self, Compilation, Options, Recording};
use crate::diagnostic;
use crate::ids::Lang;
use crate::manifest::{self, Manifest};
use crate::publish::{PublishError, file};
use crate::signature::Key;
use crate::site::address::Profile;
use crate::site::edition::Stamp;
use crate::site::{Offline, SiteOptions};
use crate::workspace;
use crate::workspace::config::Config;
use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};

/// `sourcebook bundle [--root DIR] [--format zip] [--lang LANG,…] [--out FILE] [--since OLD] [--sign KEYFILE] [--base-url URL] [--locked] [--quiet]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook bundle\n  sourcebook bundle --lang he,ar --out /media/stick/explainer.zip\n  sourcebook bundle --since last-month.zip --out update.zip\n  sourcebook bundle --sign ~/.minisign/minisign.key\n\nUnpack the file anywhere and open index.html. docs/offline.md tells more."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// What to make
    #[arg(long, value_enum, default_value_t = Form::Zip)]
    format: Form,
    /// The languages that go into it [default: all]
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    lang: Vec<String>,
    /// The file to write [default: the site's name, in this folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// An older bundle: only what has changed since is packed, to be unpacked over it
    #[arg(long, value_name = "OLD")]
    since: Option<PathBuf>,
    /// The secret key of minisign that signs the file; the signature is written beside it
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Pages in a folder, packed
    Zip,
}

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Zip => Self::Zip,
        }
    }
}

/// Makes a bundle.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    // Without a configuration there is nothing to look up, and the run below says what is wrong with it.
    let config = workspace::config_of(&root);
    let options = match options(arguments, config.as_ref()) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let top = config.as_ref().map(|config| bundle::name_of(&config.title)).unwrap_or_default();
    let old = arguments.since.as_deref().map(|since| older(since, &top)).transpose();
    let key = arguments.sign.as_deref().map(key::read).transpose();
    let (old, key) = match (old, key) {
        (Ok(old), Ok(key)) => (old, key),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    let bar = Bar::new(arguments.quiet);
    let compilation = compile::build(&root, &options, &|done, of| bar.rendered(done, of));
    bar.writing();
    if let Some(unrecorded) = compilation.record.as_ref().filter(|_| arguments.locked) {
        bar.clear();
        report::diagnostics(&compilation);
        return record::refuse(unrecorded, &compilation.files);
    }
    let pack = |edition| bundle::pack(edition, arguments.format.into(), &top, old.as_ref());
    let bundled = compilation.edition.as_ref().map(pack);
    bar.clear();
    if !arguments.quiet || diagnostic::has_errors(&compilation.diagnostics) {
        report::diagnostics(&compilation);
    }
    match bundled {
        None => {
            report::say(&format!("{}; nothing was written", diagnostic::summary(&compilation.diagnostics)));
            report::exit_of(&compilation)
        }
        Some(Err(error)) => {
            report::error(&error.to_string());
            Exit::Content
        }
        Some(Ok(bundle)) => {
            let out = arguments.out.clone().unwrap_or_else(|| default_name(&top, arguments));
            write(&bundle, &out, &compilation, &root, key.as_ref(), arguments.quiet)
        }
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

/// The file's name, with the languages where they are not all.
fn default_name(top: &str, arguments: &Arguments) -> PathBuf {
    let languages = arguments.lang.iter().map(String::as_str);
    let update = arguments.since.iter().map(|_| "update");
    let parts: Vec<&str> = std::iter::once(top).chain(languages).chain(update).collect();
    PathBuf::from(format!("{}.{}", parts.join("-"), Format::from(arguments.format).name()))
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

fn write(bundle: &Bundle, out: &Path, compilation: &Compilation, root: &Path, key: Option<&Key>, quiet: bool) -> Exit {
    // Readers of the copy are readers: what they are told of changed figures is kept first, as when a site is built.
    if let Some(Err(error)) = compilation.record.as_ref().map(|due| record::keep(due, root)) {
        return record::not_kept(&error);
    }
    let hash = manifest::hash(&bundle.bytes);
    let signed = key.map(|key| key.sign(&bundle.bytes, &comment(compilation, out, &hash)));
    let written = file::write(out, &bundle.bytes, |old| Archive::open(Cursor::new(old)).is_ok()).and_then(|()| {
        let Some(signature) = &signed else { return Ok(()) };
        file::write(&beside(out), signature.as_bytes(), |old| old.starts_with(b"untrusted comment:"))
    });
    if let Err(error) = written {
        report::error(&error.to_string());
        return if matches!(error, PublishError::Io { .. }) { Exit::Machine } else { Exit::Usage };
    }
    if !quiet {
        report::say(&table(&[(bundle, out)]));
        report::say(&format!("SHA-256 {hash}"));
    }
    Exit::Done
}

/// Where the signature of a file lies.
pub(super) fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".minisig");
    PathBuf::from(name)
}

/// What the signature says of the file.
fn comment(compilation: &Compilation, out: &Path, hash: &str) -> String {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let stamp = compilation.edition.as_ref().map(|edition| &edition.stamp);
    let version = stamp.map(Stamp::version).unwrap_or_default();
    let date = stamp.and_then(|stamp| stamp.date).map(|day| format!(" date:{day}")).unwrap_or_default();
    format!("file:{name} version:{version}{date} sha256:{hash}")
}

/// The sizes, a line a format.
fn table(bundles: &[(&Bundle, &Path)]) -> String {
    let mut lines = vec![format!("{:<8}{:>10}{:>12}{:>9}  file", "format", "size", "unpacked", "files")];
    for (bundle, out) in bundles {
        let (size, unpacked) = (megabytes(bundle.bytes.len() as u64), megabytes(bundle.unpacked));
        let name = bundle.format.name();
        lines.push(format!("{name:<8}{size:>10}{unpacked:>12}{:>9}  {}", bundle.files, out.display()));
    }
    lines.join("\n")
}

/// "12.3 MB", of a million bytes each, as shops and download pages count them.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

fn usage(message: &str) -> Exit {
    report::error(message);
    Exit::Usage
}
