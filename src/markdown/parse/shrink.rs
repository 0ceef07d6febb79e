//! Gives back the room that a tree was built in and does not need any more.

use crate::exact::{fit, fit_text};
use crate::markdown::citation::CiteGroup;
use crate::markdown::tree::{Block, BlockKind, Cell, Document, Inline, InlineKind};

pub(super) fn document(document: &mut Document) {
    blocks(&mut document.blocks);
    for footnote in &mut document.footnotes {
        blocks(&mut footnote.blocks);
    }
    fit(&mut document.footnotes);
}

fn blocks(blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut() {
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => inlines(content),
            BlockKind::List { items, .. } => {
                for item in items.iter_mut() {
                    self::blocks(&mut item.blocks);
                }
                fit(items);
            }
            BlockKind::Quote(inner) => self::blocks(inner),
            BlockKind::Callout { title, blocks, .. } => {
                inlines(title);
                self::blocks(blocks);
            }
            BlockKind::Table { head, rows, .. } => {
                cells(head);
                for row in rows.iter_mut() {
                    cells(&mut row.cells);
                }
                fit(rows);
            }
            BlockKind::Code { text, .. } | BlockKind::Html(text) => fit_text(text),
            BlockKind::Drawing { caption, .. } => inlines(caption),
            BlockKind::Rule => {}
        }
    }
    fit(blocks);
}

fn cells(cells: &mut Vec<Cell>) {
    for cell in cells.iter_mut() {
        inlines(&mut cell.content);
    }
    fit(cells);
}

pub(super) fn inlines(inlines: &mut Vec<Inline>) {
    for inline in inlines.iter_mut() {
        match &mut inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Html(text) => fit_text(text),
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Link { content, .. } => self::inlines(content),
            InlineKind::Cite(group) => cites(group),
            InlineKind::Image { .. }
            | InlineKind::CitationNeeded { .. }
            | InlineKind::Figure(_)
            | InlineKind::FootnoteRef(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => {}
        }
    }
    fit(inlines);
}

fn cites(group: &mut CiteGroup) {
    fit(&mut group.cites);
}
