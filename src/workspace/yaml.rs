//! YAML → [`Node`]. The only place that knows `serde_yaml`.
//!
//! `serde_yaml` decides what the text means and what is wrong with it, but gives no places for good values; an event parser walks
//! the same text beside it and supplies them. Where the two disagree on the shape (aliases), a value takes the place of what holds it.

use super::node::{Key, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use saphyr_parser::{Event, Parser};

/// A YAML document within a file: the text and the byte at which it begins.
#[derive(Debug, Clone, Copy)]
pub struct Excerpt<'a> {
    /// The file.
    pub file: FileId,
    /// The document's text.
    pub text: &'a str,
    /// Where it begins in the file.
    pub offset: usize,
}

/// Aliases are cheap to write and costly to expand; no honest record needs more.
const MAX_ALIASES: usize = 100;

/// Reads one document; `invalid` is the code for text that is no YAML.
pub fn read(excerpt: Excerpt<'_>, invalid: Code) -> Result<Node, Diagnostic> {
    let places = Places::read(excerpt);
    if places.aliases > MAX_ALIASES {
        return Err(Diagnostic::new(invalid, places.root.span, "too many YAML aliases")
            .help(format!("write the values out; at most {MAX_ALIASES} aliases are read")));
    }
    let value: serde_yaml::Value =
        serde_yaml::from_str(excerpt.text).map_err(|error| malformed(excerpt, &error, invalid))?;
    Ok(join(value, Some(&places.root), places.root.span, excerpt))
}

fn malformed(excerpt: Excerpt<'_>, error: &serde_yaml::Error, code: Code) -> Diagnostic {
    let at = error.location().map_or(0, |location| location.index().min(excerpt.text.len()));
    let span = Span::new(excerpt.file, excerpt.offset + at, excerpt.offset + at);
    let mut message = error.to_string();
    // The place is in the span already, and counted from the file's first line, not from the excerpt's.
    if let Some(cut) = message.find(" at line ") {
        message.truncate(cut);
    }
    let help = if message.contains("mapping values are not allowed") {
        "a value that holds `: ` must stand in quotation marks"
    } else if message.contains("duplicate entry") {
        "keep one of the two"
    } else if message.contains("found character that cannot start any token") {
        "a value that begins with `@`, `` ` `` or a tab must stand in quotation marks"
    } else {
        "check the indentation and the quotation marks of this line and the one before"
    };
    Diagnostic::new(code, span, format!("this is not YAML: {message}")).help(help)
}

/// The shape of a document, with spans and without values.
struct Place {
    span: Span,
    inside: Inside,
}

enum Inside {
    Scalar,
    List(Vec<Place>),
    Map(Vec<(Place, Place)>),
}

struct Places {
    root: Place,
    aliases: usize,
}

enum Open {
    List(usize, Vec<Place>),
    Map(usize, Vec<(Place, Place)>, Option<Place>),
}

impl Places {
    /// Walks the events. Text that cannot be walked gives one place for all: `serde_yaml` reports what is wrong.
    fn read(excerpt: Excerpt<'_>) -> Self {
        let Excerpt { file, text, offset } = excerpt;
        let bytes = CharOffsets::new(text);
        let whole = || Place { span: Span::new(file, offset, offset + text.len()), inside: Inside::Scalar };
        let mut open: Vec<Open> = Vec::new();
        let mut root = None;
        let mut aliases = 0;
        for event in Parser::new_from_str(text) {
            let Ok((event, marks)) = event else { break };
            let start = offset + bytes.byte(marks.start.index());
            let end = offset + bytes.byte(marks.end.index());
            let done = match event {
                Event::SequenceStart(..) => {
                    open.push(Open::List(start, Vec::new()));
                    None
                }
                Event::MappingStart(..) => {
                    open.push(Open::Map(start, Vec::new(), None));
                    None
                }
                Event::Scalar(..) => Some(Place { span: Span::new(file, start, end), inside: Inside::Scalar }),
                Event::Alias(_) => {
                    aliases += 1;
                    Some(Place { span: Span::new(file, start, end), inside: Inside::Scalar })
                }
                Event::SequenceEnd | Event::MappingEnd => open.pop().map(|open| match open {
                    Open::List(start, items) => {
                        Place { span: Span::new(file, start, end), inside: Inside::List(items) }
                    }
                    Open::Map(start, entries, _) => {
                        Place { span: Span::new(file, start, end), inside: Inside::Map(entries) }
                    }
                }),
                _ => None,
            };
            if let Some(place) = done {
                match open.last_mut() {
                    Some(Open::List(_, items)) => items.push(place),
                    Some(Open::Map(_, entries, key)) => match key.take() {
                        Some(key) => entries.push((key, place)),
                        None => *key = Some(place),
                    },
                    None => root = root.or(Some(place)),
                }
            }
        }
        Self { root: root.unwrap_or_else(whole), aliases }
    }
}

/// The event parser counts characters; spans count bytes.
struct CharOffsets {
    /// Byte offset per character; empty for ASCII, where the two are one.
    offsets: Vec<usize>,
    len: usize,
}

