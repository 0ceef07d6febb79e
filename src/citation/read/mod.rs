//! YAML → sources, strictly: what a record lacks or misspells is reported field by field.
//!
//! Here the record itself; [`parts`] reads the records within it, [`values`] what a single field may hold.

mod parts;
mod values;

use super::record::{Checked, Source, UrlStatus};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, SourceId};
use crate::span::FileId;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::shape::Shape;
use crate::workspace::yaml::{self, Excerpt};
pub use values::{date, locator};
pub(crate) use values::{is_web_address, parse_isbn};
use values::{parse_doi, text, url};

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// The forms a source may have: CSL's names, and `document` for whatever else.
pub const FORMS: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "dataset",
    "document",
    "entry-encyclopedia",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "map",
    "motion_picture",
    "pamphlet",
    "paper-conference",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

/// What kind of witness a source is.
pub const KINDS: &[&str] =
    &["primary", "official-statement", "un", "ngo", "media", "academic", "legal", "data", "eyewitness", "social"];

/// What may have become of an address, by the words of the files.
pub const URL_STATUSES: &[(&str, UrlStatus)] = &[
    ("live", UrlStatus::Live),
    ("dead", UrlStatus::Dead),
    ("usurped", UrlStatus::Usurped),
    ("paywalled", UrlStatus::Paywalled),
    ("geo-blocked", UrlStatus::GeoBlocked),
    ("removed", UrlStatus::Removed),
];

/// How a record or a fact may have been verified, by the words of the files.
pub const CHECKED: &[(&str, Checked)] =
    &[("stored-page", Checked::StoredPage), ("corroborated", Checked::Corroborated), ("known", Checked::Known)];

/// Reads a file of sources.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Source> {
    let mut sources = Vec::new();
    for (key, node) in records(file, text, diagnostics) {
        if let Some(source) = record(&key, &node, diagnostics) {
            sources.push(source);
        }
    }
    sources
}

/// The entries of a file that maps ids to records. An empty file has none.
pub fn records(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Key, Node)> {
    match yaml::read(Excerpt { file, text, offset: 0 }, Code::SB106) {
        Ok(Node { value: Value::Map(entries), .. }) => entries,
        Ok(Node { value: Value::Null, .. }) => Vec::new(),
        Ok(node) => {
            diagnostics.push(
                Diagnostic::new(Code::SB106, node.span, format!("the file is {}, not records by id", node.kind()))
                    .help("write `some-id:` and below it, indented, the record's fields"),
            );
            Vec::new()
        }
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            Vec::new()
        }
    }
}

/// Reads one record, whose id is the key.
pub fn record(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Source> {
    let id = key.id::<SourceId>(diagnostics)?;
    let mut fields = Fields::open(node, key.span, "a source", CODES, diagnostics)?;
    let source = source(Some(id), &mut fields);
    fields.finish();
    source
}

/// What the record of a source may hold.
pub fn shape() -> Shape {
    Shape::of("a source", |fields| source(None, fields))
}

fn source(id: Option<SourceId>, fields: &mut Fields<'_, '_>) -> Option<Source> {
    let forms: Vec<(&'static str, &'static str)> = FORMS.iter().map(|form| (*form, *form)).collect();
    let form = fields.choice("type", &forms);
    let form = fields.required("type", form, "report");
    let lang = fields.parsed(
        "lang",
        |text| Lang::parse(text).ok_or_else(|| format!("`{text}` is not a language tag")),
        "the document's language, such as `en`",
    );
    let lang = fields.required("lang", lang, "en");
    let title = fields.localized("title");
    let title = fields.required("title", title, "\"…\"");
    let checked = parts::verification(fields);
    let title_descriptive = fields.boolean("title-descriptive").unwrap_or(false);
    let title_latn = text(fields, "title-latn");
    let authors = fields.records("author", "an author", parts::author);
    let container = fields.localized("container");
    let publisher = fields.localized("publisher");
    let place = fields.localized("place");
    let numbers = parts::numbers(fields);
    let appeared = date(fields, "date");
    let authority = fields.localized("authority");
    let symbol = fields.text("doc-symbol");
    let address = url(fields, "url");
    let doi = fields.parsed("doi", parse_doi, "`10.…/…`, without an address before it");
    let isbn = fields.parsed("isbn", parse_isbn, "ten or thirteen digits, as printed");
    let accessed = date(fields, "accessed");
    let url_status = fields.choice("url-status", URL_STATUSES).map(|status| status.value).unwrap_or_default();
    let url_checked = date(fields, "url-checked");
    let archive = fields.records("archive", "an archived copy", parts::archive);
    let snapshot = parts::snapshot(fields);
    let kinds: Vec<(&'static str, &'static str)> = KINDS.iter().map(|kind| (*kind, *kind)).collect();
    let kind = fields.choice("kind", &kinds).map(|kind| kind.value);
    let affiliation = text(fields, "affiliation");
    let names = fields.localized_texts("names");
    let perspective = fields.localized("perspective");
    let reliability = parts::reliability(fields);
    let aliases = fields.ids("aliases");
    let chain = fields.ids("chain");
    let supersedes = fields.ids("supersedes");
    let superseded_by = fields.ids("superseded-by");
    let corrected = parts::notice(fields, "corrected");
    let retracted = parts::notice(fields, "retracted");
    let license = text(fields, "license");
    let rights = fields.localized("rights");
    let review = parts::review(fields);
    let remark = fields.localized("note");
    let quotes = fields.records("quotes", "a quotation", parts::quote);
    let facts = fields.records("facts", "a fact", parts::fact);
    Some(Source {
        id: id?,
        span: fields.place(),
        aliases,
        form: form?.value,
        lang: lang?.value,
        title: title?,
        title_descriptive,
        title_latn,
        authors,
        container,
        publisher,
        place,
        numbers,
        authority,
        date: appeared,
        symbol,
        url: address,
        doi,
        isbn,
        accessed,
        url_status,
        url_checked,
        archive,
        snapshot,
        kind,
        affiliation,
        names,
        perspective,
        reliability,
        chain,
        supersedes,
        superseded_by,
        corrected,
        retracted,
        license,
        rights,
        note: remark,
        quotes,
        checked: checked?,
        review,
        facts,
    })
}
