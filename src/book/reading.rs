//! Walks a page in the order in which it is read. A footnote is read where it is first referred to.

use crate::manuscript::Page;
use crate::markdown::tree::{Block, BlockKind, Document, DrawingRef, Footnote, Inline, InlineKind};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What is read: words and marks, or something that is drawn.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'a> {
    /// An inline.
    Inline(&'a Inline),
    /// A chart, a timeline, a map, a fact box; its caption follows.
    Drawing {
        /// Where it stands.
        span: Span,
        /// What is drawn.
        drawing: &'a DrawingRef,
    },
}

/// Calls `see` for every inline of a page: the summary's, the key facts', the body's.
pub fn inlines<'a>(page: &'a Page, see: &mut dyn FnMut(&'a Inline)) {
    pieces(page, &mut |piece| {
        if let Piece::Inline(inline) = piece {
            see(inline);
        }
    });
}

/// Calls `see` for every inline of a line, also those within others; footnotes are not followed.
pub fn within<'a>(content: &'a [Inline], see: &mut dyn FnMut(&'a Inline)) {
    for inline in content {
        see(inline);
        match &inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => within(inner, see),
            _ => {}
        }
    }
}

/// Calls `see` for every inline of a page, and for what is drawn.
pub fn pieces<'a>(page: &'a Page, see: &mut dyn FnMut(Piece<'a>)) {
    let notes = page.body.footnotes.iter();
    let footnotes = notes.rev().map(|footnote| (footnote.label.as_str(), footnote)).collect();
    let mut walk = Walk { footnotes, seen: BTreeSet::new(), see };
    for line in page.summary.iter().chain(&page.key_facts) {
        walk.inlines(&line.content);
    }
    if let Some((span, drawing)) = &page.fact_box {
        (walk.see)(Piece::Drawing { span: *span, drawing });
    }
    walk.blocks(&page.body.blocks);
    // Footnotes that nothing refers to are not shown, but what they cite is still checked.
    for footnote in &page.body.footnotes {
        walk.footnote(&footnote.label);
    }
}

/// Calls `see` for every block of a page, outer blocks first; footnotes last.
pub fn blocks<'a>(document: &'a Document, see: &mut dyn FnMut(&'a Block)) {
    fn walk<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
        for block in blocks {
            see(block);
            match &block.kind {
                BlockKind::Quote(inner) | BlockKind::Callout { blocks: inner, .. } => walk(inner, see),
                BlockKind::List { items, .. } => {
                    for item in items {
                        walk(&item.blocks, see);
                    }
                }
                _ => {}
            }
        }
    }
    walk(&document.blocks, see);
    for footnote in &document.footnotes {
        walk(&footnote.blocks, see);
    }
}

/// Calls `see` for every inline of some blocks, those within others too; footnotes are not followed.
pub fn within_blocks<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Inline)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Drawing { caption: content, .. } => {
                within(content, see);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| within_blocks(&item.blocks, see)),
            BlockKind::Quote(inner) => within_blocks(inner, see),
            BlockKind::Callout { title, blocks: inner, .. } => {
                within(title, see);
                within_blocks(inner, see);
            }
            BlockKind::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flat_map(|row| &row.cells));
                cells.for_each(|cell| within(&cell.content, see));
            }
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

/// The words of inlines, without citations and footnote marks; figures are left out too, because their words depend on the language.
pub fn plain_text(content: &[Inline]) -> String {
    let mut text = String::new();
    collect_text(content, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect_text(content: &[Inline], text: &mut String) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => collect_text(inner, text),
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(' '),
            _ => {}
        }
    }
}

struct Walk<'a, 's> {
    /// The footnotes by their labels.
    footnotes: BTreeMap<&'a str, &'a Footnote>,
    seen: BTreeSet<&'a str>,
    see: &'s mut dyn FnMut(Piece<'a>),
}

impl<'a> Walk<'a, '_> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.inlines(content),
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Quote(inner) => self.blocks(inner),
                BlockKind::Callout { title, blocks: inner, .. } => {
                    self.inlines(title);
                    self.blocks(inner);
                }
                BlockKind::Table { head, rows, .. } => {
                    for cell in head.iter().chain(rows.iter().flat_map(|row| &row.cells)) {
                        self.inlines(&cell.content);
                    }
                }
                BlockKind::Drawing { drawing, caption, .. } => {
                    if let Some(drawing) = drawing {
                        (self.see)(Piece::Drawing { span: block.span, drawing });
                    }
                    self.inlines(caption);
                }
                BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        for inline in content {
            (self.see)(Piece::Inline(inline));
            match &inline.kind {
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strikethrough(inner)
                | InlineKind::Link { content: inner, .. } => self.inlines(inner),
                InlineKind::FootnoteRef(label) => self.footnote(label),
                _ => {}
            }
        }
    }

    fn footnote(&mut self, label: &'a str) {
        if self.seen.insert(label)
            && let Some(footnote) = self.footnotes.get(label).copied()
        {
            self.blocks(&footnote.blocks);
        }
    }
}
