//! Renders the pages of the languages: what each is given besides the frame around it.

use super::SiteOptions;
use super::actors;
use super::address;
use super::changes::{self, History};
use super::context::Frame;
use super::edition::OutPath;
use super::faces::Faces;
use super::figure_list;
use super::frame::{self, MadePages, Place};
use super::hosting::counterparts::Counterparts;
use super::library::{self, LibraryWriter, ListKey, Row, Shelf, SourceContext};
use super::offline;
use super::page::PageWriter;
use super::places::Places;
use super::search;
use super::social::Pictures;
use super::sourcing;
use super::theme::Theme as Templates;
use super::timeline;
use super::translation_status::{self, Standing};
use crate::audit::Survey;
use crate::book::navigation::Made;
use crate::book::register::Register;
use crate::book::{Book, BookPage, Language};
use crate::diagnostic::Diagnostic;
use crate::timeline::Theme;
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::Deref;
use std::sync::Arc;
use tera::Value;

/// What pages of the book, and the frame around every page, are rendered with.
pub(super) struct Setting<'a> {
    pub(super) book: &'a Book,
    pub(super) theme: &'a Templates,
    pub(super) strings: &'a [Value],
    pub(super) faces: &'a Faces<'a>,
    pub(super) history: &'a History<'a>,
    pub(super) places: &'a Places,
    pub(super) made: &'a MadePages,
    pub(super) pictures: &'a Pictures,
    pub(super) options: &'a SiteOptions,
}

/// Renders pages of one edition.
pub(super) struct Renderer<'a> {
    pub(super) setting: Setting<'a>,
    pub(super) shelf: &'a Shelf<'a>,
    pub(super) register: &'a Register<'a>,
    pub(super) standing: &'a Standing<'a>,
}

impl<'a> Deref for Renderer<'a> {
    type Target = Setting<'a>;

    fn deref(&self) -> &Setting<'a> {
        &self.setting
    }
}

/// A page to be rendered in a language.
#[derive(Clone, Copy)]
pub(super) enum Job<'a> {
    /// A page of the book.
    Page(&'a BookPage),
    /// A page about a source.
    Source(&'a Row<'a>, usize),
    /// A page of a list of sources.
    List(&'a ListKey, usize),
    /// A page of the timeline: of all events, or of those of a theme.
    Timeline(Option<&'a Theme>, usize),
    /// A page of the list of all figures.
    Figures(usize),
    /// The who's who.
    People,
    /// The page on what the site rests on.
    Sourcing,
    /// The page on which one searches, with the index of all pages.
    Search,
    /// A page on what has changed.
    Changes(usize),
    /// The same as a feed.
    Feed,
    /// The page on which readers take copies.
    Offline,
    /// A page on how far the translation into the language is behind.
    TranslationStatus(usize),
    /// The same as data.
    TranslationData,
}

/// What the template of a page gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct PageFrame<'a, P> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// The page.
    page: P,
}

/// What the template of a list gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct ListFrame<'a, L> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// The list.
    list: L,
}

/// What the template of a source gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct SourceFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// The source.
    source: SourceContext,
}

/// A file; nothing where there is no page; what is wrong with a template.
pub(super) type Rendered = Result<Option<(OutPath, Arc<[u8]>)>, Diagnostic>;

impl<'a> Renderer<'a> {
    /// Every page, with the place of its language in the book.
    pub(super) fn jobs(&self) -> Vec<(usize, Job<'a>)> {
        let mut jobs = Vec::new();
        for (language, _) in self.languages() {
            jobs.extend(self.book.pages.iter().map(|page| (language, Job::Page(page))));
            let sources = self.shelf.source_pages(language);
            jobs.extend(sources.into_iter().map(|(row, part)| (language, Job::Source(row, part))));
            let lists = self.shelf.list_pages(language);
            jobs.extend(lists.into_iter().map(|(key, part)| (language, Job::List(key, part))));
            if self.book.has_timeline() {
                let themes = timeline::shown_themes(self.book).into_iter().map(Some);
                for theme in std::iter::once(None).chain(themes) {
                    let parts = 0..timeline::count_parts(self.book, theme);
                    jobs.extend(parts.map(|part| (language, Job::Timeline(theme, part))));
                }
            }
            if self.book.has_people() {
                jobs.push((language, Job::People));
            }
            jobs.extend((0..self.history.parts()).map(|part| (language, Job::Changes(part))));
            jobs.extend([Job::Sourcing, Job::Search, Job::Feed].map(|job| (language, job)));
            jobs.extend(self.has_offline().then_some((language, Job::Offline)));
            jobs.extend((0..self.places.figure_parts()).map(|part| (language, Job::Figures(part))));
            let parts = self.standing.parts(language);
            jobs.extend((0..parts).map(|part| (language, Job::TranslationStatus(part))));
            jobs.extend((parts > 0).then_some((language, Job::TranslationData)));
        }
        jobs
    }

