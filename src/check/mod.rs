//! Book → diagnostics: what a build must not publish, and what an editor should know.
//!
//! One file a family; each rule is a function from the [`Book`] to diagnostics. Rules ask the book in the same way as `site` does when it
//! renders, so that what passes here can be rendered. Syntax was reported where it was read; nothing is reported twice.
//! Uses `book` and what is below it.

mod actors;
mod addresses;
mod changes;
mod citations;
mod contested;
mod corrections;
mod counterparts;
mod counts;
mod coverage;
mod drawings;
mod duplicates;
mod editorial;
mod figures;
mod languages;
mod letters;
mod links;
mod locators;
mod maps;
mod parity;
mod parties;
mod passages;
mod pictures;
mod relations;
mod rot;
mod snapshots;
mod standing;
mod structure;
mod styles;
mod terms;
mod translations;
mod typed;
mod web;
mod wording;

use crate::book::{Book, Language, Version, reading};
use crate::diagnostic::Diagnostic;
use crate::markdown::tree::Inline;
use rayon::prelude::*;

/// A rule about one page in one language.
type PageRule = fn(&Book, &Version, &mut Vec<Diagnostic>);

/// A rule about the whole.
type BookRule = fn(&Book, &mut Vec<Diagnostic>);

const PAGE_RULES: &[PageRule] = &[
    actors::page,
    citations::page,
    contested::page,
    corrections::page,
    counterparts::page,
    coverage::page,
    drawings::page,
    editorial::page,
    figures::page,
    links::page,
    locators::page,
    parity::page,
    pictures::page,
    structure::page,
    styles::citations,
    translations::page,
];

const BOOK_RULES: &[BookRule] = &[
    actors::library,
    addresses::sources,
    addresses::pages,
    changes::library,
    citations::library,
    counts::library,
    drawings::library,
    duplicates::library,
    figures::library,
    languages::orphans,
    letters::library,
    maps::library,
    parties::library,
    pictures::names,
    relations::library,
    rot::addresses_alive,
    snapshots::library,
    standing::library,
    structure::sections,
    styles::entries,
    terms::library,
    translations::records,
    typed::library,
    terms::translations,
    web::library,
    wording::library,
];

/// Runs every rule.
pub fn check(book: &Book) -> Vec<Diagnostic> {
    let versions: Vec<&Version> = book.versions().map(|(_, _, version)| version).collect();
    let mut diagnostics: Vec<Diagnostic> = versions.par_iter().flat_map_iter(|version| page(book, version)).collect();
    let of_book: Vec<Vec<Diagnostic>> = BOOK_RULES
        .par_iter()
        .map(|rule| {
            let mut found = Vec::new();
            rule(book, &mut found);
            found
        })
        .collect();
    diagnostics.extend(of_book.into_iter().flatten());
    diagnostics
}

/// Runs the rules that look at one page in one language.
pub fn page(book: &Book, version: &Version) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in PAGE_RULES {
        rule(book, version, &mut diagnostics);
    }
    diagnostics
}

/// Every inline of a page, also those within others.
fn each_inline<'a>(version: &'a Version, mut see: impl FnMut(&'a Inline)) {
    reading::inlines(&version.page, &mut see);
}

/// Judges every version of every page, several at once, and gathers what is wrong in their order.
fn every_version(
    book: &Book,
    judge: impl Fn(&Language, &Version, &mut Vec<Diagnostic>) + Sync,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let versions: Vec<(&Language, &Version)> =
        book.versions().map(|(_, language, version)| (language, version)).collect();
    let found: Vec<Vec<Diagnostic>> = versions
        .par_iter()
        .map(|(language, version)| {
            let mut found = Vec::new();
            judge(language, version, &mut found);
            found
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
}
