//! Reads the fields of a record strictly: every field once, each with its kind, and whatever was not asked for is unknown.
//!
//! All that is wrong is reported, not the first only. What a field is called is written once, where it is read; the suggestions
//! for misspelt names come from the same calls, and so does what editors are told of a record ([`super::shape`]).

use super::node::{Node, Placed, Value};
use super::shape::{Kind, Shape};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::span::{Files, Span};
use std::ops::RangeInclusive;

/// The codes under which a kind of record is reported.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    /// A field that does not exist.
    pub unknown: Code,
    /// A field that is missing or has the wrong kind of value.
    pub invalid: Code,
}

/// Before the names of all fields, in the help for one that does not exist and is near to none.
const NAMES: &str = "the fields are ";

/// Before the words of a field that takes one of a fixed set, in the help for another.
const WORDS: &str = "one of ";

/// Help for a value that must be one of a fixed set of words.
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    format!("{WORDS}{}", words.join(", "))
}

/// What the help of a diagnostic offers in the place of what is wrong: the fields that a record has, or the words that a field takes.
pub fn offered(help: &str) -> Vec<&str> {
    let list = help.strip_prefix(NAMES).or_else(|| help.strip_prefix(WORDS));
    list.map(|list| list.split(", ").map(|word| word.trim_matches('`')).collect()).unwrap_or_default()
}

/// A reader of one record.
pub struct Fields<'n, 'd> {
    /// What the record is, for messages: "a source".
    what: &'static str,
    /// Where the record is named, for what is missing.
    place: Span,
    entries: &'n [(super::node::Key, Node)],
    asked: Vec<&'static str>,
    codes: Codes,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// What is asked for, where nothing is read and all is noted.
    shape: Option<&'d mut Shape>,
}

