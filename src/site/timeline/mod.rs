//! The timeline: all events, those of each theme, each cut into pages where they are many, the short form on a page of the book, and the events as data.
//!
//! A page of the timeline is linked as if somebody had written it ([`written`]): a paragraph of citations for each event. So its marks,
//! cards and list of sources are made like those of any page. Every theme has a page, so that choosing one needs no script and can be linked to.

mod compact;
mod data;
mod page;
mod written;

pub(super) use compact::compact;
pub(super) use data::file as data;
pub(super) use page::{TimelineContext, context};

use super::address;
use super::edition::OutPath;
use super::places::cut;
use crate::book::Book;
use crate::ids::EventId;
use crate::timeline::{Event, Theme};

/// So many events stand on a page, and their year with them where it fits.
const EVENTS: usize = 70;

/// The id of an event on the timeline.
pub(super) fn anchor(id: &EventId) -> String {
    format!("e-{id}")
}

/// The pages that so many events take, those of a year together where they fit on one.
pub(super) fn parts<'s, 'e>(events: &'s [&'e Event]) -> Vec<&'s [&'e Event]> {
    cut(events, EVENTS, |event| event.date.first_day().year())
}

/// The events of a theme, or all, in their order.
fn chosen<'a>(book: &'a Book, theme: Option<&Theme>) -> Vec<&'a Event> {
    let mut events = book.library.events();
    events.retain(|event| theme.is_none_or(|theme| belongs(event, theme)));
    events
}

/// How many pages a timeline takes.
pub(super) fn count_parts(book: &Book, theme: Option<&Theme>) -> usize {
    parts(&chosen(book, theme)).len()
}

/// The id of a year on the timeline.
pub(super) fn year_anchor(year: u16) -> String {
    format!("y-{year}")
}

/// The themes that have events.
pub(super) fn shown_themes(book: &Book) -> Vec<&Theme> {
    let events = book.library.events();
    let has_events = |theme: &&Theme| events.iter().any(|event| belongs(event, theme));
    book.library.themes().iter().filter(has_events).collect()
}

/// The paths of a page of the timeline in each language.
pub(super) fn paths(book: &Book, theme: Option<&Theme>, part: usize) -> Vec<OutPath> {
    let theme = theme.map(|theme| &theme.id);
    book.languages.iter().filter_map(|language| address::of_timeline(&language.lang, theme, part)).collect()
}

fn belongs(event: &Event, theme: &Theme) -> bool {
    event.themes.iter().any(|own| own.value == theme.id)
}
