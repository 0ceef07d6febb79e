//! What is kept of a site that was rendered, so that a page of its book can be rendered again while it is written.
//!
//! It shows the page as it is now, and around it what the whole was: where lists are cut, which pages the site makes. That is put right when the whole is rendered next.

use super::SiteOptions;
use super::address;
use super::changes::History;
use super::faces::Faces;
use super::frame::MadePages;
use super::places::Places;
use super::renderer::Setting;
use super::social::Pictures;
use super::theme::Theme;
use crate::book::Book;
use crate::diagnostic::Diagnostic;
use crate::ids::PageId;
use crate::span::Files;
use tera::Value;

/// What is the same for all pages, and was made of the whole book.
#[derive(Debug)]
pub struct Setup {
    pub(super) strings: Vec<Value>,
    pub(super) places: Places,
    pub(super) made: MadePages,
}

/// What single pages of a site are rendered with.
pub struct Kept {
    theme: Theme,
    setup: Setup,
    options: SiteOptions,
}

impl Kept {
    /// Keeps what a whole site was rendered with.
    pub fn new(theme: Theme, setup: Setup, options: SiteOptions) -> Self {
        Self { theme, setup, options }
    }

    /// Compiles the site's own templates again. Where they are useless, those that were there stay.
    pub fn read_templates(&mut self, files: &Files) -> Result<(), Vec<Diagnostic>> {
        // What is only strange in them is said when the whole is compiled.
        self.theme = self.theme.again(files, &mut Vec::new())?;
        Ok(())
    }

    /// The page of the book that lies at a path; `None` where another file does, or where it cannot be rendered.
    pub fn page(&self, book: &Book, path: &str) -> Option<String> {
        let (lang, below) = path.split_once('/')?;
        let id = below.strip_suffix("index.html").map(|folder| folder.strip_suffix('/').unwrap_or(folder))?;
        let page = book.find(&PageId::parse(id)?)?;
        let (language, reader) =
            book.languages.iter().enumerate().find(|(_, language)| language.lang.as_str() == lang)?;
        // A page that the site makes may have the address of none of the book's.
        address::of_page(&reader.lang, &page.id).filter(|own| own.as_str() == path)?;
        let history = History::new(book);
        let Setup { strings, places, made } = &self.setup;
        let setting = Setting {
            book,
            theme: &self.theme,
            strings,
            faces: &Faces::of(book, self.options.extent()),
            history: &history,
            places,
            made,
            pictures: &Pictures::default(),
            options: &self.options,
        };
        setting.page(language, page).ok().flatten().map(|(_, html)| String::from_utf8_lossy(&html).into_owned())
    }
}
