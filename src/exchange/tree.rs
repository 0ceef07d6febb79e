//! A source as the tree of its record, in the house's order of fields: what YAML is written from, and what formats are held against.

use crate::citation::record::{
    Archive, Author, Fact, Notice, Numbers, Quote, Reliability, Review, Snapshot, Source, UrlStatus, Verification,
};
use crate::date::Date;
use crate::ids::{Lang, SourceId};
use crate::span::Span;
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::{Localized, Placed};

/// The fields of a record, or of a record within it.
pub(super) type Entries = Vec<(Key, Node)>;

/// A text without a place of its own.
pub(super) fn text(span: Span, text: impl Into<String>) -> Node {
    Node { span, value: Value::Text { text: text.into(), verbatim: None } }
}

/// A field by its name.
pub(super) fn field<'a>(entries: &'a [(Key, Node)], name: &str) -> Option<&'a Node> {
    entries.iter().find(|(key, _)| key.text == name).map(|(_, node)| node)
}

/// Puts a field in the place of the one that has its name, or at the end.
pub(super) fn put(entries: &mut Entries, key: Key, node: Node) {
    match entries.iter_mut().find(|(other, _)| other.text == key.text) {
        Some(entry) => *entry = (key, node),
        None => entries.push((key, node)),
    }
}

/// Whether two values say the same, wherever they stand.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| one.0.text == other.0.text && same(&one.1, &other.1))
        }
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Null, Value::Null) => true,
        _ => one.as_text().is_some() && one.as_text() == other.as_text(),
    }
}

/// A record under construction; everything in it stands where the source stands.
struct Record {
    span: Span,
    entries: Entries,
}

impl Record {
    fn new(span: Span) -> Self {
        Self { span, entries: Vec::new() }
    }

    fn put(&mut self, name: &str, value: Value) {
        self.entries.push((Key { text: name.to_owned(), span: self.span }, Node { span: self.span, value }));
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(name, Value::Text { text: text.to_owned(), verbatim: None });
        }
    }

    fn placed(&mut self, name: &str, text: Option<&Placed<String>>) {
        self.text(name, text.map(|text| text.value.as_str()));
    }

    fn date(&mut self, name: &str, date: Option<&Date>) {
        self.text(name, date.map(Date::to_string).as_deref());
    }

    fn localized(&mut self, name: &str, words: Option<&Localized>) {
        match words {
            None => {}
            Some(Localized::Plain(text)) => self.text(name, Some(text)),
            Some(Localized::ByLang(texts)) => {
                let mut inner = Self::new(self.span);
                for (lang, text) in texts {
                    inner.text(lang.as_str(), Some(text));
                }
                self.group(name, inner);
            }
        }
    }

    /// Texts by language; those without one stand alone, because a record has either.
    fn localized_texts(&mut self, name: &str, texts: &[(Option<Lang>, String)]) {
        let mut plain = Vec::new();
        let mut by_lang: Vec<(&Lang, Vec<Node>)> = Vec::new();
        for (lang, words) in texts {
            let node = text(self.span, words);
            match (lang, by_lang.iter_mut().find(|(other, _)| Some(*other) == lang.as_ref())) {
                (None, _) => plain.push(node),
                (Some(_), Some((_, nodes))) => nodes.push(node),
                (Some(lang), None) => by_lang.push((lang, vec![node])),
            }
        }
        if !plain.is_empty() {
            self.put(name, Value::List(plain));
            return;
        }
        let mut inner = Self::new(self.span);
        for (lang, nodes) in by_lang {
            inner.put(lang.as_str(), Value::List(nodes));
        }
        self.group(name, inner);
    }

    fn group(&mut self, name: &str, inner: Self) {
        if !inner.entries.is_empty() {
            self.put(name, Value::Map(inner.entries));
        }
    }

    fn list<T>(&mut self, name: &str, items: &[T], write: impl Fn(&T, &mut Self)) {
        let span = self.span;
        let nodes: Vec<Node> = items
            .iter()
            .map(|item| {
                let mut inner = Self::new(span);
                write(item, &mut inner);
                Node { span, value: Value::Map(inner.entries) }
            })
            .collect();
        if !nodes.is_empty() {
            self.put(name, Value::List(nodes));
        }
    }

    fn ids(&mut self, name: &str, ids: &[Placed<SourceId>]) {
        if !ids.is_empty() {
            self.put(name, Value::List(ids.iter().map(|id| text(self.span, id.value.as_str())).collect()));
        }
    }
}

