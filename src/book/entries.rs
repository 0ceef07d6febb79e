//! The list entries of the library's sources, and the citations of pages, after the site's style: each is formatted when it is first asked
//! for, once a language.

use super::{Book, BookPage, Library, PageIndex, Version, reading};
use crate::citation::Source;
use crate::citation::csl::cites::{Bracket, Cited, PageText};
use crate::citation::csl::memo::Memo;
use crate::citation::csl::{Class, Formatted, Formatter, Style};
use crate::ids::SourceId;
use crate::locale::Locale;
use crate::markdown::citation::{CiteGroup, CiteMode};
use crate::markdown::tree::InlineKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What was formatted so far.
#[derive(Debug)]
pub(super) struct Entries {
    formatter: Formatter,
    made: BTreeMap<SourceId, Vec<OnceLock<Arc<Formatted>>>>,
    /// By page and language.
    pages: Vec<Vec<OnceLock<Arc<PageText>>>>,
}

impl Entries {
    pub(super) fn new(style: Style, memo: Arc<Memo>, library: &Library, pages: &[BookPage], languages: usize) -> Self {
        let made =
            library.sources().map(|source| (source.id.clone(), (0..languages).map(|_| OnceLock::new()).collect()));
        let pages = pages.iter().map(|_| (0..languages).map(|_| OnceLock::new()).collect());
        Self { formatter: Formatter::new(style, memo), made: made.collect(), pages: pages.collect() }
    }

    /// Forgets the entries of sources of which something else is told now, and all citations, which may be of them.
    pub(super) fn forget_sources(&mut self, sources: &[SourceId]) {
        for source in sources {
            for kept in self.made.get_mut(source).into_iter().flatten() {
                kept.take();
            }
        }
        for kept in self.pages.iter_mut().flatten() {
            kept.take();
        }
    }

    /// Forgets the citations of a page that says something else now.
    pub(super) fn forget(&mut self, page: PageIndex, language: usize) {
        if let Some(kept) = self.pages.get_mut(page.0).and_then(|page| page.get_mut(language)) {
            kept.take();
        }
    }
}

impl Book {
    /// How the site's style cites.
    pub fn citation_class(&self) -> Class {
        self.entries.formatter.style().class()
    }

    /// The entry of a source for a reader of the locale's language.
    pub fn entry(&self, source: &Source, locale: &Locale) -> Arc<Formatted> {
        let make = || self.entries.formatter.entry(source, locale);
        let language = self.slot_of(locale.lang());
        match language.and_then(|language| self.entries.made.get(&source.id)?.get(language)) {
            Some(place) => Arc::clone(place.get_or_init(make)),
            None => make(),
        }
    }

    /// The entry of a source that stands in no library.
    pub fn entry_of_unlisted(&self, source: &Source, locale: &Locale) -> Arc<Formatted> {
        self.entries.formatter.entry(source, locale)
    }

    /// The citations and the list of a page in the language of its text; `None` in a style whose citations are numbers, which need no style.
    pub fn page_text(&self, version: &Version) -> Option<Arc<PageText>> {
        if self.citation_class() == Class::Numbers {
            return None;
        }
        let language = self.slot_of(&version.page.lang)?;
        let locale = &self.languages.get(language)?.locale;
        let make = || Arc::new(self.format_page(version, locale));
        let kept =
            self.index_of(&version.page.id).and_then(|PageIndex(page)| self.entries.pages.get(page)?.get(language));
        // What the site writes itself is in no place of the book.
        Some(kept.map_or_else(make, |kept| Arc::clone(kept.get_or_init(make))))
    }

    fn format_page(&self, version: &Version, locale: &Locale) -> PageText {
        let brackets: Vec<Bracket<'_>> = brackets(version).into_iter().map(|group| self.bracket(group)).collect();
        let cited: BTreeSet<&SourceId> =
            brackets.iter().flat_map(|bracket| &bracket.cites).map(|cite| &cite.source.id).collect();
        let also: Vec<&Source> =
            version.sources.iter().filter(|id| !cited.contains(id)).filter_map(|id| self.library.source(id)).collect();
        self.entries.formatter.page(&brackets, &also, locale)
    }

    fn bracket<'a>(&'a self, group: &'a CiteGroup) -> Bracket<'a> {
        let cites = group.cites.iter().filter_map(|cite| {
            Some(Cited {
                source: self.library.source(&cite.source)?,
                locator: cite.locator.as_ref(),
                prefix: cite.prefix.as_deref(),
                suffix: cite.suffix.as_deref(),
                suppress_author: cite.suppress_author,
            })
        });
        Bracket { cites: cites.collect(), in_sentence: group.mode == CiteMode::Narrative && group.named().is_some() }
    }
}

/// The brackets of a page, in reading order.
pub fn brackets(version: &Version) -> Vec<&CiteGroup> {
    let mut brackets = Vec::new();
    reading::inlines(&version.page, &mut |inline| {
        if let InlineKind::Cite(group) = &inline.kind {
            brackets.push(group);
        }
    });
    brackets
}
