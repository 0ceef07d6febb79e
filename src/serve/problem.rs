//! A diagnostic as the browser is told of it: text only, no spans. Uses `span` and `diagnostic` only.

use crate::diagnostic::Diagnostic;
use crate::span::{Files, Span};
use serde::Serialize;

/// How many characters of a line are shown before and after the marked ones.
const AROUND: usize = 60;
/// How many characters are marked at most.
const MARKED: usize = 120;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: String,
    /// Which rule, such as `SB201`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Where, such as `content/en/x.md:3:5`.
    pub place: Option<String>,
    /// The text there.
    pub excerpt: Option<Excerpt>,
}

/// A part of a line, cut so that the wrong part can be shown as such in any writing direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// The text before it.
    pub before: String,
    /// What is wrong.
    pub marked: String,
    /// The text after it.
    pub after: String,
}

impl Problem {
    /// Describes a diagnostic.
    pub fn new(diagnostic: &Diagnostic, files: &Files) -> Self {
        let place = diagnostic.span.and_then(|span| files.place(span));
        Self {
            severity: diagnostic.severity.as_str().to_owned(),
            code: diagnostic.code.id().to_owned(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            place,
            excerpt: diagnostic.span.and_then(|span| excerpt(span, files)),
        }
    }
}

/// The first line of a span; `None` where the line is empty.
fn excerpt(span: Span, files: &Files) -> Option<Excerpt> {
    let file = files.get(span.file)?;
    let (start, end) = files.positions(span)?;
    let line: Vec<char> = file.line(start.line).chars().collect();
    if line.is_empty() {
        return None;
    }
    let from = (start.column - 1).min(line.len());
    let to = if start.line == end.line { (end.column - 1).min(line.len()) } else { line.len() };
    let marked_to = to.min(from + MARKED);
    let first = from.saturating_sub(AROUND);
    let last = line.len().min(marked_to + AROUND);
    let part = |from: usize, to: usize| line.get(from..to).unwrap_or_default().iter().collect::<String>();
    let cut_before = if first > 0 { "…" } else { "" };
    let cut_after = if last < line.len() { "…" } else { "" };
    Some(Excerpt {
        before: format!("{cut_before}{}", part(first, from)),
        marked: part(from, marked_to),
        after: format!("{}{cut_after}", part(marked_to, last)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn excerpts_are_cut_around_the_mark() {
        let mut files = Files::default();
        let text = format!("---\n{}שלום [@x] {}\n", "א".repeat(100), "ب".repeat(100));
        let start = text.find('[').unwrap();
        let id = files.add("content/he/a.md", text);
        let problem = Problem::new(&Diagnostic::new(Code::SB201, Span::new(id, start, start + 4), "gone"), &files);
        assert_eq!(problem.place.as_deref(), Some("content/he/a.md:2:106"));
        let excerpt = problem.excerpt.unwrap();
        assert_eq!(excerpt.before, format!("…{}שלום ", "א".repeat(55)));
        assert_eq!(excerpt.marked, "[@x]");
        assert_eq!(excerpt.after, format!(" {}…", "ب".repeat(59)));

        let several = Problem::new(&Diagnostic::new(Code::SB201, Span::new(id, 1, start), "gone"), &files);
        assert_eq!(several.excerpt.unwrap().marked, "--");
        let nothing = files.add("b.md", "");
        assert_eq!(Problem::new(&Diagnostic::new(Code::SB104, Span::start_of(nothing), "x"), &files).excerpt, None);
    }
}
