//! JSON ↔ [`Node`]: read with the place of every value, written compact or indented.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{Span, letter_at};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::yaml::Excerpt;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write;

/// Reads one document.
pub(super) fn read(excerpt: Excerpt<'_>, invalid: Code) -> Result<Node, Diagnostic> {
    let malformed = |at: usize, message: &str| {
        let at = excerpt.offset + letter_at(excerpt.text, at);
        Diagnostic::new(invalid, Span::new(excerpt.file, at, at), format!("this is not JSON: {message}"))
            .help("export the file anew, or mend it here")
    };
    // `serde_json` decides what is JSON, and how deep it may be; then the same text is walked for the places.
    if let Err(error) = serde_json::from_str::<serde_json::Value>(excerpt.text) {
        let line: usize = excerpt.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        return Err(malformed(line + error.column().saturating_sub(1), message));
    }
    let mut reader = Reader { excerpt, at: 0 };
    reader.value().ok_or_else(|| malformed(reader.at, "a text is not Unicode"))
}

struct Reader<'a> {
    excerpt: Excerpt<'a>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.excerpt.text.get(self.at..).unwrap_or("")
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn eat(&mut self, mark: char) -> bool {
        self.space();
        let found = self.rest().starts_with(mark);
        self.at += usize::from(found);
        found
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.excerpt.file, self.excerpt.offset + start, self.excerpt.offset + self.at)
    }

    fn value(&mut self) -> Option<Node> {
        self.space();
        let start = self.at;
        let value = match self.rest().chars().next()? {
            '{' => {
                self.at += 1;
                Value::Map(self.entries()?)
            }
            '[' => {
                self.at += 1;
                Value::List(self.items()?)
            }
            '"' => self.string()?,
            _ => {
                let rest = self.rest();
                let end = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
                self.at += end;
                match rest.get(..end)? {
                    "null" => Value::Null,
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    digits => Value::Number(digits.to_owned()),
                }
            }
        };
        Some(Node { span: self.span(start), value })
    }

    fn entries(&mut self) -> Option<Vec<(Key, Node)>> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut places = BTreeMap::new();
        while !self.eat('}') {
            self.eat(',');
            self.space();
            let start = self.at;
            let Value::Text { text, .. } = self.string()? else { return None };
            let key = Key { text, span: self.span(start) };
            self.eat(':');
            let value = self.value()?;
            // Of two values with one name the last counts, as it does for other programs.
            match places.entry(key.text.clone()) {
                Entry::Occupied(place) => {
                    if let Some(entry) = entries.get_mut(*place.get()) {
                        *entry = (key, value);
                    }
                }
                Entry::Vacant(place) => {
                    place.insert(entries.len());
                    entries.push((key, value));
                }
            }
        }
        Some(entries)
    }

    fn items(&mut self) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        while !self.eat(']') {
            self.eat(',');
            items.push(self.value()?);
        }
        Some(items)
    }

    fn string(&mut self) -> Option<Value> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut end = 1;
        while *bytes.get(end)? != b'"' {
            end += if bytes.get(end) == Some(&b'\\') { 2 } else { 1 };
        }
        let written = rest.get(..=end)?;
        let text: String = serde_json::from_str(written).ok()?;
        let verbatim = (text.len() + 2 == written.len()).then_some(self.excerpt.offset + self.at + 1);
        self.at += end + 1;
        Some(Value::Text { text, verbatim })
    }
}

/// Writes a value on one line, so that it survives where white space and braces do not: in strings there is no brace, and no space but a
/// single one between words.
pub(super) fn compact(node: &Node) -> String {
    let mut out = String::new();
    write(node, None, &mut out);
    out
}

/// Writes a value for people, each field on a line of its own.
pub(super) fn indented(node: &Node, indent: usize) -> String {
    let mut out = String::new();
    write(node, Some(indent), &mut out);
    out
}

fn write(node: &Node, indent: Option<usize>, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => {
            // Writing to a string cannot fail.
            let _ = write!(out, "{value}");
        }
        Value::Number(digits) if is_number(digits) => out.push_str(digits),
        Value::Number(text) | Value::Text { text, .. } => write_string(text, indent.is_none(), out),
        Value::List(items) => write_items(items, ['[', ']'], indent, out, write),
        Value::Map(entries) => write_items(entries, ['{', '}'], indent, out, |(key, value), indent, out| {
            write_string(&key.text, indent.is_none(), out);
            out.push_str(if indent.is_none() { ":" } else { ": " });
            write(value, indent, out);
        }),
    }
}

fn write_items<T>(
    items: &[T],
    [open, close]: [char; 2],
    indent: Option<usize>,
    out: &mut String,
    write: impl Fn(&T, Option<usize>, &mut String),
) {
    let line = |indent: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
    };
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        if let Some(indent) = indent {
            line(indent + 2, out);
        }
        write(item, indent.map(|indent| indent + 2), out);
    }
    if let (Some(indent), false) = (indent, items.is_empty()) {
        line(indent, out);
    }
    out.push(close);
}

fn is_number(digits: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(digits).is_ok()
}

fn write_string(text: &str, guarded: bool, out: &mut String) {
    out.push('"');
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // A page that holds the JSON must not end at a tag in it.
            '<' | '>' | '&' if !guarded => escape(c, out),
            '{' | '}' if guarded => escape(c, out),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => escape(c, out),
            c if guarded && c.is_whitespace() && (c != ' ' || before.is_whitespace()) => escape(c, out),
            // Letters of the private area stand for other marks on the way through TeX.
            '\u{e000}'..='\u{f8ff}' if guarded => escape(c, out),
            c => out.push(c),
        }
        before = c;
    }
    out.push('"');
}

fn escape(c: char, out: &mut String) {
    let mut units = [0; 2];
    for unit in c.encode_utf16(&mut units) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}
