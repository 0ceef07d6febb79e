//! What stands around the pages: the choice of language, the page for what is not found, old addresses that lead on.

use super::address;
use super::context::{Choice, Frame};
use super::edition::OutPath;
use super::library::{LibraryWriter, Row};
use super::renderer::{Place, Rendered, Renderer};
use super::words::WithLang;
use crate::book::BookPage;
use crate::citation::entry;
use crate::ids::{Lang, PageId};
use schemars::JsonSchema;
use serde::Serialize;

/// What the choice of language gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct ChoiceFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// The languages, in the order of the site.
    choices: Vec<Choice>,
}

/// What the page at an old address gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct RedirectFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// Where the page is now.
    target_url: String,
    /// Its title; write it with the filter `bidi`.
    title: &'a str,
    /// Language of the title, where it is not the interface's; else null.
    title_lang: Option<&'a str>,
    /// Direction of the title, with `title_lang`.
    title_dir: Option<&'static str>,
}

impl<'a> Renderer<'a> {
    /// All of it.
    pub(super) fn furniture(&self) -> Vec<Rendered> {
        let mut rendered = vec![self.choice(), self.not_found()];
        for language in 0..self.book.languages.len() {
            for page in &self.book.pages {
                for alias in self.book.aliases(page) {
                    rendered.push(self.redirect(language, page, &alias.value));
                }
            }
            for row in self.shelf.rows(language).iter().filter(|row| !row.entry.source.aliases.is_empty()) {
                rendered.extend(self.redirects_of_source(language, row));
            }
        }
        rendered
    }

    fn choice(&self) -> Rendered {
        let Some(from) = OutPath::parse("index.html") else { return Ok(None) };
        let Some(frame) = self.frame(0, &from, Place::Outside) else { return Ok(None) };
        let choices = self
            .book
            .languages
            .iter()
            .filter_map(|language| {
                let to = address::of_page(&language.lang, &PageId::home())?;
                Some(Choice {
                    lang: language.lang.as_str().to_owned(),
                    name: language.locale.name().to_owned(),
                    dir: language.locale.direction().name(),
                    url: address::link(self.options.profile, &from, &to, None),
                    title: language.site_title.clone(),
                    description: language.site_description.clone(),
                })
            })
            .collect();
        let html = self.theme.render(&ChoiceFrame { frame, choices })?;
        Ok(Some((from, html)))
    }

    fn not_found(&self) -> Rendered {
        let Some(from) = OutPath::parse("404.html") else { return Ok(None) };
        let Some(mut frame) = self.frame(0, &from, Place::Outside) else { return Ok(None) };
        // A host shows this page at any address, so relative links would lead astray; where the site's address is known they are absolute.
        if let Some(base) = self.book.config.base_url.as_deref() {
            let site = [&mut frame.site.home_url, &mut frame.site.static_url];
            let links = frame
                .nav
                .iter_mut()
                .chain(&mut frame.people)
                .chain(&mut frame.timeline)
                .chain(&mut frame.library)
                .chain(&mut frame.changes)
                .chain(&mut frame.figures)
                .chain(&mut frame.sourcing)
                .chain(&mut frame.search)
                .map(|link| &mut link.url);
            let languages = frame.languages.iter_mut().map(|link| &mut link.url);
            for url in site.into_iter().chain(links).chain(languages) {
                url.insert_str(0, base);
            }
        }
        let html = self.theme.render(&frame)?;
        Ok(Some((from, html)))
    }

    fn redirect(&self, language: usize, page: &BookPage, alias: &PageId) -> Rendered {
        let Some(view) = self.book.view(page, language) else { return Ok(None) };
        let lang = &view.language.lang;
        let (Some(from), Some(to)) = (address::of_page(lang, alias), address::of_page(lang, &page.id)) else {
            return Ok(None);
        };
        let title = &view.version.page.front.title.value;
        let title_lang = Some(&view.text_language.lang).filter(|_| view.is_fallback());
        self.lead_on(language, &from, &to, Place::Page(page), title, title_lang)
    }

    /// What stays at the addresses of a source's older ids.
    fn redirects_of_source(&self, language: usize, row: &Row<'a>) -> Vec<Rendered> {
        let Some(reader) = self.book.languages.get(language) else { return Vec::new() };
        let source = row.entry.source;
        let paths = LibraryWriter::source_paths(self.book, self.shelf, row, 0);
        let Some(to) = paths.get(language) else { return Vec::new() };
        let (title, lang) = entry::original(&source.title, &source.lang);
        let olds = source.aliases.iter().filter_map(|alias| address::of_source(&reader.lang, &alias.value));
        // An older id may differ by its capitals alone: then it is the same address.
        olds.filter(|from| from != to)
            .map(|from| {
                let title_lang = Some(lang).filter(|lang| **lang != reader.lang);
                self.lead_on(language, &from, to, Place::Library(&paths), title, title_lang)
            })
            .collect()
    }

    fn lead_on(
        &self,
        language: usize,
        from: &OutPath,
        to: &OutPath,
        place: Place<'_>,
        title: &str,
        title_lang: Option<&Lang>,
    ) -> Rendered {
        let Some(frame) = self.frame(language, from, place) else { return Ok(None) };
        let target_url = address::link(self.options.profile, from, to, None);
        let with = WithLang::of(title_lang, self.book);
        let redirect = RedirectFrame { frame, target_url, title, title_lang: with.lang, title_dir: with.dir };
        let html = self.theme.render(&redirect)?;
        Ok(Some((from.clone(), html)))
    }
}
