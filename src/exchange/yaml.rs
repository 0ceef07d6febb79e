//! A source as YAML, as an editor would write it: block style, quotation marks only where YAML needs them, long texts folded.

use super::tree::{self, Entries};
use crate::citation::Source;
use crate::workspace::node::{Node, Value};
use crate::workspace::quote::quoted;
use std::fmt::Write;

/// Longer lines are folded.
const WIDTH: usize = 120;

/// The record of a source, its id before it.
pub fn record(source: &Source) -> String {
    let mut text = format!("{}:\n", key(source.id.as_str()));
    write_map(&tree::record(source), 2, &mut text);
    text
}

fn write_map(entries: &Entries, indent: usize, text: &mut String) {
    for (index, (name, node)) in entries.iter().enumerate() {
        if index > 0 || !text.ends_with("- ") {
            pad(indent, text);
        }
        text.push_str(&key(&name.text));
        text.push(':');
        write_value(node, indent, name.text.len() + 2, text);
    }
}

/// What follows a key or a dash; `before` is how much of the line they take.
fn write_value(node: &Node, indent: usize, before: usize, text: &mut String) {
    match &node.value {
        Value::Map(entries) if !entries.is_empty() => {
            text.push('\n');
            write_map(entries, indent + 2, text);
        }
        Value::List(items) if !items.is_empty() => {
            text.push('\n');
            for item in items {
                pad(indent + 2, text);
                match &item.value {
                    Value::Map(entries) if !entries.is_empty() => {
                        text.push_str("- ");
                        write_map(entries, indent + 4, text);
                    }
                    _ => {
                        text.push('-');
                        write_value(item, indent + 2, 2, text);
                    }
                }
            }
        }
        Value::Map(_) => text.push_str(" {}\n"),
        Value::List(_) => text.push_str(" []\n"),
        Value::Null => text.push_str(" null\n"),
        Value::Bool(value) => {
            // Writing to a string cannot fail.
            let _ = writeln!(text, " {value}");
        }
        Value::Number(digits) => {
            let _ = writeln!(text, " {digits}");
        }
        Value::Text { text: words, .. } => {
            text.push(' ');
            write_scalar(words, indent, before, text);
            text.push('\n');
        }
    }
}

fn pad(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

fn key(name: &str) -> String {
    if means_itself(name) { name.to_owned() } else { single_quoted(name) }
}

fn write_scalar(words: &str, indent: usize, before: usize, text: &mut String) {
    let folds = |written: &str, text: &mut String| fold(written, indent + 2, indent + before, text);
    if words.chars().any(|c| {
        c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    }) {
        text.push_str(&quoted(words));
    } else if is_digits(words) || means_itself(words) {
        folds(words, text);
    } else {
        folds(&single_quoted(words), text);
    }
}

/// Years, volumes, pages: a record reads the digits as they are written.
fn is_digits(words: &str) -> bool {
    (1..=15).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit())
}

/// Whether YAML reads the words as these words.
fn means_itself(words: &str) -> bool {
    serde_yaml::from_str(words).is_ok_and(|value: serde_yaml::Value| value.as_str() == Some(words))
        // What the next line of a folded text would be taken for, and what only a block would notice.
        && !words.contains(": ")
        && !words.contains(" #")
        && !words.ends_with(':')
        && !words.starts_with("---")
        && !words.starts_with("...")
        && words.chars().all(|c| c != '\t')
}

fn single_quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

/// Breaks lines at single spaces between words; YAML reads such a break as a space.
fn fold(written: &str, indent: usize, used: usize, text: &mut String) {
    let mut column = used;
    let mut pieces = written.split(' ').peekable();
    let mut broken = true;
    while let Some(piece) = pieces.next() {
        text.push_str(piece);
        column += piece.chars().count();
        let Some(next) = pieces.peek() else { break };
        let breakable = !piece.is_empty() && next.chars().next().is_some_and(char::is_alphanumeric) && broken;
        broken = true;
        if breakable && column + 1 + next.chars().count() > WIDTH {
            text.push('\n');
            pad(indent, text);
            column = indent;
        } else {
            text.push(' ');
            column += 1;
            // After a doubled space nothing is broken, or it would be read as one.
            broken = !piece.is_empty();
        }
    }
}
