//! The ledger: which statements of a page show a source, and which do not.
//!
//! 1. [`line`] flattens a paragraph into characters with their places, and marks between them: citations, figures, footnotes that cite.
//! 2. [`sentences`] finds where sentences end. A row of a table is one statement, whatever its cells hold.
//! 3. A mark covers its own sentence and those before it, back to the previous mark or the paragraph's start. So what is left over are
//!    the sentences after the last mark; a lead-in that ends with a colon takes its sources from the list, table or positions after it.
//!
//! Says what is, and judges nothing: diagnostics are made by whoever asks. Uses `markdown`, `letters` and `span`.

mod line;
mod sentences;

use std::collections::BTreeSet;
use std::ops::{Add, AddAssign, Range};

use crate::ids::SourceId;
use crate::markdown::tree::{
    Block, BlockKind, CalloutKind, Document, DrawingKind, FigureRef, Inline, InlineKind, Row, Uncited,
};
use crate::span::Span;

use line::{Line, Mark};

/// A statement: a sentence, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// From its first byte to its last.
    pub span: Span,
    /// What it says, without marks.
    pub words: Vec<Word>,
    /// Whether it shows a source.
    pub coverage: Coverage,
    /// The citations, figures and footnotes that cover it.
    pub marks: Vec<Span>,
}

/// A stretch of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Words of the page.
    Text(Box<str>),
    /// A number, which every language writes in its own way.
    Figure(Box<FigureRef>),
    /// The name of a source's author.
    Author(SourceId),
}

impl Claim {
    /// What it says, with ids for numbers and names: for editors, who know them.
    pub fn text(&self) -> String {
        let words = self.words.iter().map(|word| match word {
            Word::Text(text) => text.to_string(),
            Word::Figure(figure) => format!("[={}]", figure.id),
            Word::Author(source) => format!("@{source}"),
        });
        words.collect()
    }
}

/// Whether a statement shows a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// It does.
    Covered,
    /// Its editor says that it needs none.
    Exempt {
        /// Why.
        reason: String,
    },
    /// Its editor asks for one: `[@? …]`, which is reported by itself.
    Needed,
    /// It does not.
    Uncovered,
}

/// How many statements show a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All statements.
    pub total: usize,
    /// Those with a source.
    pub covered: usize,
    /// Those whose editor says that they need none.
    pub exempt: usize,
    /// Those without, asked for or not.
    pub uncovered: usize,
}

impl Tally {
    /// Of the statements that need a source, the share that shows one, from 0 to 1; 1 where none needs one.
    #[allow(clippy::cast_precision_loss, reason = "no site has 2⁵³ sentences")]
    pub fn share(self) -> f64 {
        match self.covered + self.uncovered {
            0 => 1.0,
            needing => self.covered as f64 / needing as f64,
        }
    }
}

impl<'a> FromIterator<&'a Claim> for Tally {
    fn from_iter<I: IntoIterator<Item = &'a Claim>>(claims: I) -> Self {
        let mut tally = Self::default();
        for claim in claims {
            tally.total += 1;
            match claim.coverage {
                Coverage::Covered => tally.covered += 1,
                Coverage::Exempt { .. } => tally.exempt += 1,
                Coverage::Needed | Coverage::Uncovered => tally.uncovered += 1,
            }
        }
        tally
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            total: self.total + other.total,
            covered: self.covered + other.covered,
            exempt: self.exempt + other.exempt,
            uncovered: self.uncovered + other.uncovered,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Self::add)
    }
}

/// The statements of a page, in the order of the file, footnotes among them.
pub fn claims(document: &Document) -> Vec<Claim> {
    let citing: BTreeSet<&str> = document
        .footnotes
        .iter()
        .filter(|footnote| blocks_cite(&footnote.blocks))
        .map(|footnote| footnote.label.as_str())
        .collect();
    let reader = Reader { cites: &|label| citing.contains(label) };
    let mut claims = reader.blocks(&document.blocks, None);
    for footnote in &document.footnotes {
        claims.extend(reader.blocks(&footnote.blocks, None));
    }
    claims.sort_by_key(|claim| claim.span);
    claims
}