impl<'n, 'd> Fields<'n, 'd> {
    /// Opens a record; `place` is what stands for it when something is missing. `None` (and a diagnostic) when it is no group of fields.
    pub fn open(
        node: &'n Node,
        place: Span,
        what: &'static str,
        codes: Codes,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Null => &[],
            _ => {
                diagnostics.push(
                    Diagnostic::new(
                        codes.invalid,
                        node.span,
                        format!("{what} is a group of fields, not {}", node.kind()),
                    )
                    .help("write `field: value` lines, indented alike"),
                );
                return None;
            }
        };
        Some(Self { what, place, entries, asked: Vec::new(), codes, diagnostics, shape: None })
    }

    /// A record that is empty: what its reader asks for is noted, and nobody hears what it lacks.
    pub(super) fn describing(shape: &'d mut Shape, unheard: &'d mut Vec<Diagnostic>) -> Self {
        let place = Span::start_of(Files::default().add("", ""));
        let codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };
        Self {
            what: shape.what,
            place,
            entries: &[],
            asked: Vec::new(),
            codes,
            diagnostics: unheard,
            shape: Some(shape),
        }
    }

    /// Says what a field may hold, where the methods by which it is read do not say it; stands before them.
    pub fn holds(&mut self, name: &'static str, kind: impl FnOnce() -> Kind) {
        if let Some(shape) = self.shape.as_deref_mut() {
            shape.say(name, kind());
        }
    }

    /// Notes as what a field is asked for.
    fn noted(&mut self, name: &'static str, kind: impl FnOnce() -> Kind) {
        if let Some(shape) = self.shape.as_deref_mut() {
            shape.note(name, kind());
        }
    }

    /// Says that at least one of these fields must be there; the reader reports where none is.
    pub fn needs(&mut self, names: &[&'static str]) {
        if let Some(shape) = self.shape.as_deref_mut() {
            shape.need(names);
        }
    }

    /// The value of a field, as it is; `None` when it is absent or empty.
    pub fn node(&mut self, name: &'static str) -> Option<&'n Node> {
        self.asked.push(name);
        self.noted(name, || Kind::Unsaid);
        self.entries
            .iter()
            .find(|(key, _)| key.text == name)
            .map(|(_, node)| node)
            .filter(|node| node.value != Value::Null)
    }

    /// The field's key, where it is written.
    pub fn key_span(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|(key, _)| key.text == name).map(|(key, _)| key.span)
    }

    /// What stands for the record when something is missing.
    pub fn place(&self) -> Span {
        self.place
    }

    /// Reports a field as wrong.
    pub fn wrong(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(self.codes.invalid, span, message).help(help));
    }

    /// Reports under another code.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// A text that is not empty.
    pub fn text(&mut self, name: &'static str) -> Option<Placed<String>> {
        self.noted(name, || Kind::Text);
        self.own_text(name)
    }

    fn own_text(&mut self, name: &'static str) -> Option<Placed<String>> {
        let node = self.node(name)?;
        match node.as_text().map(str::trim) {
            Some("") => {
                self.wrong(node.span, format!("`{name}` is empty"), "write a value, or leave the field out");
                None
            }
            Some(text) => Some(Placed { value: text.to_owned(), span: node.span }),
            None => {
                self.wrong(
                    node.span,
                    format!("`{name}` is text, not {}", node.kind()),
                    format!("write `{name}: words`"),
                );
                None
            }
        }
    }

    /// A field that must be there, when [`Self::text`] and the like found none and said nothing.
    pub fn required<T>(&mut self, name: &'static str, value: Option<T>, example: &str) -> Option<T> {
        self.needs(&[name]);
        if value.is_none() {
            self.missing(name, example);
        }
        value
    }

    /// Reports a field that is not there.
    pub fn missing(&mut self, name: &str, example: &str) {
        let written = self.entries.iter().find(|(key, _)| key.text == name);
        if written.is_none_or(|(_, node)| node.value == Value::Null) {
            let place = self.key_span(name).unwrap_or(self.place);
            self.wrong(place, format!("{} has no `{name}`", self.what), format!("add `{name}: {example}`"));
        }
    }

    /// A value that has its own grammar; `read` says what is wrong in the editor's words.
    pub fn parsed<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
        help: &str,
    ) -> Option<Placed<T>> {
        let text = self.text(name);
        if let Some(shape) = self.shape.as_deref_mut() {
            shape.note(name, Kind::Unsaid).hint = Some(help.to_owned()).filter(|help| !help.is_empty());
        }
        let text = text?;
        match read(&text.value) {
            Ok(value) => Some(Placed { value, span: text.span }),
            Err(message) => {
                self.wrong(text.span, format!("`{name}`: {message}"), help);
                None
            }
        }
    }

    /// One of a fixed set of words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&'static str, T)]) -> Option<Placed<T>> {
        self.noted(name, || Kind::Word(choices.iter().map(|(word, _)| (*word).to_owned()).collect()));
        let text = self.own_text(name)?;
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text.value) {
            return Some(Placed { value: *value, span: text.span });
        }
        let words = choices.iter().map(|(word, _)| *word);
        let help = match did_you_mean(&text.value, words.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => one_of(words),
        };
        self.wrong(text.span, format!("`{name}` cannot be `{}`", text.value), help);
        None
    }

    /// True or false.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        self.noted(name, || Kind::Boolean);
        let node = self.node(name)?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        self.wrong(
            node.span,
            format!("`{name}` is true or false, not {}", node.kind()),
            format!("write `{name}: true`"),
        );
        None
    }

    /// A whole number.
    pub fn integer(&mut self, name: &'static str) -> Option<i64> {
        self.noted(name, Kind::integer);
        self.own_integer(name)
    }

    /// A whole number that lies within a range; `help` says how to write it.
    pub fn integer_within(
        &mut self,
        name: &'static str,
        range: RangeInclusive<i64>,
        message: &str,
        help: &str,
    ) -> Option<i64> {
        self.noted(name, || Kind::Integer(range.clone()));
        let value = self.own_integer(name)?;
        if range.contains(&value) {
            return Some(value);
        }
        let place = self.node(name).map_or(self.place, |node| node.span);
        self.wrong(place, format!("`{name}` {message}"), help);
        None
    }

    fn own_integer(&mut self, name: &'static str) -> Option<i64> {
        let node = self.node(name)?;
        if let Value::Number(digits) = &node.value
            && let Ok(value) = digits.parse()
        {
            return Some(value);
        }
        self.wrong(node.span, format!("`{name}` is a whole number"), format!("write `{name}: 10`"));
        None
    }

    /// A list; a single value counts as a list of one.
    pub fn list(&mut self, name: &'static str) -> &'n [Node] {
        match self.node(name) {
            None => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => std::slice::from_ref(node),
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, name: &'static str) -> Vec<Placed<String>> {
        self.noted(name, || Kind::Text.some());
        self.own_texts(name)
    }

    /// A list of words out of a fixed set.
    pub fn choices<T: Copy>(
        &mut self,
        name: &'static str,
        choices: &[(&'static str, T)],
        wrong: impl Fn(&str) -> (String, &'static str),
    ) -> Vec<T> {
        self.noted(name, || Kind::Word(choices.iter().map(|(word, _)| (*word).to_owned()).collect()).some());
        let mut chosen = Vec::new();
        for text in self.own_texts(name) {
            match choices.iter().find(|(word, _)| *word == text.value) {
                Some((_, value)) => chosen.push(*value),
                None => {
                    let (message, help) = wrong(&text.value);
                    self.wrong(text.span, message, help);
                }
            }
        }
        chosen
    }

    fn own_texts(&mut self, name: &'static str) -> Vec<Placed<String>> {
        let mut texts = Vec::new();
        for node in self.list(name) {
            match node.as_text().map(str::trim).filter(|text| !text.is_empty()) {
                Some(text) => texts.push(Placed { value: text.to_owned(), span: node.span }),
                None => {
                    self.wrong(
                        node.span,
                        format!("`{name}` is a list of words"),
                        format!("write `{name}: [one, two]`"),
                    );
                }
            }
        }
        texts
    }

    /// Reads the records in a list field with a reader of their own.
    pub fn records<T>(
        &mut self,
        name: &'static str,
        what: &'static str,
        mut read: impl FnMut(&mut Fields<'_, '_>) -> Option<T>,
    ) -> Vec<T> {
        self.noted(name, || Kind::Record(Shape::of(what, &mut read)).some());
        let mut records = Vec::new();
        for node in self.list(name) {
            records.extend(self.record(node, what, &mut read));
        }
        records
    }

    /// Reads a record that stands in this one.
    pub fn record<T>(
        &mut self,
        node: &Node,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let mut fields = Fields::open(node, node.span, what, self.codes, self.diagnostics)?;
        let record = read(&mut fields);
        fields.finish();
        record
    }

    /// Whether a field is a group of fields, where a single word would do as well.
    pub fn is_group(&mut self, name: &'static str) -> bool {
        self.node(name).is_some_and(|node| matches!(node.value, Value::Map(_)))
    }

    /// Reads a field that may be a group of fields, or something else: then `None`, and it is read otherwise.
    pub fn if_group<T>(
        &mut self,
        name: &'static str,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.shape.is_some() {
            self.noted(name, || Kind::Record(Shape::of(what, read)));
            return None;
        }
        let node = self.node(name).filter(|node| matches!(node.value, Value::Map(_)))?;
        Some(self.record(node, what, read))
    }

    /// Reads a field that is a group of fields, as an empty one where it is absent.
    pub fn section<T>(
        &mut self,
        name: &'static str,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'_, '_>) -> T,
    ) -> Option<T> {
        if self.shape.is_some() {
            self.noted(name, || Kind::Record(Shape::of(what, read)));
            return None;
        }
        let empty = Node { span: self.place, value: Value::Null };
        let node = self.node(name).unwrap_or(&empty);
        let mut fields = Fields::open(node, self.place, what, self.codes, self.diagnostics)?;
        let section = read(&mut fields);
        fields.finish();
        Some(section)
    }

    /// Opens a field that is a group of fields.
    pub fn group(&mut self, name: &'static str, what: &'static str) -> Option<Fields<'n, '_>> {
        if self.shape.is_some() {
            return self.describe_group(name, what);
        }
        let node = self.node(name)?;
        Fields::open(node, node.span, what, self.codes, self.diagnostics)
    }

    fn describe_group(&mut self, name: &'static str, what: &'static str) -> Option<Fields<'n, '_>> {
        let field = self.shape.as_deref_mut()?.note(name, Kind::Record(Shape { what, fields: vec![], needed: vec![] }));
        let Kind::Record(shape) = &mut field.kind else { return None };
        let (place, codes) = (self.place, self.codes);
        Some(Fields {
            what,
            place,
            entries: &[],
            asked: Vec::new(),
            codes,
            diagnostics: self.diagnostics,
            shape: Some(shape),
        })
    }

    /// Reports whatever was not asked for.
    pub fn finish(self) {
        for (key, _) in self.entries {
            if self.asked.contains(&key.text.as_str()) {
                continue;
            }
            let help = match did_you_mean(&key.text, self.asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let mut names = self.asked.clone();
                    names.sort_unstable();
                    names.dedup();
                    format!("{NAMES}{}", names.join(", "))
                }
            };
            self.diagnostics.push(
                Diagnostic::new(self.codes.unknown, key.span, format!("{} has no field `{}`", self.what, key.text))
                    .help(help),
            );
        }
    }
}
