//! The short form: the events of a theme on a page of the book, each with its date, its title and the numbers of its sources.

use crate::book::{Book, View};
use crate::site::html::Html;
use crate::site::words::{self, WithLang};
use crate::timeline::Event;

/// The events; `url_of` is the way to each on the timeline.
pub(in crate::site) fn compact(
    book: &Book,
    view: View<'_>,
    events: &[&Event],
    url_of: &dyn Fn(&Event) -> Option<String>,
) -> Html {
    let locale = &view.text_language.locale;
    let mut html = Html::new();
    html.open("ol", &[("class", "timeline")]);
    for event in events {
        html.markup("<li>").open("p", &[("class", "when")]);
        html.html(&words::isolated_sentence(&locale.date_in_full(&event.date), WithLang::default(), locale))
            .close("p")
            .markup("<p>");
        let title = words::localized(book, locale, &event.title);
        match url_of(event) {
            Some(url) => html.open("a", &[("href", &url)]).html(&title).close("a"),
            None => html.html(&title),
        };
        let sources = event.evidence.iter().filter_map(|evidence| book.library.source(&evidence.source.value));
        html.html(&words::source_marks(book, view, &sources.collect::<Vec<_>>())).markup("</p></li>\n");
    }
    html.close("ol");
    html
}
