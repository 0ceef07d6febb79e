//! A site that somebody writes on: what is saved is taken in file by file, and pages are rendered when they are looked at, while the whole is compiled anew.
//!
//! A page shows its new text at once; what the whole decides (the order of reading, lists, which pages there are) is that of the last compilation. What is wrong with what was saved is not
//! taken in: then the whole says so, and the last good state stays.

use super::{Compilation, Options, Product, finish, read, revise, understand};
use crate::book::Book;
use crate::desk::{self, PageDesk};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Kept, Progress};
use crate::span::{FileId, Files};
use crate::workspace::{Role, disk};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of a site's own templates.
const TEMPLATES: &str = "templates/";

/// A site as it was compiled, with what was saved since.
pub struct Preview {
    /// Without links, as the system names what was saved.
    root: PathBuf,
    book: Book,
    kept: Kept,
    diagnostics: Vec<Diagnostic>,
    shown_with: &'static [Code],
}

/// Reads, links, checks and renders a site, and keeps it where pages of it can be rendered. Languages that nobody speaks are made of the whole, so a site with them is not kept.
/// What the edition before ([`SiteOptions::before`](crate::site::SiteOptions::before)), made with the same options, holds and could not be different is taken from it.
pub fn preview(root: &Path, options: &Options, progress: Progress<'_>) -> (Compilation, Option<Preview>) {
    let reading = match read(root, options) {
        Ok(reading) => reading,
        Err(unreadable) => return (*unreadable, None),
    };
    let mut options = options.clone();
    // Whoever asks for another preview with the edition of this one asks for the same.
    options.site.surroundings = reading.name_around_pages("");
    let opened = understand(reading, &options);
    let (compilation, mut book, kept) = finish(root, opened, &options, Product::Site(progress));
    let root = root.canonicalize().ok().filter(|_| compilation.edition.is_some() && !options.pseudo);
    let preview = kept.zip(root).map(|(kept, root)| {
        book.files = compilation.files.clone();
        let diagnostics = compilation.diagnostics.clone();
        Preview { root, book, kept, diagnostics, shown_with: options.shown_with }
    });
    (compilation, preview)
}

impl Preview {
    /// Takes in a file as it is saved now; `false` where only the whole tells what comes of it.
    pub fn take_in(&mut self, path: &Path) -> bool {
        let Some(inside) = self.inside(path) else { return false };
        let file = self.book.files.find(&inside).filter(|_| disk::obstacle(&self.root, &inside).is_none());
        let below = inside.strip_prefix(&self.book.config.content_dir).and_then(|rest| rest.strip_prefix('/'));
        let role = below.and_then(|below| Role::of(below, &self.book.config).ok());
        // What is too large is told by the whole.
        let limit = role.as_ref().map_or(disk::MAX_TEXT, Role::limit);
        let text = disk::read_text_bytes(path, limit).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let Some((file, text)) = file.zip(text) else { return false };
        if self.book.files.text(file) == text {
            return true;
        }
        let text: Arc<str> = text.into();
        if inside.starts_with(TEMPLATES) {
            return self.template(file, text);
        }
        match role {
            Some(Role::Page(..)) => self.page_text(file, &text),
            Some(Role::Source) => self.book.revise_sources(file, &text),
            _ => false,
        }
    }

    /// The path below the root, with `/`.
    fn inside(&self, path: &Path) -> Option<String> {
        let parts: Option<Vec<&str>> = path.strip_prefix(&self.root).ok()?.iter().map(|part| part.to_str()).collect();
        parts.map(|parts| parts.join("/"))
    }

    fn page_text(&mut self, file: FileId, text: &Arc<str>) -> bool {
        let before: Arc<str> = self.book.files.text(file).into();
        if !revise(&mut self.book, &mut self.diagnostics, file, text) {
            return false;
        }
        let stops = |found: &Diagnostic| found.severity == Severity::Error && !self.shown_with.contains(&found.code);
        let is_shown = !self.diagnostics.iter().any(stops);
        if !is_shown {
            revise(&mut self.book, &mut self.diagnostics, file, &before);
        }
        is_shown
    }

    fn template(&mut self, file: FileId, text: Arc<str>) -> bool {
        let before: Arc<str> = self.book.files.text(file).into();
        self.book.files.replace(file, text);
        let is_good = self.kept.read_templates(&self.book.files).is_ok();
        if !is_good {
            self.book.files.replace(file, before);
        }
        is_good
    }

    /// The page of the book that lies at a path below the output folder, as it is now; `None` where none does.
    pub fn page(&self, path: &str) -> Option<String> {
        self.kept.page(&self.book, path)
    }

    /// What an editor wants to know beside it.
    pub fn desk(&self, path: &str) -> Option<PageDesk> {
        desk::of_page(&self.book, path)
    }

    /// What is wrong, as far as it is known.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Every text file, for the diagnostics.
    pub fn files(&self) -> &Files {
        &self.book.files
    }
}
