//! One page of a site that was read before, with another text: what can be said of it at once, while the whole is compiled anew.

use crate::book::Book;
use crate::check;
use crate::diagnostic::{Diagnostic, settle};
use crate::manuscript::parse_page;
use crate::span::{FileId, Span};
use std::collections::HashSet;
use std::sync::Arc;

/// Puts a text into the place of a page's and brings what is said of the file up to date. `false` where the file is no page of the book: then nothing is changed.
///
/// What the page alone decides is said anew. What was found by comparing it with everything else stays where the text around it stayed.
pub fn revise(book: &mut Book, diagnostics: &mut Vec<Diagnostic>, file: FileId, text: &Arc<str>) -> bool {
    let Some(page) = book.page_file(file) else { return false };
    let before = book.files.text(file).to_owned();
    let own: HashSet<Diagnostic> = said(book, file, parse_page(&page, &before).1).into_iter().collect();
    let Some(problems) = book.revise(file, Arc::clone(text)) else { return false };
    let mut kept = Vec::with_capacity(diagnostics.len());
    for diagnostic in std::mem::take(diagnostics) {
        match diagnostic.span {
            Some(span) if span.file == file => {
                let moved = moved(span, &before, text).filter(|_| !own.contains(&diagnostic));
                kept.extend(moved.map(|span| Diagnostic { span: Some(span), ..diagnostic }));
            }
            _ => kept.push(diagnostic),
        }
    }
    kept.extend(said(book, file, problems));
    *diagnostics = kept;
    true
}

/// What the rules for a page say of it, with what its parser said.
fn said(book: &Book, file: FileId, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if let Some((_, _, version)) = book.versions().find(|(_, _, version)| version.page.file == file) {
        problems.extend(check::page(book, version));
    }
    settle(problems, &book.config.levels)
}

/// Where a place of a text is in another; `None` where it was in what has changed.
fn moved(span: Span, before: &str, after: &str) -> Option<Span> {
    let same = |(a, b): &(u8, u8)| a == b;
    let head = before.bytes().zip(after.bytes()).take_while(same).count();
    let rest = (before.len() - head).min(after.len() - head);
    let tail = before.bytes().rev().zip(after.bytes().rev()).take(rest).take_while(same).count();
    let range = span.range();
    if range.end <= head {
        return Some(span);
    }
    let begin = range.start.checked_sub(before.len() - tail)?;
    let start = after.len() - tail + begin;
    Some(Span::new(span.file, start, start + range.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Files;

    #[test]
    fn places_outside_the_change_are_found_again() {
        let file = Files::default().add("a.md", "");
        let at = |range: std::ops::Range<usize>, before, after| {
            moved(Span::new(file, range.start, range.end), before, after).map(Span::range)
        };
        assert_eq!(at(0..3, "one two six", "one three six"), Some(0..3));
        assert_eq!(at(8..11, "one two six", "one three six"), Some(10..13));
        assert_eq!(at(4..7, "one two six", "one three six"), None);
        assert_eq!(at(4..4, "aaaa", "aaa"), Some(3..3));
        assert_eq!(at(0..1, "a", ""), None);
        assert_eq!(at(2..4, "שלום", "!שלום"), Some(3..5));
    }
}