    /// Renders a page.
    pub(super) fn run(&self, language: usize, job: Job<'a>) -> Rendered {
        match job {
            Job::Page(page) => self.page(language, page),
            Job::Source(row, part) => self.source(language, row, part),
            Job::List(key, part) => self.list(language, key, part),
            Job::Timeline(theme, part) => self.timeline(language, theme, part),
            Job::Figures(part) => self.figures(language, part),
            Job::People => self.people(language),
            Job::Sourcing => self.sourcing(language),
            Job::Search => self.search(language),
            Job::Changes(part) => self.changes(language, part),
            Job::Offline => self.offline(language),
            Job::Feed => {
                let own = self.book.languages.get(language);
                Ok(kept(own.and_then(|own| changes::feed::feed(self.book, own, self.history, self.places))))
            }
            Job::TranslationStatus(part) => self.translation_status(language, part),
            Job::TranslationData => Ok(kept(translation_status::data(self.book, language))),
        }
    }

    /// Where a page lies, and the same page in the languages that have it; nothing of what is no page for search engines.
    pub(super) fn counterparts(&self, language: usize, job: Job<'a>) -> Option<(OutPath, Counterparts)> {
        let book = self.book;
        let everywhere =
            |paths: Vec<OutPath>| Some((paths.get(language)?.clone(), Counterparts::of_paths(book, &paths)));
        match job {
            Job::Page(page) => {
                let path = address::of_page(&book.languages.get(language)?.lang, &page.id)?;
                Some((path, Counterparts::of_page(book, page)))
            }
            Job::Source(row, part) => {
                let paths = LibraryWriter::source_paths(book, self.shelf, row, part);
                Some((paths.get(language)?.clone(), library::counterparts(book, self.shelf, row, part)))
            }
            Job::List(key, part) => everywhere(LibraryWriter::list_paths(book, self.options, key, part)),
            Job::Timeline(theme, part) => everywhere(timeline::paths(book, theme, part)),
            Job::People => everywhere(frame::paths_of(Made::People, book)),
            Job::Figures(part) => everywhere(figure_list::paths(book, part)),
            Job::Sourcing => everywhere(frame::paths_of(Made::Sourcing, book)),
            Job::Search => everywhere(frame::paths_of(Made::Search, book)),
            Job::Changes(part) => everywhere(changes::page::paths(book, part)),
            Job::Offline => everywhere(frame::paths_of(Made::Offline, book)),
            Job::Feed | Job::TranslationStatus(_) | Job::TranslationData => None,
        }
    }

    fn source(&self, language: usize, row: &Row<'a>, part: usize) -> Rendered {
        let paths = LibraryWriter::source_paths(self.book, self.shelf, row, part);
        let Some((from, writer)) = self.library(language, &paths) else { return Ok(None) };
        let source = writer.source(row, part);
        let Some(frame) = self.frame(language, from, Place::Made(Made::Library, &paths)) else { return Ok(None) };
        let html = self.theme.render(&SourceFrame { frame, source })?;
        Ok(Some((from.clone(), html)))
    }

    fn list(&self, language: usize, key: &ListKey, part: usize) -> Rendered {
        let paths = LibraryWriter::list_paths(self.book, self.options, key, part);
        let Some((from, writer)) = self.library(language, &paths) else { return Ok(None) };
        let Some(list) = writer.list(key, part, &paths) else { return Ok(None) };
        let Some(frame) = self.frame(language, from, Place::Made(Made::Library, &paths)) else { return Ok(None) };
        let html = self.theme.render(&ListFrame { frame, list })?;
        Ok(Some((from.clone(), html)))
    }

