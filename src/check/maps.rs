//! SB323, SB324: maps against the data they are drawn from. SB325: words that a language of the site lacks on maps and timelines.

use crate::book::{Book, Library};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ids::DrawingId;
use crate::map::{MapData, MapRecord};
use crate::span::Span;
use crate::workspace::{Localized, Placed};

/// A page shows a map that has no record.
pub(super) fn unknown(book: &Book, id: &DrawingId, span: Span) -> Option<Diagnostic> {
    if book.library.map(id).is_some() {
        return None;
    }
    let help = match book.library.near_map(id) {
        Some(near) => format!("did you mean `map:{near}`?"),
        None => format!("add a record `{id}:` to a file in {}/maps", book.config.content_dir),
    };
    Some(Diagnostic::new(Code::SB323, span, format!("there is no map `{id}`")).help(help))
}

/// Maps show areas and places that their data have, within their window, with names in every language; so do the themes of events.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for map in book.library.maps() {
        match data_of(&book.library, map) {
            Ok(data) => named(map, data, diagnostics),
            Err(problem) => diagnostics.push(problem),
        }
        for name in map.names.iter().filter(|name| !map.window.value.holds(name.at.value)) {
            diagnostics.push(outside(map, name.at.span, "this name would stand"));
        }
        let texts = [("title", &map.title), ("note", &map.note), ("credit", &map.credit)];
        for (what, text) in texts {
            diagnostics.extend(lacking(book, text, map.span, &format!("`{what}` of the map `{}`", map.id)));
        }
        for name in &map.names {
            diagnostics.extend(lacking(book, &name.name, name.at.span, "the name on the map"));
        }
        for place in &map.places {
            let what = format!("the name of `{}`", place.place.value);
            diagnostics.extend(lacking(book, &place.name, place.place.span, &what));
        }
    }
    for theme in book.library.themes() {
        diagnostics.extend(lacking(book, &theme.name, theme.span, &format!("the name of the theme `{}`", theme.id)));
    }
}

fn data_of<'a>(library: &'a Library, map: &MapRecord) -> Result<&'a MapData, Diagnostic> {
    library.map_data(&map.data.value).ok_or_else(|| {
        let help = match library.near_map_data(&map.data.value) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("put the outlines into maps/{}.txt", map.data.value),
        };
        let message = format!("there are no outlines `{}`", map.data.value);
        Diagnostic::new(Code::SB323, map.data.span, message).help(help)
    })
}

fn named(map: &MapRecord, data: &MapData, diagnostics: &mut Vec<Diagnostic>) {
    let mut unknown = |what: &str, name: &Placed<String>, known: &mut dyn Iterator<Item = &str>| {
        let help = match did_you_mean(&name.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the data are those of maps/{}.txt", data.id),
        };
        let message = format!("the data have no {what} `{}`", name.value);
        diagnostics.push(Diagnostic::new(Code::SB323, name.span, message).help(help));
    };
    for area in map.shade.iter().filter(|area| !data.areas.contains_key(&area.value)) {
        unknown("area", area, &mut data.areas.keys().map(String::as_str));
    }
    for place in map.places.iter().filter(|place| !data.places.contains_key(&place.place.value)) {
        unknown("place", &place.place, &mut data.places.keys().map(String::as_str));
    }
    for place in &map.places {
        if data.places.get(&place.place.value).is_some_and(|point| !map.window.value.holds(*point)) {
            diagnostics.push(outside(map, place.place.span, &format!("`{}` lies", place.place.value)));
        }
    }
}

fn outside(map: &MapRecord, span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Code::SB324, span, format!("{what} outside the map `{}`", map.id))
        .help("take it out, or make the window larger")
        .related(map.window.span, "the window is here")
}

/// What a text of several languages lacks; one of no stated language does for all.
fn lacking(book: &Book, text: &Localized, span: Span, what: &str) -> Option<Diagnostic> {
    if matches!(text, Localized::Plain(_)) {
        return None;
    }
    let missing = book.begun().filter(|language| text.exact(&language.lang).is_none());
    let missing: Vec<&str> = missing.map(|language| language.lang.as_str()).collect();
    if missing.is_empty() {
        return None;
    }
    let message = format!("{what} is not written in {}", missing.join(", "));
    Some(Diagnostic::new(Code::SB325, span, message).help("readers of these languages see it in another"))
}
