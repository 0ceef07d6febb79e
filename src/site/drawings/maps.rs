//! Maps: the words of a record chosen for a reader, the drawing, what its lines mean, whose view it is, and its places as a table.

use crate::book::Book;
use crate::figure::phrase;
use crate::ids::Lang;
use crate::locale::{Direction, Key, Locale};
use crate::map::data::{LineKind, MapData, Point};
use crate::map::draw::{Sheet, draw};
use crate::map::{MapRecord, record::NameKind};
use crate::site::html::Html;
use crate::site::words;
use crate::workspace::Localized;

/// A map with what belongs to it; `id` is its id on the page.
pub(in crate::site) fn map(book: &Book, locale: &Locale, source_lang: &Lang, record: &MapRecord, id: &str) -> Html {
    let mut html = Html::new();
    let Some(data) = book.library.map_data(&record.data.value) else { return html };
    let say = |text: &Localized| phrase::words(text, locale, source_lang).0.to_owned();
    html.open("p", &[("class", "drawing-title")]).html(&words::localized(book, locale, &record.title)).close("p");
    html.drawing(&draw(&sheet(record, data, locale, &say), id));
    html.html(&legend(data, record, locale));
    for text in [&record.note, &record.credit] {
        html.open("p", &[("class", "map-note")]).html(&words::localized(book, locale, text)).close("p");
    }
    if !record.places.is_empty() {
        html.open("details", &[("class", "data")]).element("summary", &[], locale.text(Key::DataTable));
        html.html(&table(book, locale, record, data)).close("details");
    }
    html
}

fn sheet<'a>(
    record: &'a MapRecord,
    data: &'a MapData,
    locale: &Locale,
    say: &dyn Fn(&Localized) -> String,
) -> Sheet<'a> {
    let names = record.names.iter().map(|name| (name.at.value, name.kind, say(&name.name)));
    let places: Vec<_> = record
        .places
        .iter()
        .filter_map(|place| Some((*data.places.get(&place.place.value)?, place.side, say(&place.name))))
        .collect();
    let lands = record.names.iter().filter(|name| name.kind != NameKind::Water).map(|name| say(&name.name));
    let told: Vec<String> = lands.chain(places.iter().map(|(_, _, name)| name.clone())).collect();
    Sheet {
        title: say(&record.title),
        description: format!("{}. {}", told.join(locale.text(Key::Comma)), say(&record.note)),
        right_to_left: locale.direction() == Direction::Rtl,
        window: record.window.value,
        data,
        shade: record.shade.iter().map(|area| area.value.as_str()).collect(),
        names: names.collect(),
        places,
    }
}

/// What the lines mean.
fn legend(data: &MapData, record: &MapRecord, locale: &Locale) -> Html {
    let mut html = Html::new();
    html.open("ul", &[("class", "legend")]);
    for (kind, key) in [(LineKind::Border, Key::MapBorder), (LineKind::Disputed, Key::MapDisputed)] {
        let shown = data.lines.iter().any(|(own, line)| *own == kind && record.window.value.meets(line));
        if shown {
            html.markup("<li><svg class=\"map\" viewBox=\"0 0 32 8\" width=\"32\" height=\"8\" aria-hidden=\"true\">");
            html.open("path", &[("class", kind.name()), ("d", "M0 4L32 4")]).close("path").markup("</svg> ");
            html.text(locale.text(key)).close("li");
        }
    }
    html.close("ul");
    html
}

/// The places with their coordinates.
fn table(book: &Book, locale: &Locale, record: &MapRecord, data: &MapData) -> Html {
    let mut html = Html::new();
    html.open("div", &[("class", "table"), ("tabindex", "0"), ("role", "group")]);
    html.markup("<table><caption class=\"hidden\">").html(&words::localized(book, locale, &record.title));
    html.markup("</caption><thead><tr>").element("th", &[("scope", "col")], locale.text(Key::MapPlace));
    html.element("th", &[("scope", "col")], locale.text(Key::MapCoordinates)).markup("</tr></thead><tbody>\n");
    for place in &record.places {
        let Some(Point { longitude, latitude }) = data.places.get(&place.place.value) else { continue };
        html.markup("<tr>").open("th", &[("scope", "row")]);
        html.html(&words::localized(book, locale, &place.name)).close("th").markup("<td>");
        html.element("bdi", &[("dir", "ltr")], &format!("{latitude:.3}, {longitude:.3}")).markup("</td></tr>\n");
    }
    html.markup("</tbody></table></div>");
    html
}
