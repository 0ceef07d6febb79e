//! Diagnostics as GitHub workflow commands, which Actions shows beside the changed lines.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>. Uses `span` and its sister modules only.

use super::Diagnostic;
use crate::span::Files;
use std::fmt::Write;

/// Writes one workflow command a line. `prefix` is the folder of the site within the repository: empty, or ending in `/`.
pub fn render(diagnostics: &[Diagnostic], files: &Files, prefix: &str) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic.span.and_then(|span| {
            let (start, end) = files.positions(span)?;
            let path = property(&format!("{prefix}{}", files.path(span.file)));
            // GitHub refuses columns for a stretch of several lines.
            Some(if start.line == end.line {
                format!("file={path},line={},col={},endColumn={},", start.line, start.column, end.column)
            } else {
                format!("file={path},line={},endLine={},", start.line, end.line)
            })
        });
        let title = property(&format!("{} {}", diagnostic.code, diagnostic.code.name()));
        let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
        let text = data(&format!("{}{help}", diagnostic.message));
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{} {}title={title}::{text}",
            diagnostic.severity.as_str(),
            place.as_deref().unwrap_or_default()
        );
    }
    out
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a value before the `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::span::Span;

    #[test]
    fn commands() {
        let mut files = Files::default();
        let id = files.add("content/he/a,b:c.md", "---\nשלום [@x]\n");
        let here = Diagnostic::new(Code::SB201, Span::new(id, 13, 17), "100% of\r\n“x”: gone").help("add x");
        let long = Diagnostic::new(Code::SB207, Span::new(id, 0, 5), "two lines");
        let mut nowhere = Diagnostic::new(Code::SB701, Span::start_of(id), "two pages");
        nowhere.span = None;
        insta::assert_snapshot!(render(&[here, long, nowhere], &files, "docs/"), @r"
        ::error file=docs/content/he/a%2Cb%3Ac.md,line=2,col=6,endColumn=10,title=SB201 source-unknown::100%25 of%0D%0A“x”: gone%0Aadd x
        ::warning file=docs/content/he/a%2Cb%3Ac.md,line=1,endLine=2,title=SB207 citation-needed::two lines
        ::error title=SB701 output-collision::two pages
        ");
        assert_eq!(render(&[], &files, ""), "");
    }
}
