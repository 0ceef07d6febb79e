//! What files of the site are made of, as short names, so that a build takes from the last one what could not be different.
//!
//! A file is made of its *surroundings* (the program, the options, every file of the site but for what stands in pages below their front matter, where things lie) and of the text of
//! some pages. Whoever lets a page show more of another page than its front matter says and than [`Places`] knows names that page's text here, too; a test holds random
//! edits against builds from nothing. Pages that tell of all others (the home page, the glossary, lists) have no recipe: they are always made.

use super::SiteOptions;
use super::edition::Recipe;
use super::frame::MadePages;
use super::library::Row;
use super::places::Places;
use super::renderer::Job;
use crate::book::catalogue::Catalogue;
use crate::book::{Book, BookPage, PageIndex, Version};
use crate::changes;
use crate::ids::Lang;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// The hash of a page's text in one language, where it has one that somebody wrote.
type Text = Option<[u8; 32]>;

/// Stands for a text that nobody wrote.
const NO_TEXT: [u8; 32] = [0; 32];

/// What goes into the files of one edition.
pub(super) struct Recipes<'a> {
    book: &'a Book,
    catalogue: &'a Catalogue<'a>,
    surroundings: String,
    /// By page, and by the place of its language in the book.
    texts: Vec<Vec<Text>>,
    /// By page: the hash of the ids that its headings have in every language, where a translation names none of its own.
    headings: Vec<[u8; 32]>,
}

impl<'a> Recipes<'a> {
    /// Those of an edition; `None` where nobody says what it depends on.
    pub(super) fn of(
        (book, options): (&'a Book, &SiteOptions),
        catalogue: &'a Catalogue<'a>,
        places: &Places,
        made: &MadePages,
    ) -> Option<Self> {
        let surroundings = options.surroundings.as_ref().filter(|_| options.offline.is_none())?;
        let lock = book.changes.as_ref().map(changes::write::write);
        let around = format!("{surroundings}\n{:?}\n{lock:?}\n{places:?}\n{made:?}", options.profile);
        let surroundings = format!("{:x}", Sha256::digest(around));
        let text = |version: &Option<Version>| Some(Sha256::digest(version.as_ref()?.text()?).into());
        let texts = book.pages.par_iter().map(|page| page.versions.iter().map(text).collect()).collect();
        let headings = book.pages.par_iter().map(headings).collect();
        Some(Self { book, catalogue, surroundings, texts, headings })
    }

    /// A page of the book for readers of a language.
    fn page(&self, language: usize, page: &BookPage) -> Option<Recipe> {
        if page.id.is_home() || self.book.is_glossary(page) {
            return None;
        }
        let index = self.book.index_of(&page.id)?;
        Some(self.recipe(&format!("page {language} {}", page.id), [index]))
    }

    /// A page about a source, which has the sentences of all pages that rest on it.
    fn source(&self, language: usize, row: &Row<'_>, part: usize) -> Recipe {
        let pages = self.catalogue.pages(row.entry);
        self.recipe(&format!("source {language} {part} {}", row.entry.source.id), pages)
    }

    /// What a job makes, where it is made of a few pages.
    pub(super) fn job(&self, language: usize, job: Job<'_>) -> Option<Recipe> {
        match job {
            Job::Page(page) => self.page(language, page),
            Job::Source(row, part) => Some(self.source(language, row, part)),
            _ => None,
        }
    }

    /// How a page is cited, as files.
    pub(super) fn citing(&self, page: &BookPage, lang: &Lang) -> Option<Recipe> {
        Some(self.recipe(&format!("citing {lang} {}", page.id), [self.book.index_of(&page.id)?]))
    }

    /// The statements of a language.
    pub(super) fn statements(&self, language: usize) -> Recipe {
        self.of_all(&format!("statements {language}"), |_| Some(language))
    }

    /// The search index of a language, which has pages in another where they are not translated.
    pub(super) fn search(&self, language: usize) -> Recipe {
        self.of_all(&format!("search {language}"), |page| {
            self.book.slot_of(&self.book.view(page, language)?.text_language.lang)
        })
    }

    /// Sources as files of other programs, of which pages decide only who has which.
    pub(super) fn downloads(&self) -> Recipe {
        let mut digest = self.begin("downloads");
        for page in &self.book.pages {
            let sources: Vec<_> = page.versions.iter().flatten().map(|version| &version.sources).collect();
            digest.update(format!("{} {sources:?}\n", page.id));
        }
        named(digest)
    }

    fn recipe(&self, what: &str, pages: impl IntoIterator<Item = PageIndex>) -> Recipe {
        let mut digest = self.begin(what);
        for page in pages {
            digest.update(page.0.to_le_bytes());
            for text in self.texts.get(page.0).into_iter().flatten() {
                digest.update(text.unwrap_or(NO_TEXT));
            }
        }
        named(digest)
    }

    /// What is made of one text of each page, the one in the language at `which`, whose headings may be named in another.
    fn of_all(&self, what: &str, which: impl Fn(&BookPage) -> Option<usize>) -> Recipe {
        let mut digest = self.begin(what);
        for ((page, texts), headings) in self.book.pages.iter().zip(&self.texts).zip(&self.headings) {
            let slot = which(page);
            digest.update(headings);
            digest.update(slot.unwrap_or(usize::MAX).to_le_bytes());
            digest.update(slot.and_then(|slot| *texts.get(slot)?).unwrap_or(NO_TEXT));
        }
        named(digest)
    }

    fn begin(&self, what: &str) -> Sha256 {
        Sha256::new().chain_update(format!("{}\n{what}\n", self.surroundings))
    }
}

/// A hash of the ids of a page's headings, as its source has them.
fn headings(page: &BookPage) -> [u8; 32] {
    let mut digest = Sha256::new();
    for heading in page.versions.iter().flatten().next().into_iter().flat_map(|source| &source.outline) {
        digest.update(format!("{} {}\n", heading.level, heading.id));
    }
    digest.finalize().into()
}

fn named(digest: Sha256) -> Recipe {
    Recipe::named(format!("{:x}", digest.finalize()))
}
