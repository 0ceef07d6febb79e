//! What every message must be: about a place in the text, with words, and printable in every form.

use sourcebook::diagnostic::{Diagnostic, github, human, json, sarif};
use sourcebook::span::{FileId, Files, Span};

/// One file under a name, and its text: bytes that are no UTF-8 are replaced, as an editor shows them.
pub struct Sheet {
    pub files: Files,
    pub file: FileId,
}

impl Sheet {
    pub fn new(path: &str, text: &str) -> Self {
        let mut files = Files::default();
        let file = files.add(path, text);
        Self { files, file }
    }

    pub fn text(&self) -> &str {
        self.files.text(self.file)
    }

    /// Holds messages against what a message must be.
    pub fn hold(&self, diagnostics: &[Diagnostic]) {
        hold(&self.files, diagnostics);
    }

    /// Holds a place against the text.
    pub fn hold_span(&self, span: Span, what: &str) {
        hold_span(&self.files, span, what);
    }
}

/// Bytes as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn hold(files: &Files, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        if let Some(span) = diagnostic.span {
            hold_span(files, span, diagnostic.code.id());
        }
        for related in &diagnostic.related {
            hold_span(files, related.span, "a second place");
        }
        assert!(!diagnostic.message.trim().is_empty(), "{} says nothing", diagnostic.code);
        assert!(!diagnostic.message.ends_with('.'), "{diagnostic:?} ends with a full stop");
    }
    // As many as people read; each form looks up lines and columns, and may trip over them.
    let some = diagnostics.get(..20).unwrap_or(diagnostics);
    for printed in [
        human::render(some, files, true),
        json::render(some, files),
        sarif::render(some, files, ""),
        github::render(some, files, ""),
    ] {
        assert!(some.is_empty() || !printed.is_empty());
    }
}

fn hold_span(files: &Files, span: Span, what: &str) {
    let text = files.text(span.file);
    assert!(span.start <= span.end, "{what}: {span:?} ends before it begins");
    assert!(text.get(span.range()).is_some(), "{what}: {span:?} cuts a text of {} bytes", text.len());
}
