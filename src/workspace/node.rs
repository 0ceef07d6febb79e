//! A value read from YAML or TOML, with the place of every key and value.
//!
//! Both formats become this one tree, so that one reader ([`super::fields`]) checks records, front matter and `book.toml` alike,
//! and a value that turns out wrong much later (a figure naming a source that does not exist) can still be shown where it stands.

use crate::span::{Origin, Span};

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where.
    pub span: Span,
    /// What.
    pub value: Value,
}

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number, in the digits of the file.
    Number(String),
    /// Text.
    Text {
        /// The text, decoded.
        text: String,
        /// The byte at which it stands in the file letter by letter; `None` where quoting or folding changed it.
        verbatim: Option<usize>,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A key and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A value read from a field, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl Node {
    /// What the value is, in an editor's words.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text { .. } => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of fields",
        }
    }

    /// The text of a text or a number (an edition of `2` is text, too); `None` for anything else.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text { text, .. } | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Where the text stands, for a reader of Markdown in it.
    pub fn origin(&self) -> Origin {
        match self.value {
            Value::Text { verbatim: Some(offset), .. } => Origin::Verbatim { file: self.span.file, offset },
            _ => Origin::Whole(self.span),
        }
    }
}
