//! The counts: how many statements show a source, and on what kinds of sources a site rests.
//!
//! A survey is made of the texts that a reader of one language gets, an untranslated page in the source language's, or of every text
//! once. A citation is one mark: a source in a bracket, or a figure with the source that it was taken from.

use crate::book::evidence::{marks, statements};
use crate::book::{Book, PageIndex, Version};
use crate::citation::record::Checked;
use crate::date::{Date, Moment};
use crate::ids::{Lang, SourceId};
use crate::ledger::{Coverage, Tally};
use std::collections::{BTreeMap, BTreeSet};

/// What a set of texts rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// Each page.
    pub pages: Vec<PageSurvey>,
    /// Their statements by coverage.
    pub tally: Tally,
    /// Their statements with a source, by how many different sources they show.
    pub depth: Depth,
    /// Why statements need no source, the most frequent reason first.
    pub reasons: Vec<Reason>,
    /// The sources that are cited.
    pub sources: BTreeSet<SourceId>,
    /// How often they are.
    pub citations: usize,
    /// By kind of witness; `None` where a record does not say.
    pub kinds: Shares<Option<&'static str>>,
    /// By the party that a source is or speaks for; `None` for those of no party.
    pub affiliations: Shares<Option<String>>,
    /// By the document's language.
    pub languages: Shares<Lang>,
    /// By the year in which they appeared; `None` for the undated.
    pub years: Shares<Option<Date>>,
    /// By how their record was verified.
    pub checks: Shares<Checked>,
    /// How many pages a named person has read against their sources.
    pub reviewed: usize,
}

/// Why statements need no source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// In the words of an editor.
    pub text: String,
    /// The language of the pages on which it stands.
    pub lang: Lang,
    /// How many statements it exempts.
    pub statements: usize,
}

/// What one page rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSurvey {
    /// The page.
    pub page: PageIndex,
    /// Its statements by coverage.
    pub tally: Tally,
    /// Its statements with a source, by how many different sources they show.
    pub depth: Depth,
    /// How many sources it cites.
    pub sources: usize,
    /// How often.
    pub citations: usize,
}

/// Statements that show a source, by how many different sources they show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Depth {
    /// On one.
    pub one: usize,
    /// On two.
    pub two: usize,
    /// On three or more.
    pub more: usize,
}

/// The parts of a whole, in the order of their names.
pub type Shares<K> = BTreeMap<K, Share>;

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    /// Sources, each counted once.
    pub sources: usize,
    /// Citations of them.
    pub citations: usize,
}

impl Survey {
    /// Of what a reader of the language at `language` gets.
    pub fn of_reader(book: &Book, language: usize) -> Self {
        Self::of(
            book,
            book.pages.iter().filter_map(|page| Some((book.index_of(&page.id)?, book.view(page, language)?.version))),
        )
    }

    /// Of the texts that were written in a language.
    pub fn of_language(book: &Book, lang: &Lang) -> Self {
        let own = book.versions().filter(|(_, language, _)| language.lang == *lang);
        Self::of(book, own.filter_map(|(page, _, version)| Some((book.index_of(&page.id)?, version))))
    }

    /// Of every text of the book, each once.
    pub fn of_book(book: &Book) -> Self {
        Self::of(book, book.versions().filter_map(|(page, _, version)| Some((book.index_of(&page.id)?, version))))
    }

    fn of<'a>(book: &'a Book, texts: impl Iterator<Item = (PageIndex, &'a Version)>) -> Self {
        let mut survey = Self::default();
        let mut cited: BTreeMap<&SourceId, usize> = BTreeMap::new();
        let mut reasons: BTreeMap<(&str, &Lang), usize> = BTreeMap::new();
        for (index, version) in texts {
            let mut page = PageSurvey {
                page: index,
                tally: version.tally,
                depth: depth(book, version),
                sources: version.sources.len(),
                citations: 0,
            };
            for source in marks(version).iter().flat_map(|mark| mark.sources(book)) {
                *cited.entry(&source.id).or_default() += 1;
                page.citations += 1;
            }
            for claim in &version.page.claims {
                if let Coverage::Exempt { reason } = &claim.coverage {
                    *reasons.entry((reason, &version.page.lang)).or_default() += 1;
                }
            }
            survey.tally += page.tally;
            survey.depth = survey.depth.and(page.depth);
            survey.citations += page.citations;
            survey.reviewed += usize::from(version.page.front.reviewed.is_some());
            survey.pages.push(page);
        }
        let reasons = reasons.into_iter();
        survey.reasons = reasons
            .map(|((text, lang), statements)| Reason { text: text.to_owned(), lang: lang.clone(), statements })
            .collect();
        // Stable, so that reasons of one frequency stay in the order of their words.
        survey.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.statements));
        for (id, citations) in cited {
            survey.add(book, id, citations);
        }
        survey
    }

    fn add(&mut self, book: &Book, id: &SourceId, citations: usize) {
        let Some(source) = book.library.source(id) else { return };
        self.sources.insert(source.id.clone());
        let shares = [
            self.kinds.entry(source.kind).or_default(),
            self.affiliations.entry(source.affiliation.clone()).or_default(),
            self.languages.entry(source.lang.clone()).or_default(),
            self.years.entry(source.date.map(|date| year_of(&date))).or_default(),
            self.checks.entry(source.checked.level).or_default(),
        ];
        for share in shares {
            share.sources += 1;
            share.citations += citations;
        }
    }
}

fn year_of(date: &Date) -> Date {
    Date::At(Moment::Year(date.first_day().year()))
}

impl Depth {
    fn and(self, other: Self) -> Self {
        Self { one: self.one + other.one, two: self.two + other.two, more: self.more + other.more }
    }
}

fn depth(book: &Book, version: &Version) -> Depth {
    let mut depth = Depth::default();
    for statement in statements(version).iter().filter(|statement| statement.claim.coverage == Coverage::Covered) {
        let sources: BTreeSet<&SourceId> =
            statement.marks.iter().flat_map(|mark| mark.sources(book)).map(|source| &source.id).collect();
        match sources.len() {
            0 => {}
            1 => depth.one += 1,
            2 => depth.two += 1,
            _ => depth.more += 1,
        }
    }
    depth
}
