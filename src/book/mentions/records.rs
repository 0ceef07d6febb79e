//! Names in the data files: where records are defined, and where they name each other.

use super::text::source_of;
use super::{Finder, Mention, Role, Thing};
use crate::actor::record::Designator;
use crate::book::Book;
use crate::citation::Evidence;
use crate::ids::{EventId, FigureId, PageId, SourceId};
use crate::span::{FileId, Span};
use crate::workspace::Placed;
use std::collections::{BTreeMap, BTreeSet};

/// Those of every record.
pub(super) fn of_records(book: &Book) -> Vec<Mention> {
    let mut reader = Reader { book, finders: BTreeMap::new() };
    reader.sources();
    reader.figures();
    reader.series();
    reader.events();
    reader.drawings();
    reader.actors();
    reader.terms();
    reader.finders.into_values().flat_map(|finder| finder.found).collect()
}

struct Reader<'b> {
    book: &'b Book,
    finders: BTreeMap<FileId, Finder<'b>>,
}

impl<'b> Reader<'b> {
    fn finder(&mut self, file: FileId) -> &mut Finder<'b> {
        let book = self.book;
        self.finders.entry(file).or_insert_with(|| Finder::new(book.files.text(file)))
    }

    fn note(&mut self, span: Span, name: &str, thing: Thing, role: Role) {
        self.finder(span.file).note(span, "", name, thing, role);
    }

    fn source(&mut self, named: &Placed<SourceId>) {
        self.note(named.span, named.value.as_str(), Thing::Source(source_of(self.book, &named.value)), Role::Names);
    }

    fn figure(&mut self, named: &Placed<FigureId>) {
        self.note(named.span, named.value.as_str(), Thing::Figure(named.value.clone()), Role::Names);
    }

    fn event(&mut self, named: &Placed<EventId>) {
        self.note(named.span, named.value.as_str(), Thing::Event(named.value.clone()), Role::Names);
    }

    fn page(&mut self, named: Option<&Placed<PageId>>) {
        if let Some(named) = named {
            self.note(named.span, named.value.as_str(), Thing::Page(named.value.clone()), Role::Names);
        }
    }

    fn evidence<'a>(&mut self, evidence: impl IntoIterator<Item = &'a Evidence>) {
        for evidence in evidence {
            self.source(&evidence.source);
            if let Some(quote) = &evidence.quote {
                let source = source_of(self.book, &evidence.source.value);
                self.note(quote.span, quote.value.as_str(), Thing::Quote(source, quote.value.clone()), Role::Names);
            }
        }
    }

    fn sources(&mut self) {
        for source in self.book.library.sources() {
            let thing = Thing::Source(source.id.clone());
            self.note(source.span, source.id.as_str(), thing.clone(), Role::Defines);
            for alias in &source.aliases {
                self.note(alias.span, alias.value.as_str(), thing.clone(), Role::Describes);
            }
            for quote in &source.quotes {
                let thing = Thing::Quote(source.id.clone(), quote.id.clone());
                self.note(quote.span, quote.id.as_str(), thing, Role::Defines);
            }
            source.chain.iter().chain(&source.supersedes).chain(&source.superseded_by).for_each(|id| self.source(id));
        }
    }

    fn figures(&mut self) {
        for figure in self.book.library.figures() {
            self.note(figure.span, figure.id.as_str(), Thing::Figure(figure.id.clone()), Role::Defines);
            let history = figure.history.iter().filter_map(|earlier| earlier.source.as_ref());
            std::iter::once(&figure.source).chain(&figure.via).chain(history).for_each(|id| self.source(id));
            figure.counter_figures.iter().chain(&figure.superseded_by).for_each(|id| self.figure(id));
            if let Some(derived) = &figure.derived {
                let ids: BTreeSet<&FigureId> = derived.value.inputs().into_iter().map(|input| &input.id).collect();
                for id in ids {
                    self.finder(derived.span.file).note_every(
                        derived.span,
                        id.as_str(),
                        &Thing::Figure(id.clone()),
                        Role::Names,
                    );
                }
            }
        }
    }

    fn series(&mut self) {
        for series in self.book.library.all_series() {
            // The name is the file's, so it stands in no text.
            self.note(series.span, series.id.as_str(), Thing::Figure(series.id.clone()), Role::Defines);
            let points = series.points.iter().filter_map(|point| point.source.as_ref());
            // A point without a source of its own has the series', at the series' place.
            let own = points.filter(|source| source.span != series.source.span);
            std::iter::once(&series.source).chain(own).for_each(|id| self.source(id));
        }
    }

    fn events(&mut self) {
        for event in self.book.library.events() {
            self.note(event.span, event.id.as_str(), Thing::Event(event.id.clone()), Role::Defines);
            self.evidence(&event.evidence);
            for theme in &event.themes {
                self.note(theme.span, theme.value.as_str(), Thing::Theme(theme.value.clone()), Role::Names);
            }
            self.page(event.page.as_ref());
        }
        for theme in self.book.library.themes() {
            self.note(theme.span, theme.id.as_str(), Thing::Theme(theme.id.clone()), Role::Defines);
        }
    }

    fn drawings(&mut self) {
        for chart in self.book.library.charts() {
            self.note(chart.span, chart.id.as_str(), Thing::Chart(chart.id.clone()), Role::Defines);
            chart.series.iter().chain(&chart.figures).for_each(|id| self.figure(id));
            chart.events.iter().for_each(|id| self.event(id));
        }
        for map in self.book.library.maps() {
            self.note(map.span, map.id.as_str(), Thing::Map(map.id.clone()), Role::Defines);
        }
    }

    fn actors(&mut self) {
        for actor in self.book.library.actors() {
            self.note(actor.span, actor.id.as_str(), Thing::Actor(actor.id.clone()), Role::Defines);
            self.evidence(actor.evidence());
            let wholes = actor.part_of.iter().map(|membership| &membership.whole);
            let listing = actor.designations.iter().filter_map(|designation| match &designation.by {
                Designator::Actor(id) => Some(id),
                Designator::Named(_) => None,
            });
            for named in wholes.chain(listing) {
                self.note(named.span, named.value.as_str(), Thing::Actor(named.value.clone()), Role::Names);
            }
            actor.size.iter().for_each(|id| self.figure(id));
            self.page(actor.page.as_ref());
        }
        for group in self.book.library.groups() {
            self.note(group.span, group.id.as_str(), Thing::Group(group.id.clone()), Role::Defines);
            for actor in &group.actors {
                self.note(actor.span, actor.value.as_str(), Thing::Actor(actor.value.clone()), Role::Names);
            }
        }
    }

    fn terms(&mut self) {
        let glossary = &self.book.terms.glossary;
        for term in glossary.terms() {
            self.note(term.span, term.id.as_str(), Thing::Term(term.id.clone()), Role::Defines);
            self.evidence(&term.evidence);
            for other in &term.see {
                self.note(other.span, other.value.as_str(), Thing::Term(other.value.clone()), Role::Names);
            }
            self.page(term.page.as_ref());
        }
        for naming in glossary.namings() {
            self.note(naming.span, naming.id.as_str(), Thing::Term(naming.id.clone()), Role::Describes);
        }
    }
}
