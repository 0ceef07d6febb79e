//! Two states of a book → what a reviewer has to look at: statements with a source, pages, figures, sources, translations that fell behind.
//!
//! In: the book as it was and as it is. Out: a [`Review`], which [`markdown`] writes for a pull request. Judges nothing: that is for `check`.
//! Uses `book` and what is below it, and `exchange` for the text of records.

pub mod markdown;

use crate::book::present::present;
use crate::book::{Book, Version};
use crate::changes::Change;
use crate::changes::compare::changes;
use crate::citation::Source;
use crate::date::Day;
use crate::exchange::yaml;
use crate::ids::{Lang, PageId, SourceId};
use crate::ledger::Tally;
use crate::translation::status::Tally as Behind;
use std::collections::{BTreeMap, BTreeSet};

/// What is different.
#[derive(Debug)]
pub struct Review {
    /// The statements of each language.
    pub coverage: Vec<Coverage>,
    /// Pages that say something else than before, those that are new and those that are gone, in reading order.
    pub pages: Vec<PageChange>,
    /// Figures and points of series, by id.
    pub figures: Vec<Change>,
    /// Sources, by key.
    pub sources: Vec<SourceChange>,
    /// Translations that are further behind than they were.
    pub stale: Vec<Stale>,
}

/// The statements of a language.
#[derive(Debug)]
pub struct Coverage {
    /// The language.
    pub lang: Lang,
    /// What was counted; none where the language is new.
    pub before: Option<Tally>,
    /// What is counted; none where the language is gone.
    pub after: Option<Tally>,
}

/// A page in one language.
#[derive(Debug)]
pub struct PageChange {
    /// The page.
    pub id: PageId,
    /// The language.
    pub lang: Lang,
    /// Its title, as it is or as it was last.
    pub title: String,
    /// Its statements before; none of a new page.
    pub before: Option<Tally>,
    /// Its statements now; none of one that is gone.
    pub after: Option<Tally>,
}

/// A source.
#[derive(Debug)]
pub struct SourceChange {
    /// Its key.
    pub id: SourceId,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub kind: SourceKind,
    /// On how many pages it is cited, each language by itself.
    pub cited: usize,
}

/// What became of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// It is new.
    New,
    /// Its record says something else.
    Changed,
    /// It is gone.
    Removed,
}

/// A translation that fell behind.
#[derive(Debug)]
pub struct Stale {
    /// The page.
    pub id: PageId,
    /// The language.
    pub lang: Lang,
    /// How many passages were behind.
    pub before: usize,
    /// How it stands now.
    pub after: Behind,
}

/// A page and its language.
type Place<'a> = (&'a PageId, &'a Lang);

/// Holds two states of a book against each other. `today` is the day on which changes of figures count as seen.
pub fn compare(before: &Book, after: &Book, today: Day) -> Review {
    Review {
        coverage: coverage(before, after),
        pages: pages(before, after),
        figures: changes(&present(before).snapshot, &present(after), today),
        sources: sources(before, after),
        stale: stale(before, after),
    }
}

impl Review {
    /// Whether readers would see no difference.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.figures.is_empty() && self.sources.is_empty() && self.stale.is_empty()
    }
}

fn coverage(before: &Book, after: &Book) -> Vec<Coverage> {
    let of = |book: &Book| -> BTreeMap<Lang, Tally> {
        let mut tallies = BTreeMap::new();
        for (_, language, version) in book.versions() {
            let tally: &mut Tally = tallies.entry(language.lang.clone()).or_default();
            *tally += version.tally;
        }
        tallies
    };
    let (before_by, after_by) = (of(before), of(after));
    let mut langs: Vec<&Lang> = after.languages.iter().map(|language| &language.lang).collect();
    langs.extend(before.languages.iter().map(|language| &language.lang).filter(|lang| after.language(lang).is_none()));
    langs
        .into_iter()
        .map(|lang| Coverage {
            lang: lang.clone(),
            before: before_by.get(lang).copied(),
            after: after_by.get(lang).copied(),
        })
        .filter(|coverage| coverage.before.is_some() || coverage.after.is_some())
        .collect()
}

fn versions(book: &Book) -> BTreeMap<Place<'_>, &Version> {
    book.versions().map(|(page, language, version)| ((&page.id, &language.lang), version)).collect()
}

fn pages(before: &Book, after: &Book) -> Vec<PageChange> {
    let (old, new) = (versions(before), versions(after));
    let change = |(id, lang): Place<'_>, shown: &Version| PageChange {
        id: id.clone(),
        lang: lang.clone(),
        title: shown.page.front.title.value.clone(),
        before: old.get(&(id, lang)).map(|version| version.tally),
        after: new.get(&(id, lang)).map(|version| version.tally),
    };
    let says = |book: &Book, version: &Version| (version.page.front.title.value.clone(), book.state_of(version));
    let mut changed = Vec::new();
    for (page, language, version) in after.versions() {
        let place = (&page.id, &language.lang);
        if old.get(&place).is_none_or(|was| says(before, was) != says(after, version)) {
            changed.push(change(place, version));
        }
    }
    let gone = before.versions().filter(|(page, language, _)| !new.contains_key(&(&page.id, &language.lang)));
    changed.extend(gone.map(|(page, language, version)| change((&page.id, &language.lang), version)));
    changed
}

fn sources(before: &Book, after: &Book) -> Vec<SourceChange> {
    let of = |book| -> BTreeMap<SourceId, &Source> { sources_of(book).collect() };
    let (old, new) = (of(before), of(after));
    let cited = after.citing_pages();
    let ids: BTreeSet<&SourceId> = old.keys().chain(new.keys()).collect();
    ids.into_iter()
        .filter_map(|id| {
            let (kind, source) = match (old.get(id), new.get(id)) {
                (None, Some(new)) => (SourceKind::New, new),
                (Some(old), None) => (SourceKind::Removed, old),
                (Some(old), Some(new)) if yaml::record(old) != yaml::record(new) => (SourceKind::Changed, new),
                _ => return None,
            };
            let cited = cited.get(id).copied().unwrap_or_default();
            Some(SourceChange { id: id.clone(), title: title_of(source), kind, cited })
        })
        .collect()
}

fn sources_of(book: &Book) -> impl Iterator<Item = (SourceId, &Source)> {
    book.library.sources().map(|source| (source.id.clone(), source))
}

fn title_of(source: &Source) -> String {
    source.title.pick(&source.lang, &[]).0.to_owned()
}

fn stale(before: &Book, after: &Book) -> Vec<Stale> {
    let old = behind(before);
    let mut worse = Vec::new();
    for (place, tally) in behind(after) {
        let was = old.get(&place).map_or(0, Behind::waiting);
        if tally.waiting() > was {
            worse.push(Stale { id: place.0.clone(), lang: place.1.clone(), before: was, after: tally });
        }
    }
    worse
}

fn behind(book: &Book) -> BTreeMap<Place<'_>, Behind> {
    let mut tallies = BTreeMap::new();
    for page in &book.pages {
        let Some(source) = page.versions.first().and_then(Option::as_ref) else { continue };
        for (version, language) in page.versions.iter().zip(&book.languages) {
            if let Some(status) = version.as_ref().and_then(|version| version.translation.as_ref()) {
                tallies.insert((&page.id, &language.lang), status.tally(source.blocks()));
            }
        }
    }
    tallies
}
