//! The text that is read, and runs of words cut from it.

use super::Origin;
use crate::span::Span;
use std::ops::Range;

/// The text that is read and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) origin: Origin,
    /// Bytes at the start that were put before the author's text.
    pub(super) lead: usize,
    /// The length of the author's text.
    pub(super) length: usize,
}

impl Source<'_> {
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let place = |at: usize| at.saturating_sub(self.lead).min(self.length);
        self.origin.span(place(range.start)..place(range.end))
    }

    /// Whether the text stands in its file as it is.
    pub(super) fn is_exact(&self) -> bool {
        matches!(self.origin, Origin::Verbatim { .. })
    }

    /// The text of a range; empty when it cuts a character.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(self.lead..at)?.chars().next_back()
    }

    /// The range without the blank lines at its end.
    pub(super) fn trim_end(&self, range: Range<usize>) -> Range<usize> {
        let end = range.start + self.slice(range.clone()).trim_end_matches(['\n', '\r', ' ', '\t']).len();
        if end > range.start { range.start..end } else { range }
    }
}

/// Words gathered from several events, each piece with its place in the text.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    /// Where the piece begins in the run.
    at: usize,
    source: Range<usize>,
    /// Whether the text holds the same bytes.
    verbatim: bool,
}

impl Run {
    pub(super) fn push(&mut self, text: &str, range: Range<usize>, source: &Source) {
        let verbatim = source.slice(range.clone()) == text;
        let at = self.text.len();
        self.text.push_str(text);
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && verbatim && last.source.end == range.start => last.source.end = range.end,
            _ => self.pieces.push(Piece { at, source: range, verbatim }),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The place in the text of a range of the run.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self
            .piece_at(range.start)
            .map_or(0, |piece| piece.source.start + if piece.verbatim { range.start - piece.at } else { 0 });
        let end =
            match range.end.checked_sub(1).filter(|_| range.end > range.start).and_then(|last| self.piece_at(last)) {
                Some(piece) if piece.verbatim => piece.source.start + (range.end - piece.at),
                Some(piece) => piece.source.end,
                None => start,
            };
        start..end.max(start)
    }

    /// Whether a range of the run stands in the text byte for byte.
    pub(super) fn is_verbatim(&self, range: Range<usize>) -> bool {
        self.piece_at(range.start)
            .is_some_and(|piece| piece.verbatim && piece.source.start + (range.end - piece.at) <= piece.source.end)
    }

    /// Whether a backslash took the meaning from the mark at this place of the run.
    pub(super) fn is_escaped(&self, at: usize, source: &Source) -> bool {
        self.piece_at(at).is_some_and(|piece| {
            !piece.verbatim
                || (piece.at == at && source.char_before(piece.source.start) == Some('\\') && self.gap_before(at))
        })
    }

    fn gap_before(&self, at: usize) -> bool {
        let start = self.place(at..at).start;
        at.checked_sub(1).and_then(|before| self.piece_at(before)).is_none_or(|piece| piece.source.end != start)
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        after.checked_sub(1).and_then(|index| self.pieces.get(index))
    }
}
