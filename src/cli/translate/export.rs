//! `sourcebook translate export`

use super::{open, scope, usage};
use crate::book::Book;
use crate::cli::root::RootArguments;
use crate::cli::{Exit, names, report};
use crate::exchange::po::{self, Part, Selection};
use crate::ids::PageId;
use crate::publish;
use crate::translation::GENERATOR;
use crate::translation::po::write;
use std::path::PathBuf;

/// `sourcebook translate export LANG [--only PART]… [--page PAGE]… [--out FILE]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook translate export he --out he.po\n  sourcebook translate export he --only terms --out terms-he.po\n  sourcebook translate export he --page actors/hamas"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The language of the translation
    lang: String,
    /// Only this part: pages, records, terms or interface; may be given several times [default: all]
    #[arg(long, value_name = "PART", value_parser = parse_part)]
    only: Vec<Part>,
    /// Only the passages of this page, by its path without language and `.md`; may be given several times
    #[arg(long, value_name = "PAGE", conflicts_with = "only")]
    page: Vec<String>,
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
    let units = po::export(book, slot, &selection(arguments, book)?);
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

fn selection(arguments: &Arguments, book: &Book) -> Result<Selection, Exit> {
    let pages = arguments.page.iter().map(|name| names::page_named(book, name).map(|page| page.id.clone()));
    let pages: Vec<PageId> = pages.collect::<Result<_, _>>().map_err(usage)?;
    let parts = if pages.is_empty() { arguments.only.clone() } else { vec![Part::Pages] };
    Ok(Selection { parts, pages })
}

fn parse_part(word: &str) -> Result<Part, String> {
    let found = Part::ALL.iter().find(|(name, _)| *name == word).map(|(_, part)| *part);
    found.ok_or_else(|| {
        let words: Vec<String> = Part::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("one of {}", words.join(", "))
    })
}
