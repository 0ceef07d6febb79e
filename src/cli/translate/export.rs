//! `sourcebook translate export`

use super::{open, scope, usage};
use crate::cli::root::RootArguments;
use crate::cli::{Exit, report};
use crate::exchange::po;
use crate::publish;
use crate::translation::GENERATOR;
use crate::translation::po::write;
use std::path::PathBuf;

/// `sourcebook translate export LANG [--out FILE]`
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  sourcebook translate export he --out he.po")]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The language of the translation
    lang: String,
    /// The file [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the units of a language.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = open(&root)?;
    let book = &opened.book;
    let slot = scope::languages(book, Some(&arguments.lang)).map_err(usage)?.first().copied().ok_or(Exit::Usage)?;
    let language = book.languages.get(slot).ok_or(Exit::Usage)?;
    let units = po::export(book, slot);
    let text = write(&language.site_title, &language.lang, &units);
    let Some(out) = &arguments.out else {
        report::out(&text);
        return Ok(Exit::Done);
    };
    // A file of translators' work is never written over.
    let ours = |old: &[u8]| String::from_utf8_lossy(old).contains(&format!("X-Generator: {GENERATOR}\\n"));
    publish::file::write(out, text.as_bytes(), ours).map_err(|error| {
        report::error(&error.to_string());
        if error.is_usage() { Exit::Usage } else { Exit::Machine }
    })?;
    let open = units.iter().filter(|unit| unit.text.is_empty() || unit.is_fuzzy).count();
    report::say(&format!("Wrote {} units to {}; {open} are to be translated", units.len(), out.display()));
    Ok(Exit::Done)
}
