//! The register: which figures, series and charts a reader meets, and where each is shown.
//!
//! A figure is met when a page shows it, when it stands beside one that is shown, when a chart on a page draws it, and when another that is
//! met is worked out from it. Made once for an edition, like the [`super::catalogue`] of sources, and along the same walk.

use super::evidence::{Mark, MarkKind, statements};
use super::{Book, BookPage, Language, PageIndex, Version, drawings, evidence};
use crate::figure::{Figure, Series};
use crate::ids::{DrawingId, FigureId};
use crate::markdown::tree::{DrawingKind, FigureRef, SeriesPoint};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The folder of the register's page below that of a language.
pub const FIGURES: &str = "figures";

/// The figures, series and charts that a reader meets.
#[derive(Debug)]
pub struct Register<'a> {
    book: &'a Book,
    entries: BTreeMap<&'a FigureId, Vec<Showing>>,
    charts: BTreeSet<&'a DrawingId>,
}

/// A figure or a series.
#[derive(Debug, Clone, Copy)]
pub enum Registered<'a> {
    /// A single number.
    Figure(&'a Figure),
    /// Many of one kind.
    Series(&'a Series),
}

/// A place that shows a figure.
#[derive(Debug, Clone)]
pub struct Showing {
    /// The page.
    pub page: PageIndex,
    /// The place of the version's language in the book.
    slot: usize,
    /// The id of the mark.
    pub anchor: String,
    /// The point of a series that is shown there.
    pub point: Option<SeriesPoint>,
    /// The sentence around the mark, in the language of the page; none around a drawing.
    pub sentence: Option<String>,
    /// The chart.
    pub chart: Option<DrawingId>,
    /// Its number among the marks of the page.
    pub order: usize,
}

impl<'a> Register<'a> {
    /// Reads the whole book.
    pub fn of(book: &'a Book) -> Self {
        let mut register = Self { book, entries: BTreeMap::new(), charts: BTreeSet::new() };
        let shown: Vec<Vec<Shown<'a>>> =
            book.pages.par_iter().enumerate().map(|(index, page)| read(book, PageIndex(index), page)).collect();
        for (mark, showing) in shown.into_iter().flatten() {
            match mark.kind {
                MarkKind::Figure(reference) => register.show(reference, &showing),
                MarkKind::Drawing(drawing) if drawing.kind == DrawingKind::Chart => {
                    register.draw(&drawing.id, &showing);
                }
                MarkKind::Cite(_) | MarkKind::Drawing(_) => {}
            }
        }
        register.follow();
        register
    }

    fn show(&mut self, reference: &FigureRef, showing: &Showing) {
        let library = &self.book.library;
        self.enter(&reference.id, Showing { point: reference.point.clone(), ..showing.clone() });
        if let Some(figure) = library.figure_by_id(&reference.id) {
            for counter in &figure.counter_figures {
                self.enter(&counter.value, showing.clone());
            }
        }
    }

    fn draw(&mut self, id: &DrawingId, showing: &Showing) {
        let Some(chart) = self.book.library.chart(id) else { return };
        self.charts.insert(&chart.id);
        let shown = drawings::shown(&self.book.library, chart);
        let showing = Showing { sentence: None, chart: Some(chart.id.clone()), ..showing.clone() };
        for figure in shown.figures {
            self.enter(&figure.id, showing.clone());
        }
        for series in shown.series {
            self.enter(&series.id, showing.clone());
        }
    }

    fn enter(&mut self, id: &FigureId, showing: Showing) {
        let library = &self.book.library;
        let own = library.figure_by_id(id).map(|figure| &figure.id);
        if let Some(id) = own.or_else(|| library.series(id).map(|series| &series.id)) {
            self.entries.entry(id).or_default().push(showing);
        }
    }

    /// Enters whatever the figures met so far are worked out from.
    fn follow(&mut self) {
        let mut pending: Vec<&'a FigureId> = self.entries.keys().copied().collect();
        while let Some(figure) = pending.pop().map(|id| self.book.library.figure_by_id(id)) {
            for input in
                figure.and_then(|figure| figure.derived.as_ref()).iter().flat_map(|derived| derived.value.inputs())
            {
                let library = &self.book.library;
                let own = library.figure_by_id(&input.id).map(|figure| &figure.id);
                let Some(id) = own.or_else(|| library.series(&input.id).map(|series| &series.id)) else { continue };
                if !self.entries.contains_key(id) {
                    self.entries.insert(id, Vec::new());
                    pending.push(id);
                }
            }
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Figures and series by their ids.
    pub fn entries(&self) -> impl Iterator<Item = Registered<'a>> {
        self.entries.keys().filter_map(|id| {
            let figure = self.book.library.figure_by_id(id).map(Registered::Figure);
            figure.or_else(|| self.book.library.series(id).map(Registered::Series))
        })
    }

    /// The charts that pages show, by their ids.
    pub fn charts(&self) -> impl Iterator<Item = &'a DrawingId> {
        self.charts.iter().copied()
    }

    /// Where a reader of the language at `language` finds a figure, in the order of reading.
    pub fn showings(&self, id: &FigureId, language: usize) -> Vec<&Showing> {
        let shown = self.entries.get(id).map(Vec::as_slice).unwrap_or_default();
        shown.iter().filter(|showing| self.is_read(showing, language)).collect()
    }

    fn is_read(&self, showing: &Showing, language: usize) -> bool {
        let shown = self.book.page(showing.page).and_then(|page| {
            let own = page.versions.get(language).is_some_and(Option::is_some).then_some(language);
            own.or_else(|| page.versions.iter().position(Option::is_some))
        });
        shown == Some(showing.slot)
    }
}

impl<'a> Registered<'a> {
    /// Its id.
    pub fn id(self) -> &'a FigureId {
        match self {
            Self::Figure(figure) => &figure.id,
            Self::Series(series) => &series.id,
        }
    }
}

