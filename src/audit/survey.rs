//! The counts: how many statements show a source, and on what kinds of sources a site rests.
//!
//! A survey is made of the texts that a reader of one language gets, an untranslated page in the source language's, or of every text
//! once. A citation is one mark: a source in a bracket, or a figure with the source that it was taken from.

use crate::book::evidence::{Mark, covered, marks};
use crate::book::{Book, PageIndex, Version};
use crate::citation::Source;
use crate::citation::record::Checked;
use crate::date::{Date, Moment};
use crate::ids::{Lang, SourceId};
use crate::ledger::{Coverage, Tally};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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

/// What the texts that were written in a language rest on, in sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many pages.
    pub pages: usize,
    /// Their statements by coverage.
    pub tally: Tally,
    /// How many sources are cited.
    pub sources: usize,
    /// How often they are.
    pub citations: usize,
}

impl Sum {
    /// Of a language.
    pub fn of_language(book: &Book, lang: &Lang) -> Self {
        let mut sum = Self::default();
        let mut cited: HashSet<&SourceId> = HashSet::new();
        for (_, _, version) in book.versions().filter(|(_, language, _)| language.lang == *lang) {
            sum.pages += 1;
            sum.tally += version.tally;
            for source in marks(version).iter().flat_map(|mark| mark.sources(book)) {
                sum.citations += 1;
                cited.insert(&source.id);
            }
        }
        sum.sources = cited.len();
        sum
    }
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

    /// Of every text of the book, each once.
    pub fn of_book(book: &Book) -> Self {
        Self::of(book, book.versions().filter_map(|(page, _, version)| Some((book.index_of(&page.id)?, version))))
    }

    fn of<'a>(book: &'a Book, texts: impl Iterator<Item = (PageIndex, &'a Version)>) -> Self {
        let mut survey = Self::default();
        let mut cited: HashMap<&SourceId, usize> = HashMap::new();
        let mut reasons: BTreeMap<(&str, &Lang), usize> = BTreeMap::new();
        for (index, version) in texts {
            let marks = marks(version);
            let brought = Brought::by(&marks, book);
            let page = PageSurvey {
                page: index,
                tally: version.tally,
                depth: depth(version, marks, &brought),
                sources: version.sources.len(),
                citations: brought.all().count(),
            };
            for source in brought.all() {
                *cited.entry(&source.id).or_default() += 1;
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
        let cited: BTreeMap<_, _> = cited.into_iter().collect();
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

/// The sources that the marks of a page bring.
struct Brought<'a> {
    /// By the key of the mark.
    sources: Vec<((u8, usize), Vec<&'a Source>)>,
}

impl<'a> Brought<'a> {
    fn by(marks: &[Mark<'_>], book: &'a Book) -> Self {
        let mut sources: Vec<_> = marks.iter().map(|mark| (mark.key(), mark.sources(book))).collect();
        sources.sort_unstable_by_key(|(key, _)| *key);
        Self { sources }
    }

    fn all(&self) -> impl Iterator<Item = &'a Source> {
        self.sources.iter().flat_map(|(_, sources)| sources).copied()
    }

    fn of(&self, mark: &Mark<'_>) -> &[&'a Source] {
        let place = self.sources.binary_search_by_key(&mark.key(), |(key, _)| *key);
        place.ok().and_then(|place| self.sources.get(place)).map(|(_, sources)| sources.as_slice()).unwrap_or_default()
    }
}

fn depth(version: &Version, marks: Vec<Mark<'_>>, brought: &Brought<'_>) -> Depth {
    let mut depth = Depth::default();
    let mut sources: Vec<&Source> = Vec::new();
    for statement in covered(version, marks).iter().filter(|statement| statement.claim.coverage == Coverage::Covered) {
        sources.clear();
        for source in statement.marks.iter().flat_map(|mark| brought.of(mark)) {
            // The library holds each once.
            if !sources.iter().any(|known| std::ptr::eq(*known, *source)) {
                sources.push(source);
            }
        }
        match sources.len() {
            0 => {}
            1 => depth.one += 1,
            2 => depth.two += 1,
            _ => depth.more += 1,
        }
    }
    depth
}
