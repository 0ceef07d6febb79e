//! The words of a page in running text, and whose they are: the page's own, a quotation's, a title's, a citation's.
//!
//! What is judged by its words is judged here paragraph by paragraph, a row of a table as one; each word keeps its place in the file.

use super::Version;
use crate::glossary::Setting;
use crate::markdown::tree::{Block, BlockKind, CalloutKind, Inline, InlineKind, Target};
use crate::span::Span;
use crate::wording::{WordAt, words};
use std::ops::Range;

/// What stands for something that has no words of its own; no phrase goes over it.
const NO_WORDS: &str = " \u{fffc} ";

/// What a text is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Text,
    /// A heading, or another title of the page's own.
    Heading,
    /// What one side of a contested point says.
    Position,
}

/// A paragraph, a heading, a row.
#[derive(Debug)]
pub struct Passage {
    /// Its text.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Its words.
    pub words: Vec<WordAt>,
    pieces: Vec<Piece>,
    quotations: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    span: Span,
    /// Whether the text stands in the file letter by letter.
    verbatim: bool,
    setting: Option<Setting>,
}

impl Passage {
    /// The bytes of some words.
    pub fn range(&self, words: &Range<usize>) -> Option<Range<usize>> {
        let words = self.words.get(words.clone())?;
        Some(words.first()?.range.start..words.last()?.range.end)
    }

    /// Where some bytes stand in the file.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let mut spans =
            self.pieces.iter().filter(|piece| piece.range.start < range.end && range.start < piece.range.end).map(
                |piece| {
                    if !piece.verbatim {
                        return piece.span;
                    }
                    let start = piece.span.range().start;
                    let from = range.start.max(piece.range.start) - piece.range.start;
                    let to = range.end.min(piece.range.end) - piece.range.start;
                    Span::new(piece.span.file, start + from, start + to)
                },
            );
        let first = spans.next()?;
        Some(spans.fold(first, Span::to))
    }

    /// Where some bytes stand that are not the page's own words; none where they are.
    pub fn setting(&self, range: &Range<usize>) -> Option<Setting> {
        if self.quotations.iter().any(|quoted| quoted.start <= range.start && range.end <= quoted.end) {
            return Some(Setting::Quotation);
        }
        self.pieces.iter().find(|piece| piece.range.start <= range.start && range.start < piece.range.end)?.setting
    }
}

/// The texts of a page, in its order.
pub fn passages(version: &Version) -> Vec<Passage> {
    let mut walk = Walk { passages: Vec::new() };
    for line in version.page.summary.iter().chain(&version.page.key_facts) {
        walk.line(&line.content, Role::Text, None);
    }
    walk.blocks(&version.page.body.blocks, Role::Text, None);
    for footnote in &version.page.body.footnotes {
        walk.blocks(&footnote.blocks, Role::Text, None);
    }
    walk.passages
}

struct Walk {
    passages: Vec<Passage>,
}

impl Walk {
    fn blocks(&mut self, blocks: &[Block], role: Role, setting: Option<Setting>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } => self.line(content, Role::Heading, setting),
                BlockKind::Paragraph(content) | BlockKind::Drawing { caption: content, .. } => {
                    self.line(content, role, setting);
                }
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks, role, setting);
                    }
                }
                BlockKind::Quote(inner) => self.blocks(inner, role, Some(Setting::Quotation)),
                BlockKind::Callout { kind, title, blocks } => {
                    let role = if *kind == CalloutKind::Position { Role::Position } else { role };
                    self.line(title, Role::Heading, setting);
                    self.blocks(blocks, role, setting);
                }
                BlockKind::Table { head, rows, .. } => {
                    for cell in head {
                        self.line(&cell.content, Role::Heading, setting);
                    }
                    for row in rows {
                        let mut text = Text::default();
                        for cell in &row.cells {
                            text.add(&cell.content, setting);
                            text.text.push_str(NO_WORDS);
                        }
                        self.passages.push(text.finish(role));
                    }
                }
                BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    fn line(&mut self, content: &[Inline], role: Role, setting: Option<Setting>) {
        let mut text = Text::default();
        text.add(content, setting);
        self.passages.push(text.finish(role));
    }
}

