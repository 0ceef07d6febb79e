//! What is drawn when the site is built: charts and maps, and the tables that say the same in numbers.
//!
//! [`plots`] turns a record into positions and words; `chart` draws them; [`tables`] writes the numbers out. [`maps`] does both for maps. A drawing stands in a
//! `<figure>` with its title, who counts and whom, and the table, so that nobody needs to see it.

mod maps;
mod plots;
mod tables;

pub(super) use maps::map;

use super::bidi;
use super::context::Download;
use super::html::Html;
use super::words;
use crate::book::Book;
use crate::book::drawings::shown;
use crate::chart::{self, ChartRecord};
use crate::ids::Lang;
use crate::locale::{Key, Locale};
use plots::Plotter;

/// A chart with its table and its files; `id` is its id on the page.
pub(super) fn chart(
    book: &Book,
    locale: &Locale,
    source_lang: &Lang,
    record: &ChartRecord,
    id: &str,
    files: &[Download],
) -> Html {
    let plotter = Plotter { book, locale, source_lang };
    let shown = shown(&book.library, record);
    let mut html = Html::new();
    html.open("p", &[("class", "drawing-title")]).html(&words::localized(book, locale, &record.title)).close("p");
    let subtitle = plotter.subtitle(record, &shown);
    if !subtitle.is_empty() {
        html.open("p", &[("class", "drawing-subtitle")]);
        bidi::write(&mut html, &subtitle, locale.direction());
        html.close("p");
    }
    let drawn = plotter.plot(record).map(|plot| chart::draw(&plot, id));
    if let Some(drawn) = &drawn {
        html.open("div", &[("class", "plot")]).drawing(&drawn.svg).close("div");
    }
    let places = drawn.map(|drawn| drawn.places).unwrap_or_default();
    html.open("details", &[("class", "data")]).element("summary", &[], locale.text(Key::DataTable));
    html.html(&tables::table(book, locale, record, &shown, &plotter, &places)).close("details");
    if !files.is_empty() {
        html.open("p", &[("class", "downloads")]).element("span", &[], locale.text(Key::DownloadChart));
        for file in files {
            let name = file.url.rsplit('/').next().unwrap_or_default();
            html.text(" · ").element("a", &[("href", &file.url), ("download", name)], file.name);
        }
        html.close("p");
    }
    html
}
