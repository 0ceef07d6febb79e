//! The ledger of a language as a site publishes it: what repeats stands there once, what is empty not at all. About half of the size of [`super::json`].
//!
//! Pages are written one by one and only their text is kept, so that a large site is never in memory as a tree.

use super::entry::{Coverage, Entry, Evidence, EvidenceKind, Figure, Heading, Part};
use crate::ids::Lang;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The statements of a page, written, and the records that they name by their keys.
#[derive(Debug, Default)]
pub struct Written {
    statements: Vec<String>,
    pages: BTreeMap<String, String>,
    sources: BTreeMap<String, String>,
    figures: BTreeMap<String, String>,
}

/// The ledger of a language on its way out, piece by piece: an object of `language`, `statements`, `figures`, `pages` and `sources`. The statements come first, because what they
/// name is known only after them.
pub struct Writer<'a> {
    put: &'a mut dyn FnMut(&[u8]),
    has_statements: bool,
    named: Written,
}

impl<'a> Writer<'a> {
    /// Begins the ledger of a language.
    pub fn new(language: &Lang, put: &'a mut dyn FnMut(&[u8])) -> Self {
        let text = format!("{{\"language\":{},\"statements\":[", json(&language.as_str()));
        put(text.as_bytes());
        Self { put, has_statements: false, named: Written::default() }
    }

    /// Writes the statements of the next page.
    pub fn page(&mut self, page: Written) {
        let mut text = String::new();
        for statement in page.statements {
            text.push_str(if self.has_statements { ",\n" } else { "\n" });
            text.push_str(&statement);
            self.has_statements = true;
        }
        (self.put)(text.as_bytes());
        self.named.pages.extend(page.pages);
        self.named.sources.extend(page.sources);
        self.named.figures.extend(page.figures);
    }

    /// Writes what they name.
    pub fn finish(self) {
        let Written { figures, pages, sources, .. } = self.named;
        let mut text = "\n]".to_owned();
        for (name, records) in [("figures", figures), ("pages", pages), ("sources", sources)] {
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

impl Written {
    /// Writes the statements of a page.
    pub fn of(entries: &[Entry]) -> Self {
        let mut written = Self::default();
        for entry in entries {
            written.add(entry);
        }
        written
    }

    fn add(&mut self, entry: &Entry) {
        if !self.pages.contains_key(&entry.page) {
            self.pages.insert(entry.page.clone(), json(&Page { page_title: &entry.page_title, file: &entry.file }));
        }
        for evidence in &entry.evidence {
            let source = &evidence.source;
            if !self.sources.contains_key(&source.id) {
                self.sources.insert(source.id.clone(), sparse(source).to_string());
            }
            if let Some(figure) = &evidence.figure {
                self.figures.entry(figure_key(figure)).or_insert_with(|| sparse(figure).to_string());
            }
        }
        self.statements.push(json(&Told::of(entry)));
    }
}

#[derive(Serialize)]
struct Page<'a> {
    page_title: &'a str,
    file: &'a str,
}

/// An [`Entry`] without what the page and the language say.
#[derive(Serialize)]
struct Told<'a> {
    id: &'a str,
    page: &'a str,
    number: usize,
    part: Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a Heading>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    columns: &'a [String],
    statement: &'a str,
    coverage: Coverage,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
    address: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Support<'a>>,
}

impl<'a> Told<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            id: &entry.id,
            page: &entry.page,
            number: entry.number,
            part: entry.part,
            heading: entry.heading.as_ref(),
            position: entry.position.as_deref(),
            columns: &entry.columns,
            statement: &entry.statement,
            coverage: entry.coverage,
            reason: entry.reason.as_deref(),
            line: entry.line,
            column: entry.column,
            end_line: entry.end_line,
            end_column: entry.end_column,
            start: entry.start,
            end: entry.end,
            address: &entry.address,
            url: entry.url.as_deref(),
            evidence: entry.evidence.iter().map(Support::of).collect(),
        }
    }
}

/// An [`Evidence`] with the keys of its source and figure.
#[derive(Serialize)]
struct Support<'a> {
    kind: EvidenceKind,
    mark: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'a str>,
    relation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suffix: Option<&'a str>,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<String>,
}

impl<'a> Support<'a> {
    fn of(evidence: &'a Evidence) -> Self {
        Self {
            kind: evidence.kind,
            mark: &evidence.mark,
            written: evidence.written.as_deref(),
            relation: evidence.relation,
            prefix: evidence.prefix.as_deref(),
            locator: evidence.locator.as_deref(),
            suffix: evidence.suffix.as_deref(),
            source: &evidence.source.id,
            quote: evidence.quote.as_ref().map(sparse),
            passage: evidence.passage.as_deref(),
            figure: evidence.figure.as_ref().map(figure_key),
        }
    }
}

/// A figure's id, with the point where it is one of a series.
fn figure_key(figure: &Figure) -> String {
    figure.point.as_ref().map_or_else(|| figure.id.clone(), |point| format!("{}@{point}", figure.id))
}

/// A record without what is empty.
fn sparse(record: &impl Serialize) -> Value {
    // Strings and numbers always serialise.
    let mut value = serde_json::to_value(record).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, field| !field.is_null() && field.as_array().is_none_or(|items| !items.is_empty()));
    }
    value
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
