//! How figures have changed, as readers are told: a page in every language, newest first, with a feed, and the same as data.
//!
//! 1. [`History`] puts the log in order, once for an edition, and knows which pages show which figure.
//! 2. [`words`] tells a change in a language; [`page`] makes the pages from that, [`feed`] the feed, [`past`] what a page is told of its own.
//! 3. [`data`] is the log for programs.
//!
//! All of it rests on the log alone, never on what a build would add to it: two builds of the same files and the same lock are the same.

pub(super) mod data;
pub(super) mod feed;
pub(super) mod page;
pub(super) mod past;
mod words;

use super::address::{self, Profile};
use super::context::ChangeLink;
use super::edition::OutPath;
use super::words::plain_sentence;
use crate::book::navigation::CHANGES;
use crate::book::present::shown_on;
use crate::book::{Book, Language, PageIndex, View};
use crate::changes::{Change, FigureLock};
use crate::date::{Date, Day};
use crate::ids::{FigureId, Lang};
use crate::locale::Key;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many changes stand on a page.
const CHANGES_A_PAGE: usize = 100;

/// So many changes stand in a feed.
const CHANGES_A_FEED: usize = 50;

/// The log as every page of an edition sees it.
#[derive(Debug)]
pub(super) struct History<'a> {
    lock: Option<&'a FigureLock>,
    /// The places of the changes in the log, the newest first.
    order: Vec<usize>,
    /// The newest change of each figure, by its place in the order.
    newest: BTreeMap<&'a FigureId, usize>,
    /// Whether the site has a page about changes.
    is_told: bool,
    /// For each language the pages that show a figure of the log.
    shown: Vec<BTreeMap<&'a FigureId, Vec<PageIndex>>>,
}

impl<'a> History<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let lock = book.changes.as_ref();
        let log = lock.map(|lock| lock.log.as_slice()).unwrap_or_default();
        let mut order: Vec<usize> = (0..log.len()).collect();
        order.sort_by_key(|number| Reverse((log.get(*number).map(|change| change.noted), *number)));
        let mut newest = BTreeMap::new();
        for (place, number) in order.iter().enumerate() {
            if let Some(change) = log.get(*number) {
                newest.entry(&change.id).or_insert(place);
            }
        }
        let mut shown: Vec<BTreeMap<&FigureId, Vec<PageIndex>>> = vec![BTreeMap::new(); book.languages.len()];
        // Without changes nobody asks.
        let pages = if log.is_empty() { [].as_slice() } else { book.pages.as_slice() };
        for page in pages {
            for (language, shown) in shown.iter_mut().enumerate() {
                let (Some(view), Some(index)) = (book.view(page, language), book.index_of(&page.id)) else { continue };
                for figure in shown_on(book, view.version) {
                    shown.entry(figure).or_default().push(index);
                }
            }
        }
        Self { lock, order, newest, is_told: book.has_changes(), shown }
    }

    /// Whether the site has a page about changes.
    pub(super) fn is_told(&self) -> bool {
        self.is_told
    }

    /// How many pages the log takes in each language.
    pub(super) fn parts(&self) -> usize {
        if self.is_told() { self.order.len().div_ceil(CHANGES_A_PAGE).max(1) } else { 0 }
    }

    /// The changes from the newest on, each with its place in the log.
    fn changes(&self) -> impl Iterator<Item = (usize, &'a Change)> {
        let log = self.lock.map(|lock| lock.log.as_slice()).unwrap_or_default();
        self.order.iter().filter_map(move |number| Some((*number, log.get(*number)?)))
    }

    /// The newest change of a figure that a page shows, with its place in the order and in the log.
    fn on(&self, book: &Book, view: View<'_>) -> Option<(usize, usize, &'a Change)> {
        if self.order.is_empty() {
            return None;
        }
        let shown = shown_on(book, view.version);
        let place = shown.into_iter().filter_map(|figure| self.newest.get(figure)).min()?;
        let (number, change) = self.changes().nth(*place)?;
        Some((*place, number, change))
    }

    /// The day of that change.
    pub(super) fn newest_on(&self, book: &Book, view: View<'_>) -> Option<Day> {
        self.on(book, view).map(|(_, _, change)| change.noted)
    }

    /// The day of the newest change of all.
    pub(super) fn newest(&self) -> Option<Day> {
        self.changes().next().map(|(_, change)| change.noted)
    }

    /// The way from a page to the newest change of a figure that it shows.
    pub(super) fn link(&self, book: &Book, view: View<'_>, profile: Profile, from: &OutPath) -> Option<ChangeLink> {
        let (place, number, change) = self.on(book, view)?;
        let locale = &view.language.locale;
        let date = locale.date(&Date::from(change.noted));
        let to = path(&view.language.lang, place / CHANGES_A_PAGE)?;
        Some(ChangeLink {
            html: plain_sentence(locale, Key::PageChanged, &[("date", &date)]),
            url: address::link(profile, from, &to, Some(&anchor(number))),
        })
    }
}

/// Where a page of the log lies, from 0.
pub(super) fn path(lang: &Lang, part: usize) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{CHANGES}/{}index.html", address::of_part(part)))
}

/// Where the feed of a language lies. A feed needs addresses that are whole, so there is none where the site's own is not known.
pub(super) fn feed_path(book: &Book, language: &Language) -> Option<OutPath> {
    book.config.base_url.as_ref()?;
    OutPath::parse(&format!("{}/{CHANGES}.xml", language.lang))
}

/// The id of a change on its page, by its place in the log: nothing is ever taken out of the log, so it stays.
fn anchor(number: usize) -> String {
    format!("change-{}", number + 1)
}
