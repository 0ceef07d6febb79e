//! YAML → [`Node`]. The only place that knows `serde_yaml`.
//!
//! `serde_yaml` decides what the text means and what is wrong with it, but gives no places for good values; an event parser walks
//! the same text beside it and supplies them. Where the two disagree on the shape (aliases), a value takes the place of what holds it.

use super::node::{Key, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use saphyr_parser::{Event, Parser, ScalarStyle};

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

/// Values within values; records in use reach 8. Both parsers take the longer the deeper they are, and with some thousand for ever.
const MAX_DEPTH: usize = 64;

/// Reads one document; `invalid` is the code for text that is no YAML.
pub fn read(excerpt: Excerpt<'_>, invalid: Code) -> Result<Node, Diagnostic> {
    let places = Places::read(excerpt)
        .map_err(|Excess { span, message, help }| Diagnostic::new(invalid, span, message).help(help))?;
    let value: serde_yaml::Value =
        serde_yaml::from_str(excerpt.text).map_err(|error| malformed(excerpt, &error, invalid))?;
    Ok(join(value, Some(&places.root), places.root.span, excerpt))
}

/// Whether a text is one document of plain values: no anchors, no aliases, no tags, nothing that only programs write.
pub fn is_plain(text: &str) -> bool {
    let (mut documents, mut depth) = (0, 0_usize);
    Parser::new_from_str(text).all(|event| match event.map(|(event, _)| event) {
        Ok(Event::Alias(_)) | Err(_) => false,
        Ok(Event::Scalar(_, _, anchor, tag)) => anchor == 0 && tag.is_none(),
        Ok(Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)) => {
            depth += 1;
            anchor == 0 && tag.is_none() && depth <= MAX_DEPTH
        }
        Ok(Event::SequenceEnd | Event::MappingEnd) => {
            depth = depth.saturating_sub(1);
            true
        }
        Ok(Event::DocumentStart(is_explicit)) => {
            documents += 1;
            !is_explicit && documents == 1
        }
        Ok(_) => true,
    })
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
    } else if message.contains("repetition limit") {
        "write the values out: an alias of something that holds aliases repeats it all, again and again"
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
}

/// More than is read.
struct Excess {
    span: Span,
    message: &'static str,
    help: String,
}

enum Open {
    List(usize, Vec<Place>),
    Map(usize, Vec<(Place, Place)>, Option<Place>),
}

impl Places {
    /// Walks the events. Text that cannot be walked gives one place for all: `serde_yaml` reports what is wrong.
    fn read(excerpt: Excerpt<'_>) -> Result<Self, Excess> {
        let Excerpt { file, text, offset } = excerpt;
        let bytes = CharOffsets::new(text);
        let whole = || Place { span: Span::new(file, offset, offset + text.len()), inside: Inside::Scalar };
        let mut open: Vec<Open> = Vec::new();
        let mut root = None;
        let mut aliases = 0;
        for event in Parser::new_from_str(text) {
            let Ok((event, marks)) = event else {
                // `serde_yaml` says what is wrong, and goes through all that is open for every word. Brackets in texts are counted, too: of those there are not so many.
                if let Some(at) = deep_bracket(text) {
                    return Err(too_deep(Span::new(file, offset + at, offset + at + 1)));
                }
                break;
            };
            let start = offset + bytes.byte(marks.start.index());
            let end = offset + bytes.byte(marks.end.index());
            let here = Span::new(file, start, end);
            let done = match event {
                Event::SequenceStart(..) => {
                    open.push(Open::List(start, Vec::new()));
                    None
                }
                Event::MappingStart(..) => {
                    open.push(Open::Map(start, Vec::new(), None));
                    None
                }
                Event::Scalar(_, style, ..) => {
                    let end = offset + end_of_scalar(text, start - offset, end - offset, style);
                    Some(Place { span: Span::new(file, start, end), inside: Inside::Scalar })
                }
                Event::Alias(_) => {
                    aliases += 1;
                    if aliases > MAX_ALIASES {
                        let help = format!("write the values out; at most {MAX_ALIASES} aliases are read");
                        return Err(Excess { span: here, message: "too many YAML aliases", help });
                    }
                    Some(Place { span: here, inside: Inside::Scalar })
                }
                Event::SequenceEnd | Event::MappingEnd => open.pop().map(|open| {
                    let (begun, inside) = match open {
                        Open::List(begun, items) => (begun, Inside::List(items)),
                        Open::Map(begun, entries, _) => (begun, Inside::Map(entries)),
                    };
                    let is_flow = text.get(begun - offset..).is_some_and(|rest| rest.starts_with(['[', '{']));
                    let end = if is_flow { start + 1 } else { end };
                    Place { span: Span::new(file, begun, end), inside }
                }),
                _ => None,
            };
            if open.len() > MAX_DEPTH {
                return Err(too_deep(here));
            }
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
        Ok(Self { root: root.unwrap_or_else(whole) })
    }
}

fn too_deep(span: Span) -> Excess {
    let help = format!("take brackets or indentation out; at most {MAX_DEPTH} values are read within each other");
    Excess { span, message: "these values are nested too deep", help }
}

/// The first bracket before which a thousand others are open, if there is one.
fn deep_bracket(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > 1000
    })
}

