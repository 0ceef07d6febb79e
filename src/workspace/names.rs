//! Reads the ids of records: the key that a record stands under, and the fields that name other records.
//!
//! Uses `fields` and `ids`. Every kind of id is told in the same words when it cannot be one.

use super::fields::Fields;
use super::node::{Key, Placed};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::NotAnId;
use crate::span::Span;
use std::str::FromStr;

/// What an id is made of, in an editor's words.
const MADE_OF: &str = "letters, digits, `.`, `_` and `-`";

impl Key {
    /// The id of the record that stands under this key; a diagnostic where the key cannot be one.
    pub fn id<I: FromStr<Err = NotAnId>>(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<I> {
        id_at(&self.text, self.span, diagnostics)
    }
}

/// An id that stands at a place of a file.
pub fn id_at<I: FromStr<Err = NotAnId>>(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<I> {
    text.parse()
        .map_err(|error: NotAnId| diagnostics.push(Diagnostic::new(Code::SB106, span, error.to_string()).help(MADE_OF)))
        .ok()
}

/// Reads an id, for [`Fields::parsed`].
pub fn id<I: FromStr<Err = NotAnId>>(text: &str) -> Result<I, String> {
    text.parse().map_err(|error: NotAnId| error.to_string())
}

impl Fields<'_, '_> {
    /// A field that names one record; `whose` says of what kind.
    pub fn id<I: FromStr<Err = NotAnId>>(&mut self, name: &'static str, whose: &str) -> Option<Placed<I>> {
        self.parsed(name, id, whose)
    }

    /// A field that names several records.
    pub fn ids<I: FromStr<Err = NotAnId>>(&mut self, name: &'static str) -> Vec<Placed<I>> {
        let mut ids = Vec::new();
        for text in self.texts(name) {
            match id(&text.value) {
                Ok(value) => ids.push(Placed { value, span: text.span }),
                Err(message) => self.wrong(text.span, message, MADE_OF),
            }
        }
        ids
    }
}
