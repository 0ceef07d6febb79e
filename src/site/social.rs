//! The pictures of pages where they are shared: what stands in each, and what the head of a page says of it.
//!
//! They are drawn before the pages, so that no page names a picture that does not exist. A page that is not translated has that of its text;
//! pages that the site makes itself have that of the home page.

use super::context::SocialImage;
use super::edition::OutPath;
use super::{address, bidi};
use crate::book::{Book, BookPage, Language, Version, View};
use crate::ids::{Lang, PageId};
use crate::locale::Key;
use crate::number::Number;
use crate::social::card::{Card, HEIGHT, WIDTH};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The pictures of an edition.
#[derive(Debug, Default)]
pub(super) struct Pictures(BTreeMap<OutPath, Arc<[u8]>>);

impl Pictures {
    /// Draws them, where the site asks for them. Without an address of the site nobody could find them.
    pub(super) fn draw(book: &Book) -> Self {
        if !book.config.social_images || book.config.base_url.is_none() {
            return Self::default();
        }
        let versions: Vec<(&BookPage, &Language, &Version)> = book.versions().collect();
        let drawn = versions.into_par_iter().filter_map(|(page, language, version)| {
            let picture = card(book, page, language, version).draw(&book.typefaces)?;
            Some((path(&language.lang, &page.id)?, picture.into()))
        });
        Self(drawn.collect())
    }

    /// What the head of a page says of its picture.
    pub(super) fn of_page(&self, book: &Book, view: View<'_>) -> Option<SocialImage> {
        self.tags(book, view.text_language, &view.page.id, &view.version.page.front.title.value)
    }

    /// What the head of a page of the site's own says.
    pub(super) fn of_home(&self, book: &Book, language: &Language) -> Option<SocialImage> {
        self.tags(book, language, &PageId::home(), &language.site_title)
    }

    fn tags(&self, book: &Book, language: &Language, id: &PageId, title: &str) -> Option<SocialImage> {
        let path = path(&language.lang, id).filter(|path| self.0.contains_key(path))?;
        let name = &language.site_title;
        Some(SocialImage {
            url: address::absolute(book.config.base_url.as_deref()?, &path),
            width: WIDTH,
            height: HEIGHT,
            alt: if id.is_home() || title == name { name.clone() } else { format!("{title} – {name}") },
        })
    }

    /// The files.
    pub(super) fn into_files(self) -> impl Iterator<Item = (OutPath, Arc<[u8]>)> {
        self.0.into_iter()
    }
}

/// Where the picture of a page lies: beside the page.
fn path(lang: &Lang, id: &PageId) -> Option<OutPath> {
    let page = address::of_page(lang, id)?;
    OutPath::parse(&page.as_str().replace("index.html", "social.png"))
}

/// What stands in the picture of a page. Where no font has the letters of its title, the site's name stands there alone.
fn card(book: &Book, page: &BookPage, language: &Language, version: &Version) -> Card {
    let locale = &language.locale;
    let front = &version.page.front;
    let direction = locale.direction();
    let mut notes = Vec::new();
    if !version.sources.is_empty() {
        notes.push(locale.count_text(Key::SourceCount, &Number::from(version.sources.len()), &[]));
    }
    if let Some(date) = &front.data_to {
        notes.push(locale.fill_text(Key::DataTo, &[("date", date.into())]));
    }
    // Ranges and names keep their order, as they do on the page.
    let set = |text: &str| bidi::plain(text, direction);
    let site = set(&language.site_title);
    if page.id.is_home() || !book.typefaces.missing(&front.title.value).is_empty() {
        return Card { direction, title: site, site: String::new(), kicker: None, notes };
    }
    let slot = book.slot_of(&language.lang);
    let section = page.parent.and_then(|index| book.page(index)).filter(|section| !section.id.is_home());
    let section = section.zip(slot).and_then(|(section, slot)| section.versions.get(slot)?.as_ref());
    let kicker = section.map(|section| set(&section.page.front.title.value));
    Card { direction, title: set(&front.title.value), site, kicker, notes }
}
