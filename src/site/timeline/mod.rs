//! The timeline: a page of all events, a page a theme, the short form on a page of the book, and the events as data.
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
use crate::book::Book;
use crate::timeline::{Event, Theme};

/// The id of an event on the timeline.
pub(super) fn anchor(event: &Event) -> String {
    format!("e-{}", event.id)
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
pub(super) fn paths(book: &Book, theme: Option<&Theme>) -> Vec<OutPath> {
    let theme = theme.map(|theme| &theme.id);
    book.languages.iter().filter_map(|language| address::of_timeline(&language.lang, theme)).collect()
}

fn belongs(event: &Event, theme: &Theme) -> bool {
    event.themes.iter().any(|own| own.value == theme.id)
}
