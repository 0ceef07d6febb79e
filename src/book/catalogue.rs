//! The catalogue: which sources a reader meets, where the page of each lies, and which statements and figures rest on it.
//!
//! A source is met when a page or an event cites it, when a figure or a drawing on a page was taken from it, and when a source that is met relies on it, takes its
//! place or is replaced by it; those in which nothing was checked are left out. Made once for a whole edition, so that its cost grows with
//! the pages and not with pages times sources.

use super::evidence::{Mark, MarkKind, Stated, covered, marks};
use super::{Book, PageIndex, Version, actors};
use crate::citation::Source;
use crate::figure::Figure;
use crate::ids::{FigureId, SourceId, file_name};
use crate::markdown::tree::{FigureForm, FigureRef, SeriesPoint};
use crate::timeline::Event;
use crate::workspace::Placed;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The folder of the library's pages below that of a language.
pub const FOLDER: &str = "sources";

/// Names within [`FOLDER`] that the lists of sources take.
pub const LISTS: &[&str] = &["affiliation", "date", "kind", "language", "page", "year"];

/// Files that lie in [`FOLDER`] beside the folders of the sources, with what follows the names of their copies.
const FILES: &[&str] = &["index.html", "social.png"];

/// The name of a source's page below [`FOLDER`].
///
/// Small letters only, because many file systems do not tell `A` from `a`; ids that come to one address are reported by `check`.
pub fn address(id: &SourceId) -> String {
    let mut address = file_name(id.as_str());
    let is_file = FILES.iter().any(|file| address.starts_with(file));
    // No id begins with `_`, so the other can meet none.
    if is_file || LISTS.contains(&address.as_str()) {
        address.insert(0, '_');
    }
    address
}

/// The sources that a reader meets.
#[derive(Debug)]
pub struct Catalogue<'a> {
    book: &'a Book,
    /// By the place of the source in the library, which is the order of their ids.
    entries: BTreeMap<usize, CatalogueEntry<'a>>,
}

/// A source that a reader meets.
#[derive(Debug)]
pub struct CatalogueEntry<'a> {
    /// Its record.
    pub source: &'a Source,
    /// Those that rely on it.
    pub relied_on_by: Vec<&'a Source>,
    /// The events that rest on it, by date.
    pub events: Vec<&'a Event>,
    uses: Vec<Use<'a>>,
    figures: BTreeMap<FigureKey, Vec<FigurePlace>>,
}

/// A version of a page: the page, and the place of its language in the book.
type Place = (PageIndex, usize);

/// A figure or a point of a series.
type FigureKey = (FigureId, Option<SeriesPoint>);

/// A statement that rests on a source, or a mark that stands in none.
#[derive(Debug)]
struct Use<'a> {
    place: Place,
    /// What is stated; a drawing or a heading states nothing.
    stated: Option<Stated<'a>>,
    /// What on it brings the source.
    marks: Box<[Mark<'a>]>,
}

/// Where a figure is shown.
#[derive(Debug, Clone)]
struct FigurePlace {
    place: Place,
    /// The figure beside which it is shown, or itself.
    beside: FigureKey,
}

/// What a version of a page rests on.
#[derive(Default)]
struct Gathered<'a> {
    uses: Vec<(&'a SourceId, Use<'a>)>,
    figures: Vec<(&'a SourceId, FigureKey, FigurePlace)>,
}

/// A statement that rests on a source, for a reader; or a mark that stands in none: of a drawing, in a heading.
#[derive(Debug, Clone, Copy)]
pub struct Citing<'c, 'a> {
    /// The page it stands on.
    pub page: PageIndex,
    /// What is stated.
    pub stated: Option<&'c Stated<'a>>,
    /// What on it brings the source: at least one mark.
    pub marks: &'c [Mark<'a>],
}

/// A figure that was taken from a source, for a reader.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The figure, or the point of a series.
    pub reference: FigureRef,
    /// The pages that show it; with each, the figure beside which it stands there, or itself.
    pub places: Vec<(PageIndex, FigureRef)>,
}

