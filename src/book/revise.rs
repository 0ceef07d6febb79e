//! Another text for one page, or one file of sources, of a book that is linked already: what an editor sees while typing, until the whole is linked anew.
//!
//! The page itself, its place among its translations and whatever is asked of it are those of the new text. What other pages took from the old one (the order of reading,
//! the places that links go to) stays as it was.

use super::translations::compare_again;
use super::{Book, Heading, PageIndex, Version};
use crate::citation::read::read_file;
use crate::diagnostic::Diagnostic;
use crate::ids::SourceId;
use crate::manuscript::parse_page;
use crate::span::FileId;
use crate::workspace::PageFile;
use std::sync::Arc;

impl Book {
    /// Puts a text into the place of a page's, and says what its parser says; `None` where the file is no page of the book.
    pub fn revise(&mut self, file: FileId, text: Arc<str>) -> Option<Vec<Diagnostic>> {
        let (index, slot) = self.place_of(file)?;
        let (page, problems) = parse_page(&self.page_file(file)?, &text);
        let entry = self.pages.get_mut(index.0)?;
        let mut before = entry.versions.iter().take(slot).flatten();
        let source: Option<Vec<Heading>> = before.next().map(|version| version.outline.clone());
        let version = Version::written(page, Arc::clone(&text), source.as_deref(), &self.library);
        *entry.versions.get_mut(slot)? = Some(version);
        compare_again(&mut entry.versions, &entry.id, &self.records, &self.wordings);
        self.entries.forget(index, slot);
        self.files.replace(file, text);
        Some(problems)
    }

    /// Puts a text into the place of a file of sources; `false` where that changes which sources there are, or where something is wrong with it: then nothing is changed.
    pub fn revise_sources(&mut self, file: FileId, text: &Arc<str>) -> bool {
        let mut problems = Vec::new();
        let sources = read_file(file, text, &mut problems);
        let ids: Vec<SourceId> = sources.iter().map(|source| source.id.clone()).collect();
        if !problems.is_empty() || !self.library.exchange_sources(file, sources) {
            return false;
        }
        self.entries.forget_sources(&ids);
        self.files.replace(file, Arc::clone(text));
        true
    }

    /// The file of a page, as its parser wants it; `None` where it is none, or one that the site makes.
    pub fn page_file(&self, file: FileId) -> Option<PageFile> {
        let (index, slot) = self.place_of(file)?;
        let page = &self.pages.get(index.0)?.versions.get(slot)?.as_ref()?.page;
        Some(PageFile { lang: page.lang.clone(), id: page.id.clone(), path: page.path.clone(), file })
    }

    /// The page, and the place of its language.
    fn place_of(&self, file: FileId) -> Option<(PageIndex, usize)> {
        let written = self.pages.iter().enumerate().filter(|(_, page)| !self.is_glossary(page));
        let mut places = written.flat_map(|(index, page)| {
            page.versions.iter().enumerate().map(move |(slot, version)| (PageIndex(index), slot, version.as_ref()))
        });
        places
            .find(|(.., version)| version.is_some_and(|version| version.page.file == file))
            .map(|(index, slot, _)| (index, slot))
    }
}
