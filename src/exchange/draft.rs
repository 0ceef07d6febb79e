//! An entry on its way into the library: fields by our names, as nodes with their places in the imported file, and what has no place in a record.
//!
//! Readers of formats only gather. What a field may hold is judged by the strict reader of records, here as in the library; what it refuses
//! is left out and said.

use super::tree::{Entries, field, put, text};
use crate::citation::{Source, read};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, SourceId};
use crate::span::Span;
use crate::workspace::Placed;
use crate::workspace::node::{Key, Node, Value};

/// An entry of an imported file.
#[derive(Debug)]
pub(super) struct Draft {
    /// Where the entry is named, or begins.
    pub(super) span: Span,
    /// What the file calls it.
    pub(super) key: Option<Placed<String>>,
    /// The fields of the record.
    pub(super) fields: Entries,
    /// Fields of the record that were kept in a field of our own.
    pub(super) own: Entries,
    /// Remarks beside the note: in our own exports the quotations.
    pub(super) remarks: Vec<(Left, String)>,
    /// What has no place in a record.
    pub(super) left: Vec<Left>,
    /// What was odd.
    pub(super) problems: Vec<Diagnostic>,
}

/// A field of the file that has no place in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    /// Its name in the file.
    pub(super) field: String,
    /// Where it stands.
    pub(super) span: Span,
}

impl Draft {
    /// An entry without fields yet.
    pub(super) fn new(span: Span, key: Option<Placed<String>>) -> Self {
        Self {
            span,
            key,
            fields: Vec::new(),
            own: Vec::new(),
            remarks: Vec::new(),
            left: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Sets a field to a text; an empty one says nothing, and a second one for the same field is left out.
    pub(super) fn set(&mut self, name: &'static str, from: &str, span: Span, words: &str) {
        if !words.trim().is_empty() {
            self.set_node(name, from, text(span, words.trim()));
        }
    }

    /// Sets a field; a second value for the same field is left out.
    pub(super) fn set_node(&mut self, name: &'static str, from: &str, node: Node) {
        if field(&self.fields, name).is_some() {
            self.leave(from, node.span);
        } else {
            put(&mut self.fields, Key { text: name.to_owned(), span: node.span }, node);
        }
    }

    /// Notes a field that has no place in a record.
    pub(super) fn leave(&mut self, name: &str, span: Span) {
        self.left.push(Left { field: name.to_owned(), span });
    }

    /// Notes a remark; whether it is the record's note is seen when all is read.
    pub(super) fn remark(&mut self, from: &str, span: Span, words: &str) {
        if !words.trim().is_empty() {
            self.remarks.push((Left { field: from.to_owned(), span }, words.trim().to_owned()));
        }
    }

    /// Whether a field is set.
    pub(super) fn has(&self, name: &str) -> bool {
        field(&self.fields, name).is_some()
    }

    /// The text of a field.
    pub(super) fn words(&self, name: &str) -> Option<&str> {
        field(&self.fields, name).and_then(Node::as_text)
    }

    /// The record that fields would make, whatever is wrong with them; for comparing, so its name does not matter.
    pub(super) fn trial(&self, fields: &Entries) -> Option<Source> {
        let id = SourceId::parse("trial")?;
        read::record(&self.id_key(&id), &self.node(fields), &mut Vec::new())
    }

    /// The record. What its reader refuses is left out; without a title there is none.
    pub(super) fn finish(
        mut self,
        id: &SourceId,
        lang: Option<&Lang>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Source, Vec<Left>)> {
        if !self.has("lang") {
            let unknown = lang.map_or("und", Lang::as_str);
            if lang.is_none() {
                diagnostics.push(
                    Diagnostic::new(Code::SB255, self.span, format!("`{id}` does not say what language it is in"))
                        .help("its record says `lang: und`; write the language there, or import with `--lang`"),
                );
            }
            self.fields.insert(0, (Key { text: "lang".to_owned(), span: self.span }, text(self.span, unknown)));
        }
        for (Left { field, span }, words) in std::mem::take(&mut self.remarks) {
            self.set("note", &field, span, &words);
        }
        if !self.has("checked") {
            self.set("checked", "checked", self.span, "known");
        }
        if !self.has("title") {
            diagnostics.push(
                Diagnostic::new(Code::SB251, self.span, format!("`{id}` has no title"))
                    .help("it was left out; give it a title where it comes from, and import it again"),
            );
            return None;
        }
        let mut refused = Vec::new();
        let source = read::record(&self.id_key(id), &self.node(&self.fields), &mut refused);
        let code = if source.is_some() { Code::SB253 } else { Code::SB251 };
        let fate = if source.is_some() { "it was left out of the record" } else { "the entry was left out" };
        for found in refused {
            let place = found.span.unwrap_or(self.span);
            diagnostics.push(Diagnostic::new(code, place, found.message).help(fate));
        }
        diagnostics.append(&mut self.problems);
        source.map(|source| (source, self.left))
    }

    fn id_key(&self, id: &SourceId) -> Key {
        Key { text: id.as_str().to_owned(), span: self.span }
    }

    fn node(&self, fields: &Entries) -> Node {
        Node { span: self.span, value: Value::Map(fields.clone()) }
    }
}