impl<'a> Catalogue<'a> {
    /// Reads the whole book.
    pub fn of(book: &'a Book) -> Self {
        let versions: Vec<(Place, &Version)> = book
            .pages
            .iter()
            .enumerate()
            .flat_map(|(page, versions)| {
                let versions = versions.versions.iter().enumerate();
                versions.filter_map(move |(slot, version)| {
                    version.as_ref().map(|version| ((PageIndex(page), slot), version))
                })
            })
            .collect();
        let gathered: Vec<Gathered<'a>> =
            versions.into_par_iter().map(|(place, version)| gather(book, place, version)).collect();
        let mut catalogue = Self { book, entries: BTreeMap::new() };
        for gathered in gathered {
            for (id, used) in gathered.uses {
                if let Some(entry) = catalogue.enter(id) {
                    entry.uses.push(used);
                }
            }
            for (id, figure, shown) in gathered.figures {
                if let Some(entry) = catalogue.enter(id) {
                    entry.figures.entry(figure).or_default().push(shown);
                }
            }
        }
        catalogue.enter_events();
        catalogue.enter_actors();
        catalogue.follow();
        catalogue
    }

    /// The entry of a source, made when there is none.
    fn enter(&mut self, id: &SourceId) -> Option<&mut CatalogueEntry<'a>> {
        let source = self.book.library.source(id).filter(|source| source.is_publishable())?;
        let place = self.book.library.place_of(&source.id)?;
        Some(self.entries.entry(place).or_insert_with(|| CatalogueEntry {
            source,
            relied_on_by: Vec::new(),
            events: Vec::new(),
            uses: Vec::new(),
            figures: BTreeMap::new(),
        }))
    }

    /// Enters what the who's who rests on.
    fn enter_actors(&mut self) {
        let library = &self.book.library;
        for item in library.actors().flat_map(|actor| actors::everything(library, actor)) {
            for ground in item.grounds(library) {
                self.enter(ground.source);
            }
        }
    }

    /// Enters what the timeline rests on.
    fn enter_events(&mut self) {
        for event in self.book.library.events() {
            for evidence in &event.evidence {
                if let Some(entry) = self.enter(&evidence.source.value)
                    && entry.events.last().is_none_or(|last| last.id != event.id)
                {
                    entry.events.push(event);
                }
            }
        }
    }

    /// Enters whatever the sources met so far name, and says of each who relies on it.
    fn follow(&mut self) {
        let mut pending: Vec<&'a SourceId> = self.entries.values().map(|entry| &entry.source.id).collect();
        let mut seen: BTreeSet<&SourceId> = pending.iter().copied().collect();
        let mut relied: Vec<(&'a SourceId, &'a Source)> = Vec::new();
        while let Some(source) = pending.pop().and_then(|id| self.book.library.source(id)) {
            for other in named(source).filter_map(|other| self.book.library.source(&other.value)) {
                if seen.insert(&other.id) && self.enter(&other.id).is_some() {
                    pending.push(&other.id);
                }
            }
            let chain = source.chain.iter().filter_map(|other| self.book.library.source(&other.value));
            relied.extend(chain.map(|other| (&other.id, source)));
        }
        relied.sort_by_key(|(id, source)| (*id, &source.id));
        relied.dedup_by_key(|(id, source)| (*id, &source.id));
        for (id, source) in relied {
            let place = self.book.library.place_of(id);
            if let Some(entry) = place.and_then(|place| self.entries.get_mut(&place)) {
                entry.relied_on_by.push(source);
            }
        }
    }

    /// The sources in the order of their ids.
    pub fn entries(&self) -> impl Iterator<Item = &CatalogueEntry<'a>> {
        self.entries.values()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The statements that rest on a source, as a reader of the language at `language` finds them, in the order of reading.
    pub fn citing<'c>(
        &'c self,
        entry: &'c CatalogueEntry<'a>,
        language: usize,
    ) -> impl Iterator<Item = Citing<'c, 'a>> {
        let read = entry.uses.iter().filter(move |used| self.is_read(used.place, language));
        read.map(|used| Citing { page: used.place.0, stated: used.stated.as_ref(), marks: &used.marks })
    }

    /// The pages that rest on a source in any language, or show a figure of it.
    pub fn pages(&self, entry: &CatalogueEntry<'a>) -> BTreeSet<PageIndex> {
        let shown = entry.figures.values().flatten().map(|shown| shown.place.0);
        entry.uses.iter().map(|used| used.place.0).chain(shown).collect()
    }

    /// The figures that were taken from a source, as a reader of the language at `language` finds them, by their ids.
    pub fn drawn(&self, entry: &CatalogueEntry<'a>, language: usize) -> Vec<Drawn> {
        let drawn = entry.figures.iter().map(|(figure, places)| Drawn {
            reference: reference(figure),
            places: places
                .iter()
                .filter(|shown| self.is_read(shown.place, language))
                .map(|shown| (shown.place.0, reference(&shown.beside)))
                .collect(),
        });
        drawn.filter(|figure| !figure.places.is_empty()).collect()
    }

    /// Whether a reader of the language at `language` gets that version of the page.
    fn is_read(&self, (page, slot): Place, language: usize) -> bool {
        let shown = self.book.page(page).and_then(|page| {
            let own = page.versions.get(language).is_some_and(Option::is_some).then_some(language);
            own.or_else(|| page.versions.iter().position(Option::is_some))
        });
        shown == Some(slot)
    }
}

