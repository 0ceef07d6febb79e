//! Edits of a YAML file, byte by byte: a value takes the place of another or is added, and everything else stays as it is.
//!
//! Whoever lays out YAML by the letter may be wrong about it, so the file is read again: an edit by which any other value would change is none.

use crate::diagnostic::Code;
use crate::span::Files;
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::quote::quoted;
use crate::workspace::yaml::{self, Excerpt};
use std::ops::Range;

/// A text, texts in their order, or texts with names.
#[derive(Debug, Clone, Copy)]
pub(super) enum New<'a> {
    Text(&'a str),
    Texts(&'a [String]),
    Named(&'a [(&'a str, &'a str)]),
}

impl New<'_> {
    fn written(self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Texts(texts) => {
                format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
            }
            Self::Named(texts) => {
                let texts = texts.iter().map(|(name, text)| format!("{}: {}", key(name), quoted(text)));
                format!("{{{}}}", texts.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn is(self, node: &Node) -> bool {
        let says = |node: &Node, text: &str| node.as_text().is_some_and(|own| own.trim() == text.trim());
        match (self, &node.value) {
            (Self::Text(text), _) => says(node, text),
            (Self::Texts(texts), Value::List(items)) => {
                items.len() == texts.len() && items.iter().zip(texts).all(|(item, text)| says(item, text))
            }
            (Self::Named(texts), Value::Map(entries)) => {
                let says =
                    |((key, node), (name, text)): (&(Key, Node), &(&str, &str))| key.text == *name && says(node, text);
                entries.len() == texts.len() && entries.iter().zip(texts).all(says)
            }
            (Self::Texts(_) | Self::Named(_), _) => false,
        }
    }
}

/// Reads a text. Nobody is shown a place in it, so it need not be that of a file.
pub(super) fn tree(text: &str) -> Option<Node> {
    let file = Files::default().add("", "");
    yaml::read(Excerpt { file, text, offset: 0 }, Code::SB106).ok()
}

/// The value at a place: keys, and numbers from 1 for what stands in a list.
pub(super) fn find<'n>(root: &'n Node, place: &[&str]) -> Option<&'n Node> {
    place.iter().try_fold(root, |node, step| match &node.value {
        Value::Map(entries) => entries.iter().find(|(key, _)| key.text == *step).map(|(_, node)| node),
        Value::List(items) => items.get(step.parse::<usize>().ok()?.checked_sub(1)?),
        _ => None,
    })
}

/// The file with this value at this place, which its group may lack. `after` is the entry that a new one follows, or else the last.
pub(super) fn set(text: &str, place: &[&str], new: New<'_>, after: Option<&str>) -> Option<String> {
    let (name, group) = place.split_last()?;
    let before = tree(text)?;
    let (edited, changed) = match find(&before, place) {
        Some(old) => (replaced(text, range(text, old), &new.written())?, place),
        None => match find(&before, group) {
            Some(map) if !matches!(map.value, Value::Null) => {
                (with_entry(text, map, after, name, &new.written())?, place)
            }
            // The record itself is new.
            _ => {
                let [record] = group else { return None };
                let eol = end_of_line(text);
                let fields = format!("{eol}  {}: {}", key(name), new.written());
                match &before.value {
                    Value::Map(entries) if find(&before, group).is_none() && !entries.is_empty() => {
                        (with_entry(text, &before, after, record, &fields)?, group)
                    }
                    Value::Null => (format!("{}{}:{fields}{eol}", whole_lines(text, eol), key(record)), group),
                    _ => return None,
                }
            }
        },
    };
    let now = tree(&edited)?;
    let is_there = find(&now, place).is_some_and(|node| new.is(node));
    (is_there && leaves_but(&before, changed) == leaves_but(&now, changed)).then_some(edited)
}

fn replaced(text: &str, range: Range<usize>, new: &str) -> Option<String> {
    Some(format!("{}{new}{}", text.get(..range.start)?, text.get(range.end..)?))
}

/// A group with one entry more, laid out as it is.
fn with_entry(text: &str, map: &Node, after: Option<&str>, name: &str, value: &str) -> Option<String> {
    let Value::Map(entries) = &map.value else { return None };
    let before = after.and_then(|after| entries.iter().find(|(key, _)| key.text == after));
    let ((first, _), (_, before)) = (entries.first()?, before.or(entries.last())?);
    let end = end(text, before);
    let space = if value.starts_with(['\r', '\n']) { "" } else { " " };
    let entry = format!("{}:{space}{value}", key(name));
    let is_flow = text.get(map.span.start as usize..)?.starts_with('{');
    if is_flow {
        return replaced(text, end..end, &format!(", {entry}"));
    }
    // A comment at the end of the line belongs to what it stands behind.
    let rest = text.get(end..)?;
    let end = end + rest.find(['\r', '\n']).unwrap_or(rest.len());
    replaced(text, end..end, &format!("{}{}{entry}", end_of_line(text), " ".repeat(column(text, first)?)))
}

/// The bytes of a value.
pub(super) fn range(text: &str, node: &Node) -> Range<usize> {
    yaml::start_of_value(text, node.span.start as usize)..end(text, node)
}

/// Where the last that stands in a value ends. A group that is laid out in lines reaches to the next group, over the comments between.
fn end(text: &str, node: &Node) -> usize {
    let is_flow = text.get(node.span.start as usize..).is_some_and(|rest| rest.starts_with(['{', '[']));
    match &node.value {
        Value::Map(entries) if !is_flow => entries.last().map(|(key, node)| end(text, node).max(key.span.end as usize)),
        Value::List(items) if !is_flow => items.last().map(|node| end(text, node)),
        _ => None,
    }
    .unwrap_or(node.span.end as usize)
}

fn column(text: &str, key: &Key) -> Option<usize> {
    let line = text.get(..key.span.start as usize)?.rsplit('\n').next()?;
    Some(line.chars().count())
}

fn key(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && !["null", "true", "false"].contains(&name.to_ascii_lowercase().as_str());
    if is_plain { name.to_owned() } else { quoted(name) }
}

fn end_of_line(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn whole_lines(text: &str, eol: &str) -> String {
    let is_whole = text.is_empty() || text.ends_with('\n');
    format!("{text}{}", if is_whole { "" } else { eol })
}

/// Every value that holds no others, with its place, but for those at one place.
fn leaves_but(root: &Node, place: &[&str]) -> Vec<(Vec<String>, String)> {
    let mut leaves = Vec::new();
    gather(root, &mut Vec::new(), &mut leaves);
    leaves.retain(|(own, _)| !(own.len() >= place.len() && own.iter().zip(place).all(|(own, step)| own == step)));
    leaves
}

fn gather(node: &Node, place: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    let mut below = |step: String, node: &Node| {
        place.push(step);
        gather(node, place, leaves);
        place.pop();
    };
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|(key, node)| below(key.text.clone(), node)),
        Value::List(items) => {
            items.iter().enumerate().for_each(|(index, node)| below((index + 1).to_string(), node));
        }
        Value::Null => {}
        Value::Bool(value) => leaves.push((place.clone(), value.to_string())),
        Value::Number(text) | Value::Text { text, .. } => leaves.push((place.clone(), text.clone())),
    }
}