/// The statements of one line, such as a summary or a key fact.
pub fn claims_of_line(content: &[Inline], uncited: Option<&Uncited>) -> Vec<Claim> {
    let (mut claims, _) = Reader { cites: &|_| false }.sentences(content);
    exempt(&mut claims, uncited);
    claims
}

/// What a line or a cell says, without marks.
pub fn words_of(content: &[Inline]) -> Vec<Word> {
    let mut line = Line::default();
    line.add(content, &|_| false);
    line.words(line.trimmed())
}

struct Reader<'a> {
    /// Whether the footnote of that label holds a source.
    cites: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    /// The statements of blocks that follow one another; `outer` is the word of the block around them that they need no source.
    fn blocks(&self, blocks: &[Block], outer: Option<&Uncited>) -> Vec<Claim> {
        let mut all = Vec::new();
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            let uncited = block.uncited.as_ref().or(outer);
            match &block.kind {
                BlockKind::Paragraph(content) => {
                    let (mut claims, leads_in) = self.sentences(content);
                    let (led_in, after) = after.split_at(if leads_in { length_of_led_in(after) } else { 0 });
                    rest = after;
                    let inner = self.blocks(led_in, outer);
                    if let Some(lead_in) = claims.last_mut() {
                        cover_lead_in(lead_in, led_in, &inner);
                    }
                    exempt(&mut claims, uncited);
                    all.extend(claims);
                    all.extend(inner);
                }
                BlockKind::List { items, .. } => {
                    all.extend(items.iter().flat_map(|item| self.blocks(&item.blocks, uncited)));
                }
                BlockKind::Quote(inner) | BlockKind::Callout { blocks: inner, .. } => {
                    all.extend(self.blocks(inner, uncited));
                }
                BlockKind::Table { rows, .. } => {
                    let mut claims: Vec<Claim> = rows.iter().filter_map(|row| self.row(row)).collect();
                    exempt(&mut claims, uncited);
                    all.extend(claims);
                }
                BlockKind::Heading { .. }
                | BlockKind::Code { .. }
                | BlockKind::Rule
                | BlockKind::Drawing { .. }
                | BlockKind::Html(_) => {}
            }
        }
        all
    }

    /// The sentences of a paragraph, and whether the last of them leads in what follows.
    fn sentences(&self, content: &[Inline]) -> (Vec<Claim>, bool) {
        let mut line = Line::default();
        line.add(content, self.cites);
        let mut ranges = sentences::sentences(&line.shape);
        ranges.retain(|range| line.says_something(range.clone()));
        // A mark belongs to the last sentence that begins before it; one before all of them to the first.
        let mut marks: Vec<Vec<Mark>> = vec![Vec::new(); ranges.len()];
        for mark in &line.marks {
            let after = ranges.partition_point(|range| range.start < mark.at);
            if let Some(own) = marks.get_mut(after.saturating_sub(1)) {
                own.push(*mark);
            }
        }
        let mut claims = Vec::with_capacity(ranges.len());
        let mut next_mark = None;
        for (range, marks) in ranges.into_iter().zip(marks).rev() {
            let Some(mut claim) = claim(&line, range, &marks) else { continue };
            match next_mark {
                Some(mark) if claim.coverage == Coverage::Uncovered => {
                    claim.coverage = Coverage::Covered;
                    claim.marks.push(mark);
                }
                _ => next_mark = claim.marks.first().copied().or(next_mark),
            }
            claims.push(claim);
        }
        claims.reverse();
        (claims, line.ends_with_colon())
    }

    /// A row of a table is one statement: its cells make sense together only.
    fn row(&self, row: &Row) -> Option<Claim> {
        let mut line = Line::default();
        for cell in &row.cells {
            line.separate(cell.span);
            line.add(&cell.content, self.cites);
        }
        let range = line.trimmed();
        line.says_something(range.clone()).then(|| claim(&line, range, &line.marks)).flatten()
    }
}

