//! The library of sources as pages: one a source, and lists of them all.
//!
//! 1. [`shelf`] puts the sources that a reader meets in the order of each language, once for an edition, and sorts them into lists.
//! 2. [`list`] makes a page of a list: all by name or by date, or those of a kind, a language, a party, a year.
//! 3. [`source`] makes the page of a source, or in a copy its part of the list of all; [`record`] tells its record, [`citing`] the sentences that rest on it.
//!
//! Long lists run over several pages, so that no page grows with the library and the whole grows with its sources alone.

mod citing;
mod context;
mod list;
mod record;
mod shelf;
mod source;

pub(super) use context::{ListContext, SourceContext};
pub(super) use shelf::{ListKey, Row, Shelf};
pub(super) use source::counterparts;

use super::address::{self, Profile};
use super::context::{Alternate, Link, Parts};
use super::edition::OutPath;
use super::page::alternates;
use super::places::Places;
use crate::book::Book;
use crate::book::catalogue::FOLDER;
use crate::citation::Source;
use crate::ids::Lang;
use crate::locale::Locale;

/// Makes the contexts of the library's pages for a reader of `language` (its place in the book).
#[derive(Clone, Copy)]
pub(super) struct LibraryWriter<'s> {
    pub(super) book: &'s Book,
    pub(super) shelf: &'s Shelf<'s>,
    pub(super) places: &'s Places,
    pub(super) profile: Profile,
    pub(super) language: usize,
    /// The reader's words.
    pub(super) locale: &'s Locale,
    /// The page that is written.
    pub(super) from: &'s OutPath,
}

/// Where a page of the library lies: its folder below [`FOLDER`], and which of its pages it is, from 0.
pub(super) fn path(lang: &Lang, folder: &str, part: usize) -> Option<OutPath> {
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    OutPath::parse(&format!("{lang}/{FOLDER}/{folder}{}index.html", address::of_part(part)))
}

impl LibraryWriter<'_> {
    /// The link to a page of the library in the reader's language.
    fn url(&self, folder: &str, part: usize) -> Option<String> {
        Some(address::link(self.profile, self.from, &path(self.locale.lang(), folder, part)?, None))
    }

    /// The link to the first page of a list; `None` where the edition has no such list.
    fn list_url(&self, key: &ListKey) -> Option<String> {
        self.url(&key.folder(), 0).filter(|_| self.shelf.has(key))
    }

    /// The way to what is told of a source; `None` where nothing is.
    fn source_url(&self, source: &Source) -> Option<String> {
        Some(self.places.source(self.locale.lang(), &source.id)?.link(self.profile, self.from))
    }

    /// This page's own absolute address.
    fn canonical(&self) -> Option<String> {
        self.book.config.base_url.as_deref().map(|base| address::absolute(base, self.from))
    }

    /// The same page in each language.
    fn alternates(&self, paths: &[OutPath]) -> Vec<Alternate> {
        alternates(self.book, paths)
    }

    /// A link to a list.
    fn list_link(&self, title: &str, key: &ListKey, current: bool) -> Option<Link> {
        let url = self.list_url(key)?;
        Some(Link { title: title.to_owned(), url, current, lang: None, dir: None })
    }

    /// Where one is on a list of several pages.
    fn parts(&self, folder: &str, part: usize, parts: usize) -> Option<Parts> {
        Parts::of(self.locale, part, parts, &|part| self.url(folder, part))
    }
}
