//! `sourcebook source export`

use super::super::names::{self, Unknown};
use super::super::root::RootArguments;
use super::super::{Exit, report};
use super::{FormatName, losses};
use crate::book::Book;
use crate::citation::Source;
use crate::exchange::{self, Audience, Format};
use crate::ids::SourceId;
use crate::publish;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// `sourcebook source export [--root DIR] [--format biblatex|csl-json|ris] [--page ID]… [--source ID]… [--plain] [--out FILE]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook source export > library.bib\n  sourcebook source export --format csl-json --page actors/hamas --out hamas.json\n  sourcebook source export --format ris --source icj-2024-01-26 --plain\n\nWhat other programs have no field for is said on standard error. It goes along in a field of Sourcebook's own, and comes back by\n`source import`; --plain leaves it out. docs/sources.md says which field becomes what."
)]
pub(in super::super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The format to write
    #[arg(long, value_enum, default_value_t = Written::Biblatex)]
    format: Written,
    /// Only the sources of this page, such as actors/hamas, or index for the home page; may be repeated
    #[arg(long, value_name = "ID")]
    page: Vec<String>,
    /// Only this source; may be repeated
    #[arg(long, value_name = "ID")]
    source: Vec<String>,
    /// Only what other programs understand
    #[arg(long)]
    plain: bool,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Written {
    /// For LaTeX and its editors, Zotero
    Biblatex,
    /// For Zotero, pandoc, citation processors
    CslJson,
    /// For most other programs
    Ris,
}

impl From<Written> for FormatName {
    fn from(format: Written) -> Self {
        match format {
            Written::Biblatex => Self::Biblatex,
            Written::CslJson => Self::CslJson,
            Written::Ris => Self::Ris,
        }
    }
}

/// Writes sources.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let opened = match super::open(&root) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let sources = match chosen(arguments, &opened.book) {
        Ok(sources) => sources,
        Err((message, help)) => {
            report::error(&message);
            report::help(&help);
            return Exit::Usage;
        }
    };
    let format = Format::from(FormatName::from(arguments.format));
    let audience = if arguments.plain { Audience::Others } else { Audience::Sourcebook };
    let export = exchange::export(format, &sources, audience);
    if !export.losses.is_empty() {
        let fate = match audience {
            Audience::Others => "left out".to_owned(),
            Audience::Sourcebook => format!("kept in {} and read by Sourcebook alone", format.own_field()),
        };
        report::say(&format!("What {} has no room for is {fate}:", format.name()));
        report::say(&losses::told(&export.losses, None));
    }
    write(arguments, &export.text, format)
}

fn write(arguments: &Arguments, text: &str, format: Format) -> Exit {
    let Some(path) = &arguments.out else {
        report::out(text);
        return Exit::Done;
    };
    let is_ours = |old: &[u8]| std::str::from_utf8(old).is_ok_and(|old| Format::guess("", old) == Some(format));
    match publish::file::write(path, text.as_bytes(), is_ours) {
        Ok(()) => Exit::Done,
        Err(error) => {
            report::error(&error.to_string());
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
    }
}

/// The sources that are asked for, in the order of the library; all where nothing is asked for.
fn chosen<'a>(arguments: &Arguments, book: &'a Book) -> Result<Vec<&'a Source>, Unknown> {
    let library = &book.library;
    if arguments.page.is_empty() && arguments.source.is_empty() {
        return Ok(library.sources().collect());
    }
    let mut chosen: BTreeSet<&SourceId> = BTreeSet::new();
    for name in &arguments.page {
        let page = names::page(book, name)?;
        chosen.extend(page.versions.iter().flatten().flat_map(|version| &version.sources));
    }
    for name in &arguments.source {
        let found = SourceId::parse(name).and_then(|id| library.source(&id).map(|source| &source.id));
        let known: Vec<&str> = library.sources().map(|source| source.id.as_str()).collect();
        let unknown = || (format!("--source: there is no source `{name}`"), names::near(name, known.iter().copied()));
        chosen.insert(found.ok_or_else(unknown)?);
    }
    Ok(library.sources().filter(|source| chosen.contains(&source.id)).collect())
}
