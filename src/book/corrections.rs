//! What is news of pages: that one is new, which each language says for itself, and what pages said and was wrong. It is written in the head of the source page and holds for every language.

use super::{Book, BookPage, View};
use crate::date::Day;
use crate::ids::Lang;
use crate::workspace::front_matter::Correction;
use std::cmp::Reverse;

/// A correction and the page that it stands on.
#[derive(Debug, Clone, Copy)]
pub struct Corrected<'a> {
    /// The page.
    pub page: &'a BookPage,
    /// Its place among the page's, from 1: what is added later comes after it, so it stays.
    pub number: usize,
    /// What it says.
    pub correction: &'a Correction,
}

impl Corrected<'_> {
    /// Its id on the page.
    pub fn anchor(&self) -> String {
        format!("page-correction-{}", self.number)
    }

    /// The section that it concerns, by the id of its heading.
    pub fn section(&self) -> Option<&str> {
        let passage = self.correction.passage.as_ref()?.value.trim_start_matches('#');
        Some(passage.split('/').next().unwrap_or(passage)).filter(|section| !section.is_empty())
    }
}

impl BookPage {
    /// The corrections of the page, the newest first.
    pub fn corrections(&self) -> Vec<Corrected<'_>> {
        let source = self.versions.iter().flatten().next();
        let written = source.map(|source| source.page.front.corrections.as_slice()).unwrap_or_default();
        let mut all: Vec<Corrected<'_>> =
            (1..).zip(written).map(|(number, correction)| Corrected { page: self, number, correction }).collect();
        all.sort_by_key(|one| Reverse((one.correction.at, one.number)));
        all
    }
}

impl Book {
    /// The pages that say since when a language has them, the newest first, each with that day.
    pub fn published(&self, lang: &Lang) -> Vec<(Day, View<'_>)> {
        let views = self.pages.iter().filter_map(|page| self.view_in(page, lang)).filter(|view| !view.is_fallback());
        let mut news: Vec<(Day, View<'_>)> = views
            .filter(|view| !view.version.page.front.draft)
            .filter_map(|view| Some((view.version.page.front.published?, view)))
            .collect();
        news.sort_by_key(|(day, _)| Reverse(*day));
        news
    }

    /// Whether a feed has anything to tell of pages.
    pub fn has_news(&self) -> bool {
        !self.corrections().is_empty() || self.versions().any(|(_, _, version)| version.page.front.published.is_some())
    }

    /// The corrections of all pages, the newest first.
    pub fn corrections(&self) -> Vec<Corrected<'_>> {
        let mut all: Vec<Corrected<'_>> = self.pages.iter().flat_map(BookPage::corrections).collect();
        all.sort_by_key(|one| Reverse(one.correction.at));
        all
    }
}
