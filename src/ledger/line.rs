//! A line of inlines flattened: its characters with their places, and its marks between them.

use std::ops::Range;

use super::Word;
use super::sentences::says_something;
use crate::exact::fit;
use crate::markdown::citation::CiteMode;
use crate::markdown::tree::{Inline, InlineKind};
use crate::span::Span;

/// A mark between the characters of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// How many characters stand before it.
    pub(super) at: usize,
    /// The citation, the figure or the footnote's reference.
    pub(super) span: Span,
    /// `[@? …]`: asks for a source and gives none.
    pub(super) needed: bool,
}

/// What is read at some characters: a number or a name that every language writes in its own way.
#[derive(Debug)]
struct Spoken {
    at: Range<usize>,
    /// None for a name that the sentence gives by itself.
    word: Option<Word>,
}

/// Characters that were added together.
#[derive(Debug)]
struct Run {
    /// How many characters stand before it.
    at: usize,
    /// Its place.
    span: Span,
    /// Whether it stands there letter by letter; otherwise it was decoded, and only the whole is known.
    is_verbatim: bool,
}

/// A flattened line.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// What is read.
    text: String,
    /// The byte at which each character of it begins.
    starts: Vec<usize>,
    /// The same for finding sentences: digits for code and figures, in which no sentence ends.
    pub(super) shape: Vec<char>,
    /// In the order of the line; each has a character at least.
    runs: Vec<Run>,
    pub(super) marks: Vec<Mark>,
    /// In the order of the line.
    spoken: Vec<Spoken>,
    /// Something must stand between the last cell and the next words.
    seam: Option<Span>,
}

