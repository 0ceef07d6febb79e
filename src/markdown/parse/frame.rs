//! Open nodes: what each is, and what it holds so far.

use super::address::Refusal;
use super::source::Run;
use crate::markdown::tree::{
    Alignment, Block, CalloutKind, Cell, DrawingKind, DrawingRef, Inline, Item, Row, Target, Uncited,
};
use std::ops::Range;

/// An open node: what it is, and what it holds so far.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    /// Words that wait to be read.
    pub(super) run: Run,
    /// From the first inline to the last.
    pub(super) extent: Option<Range<usize>>,
    /// The comment at the end of the inlines.
    pub(super) uncited: Option<Uncited>,
    /// A drawing that stands alone so far.
    pub(super) drawing: Option<Drawing>,
}

/// An image whose address asks for a drawing.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) range: Range<usize>,
    pub(super) url: String,
    pub(super) kind: DrawingKind,
    /// Which; or why that cannot be read.
    pub(super) which: Result<DrawingRef, Refusal>,
    pub(super) caption: Vec<Inline>,
}

/// What a frame becomes.
#[derive(Debug)]
pub(super) enum Kind {
    Root,
    Quote { callout: Option<(CalloutKind, Vec<Inline>)>, uncited: Option<Uncited> },
    List { start: Option<u64>, loose: bool, items: Vec<Item> },
    Item,
    Footnote { label: String, repeated: bool },
    Table { alignments: Vec<Alignment>, head: Vec<Cell>, rows: Vec<Row>, uncited: Option<Uncited> },
    Row { head: bool, cells: Vec<Cell> },
    Cell,
    Paragraph { callout: Option<CalloutKind> },
    Heading { level: u8, id: Option<String> },
    Code { language: String, text: String },
    Html,
    Emphasis,
    Strong,
    Strikethrough,
    Link(Target),
    Image { url: String },
}

impl Kind {
    /// Whether blocks stand in it; inlines in it are a paragraph that was not announced.
    pub(super) fn holds_blocks(&self) -> bool {
        matches!(self, Self::Root | Self::Quote { .. } | Self::Item | Self::Footnote { .. })
    }
}

impl Frame {
    pub(super) fn new(kind: Kind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            blocks: Vec::new(),
            inlines: Vec::new(),
            run: Run::default(),
            extent: None,
            uncited: None,
            drawing: None,
        }
    }
}
