//! Diagnostics as one JSON array, for scripts.
//!
//! Lines and columns count from 1, columns in Unicode scalar values; the end is the first position after. Uses `span` and its sister modules only.

use super::Diagnostic;
use crate::span::Files;
use serde::Serialize;

/// One diagnostic, its keys in the order in which they are documented.
#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// Writes the diagnostics as a JSON array, in the order given.
pub fn render(diagnostics: &[Diagnostic], files: &Files) -> String {
    let records: Vec<Record<'_>> = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.span.and_then(|span| files.positions(span));
            Record {
                code: diagnostic.code.id(),
                severity: diagnostic.severity.as_str(),
                message: &diagnostic.message,
                help: diagnostic.help.as_deref(),
                file: diagnostic.span.and_then(|span| files.get(span.file)).map(crate::span::SourceFile::path),
                line: place.map(|(start, _)| start.line),
                column: place.map(|(start, _)| start.column),
                end_line: place.map(|(_, end)| end.line),
                end_column: place.map(|(_, end)| end.column),
            }
        })
        .collect();
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&records).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::span::Span;

    #[test]
    fn array() {
        let mut files = Files::default();
        let id = files.add("content/he/page.md", "---\nשלום [@x]\n\u{1b}");
        let here = Diagnostic::new(Code::SB201, Span::new(id, 13, 17), "no source “x”").help("add \"x\"\nor not");
        let mut nowhere = Diagnostic::new(Code::SB207, Span::start_of(id), "\u{1b}");
        nowhere.span = None;
        insta::assert_snapshot!(render(&[here, nowhere], &files), @r#"
        [
          {
            "code": "SB201",
            "severity": "error",
            "message": "no source “x”",
            "help": "add \"x\"\nor not",
            "file": "content/he/page.md",
            "line": 2,
            "column": 6,
            "end_line": 2,
            "end_column": 10
          },
          {
            "code": "SB207",
            "severity": "warning",
            "message": "\u001b",
            "help": null,
            "file": null,
            "line": null,
            "column": null,
            "end_line": null,
            "end_column": null
          }
        ]
        "#);
        assert_eq!(render(&[], &files), "[]\n");
    }
}