impl CharOffsets {
    fn new(text: &str) -> Self {
        let offsets = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(byte, _)| byte).collect() };
        Self { offsets, len: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        if self.offsets.is_empty() {
            character.min(self.len)
        } else {
            self.offsets.get(character).copied().unwrap_or(self.len)
        }
    }
}

fn join(value: serde_yaml::Value, place: Option<&Place>, outer: Span, excerpt: Excerpt<'_>) -> Node {
    let span = place.map_or(outer, |place| trim(place.span, excerpt));
    let value = match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(value) => Value::Bool(value),
        serde_yaml::Value::Number(number) => {
            // The file's own digits: `29.70` is not `29.7` to an editor.
            let written = place.and_then(|_| slice(span, excerpt)).filter(|text| text.parse::<f64>().is_ok());
            Value::Number(written.map_or_else(|| number.to_string(), str::to_owned))
        }
        serde_yaml::Value::String(text) => {
            let verbatim = place.and_then(|_| slice(span, excerpt)).and_then(|written| {
                let at = written.find(text.as_str())?;
                (at <= 1).then_some(span.start as usize + at)
            });
            Value::Text { text, verbatim }
        }
        serde_yaml::Value::Sequence(items) => {
            let places = match place.map(|place| &place.inside) {
                Some(Inside::List(places)) => places.as_slice(),
                _ => &[],
            };
            Value::List(
                items
                    .into_iter()
                    .enumerate()
                    .map(|(index, item)| join(item, places.get(index), span, excerpt))
                    .collect(),
            )
        }
        serde_yaml::Value::Mapping(entries) => {
            let places = match place.map(|place| &place.inside) {
                Some(Inside::Map(places)) => places.as_slice(),
                _ => &[],
            };
            Value::Map(
                entries
                    .into_iter()
                    .enumerate()
                    .map(|(index, (key, value))| {
                        let place = places.get(index);
                        let key_span = place.map_or(span, |(key, _)| trim(key.span, excerpt));
                        let key = Key { text: key_text(&key), span: key_span };
                        let node = join(value, place.map(|(_, value)| value), key_span, excerpt);
                        (key, node)
                    })
                    .collect(),
            )
        }
        serde_yaml::Value::Tagged(tagged) => return join(tagged.value, place, outer, excerpt),
    };
    Node { span, value }
}

fn slice(span: Span, excerpt: Excerpt<'_>) -> Option<&str> {
    let start = (span.start as usize).checked_sub(excerpt.offset)?;
    let end = (span.end as usize).checked_sub(excerpt.offset)?;
    excerpt.text.get(start..end)
}

/// Block collections end where the next token begins; an editor's value ends at its last character.
fn trim(span: Span, excerpt: Excerpt<'_>) -> Span {
    let kept = slice(span, excerpt).map_or(0, |text| text.trim_end().len());
    Span::new(span.file, span.start as usize, span.start as usize + kept)
}

fn key_text(key: &serde_yaml::Value) -> String {
    match key {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Number(number) => number.to_string(),
        serde_yaml::Value::Bool(value) => value.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::span::Files;

    fn node(text: &str) -> (Node, Files) {
        let mut files = Files::default();
        let file = files.add("a.yaml", text);
        (read(Excerpt { file, text, offset: 0 }, Code::SB106).unwrap(), files)
    }

    #[test]
    fn every_value_has_its_place() {
        let (node, files) = node("שם: \"טקסט\"\nb:\n  - one\n  - {c: 29.70}\n");
        let Value::Map(entries) = &node.value else { panic!() };
        assert_eq!(files.slice(entries[0].0.span), "שם");
        assert_eq!(files.slice(entries[0].1.span), "\"טקסט\"");
        let Value::Text { verbatim, .. } = entries[0].1.value else { panic!() };
        assert_eq!(files.text(node.span.file).get(verbatim.unwrap()..).unwrap().chars().next(), Some('ט'));
        let Value::List(items) = &entries[1].1.value else { panic!() };
        assert_eq!(files.slice(items[0].span), "one");
        let Value::Map(inner) = &items[1].value else { panic!() };
        assert_eq!(inner[0].1.value, Value::Number("29.70".into()));
    }

    #[test]
    fn escapes_are_not_verbatim() {
        let (node, _) = node("a: \"tab\\tbed\"\nb: >\n  folded\n  text\n");
        let Value::Map(entries) = &node.value else { panic!() };
        for (_, node) in entries {
            assert!(matches!(node.value, Value::Text { verbatim: None, .. }), "{node:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_where() {
        let text = "title: a: b\n";
        let mut files = Files::default();
        let file = files.add("a.yaml", text);
        let diagnostic = read(Excerpt { file, text, offset: 0 }, Code::SB104).unwrap_err();
        assert_eq!(diagnostic.span.unwrap().start, 8);
        assert!(diagnostic.help.unwrap().contains("quotation marks"));
    }
}
