//! The ledger as JSON. [`render`] writes one array, a line a statement: programs read it whole, people compare two of them line by line.
//! [`data`] writes the same for publication, what repeats once and what is empty not at all: about half of the size.

use super::Entry;
use super::entry::Figure;
use crate::ids::Lang;
use serde_json::{Map, Value};

/// Writes statements in the order given.
pub fn render(entries: &[Entry]) -> String {
    let lines: Vec<String> = entries
        .iter()
        // Strings and numbers always serialise.
        .map(|entry| serde_json::to_string(entry).unwrap_or_default())
        .collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// Whether a file is one that [`render`] wrote.
pub fn is_ours(bytes: &[u8]) -> bool {
    bytes == b"[]\n" || bytes.starts_with(b"[\n{\"id\":\"")
}

/// Writes the statements of a language as an object of `statements`, `pages`, `sources` and `figures`; statements name the latter by their keys.
pub fn data(language: &Lang, entries: &[Entry]) -> String {
    let mut pages = Map::new();
    let mut sources = Map::new();
    let mut figures = Map::new();
    let mut statements = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut statement = sparse(entry);
        if let Some(fields) = statement.as_object_mut() {
            fields.remove("language");
            let page = [fields.remove_entry("page_title"), fields.remove_entry("file")];
            pages.entry(&entry.page).or_insert_with(|| Value::Object(page.into_iter().flatten().collect()));
        }
        let shown = statement.get_mut("evidence").and_then(Value::as_array_mut);
        for (evidence, shown) in entry.evidence.iter().zip(shown.into_iter().flatten()) {
            if let Some(source) = shown.get_mut("source") {
                sources.entry(&evidence.source.id).or_insert(source.take());
                *source = Value::from(evidence.source.id.as_str());
            }
            if let (Some(figure), Some(record)) = (shown.get_mut("figure"), &evidence.figure) {
                let key = figure_key(record);
                figures.entry(&key).or_insert(figure.take());
                *figure = Value::from(key);
            }
        }
        statements.push(statement);
    }
    let data = serde_json::json!({
        "language": language.as_str(),
        "statements": statements,
        "pages": pages,
        "sources": sources,
        "figures": figures,
    });
    format!("{data}\n")
}

/// A figure's id, with the point where it is one of a series.
fn figure_key(figure: &Figure) -> String {
    figure.point.as_ref().map_or_else(|| figure.id.clone(), |point| format!("{}@{point}", figure.id))
}

/// A statement without what is empty.
fn sparse(entry: &Entry) -> Value {
    let mut value = serde_json::to_value(entry).unwrap_or_default();
    prune(&mut value);
    value
}

fn prune(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null() && field.as_array().is_none_or(|items| !items.is_empty()));
            fields.values_mut().for_each(prune);
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}
