//! `sourcebook translate export`

use super::{open, scope, usage};
use crate::book::Book;
use crate::cli::root::RootArguments;
use crate::cli::{Exit, names, report};
use crate::compile::Opened;
use crate::diagnostic::Severity;
use crate::exchange::po::{self, Part, Selection};
use crate::ids::PageId;
use crate::publish;
use crate::site::review;
use crate::translation::GENERATOR;
use crate::translation::po::write;
use std::path::{Path, PathBuf};

/// `sourcebook translate export LANG [--format po|html] [--only PART]… [--page PAGE]… [--out FILE]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook translate export he --out he.po\n  sourcebook translate export he --only terms --out terms-he.po\n  sourcebook translate export he --page actors/hamas\n  sourcebook translate export he --format html --out review-he.html"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The language of the translation
    lang: String,
    /// For translators' programs, or for a person who reads the translation against its source
    #[arg(long, value_enum, default_value_t = Format::Po)]
    format: Format,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A PO file
    Po,
    /// A sheet to print or to fill in: each passage of the source beside its translation
    Html,
}

/// Writes the units of a language.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = open(&root)?;
    let book = &opened.book;
    let slot = scope::languages(book, Some(&arguments.lang)).map_err(usage)?.first().copied().ok_or(Exit::Usage)?;
    let language = book.languages.get(slot).ok_or(Exit::Usage)?;
    let selection = selection(arguments, book)?;
    if arguments.format == Format::Html {
        return sheet(arguments, &opened, slot, &selection);
    }
    let units = po::export(book, slot, &selection);
    let text = write(&language.site_title, &language.lang, &units);
    // A file of translators' work is never written over.
    let is_ours = |old: &[u8]| String::from_utf8_lossy(old).contains(&format!("X-Generator: {GENERATOR}\\n"));
    put(arguments.out.as_deref(), &text, is_ours)?;
    if let Some(out) = &arguments.out {
        let open = units.iter().filter(|unit| unit.text.is_empty() || unit.is_fuzzy).count();
        report::say(&format!("Wrote {} units to {}; {open} are to be translated", units.len(), out.display()));
    }
    Ok(Exit::Done)
}

/// Writes the sheet on which the translated pages are read.
fn sheet(arguments: &Arguments, opened: &Opened, slot: usize, selection: &Selection) -> Result<Exit, Exit> {
    if selection.parts.iter().any(|part| *part != Part::Pages) {
        return Err(usage((
            "the sheet holds pages only".to_owned(),
            "leave `--only` out, or write `--format po`".to_owned(),
        )));
    }
    let Some((theme, _)) = opened.theme.as_ref() else {
        let errors: Vec<_> =
            opened.diagnostics.iter().filter(|found| found.severity == Severity::Error).cloned().collect();
        report::problems(&errors, &opened.book.files);
        return Err(Exit::Content);
    };
    let text = review::render(&opened.book, theme, slot, &selection.pages).map_err(|broken| {
        report::problems(&[broken], &opened.book.files);
        Exit::Content
    })?;
    put(arguments.out.as_deref(), &text, review::is_ours)?;
    if let Some(out) = &arguments.out {
        report::say(&format!("Wrote the sheet to {}", out.display()));
    }
    Ok(Exit::Done)
}

/// Writes a file, or to standard output where none is named.
fn put(out: Option<&Path>, text: &str, is_ours: impl Fn(&[u8]) -> bool) -> Result<(), Exit> {
    let Some(out) = out else {
        report::out(text);
        return Ok(());
    };
    publish::file::write(out, text.as_bytes(), is_ours).map_err(|error| {
        report::error(&error.to_string());
        if error.is_usage() { Exit::Usage } else { Exit::Machine }
    })
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
