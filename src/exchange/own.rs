//! What a format has no field for, kept in a field of our own, so that a way out and back loses nothing.
//!
//! Which fields those are is not a list that somebody must keep: a record is written in the format's own fields, read back, and whatever
//! did not come back as it was is kept. The fields of the format win where somebody changed them on the way.

use super::draft::Draft;
use super::json;
use super::tree::{self, Entries, field, put, same};
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::yaml::Excerpt;

/// The name of our field in every format.
pub(super) const NAME: &str = "sourcebook";

/// The fields of a record that the format's own did not bring back.
pub(super) fn rest(source: &Source, native: &Entries) -> Entries {
    let record = tree::record(source);
    // What the format's fields say beyond the record is unsaid.
    let unsaid = native.iter().filter(|(key, _)| field(&record, &key.text).is_none());
    let unsaid: Vec<(Key, Node)> =
        unsaid.map(|(key, node)| (key.clone(), Node { span: node.span, value: Value::Null })).collect();
    let kept = record.into_iter().filter(|(key, node)| field(native, &key.text).is_none_or(|other| !same(node, other)));
    kept.chain(unsaid).collect()
}

/// The fields of an entry with those of our own field among them. `again` writes and reads a source in the format's own fields, which shows
/// whether they still say what they said when our field was written.
pub(super) fn merge(draft: &mut Draft, again: impl Fn(&Source) -> Option<Draft>) {
    let own = std::mem::take(&mut draft.own);
    if own.is_empty() {
        return;
    }
    let mut merged = draft.fields.clone();
    for (key, node) in &own {
        put(&mut merged, key.clone(), node.clone());
    }
    let written = draft.trial(&merged).and_then(|source| again(&source));
    if written.as_ref().is_some_and(|written| words(written) == words(draft)) {
        draft.remarks.clear();
    }
    for (key, node) in own {
        let here = field(&draft.fields, &key.text);
        let then = written.as_ref().and_then(|written| field(&written.fields, &key.text));
        let unchanged = match (here, then) {
            (None, None) => true,
            (Some(here), Some(then)) => same(here, then),
            _ => false,
        };
        match here {
            Some(here) if !unchanged => {
                let Some(kept) = translations(here, &node, &draft.fields) else {
                    draft.problems.push(changed(&key, here));
                    continue;
                };
                put(&mut draft.fields, key, kept);
            }
            _ => put(&mut draft.fields, key, node),
        }
    }
}

fn words(draft: &Draft) -> Vec<&str> {
    draft.remarks.iter().map(|(_, words)| words.as_str()).collect()
}

/// A text that was changed in the document's own language keeps its translations.
fn translations(here: &Node, own: &Node, fields: &Entries) -> Option<Node> {
    let (Some(_), Value::Map(texts)) = (here.as_text(), &own.value) else { return None };
    let lang = field(fields, "lang").and_then(Node::as_text)?;
    let mut texts = texts.clone();
    let key = Key { text: lang.to_owned(), span: here.span };
    put(&mut texts, key, here.clone());
    Some(Node { span: here.span, value: Value::Map(texts) })
}

fn changed(key: &Key, here: &Node) -> Diagnostic {
    Diagnostic::new(Code::SB256, here.span, format!("`{}` was changed after it left Sourcebook", key.text))
        .help("the entry's own words were taken; look whether the rest of the record still fits them")
}

/// Reads our field; all of it stands where the field stands.
pub(super) fn read(written: &str, span: Span, draft: &mut Draft) {
    let excerpt = Excerpt { file: span.file, text: written, offset: 0 };
    match json::read(excerpt, Code::SB253) {
        Ok(Node { value: Value::Map(entries), .. }) => {
            draft.own = entries.into_iter().map(|(key, node)| (Key { span, ..key }, placed(node, span))).collect();
        }
        _ => {
            let message = format!("the field `{NAME}` does not hold what Sourcebook wrote");
            draft.problems.push(Diagnostic::new(Code::SB253, span, message).help("it was left out of the record"));
        }
    }
}

fn placed(node: Node, span: Span) -> Node {
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| placed(item, span)).collect()),
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, node)| (Key { span, ..key }, placed(node, span))).collect())
        }
        Value::Text { text, .. } => Value::Text { text, verbatim: None },
        value => value,
    };
    Node { span, value }
}