#[derive(Default)]
struct Text {
    text: String,
    pieces: Vec<Piece>,
}

impl Text {
    fn add(&mut self, content: &[Inline], setting: Option<Setting>) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, inline.span, setting),
                // A slanted text is the title of a work, and so are the words of a link to another site.
                InlineKind::Emphasis(inner) => self.add(inner, setting.or(Some(Setting::Title))),
                InlineKind::Link { target, content } if matches!(**target, Target::External(_)) => {
                    self.add(content, setting.or(Some(Setting::Title)));
                }
                InlineKind::Strong(inner)
                | InlineKind::Strikethrough(inner)
                | InlineKind::Link { content: inner, .. } => {
                    self.add(inner, setting);
                }
                InlineKind::Cite(group) => {
                    for cite in &group.cites {
                        for words in cite.prefix.iter().chain(&cite.suffix) {
                            self.text.push_str(NO_WORDS);
                            self.push(words, cite.span, Some(Setting::Citation));
                        }
                    }
                    self.text.push_str(NO_WORDS);
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
                InlineKind::FootnoteRef(_) => {}
                InlineKind::Code(_)
                | InlineKind::Figure(_)
                | InlineKind::Image { .. }
                | InlineKind::CitationNeeded { .. }
                | InlineKind::Html(_) => self.text.push_str(NO_WORDS),
            }
        }
    }

    fn push(&mut self, text: &str, span: Span, setting: Option<Setting>) {
        let start = self.text.len();
        self.text.push_str(text);
        let verbatim = span.range().len() == text.len();
        self.pieces.push(Piece { range: start..self.text.len(), span, verbatim, setting });
    }

    fn finish(self, role: Role) -> Passage {
        let words = words(&self.text);
        let quotations = quotations(&self.text, &words);
        Passage { text: self.text, role, words, pieces: self.pieces, quotations }
    }
}

/// What stands between quotation marks. A mark within a word, as in צה״ל, is none.
fn quotations(text: &str, words: &[WordAt]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| "“”„«»‹›「」『』《》\"״".contains(*c)) {
        let index = words.partition_point(|word| word.range.end <= at);
        if words.get(index).is_some_and(|word| word.range.start < at) {
            continue;
        }
        match open {
            Some((start, opening)) if closes(opening).contains(c) => {
                found.push(start..at);
                open = None;
            }
            Some(_) => {}
            None => open = Some((at, c)),
        }
    }
    found
}

fn closes(opening: char) -> &'static str {
    match opening {
        '“' => "”",
        '„' => "“”",
        '«' => "»",
        '‹' => "›",
        '「' => "」",
        '『' => "』",
        '《' => "》",
        '״' => "״",
        '"' => "\"",
        '”' => "”“",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [&str; 0] = [];

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text, &words(text)).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn quotations_are_found_in_every_language() {
        assert_eq!(quoted("He said “never” and “not” once."), ["“never", "“not"]);
        for (opening, closing) in
            [('‹', '›'), ('「', '」'), ('『', '』'), ('《', '》'), ('"', '"'), ('”', '”'), ('„', '“')]
        {
            let text = format!("He said {opening}never{closing} once.");
            assert_eq!(quoted(&text), [format!("{opening}never")], "{text}");
        }
        assert_eq!(quoted("He said ‹never” and 『not》 once."), NONE);
        assert_eq!(quoted("Un «\u{a0}mot\u{a0}» et l’autre"), ["«\u{a0}mot\u{a0}"]);
        assert_eq!(quoted("צה״ל אמר ש״המבצע נמשך״, ואש״ף ״לא״"), ["״המבצע נמשך", "״לא"]);
        assert_eq!(quoted("قال «لا» و«نعم»"), ["«لا", "«نعم"]);
        assert_eq!(quoted("Er sagte „nie“, on „никогда“, 他说“不”和「不」"), ["„nie", "„никогда", "“不", "「不"]);
        assert_eq!(quoted("An “open one"), Vec::<&str>::new());
    }
}
