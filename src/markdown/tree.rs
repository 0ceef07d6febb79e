//! The tree of a page: what its author wrote, typed. Made by [`super::parse`], never changed afterwards.

use crate::date::Date;
use crate::ids::{ActorId, DrawingId, EventId, FigureId, TermId};
use crate::markdown::citation::CiteGroup;
use crate::span::Span;

/// A page's body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks in order. Footnote definitions are not among them.
    pub blocks: Vec<Block>,
    /// Footnotes in the order of their definition.
    pub footnotes: Vec<Footnote>,
}

/// A footnote's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// The name between `[^` and `]`.
    pub label: String,
    /// The whole definition.
    pub span: Span,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// From the block's first byte to its last.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// `<!-- uncited: reason -->` at its end.
    pub uncited: Option<Uncited>,
}

/// The editor's word that a block needs no source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncited {
    /// The comment.
    pub span: Span,
    /// Why.
    pub reason: String,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// `## Words {#id}`
    Heading {
        /// 1 to 6.
        level: u8,
        /// The id in braces.
        id: Option<String>,
        /// The words.
        content: Vec<Inline>,
    },
    /// Running text. Also the text of a tight list item.
    Paragraph(Vec<Inline>),
    /// A list; each item is a list of blocks.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Whether the items stand without blank lines between them.
        tight: bool,
        /// The items.
        items: Vec<Item>,
    },
    /// `> quoted`
    Quote(Vec<Block>),
    /// `> [!kind] title`
    Callout {
        /// Which.
        kind: CalloutKind,
        /// The words after the bracket.
        title: Vec<Inline>,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// One per column.
        alignments: Vec<Alignment>,
        /// The head's cells.
        head: Vec<Cell>,
        /// The rows.
        rows: Vec<Row>,
    },
    /// A code block with the word after its fence.
    Code {
        /// The language, empty where none is given.
        language: String,
        /// The text.
        text: String,
    },
    /// A thematic break.
    Rule,
    /// `![caption](chart:id)` alone in its paragraph.
    Drawing {
        /// What is drawn.
        kind: DrawingKind,
        /// Which; `None` where the address is malformed.
        drawing: Option<DrawingRef>,
        /// The caption.
        caption: Vec<Inline>,
    },
    /// HTML that was refused (a diagnostic says so); kept as text so that nothing is lost.
    Html(String),
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The item with its mark.
    pub span: Span,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The cell without its bars.
    pub span: Span,
    /// What it says.
    pub content: Vec<Inline>,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the text runs.
    None,
    /// To the start of the line.
    Start,
    /// In the middle.
    Center,
    /// To the end of the line.
    End,
}

/// The kinds of callouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalloutKind {
    /// One side of a contested point.
    Position,
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// What is not known.
    Unknown,
    /// A correction.
    Correction,
}

impl CalloutKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Position, Self::Note, Self::Warning, Self::Unknown, Self::Correction];

    /// The word in the bracket.
    pub fn name(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Unknown => "unknown",
            Self::Correction => "correction",
        }
    }

    /// Reads the word in the bracket, in any case.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name().eq_ignore_ascii_case(word))
    }
}

/// What can be drawn when the site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DrawingKind {
    /// `chart:`
    Chart,
    /// `timeline:`
    Timeline,
    /// `map:`
    Map,
    /// `facts:`: the fact box of an actor
    Facts,
    /// `leaders:`: who leads or led an actor
    Leaders,
    /// `designations:`: who lists an actor as what
    Designations,
    /// `actors:`: a group of actors, compared
    Actors,
    /// `who:`: a group of actors, each a card
    Who,
}

impl DrawingKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Chart,
        Self::Timeline,
        Self::Map,
        Self::Facts,
        Self::Leaders,
        Self::Designations,
        Self::Actors,
        Self::Who,
    ];

    /// The word before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chart => "chart",
            Self::Timeline => "timeline",
            Self::Map => "map",
            Self::Facts => "facts",
            Self::Leaders => "leaders",
            Self::Designations => "designations",
            Self::Actors => "actors",
            Self::Who => "who",
        }
    }
}

/// `timeline:war@2023-10-07/2024-06-30`: what is drawn, which, and of what time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawingRef {
    /// What is drawn.
    pub kind: DrawingKind,
    /// Its record; of a timeline, a theme or `all`.
    pub id: DrawingId,
    /// The time to which a timeline is limited.
    pub period: Option<Date>,
}

/// Words and marks within a line, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// From the first byte to the last.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inlines. What is large and seldom is apart: there are a hundred on a page, and each takes the room of the largest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    /// Words.
    Text(String),
    /// `code`
    Code(String),
    /// *emphasis*
    Emphasis(Vec<Inline>),
    /// **strong**
    Strong(Vec<Inline>),
    /// ~~struck~~
    Strikethrough(Vec<Inline>),
    /// `[words](target)`
    Link {
        /// Where it goes.
        target: Box<Target>,
        /// The words.
        content: Vec<Inline>,
    },
    /// `![words](file)` within text.
    Image {
        /// The address as written, a path in `static/` or beside the page.
        url: Box<str>,
        /// The words that stand for the picture.
        description: Box<str>,
    },
    /// One or more citations in one bracket, or one in the sentence.
    Cite(CiteGroup),
    /// `[@? reason]`
    CitationNeeded {
        /// What is asked for.
        reason: String,
    },
    /// `[=figure:form]`
    Figure(Box<FigureRef>),
    /// `[^label]`
    FootnoteRef(String),
    /// A line break in the file that is none on the page.
    SoftBreak,
    /// A line break.
    HardBreak,
    /// HTML that was refused; kept as text.
    Html(String),
}

/// Where a link goes, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `https://…` or `mailto:…`, exactly as written, known to be of an allowed kind.
    External(String),
    /// `../actors/hamas.md#leaders`: a path relative to the file, and a place in that page.
    Page {
        /// The path before `#`.
        path: String,
        /// The place after `#`.
        anchor: Option<String>,
    },
    /// `#leaders`: a place in this page.
    Anchor(String),
    /// `term:nakba`
    Term(TermId),
    /// `event:oslo-1993`
    Event(EventId),
    /// `actor:hamas`
    Actor(ActorId),
    /// What could not be read or is not allowed; a diagnostic says so, and only the words are shown.
    Refused(String),
}

/// `[=id@point:form]`
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureRef {
    /// The figure or series.
    pub id: FigureId,
    /// Which point of a series.
    pub point: Option<SeriesPoint>,
    /// How it is written out.
    pub form: FigureForm,
}

/// Which point of a series.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SeriesPoint {
    /// `@2023-12-17`, as written; whether it is a date that the series has is for the linker.
    At(String),
    /// `:latest`
    Latest,
}

/// How a figure is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum FigureForm {
    /// The number.
    #[default]
    Value,
    /// The number and what is counted.
    Short,
    /// The number, what is counted, the date and who counted.
    Full,
    /// The date.
    AsOf,
    /// Who counted.
    By,
    /// The interval.
    Range,
}

impl FigureForm {
    /// Every form with the word that asks for it.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("value", Self::Value),
        ("short", Self::Short),
        ("full", Self::Full),
        ("asof", Self::AsOf),
        ("by", Self::By),
        ("range", Self::Range),
    ];
}
