//! What a question is answered from: the last compiled book, the texts that are open, and how the editor counts.

use super::compiler::Snapshot;
use super::documents::Documents;
use super::paths;
use super::position::{Encoding, Lines};
use crate::book::mentions::Mention;
use crate::book::{Book, Language, Version};
use crate::span::{FileId, Span};
use lsp_types::{Location, Range, TextDocumentPositionParams, TextEdit, Uri};
use std::path::Path;

/// What a question is answered from.
pub(super) struct View<'a> {
    pub(super) root: &'a Path,
    pub(super) snapshot: &'a Snapshot,
    pub(super) documents: &'a Documents,
    pub(super) encoding: Encoding,
}

impl<'a> View<'a> {
    /// The book.
    pub(super) fn book(&self) -> &'a Book {
        &self.snapshot.book
    }

    /// The path of an address below the site's folder.
    pub(super) fn path(&self, uri: &Uri) -> Option<String> {
        paths::relative(self.root, &paths::file(uri)?)
    }

    /// The file of an address, where the book was made with it.
    pub(super) fn file(&self, uri: &Uri) -> Option<FileId> {
        self.snapshot.file(&self.path(uri)?)
    }

    /// The address of a file, as its editor knows it.
    pub(super) fn uri(&self, file: FileId) -> Option<Uri> {
        self.uri_of(self.book().files.path(file))
    }

    /// The address of a path below the site's folder.
    pub(super) fn uri_of(&self, path: &str) -> Option<Uri> {
        let open = self.documents.of_path(self.root, path).map(|document| document.uri.clone());
        open.or_else(|| paths::uri(self.root, path))
    }

    /// The lines of a file.
    pub(super) fn lines(&self, file: FileId) -> Lines<'a> {
        Lines::new(self.book().files.text(file), self.encoding)
    }

    /// A place of a file.
    pub(super) fn range(&self, span: Span) -> Range {
        self.lines(span.file).range(span.range())
    }

    /// A place of a file, with its address.
    pub(super) fn location(&self, span: Span) -> Option<Location> {
        Some(Location::new(self.uri(span.file)?, self.range(span)))
    }

    /// A text for a place.
    pub(super) fn edit(&self, span: Span, text: impl Into<String>) -> TextEdit {
        TextEdit::new(self.range(span), text.into())
    }

    /// Which byte of which file a question is about.
    pub(super) fn place(&self, place: &TextDocumentPositionParams) -> Option<(FileId, usize)> {
        let file = self.file(&place.text_document.uri)?;
        Some((file, self.lines(file).offset(place.position)))
    }

    /// What is named there.
    pub(super) fn mention(&self, place: &TextDocumentPositionParams) -> Option<&'a Mention> {
        let (file, offset) = self.place(place)?;
        self.snapshot.mentions().at(file, offset)
    }

    /// The page that a file is.
    pub(super) fn version(&self, file: FileId) -> Option<&'a Version> {
        self.book().versions().map(|(_, _, version)| version).find(|version| version.page.file == file)
    }

    /// The language in which whoever works at a file is told of things: the page's, or else the site's first.
    pub(super) fn language(&self, file: FileId) -> Option<&'a Language> {
        let own = self.version(file).and_then(|version| self.book().language(&version.page.lang));
        own.or_else(|| self.book().source_language())
    }
}
