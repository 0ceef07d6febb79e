//! pulldown-cmark's events → the tree.

use crate::diagnostic::Diagnostic;
use crate::markdown::tree::{Document, Inline, Uncited};
use crate::span::{FileId, Span};

/// Where a text stands in its file, so that offsets in it become spans.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// The text stands in the file as it is, from this byte on.
    Verbatim {
        /// The file.
        file: FileId,
        /// Where the text begins.
        offset: usize,
    },
    /// The text was decoded (a YAML string with escapes, say): every span is the whole.
    Whole(Span),
}

impl Origin {
    /// The span of a range of the text.
    pub fn span(self, range: std::ops::Range<usize>) -> Span {
        match self {
            Self::Verbatim { file, offset } => Span::new(file, offset + range.start, offset + range.end),
            Self::Whole(span) => span,
        }
    }
}

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
