//! SB222: a contested point rests on more than one witness, or is told as the word of the one it has.
//!
//! Contested are: what one side says in a `[!position]`; a sentence that cites against itself (`disputes`, `refutes`, `disagrees_with`);
//! a sentence with a figure of the status `disputed` that has no counter-figure. Sources that rely on one another (`chain`) are one witness.
//! Whoever is named beside their own word needs no second one: a party's document is the best witness of what the party says, and a
//! sentence that names its only source says as much.

use super::passages;
use crate::book::evidence::{Mark, MarkKind, Statement, statements, told};
use crate::book::{Book, Version, reading};
use crate::citation::Source;
use crate::citation::naming::{Names, Words};
use crate::diagnostic::{Code, Diagnostic};
use crate::figure::Figure;
use crate::figure::record::Status;
use crate::ids::SourceId;
use crate::ledger::{Claim, Word, words_of};
use crate::locale::Locale;
use crate::markdown::citation::Relation;
use crate::markdown::tree::{Block, BlockKind, CalloutKind, FigureRef, Inline, InlineKind};
use crate::span::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Every contested point has more than one witness, or names the one it has.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let Some(language) = book.language(&version.page.lang) else { return };
    let point = Point { book, locale: &language.locale };
    reading::blocks(&version.page.body, &mut |block| {
        if let BlockKind::Callout { kind: CalloutKind::Position, title, blocks } = &block.kind {
            let within = |claim: &&Claim| {
                let (own, whole) = (claim.span, block.span);
                own.file == whole.file && own.start >= whole.start && own.end <= whole.end
            };
            let claims = version.page.claims.iter().filter(within).flat_map(|claim| claim.words.iter().cloned());
            let words: Vec<Word> = words_of(title).into_iter().chain([Word::Text(" ".into())]).chain(claims).collect();
            diagnostics.extend(point.position(block, title, blocks, &words));
        }
    });
    if has_contested(book, version) {
        passages::each(version, &statements(version), &mut |passage| {
            // Who was named above, or before in the paragraph, is still spoken of.
            let mut words: Vec<Word> = passage.above.concat();
            for statement in &passage.statements {
                words.push(Word::Text(" ".into()));
                words.extend(statement.claim.words.iter().cloned());
                diagnostics.extend(point.statement(statement, &words));
            }
        });
    }
}

/// Whether any sentence of a page is contested; most pages are done with this.
fn has_contested(book: &Book, version: &Version) -> bool {
    let mut found = version.figures.iter().any(|figure| is_disputed(book, figure).is_some());
    reading::inlines(&version.page, &mut |inline| {
        if let InlineKind::Cite(group) = &inline.kind {
            found |= group.cites.iter().any(|cite| cite.relation.is_some_and(Relation::is_against));
        }
    });
    found
}

/// The figure of a reference where it is disputed and nothing is shown beside it.
fn is_disputed<'a>(book: &'a Book, reference: &FigureRef) -> Option<Cow<'a, Figure>> {
    let figure = book.library.figure(reference).ok()?;
    (figure.status == Status::Disputed && figure.counter_figures.is_empty()).then_some(figure)
}

/// What a contested point is looked at with.
struct Point<'a> {
    book: &'a Book,
    locale: &'a Locale,
}

impl<'a> Point<'a> {
    /// `words` are those of the title and of what stands under it.
    fn position(&self, block: &Block, title: &[Inline], blocks: &[Block], words: &[Word]) -> Option<Diagnostic> {
        let mut sources = BTreeSet::new();
        let mut see = |inline: &Inline| match &inline.kind {
            InlineKind::Cite(group) => sources.extend(group.cites.iter().filter_map(|cite| self.source(&cite.source))),
            InlineKind::Figure(reference) => sources.extend(self.source_of(reference)),
            _ => {}
        };
        reading::within_blocks(blocks, &mut see);
        let place = match (title.first(), title.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => block.span,
        };
        let words = self.words(words);
        self.alone(&sources, place, "this position", |source| self.names(source).stand_in(&words))
    }

