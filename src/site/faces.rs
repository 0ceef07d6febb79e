//! What of a source is the same on all pages of a language that list it, made when it is first asked for. Uses `book`, and the rooms of `site` that write it.
//!
//! A source is cited on hundreds of pages; what they say of it differs in its number, its passages and the ways back alone.

use super::address;
use super::context::{Gone, OutLink};
use super::credentials;
use super::entry::entry_html;
use super::extent::Extent;
use super::html::Html;
use super::shared::Shared;
use super::words;
use crate::book::Book;
use crate::citation::Source;
use crate::citation::csl::Class;
use crate::exchange::coins;
use crate::exchange::schema_org::schema_org;
use crate::locale::{Key, Locale, Vocabulary};
use serde_json::value::{RawValue, to_raw_value};
use std::sync::OnceLock;

/// What lists say of a source.
pub(super) struct Face {
    /// Its entry; nothing in a style that writes the same source otherwise on other pages.
    pub(super) entry: Option<Shared<Html>>,
    /// For reference managers; nothing in a copy that is handed on.
    pub(super) coins: Option<Shared<String>>,
    pub(super) kind: Option<Shared<String>>,
    pub(super) speaks_for: Option<Shared<Html>>,
    pub(super) note: Option<Shared<Html>>,
    pub(super) links: Shared<Vec<OutLink>>,
    pub(super) gone: Option<Shared<Gone>>,
    pub(super) checked: Shared<Vec<Html>>,
    /// Who says so, in short.
    pub(super) short: Html,
    /// The source in the words of schema.org.
    pub(super) linked_data: Option<Box<RawValue>>,
}

/// The faces of all sources, by language and by the place of the source in the library.
pub(super) struct Faces<'a> {
    book: &'a Book,
    extent: Extent,
    made: Vec<Vec<OnceLock<Box<Face>>>>,
}

impl<'a> Faces<'a> {
    /// Those of a book, none of which is made yet.
    pub(super) fn of(book: &'a Book, extent: Extent) -> Self {
        let sources = book.library.sources().count();
        let of_language = |_| std::iter::repeat_with(OnceLock::new).take(sources).collect();
        Self { book, extent, made: book.languages.iter().map(of_language).collect() }
    }

    /// The face of a source of the library for readers of the language at `language`.
    pub(super) fn get(&self, language: usize, source: &Source) -> Option<&Face> {
        let locale = &self.book.languages.get(language)?.locale;
        let slot = self.made.get(language)?.get(self.book.library.place_of(&source.id)?)?;
        Some(slot.get_or_init(|| Box::new(self.make(source, locale))))
    }

    fn make(&self, source: &Source, locale: &Locale) -> Face {
        let book = self.book;
        let is_numbered = book.citation_class() == Class::Numbers;
        let is_site = self.extent == Extent::Site;
        let kind = source.kind.and_then(|kind| locale.term(Vocabulary::SourceKind, kind));
        let speaks_for = source.affiliation.as_deref().map(|party| {
            let name = locale.term(Vocabulary::Affiliation, party).unwrap_or(party);
            words::plain_sentence(locale, Key::SpeaksFor, &[("name", name)])
        });
        Face {
            entry: is_numbered.then(|| entry_html(book, source, locale).into()),
            coins: is_site.then(|| coins(source).into()),
            kind: kind.map(|kind| kind.to_owned().into()),
            speaks_for: speaks_for.map(Shared::from),
            note: source.note.as_ref().map(|note| words::localized(book, locale, note).into()),
            links: credentials::links(source, locale).into(),
            gone: credentials::gone(source, locale).map(Shared::from),
            checked: credentials::checked(source, locale).into(),
            short: words::short_reference(book, locale, source, None),
            linked_data: is_site.then(|| self.linked_data(source, locale)).flatten(),
        }
    }

    fn linked_data(&self, source: &Source, locale: &Locale) -> Option<Box<RawValue>> {
        let place = |id: &_| {
            let to = address::of_source(locale.lang(), id)?;
            Some(address::absolute(self.book.config.base_url.as_deref()?, &to))
        };
        // Strings and numbers always serialise.
        to_raw_value(&schema_org(source, locale.lang(), &place)).ok()
    }
}
