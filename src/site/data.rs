//! The ledger as data: a file a language, and one that lists them. A copy goes without: it is for those who check the site, and long. `docs/fact-checking.md` describes the fields.

use super::edition::OutPath;
use super::extent::Extent;
use super::gathering::Making;
use super::renderer::Renderer;
use super::{GENERATOR, SiteOptions};
use crate::audit::{self, survey::Sum};
use crate::book::{Book, Language};
use crate::ids::Lang;
use serde::Serialize;

#[derive(Serialize)]
struct Index<'a> {
    generator: &'a str,
    languages: Vec<Entry<'a>>,
}

/// What a language has, and where it is told.
#[derive(Serialize)]
struct Entry<'a> {
    language: &'a str,
    file: String,
    pages: usize,
    statements: usize,
    covered: usize,
    exempt: usize,
    uncovered: usize,
    sources: usize,
    citations: usize,
}

/// Where the statements of a language lie.
pub(super) fn path_of(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&format!("data/{}", file_of(lang)))
}

/// Where the list of those files lies.
pub(super) fn index_path() -> Option<OutPath> {
    OutPath::parse("data/ledger.json")
}

fn file_of(lang: &Lang) -> String {
    format!("ledger.{lang}.json")
}

/// Writes the statements of a language.
pub(super) fn statements(renderer: &Renderer<'_>, lang: &Lang, making: &Making<'_, '_>) {
    if renderer.options.extent() == Extent::Copy {
        return;
    }
    if let Some(path) = path_of(lang) {
        making.put_pieces(path, &mut |put| audit::published(renderer.book, lang, put));
    }
}

/// The list of the files.
pub(super) fn index(book: &Book, options: &SiteOptions) -> Option<(OutPath, String)> {
    if options.extent() == Extent::Copy {
        return None;
    }
    let index = Index {
        generator: GENERATOR,
        languages: book
            .languages
            .iter()
            .filter(|language| options.has(&language.lang))
            .map(|language| entry(book, language))
            .collect(),
    };
    // Strings and numbers always serialise.
    Some((index_path()?, serde_json::to_string_pretty(&index).unwrap_or_default() + "\n"))
}

fn entry<'a>(book: &Book, language: &'a Language) -> Entry<'a> {
    let Sum { pages, tally, sources, citations } = Sum::of_language(book, &language.lang);
    Entry {
        language: language.lang.as_str(),
        file: file_of(&language.lang),
        pages,
        statements: tally.total,
        covered: tally.covered,
        exempt: tally.exempt,
        uncovered: tally.uncovered,
        sources,
        citations,
    }
}
