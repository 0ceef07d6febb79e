//! The languages in which a page exists, and where readers of all other languages are sent (`x-default`).
//!
//! For a home page that is the choice of language, which is made for them. For any other page it is the source language's: the chooser knows
//! nothing of the page, and to lose what one was looking for is worse than to meet it in another language.
//!
//! Every page of a set names the same set, itself included, so that each is named back by those that it names.

use crate::book::{Book, BookPage, Language};
use crate::ids::{Lang, PageId};
use crate::site::address;
use crate::site::context::Alternate;
use crate::site::edition::OutPath;

/// The same page in the languages that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::site) struct Counterparts {
    pages: Vec<(Lang, OutPath)>,
    default: Option<OutPath>,
}

/// Where the choice of language lies.
pub(in crate::site) fn choice() -> Option<OutPath> {
    OutPath::parse("index.html")
}

impl Counterparts {
    /// Of a page of the book: its real translations. One that is only shown in the source language is none, and a draft is nobody's.
    pub(in crate::site) fn of_page(book: &Book, page: &BookPage) -> Self {
        let versions = book.languages.iter().zip(&page.versions);
        let finished = versions.filter(|(_, version)| version.as_ref().is_some_and(|own| !own.page.front.draft));
        let mut own = Self::of(
            finished
                .filter_map(|(language, _)| Some((language, address::of_page(&language.lang, &page.id)?)))
                .collect(),
        );
        if page.id.is_home() {
            own.default = choice();
        }
        own
    }

    /// Of the choice of language: the home pages.
    pub(in crate::site) fn of_choice(book: &Book) -> Self {
        book.find(&PageId::home())
            .map_or_else(|| Self { pages: Vec::new(), default: choice() }, |home| Self::of_page(book, home))
    }

    /// Of a page that the site makes itself, at these paths in each language.
    pub(in crate::site) fn of_paths(book: &Book, paths: &[OutPath]) -> Self {
        Self::of(book.languages.iter().zip(paths.iter().cloned()).collect())
    }

    /// Of a page that the site makes itself, in some languages.
    pub(in crate::site) fn of(pages: Vec<(&Language, OutPath)>) -> Self {
        let default = pages.first().map(|(_, path)| path.clone());
        Self { pages: pages.into_iter().map(|(language, path)| (language.lang.clone(), path)).collect(), default }
    }

    #[cfg(test)]
    pub(super) fn alone(lang: Lang, path: OutPath) -> Self {
        Self { default: Some(path.clone()), pages: vec![(lang, path)] }
    }

    /// As links of a page or of the sitemap; none where the site's address is not known.
    pub(in crate::site) fn alternates(&self, base: Option<&str>) -> Vec<Alternate> {
        let Some(base) = base else { return Vec::new() };
        let pages = self.pages.iter().map(|(lang, path)| (lang.as_str(), path));
        let default = self.default.iter().map(|path| ("x-default", path)).filter(|_| !self.pages.is_empty());
        pages
            .chain(default)
            .map(|(lang, path)| Alternate { lang: lang.to_owned(), url: address::absolute(base, path) })
            .collect()
    }

    /// Whether this is one of the pages, or where everybody else is sent.
    pub(in crate::site) fn hold(&self, path: &OutPath) -> bool {
        self.default.as_ref() == Some(path) || self.pages.iter().any(|(_, own)| own == path)
    }
}
