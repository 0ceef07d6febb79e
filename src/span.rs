//! Places in files: which file, from which byte to which.
//!
//! The lowest floor. Everything that can be wrong carries a [`Span`]; [`Files`] turns it into a line and a column for people.
//! Uses nothing else of the program.

use std::sync::{Arc, OnceLock};

/// A file of the workspace, by its place in [`Files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of bytes in one file, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// First byte after it.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets beyond 4 GiB do not occur, because larger files are refused at the door.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The beginning of a file, for what is missing rather than wrong.
    pub fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The smallest span that holds both; `other` is ignored when it lies in another file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if other.file == self.file {
            Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
        } else {
            self
        }
    }

    /// The span as a range of byte offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The beginning of the letter at a byte, or the end of the text: readers of some formats say where they stopped in bytes, and that may be within a letter.
pub(crate) fn letter_at(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Where a text stands in its file, so that offsets in it become spans.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// The text stands in the file as it is, from this byte on.
    Verbatim {
        /// The file.
        file: FileId,
        /// Where the text begins.
        offset: usize,
    },
    /// The text was decoded (a YAML string with escapes, say): every span is the whole.
    Whole(Span),
}

impl Origin {
    /// The span of a range of the text.
    pub fn span(self, range: std::ops::Range<usize>) -> Span {
        match self {
            Self::Verbatim { file, offset } => Span::new(file, offset + range.start, offset + range.end),
            Self::Whole(span) => span,
        }
    }
}

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// One text file as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: Arc<str>,
    text: Arc<str>,
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// The path relative to the root, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset; an offset within a character counts as that character's.
    pub fn position(&self, offset: usize) -> Position {
        let starts = self.line_starts();
        let offset = offset.min(self.text.len());
        let line = starts.partition_point(|&start| start <= offset).max(1);
        let line_start = starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(line_start..offset);
        let column = match before {
            Some(before) => before.chars().count(),
            // `offset` is inside a character: count whole characters before it.
            None => self.text.get(line_start..).map_or(0, |rest| {
                rest.char_indices().take_while(|(index, c)| line_start + index + c.len_utf8() <= offset).count()
            }),
        };
        Position { line, column: column + 1 }
    }

    /// The text of a line (from 1), without its line break.
    pub fn line(&self, line: usize) -> &str {
        let starts = self.line_starts();
        let start = line.checked_sub(1).and_then(|index| starts.get(index)).copied();
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        start.and_then(|start| self.text.get(start..end)).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(index, _)| index + 1)).collect()
        })
    }
}

/// All text files that were read, in the order of their paths.
#[derive(Debug, Default, Clone)]
pub struct Files {
    files: Vec<SourceFile>,
}

impl Files {
    /// Adds a file and names it.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text: text.into(), line_starts: OnceLock::new() });
        id
    }

    /// Puts another text into the place of a file's: places in the old one mean nothing any more.
    pub fn replace(&mut self, id: FileId, text: impl Into<Arc<str>>) {
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            (file.text, file.line_starts) = (text.into(), OnceLock::new());
        }
    }

    /// The file of that id.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The path of a file, or `?` where the id is of another set.
    pub fn path(&self, id: FileId) -> &str {
        self.get(id).map_or("?", SourceFile::path)
    }

    /// The text of a file.
    pub fn text(&self, id: FileId) -> &str {
        self.get(id).map_or("", SourceFile::text)
    }

    /// The text of a file, to be kept beside it.
    pub fn shared_text(&self, id: FileId) -> Arc<str> {
        self.get(id).map_or_else(|| Arc::from(""), |file| Arc::clone(&file.text))
    }

    /// The text under a span; empty when the span lies outside its file or cuts a character.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Where a span begins, for people and for editors: `content/en/x.md:3:5`.
    pub fn place(&self, span: Span) -> Option<String> {
        let (start, _) = self.positions(span)?;
        Some(format!("{}:{}:{}", self.path(span.file), start.line, start.column))
    }

    /// The first and last position of a span.
    pub fn positions(&self, span: Span) -> Option<(Position, Position)> {
        let file = self.get(span.file)?;
        let start = file.position(span.start as usize);
        let end = match file.text.get(span.range()) {
            // On one line: what stands before it need not be counted twice.
            Some(text) if !text.contains('\n') => Position { column: start.column + text.chars().count(), ..start },
            _ => file.position(span.end as usize),
        };
        Some((start, end))
    }

    /// The file at a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.iter().find(|(_, file)| file.path() == path).map(|(id, _)| id)
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut files = Files::default();
        let id = files.add("a.md", "one\nשלום [@x]\r\nlast");
        let file = files.get(id).unwrap();
        let offset = file.text().find('[').unwrap();
        assert_eq!(file.position(offset), Position { line: 2, column: 6 });
        assert_eq!(file.line(2), "שלום [@x]");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(10_000).line, 3);
        // In the middle of a two-byte letter: the column of that letter.
        assert_eq!(file.position(5), Position { line: 2, column: 1 });
    }
}
