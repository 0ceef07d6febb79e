//! YAML → maps, strictly.

use super::data::Point;
use super::record::{MapRecord, Name, NameKind, Place, Side, Window};
use crate::citation::read::records;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::DrawingId;
use crate::span::FileId;
use crate::workspace::Placed;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node};
use crate::workspace::shape::Shape;

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads a file of maps.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<MapRecord> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| read(key, node, diagnostics)).collect()
}

fn read(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<MapRecord> {
    let id = key.id::<DrawingId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "a map", CODES, diagnostics)?;
    let record = map(id, &mut fields);
    fields.finish();
    record
}

/// What the record of a map may hold.
pub fn shape() -> Shape {
    Shape::of("a map", |fields| map(None, fields))
}

fn map(id: Option<DrawingId>, fields: &mut Fields<'_, '_>) -> Option<MapRecord> {
    let title = fields.localized("title");
    let title = fields.required("title", title, "{en: what is shown}");
    let data = fields.parsed(
        "data",
        |text| DrawingId::parse(text).ok_or_else(|| format!("`{text}` cannot be a name")),
        "the name of a file in content/maps, without `.txt`",
    );
    let data = fields.required("data", data, "levant");
    let window = fields.parsed("window", window, "west, south, east and north in degrees: `34.1 31.2 34.7 31.7`");
    let window = fields.required("window", window, "34.1 31.2 34.7 31.7");
    let shade = fields.texts("shade");
    let names = fields.records("names", "a name on a map", name);
    let places = fields.records("places", "a place on a map", place);
    let said = fields.localized("note");
    let said = fields.required("note", said, "{en: what the map does not say, and whose view it is}");
    let credit = fields.localized("credit");
    let credit = fields.required("credit", credit, "{en: whose data these are, and their licence}");
    Some(MapRecord {
        id: id?,
        span: fields.place(),
        title: title?,
        data: data?,
        window: window?,
        shade,
        names,
        places,
        note: said?,
        credit: credit?,
    })
}

fn window(text: &str) -> Result<Window, String> {
    let degrees: Vec<&str> = text.split_whitespace().collect();
    let [west, south, east, north] = degrees.as_slice() else {
        return Err(format!("`{text}` has not four numbers"));
    };
    let corner = |longitude: &str, latitude: &str| Point::parse(&format!("{longitude} {latitude}"));
    match (corner(west, south), corner(east, north)) {
        (Some(from), Some(to)) if from.longitude < to.longitude && from.latitude < to.latitude => {
            Ok(Window { west: from.longitude, south: from.latitude, east: to.longitude, north: to.latitude })
        }
        (Some(_), Some(_)) => Err("the west lies east of the east, or the south north of the north".to_owned()),
        _ => Err(format!("`{text}` are no degrees")),
    }
}

fn name(fields: &mut Fields<'_, '_>) -> Option<Name> {
    let at = fields.parsed(
        "at",
        |text| Point::parse(text).ok_or_else(|| format!("`{text}` is no point")),
        "longitude and latitude in degrees: `34.9 31.0`",
    );
    let at: Option<Placed<Point>> = fields.required("at", at, "34.9 31.0");
    let name = fields.localized("name");
    let name = fields.required("name", name, "{en: what it is called}");
    let kind = fields.choice("kind", NameKind::ALL);
    let kind = fields.required("kind", kind, "state");
    Some(Name { at: at?, name: name?, kind: kind?.value })
}

fn place(fields: &mut Fields<'_, '_>) -> Option<Place> {
    let place = fields.text("place");
    let place = fields.required("place", place, "rafah");
    let name = fields.localized("name");
    let name = fields.required("name", name, "{en: what it is called}");
    let side = fields.choice("side", Side::ALL).map(|side| side.value).unwrap_or_default();
    Some(Place { place: place?, name: name?, side })
}
