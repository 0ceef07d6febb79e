//! The passages of a page, each with the words that it stands under: what a lead-in, the title of a callout or the head of a table says
//! holds for the sentences below it, and a rule about one sentence must know them.

use crate::book::evidence::Statement;
use crate::book::{Version, reading};
use crate::ledger::{Word, length_of_led_in, words_of};
use crate::markdown::tree::{Block, BlockKind, Inline, InlineKind};
use crate::span::Span;
use std::collections::BTreeMap;

/// Statements that are read in one go: a paragraph, a row of a table, a line of the page's head.
pub(super) struct Passage<'s, 'a> {
    /// The whole.
    pub(super) place: Span,
    /// Its statements in order.
    pub(super) statements: Vec<&'s Statement<'a>>,
    /// What it is made of.
    pub(super) content: Vec<&'a [Inline]>,
    /// What it stands under, the outermost first.
    pub(super) above: Vec<Vec<Word>>,
    /// Whether it is a quotation as a whole.
    pub(super) is_quoted: bool,
}

/// Calls `see` for every passage of a page.
pub(super) fn each<'s, 'a>(
    version: &'a Version,
    statements: &'s [Statement<'a>],
    see: &mut dyn FnMut(Passage<'s, 'a>),
) {
    let mut by_place: BTreeMap<Span, Vec<&Statement<'_>>> = BTreeMap::new();
    for statement in statements {
        by_place.entry(statement.claim.span).or_default().push(statement);
    }
    let notes = notes(version, statements);
    let mut walk = Walk { by_place, above: Vec::new(), is_quoted: false, see };
    for line in version.page.summary.iter().chain(&version.page.key_facts) {
        walk.passage(line.span, vec![&line.content]);
    }
    walk.blocks(&version.page.body.blocks);
    for footnote in &version.page.body.footnotes {
        walk.under(notes.get(footnote.label.as_str()).cloned().unwrap_or_default(), |walk| {
            walk.blocks(&footnote.blocks);
        });
    }
}

/// The sentences that refer to each footnote.
fn notes<'a>(version: &'a Version, statements: &[Statement<'_>]) -> BTreeMap<&'a str, Vec<Word>> {
    let mut notes: BTreeMap<&str, Vec<Word>> = BTreeMap::new();
    if version.page.body.footnotes.is_empty() {
        return notes;
    }
    let mut references: BTreeMap<Span, &str> = BTreeMap::new();
    reading::inlines(&version.page, &mut |inline| {
        if let InlineKind::FootnoteRef(label) = &inline.kind {
            references.insert(inline.span, label);
        }
    });
    for statement in statements {
        for label in statement.claim.marks.iter().filter_map(|mark| references.get(mark)) {
            notes.entry(label).or_default().extend(statement.claim.words.iter().cloned());
        }
    }
    notes
}

struct Walk<'s, 'a, 'f> {
    by_place: BTreeMap<Span, Vec<&'s Statement<'a>>>,
    above: Vec<Vec<Word>>,
    is_quoted: bool,
    see: &'f mut dyn FnMut(Passage<'s, 'a>),
}

impl<'a> Walk<'_, 'a, '_> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            match &block.kind {
                BlockKind::Paragraph(content) => {
                    self.passage(block.span, vec![content]);
                    let length = if ends_with_colon(content) { length_of_led_in(after) } else { 0 };
                    let (led_in, after) = after.split_at(length);
                    rest = after;
                    if !led_in.is_empty() {
                        self.under(words_of(content), |walk| walk.blocks(led_in));
                    }
                }
                BlockKind::List { items, .. } => items.iter().for_each(|item| self.item(&item.blocks)),
                BlockKind::Quote(inner) => {
                    let outer = std::mem::replace(&mut self.is_quoted, true);
                    self.blocks(inner);
                    self.is_quoted = outer;
                }
                BlockKind::Callout { title, blocks: inner, .. } => {
                    self.under(words_of(title), |walk| walk.blocks(inner));
                }
                BlockKind::Table { head, rows, .. } => {
                    let words = head.iter().flat_map(|cell| separated(words_of(&cell.content))).collect();
                    self.under(words, |walk| {
                        for row in rows {
                            let content = row.cells.iter().map(|cell| cell.content.as_slice()).collect();
                            walk.passage(row.span, content);
                        }
                    });
                }
                BlockKind::Heading { .. }
                | BlockKind::Code { .. }
                | BlockKind::Rule
                | BlockKind::Drawing { .. }
                | BlockKind::Html(_) => {}
            }
        }
    }

    /// An item's further blocks stand under its first paragraph.
    fn item(&mut self, blocks: &'a [Block]) {
        match blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(content), span, .. }, rest)) => {
                self.passage(*span, vec![content]);
                if !rest.is_empty() {
                    self.under(words_of(content), |walk| walk.blocks(rest));
                }
            }
            _ => self.blocks(blocks),
        }
    }

    fn under(&mut self, words: Vec<Word>, walk: impl FnOnce(&mut Self)) {
        self.above.push(words);
        walk(self);
        self.above.pop();
    }

    fn passage(&mut self, place: Span, content: Vec<&'a [Inline]>) {
        let from = Span { end: place.start, ..place };
        let to = Span { start: place.end, ..place };
        let within = self.by_place.range(from..=to).filter(|(span, _)| span.end <= place.end);
        let statements: Vec<_> = within.flat_map(|(_, statements)| statements.iter().copied()).collect();
        if !statements.is_empty() {
            let (above, is_quoted) = (self.above.clone(), self.is_quoted);
            (self.see)(Passage { place, statements, content, above, is_quoted });
        }
    }
}

/// A blank after words, so that those of one cell do not run into the next.
fn separated(words: Vec<Word>) -> impl Iterator<Item = Word> {
    words.into_iter().chain([Word::Text(" ".into())])
}

/// Whether what is read of a line ends with a colon, whatever marks stand after it.
fn ends_with_colon(content: &[Inline]) -> bool {
    last_read(content).is_some_and(|c| matches!(c, ':' | '：'))
}

/// The last character of a line that is read: no blank, and of no mark; nothing where the line ends with what every language writes in its own way.
fn last_read(content: &[Inline]) -> Option<char> {
    content.iter().rev().find_map(|inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.trim_end().chars().next_back(),
        InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => last_read(inner),
        InlineKind::Link { content, .. } => last_read(content),
        // Any character but a colon.
        InlineKind::Figure(_) => Some('0'),
        InlineKind::Cite(group) => group.named().map(|_| '@'),
        _ => None,
    })
}
