//! Bytes of a text ↔ lines and columns as the protocol counts them: from 0, columns in units of UTF-16, or of UTF-8 where the editor prefers that.
//!
//! A line ends with `\n`, `\r\n` or `\r`. Whatever lies outside the text is its nearest place, and what lies within a character is its beginning.

use lsp_types::{Position, PositionEncodingKind, Range};

/// In which units columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what every editor knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// The one to use with an editor that knows these.
    pub(super) fn choose(known: Option<&[PositionEncodingKind]>) -> Self {
        let bytes = known.is_some_and(|known| known.contains(&PositionEncodingKind::UTF8));
        if bytes { Self::Utf8 } else { Self::Utf16 }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// The lines of a text.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        Self { text, starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect(), encoding }
    }

    /// A line (from 0) without what ends it, and where it begins.
    pub(super) fn line(&self, line: usize) -> (usize, &'t str) {
        let Some(&start) = self.starts.get(line) else { return (self.text.len(), "") };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let held = self.text.get(start..end).unwrap_or("");
        let length = if end == self.text.len() && !held.ends_with(['\n', '\r']) {
            held.len()
        } else {
            held.strip_suffix("\r\n").or_else(|| held.strip_suffix(['\n', '\r'])).unwrap_or(held).len()
        };
        (start, held.get(..length).unwrap_or(""))
    }

    /// The line (from 0) of a byte.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The place of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.line_of(offset.min(self.text.len()));
        let (start, words) = self.line(line);
        let before = words.char_indices().take_while(|(at, c)| start + at + c.len_utf8() <= offset);
        let column: usize = before.map(|(_, c)| self.encoding.units(c)).sum();
        Position::new(number(line), number(column))
    }

    /// The byte of a place.
    pub(super) fn offset(&self, position: Position) -> usize {
        let (start, words) = self.line(usize::try_from(position.line).unwrap_or(usize::MAX));
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut column = 0;
        for (at, c) in words.char_indices() {
            column += self.encoding.units(c);
            if column > wanted {
                return start + at;
            }
        }
        start + words.len()
    }

    /// The places of two bytes.
    pub(super) fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        Range::new(self.position(bytes.start), self.position(bytes.end))
    }

    /// The bytes of two places, the smaller first.
    pub(super) fn bytes(&self, range: Range) -> std::ops::Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..end.max(start)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_those_of_the_protocol() {
        let text = "שלום [@x]\r\n🕊 [@y]\rلا\n";
        let lines = Lines::new(text, Encoding::Utf16);
        let at = |needle: &str| lines.position(text.find(needle).unwrap());
        assert_eq!(at("[@x"), Position::new(0, 5));
        assert_eq!(at("[@y"), Position::new(1, 3));
        assert_eq!(at("ا"), Position::new(2, 1));
        assert_eq!(lines.position(text.len()), Position::new(3, 0));
        // Between the two units of the dove, and between the two bytes that end a line.
        assert_eq!(lines.offset(Position::new(1, 1)), text.find('🕊').unwrap());
        assert_eq!(lines.position(text.find('\n').unwrap()), Position::new(0, 9));
        assert_eq!(lines.offset(Position::new(0, 99)), text.find('\r').unwrap());
        assert_eq!(lines.offset(Position::new(9, 9)), text.len());
        let bytes = Lines::new(text, Encoding::Utf8);
        assert_eq!(bytes.position(text.find("[@y").unwrap()), Position::new(1, 5));
        assert_eq!(bytes.offset(Position::new(0, 1)), 0);
    }

    proptest! {
        #[test]
        fn every_place_is_found_again(text in "[a\u{5d0}\u{644}é🕊\u{301}\r\n ]{0,40}|.{0,40}", bytes in any::<bool>()) {
            let lines = Lines::new(&text, if bytes { Encoding::Utf8 } else { Encoding::Utf16 });
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let within_end = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                if !within_end {
                    prop_assert_eq!(lines.offset(lines.position(offset)), offset);
                }
            }
        }

        #[test]
        fn any_place_is_one_of_the_text(text in ".{0,40}", line in 0_u32..9, column in any::<u32>(), offset in 0_usize..99) {
            let lines = Lines::new(&text, Encoding::Utf16);
            prop_assert!(text.is_char_boundary(lines.offset(Position::new(line, column))));
            prop_assert!(text.is_char_boundary(lines.offset(lines.position(offset))));
        }
    }
}