/// The sources that a record names.
fn named(source: &Source) -> impl Iterator<Item = &Placed<SourceId>> {
    source.chain.iter().chain(&source.supersedes).chain(&source.superseded_by)
}

fn reference((id, point): &FigureKey) -> FigureRef {
    FigureRef { id: id.clone(), point: point.clone(), form: FigureForm::default() }
}

/// What a version of a page rests on.
fn gather<'a>(book: &'a Book, place: Place, version: &'a Version) -> Gathered<'a> {
    let mut gathered = Gathered::default();
    let marks = marks(version);
    let mut stated = BTreeSet::new();
    for statement in covered(version, marks.clone()) {
        stated.extend(statement.marks.iter().map(Mark::key));
        let mut by_source: BTreeMap<&'a SourceId, Vec<Mark<'a>>> = BTreeMap::new();
        for mark in &statement.marks {
            for id in brought_by(book, mark) {
                by_source.entry(id).or_default().push(*mark);
            }
        }
        let used = |marks: Vec<Mark<'a>>| Use { place, stated: Some(statement.stated.clone()), marks: marks.into() };
        gathered.uses.extend(by_source.into_iter().map(|(id, marks)| (id, used(marks))));
    }
    for mark in marks.into_iter().filter(|mark| !stated.contains(&mark.key())) {
        for id in brought_by(book, &mark) {
            gathered.uses.push((id, Use { place, stated: None, marks: [mark].into() }));
        }
    }
    for shown in &version.figures {
        let Ok(figure) = book.library.figure(shown) else { continue };
        let key = (shown.id.clone(), shown.point.clone());
        let counters = figure.counter_figures.iter().filter_map(|counter| book.library.figure_by_id(&counter.value));
        let counters = counters.map(|counter| ((counter.id.clone(), None), sources_of(book, counter)));
        for (figure, sources) in std::iter::once((key.clone(), sources_of(book, &figure))).chain(counters) {
            for id in sources {
                gathered.figures.push((id, figure.clone(), FigurePlace { place, beside: key.clone() }));
            }
        }
    }
    gathered
}

/// The sources that a mark brings.
fn brought_by<'a>(book: &'a Book, mark: &Mark<'_>) -> Vec<&'a SourceId> {
    match mark.kind {
        MarkKind::Figure(reference) => {
            book.library.figure(reference).map(|figure| sources_of(book, &figure)).unwrap_or_default()
        }
        MarkKind::Cite(_) | MarkKind::Drawing(..) => mark.sources(book).into_iter().map(|source| &source.id).collect(),
    }
}

/// Where a figure and what it is worked out from are written, and what carried it.
fn sources_of<'a>(book: &'a Book, figure: &Figure) -> Vec<&'a SourceId> {
    let via = figure.via.iter().filter_map(|id| book.library.source(&id.value));
    let mut found: Vec<&SourceId> = Vec::new();
    for source in book.library.sources_of(figure).into_iter().chain(via) {
        if !found.contains(&&source.id) {
            found.push(&source.id);
        }
    }
    found
}

#[cfg(test)]
mod tests;