/// A mark that shows a figure or a drawing, and where it stands.
type Shown<'a> = (Mark<'a>, Showing);

/// Whatever a page shows, language by language.
fn read<'a>(book: &'a Book, page: PageIndex, versions: &'a BookPage) -> Vec<Shown<'a>> {
    let mut shown = Vec::new();
    for (slot, (version, language)) in versions.versions.iter().zip(&book.languages).enumerate() {
        let Some(version) = version else { continue };
        let marks = evidence::marks(version);
        if !marks.iter().any(is_shown) {
            continue;
        }
        let mut sentences = sentences(book, version, language);
        let placed = marks.into_iter().enumerate().filter(|(_, mark)| is_shown(mark));
        shown.extend(placed.map(|(order, mark)| {
            let anchor = mark.anchor();
            let sentence = sentences.remove(&anchor);
            (mark, Showing { page, slot, anchor, point: None, sentence, chart: None, order })
        }));
    }
    shown
}

fn is_shown(mark: &Mark<'_>) -> bool {
    !matches!(mark.kind, MarkKind::Cite(_))
}

/// The sentence around each mark that shows something; a party's words are told as the party's.
fn sentences(book: &Book, version: &Version, language: &Language) -> BTreeMap<String, String> {
    let locale = &language.locale;
    let mut sentences = BTreeMap::new();
    for statement in statements(version) {
        if !statement.marks.iter().any(is_shown) {
            continue;
        }
        let told = statement.as_whose(statement.told(book, locale), locale);
        let claim = statement.claim.span;
        for mark in statement.marks.iter().filter(|mark| is_shown(mark)) {
            let is_own = mark.span.file == claim.file && claim.start <= mark.span.start && mark.span.end <= claim.end;
            // A mark covers sentences before its own, too.
            if is_own || !sentences.contains_key(&mark.anchor()) {
                sentences.insert(mark.anchor(), told.clone());
            }
        }
    }
    sentences
}
