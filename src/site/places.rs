//! Where figures, events and sources lie. Their lists run over several pages, so whoever leads to one of them asks here.
//!
//! The lists of figures and events are divided in the same way in every language, so that each part has its counterpart: events stand by their
//! years, figures by the page that shows them first. Sources stand by name, so their order is the language's own; they have pages of their own,
//! or places on the pages of their list, as the [`Shelf`] says.

use super::address::{self, Profile};
use super::edition::OutPath;
use super::library::Shelf;
use super::{SiteOptions, figure_list, timeline};
use crate::book::Book;
use crate::book::register::{Register, Registered};
use crate::ids::{EventId, FigureId, Lang, SourceId};
use std::collections::BTreeMap;

/// So many figures stand on a page, and one page more where those of one subject would be torn apart.
const FIGURES: usize = 90;

/// The part of its list on which each figure and each event stands, and the place of each source.
#[derive(Debug)]
pub(super) struct Places {
    figures: BTreeMap<FigureId, usize>,
    events: BTreeMap<EventId, usize>,
    /// Where each year of the timeline begins.
    years: BTreeMap<u16, usize>,
    figure_parts: usize,
    sources: BTreeMap<Lang, BTreeMap<SourceId, Place>>,
}

/// A page, or a place on one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: OutPath,
    /// The id of an element; none where the page as a whole is meant.
    pub(super) anchor: Option<String>,
}

impl Place {
    /// The link to it from a file.
    pub(super) fn link(&self, profile: Profile, from: &OutPath) -> String {
        address::link(profile, from, &self.path, self.anchor.as_deref())
    }
}

impl Places {
    pub(super) fn of(book: &Book, register: &Register<'_>, shelf: &Shelf<'_>, options: &SiteOptions) -> Self {
        let events = book.library.events();
        let (mut event_parts, mut years) = (BTreeMap::new(), BTreeMap::new());
        for (part, events) in timeline::parts(&events).into_iter().enumerate() {
            for event in events {
                event_parts.insert(event.id.clone(), part);
                years.entry(event.date.first_day().year()).or_insert(part);
            }
        }
        let figures = in_reading_order(book, register);
        let parts = cut(&figures, FIGURES, |(page, _)| *page);
        let figure_parts = parts.len();
        let of_part = |(part, figures): (usize, &[(_, &FigureId)])| {
            figures.iter().map(move |(_, id)| ((*id).clone(), part)).collect::<Vec<_>>()
        };
        let figures = parts.into_iter().enumerate().flat_map(of_part).collect();
        Self { figures, events: event_parts, years, figure_parts, sources: shelf.places(book, options) }
    }

    /// Where readers of a language find a figure or series in the list of all; `None` where none shows it.
    pub(super) fn figure(&self, lang: &Lang, id: &FigureId) -> Option<Place> {
        let path = figure_list::path(lang, self.figure_part(id)?)?;
        Some(Place { path, anchor: Some(figure_list::anchor(id)) })
    }

    /// Where readers of a language find an event on the timeline of all.
    pub(super) fn event(&self, lang: &Lang, id: &EventId) -> Option<Place> {
        let path = address::of_timeline(lang, None, *self.events.get(id)?)?;
        Some(Place { path, anchor: Some(timeline::anchor(id)) })
    }

    /// Where a year begins on the timeline of all.
    pub(super) fn year(&self, lang: &Lang, year: u16) -> Option<Place> {
        let path = address::of_timeline(lang, None, *self.years.get(&year)?)?;
        Some(Place { path, anchor: Some(timeline::year_anchor(year)) })
    }

    /// Where readers of a language find what is told of a source; `None` where nothing is, and in a language that is left out.
    pub(super) fn source(&self, lang: &Lang, id: &SourceId) -> Option<&Place> {
        self.sources.get(lang)?.get(id)
    }

    /// The part of the list on which a figure stands, from 0.
    pub(super) fn figure_part(&self, id: &FigureId) -> Option<usize> {
        self.figures.get(id).copied()
    }

    /// How many figures the list has.
    pub(super) fn figure_count(&self) -> usize {
        self.figures.len()
    }

    /// How many pages the list takes.
    pub(super) fn figure_parts(&self) -> usize {
        self.figure_parts
    }
}

/// Every figure that can be listed, with the first page that shows it in any language, in the order of reading; what no page shows stands last.
fn in_reading_order<'a>(book: &Book, register: &Register<'a>) -> Vec<(Option<usize>, &'a FigureId)> {
    let languages = 0..book.languages.len();
    let mut figures: Vec<_> = register
        .entries()
        .filter(|entry| !matches!(entry, Registered::Series(series) if series.points.is_empty()))
        .map(|entry| {
            let first = |language| {
                register.showings(entry.id(), language).first().map(|showing| (showing.page.0, showing.order))
            };
            (languages.clone().filter_map(first).min(), entry.id())
        })
        .collect();
    figures.sort_by_key(|(first, _)| (first.is_none(), *first));
    figures.into_iter().map(|(first, id)| (first.map(|(page, _)| page), id)).collect()
}

/// Cuts a list into parts of at most `most`, between its groups where a group is not longer than a part.
pub(super) fn cut<T, K: PartialEq>(items: &[T], most: usize, group: impl Fn(&T) -> K) -> Vec<&[T]> {
    let mut lengths: Vec<usize> = Vec::new();
    for together in items.chunk_by(|one, next| group(one) == group(next)) {
        let room = lengths.last().map_or(0, |last| most.saturating_sub(*last));
        // A group that must be torn apart begins where there is room.
        let filled = if together.len() <= room || together.len() > most { together.len().min(room) } else { 0 };
        if let Some(last) = lengths.last_mut() {
            *last += filled;
        }
        lengths.extend(together.get(filled..).unwrap_or_default().chunks(most.max(1)).map(<[T]>::len));
    }
    let mut rest = items;
    let mut parts = Vec::new();
    for length in lengths {
        let Some((part, after)) = rest.split_at_checked(length) else { break };
        parts.push(part);
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn groups_stay_together_where_they_fit() {
        let years = [1, 1, 2, 3, 3, 4, 4, 4, 4, 4, 5];
        let parts = cut(&years, 3, |year| *year);
        assert_eq!(parts, [&years[0..3], &years[3..6], &years[6..9], &years[9..11]]);
        assert!(cut(&[0; 0], 3, |year| *year).is_empty());
    }
}
