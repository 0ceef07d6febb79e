//! Whether two texts say the same.
//!
//! YAML: the same values, in the same order wherever an order says something (fields of a record have none; languages and ids have), and the same
//! comments. Markdown: the same tree, read by the parser that reads the site, and not a letter more or less.

use super::sheet::Sheet;
use super::{nowhere, parts};
use crate::markdown;
use crate::schema::Sort;
use crate::span::{Origin, Span};
use crate::workspace::node::{Node, Value};
use crate::workspace::shape::{Kind, Shape};

/// Whether two texts of a kind of file say the same.
pub(super) fn is_same(sort: &Sort, one: &str, other: &str) -> bool {
    match sort.name {
        "book" => one == other,
        "page" => match (parts(one), parts(other)) {
            (Some((head, body)), Some((other_head, other_body))) => {
                let slice =
                    |text: &str, range| str::get::<std::ops::Range<usize>>(text, range).unwrap_or("").to_owned();
                is_same_yaml(sort, &slice(one, head), &slice(other, other_head))
                    && is_same_markdown(&slice(one, body), &slice(other, other_body))
            }
            _ => one == other,
        },
        _ => is_same_yaml(sort, one, other),
    }
}

/// Whether two texts of YAML say the same.
pub(super) fn is_same_yaml(sort: &Sort, one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (Some(one), Some(other)) = (Sheet::read(one), Sheet::read(other)) else { return false };
    let shape = Kind::Record((sort.shape)());
    let kind = if sort.by_id { Kind::ByName(Box::new(shape)) } else { shape };
    let sorted = |sheet: &Sheet<'_>| {
        let mut comments: Vec<String> = sheet.comments().into_iter().map(str::to_owned).collect();
        comments.sort();
        comments
    };
    is_same_value(&one.root, &other.root, Some(&kind)) && sorted(&one) == sorted(&other)
}

fn is_same_value(one: &Node, other: &Node, kind: Option<&Kind>) -> bool {
    match (&one.value, &other.value) {
        (Value::Text { text: one, .. }, Value::Text { text: other, .. }) => one == other,
        (Value::List(one), Value::List(other)) => {
            let kind = kind.map(of_items);
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same_value(one, other, kind))
        }
        (Value::Map(one), Value::Map(other)) => {
            let shape = kind.and_then(record);
            one.len() == other.len()
                && one.iter().zip(other).all(|((key, value), at_its_place)| {
                    let found = match shape {
                        Some(_) => other.iter().find(|(own, _)| own.text == key.text),
                        None => Some(at_its_place).filter(|(own, _)| own.text == key.text),
                    };
                    found.is_some_and(|(_, own)| is_same_value(value, own, of_entry(kind, &key.text)))
                })
        }
        (one, other) => one == other,
    }
}

/// The record that a value may be.
pub(super) fn record(kind: &Kind) -> Option<&Shape> {
    match kind {
        Kind::Record(shape) => Some(shape),
        Kind::Some(kind) => record(kind),
        // Where a text by language would do as well, an order says something.
        Kind::Either(kinds) if !kinds.iter().any(|kind| matches!(kind, Kind::ByLanguage(_) | Kind::ByName(_))) => {
            kinds.iter().find_map(record)
        }
        _ => None,
    }
}

/// What the items of a list may be.
pub(super) fn of_items(kind: &Kind) -> &Kind {
    match kind {
        Kind::Some(kind) | Kind::Exactly(_, kind) => kind,
        kind => kind,
    }
}

/// What stands under a key.
pub(super) fn of_entry<'k>(kind: Option<&'k Kind>, key: &str) -> Option<&'k Kind> {
    match kind? {
        Kind::ByName(kind) | Kind::ByLanguage(kind) => Some(kind),
        Kind::Named(values) => values.iter().find(|named| named.name == key).map(|named| &named.kind),
        kind => record(kind)?.field(key).map(|field| &field.kind),
    }
}

/// Whether two texts of Markdown say the same.
pub(super) fn is_same_markdown(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    // With one place for everything two trees can be compared.
    let tree = |text: &str| markdown::parse(text, Origin::Whole(Span::start_of(nowhere()))).value;
    one == other || letters(one) == letters(other) && tree(one) == tree(other)
}
