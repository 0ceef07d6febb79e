//! Headings and footnotes: their levels, ids and names within the page.

use super::builder::Builder;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::problem::Problem;
use std::ops::Range;

impl Builder<'_> {
    /// Checks the definition of a footnote: its name, and that it is the only one. Whether it repeats another.
    pub(super) fn check_footnote_definition(&mut self, label: &str, range: &Range<usize>) -> bool {
        let place = range.start..(range.start + label.len() + 4).min(range.end);
        let span = self.span(place.clone());
        if label.starts_with('@') || label.starts_with("-@") {
            let problem = Problem::new(Code::SB206, place, format!("Markdown reads `[^{label}]:` as a footnote"));
            self.report(problem.help("describe the source in content/sources/ and cite it by its id"));
            return false;
        }
        if let Some(first) = self.footnote_labels.get(&label.to_lowercase()) {
            self.diagnostics.push(
                Diagnostic::new(Code::SB509, span, format!("the footnote `{label}` is defined twice"))
                    .help("give one of the two another name")
                    .related(*first, "first defined here"),
            );
            return true;
        }
        self.footnote_labels.insert(label.to_lowercase(), span);
        false
    }

    pub(super) fn check_heading(&mut self, level: u8, id: Option<&str>, range: &Range<usize>) {
        if !self.page {
            return;
        }
        let range = self.source.trim_end(range.clone());
        let span = self.span(range.clone());
        if level == 1 {
            self.report(
                Problem::new(Code::SB508, range, "a heading of the first level stands in the text")
                    .help("the page's title is the first level; begin with `##`"),
            );
        } else if level > self.last_level + 1 {
            let (marks, wanted) = ("#".repeat(level.into()), "#".repeat(usize::from(self.last_level) + 1));
            let message = format!("a heading of level {level} stands under one of level {}", self.last_level);
            self.report(
                Problem::new(Code::SB508, range, message).help(format!("write `{wanted}` instead of `{marks}`")),
            );
        }
        self.last_level = level;
        if let Some(id) = id {
            match self.heading_ids.get(id) {
                Some(first) => self.diagnostics.push(
                    Diagnostic::new(Code::SB507, span, format!("the id `{id}` is given to two headings"))
                        .help("give each heading an id of its own")
                        .related(*first, "first given here"),
                ),
                None => {
                    self.heading_ids.insert(id.to_owned(), span);
                }
            }
        }
    }
}
