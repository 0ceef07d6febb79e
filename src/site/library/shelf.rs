//! The sources in the order of each language, and the lists in which they stand. Made once for an edition.

use super::list::{self, FilterList};
use crate::book::Book;
use crate::book::catalogue::{Catalogue, CatalogueEntry, address};
use crate::citation::{Source, filing};
use crate::ids::{Lang, SourceId};
use crate::site::SiteOptions;
use crate::site::address;
use crate::site::entry::entry_html;
use crate::site::extent::Extent;
use crate::site::html::Html;
use crate::site::library::path;
use crate::site::places::Place;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// So many sentences stand on a page about a source.
pub(super) const SENTENCES: usize = 400;

/// So many sources stand on a page of a list.
const SOURCES: usize = 200;

/// So many stand on a page that tells all of each.
const WHOLE: usize = 20;

/// A list of sources.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::site) enum ListKey {
    /// All, by name.
    Name,
    /// All, by date.
    Date,
    /// Those of a kind.
    Kind(&'static str),
    /// Those in a language.
    Language(Lang),
    /// Those that speak for a party.
    Affiliation(String),
    /// Those of a year, or undated.
    Year(Option<u16>),
}

impl ListKey {
    /// Its folder below that of the library.
    pub(super) fn folder(&self) -> String {
        match self {
            Self::Name => String::new(),
            Self::Date => "date".to_owned(),
            Self::Kind(kind) => format!("kind/{kind}"),
            Self::Language(lang) => format!("language/{lang}"),
            Self::Affiliation(party) => format!("affiliation/{}", folder_name(party)),
            Self::Year(Some(year)) => format!("year/{year}"),
            Self::Year(None) => "year/undated".to_owned(),
        }
    }

    /// The lists that a source stands in. Those of years say nothing that the list by date does not: a copy goes without.
    fn of(source: &Source, extent: Extent) -> Vec<Self> {
        let mut keys = vec![Self::Name, Self::Date, Self::Language(source.lang.clone())];
        keys.extend(source.kind.map(Self::Kind));
        keys.extend(source.affiliation.clone().map(Self::Affiliation));
        keys.extend((extent == Extent::Site).then(|| Self::Year(year(source))));
        keys
    }
}

/// The year in which a source appeared, or began to.
pub(super) fn year(source: &Source) -> Option<u16> {
    source.date.as_ref().map(|date| date.first_day().year())
}

/// A party's name as a folder: as it is where it can be one, and otherwise by its hash, which no name can be taken for.
fn folder_name(party: &str) -> String {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if (1..=60).contains(&party.len()) && party.bytes().all(plain) && !crate::ids::is_device(party) {
        return party.to_owned();
    }
    let mut name = "_".to_owned();
    for byte in Sha256::digest(party).iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// The id of a source on the pages of the list: its address, unless the page itself has an id like it.
pub(super) fn anchor(address: &str) -> String {
    let own = ["e-", "letter-", "page-"];
    if address == "main" || own.iter().any(|own| address.starts_with(own)) {
        format!("_{address}")
    } else {
        address.to_owned()
    }
}

/// A source as a line of a list, for the readers of one language.
#[derive(Debug)]
pub(in crate::site) struct Row<'s> {
    /// The source.
    pub(in crate::site) entry: &'s CatalogueEntry<'s>,
    /// The name of its page.
    pub(in crate::site) address: String,
    /// Its entry.
    pub(super) html: Html,
    /// The letter under which it stands.
    pub(super) letter: Option<String>,
    /// How many sentences cite it, those of the timeline among them.
    pub(super) cited: usize,
    /// How many places rest on it: sentences, drawings, headings.
    places: usize,
}

/// The library in one language.
#[derive(Debug)]
pub(super) struct LanguageShelf<'s> {
    /// By name.
    pub(super) rows: Vec<Row<'s>>,
    /// The lists, each with the places of its rows.
    pub(super) lists: BTreeMap<ListKey, Vec<usize>>,
    /// The letters of the list of all, each with the place of its first row.
    pub(super) letters: Vec<(String, usize)>,
    /// The lists to choose from.
    pub(super) filters: Vec<FilterList>,
}

/// The library as every page of an edition sees it.
#[derive(Debug)]
pub(in crate::site) struct Shelf<'s> {
    pub(super) catalogue: &'s Catalogue<'s>,
    pub(super) languages: Vec<LanguageShelf<'s>>,
    pub(super) extent: Extent,
}

impl<'s> Shelf<'s> {
    /// Puts the sources of a book in order.
    pub(in crate::site) fn new(book: &'s Book, catalogue: &'s Catalogue<'s>, extent: Extent) -> Self {
        let languages = (0..book.languages.len()).map(|language| LanguageShelf::new(book, catalogue, language, extent));
        Self { catalogue, languages: languages.collect(), extent }
    }

