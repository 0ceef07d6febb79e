//! Which passages of a page need a second look. Uses its parent, `ledger`, `translation` and `figure`.
//!
//! A passage is told by its words, because an editor's page is the reader's page: nothing in it says where in the file a sentence stands.

use crate::book::{Book, Version};
use crate::figure::record::Status;
use crate::ledger::{Claim, Coverage, Word};
use crate::span::Span;
use crate::translation::State;
use serde::Serialize;

/// A passage that needs a second look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Why.
    pub kind: MarkKind,
    /// Its words as they stand on the page, in order; between them are numbers and marks that the page writes in its own way.
    pub words: Vec<String>,
    /// What is to be said of it beyond its kind.
    pub note: Option<String>,
    /// Where it is written.
    pub place: Option<String>,
}

/// Why a passage needs a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// It shows no source.
    Uncited,
    /// Its original has changed since it was translated.
    Stale,
    /// It gives a number that is disputed.
    Disputed,
}

/// The marks of a page in one language, in the order of its text.
pub(super) fn of_version(book: &Book, version: &Version) -> Vec<Mark> {
    let mut marks: Vec<(Span, Mark)> = Vec::new();
    for claim in &version.page.claims {
        if matches!(claim.coverage, Coverage::Uncovered | Coverage::Needed) {
            marks.push((claim.span, mark(book, MarkKind::Uncited, claim, None)));
        }
        let disputed: Vec<String> = disputed(book, claim).collect();
        if !disputed.is_empty() {
            marks.push((claim.span, mark(book, MarkKind::Disputed, claim, Some(disputed.join(", ")))));
        }
    }
    marks.extend(stale(book, version));
    marks.sort_by_key(|(span, mark)| (span.start, mark.kind as u8));
    marks.into_iter().map(|(_, mark)| mark).collect()
}

fn mark(book: &Book, kind: MarkKind, claim: &Claim, note: Option<String>) -> Mark {
    Mark { kind, words: words(claim), note, place: book.files.place(claim.span) }
}

fn words(claim: &Claim) -> Vec<String> {
    let texts = claim.words.iter().filter_map(|word| match word {
        Word::Text(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => None,
    });
    texts.filter(|text| text.chars().any(char::is_alphanumeric)).collect()
}

/// The disputed figures of a statement.
fn disputed<'a>(book: &'a Book, claim: &'a Claim) -> impl Iterator<Item = String> + 'a {
    claim.words.iter().filter_map(|word| {
        let Word::Figure(reference) = word else { return None };
        let figure = book.library.figure(reference).ok()?;
        (figure.status == Status::Disputed).then(|| figure.id.to_string())
    })
}

/// The statements, or else the passage itself, of every passage whose original has changed.
fn stale(book: &Book, version: &Version) -> Vec<(Span, Mark)> {
    let mut marks = Vec::new();
    for passage in version.translation.iter().flat_map(|status| &status.passages) {
        let State::Stale(change) = passage.state else { continue };
        let Some(block) = passage.translation.and_then(|at| version.blocks().get(at)) else { continue };
        let note = format!("what changed: {}", change.name());
        let within = |claim: &&Claim| {
            claim.span.file == block.span.file
                && claim.span.start >= block.span.start
                && claim.span.end <= block.span.end
        };
        let words: Vec<String> = version.page.claims.iter().filter(within).flat_map(words).collect();
        let words = if words.is_empty() { vec![block.text.clone()] } else { words };
        marks.push((
            block.span,
            Mark { kind: MarkKind::Stale, words, note: Some(note), place: book.files.place(block.span) },
        ));
    }
    marks
}
