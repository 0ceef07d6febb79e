//! SB601: contested points show more than one side.

use crate::book::{Book, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::tree::{Block, BlockKind, CalloutKind};

/// A position stands beside another one.
pub(super) fn page(_book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    blocks(&version.page.body.blocks, diagnostics);
}

fn blocks(blocks: &[Block], diagnostics: &mut Vec<Diagnostic>) {
    for run in blocks.chunk_by(|a, b| is_position(a) && is_position(b)) {
        if let [alone] = run
            && is_position(alone)
        {
            diagnostics.push(Diagnostic::new(Code::SB601, alone.span, "a position stands alone").help(
                "write the other side's position right after it, as another `> [!position]`; or use `> [!note]`",
            ));
        }
    }
    for block in blocks {
        match &block.kind {
            BlockKind::Quote(inner) | BlockKind::Callout { blocks: inner, .. } => self::blocks(inner, diagnostics),
            BlockKind::List { items, .. } => items.iter().for_each(|item| self::blocks(&item.blocks, diagnostics)),
            _ => {}
        }
    }
}

fn is_position(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Callout { kind: CalloutKind::Position, .. })
}