    /// `words` are its own and those before.
    fn statement(&self, statement: &Statement<'_>, words: &[Word]) -> Option<Diagnostic> {
        let relation = |mark: &Mark<'_>| mark.cite().and_then(|cite| cite.relation);
        let against = statement.marks.iter().find(|mark| relation(mark).is_some_and(Relation::is_against));
        let disputed = statement.marks.iter().find_map(|mark| match mark.kind {
            MarkKind::Figure(reference) => is_disputed(self.book, reference).map(|figure| (mark, figure)),
            MarkKind::Cite(_) | MarkKind::Drawing(..) => None,
        });
        let place = disputed.as_ref().map(|(mark, _)| mark.span).or(against.map(|mark| mark.span))?;
        let resting = |mark: &&Mark<'_>| !relation(mark).is_some_and(Relation::is_about_the_source);
        let supporting: BTreeSet<&SourceId> =
            statement.marks.iter().filter(resting).filter_map(|mark| self.source_of_mark(mark)).collect();
        let opposing = || statement.marks.iter().filter_map(|mark| self.source_of_mark(mark)).collect();
        let sources = if supporting.is_empty() { opposing() } else { supporting };
        let words = self.words(words);
        self.alone(&sources, place, "this contested point", |source| {
            let mut names = self.names(source);
            if let Some((_, figure)) = &disputed
                && let Some(reporter) = &figure.reporter
            {
                names.add_localized(reporter);
            }
            names.stand_in(&words)
        })
    }

    /// What is wrong where sources come to one witness whose own word this is not told to be.
    fn alone(
        &self,
        sources: &BTreeSet<&'a SourceId>,
        place: Span,
        what: &str,
        is_told_as_its_word: impl Fn(&Source) -> bool,
    ) -> Option<Diagnostic> {
        let witnesses = self.witnesses(sources);
        let witness = witnesses.first().filter(|_| witnesses.len() == 1)?;
        let known = sources.iter().filter_map(|id| self.book.library.source(id));
        if known.chain(self.book.library.source(witness)).any(is_told_as_its_word) {
            return None;
        }
        let others: Vec<String> = sources.iter().filter(|id| *id != witness).map(|id| format!("`{id}`")).collect();
        let why = match others.as_slice() {
            [] => String::new(),
            [one] => format!(", because {one} relies on it"),
            several => format!(", because {} rely on it", several.join(" and ")),
        };
        let message = format!("{what} rests on one source, `{witness}`{why}");
        Some(Diagnostic::new(Code::SB222, place, message).help(
            "add a source that does not rely on it, or name it in the sentence or the title as the one who says so",
        ))
    }

    /// The sources that others rely on and that rely on none.
    fn witnesses(&self, sources: &BTreeSet<&'a SourceId>) -> BTreeSet<&'a SourceId> {
        let mut witnesses = BTreeSet::new();
        let mut seen: BTreeSet<&SourceId> = sources.clone();
        let mut pending: Vec<&SourceId> = sources.iter().copied().collect();
        while let Some(source) = pending.pop().and_then(|id| self.book.library.source(id)) {
            let chain: Vec<&SourceId> = source.chain.iter().filter_map(|id| self.source(&id.value)).collect();
            if chain.is_empty() {
                witnesses.insert(&source.id);
            }
            pending.extend(chain.into_iter().filter(|id| seen.insert(id)));
        }
        witnesses
    }

    fn source(&self, id: &SourceId) -> Option<&'a SourceId> {
        self.book.library.source(id).map(|source| &source.id)
    }

    fn source_of_mark(&self, mark: &Mark<'_>) -> Option<&'a SourceId> {
        match mark.kind {
            MarkKind::Cite(cite) => self.source(&cite.source),
            MarkKind::Figure(reference) => self.source_of(reference),
            MarkKind::Drawing(..) => None,
        }
    }

    /// Where a figure was taken from; who carried it is no second witness.
    fn source_of(&self, reference: &FigureRef) -> Option<&'a SourceId> {
        self.book.library.figure(reference).ok().and_then(|figure| self.source(&figure.source.value))
    }

    fn names(&self, source: &Source) -> Names {
        let mut names = Names::of(source, self.locale);
        if let Some(container) = &source.container {
            names.add_localized(container);
        }
        names
    }

    fn words(&self, words: &[Word]) -> Words {
        Words::of(&told(words, self.book, self.locale))
    }
}
