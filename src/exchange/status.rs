//! How translations stand, for programs: `sourcebook translate status --format json` and the site's own data say it in the same shape.

use crate::book::{Book, BookPage, Version};
use crate::translation::status::Status;
use crate::translation::{State, write};
use serde_json::{Map, Value, json};

/// The translated pages of the language at `slot`, in the order of reading.
pub fn pages(book: &Book, slot: usize) -> Vec<Value> {
    let of = |page: &BookPage| {
        let (source, own) = (page.versions.first()?.as_ref()?, page.versions.get(slot)?.as_ref()?);
        Some(self::page(book, page, source, own, own.translation.as_ref()?))
    };
    book.pages.iter().filter_map(of).collect()
}

fn page(book: &Book, page: &BookPage, source: &Version, version: &Version, status: &Status) -> Value {
    let passages: Vec<Value> = status.passages.iter().filter_map(|passage| {
        let block = source.blocks().get(passage.source)?;
        let own = passage.translation.and_then(|at| version.blocks().get(at));
        let entry = status.entry(passage);
        let change = match passage.state {
            State::Stale(change) => Some(change.name()),
            _ => None,
        };
        Some(json!({
            "at": block.at.to_string(),
            "state": passage.state.name(),
            "change": change,
            "urgent": status.is_urgent(passage, source.blocks()),
            "edited": passage.is_edited,
            "source": block.text,
            "source_before": entry.filter(|entry| entry.source != block.hash).and_then(|entry| book.wordings.get(&entry.source)),
            "translation": own.map(|own| own.text.as_str()),
            "method": entry.map(|entry| write::name(entry.method)),
            "on": entry.map(|entry| entry.on.to_string()),
            "reviewed_by": entry.zip(own).and_then(|(entry, own)| entry.review_of(own.hash)).map(|review| review.by.as_str()),
        }))
    }).collect();
    let left_over = status.orphans.iter().filter_map(|at| version.blocks().get(*at)).map(|block| block.text.as_str());
    let tally = status.tally(source.blocks());
    let stale: Map<String, Value> =
        tally.stale.iter().map(|(change, count)| (change.name().to_owned(), json!(count))).collect();
    json!({
        "page": page.id.name(),
        "lang": version.page.lang.as_str(),
        "recorded": status.record.is_some(),
        "as_of": status.as_of().map(|day| day.to_string()),
        "current": tally.current,
        "stale": stale,
        "missing": tally.missing,
        "unaligned": tally.unaligned,
        "left_over": left_over.collect::<Vec<_>>(),
        "urgent": tally.urgent,
        "passages": passages,
    })
}
