//! `sourcebook source export`

use super::super::names::{self, Unknown};
use super::super::root::RootArguments;
use super::super::{Exit, report};
use super::losses;
use crate::book::Book;
use crate::citation::Source;
use crate::exchange::{self, Audience, Format, pandoc};
use crate::ids::{Lang, SourceId};
use crate::publish;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// `sourcebook source export [--root DIR] [--format biblatex|csl-json|ris] [--page ID]… [--source ID]… [--plain] [--out FILE]`, or `--format pandoc --page ID [--lang LANG] --out FILE`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook source export > library.bib\n  sourcebook source export --format csl-json --page actors/hamas --out hamas.json\n  sourcebook source export --format ris --source icj-2024-01-26 --plain\n  sourcebook source export --format pandoc --page actors/hamas --out hamas.md && pandoc --citeproc hamas.md -o hamas.docx\n\nWhat other programs have no field for is said on standard error. It goes along in a field of Sourcebook's own, and comes back by\n`source import`; --plain leaves it out. docs/sources.md says which field becomes what."
)]
pub(in super::super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The format to write
    #[arg(long, value_enum, default_value_t = Written::Biblatex)]
    format: Written,
    /// Only the sources of this page, or for pandoc this page, such as actors/hamas, or index for the home page; may be repeated
    #[arg(long, value_name = "ID")]
    page: Vec<String>,
    /// Only this source; may be repeated
    #[arg(long, value_name = "ID")]
    source: Vec<String>,
    /// Only what other programs understand
    #[arg(long)]
    plain: bool,
    /// The page's language, for pandoc [default: the site's first]
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// The file to write; for pandoc the bibliography lies beside it [default: standard output]
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
    /// A page in pandoc's Markdown, with its bibliography beside it
    Pandoc,
}

impl Written {
    /// The format of a list of sources; `None` for that of a page.
    fn of_sources(self) -> Option<Format> {
        match self {
            Self::Biblatex => Some(Format::Biblatex),
            Self::CslJson => Some(Format::CslJson),
            Self::Ris => Some(Format::Ris),
            Self::Pandoc => None,
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
    let done = match arguments.format.of_sources() {
        Some(format) => {
            let reader = opened.book.languages.first().map(|language| &language.lang);
            chosen(arguments, &opened.book).map(|sources| write_sources(arguments, &sources, format, reader))
        }
        None => write_page(arguments, &opened.book),
    };
    done.unwrap_or_else(|(message, help)| {
        report::error(&message);
        report::help(&help);
        Exit::Usage
    })
}

fn write_sources(arguments: &Arguments, sources: &[&Source], format: Format, reader: Option<&Lang>) -> Exit {
    let audience = if arguments.plain { Audience::Others } else { Audience::Sourcebook };
    let export = exchange::export(format, sources, audience, reader);
    if !export.losses.is_empty() {
        let fate = match audience {
            Audience::Others => "left out".to_owned(),
            Audience::Sourcebook => format!("kept in {} and read by Sourcebook alone", format.own_field()),
        };
        report::say(&format!("What {} has no room for is {fate}:", format.name()));
        report::say(&losses::told(&export.losses, None));
    }
    match &arguments.out {
        None => {
            report::out(&export.text);
            Exit::Done
        }
        Some(path) => write(path, &export.text, |old| Format::guess("", old) == Some(format)),
    }
}

/// Writes a page and, beside it, its bibliography.
fn write_page(arguments: &Arguments, book: &Book) -> Result<Exit, Unknown> {
    let [name] = arguments.page.as_slice() else {
        return Err(("pandoc gets one page".to_owned(), "name it with `--page`".to_owned()));
    };
    let page = names::page(book, name)?;
    let first = book.languages.first().map(|language| language.lang.as_str());
    let lang = arguments.lang.as_deref().or(first).unwrap_or_default();
    let view = Lang::parse(lang).and_then(|lang| book.view_in(page, &lang));
    let view = view.ok_or_else(|| {
        let known = book.languages.iter().map(|language| language.lang.as_str());
        (format!("--lang: the site has no language `{lang}`"), names::near(lang, known))
    })?;
    let beside = arguments.out.as_ref().map(|path| path.with_extension("json"));
    let named = beside.as_deref().and_then(Path::file_name).and_then(OsStr::to_str);
    let (Some(path), Some(beside), Some(named)) = (&arguments.out, &beside, named) else {
        let help = "name the page's with `--out page.md`; the bibliography is written to page.json".to_owned();
        return Err(("pandoc needs two files".to_owned(), help));
    };
    let written = pandoc::page(book, view, named);
    for (place, what) in
        written.omissions.iter().filter_map(|(span, what)| Some((book.files.positions(*span)?.0, what)))
    {
        report::say(&format!("{name}:{}:{}: {what}", place.line, place.column));
    }
    let is_page = |old: &str| old.starts_with("---\n") && old.contains("\nbibliography: ");
    let done = write(beside, &written.bibliography, |old| Format::guess("", old) == Some(Format::CslJson));
    Ok(if done == Exit::Done { write(path, &written.markdown, is_page) } else { done })
}

/// Writes a file; one that is there must be of the same kind.
fn write(path: &Path, text: &str, is_ours: impl Fn(&str) -> bool) -> Exit {
    let is_ours = |old: &[u8]| std::str::from_utf8(old).is_ok_and(&is_ours);
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
