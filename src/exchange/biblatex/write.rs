//! A source → an entry.

use super::{authority_field, container_field, is_article, is_legal, names, publisher_field, tex, type_of};
use crate::citation::Source;
use crate::exchange::tree::Entries;
use crate::exchange::{json, languages, original, own, quotations, translated};
use crate::ids::Lang;
use crate::workspace::Localized;
use crate::workspace::node::{Node, Value};
use std::fmt::Write;

/// An entry under construction.
struct Writer {
    text: String,
}

impl Writer {
    /// A field whose value is written already.
    fn written(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "  {name} = {{{value}}},");
        }
    }

    fn words(&mut self, name: &str, words: Option<&str>) {
        self.written(name, &words.map(tex::escape).unwrap_or_default());
    }

    /// A title; in English styles change the case of what does not stand in braces.
    fn title(&mut self, name: &str, source: &Source, words: Option<&str>) {
        let Some(words) = words else { return };
        let escaped = tex::escape(words);
        let cased = source.lang.as_str().starts_with("en") && words.chars().skip(1).any(char::is_uppercase);
        self.written(name, &if cased { format!("{{{escaped}}}") } else { escaped });
    }
}

/// A source as an entry, with what its fields cannot say in a field of our own.
pub(in crate::exchange) fn entry(source: &Source, own: &Entries, reader: Option<&Lang>) -> String {
    let (kind, subtype) = type_of(source.form);
    let lang = &source.lang;
    let mut entry = Writer { text: format!("@{kind}{{{},\n", source.id) };
    let first = |words: &Option<Localized>| words.as_ref().map(|words| original(words, lang).to_owned());
    entry.written("entrysubtype", subtype);
    entry.written("author", &names::write(&source.authors, lang));
    entry.title("title", source, Some(original(&source.title, lang)));
    entry.words("titleaddon", translated(source, reader).map(|title| format!("[{title}]")).as_deref());
    entry.title(container_field(kind), source, first(&source.container).as_deref());
    entry.words(publisher_field(kind), first(&source.publisher).as_deref());
    if is_legal(kind) {
        entry.words(authority_field(kind), first(&source.authority).as_deref());
    }
    entry.words("location", first(&source.place).as_deref());
    let numbers = &source.numbers;
    let symbol = source.symbol.as_ref().map(|symbol| symbol.value.as_str());
    entry.words("volume", numbers.volume.as_deref());
    let number = if is_article(kind) {
        numbers.issue.as_deref()
    } else {
        entry.words("issue", numbers.issue.as_deref());
        if is_legal(kind) { symbol } else { numbers.number.as_deref().or(symbol) }
    };
    entry.words("number", number);
    entry.written("pages", &numbers.pages.as_deref().map(tex::escape).unwrap_or_default().replace('–', "--"));
    entry.words("edition", numbers.edition.as_deref());
    entry.words("version", numbers.version.as_deref());
    entry.written("date", &source.date.as_ref().map(ToString::to_string).unwrap_or_default());
    for (name, value) in [("isbn", &source.isbn), ("doi", &source.doi), ("url", &source.url)] {
        entry.written(name, &value.as_ref().map(|value| tex::escape_address(&value.value)).unwrap_or_default());
    }
    entry.written("urldate", &source.accessed.as_ref().map(ToString::to_string).unwrap_or_default());
    if let Some(copy) = source.archive.first() {
        entry.written("archiveurl", &tex::escape_address(&copy.url));
        entry.written("archivedate", &copy.at.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    match languages::babel(lang) {
        Some(name) => entry.written("langid", name),
        None => entry.written("language", lang.as_str()),
    }
    entry.words("note", first(&source.note).as_deref());
    entry.words("annotation", Some(&quotations(source)));
    let aliases: Vec<&str> = source.aliases.iter().map(|alias| alias.value.as_str()).collect();
    entry.written("ids", &aliases.join(","));
    if !own.is_empty() {
        let own = Node { span: source.span, value: Value::Map(own.clone()) };
        entry.written(own::NAME, &tex::escape_json(&json::compact(&own)));
    }
    entry.text.push_str("}\n");
    entry.text
}
