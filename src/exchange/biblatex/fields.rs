//! What the fields of an entry mean for a record.

use super::names::{self, Name};
use super::syntax::Field;
use super::{OTHER_TYPES, TYPES, authority_field, is_article, is_legal};
use crate::exchange::draft::Draft;
use crate::exchange::tree::text;
use crate::exchange::{bare_doi, copy, languages, own};
use crate::span::Span;
use crate::workspace::node::{Key, Node, Value};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the fields of an entry mean for a record.
pub(super) fn interpret(kind: &str, kind_span: Span, mut fields: BTreeMap<String, Field>, draft: &mut Draft) {
    if let Some(field) = fields.remove(own::NAME) {
        own::read(&field.text, field.span, draft);
    }
    let subtype = fields.get("entrysubtype").map(|field| field.text.clone()).unwrap_or_default();
    let exact = TYPES.iter().find(|(_, own, sub)| *own == kind && *sub == subtype);
    let form = match exact {
        Some((form, ..)) => {
            fields.remove("entrysubtype");
            Some(*form)
        }
        None => {
            let plain = TYPES.iter().find(|(_, own, sub)| *own == kind && sub.is_empty()).map(|(form, ..)| *form);
            plain.or_else(|| OTHER_TYPES.iter().find(|(own, _)| *own == kind).map(|(_, form)| *form))
        }
    };
    if form.is_none() && kind != "misc" {
        draft.leave(&format!("@{kind}"), kind_span);
    }
    draft.set("type", kind, kind_span, form.unwrap_or("document"));
    let mut take = |name: &str| fields.remove(name);
    if let Some(title) = take("title") {
        let whole = match take("subtitle") {
            Some(sub) if !sub.text.is_empty() => format!("{}: {}", title.text, sub.text),
            _ => title.text,
        };
        draft.set("title", "title", title.span, &whole);
    }
    if let Some(author) = take("author") {
        set_authors(&author, draft);
    }
    let mut move_to = |target: &'static str, names: &[&str], draft: &mut Draft| {
        for name in names {
            if let Some(field) = take(name) {
                draft.set(target, name, field.span, &field.text);
            }
        }
    };
    move_to("container", &["journaltitle", "journal", "booktitle", "maintitle"], draft);
    if is_legal(kind) {
        move_to("authority", &[authority_field(kind)], draft);
    }
    move_to("publisher", &["publisher", "institution", "school", "organization", "howpublished"], draft);
    move_to("place", &["location", "address"], draft);
    move_to("volume", &["volume"], draft);
    let number = if is_article(kind) {
        "issue"
    } else if is_legal(kind) {
        "doc-symbol"
    } else {
        "number"
    };
    move_to(number, &["number"], draft);
    move_to("issue", &["issue"], draft);
    move_to("pages", &["pages"], draft);
    move_to("edition", &["edition"], draft);
    move_to("version", &["version"], draft);
    move_to("url", &["url"], draft);
    move_to("isbn", &["isbn"], draft);
    move_to("accessed", &["urldate"], draft);
    move_to("note", &["note"], draft);
    for name in ["annotation", "annote"] {
        if let Some(field) = take(name) {
            draft.remark(name, field.span, &field.text);
        }
    }
    set_date(&mut fields, draft);
    set_others(&mut fields, draft);
    let translated = draft.own.iter().any(|(key, _)| key.text == "title");
    for (name, field) in fields {
        // What the entry inherits from was read with it; a translated title was written for other readers.
        if !(field.text.is_empty()
            || matches!(name.as_str(), "crossref" | "xdata")
            || (translated && name == "titleaddon"))
        {
            draft.leave(&name, field.span);
        }
    }
}

fn set_authors(field: &Field, draft: &mut Draft) {
    let span = field.span;
    let part = |name: &str, words: String| (Key { text: name.to_owned(), span }, text(span, words));
    let mut authors = Vec::new();
    for name in names::read(&field.chunks) {
        let entries = match name {
            Name::Body(name) => vec![part("org", name)],
            Name::Person(family, given) => {
                std::iter::once(part("family", family)).chain(given.map(|given| part("given", given))).collect()
            }
            Name::Others => {
                draft.leave("and others", span);
                continue;
            }
        };
        authors.push(Node { span, value: Value::Map(entries) });
    }
    if !authors.is_empty() {
        draft.set_node("author", "author", Node { span, value: Value::List(authors) });
    }
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `date`, or `year` and `month`.
fn set_date(fields: &mut BTreeMap<String, Field>, draft: &mut Draft) {
    if let Some(date) = fields.remove("date") {
        return draft.set("date", "date", date.span, &date.text);
    }
    let Some(year) = fields.remove("year") else { return };
    let mut written = year.text.clone();
    if let Some(month) = fields.remove("month") {
        let lower = month.text.to_lowercase();
        let named =
            |name: &&str| **name == *lower || (lower.len() >= 3 && name.starts_with(lower.trim_end_matches('.')));
        let number = month.text.parse().ok().or_else(|| MONTHS.iter().position(named).map(|at| at + 1));
        match number {
            Some(number) => {
                let _ = write!(written, "-{number:02}");
                if let Some(day) = fields.get("day").and_then(|day| day.text.parse::<u8>().ok()) {
                    let _ = write!(written, "-{day:02}");
                    fields.remove("day");
                }
            }
            None => draft.leave("month", month.span),
        }
    }
    draft.set("date", "year", year.span, &written);
}

/// Fields that are more than their words.
fn set_others(fields: &mut BTreeMap<String, Field>, draft: &mut Draft) {
    if let Some(doi) = fields.remove("doi") {
        draft.set("doi", "doi", doi.span, bare_doi(&doi.text));
    }
    for name in ["langid", "language", "hyphenation"] {
        let Some(field) = fields.get(name) else { continue };
        if let Some(lang) = languages::parse(&field.text)
            && (!draft.has("lang") || draft.words("lang") == Some(lang.as_str()))
        {
            if !draft.has("lang") {
                draft.set("lang", name, field.span, lang.as_str());
            }
            fields.remove(name);
        }
    }
    if let Some(ids) = fields.remove("ids") {
        let aliases = ids.text.split(',').map(str::trim).filter(|id| !id.is_empty());
        let aliases: Vec<Node> = aliases.map(|id| text(ids.span, id)).collect();
        if !aliases.is_empty() {
            draft.set_node("aliases", "ids", Node { span: ids.span, value: Value::List(aliases) });
        }
    }
    if let Some(address) = fields.remove("archiveurl") {
        let at = fields.remove("archivedate").map(|date| (date.span, date.text));
        draft.set_node("archive", "archiveurl", copy(address.span, &address.text, at));
    }
}
