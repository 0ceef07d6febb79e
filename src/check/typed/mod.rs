//! SB317, SB318: a number that is typed although the library has a figure of it, or has another number for the same thing.
//!
//! 1. [`known`] lists what a reader of a language may be told: figures and points of series, with their numbers and the words of their labels.
//! 2. [`context`] reads a sentence: its words, and its numbers without years, dates, places in documents, numbers of resolutions, and quotations.
//! 3. A number that is [`Known::is_of`] a figure is reported with `[=id]` as the help; so is one that stands in a sentence with every word of
//!    a figure's label and says something else.
//!
//! Equal numbers are common (there are many 20s), so the fewer digits a number has, the more words of the label must stand beside it.

mod context;
mod known;

use super::passages::{self, Passage};
use crate::book::evidence::statements;
use crate::book::{Book, Language, Version, reading};
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{Coverage, Word};
use crate::markdown::tree::InlineKind;
use crate::numeral::numerals;
use crate::span::Span;
use context::{Context, Typed};
use known::{Knowledge, Known};

/// Every number of every page against the figures.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let languages: Vec<(&Language, Knowledge<'_>)> =
        book.languages.iter().map(|language| (language, Knowledge::of(book, language))).collect();
    let judge = |language: &Language, version: &Version, found: &mut Vec<Diagnostic>| {
        let own = languages.iter().find(|(other, _)| other.lang == language.lang);
        if let Some((_, knowledge)) = own.filter(|(_, knowledge)| !knowledge.is_empty()) {
            let statements = statements(version);
            let page = Page { language, knowledge };
            passages::each(version, &statements, &mut |passage| page.passage(&passage, found));
        }
    };
    super::every_version(book, judge, diagnostics);
}

struct Page<'p, 'a> {
    language: &'a Language,
    knowledge: &'p Knowledge<'a>,
}

impl Page<'_, '_> {
    fn passage(&self, passage: &Passage<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
        if passage.is_quoted {
            return;
        }
        // Most passages have no number.
        let mut places_of_all = None;
        // Where nothing is stated, nothing is counted.
        let is_stated = |coverage: &Coverage| !matches!(coverage, Coverage::Exempt { .. });
        for statement in passage.statements.iter().filter(|statement| is_stated(&statement.claim.coverage)) {
            let words = &statement.claim.words;
            // A row of a table says half of what it says in its head.
            let is_whole = passage.content.len() == 1 && !words.iter().any(|word| matches!(word, Word::Figure(_)));
            let context = Context::of(words, &self.language.locale);
            let mut equal = false;
            for typed in &context.typed {
                let places = places_of_all.get_or_insert_with(|| places(passage));
                let place = place_of(places, &typed.written).unwrap_or(passage.place);
                if let Some(known) = self.knowledge.equal(typed, &context) {
                    equal = true;
                    diagnostics.push(Self::is_typed(typed, known, place));
                } else if is_whole
                    && !equal
                    && let Some(known) = self.knowledge.contradicted(typed, &context)
                {
                    equal = true;
                    diagnostics.push(self.contradicts(typed, known, place));
                }
            }
        }
    }

    fn is_typed(typed: &Typed, known: &Known<'_>, place: Span) -> Diagnostic {
        let message = format!("{} is the figure `{}`: {}", typed.written, known.id, known.label);
        Diagnostic::new(Code::SB317, place, message)
            .help(format!("write `{}`: so the number has its date and is the same in every language", known.mark))
            .related(known.span, "the figure is here")
    }

    fn contradicts(&self, typed: &Typed, known: &Known<'_>, place: Span) -> Diagnostic {
        let told = self.language.locale.number(&known.value);
        let message = format!("{} is not what the figure `{}` says ({}): {told}", typed.written, known.id, known.label);
        Diagnostic::new(Code::SB318, place, message)
            .help(format!(
                "write `{}`; where somebody counted otherwise, give that count a record of its own and name it in `counter-figures`",
                known.mark
            ))
            .related(known.span, "the figure is here")
    }
}

/// The numbers of a passage as they are written, each with its place, in order.
fn places(passage: &Passage<'_, '_>) -> Vec<(String, Span)> {
    let mut places = Vec::new();
    for content in &passage.content {
        reading::within(content, &mut |inline| {
            let InlineKind::Text(text) = &inline.kind else { return };
            for numeral in numerals(text) {
                let start = inline.span.start as usize;
                // Where a character was written in another way, the whole text is the place.
                let own = Span::new(inline.span.file, start + numeral.place.start, start + numeral.place.end);
                let span = if inline.span.range().len() == text.len() { own } else { inline.span };
                places.push((text.get(numeral.place).unwrap_or_default().to_owned(), span));
            }
        });
    }
    places
}

/// The next place at which a number is written so; those before it are done with.
fn place_of(places: &mut Vec<(String, Span)>, written: &str) -> Option<Span> {
    let at = places.iter().position(|(other, _)| other == written)?;
    places.drain(..=at).next_back().map(|(_, span)| span)
}
