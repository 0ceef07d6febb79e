//! A page → its passages: what a translator translates one by one.
//!
//! Title, summary and key facts are passages like those of the body. Whatever holds others (a list, a quotation, a callout, a table) is taken
//! apart: an item, a paragraph, a row is a passage. Each has a place that people can read (`leaders/row-3`), the wording without the signs of
//! what holds it (`> `, indentation), and the bytes that a new wording takes the place of.

use super::hash::Hash;
use super::marks::Marks;
use crate::markdown::tree::{Block as Piece, BlockKind, CalloutKind, Document, Inline};
use crate::span::{FileId, Span};
use crate::workspace::front_matter::FrontMatter;
use std::collections::BTreeMap;
use std::fmt;

/// What a passage is. Passages of two kinds are never taken for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The page's title.
    Title,
    /// The sentences under it.
    Summary,
    /// A key fact.
    KeyFact,
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// The text of an item of a list.
    Item,
    /// The text of a quotation.
    Quotation,
    /// The head of a callout: its kind, and its title where it has one.
    Callout(CalloutKind),
    /// The text of a callout.
    Within(CalloutKind),
    /// The head of a table.
    TableHead,
    /// A row of a table.
    Row,
    /// A block of code.
    Code,
    /// A chart, a timeline or a map with its caption.
    Drawing,
    /// The text of a footnote.
    Footnote,
}

impl Kind {
    const PLAIN: &'static [Self] = &[
        Self::Title,
        Self::Summary,
        Self::KeyFact,
        Self::Heading,
        Self::Paragraph,
        Self::Item,
        Self::Quotation,
        Self::TableHead,
        Self::Row,
        Self::Code,
        Self::Drawing,
        Self::Footnote,
    ];

    /// Its word in the place of a passage.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::KeyFact => "key-fact",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Quotation => "quotation",
            Self::Callout(CalloutKind::Position) => "position-head",
            Self::Callout(CalloutKind::Note) => "note-head",
            Self::Callout(CalloutKind::Warning) => "warning-head",
            Self::Callout(CalloutKind::Unknown) => "unknown-head",
            Self::Callout(CalloutKind::Correction) => "correction-head",
            Self::Within(kind) => kind.name(),
            Self::TableHead => "table-head",
            Self::Row => "row",
            Self::Code => "code",
            Self::Drawing => "drawing",
            Self::Footnote => "footnote",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        let callouts = CalloutKind::ALL.iter().flat_map(|kind| [Self::Callout(*kind), Self::Within(*kind)]);
        Self::PLAIN.iter().copied().chain(callouts).find(|kind| kind.name() == word)
    }

    /// Whether it stands in the front matter.
    pub fn is_head(self) -> bool {
        matches!(self, Self::Title | Self::Summary | Self::KeyFact)
    }

    /// Whether it is part of a correction, which readers of every language must see.
    pub fn is_correction(self) -> bool {
        matches!(self, Self::Callout(CalloutKind::Correction) | Self::Within(CalloutKind::Correction))
    }

    /// Whether its wording is read as Markdown.
    pub fn is_markdown(self) -> bool {
        !matches!(self, Self::Title | Self::Code)
    }
}

/// The place of a passage: its section, its kind, and which of its kind it is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The id of the heading that it stands under; empty before the first.
    pub section: String,
    /// What it is.
    pub kind: Kind,
    /// From 1.
    pub ordinal: usize,
}

impl At {
    /// Reads a place such as `leaders/row-3`, `/paragraph-1` or `key-fact-2`.
    pub fn parse(text: &str) -> Option<Self> {
        let (section, rest) = text.rsplit_once('/').unwrap_or(("", text));
        let (name, ordinal) = match rest.rsplit_once('-') {
            Some((name, digits)) if Kind::parse(rest).is_none() => (name, digits.parse().ok()?),
            _ => (rest, 1),
        };
        let kind = Kind::parse(name)?;
        let at = Self { section: section.to_owned(), kind, ordinal };
        (ordinal > 0 && at.to_string() == text).then_some(at)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.kind.name();
        match self.kind {
            Kind::Title | Kind::Summary => f.write_str(name),
            Kind::KeyFact => write!(f, "{name}-{}", self.ordinal),
            Kind::Heading => write!(f, "{}/{name}", self.section),
            _ => write!(f, "{}/{name}-{}", self.section, self.ordinal),
        }
    }
}

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, for people.
    pub at: At,
    /// The bytes that a new wording takes the place of.
    pub span: Span,
    /// The level of a heading; 0 for everything else.
    pub level: u8,
    /// Its wording.
    pub text: String,
    /// The name of its wording.
    pub hash: Hash,
    /// What must be the same in every language.
    pub marks: Marks,
}