/// Where a value ends: the event parser goes on over the comments behind some of them.
fn end_of_scalar(text: &str, start: usize, end: usize, style: ScalarStyle) -> usize {
    let written = text.get(start..end).unwrap_or("");
    let length = match style {
        ScalarStyle::Plain => None,
        ScalarStyle::DoubleQuoted => {
            let mut is_escaped = false;
            let closing = written.bytes().enumerate().skip(1).find(|(_, byte)| {
                let closes = *byte == b'"' && !is_escaped;
                is_escaped = *byte == b'\\' && !is_escaped;
                closes
            });
            closing.map(|(at, _)| at + 1)
        }
        ScalarStyle::SingleQuoted => {
            // A quotation mark within is written twice.
            let mut quotes = written.match_indices('\'').skip(1).map(|(at, _)| at).peekable();
            let mut ends = std::iter::from_fn(|| {
                let at = quotes.next()?;
                Some((at + 1, quotes.next_if_eq(&(at + 1)).is_some()))
            });
            ends.find(|(_, is_twice)| !is_twice).map(|(end, _)| end)
        }
        ScalarStyle::Literal | ScalarStyle::Folded => end_of_lines(text, start, written),
    };
    length.map_or(end, |length| start + length)
}

/// The lines of a value that are indented like its first, where it begins behind its sign and its indentation.
fn end_of_lines(text: &str, start: usize, written: &str) -> Option<usize> {
    let own = text.get(..start)?.rsplit('\n').next()?.len();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut at = 0;
    let lines = written.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line.trim_end())
    });
    let within = lines.take_while(|(at, line)| *at == 0 || line.is_empty() || indent(line) >= own);
    within.filter(|(_, line)| !line.is_empty()).last().map(|(at, line)| at + line.len())
}

/// Where the sign (`>` or `|`) of a value stands whose lines begin there; the same place for every other value.
pub fn start_of_value(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or("").trim_end_matches(' ');
    if !before.ends_with('\n') {
        return start;
    }
    let before = before.trim_end();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.get(line_start..).unwrap_or("");
    let line = line.split_once(" #").map_or(line, |(line, _)| line).trim_end();
    let bare = line.trim_end_matches(|c: char| matches!(c, '-' | '+') || c.is_ascii_digit());
    bare.strip_suffix(['|', '>']).map_or(start, |rest| line_start + rest.len())
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
    fn a_value_ends_before_the_comment_behind_it() {
        let values = [
            "\"one \\\" \\\\\"",
            "'it''s'''",
            "plain",
            "two\n  lines",
            "[1, \"b\"]",
            "|\n  kept\n\n  lines",
            ">-\n  folded\n   # text\n  lines",
        ];
        for value in values {
            for behind in ["", " # a note", "\n# the next", "\n\n# the next"] {
                if value.starts_with(['|', '>']) && behind.starts_with(' ') {
                    continue;
                }
                let (node, files) = node(&format!("a: {value}{behind}\nb: 1\n"));
                let Value::Map(entries) = &node.value else { panic!() };
                // Of a value in lines of its own, the sign before them is no part.
                let expected = value.trim_start_matches(['|', '>', '-', '\n', ' ']);
                assert_eq!(files.slice(entries[0].1.span), expected, "{behind:?}");
            }
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
