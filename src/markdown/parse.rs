//! pulldown-cmark's events → the tree.

use crate::diagnostic::Diagnostic;
use crate::markdown::tree::{Document, Inline, Uncited};
pub use crate::span::Origin;

/// A value and what was wrong on the way to it.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// What could be read.
    pub value: T,
    /// What could not.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a page's body.
pub fn parse(_text: &str, _origin: Origin) -> Parsed<Document> {
    Parsed { value: Document::default(), diagnostics: Vec::new() }
}

/// Reads one line of text, such as a summary: inlines, and an `uncited` comment at the end.
pub fn parse_inlines(_text: &str, _origin: Origin) -> Parsed<(Vec<Inline>, Option<Uncited>)> {
    Parsed { value: (Vec::new(), None), diagnostics: Vec::new() }
}