    /// Where readers of each language of the edition find what is told of a source: on its own page, or on a page of the list of all.
    pub(in crate::site) fn places(
        &self,
        book: &Book,
        options: &SiteOptions,
    ) -> BTreeMap<Lang, BTreeMap<SourceId, Place>> {
        let place = |lang: &Lang, number: usize, row: &Row<'_>| {
            let place = match self.extent {
                Extent::Site => Place { path: address::of_source(lang, &row.source().id)?, anchor: None },
                Extent::Copy => Place { path: path(lang, "", number / WHOLE)?, anchor: Some(anchor(&row.address)) },
            };
            Some((row.source().id.clone(), place))
        };
        let languages = book.languages.iter().zip(&self.languages);
        languages
            .filter(|(language, _)| options.has(&language.lang))
            .map(|(language, shelf)| {
                let rows = shelf.rows.iter().enumerate();
                (language.lang.clone(), rows.filter_map(|(number, row)| place(&language.lang, number, row)).collect())
            })
            .collect()
    }

    /// Whether a list tells all of each of its sources, because they have no pages.
    pub(super) fn tells_whole(&self, key: &ListKey) -> bool {
        self.extent == Extent::Copy && *key == ListKey::Name
    }

    /// How many sources stand on a page of a list.
    pub(super) fn on_a_page(&self, key: &ListKey) -> usize {
        if self.tells_whole(key) { WHOLE } else { SOURCES }
    }

    /// Whether there is such a list.
    pub(super) fn has(&self, key: &ListKey) -> bool {
        self.languages.iter().any(|shelf| shelf.lists.contains_key(key))
    }

    /// Whether there is nothing to list.
    pub(in crate::site) fn is_empty(&self) -> bool {
        self.catalogue.is_empty()
    }

    /// The sources in the order of a language.
    pub(in crate::site) fn rows(&self, language: usize) -> &[Row<'s>] {
        self.languages.get(language).map(|shelf| shelf.rows.as_slice()).unwrap_or_default()
    }

    /// The pages about sources in a language: each source, and which of its pages.
    pub(in crate::site) fn source_pages(&self, language: usize) -> Vec<(&Row<'s>, usize)> {
        let rows = match self.extent {
            Extent::Site => self.rows(language),
            Extent::Copy => &[],
        };
        rows.iter().flat_map(|row| (0..row.parts()).map(move |part| (row, part))).collect()
    }

    /// The pages of lists in a language: each list, and which of its pages.
    pub(in crate::site) fn list_pages(&self, language: usize) -> Vec<(&ListKey, usize)> {
        let lists = self.languages.get(language).into_iter().flat_map(|shelf| &shelf.lists);
        lists
            .flat_map(|(key, rows)| (0..rows.len().div_ceil(self.on_a_page(key))).map(move |part| (key, part)))
            .collect()
    }

    /// How many pages a source has in each language.
    pub(super) fn parts_of(&self, row: &Row<'_>) -> Vec<usize> {
        let places = (0..self.languages.len()).map(|language| self.catalogue.citing(row.entry, language).count());
        places.map(parts).collect()
    }
}

impl Row<'_> {
    pub(super) fn source(&self) -> &Source {
        self.entry.source
    }

    /// How many places rest on it.
    pub(super) fn places(&self) -> usize {
        self.places
    }

    /// How many pages it has.
    pub(super) fn parts(&self) -> usize {
        parts(self.places)
    }
}

fn parts(places: usize) -> usize {
    places.div_ceil(SENTENCES).max(1)
}

impl<'s> LanguageShelf<'s> {
    fn new(book: &'s Book, catalogue: &'s Catalogue<'s>, language: usize, extent: Extent) -> Self {
        let Some(locale) = book.languages.get(language).map(|language| &language.locale) else {
            return Self { rows: Vec::new(), lists: BTreeMap::new(), letters: Vec::new(), filters: Vec::new() };
        };
        let entries: Vec<&CatalogueEntry<'s>> = catalogue.entries().collect();
        let mut rows: Vec<Row<'s>> = entries
            .into_par_iter()
            .map(|entry| Row {
                entry,
                address: address(&entry.source.id),
                html: entry_html(book, entry.source, locale),
                letter: locale.alphabet().letter(&filing::heading(entry.source, locale.lang())),
                cited: catalogue.citing(entry, language).filter(|citing| citing.stated.is_some()).count()
                    + entry.events.len(),
                places: catalogue.citing(entry, language).count(),
            })
            .collect();
        rows.sort_by_cached_key(|row| filing::place(row.entry.source, locale));
        let mut lists: BTreeMap<ListKey, Vec<usize>> = BTreeMap::new();
        let mut letters: Vec<(String, usize)> = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            for key in ListKey::of(row.entry.source, extent) {
                lists.entry(key).or_default().push(place);
            }
            if let Some(letter) =
                row.letter.as_ref().filter(|letter| letters.last().is_none_or(|(last, _)| last != *letter))
            {
                letters.push((letter.clone(), place));
            }
        }
        if let Some(dated) = lists.get_mut(&ListKey::Date) {
            // The newest first, those without a date at the end; of one date by name.
            let date = |place: &usize| rows.get(*place).and_then(|row| row.entry.source.date);
            dated.sort_by_key(|place| std::cmp::Reverse(date(place)));
        }
        let filters = list::filters(locale, &lists);
        Self { rows, lists, letters, filters }
    }
}
