//! YAML → sources, strictly: what a record lacks or misspells is reported field by field.

use super::record::{Archive, Author, Checked, Fact, Numbers, Quote, Source, UrlStatus};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, QuoteId, SourceId};
use crate::markdown::locator::Locator;
use crate::span::FileId;
use crate::workspace::Placed;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::yaml::{self, Excerpt};

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// The forms a source may have: CSL's names, and `document` for whatever else.
const FORMS: &[&str] = &[
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

const URL_STATUSES: &[(&str, UrlStatus)] = &[
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
        if let Some(source) = read(&key, &node, diagnostics) {
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

fn read(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Source> {
    let Some(id) = SourceId::parse(&key.text) else {
        diagnostics.push(
            Diagnostic::new(Code::SB106, key.span, format!("`{}` cannot be an id", key.text))
                .help("letters, digits, `.`, `_` and `-`; no `:` and no `#`"),
        );
        return None;
    };
    let mut fields = Fields::open(node, key.span, "a source", CODES, diagnostics)?;
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
    let checked = fields.choice("checked", CHECKED);
    let checked = fields.required("checked", checked, "stored-page");
    let title_descriptive = fields.boolean("title-descriptive").unwrap_or(false);
    let authors = fields.records("author", "an author", read_author);
    let container = fields.localized("container");
    let publisher = fields.localized("publisher");
    let place = fields.localized("place");
    let numbers = Numbers {
        number: text(&mut fields, "number"),
        volume: text(&mut fields, "volume"),
        issue: text(&mut fields, "issue"),
        pages: text(&mut fields, "pages"),
        edition: text(&mut fields, "edition"),
        version: text(&mut fields, "version"),
    };
    let appeared = date(&mut fields, "date");
    let symbol = text(&mut fields, "doc-symbol");
    let address = url(&mut fields, "url");
    let doi = fields.parsed("doi", parse_doi, "`10.…/…`, without an address before it").map(|doi| doi.value);
    let isbn = text(&mut fields, "isbn");
    let accessed = date(&mut fields, "accessed");
    let url_status = fields.choice("url-status", URL_STATUSES).map(|status| status.value).unwrap_or_default();
    let archive = fields.records("archive", "an archived copy", read_archive);
    let kinds: Vec<(&'static str, &'static str)> = KINDS.iter().map(|kind| (*kind, *kind)).collect();
    let kind = fields.choice("kind", &kinds).map(|kind| kind.value);
    let affiliation = text(&mut fields, "affiliation");
    let perspective = fields.localized("perspective");
    let aliases = ids(&mut fields, "aliases");
    let chain = ids(&mut fields, "chain");
    let supersedes = ids(&mut fields, "supersedes");
    let license = text(&mut fields, "license");
    let remark = fields.localized("note");
    let quotes = fields.records("quotes", "a quotation", read_quote);
    let facts = fields.records("facts", "a fact", read_fact);
    fields.finish();
    Some(Source {
        id,
        span: key.span,
        aliases,
        form: form?.value,
        lang: lang?.value,
        title: title?,
        title_descriptive,
        authors,
        container,
        publisher,
        place,
        numbers,
        date: appeared,
        symbol,
        url: address,
        doi,
        isbn,
        accessed,
        url_status,
        archive,
        kind,
        affiliation,
        perspective,
        chain,
        supersedes,
        license,
        note: remark,
        quotes,
        checked: checked?.value,
        facts,
    })
}

fn read_archive(copy: &mut Fields<'_, '_>) -> Option<Archive> {
    let at = date(copy, "at");
    let by = text(copy, "by");
    let address = url(copy, "url");
    copy.required("url", address, "https://…").map(|url| Archive { url, at, by })
}

fn read_fact(fact: &mut Fields<'_, '_>) -> Option<Fact> {
    let words = fact.text("text");
    let words = fact.required("text", words, "what the source says, in our words");
    let locator = text(fact, "locator");
    let checked = fact.choice("checked", CHECKED);
    let checked = fact.required("checked", checked, "stored-page");
    Some(Fact { text: words?.value, locator, checked: checked?.value })
}

fn read_author(author: &mut Fields<'_, '_>) -> Option<Author> {
    let org = author.localized("org");
    let family = author.localized("family");
    let given = author.localized("given");
    match (org, family) {
        (Some(org), None) => Some(Author::Body(org)),
        (None, Some(family)) => Some(Author::Person { family, given }),
        _ => {
            let place = author.place();
            author.wrong(
                place,
                "an author is a person or a body",
                "`{family: Morris, given: Benny}` or `{org: World Health Organization}`",
            );
            None
        }
    }
}

fn read_quote(quote: &mut Fields<'_, '_>) -> Option<Quote> {
    let id = quote.parsed(
        "id",
        |text| QuoteId::parse(text).ok_or_else(|| format!("`{text}` cannot be an id")),
        "letters, digits, `.`, `_` and `-`",
    );
    let id = quote.required("id", id, "q1");
    let exact = quote.localized("exact");
    let exact = quote.required("exact", exact, "\"the words\"");
    let locator = locator(quote);
    let prefix = text(quote, "prefix");
    let suffix = text(quote, "suffix");
    let by = [("person", "person"), ("machine", "machine"), ("official", "official")];
    let translated_by = quote.choice("translated-by", &by).map(|choice| choice.value);
    Some(Quote { id: id?.value, exact: exact?, locator, prefix, suffix, translated_by })
}

/// A locator field, written as in text.
pub fn locator(fields: &mut Fields<'_, '_>) -> Option<Locator> {
    fields
        .parsed(
            "locator",
            |text| Locator::parse(text).ok_or_else(|| format!("`{text}` names no place")),
            "written as in text: `p. 3`, `para. 54`, `Art. 2`",
        )
        .map(|locator| locator.value)
}

fn text(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<String> {
    fields.text(name).map(|text| text.value)
}

/// A date field.
pub fn date(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Date> {
    fields
        .parsed(
            name,
            |text| Date::parse(text).map_err(|error| error.to_string()),
            "`2024-02-16`, `2024-02`, `2024`, `2023-10/2024-02` or `~1948`",
        )
        .map(|date| date.value)
}

/// A list of source ids.
fn ids(fields: &mut Fields<'_, '_>, name: &'static str) -> Vec<Placed<SourceId>> {
    let mut ids = Vec::new();
    for text in fields.texts(name) {
        match SourceId::parse(&text.value) {
            Some(id) => ids.push(Placed { value: id, span: text.span }),
            None => fields.wrong(
                text.span,
                format!("`{}` cannot be an id", text.value),
                "letters, digits, `.`, `_` and `-`",
            ),
        }
    }
    ids
}

fn url(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<String> {
    let text = fields.text(name)?;
    if is_web_address(&text.value) {
        return Some(text.value);
    }
    fields.report(
        Diagnostic::new(Code::SB504, text.span, format!("`{}` is no web address", text.value))
            .help("an address begins with `https://` or `http://` and holds no spaces"),
    );
    None
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>`\\".contains(c))
    })
}

fn parse_doi(text: &str) -> Result<String, String> {
    let valid = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')).is_some_and(|(prefix, suffix)| {
        !prefix.is_empty()
            && !suffix.is_empty()
            && !suffix.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
    });
    if valid { Ok(text.to_owned()) } else { Err(format!("`{text}` is no DOI")) }
}
