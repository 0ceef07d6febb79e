//! What a page says, section by section, in words alone.

use crate::book::{Book, View};
use crate::manuscript::Line;
use crate::markdown::tree::{Block, BlockKind, Inline, InlineKind};
use crate::site::words;

/// A section of a page.
#[derive(Debug)]
pub(super) struct Section {
    /// Its heading's place on the page and words; none for what stands before the first heading.
    pub(super) heading: Option<(String, String)>,
    /// What it says.
    pub(super) text: String,
}

/// The sections of a page, what stands before the first heading first: its summary and key facts among it.
pub(super) fn sections(book: &Book, view: View<'_>) -> Vec<Section> {
    let page = &view.version.page;
    let mut teller = Teller { book, view, text: String::new() };
    for Line { content, .. } in page.summary.iter().chain(&page.key_facts) {
        teller.line(content);
    }
    let mut sections = Vec::new();
    let mut heading = None;
    let mut outline = view.version.outline.iter();
    for block in &page.body.blocks {
        if let BlockKind::Heading { content, .. } = &block.kind {
            sections.push(Section { heading: heading.take(), text: std::mem::take(&mut teller.text) });
            heading = outline.next().map(|found| (found.id.clone(), words::told(content, view, book)));
        } else {
            teller.block(block);
        }
    }
    sections.push(Section { heading, text: teller.text });
    sections
}

struct Teller<'a> {
    book: &'a Book,
    view: View<'a>,
    text: String,
}

impl Teller<'_> {
    fn line(&mut self, content: &[Inline]) {
        let told = words::told(content, self.view, self.book);
        if !told.is_empty() && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&told);
        self.footnotes(content);
    }

    /// Footnotes are told after the line that refers to them.
    fn footnotes(&mut self, content: &[Inline]) {
        let mut labels = Vec::new();
        crate::book::reading::within(content, &mut |inline| {
            if let InlineKind::FootnoteRef(label) = &inline.kind {
                labels.push(label.clone());
            }
        });
        let footnotes = &self.view.version.page.body.footnotes;
        for note in footnotes.iter().filter(|note| labels.contains(&note.label)) {
            for block in note.blocks.iter().filter(|block| !refers(block)) {
                self.block(block);
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.line(content),
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Quote(blocks) => self.blocks(blocks),
            BlockKind::Callout { title, blocks, .. } => {
                self.line(title);
                self.blocks(blocks);
            }
            BlockKind::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flat_map(|row| &row.cells)).for_each(|cell| self.line(&cell.content));
            }
            BlockKind::Drawing { caption, .. } => self.line(caption),
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

/// Whether a footnote refers to footnotes, which could refer to it.
fn refers(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(content) => {
            let mut refers = false;
            crate::book::reading::within(content, &mut |inline| {
                refers |= matches!(inline.kind, InlineKind::FootnoteRef(_));
            });
            refers
        }
        _ => true,
    }
}