/// The record of a source.
pub(super) fn record(source: &Source) -> Entries {
    // Taken apart without a rest, so that a new field of sources cannot be forgotten here.
    let Source {
        id: _,
        span,
        aliases,
        form,
        lang,
        title,
        title_descriptive,
        title_latn,
        authors,
        container,
        publisher,
        place,
        numbers,
        authority,
        date,
        symbol,
        url,
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
        note,
        quotes,
        checked,
        review,
        facts,
    } = source;
    let mut record = Record::new(*span);
    record.text("type", Some(form));
    record.text("lang", Some(lang.as_str()));
    record.localized("title", Some(title));
    if *title_descriptive {
        record.put("title-descriptive", Value::Bool(true));
    }
    record.text("title-latn", title_latn.as_deref());
    record.list("author", authors, write_author);
    record.localized("container", container.as_ref());
    record.localized("publisher", publisher.as_ref());
    record.localized("place", place.as_ref());
    write_numbers(numbers, &mut record);
    record.localized("authority", authority.as_ref());
    record.date("date", date.as_ref());
    record.placed("doc-symbol", symbol.as_ref());
    record.placed("url", url.as_ref());
    record.placed("doi", doi.as_ref());
    record.placed("isbn", isbn.as_ref());
    record.date("accessed", accessed.as_ref());
    if *url_status != UrlStatus::Live {
        record.text("url-status", Some(url_status.name()));
    }
    record.date("url-checked", url_checked.as_ref());
    record.list("archive", archive, write_copy);
    if let Some(snapshot) = snapshot {
        write_snapshot(snapshot, &mut record);
    }
    record.text("kind", *kind);
    record.text("affiliation", affiliation.as_deref());
    record.localized_texts("names", names);
    record.localized("perspective", perspective.as_ref());
    record.ids("chain", chain);
    record.ids("supersedes", supersedes);
    record.ids("superseded-by", superseded_by);
    for (name, notice) in [("corrected", corrected), ("retracted", retracted)] {
        if let Some(notice) = notice {
            write_notice(name, notice, &mut record);
        }
    }
    if let Some(reliability) = reliability {
        write_reliability(reliability, &mut record);
    }
    record.ids("aliases", aliases);
    record.text("license", license.as_deref());
    record.localized("rights", rights.as_ref());
    record.localized("note", note.as_ref());
    record.list("quotes", quotes, write_quote);
    write_verification(checked, &mut record);
    if let Some(review) = review {
        write_review(review, &mut record);
    }
    record.list("facts", facts, write_fact);
    record.entries
}

fn write_author(author: &Author, record: &mut Record) {
    match author {
        Author::Body(name) => record.localized("org", Some(name)),
        Author::Person { family, given } => {
            record.localized("family", Some(family));
            record.localized("given", given.as_ref());
        }
    }
}

fn write_numbers(numbers: &Numbers, record: &mut Record) {
    let Numbers { number, volume, issue, pages, edition, version } = numbers;
    record.text("number", number.as_deref());
    record.text("volume", volume.as_deref());
    record.text("issue", issue.as_deref());
    record.text("pages", pages.as_deref());
    record.text("edition", edition.as_deref());
    record.text("version", version.as_deref());
}

fn write_copy(copy: &Archive, record: &mut Record) {
    let Archive { url, span: _, at, by, wacz, sha256 } = copy;
    record.text("url", Some(url));
    record.date("at", at.as_ref());
    record.text("by", *by);
    record.text("wacz", wacz.as_deref());
    record.text("sha256", sha256.as_deref());
}

fn write_snapshot(snapshot: &Snapshot, record: &mut Record) {
    let Snapshot { path, sha256, bytes, media_type, at, tool, by, text_path, text_sha256 } = snapshot;
    let mut inner = Record::new(record.span);
    inner.placed("path", path.as_ref());
    inner.placed("sha256", sha256.as_ref());
    if let Some(bytes) = bytes {
        inner.put("bytes", Value::Number(bytes.to_string()));
    }
    inner.text("media-type", media_type.as_deref());
    inner.date("at", at.as_ref());
    inner.text("tool", tool.as_deref());
    inner.text("by", by.as_deref());
    inner.placed("text-path", text_path.as_ref());
    inner.placed("text-sha256", text_sha256.as_ref());
    record.group("snapshot", inner);
}

fn write_notice(name: &str, notice: &Notice, record: &mut Record) {
    let Notice { span: _, at, url, note } = notice;
    let mut inner = Record::new(record.span);
    inner.date("at", at.as_ref());
    inner.text("url", url.as_deref());
    inner.localized("note", note.as_ref());
    // Even one that says nothing more says that there was one.
    record.put(name, Value::Map(inner.entries));
}

fn write_reliability(reliability: &Reliability, record: &mut Record) {
    let Reliability { grade, credibility, note, by, at } = reliability;
    let mut inner = Record::new(record.span);
    inner.text("grade", Some(grade));
    inner.text("credibility", *credibility);
    inner.localized("note", note.as_ref());
    inner.text("by", by.as_deref());
    inner.date("at", at.as_ref());
    record.group("reliability", inner);
}

fn write_quote(quote: &Quote, record: &mut Record) {
    let Quote { id, span: _, exact, locator, prefix, suffix, translated_by } = quote;
    record.text("id", Some(id.as_str()));
    record.localized("exact", Some(exact));
    record.text("locator", locator.as_ref().map(ToString::to_string).as_deref());
    record.text("prefix", prefix.as_deref());
    record.text("suffix", suffix.as_deref());
    record.text("translated-by", *translated_by);
}

fn write_verification(checked: &Verification, record: &mut Record) {
    let Verification { level, at, by } = checked;
    if at.is_none() && by.is_none() {
        return record.text("checked", Some(level.name()));
    }
    let mut inner = Record::new(record.span);
    inner.text("level", Some(level.name()));
    inner.date("at", at.as_ref());
    inner.text("by", by.as_deref());
    record.group("checked", inner);
}

fn write_review(review: &Review, record: &mut Record) {
    let Review { by, at, expires } = review;
    let mut inner = Record::new(record.span);
    inner.text("by", by.as_deref());
    inner.date("at", at.as_ref());
    inner.date("expires", expires.as_ref());
    record.put("review", Value::Map(inner.entries));
}

fn write_fact(fact: &Fact, record: &mut Record) {
    let Fact { text, locator, checked } = fact;
    record.text("text", Some(text));
    record.text("locator", locator.as_deref());
    record.text("checked", Some(checked.name()));
}
