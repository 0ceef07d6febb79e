//! What each passage of a translation was made from. Uses `book` and `translation`.

use super::{File, text};
use crate::audit::csv;
use crate::book::{Book, BookPage, Version};
use crate::translation::write::name;

const HEAD: [&str; 10] = [
    "page",
    "passage",
    "state",
    "method",
    "translated_on",
    "reviewed_by",
    "reviewed_on",
    "translated_from",
    "source_now",
    "translation",
];

/// A table for each language that is translated into.
pub(super) fn files(book: &Book) -> Vec<File> {
    let of_language = |(slot, lang): (usize, &str)| {
        let rows: Vec<Vec<String>> = book.pages.iter().flat_map(|page| rows(book, page, slot)).collect();
        (!rows.is_empty()).then(|| text(&format!("translations/{lang}.csv"), csv::table(HEAD, rows)))
    };
    let languages = book.languages.iter().map(|language| language.lang.as_str()).enumerate();
    languages.filter_map(of_language).collect()
}

fn rows(book: &Book, page: &BookPage, slot: usize) -> Vec<Vec<String>> {
    let source = page.versions.first().and_then(Option::as_ref);
    let version = page.versions.get(slot).and_then(Option::as_ref);
    let (Some(source), Some(version)) = (source, version) else { return Vec::new() };
    let Some(status) = &version.translation else { return Vec::new() };
    let wording = |version: &Version, at: usize| version.blocks().get(at).map(|block| block.text.clone());
    let row = |passage: &crate::translation::Passage| {
        let block = source.blocks().get(passage.source)?;
        let entry = status.entry(passage);
        let review = entry.and_then(|entry| entry.review.as_ref());
        // What was translated is what stands there now, or what was kept of it; where neither is so, it is known by its hash alone.
        let from = entry.map(|entry| {
            let kept = || book.wordings.get(&entry.source).cloned();
            if entry.source == block.hash {
                block.text.clone()
            } else {
                kept().unwrap_or_else(|| entry.source.to_string())
            }
        });
        Some(vec![
            page.id.name().to_owned(),
            block.at.to_string(),
            passage.state.name().to_owned(),
            entry.map(|entry| name(entry.method).to_owned()).unwrap_or_default(),
            entry.map(|entry| entry.on.to_string()).unwrap_or_default(),
            review.map(|review| review.by.clone()).unwrap_or_default(),
            review.map(|review| review.on.to_string()).unwrap_or_default(),
            from.unwrap_or_default(),
            block.text.clone(),
            passage.translation.and_then(|at| wording(version, at)).unwrap_or_default(),
        ])
    };
    status.passages.iter().filter_map(row).collect()
}