impl Line {
    /// Adds inlines after those there; `cites` tells whether a footnote's body holds a source.
    pub(super) fn add(&mut self, content: &[Inline], cites: &dyn Fn(&str) -> bool) {
        for inline in content {
            let span = inline.span;
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, span, None),
                InlineKind::Code(text) => self.push(text, span, Some('0')),
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
                    self.add(inner, cites);
                }
                InlineKind::Link { content, .. } => self.add(content, cites),
                InlineKind::Cite(group) => {
                    // In the sentence, the author's name is part of its words.
                    let author = group.cites.first().filter(|_| group.mode == CiteMode::Narrative);
                    match author {
                        Some(cite) => {
                            let named = group.named().map(|cite| Word::Author(cite.source.clone()));
                            self.mark_in_words(&format!("@{}", cite.source), span, 'X', named);
                        }
                        None => self.mark(self.starts.len(), span, false),
                    }
                }
                InlineKind::Figure(figure) => {
                    let word = Word::Figure(figure.clone());
                    self.mark_in_words(&format!("[={}]", figure.id), span, '0', Some(word));
                }
                InlineKind::CitationNeeded { .. } => self.mark(self.starts.len(), span, true),
                InlineKind::FootnoteRef(label) if cites(label) => self.mark(self.starts.len(), span, false),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.push(" ", span, None),
                InlineKind::FootnoteRef(_) | InlineKind::Image { .. } | InlineKind::Html(_) => {}
            }
        }
    }

    /// Keeps what was added apart from what follows, at no place of its own: the cells of a row. Cells without words leave nothing behind.
    pub(super) fn separate(&mut self, span: Span) {
        self.seam = (!self.text.is_empty()).then_some(span);
    }

    fn close_seam(&mut self) {
        if let Some(span) = self.seam.take() {
            self.append(" · ", span, None, false);
        }
    }

    fn mark(&mut self, at: usize, span: Span, needed: bool) {
        self.marks.push(Mark { at, span, needed });
    }

    /// A mark that is itself read: it stands after its own first character, so that it belongs to the sentence that it begins.
    fn mark_in_words(&mut self, words: &str, span: Span, shape: char, word: Option<Word>) {
        self.close_seam();
        let start = self.starts.len();
        self.mark(start + 1, span, false);
        self.push(words, span, Some(shape));
        self.spoken.push(Spoken { at: start..self.starts.len(), word });
    }

    /// Whether it ends with a colon and so leads in what follows.
    pub(super) fn ends_with_colon(&self) -> bool {
        self.shape.iter().rfind(|c| !c.is_whitespace()).is_some_and(|c| matches!(c, ':' | '：'))
    }

    /// All characters but the blanks around them.
    pub(super) fn trimmed(&self) -> Range<usize> {
        let start = self.shape.iter().position(|c| !c.is_whitespace()).unwrap_or(0);
        start..self.shape.iter().rposition(|c| !c.is_whitespace()).map_or(start, |last| last + 1)
    }

    /// Whether some characters hold a letter or a digit.
    pub(super) fn says_something(&self, range: Range<usize>) -> bool {
        says_something(&self.shape, range)
    }

    fn push(&mut self, text: &str, span: Span, shape: Option<char>) {
        self.close_seam();
        self.append(text, span, shape, shape.is_none() && span.range().len() == text.len());
    }

    fn append(&mut self, text: &str, span: Span, shape: Option<char>, is_verbatim: bool) {
        let (at, from) = (self.starts.len(), self.text.len());
        self.text.push_str(text);
        // Most texts are a byte a character, and then nothing is to be decoded.
        let is_ascii = text.is_ascii();
        if is_ascii {
            self.starts.extend(from..from + text.len());
        } else {
            self.starts.reserve(text.len());
            self.starts.extend(text.char_indices().map(|(index, _)| from + index));
        }
        let added = self.starts.len() - at;
        match shape {
            Some(shape) => self.shape.extend(std::iter::repeat_n(shape, added)),
            None if is_ascii => self.shape.extend(text.bytes().map(char::from)),
            None => {
                self.shape.reserve(added);
                self.shape.extend(text.chars());
            }
        }
        if added > 0 {
            self.runs.push(Run { at, span, is_verbatim });
        }
    }

    /// The place of some characters: from the first to the last.
    pub(super) fn span(&self, range: Range<usize>) -> Option<Span> {
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start)?;
        Some(self.place(range.start)?.to(self.place(last)?))
    }

    /// The place of a character.
    fn place(&self, at: usize) -> Option<Span> {
        let start = *self.starts.get(at)?;
        let run = self.runs.get(self.runs.partition_point(|run| run.at <= at).checked_sub(1)?)?;
        if !run.is_verbatim {
            return Some(run.span);
        }
        let first = run.span.range().start;
        let of_run = *self.starts.get(run.at)?;
        Some(Span::new(run.span.file, first + start - of_run, first + self.start(at + 1) - of_run))
    }

    /// The byte at which a character begins; of the one after the last, the end.
    fn start(&self, at: usize) -> usize {
        self.starts.get(at).copied().unwrap_or(self.text.len())
    }

    /// What is read at some characters: one blank between words, and none where a mark was taken out before a stop.
    pub(super) fn words(&self, range: Range<usize>) -> Vec<Word> {
        let mut told = Told::default();
        let begun = self.spoken.partition_point(|spoken| spoken.at.start < range.start);
        let mut at = range.start;
        for spoken in self.spoken.iter().skip(begun).take_while(|spoken| spoken.at.start < range.end) {
            self.tell(at..spoken.at.start, &mut told);
            told.word(spoken.word.clone());
            at = spoken.at.end;
        }
        self.tell(at..range.end, &mut told);
        told.finish()
    }

    /// Adds what is read at some characters that nothing is spoken at.
    fn tell(&self, range: Range<usize>, told: &mut Told) {
        let bytes = self.start(range.start)..self.start(range.end);
        let (begin, mut at) = (bytes.start, bytes.start);
        for piece in self.text.get(bytes).unwrap_or_default().split(char::is_whitespace) {
            told.is_apart |= at > begin;
            if let Some(first) = piece.chars().next() {
                let is_after_mark = || {
                    let number = self.starts.partition_point(|start| *start < at);
                    self.marks.binary_search_by_key(&number, |mark| mark.at).is_ok()
                };
                told.text(piece, is_close(first) && is_after_mark());
            }
            at += piece.len();
            at += self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
    }
}

/// Words as they are put together.
#[derive(Debug, Default)]
struct Told {
    words: Vec<Word>,
    text: String,
    /// Whether a blank stands before what comes next.
    is_apart: bool,
}

impl Told {
    /// Adds text without blanks; `joins` lets it follow whatever is there at once.
    fn text(&mut self, piece: &str, joins: bool) {
        self.blank(joins);
        self.text.push_str(piece);
    }

    /// Adds a word that every language writes in its own way.
    fn word(&mut self, word: Option<Word>) {
        self.blank(false);
        self.close();
        self.words.extend(word);
    }

    fn blank(&mut self, joins: bool) {
        let is_apart = std::mem::take(&mut self.is_apart);
        if is_apart && !joins && !(self.words.is_empty() && self.text.is_empty()) {
            self.text.push(' ');
        }
    }

    fn close(&mut self) {
        if !self.text.is_empty() {
            self.words.push(Word::Text(self.text.as_str().into()));
            self.text.clear();
        }
    }

    fn finish(mut self) -> Vec<Word> {
        self.close();
        fit(&mut self.words);
        self.words
    }
}

/// What follows a word without a blank.
fn is_close(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | '،'
            | '؛'
            | '؟'
            | '۔'
            | '。'
            | '，'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
    )
}
