//! The body of a page: places in order and within what holds them, the same tree wherever the text stands, statements of words that are there.

use super::told::{Sheet, text};
use sourcebook::diagnostic::Code;
use sourcebook::ledger;
use sourcebook::markdown::tree::{Block, BlockKind, Cell, Inline, InlineKind};
use sourcebook::markdown::{Origin, parse, parse_inlines};
use sourcebook::span::Span;

pub fn run(bytes: &[u8]) {
    let sheet = Sheet::new("page.md", &text(bytes));
    let origin = Origin::Verbatim { file: sheet.file, offset: 0 };
    let parsed = parse(sheet.text(), origin);
    let whole = Span::new(sheet.file, 0, sheet.text().len());
    blocks(&sheet, &parsed.value.blocks, whole);
    for footnote in &parsed.value.footnotes {
        within(&sheet, footnote.span, whole, "footnote");
        blocks(&sheet, &footnote.blocks, footnote.span);
    }
    sheet.hold(&parsed.diagnostics);
    let panicked = parsed.diagnostics.iter().find(|found| found.code == Code::SB108);
    assert!(panicked.is_none(), "the library under the parser has panicked");
    for claim in ledger::claims(&parsed.value) {
        sheet.hold_span(claim.span, "statement");
    }
    // Where a text stands moves the places and nothing else.
    let moved = parse(sheet.text(), Origin::Whole(whole));
    assert_eq!(moved.value.blocks.len(), parsed.value.blocks.len());
    assert_eq!(moved.diagnostics.len(), parsed.diagnostics.len());

    let line = parse_inlines(sheet.text(), origin);
    inlines(&sheet, &line.value.0, whole);
    sheet.hold(&line.diagnostics);
}

fn within(sheet: &Sheet, span: Span, parent: Span, what: &str) {
    sheet.hold_span(span, what);
    assert!(parent.start <= span.start && span.end <= parent.end, "{what} {span:?} leaves {parent:?}");
}

fn blocks(sheet: &Sheet, blocks_in_order: &[Block], parent: Span) {
    let mut last = parent.start;
    for block in blocks_in_order {
        within(sheet, block.span, parent, "block");
        assert!(last <= block.span.start, "blocks out of order: {block:?}");
        last = block.span.end;
        match &block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Drawing { caption: content, .. } => inlines(sheet, content, block.span),
            BlockKind::List { items, .. } => {
                for item in items {
                    within(sheet, item.span, block.span, "item");
                    blocks(sheet, &item.blocks, item.span);
                }
            }
            BlockKind::Quote(inner) => blocks(sheet, inner, block.span),
            BlockKind::Callout { title, blocks: inner, .. } => {
                inlines(sheet, title, block.span);
                blocks(sheet, inner, block.span);
            }
            BlockKind::Table { head, rows, .. } => {
                cells(sheet, head, block.span);
                for row in rows {
                    within(sheet, row.span, block.span, "row");
                    cells(sheet, &row.cells, row.span);
                }
            }
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn cells(sheet: &Sheet, cells: &[Cell], parent: Span) {
    for cell in cells {
        within(sheet, cell.span, parent, "cell");
        inlines(sheet, &cell.content, cell.span);
    }
}

fn inlines(sheet: &Sheet, inlines_in_order: &[Inline], parent: Span) {
    let mut last = parent.start;
    for inline in inlines_in_order {
        within(sheet, inline.span, parent, "inline");
        assert!(last <= inline.span.start, "inlines out of order: {inline:?}");
        last = inline.span.end;
        match &inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => inlines(sheet, inner, inline.span),
            InlineKind::Cite(group) => {
                assert!(!group.cites.is_empty(), "a bracket without a citation");
                for cite in &group.cites {
                    within(sheet, cite.span, inline.span, "citation");
                    within(sheet, cite.key_span, cite.span, "key");
                    assert!(
                        sheet.files.slice(cite.key_span).contains(cite.source.as_str()),
                        "{cite:?} stands elsewhere"
                    );
                }
            }
            InlineKind::Text(words) => assert!(!words.is_empty(), "a text without words"),
            _ => {}
        }
    }
}
