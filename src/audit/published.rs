//! The ledger of a language as a site publishes it: what repeats stands there once, what is empty not at all. About half of the size of [`super::json`].
//!
//! Pages are written one by one and only their text is kept, so that a large site is never in memory as a tree; what a source or a figure
//! says is written once, at the end.

use super::records::Records;
use super::told::{Named, Shown, Told};
use crate::book::Version;
use crate::citation;
use crate::ids::{FigureId, Lang};
use crate::markdown::tree::SeriesPoint;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// So long is a statement with what supports it, mostly.
const STATEMENT: usize = 512;

/// The statements of a page, written, and what they name.
pub(super) struct Written<'a> {
    /// Each after a comma and on a line of its own.
    text: Vec<u8>,
    page: Option<(&'a str, Page<'a>)>,
    title: &'a str,
    sources: Vec<Named<'a>>,
    figures: Vec<Shown<'a>>,
}

/// The ledger of a language on its way out, piece by piece: an object of `language`, `statements`, `figures`, `pages` and `sources`. The statements come first, because what they
/// name is known only after them.
pub(super) struct Writer<'a, 'p> {
    put: &'p mut dyn FnMut(&[u8]),
    has_statements: bool,
    pages: BTreeMap<&'a str, Page<'a>>,
    sources: HashMap<&'a str, Option<&'a citation::Source>>,
    figures: HashMap<(&'a FigureId, Option<&'a SeriesPoint>), Shown<'a>>,
}

impl<'a, 'p> Writer<'a, 'p> {
    /// Begins the ledger of a language.
    pub(super) fn new(language: &Lang, put: &'p mut dyn FnMut(&[u8])) -> Self {
        let text = format!("{{\"language\":{},\"statements\":[", json(&language.as_str()));
        put(text.as_bytes());
        let (pages, sources, figures) = (BTreeMap::new(), HashMap::new(), HashMap::new());
        Self { put, has_statements: false, pages, sources, figures }
    }

    /// Writes the statements of the next page.
    pub(super) fn page(&mut self, page: Written<'a>) {
        // Nothing stands before the first of all.
        let text = page.text.strip_prefix(b",").filter(|_| !self.has_statements).unwrap_or(&page.text);
        self.has_statements |= !text.is_empty();
        (self.put)(text);
        self.pages.extend(page.page);
        self.sources.extend(page.sources.into_iter().map(|source| (source.id, source.record)));
        self.figures.extend(page.figures.into_iter().map(|shown| ((&shown.0.id, shown.0.point.as_ref()), shown)));
    }

    /// Writes what they name.
    pub(super) fn finish(self, records: Option<Records<'_>>) {
        let pages = self.pages.into_iter().map(|(id, page)| (id.to_owned(), json(&page)));
        let (mut sources, mut figures) = (BTreeMap::new(), BTreeMap::new());
        if let Some(records) = records {
            let source = |(id, record): (&str, _)| (id.to_owned(), sparse(&records.source(Named { id, record })));
            sources.extend(self.sources.into_iter().map(source));
            figures.extend(self.figures.into_values().map(|shown| (shown.key(), sparse(&records.figure(shown)))));
        }
        let mut text = "\n]".to_owned();
        for (name, records) in [("figures", figures), ("pages", pages.collect()), ("sources", sources)] {
            text.push_str(",\"");
            text.push_str(name);
            text.push_str("\":{");
            for (index, (key, record)) in records.into_iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                text.push_str(&json(&key));
                text.push(':');
                text.push_str(&record);
            }
            text.push('}');
        }
        text.push_str("}\n");
        (self.put)(text.as_bytes());
    }
}

impl<'a> Written<'a> {
    /// Makes ready for the statements of a page.
    pub(super) fn new(version: &'a Version) -> Self {
        Self {
            text: Vec::with_capacity(version.page.claims.len() * STATEMENT),
            page: None,
            title: &version.page.front.title.value,
            sources: Vec::new(),
            figures: Vec::new(),
        }
    }

    /// Writes the next statement.
    pub(super) fn add(&mut self, told: &Told<'a>) {
        if self.page.is_none() {
            self.page = Some((told.page, Page { page_title: self.title, file: told.file }));
        }
        self.sources.extend(told.evidence.iter().map(|support| support.source));
        self.figures.extend(told.evidence.iter().filter_map(|support| support.figure));
        self.text.extend_from_slice(b",\n");
        // Writing to memory cannot fail, and strings and numbers always serialise.
        let _ = serde_json::to_writer(&mut self.text, told);
    }
}

#[derive(Serialize)]
struct Page<'a> {
    page_title: &'a str,
    file: &'a str,
}

/// A record without what is empty.
fn sparse(record: &impl Serialize) -> String {
    // Strings and numbers always serialise.
    let mut value = serde_json::to_value(record).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, field| !field.is_null() && field.as_array().is_none_or(|items| !items.is_empty()));
    }
    value.to_string()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
