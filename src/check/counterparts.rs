//! SB316: where counts differ, both stand side by side.
//!
//! A figure with `counter-figures` is shown with one of them beside it, at one place of the page at least: in the same block (a paragraph,
//! a list, a table, a callout, a chart) or in the block before or after it under the same heading. The summary and the key facts of a page
//! are one block. A figure that names this one among its own does as well. A date alone (`:asof`) or a name (`:by`) shows no figure. All of them stand in the figure's card.

use crate::book::{Book, Version, reading};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::FigureId;
use crate::markdown::tree::{Block, BlockKind, DrawingKind, FigureForm, Inline, InlineKind};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What is seen at one glance: the figures of a block, each with its first mark.
type Glance<'a> = BTreeMap<&'a FigureId, Span>;

/// Every figure of a page has its counter-figures beside it.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let sections = sections(book, version);
    let mut first: BTreeMap<&FigureId, Span> = BTreeMap::new();
    let mut beside: BTreeMap<&FigureId, BTreeSet<&FigureId>> = BTreeMap::new();
    for section in &sections {
        for (at, glance) in section.iter().enumerate() {
            let around = section.iter().skip(at.saturating_sub(1)).take(if at == 0 { 2 } else { 3 });
            let near: BTreeSet<&FigureId> = around.flat_map(BTreeMap::keys).copied().collect();
            for (id, span) in glance {
                first.entry(id).or_insert(*span);
                beside.entry(id).or_default().extend(&near);
            }
        }
    }
    for (id, span) in first {
        let Some(figure) = book.library.figure_by_id(id) else { continue };
        let counters = figure.counter_figures.iter().map(|counter| &counter.value);
        let counters: Vec<&FigureId> =
            counters.filter(|counter| book.library.figure_by_id(counter).is_some()).collect();
        let names_it = |other: &FigureId| {
            let other = book.library.figure_by_id(other);
            other.is_some_and(|other| other.counter_figures.iter().any(|counter| counter.value == *id))
        };
        let is_answered =
            beside.get(id).is_some_and(|near| near.iter().any(|other| counters.contains(other) || names_it(other)));
        if !counters.is_empty() && !is_answered {
            let names: Vec<String> = counters.iter().map(|counter| format!("`{counter}`")).collect();
            let message = format!("the figure `{id}` stands alone here; beside it belongs {}", names.join(" or "));
            diagnostics.push(
                Diagnostic::new(Code::SB316, span, message)
                    .help("show it in the same paragraph or table, or in the one before or after, with who counted")
                    .related(figure.span, "the record is here"),
            );
        }
    }
}

/// The blocks between two headings, in order; the head of the page first.
fn sections<'a>(book: &'a Book, version: &'a Version) -> Vec<Vec<Glance<'a>>> {
    let mut head = Glance::new();
    for line in version.page.summary.iter().chain(&version.page.key_facts) {
        reading::within(&line.content, &mut |inline| see(inline, &mut head));
    }
    let mut sections = vec![vec![head], Vec::new()];
    for block in &version.page.body.blocks {
        if matches!(block.kind, BlockKind::Heading { .. }) {
            sections.push(Vec::new());
        }
        if let Some(section) = sections.last_mut() {
            section.push(glance(book, block));
        }
    }
    for footnote in &version.page.body.footnotes {
        sections.push(footnote.blocks.iter().map(|block| glance(book, block)).collect());
    }
    sections
}

fn glance<'a>(book: &'a Book, block: &'a Block) -> Glance<'a> {
    let mut glance = Glance::new();
    reading::within_blocks(std::slice::from_ref(block), &mut |inline| see(inline, &mut glance));
    if let BlockKind::Drawing { kind: DrawingKind::Chart, drawing: Some(drawing), .. } = &block.kind
        && let Some(chart) = book.library.chart(&drawing.id)
    {
        for figure in &chart.figures {
            glance.entry(&figure.value).or_insert(block.span);
        }
    }
    glance
}

fn see<'a>(inline: &'a Inline, glance: &mut Glance<'a>) {
    if let InlineKind::Figure(reference) = &inline.kind
        && !matches!(reference.form, FigureForm::AsOf | FigureForm::By)
    {
        glance.entry(&reference.id).or_insert(inline.span);
    }
}
