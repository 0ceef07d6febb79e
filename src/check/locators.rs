//! SB214: places within sources that cannot be places.
//!
//! What an editor typed is looked at, in the file: the tree holds only what could be read of it. In records the same is reported where they are read.

use super::each_inline;
use crate::book::{Book, Version};
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::citation::{Cite, CiteGroup, CiteMode};
use crate::markdown::locator::{Label, Locator};
use crate::markdown::tree::InlineKind;
use crate::span::Span;

/// Every place is one, and one that its source can have.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    each_inline(version, |inline| {
        let InlineKind::Cite(group) = &inline.kind else { return };
        for cite in &group.cites {
            match malformed(book, group, cite) {
                Some(problem) => diagnostics.push(problem),
                None => {
                    let source = book.library.source(&cite.source);
                    let fit =
                        cite.locator.as_ref().zip(source).and_then(|(locator, source)| misfit(cite, locator, source));
                    diagnostics.extend(fit);
                }
            }
        }
    });
}

fn malformed(book: &Book, group: &CiteGroup, cite: &Cite) -> Option<Diagnostic> {
    let (text, start) = match typed(book, group, cite) {
        Some(place) => (book.files.slice(place).to_owned(), Some(place)),
        // The text was decoded: what was read of it must do.
        None => (cite.locator.as_ref().map(ToString::to_string).or_else(|| cite.suffix.clone())?, None),
    };
    let words = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | '{' | '['));
    let (range, fault) = Locator::fault(words)?;
    let before = text.len() - words.len();
    let place = match start {
        Some(place) => {
            let start = place.range().start + before;
            Span::new(place.file, start + range.start, start + range.end)
        }
        None => cite.span,
    };
    Some(Diagnostic::new(Code::SB214, place, fault.to_string()).help(fault.help()))
}

/// Where what follows the key stands; `None` where the citation does not stand in the file letter by letter.
fn typed(book: &Book, group: &CiteGroup, cite: &Cite) -> Option<Span> {
    let key = book.files.slice(cite.key_span);
    if !key.contains(cite.source.as_str()) || key.contains(char::is_whitespace) {
        return None;
    }
    let file = book.files.text(cite.span.file);
    let from = cite.key_span.range().end;
    let from = from + usize::from(file.get(from..)?.starts_with('}'));
    let bare = group.mode == CiteMode::Narrative && cite.locator.is_none();
    let end = if bare { bracket_after(file, from)? } else { cite.span.range().end };
    Some(Span::new(cite.span.file, from, end))
}

/// The end of a bracket on the same line that stands after a citation in the sentence, and that Markdown does not read as a link.
fn bracket_after(file: &str, from: usize) -> Option<usize> {
    let rest = file.get(from..)?;
    let inner = rest.strip_prefix(' ')?.strip_prefix('[')?;
    let (words, after) = inner.split_once(']')?;
    let plain = !words.contains(['\n', '[']) && !after.starts_with(['(', '[', ':']);
    plain.then_some(from + 2 + words.len())
}

/// Forms without a running time.
const PRINTED: &[&str] = &[
    "article-journal",
    "bill",
    "book",
    "chapter",
    "legal_case",
    "legislation",
    "map",
    "pamphlet",
    "paper-conference",
    "regulation",
    "standard",
    "thesis",
    "treaty",
];

/// Forms that stand on some pages of something larger.
const CONTAINED: &[&str] =
    &["article", "article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference", "review"];

fn misfit(cite: &Cite, locator: &Locator, source: &Source) -> Option<Diagnostic> {
    let (message, help) = match locator.label {
        Label::Timestamp if PRINTED.contains(&source.form) => (
            format!("`{}`, of the type `{}`, has no running time", source.id, source.form),
            "give the page or the paragraph".to_owned(),
        ),
        Label::Page if CONTAINED.contains(&source.form) => {
            let (first, last) = Locator::parse(source.numbers.pages.as_deref()?)?.whole_range()?;
            let (start, end) = locator.whole_range()?;
            if start >= first && end <= last {
                return None;
            }
            (
                format!("`{locator}` lies outside the pages of `{}`, {first}–{last}", source.id),
                "give the page as printed; where a copy is paged otherwise, say which in words after the place"
                    .to_owned(),
            )
        }
        _ => return None,
    };
    Some(Diagnostic::new(Code::SB214, cite.span, message).help(help).related(source.span, "its record is here"))
}
