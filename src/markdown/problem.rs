//! What is wrong in a piece of text, before its place in the file is known.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::ops::Range;

/// What is wrong, and at which bytes of the text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which rule.
    pub code: Code,
    /// Where in the text.
    pub range: Range<usize>,
    /// What is wrong, in the editor's words.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem without help.
    pub fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, range, message: message.into(), help: None }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The diagnostic, once its place is known.
    pub fn at(self, span: Span) -> Diagnostic {
        Diagnostic::new(self.code, span, self.message).maybe_help(self.help)
    }
}