impl Block {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.at.kind
    }

    /// Whether there is nothing in it to translate.
    pub fn is_bare(&self) -> bool {
        self.text.is_empty()
    }
}

/// A page, as far as passages go.
#[derive(Debug, Clone, Copy)]
pub struct PageText<'a> {
    /// Its file.
    pub file: FileId,
    /// The text of the file.
    pub text: &'a str,
    /// Its front matter.
    pub front: &'a FrontMatter,
    /// The sentences under the title.
    pub summary: Option<&'a [Inline]>,
    /// Its body.
    pub body: &'a Document,
}

/// Cuts a page into its passages. `section_id` knows the ids of its headings, in their order; `key_facts` are those of the front matter, parsed; `hashes` are those of the
/// passages, in their order, where the same page was cut before.
pub fn blocks(page: PageText<'_>, key_facts: &[&[Inline]], section_ids: &[&str], hashes: &[Hash]) -> Vec<Block> {
    let (ids, hashes) = (section_ids.iter(), hashes.iter());
    let mut cut = Cut { page, ids, hashes, section: Section::default(), left: BTreeMap::new(), found: Vec::new() };
    let front = page.front;
    cut.add(Kind::Title, front.title.span, front.title.value.clone(), Marks::of_words(&front.title.value));
    if let (Some(node), Some(content)) = (&front.summary, page.summary) {
        cut.add(Kind::Summary, node.span, one_line(node.as_text().unwrap_or("")), Marks::of(content));
    }
    for (node, content) in front.key_facts.iter().zip(key_facts) {
        cut.add(Kind::KeyFact, node.span, one_line(node.as_text().unwrap_or("")), Marks::of(content));
    }
    for block in &page.body.blocks {
        cut.block(block, Kind::Paragraph);
    }
    cut.enter(String::new());
    for footnote in &page.body.footnotes {
        for block in &footnote.blocks {
            cut.block(block, Kind::Footnote);
        }
    }
    cut.found
}

struct Cut<'a> {
    page: PageText<'a>,
    ids: std::slice::Iter<'a, &'a str>,
    hashes: std::slice::Iter<'a, Hash>,
    /// The section that is being cut.
    section: Section,
    /// Those before it: what stands below headings goes on where what has the same id left off.
    left: BTreeMap<String, Counts>,
    found: Vec<Block>,
}

/// How many passages of each kind there are.
type Counts = BTreeMap<Kind, usize>;

/// What stands under a heading.
#[derive(Default)]
struct Section {
    id: String,
    counts: Counts,
}

