//! The log for programs: `data/changes.json`. `docs/changes.md` describes the fields.

use super::History;
use crate::book::Book;
use crate::changes::{Change, Kind, Side};
use crate::number::Number;
use crate::site::GENERATOR;
use crate::site::corrections;
use crate::site::edition::OutPath;
use crate::workspace::Localized;
use serde_json::{Map, Value, json};

/// Where the log lies.
pub(in crate::site) fn path() -> Option<OutPath> {
    OutPath::parse("data/changes.json")
}

/// The log, the newest change first; none where nothing could change.
pub(in crate::site) fn log(book: &Book, history: &History<'_>) -> Option<(OutPath, String)> {
    if !history.is_told() {
        return None;
    }
    let log = json!({
        "generator": GENERATOR,
        "corrections": corrections::data(book),
        "since": history.lock.map(|lock| lock.since.to_string()),
        "changes": history.changes().map(|(number, change)| {
            change_data(change, history.lock.map(|lock| lock.urn(number, "")).as_deref())
        }).collect::<Vec<_>>(),
    });
    // Strings and numbers always serialise.
    Some((path()?, serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"))
}

fn change_data(change: &Change, id: Option<&str>) -> Value {
    json!({
        "id": id,
        "noted": change.noted.to_string(),
        "figure": change.id.as_str(),
        "change": change.kind.name(),
        "by": match &change.kind {
            Kind::Superseded(by) => Some(by.as_str()),
            _ => None,
        },
        "label": words(&change.subject.label),
        "reporter": change.subject.reporter.as_ref().map(words),
        "from": change.from.as_ref().map(side),
        "to": change.to.as_ref().map(side),
        "correction": change.correction.as_ref().map(words),
    })
}

fn side(side: &Side) -> Value {
    let reading = &side.reading;
    json!({
        "value": number(&reading.value),
        "range": reading.range.as_ref().map(|(low, high)| [number(low), number(high)]),
        "unit": reading.unit,
        "as_of": reading.when.to_string(),
        "status": reading.status.name(),
        "source": reading.source.as_str(),
        "source_name": words(&side.source.name),
    })
}

/// A number of JSON, in the digits of the record.
fn number(number: &Number) -> Value {
    let text = number.to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

/// A text, or one by language.
pub(in crate::site) fn words(text: &Localized) -> Value {
    match text {
        Localized::Plain(text) => Value::String(text.clone()),
        Localized::ByLang(texts) => {
            let texts = texts.iter().map(|(lang, text)| (lang.to_string(), Value::String(text.clone())));
            Value::Object(texts.collect::<Map<_, _>>())
        }
    }
}