    fn timeline(&self, language: usize, theme: Option<&Theme>, part: usize) -> Rendered {
        let paths = timeline::paths(self.book, theme, part);
        let (Some(reader), Some(from)) = (self.book.languages.get(language), paths.get(language)) else {
            return Ok(None);
        };
        let writer = self.writer(language, from);
        let Some(page) = timeline::context(&writer, reader, self.faces, (theme, part), &paths) else { return Ok(None) };
        let Some(frame) = self.frame(language, from, Place::Made(Made::Timeline, &paths)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from.clone(), html)))
    }

    fn figures(&self, language: usize, part: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = figure_list::path(&reader.lang, part) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let list = figure_list::context(&writer, reader, self.register, part);
        let paths = figure_list::paths(self.book, part);
        let Some(frame) = self.frame(language, &from, Place::Made(Made::Figures, &paths)) else { return Ok(None) };
        let html = self.theme.render(&ListFrame { frame, list })?;
        Ok(Some((from, html)))
    }

    fn people(&self, language: usize) -> Rendered {
        let paths = frame::paths_of(Made::People, self.book);
        let (Some(reader), Some(from)) = (self.book.languages.get(language), paths.get(language)) else {
            return Ok(None);
        };
        let writer = self.writer(language, from);
        let Some(page) = actors::context(&writer, reader, self.faces, &paths) else { return Ok(None) };
        let Some(frame) = self.frame(language, from, Place::Made(Made::People, &paths)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from.clone(), html)))
    }

    fn sourcing(&self, language: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = sourcing::path(&reader.lang) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let page = sourcing::context(&writer, reader, &Survey::of_reader(self.book, language));
        let paths = frame::paths_of(Made::Sourcing, self.book);
        let Some(frame) = self.frame(language, &from, Place::Made(Made::Sourcing, &paths)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn search(&self, language: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = address::of_search(&reader.lang) else { return Ok(None) };
        let paths = frame::paths_of(Made::Search, self.book);
        let Some(frame) = self.frame(language, &from, Place::Made(Made::Search, &paths)) else { return Ok(None) };
        let Setting { book, places, options, .. } = self.setting;
        let locale = &reader.locale;
        let library =
            LibraryWriter { book, shelf: self.shelf, places, profile: options.profile, language, locale, from: &from };
        let page = search::page::context(&self.writer(language, &from), reader, &library, &frame);
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn changes(&self, language: usize, part: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = changes::path(&reader.lang, part) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let page = changes::page::context(&writer, reader, self.history, part);
        let paths = changes::page::paths(self.book, part);
        let Some(frame) = self.frame(language, &from, Place::Made(Made::Changes, &paths)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn offline(&self, language: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = offline::path(&reader.lang) else { return Ok(None) };
        let page = offline::context(&self.writer(language, &from), reader, self.options, self.which_copy(reader));
        let paths = frame::paths_of(Made::Offline, self.book);
        let Some(frame) = self.frame(language, &from, Place::Made(Made::Offline, &paths)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn translation_status(&self, language: usize, part: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = translation_status::path(&reader.lang, part) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let Some(page) = translation_status::context(&writer, reader, self.standing, part) else { return Ok(None) };
        let paths = translation_status::paths(self.book, self.standing);
        let Some(frame) = self.frame(language, &from, Place::Made(Made::TranslationStatus, &paths)) else {
            return Ok(None);
        };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn library<'p>(&self, language: usize, paths: &'p [OutPath]) -> Option<(&'p OutPath, LibraryWriter<'p>)>
    where
        'a: 'p,
    {
        let from = paths.get(language)?;
        let locale = &self.book.languages.get(language)?.locale;
        let Setting { book, places, options, .. } = self.setting;
        Some((
            from,
            LibraryWriter { book, shelf: self.shelf, places, profile: options.profile, language, locale, from },
        ))
    }
}

impl<'a> Setting<'a> {
    /// The languages that are in the edition, each with its place in the book.
    pub(super) fn languages(&self) -> impl Iterator<Item = (usize, &'a Language)> {
        self.book.languages.iter().enumerate().filter(|(_, language)| self.options.has(&language.lang))
    }

    /// Whether there is a page on copies: where some are offered, and in each of them.
    pub(super) fn has_offline(&self) -> bool {
        self.made.has_offline()
    }

    pub(super) fn writer<'p>(&self, language: usize, from: &'p OutPath) -> PageWriter<'p>
    where
        'a: 'p,
    {
        let Self { book, places, options, .. } = *self;
        PageWriter { book, places, profile: options.profile, extent: options.extent(), language, from }
    }

    /// Renders a page of the book.
    pub(super) fn page(&self, language: usize, page: &BookPage) -> Rendered {
        let Some(view) = self.book.view(page, language) else { return Ok(None) };
        let Some(from) = address::of_page(&view.language.lang, &page.id) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let context = writer.context(page, view, self.faces, self.history);
        let Some(frame) = self.frame(language, &from, Place::Page(page)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page: context })?;
        Ok(Some((from, html)))
    }
}

/// A text that was made as a whole.
fn kept(file: Option<(OutPath, String)>) -> Option<(OutPath, Arc<[u8]>)> {
    file.map(|(path, text)| (path, text.into_bytes().into()))
}