impl Cut<'_> {
    /// Begins a section, or goes on with one.
    fn enter(&mut self, id: String) {
        if id == self.section.id {
            return;
        }
        let counts = self.left.remove(&id).unwrap_or_default();
        let Section { id, counts } = std::mem::replace(&mut self.section, Section { id, counts });
        self.left.insert(id, counts);
    }

    fn add(&mut self, kind: Kind, span: Span, text: String, marks: Marks) {
        let ordinal = self.section.counts.entry(kind).or_insert(0);
        *ordinal += 1;
        let at = At { section: self.section.id.clone(), kind, ordinal: *ordinal };
        let hash = self.hashes.next().copied().unwrap_or_else(|| Hash::of(kind, &text));
        self.found.push(Block { at, span, level: 0, text, hash, marks });
    }

    fn add_lines(&mut self, kind: Kind, span: Span, marks: Marks) {
        let text = wording(self.page.text, span, kind);
        self.add(kind, span, text, marks);
    }

    /// `home` is what running text is here.
    fn block(&mut self, block: &Piece, home: Kind) {
        match &block.kind {
            BlockKind::Heading { level, content, .. } => {
                if home == Kind::Paragraph {
                    let id = self.ids.next().map_or_else(String::new, |id| (*id).to_owned());
                    self.enter(id);
                }
                self.add_lines(Kind::Heading, span_of(content, block.span), Marks::of(content));
                if let Some(heading) = self.found.last_mut() {
                    heading.level = *level;
                }
            }
            BlockKind::Paragraph(content) => self.add_lines(home, self.with_comment(block), Marks::of(content)),
            BlockKind::List { items, .. } => {
                for block in items.iter().flat_map(|item| &item.blocks) {
                    self.block(block, Kind::Item);
                }
            }
            BlockKind::Quote(inner) => {
                for block in inner {
                    self.block(block, Kind::Quotation);
                }
            }
            BlockKind::Callout { kind, title, blocks } => {
                let start = block.span.start as usize;
                let place =
                    if title.is_empty() { Span::new(self.page.file, start, start) } else { span_of(title, block.span) };
                self.add_lines(Kind::Callout(*kind), place, Marks::of(title));
                for block in blocks {
                    self.block(block, Kind::Within(*kind));
                }
            }
            BlockKind::Table { head, rows, .. } => {
                let line = self.page.text.get(block.span.range()).and_then(|table| table.lines().next()).unwrap_or("");
                let start = block.span.start as usize;
                let place = Span::new(self.page.file, start, start + line.trim_end().len());
                self.add_lines(Kind::TableHead, place, cells(head.iter().map(|cell| cell.content.as_slice())));
                for row in rows {
                    self.add_lines(Kind::Row, row.span, cells(row.cells.iter().map(|cell| cell.content.as_slice())));
                }
            }
            BlockKind::Code { text, .. } => self.add_lines(Kind::Code, block.span, Marks::of_words(text)),
            BlockKind::Drawing { drawing, caption, .. } => {
                let mut marks = Marks::of(caption);
                marks.links.extend(drawing.as_ref().map(|drawing| {
                    let period = drawing.period.map(|period| format!("@{period}")).unwrap_or_default();
                    format!("{}:{}{period}", drawing.kind.name(), drawing.id)
                }));
                self.add_lines(Kind::Drawing, self.with_comment(block), marks);
            }
            BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }

    /// A paragraph with the comment at its end that says why it needs no source.
    fn with_comment(&self, block: &Piece) -> Span {
        let Some(uncited) = &block.uncited else { return block.span };
        let between = self.page.text.get(block.span.end as usize..uncited.span.start as usize);
        if between.is_some_and(|between| between.chars().all(|c| c == ' ')) {
            block.span.to(uncited.span)
        } else {
            block.span
        }
    }
}

fn cells<'a>(cells: impl Iterator<Item = &'a [Inline]>) -> Marks {
    let mut all = Marks::default();
    for (index, cell) in cells.enumerate() {
        let Marks { sources, citations, figures, footnotes, links, needed, words } = Marks::of(cell);
        if index > 0 {
            all.words.push_str(" | ");
        }
        all.sources.extend(sources);
        all.citations.extend(citations);
        all.figures.extend(figures);
        all.footnotes.extend(footnotes);
        all.links.extend(links);
        all.needed += needed;
        all.words.push_str(&words);
    }
    all
}

fn span_of(content: &[Inline], whole: Span) -> Span {
    match (content.first(), content.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span { end: whole.start, ..whole },
    }
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What stands before the lines of a passage after its first: `> ` for each quotation around it, blanks for the mark of an item.
pub fn indent(text: &str, start: usize) -> String {
    let before = text.get(..start).unwrap_or("");
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    line.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect()
}

/// The wording of a passage: its lines without what stands before them, on one line unless a line break is meant.
fn wording(text: &str, span: Span, kind: Kind) -> String {
    let quotes = indent(text, span.start as usize).matches('>').count();
    let mut out = String::new();
    for (index, line) in text.get(span.range()).unwrap_or("").lines().enumerate() {
        let line = if index == 0 { line } else { bare_line(line, quotes) };
        if kind == Kind::Code {
            if index > 0 {
                out.push('\n');
            }
            out.push_str(line);
            continue;
        }
        if index > 0 {
            let is_break = out.ends_with('\\') || out.ends_with("  ");
            out.truncate(out.trim_end().len());
            if is_break {
                let mark = if out.ends_with('\\') { "\n" } else { "\\\n" };
                out.push_str(mark);
            } else {
                out.push(' ');
            }
        }
        out.push_str(line.trim_start());
    }
    out.truncate(out.trim_end().len());
    out
}

/// A line without the quotation marks of what holds it.
fn bare_line(line: &str, quotes: usize) -> &str {
    let mut line = line;
    for _ in 0..quotes {
        match line.trim_start().strip_prefix('>') {
            Some(rest) => line = rest.strip_prefix(' ').unwrap_or(rest),
            // Markdown lets the sign be left out.
            None => break,
        }
    }
    line
}
