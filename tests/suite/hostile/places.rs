//! Where text lands: every place of every kind of file, found by asking its reader what it asks for. A field that is new is found like the others.

use serde_json::Value as Json;
use sourcebook::workspace::shape::{Kind, Shape};

/// The way to a value: names of fields, languages, places in lists.
pub type Place = Vec<String>;

/// Stands in a place for a name of the author's own.
pub const OWN: &str = "*";

/// The languages of the site.
pub const LANGUAGES: [&str; 2] = ["en", "he"];

/// Every place of a record at which a value may stand, whatever it may hold: what takes no text must refuse it.
pub fn places(shape: &Shape) -> Vec<Place> {
    let mut found = Vec::new();
    fields(shape, &mut Vec::new(), &mut found);
    found
}

fn fields(shape: &Shape, way: &mut Place, found: &mut Vec<Place>) {
    for field in &shape.fields {
        below(field.name, &field.kind, way, found);
    }
}

fn below(name: &str, kind: &Kind, way: &mut Place, found: &mut Vec<Place>) {
    way.push(name.to_owned());
    within(kind, way, found);
    way.pop();
}

fn within(kind: &Kind, way: &mut Place, found: &mut Vec<Place>) {
    match kind {
        Kind::Unsaid | Kind::Text | Kind::Word(_) | Kind::Boolean | Kind::Integer(_) => found.push(way.clone()),
        Kind::Some(kind) | Kind::Exactly(_, kind) => below("0", kind, way, found),
        Kind::ByLanguage(kind) => LANGUAGES.iter().for_each(|lang| below(lang, kind, way, found)),
        Kind::ByName(kind) => below(OWN, kind, way, found),
        Kind::Named(values) => values.iter().for_each(|named| below(&named.name, &named.kind, way, found)),
        Kind::Record(shape) => fields(shape, way, found),
        Kind::Either(kinds) => kinds.iter().for_each(|kind| within(kind, way, found)),
    }
}

/// The groups of fields of a record that its model does not show: a value within them could be refused for what is missing beside it.
pub fn groups_without_model(shape: &Shape, model: &Json) -> Vec<String> {
    let mut missing = Vec::new();
    lacking(shape, model, &mut Vec::new(), &mut missing);
    missing
}

fn lacking(shape: &Shape, model: &Json, way: &mut Place, missing: &mut Vec<String>) {
    for field in &shape.fields {
        way.push(field.name.to_owned());
        group(&field.kind, model.get(field.name), way, missing);
        way.pop();
    }
}

fn group(kind: &Kind, model: Option<&Json>, way: &mut Place, missing: &mut Vec<String>) {
    match kind {
        Kind::Record(shape) => match model.filter(|model| model.is_object()) {
            Some(model) => lacking(shape, model, way, missing),
            // Without a field that must be there, any value of it makes a whole group.
            None if shape.needed.is_empty() => {}
            None => missing.push(way.join("/")),
        },
        Kind::Some(kind) | Kind::Exactly(_, kind) => {
            group(kind, model.map(|model| model.get(0).unwrap_or(model)), way, missing);
        }
        Kind::ByName(kind) => group(kind, model.and_then(|model| model.as_object()?.values().next()), way, missing),
        Kind::Either(kinds) => kinds.iter().for_each(|kind| group(kind, model, way, missing)),
        _ => {}
    }
}