/// A statement with the marks that stand in it.
fn claim(line: &Line, range: Range<usize>, marks: &[Mark]) -> Option<Claim> {
    let own: Vec<Span> = marks.iter().filter(|mark| !mark.needed).map(|mark| mark.span).collect();
    let coverage = match (own.is_empty(), marks.is_empty()) {
        (false, _) => Coverage::Covered,
        (true, false) => Coverage::Needed,
        (true, true) => Coverage::Uncovered,
    };
    Some(Claim { span: line.span(range.clone())?, words: line.words(range), coverage, marks: own })
}

/// How many of the blocks after a lead-in it leads in: one list, table, quotation or drawing, or all positions in a row.
pub fn length_of_led_in(blocks: &[Block]) -> usize {
    let is_position = |block: &&Block| matches!(block.kind, BlockKind::Callout { kind: CalloutKind::Position, .. });
    match blocks.first().map(|block| &block.kind) {
        Some(BlockKind::List { .. } | BlockKind::Table { .. } | BlockKind::Quote(_) | BlockKind::Drawing { .. }) => 1,
        _ => blocks.iter().take_while(is_position).count(),
    }
}

/// A lead-in without a mark of its own shows what everything that it leads in shows.
fn cover_lead_in(lead_in: &mut Claim, blocks: &[Block], inner: &[Claim]) {
    if lead_in.coverage != Coverage::Uncovered {
        return;
    }
    let drawn = blocks
        .first()
        .filter(|block| matches!(block.kind, BlockKind::Drawing { kind, .. } if kind != DrawingKind::Map));
    if let Some(Block { span, .. }) = drawn {
        // What is drawn is a record, and brings its sources with it. A map has none.
        lead_in.coverage = Coverage::Covered;
        lead_in.marks.push(*span);
        return;
    }
    let open = |claim: &Claim| matches!(claim.coverage, Coverage::Needed | Coverage::Uncovered);
    if inner.iter().any(open) {
        return;
    }
    // Covered where anything after it is; exempt as what follows where nothing is.
    let Some(model) = inner.iter().find(|claim| claim.coverage == Coverage::Covered).or(inner.first()) else { return };
    lead_in.coverage = model.coverage.clone();
    lead_in.marks = inner.iter().flat_map(|claim| claim.marks.iter().copied()).collect();
    lead_in.marks.dedup();
}

fn exempt(claims: &mut [Claim], uncited: Option<&Uncited>) {
    let Some(uncited) = uncited else { return };
    for claim in claims.iter_mut().filter(|claim| claim.coverage == Coverage::Uncovered) {
        claim.coverage = Coverage::Exempt { reason: uncited.reason.clone() };
    }
}

/// Whether blocks hold a citation or a figure.
fn blocks_cite(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Paragraph(content) => inlines_cite(content),
        BlockKind::List { items, .. } => items.iter().any(|item| blocks_cite(&item.blocks)),
        BlockKind::Quote(blocks) | BlockKind::Callout { blocks, .. } => blocks_cite(blocks),
        BlockKind::Table { rows, .. } => rows.iter().flat_map(|row| &row.cells).any(|cell| inlines_cite(&cell.content)),
        BlockKind::Heading { .. }
        | BlockKind::Code { .. }
        | BlockKind::Rule
        | BlockKind::Drawing { .. }
        | BlockKind::Html(_) => false,
    })
}

fn inlines_cite(content: &[Inline]) -> bool {
    content.iter().any(|inline| match &inline.kind {
        InlineKind::Cite(_) | InlineKind::Figure(_) => true,
        InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
            inlines_cite(inner)
        }
        InlineKind::Link { content, .. } => inlines_cite(content),
        _ => false,
    })
}

#[cfg(test)]
mod tests;
