//! Renders the pages of the languages: what each is given besides the frame around it, and that frame.

use super::actors;
use super::address;
use super::changes::{self, History};
use super::context::{Frame, LanguageLink, Link, Site};
use super::data;
use super::edition::OutPath;
use super::figure_list;
use super::hosting::counterparts::Counterparts;
use super::hosting::policy::POLICY;
use super::html::Html;
use super::library::{self, LibraryWriter, ListKey, Row, Shelf, SourceContext};
use super::page::PageWriter;
use super::places::Places;
use super::search;
use super::sourcing;
use super::theme::Theme as Templates;
use super::timeline;
use super::translation_status::{self, Standing};
use super::words;
use super::{GENERATOR, SiteOptions};
use crate::audit::Survey;
use crate::book::register::Register;
use crate::book::{Book, BookPage, Language};
use crate::citation::Source;
use crate::diagnostic::Diagnostic;
use crate::ids::PageId;
use crate::locale::Key;
use crate::timeline::Theme;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// So many sections stand in every page's head; the home page lists all.
const SECTIONS: usize = 12;

/// Renders pages of one edition.
pub(super) struct Renderer<'a> {
    pub(super) book: &'a Book,
    pub(super) theme: &'a Templates,
    pub(super) strings: &'a [BTreeMap<&'static str, String>],
    pub(super) shelf: &'a Shelf<'a>,
    pub(super) history: &'a History<'a>,
    pub(super) register: &'a Register<'a>,
    pub(super) places: &'a Places,
    pub(super) standing: &'a Standing<'a>,
    pub(super) options: &'a SiteOptions,
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
    /// The statements of the language as data.
    Statements,
    /// A page on how far the translation into the language is behind.
    TranslationStatus(usize),
    /// The same as data.
    TranslationData,
}

/// What a page is, so that it can lead to itself in the other languages.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    /// No page of any language: the languages lead home.
    Outside,
    /// A page of the book.
    Page(&'p BookPage),
    /// A page of the library, at these paths in each language.
    Library(&'p [OutPath]),
    /// A page of the timeline, at these paths in each language.
    Timeline(&'p [OutPath]),
    /// A page of the list of all figures.
    Figures(usize),
    /// The who's who, at these paths.
    People(&'p [OutPath]),
    /// The page on what the site rests on.
    Sourcing,
    /// The page on which one searches.
    Search,
    /// A page on what has changed.
    Changes(usize),
    /// A page on how far a translation is behind.
    TranslationStatus,
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
pub(super) type Rendered = Result<Option<(OutPath, String)>, Diagnostic>;

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
            jobs.extend([Job::Sourcing, Job::Search, Job::Feed, Job::Statements].map(|job| (language, job)));
            jobs.extend((0..self.places.figure_parts()).map(|part| (language, Job::Figures(part))));
            let parts = self.standing.parts(language);
            jobs.extend((0..parts).map(|part| (language, Job::TranslationStatus(part))));
            jobs.extend((parts > 0).then_some((language, Job::TranslationData)));
        }
        jobs
    }

    /// The languages that are in the edition, each with its place in the book.
    pub(super) fn languages(&self) -> impl Iterator<Item = (usize, &'a Language)> {
        self.book.languages.iter().enumerate().filter(|(_, language)| self.options.has(&language.lang))
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
            Job::Feed => {
                let own = self.book.languages.get(language);
                Ok(own.and_then(|own| changes::feed::feed(self.book, own, self.history)))
            }
            Job::TranslationStatus(part) => self.translation_status(language, part),
            Job::TranslationData => Ok(translation_status::data(self.book, language)),
            Job::Statements => Ok(self.book.languages.get(language).and_then(|own| data::statements(self.book, own))),
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
            Job::List(key, part) => everywhere(LibraryWriter::list_paths(book, key, part)),
            Job::Timeline(theme, part) => everywhere(timeline::paths(book, theme, part)),
            Job::People => everywhere(actors::paths(book)),
            Job::Figures(part) => everywhere(figure_list::paths(book, part)),
            Job::Sourcing => everywhere(sourcing::paths(book)),
            Job::Search => everywhere(search::page::paths(book)),
            Job::Changes(part) => everywhere(changes::page::paths(book, part)),
            Job::Feed | Job::Statements | Job::TranslationStatus(_) | Job::TranslationData => None,
        }
    }

    fn source(&self, language: usize, row: &Row<'a>, part: usize) -> Rendered {
        let paths = LibraryWriter::source_paths(self.book, self.shelf, row, part);
        let Some((from, writer)) = self.library(language, &paths) else { return Ok(None) };
        let source = writer.source(row, part);
        let Some(frame) = self.frame(language, from, Place::Library(&paths)) else { return Ok(None) };
        let html = self.theme.render(&SourceFrame { frame, source })?;
        Ok(Some((from.clone(), html)))
    }

    fn list(&self, language: usize, key: &ListKey, part: usize) -> Rendered {
        let paths = LibraryWriter::list_paths(self.book, key, part);
        let Some((from, writer)) = self.library(language, &paths) else { return Ok(None) };
        let Some(list) = writer.list(key, part, &paths) else { return Ok(None) };
        let Some(frame) = self.frame(language, from, Place::Library(&paths)) else { return Ok(None) };
        let html = self.theme.render(&ListFrame { frame, list })?;
        Ok(Some((from.clone(), html)))
    }

    fn timeline(&self, language: usize, theme: Option<&Theme>, part: usize) -> Rendered {
        let paths = timeline::paths(self.book, theme, part);
        let (Some(reader), Some(from)) = (self.book.languages.get(language), paths.get(language)) else {
            return Ok(None);
        };
        let writer = self.writer(language, from);
        let Some(page) = timeline::context(&writer, reader, theme, part, &paths) else { return Ok(None) };
        let Some(frame) = self.frame(language, from, Place::Timeline(&paths)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from.clone(), html)))
    }

    fn figures(&self, language: usize, part: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = figure_list::path(&reader.lang, part) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let list = figure_list::context(&writer, reader, self.register, part);
        let Some(frame) = self.frame(language, &from, Place::Figures(part)) else { return Ok(None) };
        let html = self.theme.render(&ListFrame { frame, list })?;
        Ok(Some((from, html)))
    }

    fn people(&self, language: usize) -> Rendered {
        let paths = actors::paths(self.book);
        let (Some(reader), Some(from)) = (self.book.languages.get(language), paths.get(language)) else {
            return Ok(None);
        };
        let writer = self.writer(language, from);
        let Some(page) = actors::context(&writer, reader, &paths) else { return Ok(None) };
        let Some(frame) = self.frame(language, from, Place::People(&paths)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from.clone(), html)))
    }

    fn sourcing(&self, language: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = sourcing::path(&reader.lang) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let page = sourcing::context(&writer, reader, &Survey::of_reader(self.book, language));
        let Some(frame) = self.frame(language, &from, Place::Sourcing) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn search(&self, language: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = address::of_search(&reader.lang) else { return Ok(None) };
        let Some(frame) = self.frame(language, &from, Place::Search) else { return Ok(None) };
        let Self { book, shelf, places, options, .. } = *self;
        let locale = &reader.locale;
        let library = LibraryWriter { book, shelf, places, profile: options.profile, language, locale, from: &from };
        let page = search::page::context(&self.writer(language, &from), reader, &library, &frame);
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn changes(&self, language: usize, part: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = changes::path(&reader.lang, part) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let source_url = |source: &Source| {
            let to = address::of_source(&reader.lang, &source.id).filter(|_| self.shelf.holds(&source.id))?;
            Some(address::link(self.options.profile, &from, &to, None))
        };
        let page = changes::page::context(&writer, reader, self.history, part, &source_url);
        let Some(frame) = self.frame(language, &from, Place::Changes(part)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn translation_status(&self, language: usize, part: usize) -> Rendered {
        let Some(reader) = self.book.languages.get(language) else { return Ok(None) };
        let Some(from) = translation_status::path(&reader.lang, part) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let Some(page) = translation_status::context(&writer, reader, self.standing, part) else { return Ok(None) };
        let Some(frame) = self.frame(language, &from, Place::TranslationStatus) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page })?;
        Ok(Some((from, html)))
    }

    fn writer<'p>(&self, language: usize, from: &'p OutPath) -> PageWriter<'p>
    where
        'a: 'p,
    {
        PageWriter { book: self.book, places: self.places, profile: self.options.profile, language, from }
    }

    fn library<'p>(&self, language: usize, paths: &'p [OutPath]) -> Option<(&'p OutPath, LibraryWriter<'p>)>
    where
        'a: 'p,
    {
        let from = paths.get(language)?;
        let locale = &self.book.languages.get(language)?.locale;
        let Self { book, shelf, places, options, .. } = *self;
        Some((from, LibraryWriter { book, shelf, places, profile: options.profile, language, locale, from }))
    }

    fn page(&self, language: usize, page: &BookPage) -> Rendered {
        let Some(view) = self.book.view(page, language) else { return Ok(None) };
        let Some(from) = address::of_page(&view.language.lang, &page.id) else { return Ok(None) };
        let writer = self.writer(language, &from);
        let mut context = writer.context(page, view);
        context.changes = self.history.link(self.book, view, self.options.profile, &from);
        let Some(frame) = self.frame(language, &from, Place::Page(page)) else { return Ok(None) };
        let html = self.theme.render(&PageFrame { frame, page: context })?;
        Ok(Some((from, html)))
    }

    /// What every template gets.
    pub(super) fn frame(&self, language: usize, from: &OutPath, place: Place<'_>) -> Option<Frame<'_>> {
        let reader = self.book.languages.get(language)?;
        let home = self.book.find(&PageId::home());
        let writer = self.writer(language, from);
        let top = |section: &BookPage| matches!(place, Place::Page(page) if page.id.as_str().split('/').next() == Some(section.id.as_str()));
        let nav: Vec<Link> = home
            .map(|home| home.children.as_slice())
            .unwrap_or_default()
            .iter()
            .take(SECTIONS)
            .filter_map(|index| self.book.page(*index))
            .filter_map(|section| writer.link(section, top(section)))
            .collect();
        let home_path = address::of_page(&reader.lang, &PageId::home())?;
        let languages = self
            .book
            .languages
            .iter()
            .enumerate()
            .filter_map(|(slot, other)| {
                let to = match place {
                    Place::Outside => address::of_page(&other.lang, &PageId::home())?,
                    Place::Page(page) => address::of_page(&other.lang, &page.id)?,
                    Place::Library(paths) | Place::Timeline(paths) | Place::People(paths) => paths.get(slot)?.clone(),
                    Place::Figures(part) => figure_list::path(&other.lang, part)?,
                    Place::Sourcing => sourcing::path(&other.lang)?,
                    Place::Search => address::of_search(&other.lang)?,
                    Place::Changes(part) => changes::path(&other.lang, part)?,
                    // The source language has no such page.
                    Place::TranslationStatus if self.standing.parts(slot) == 0 => {
                        address::of_page(&other.lang, &PageId::home())?
                    }
                    Place::TranslationStatus => translation_status::path(&other.lang, 0)?,
                };
                let has = |page: &BookPage| page.versions.get(slot).is_some_and(Option::is_some);
                let url = if self.options.has(&other.lang) {
                    address::link(self.options.profile, from, &to, None)
                } else {
                    // A language that is left out of a copy is where the site itself is, or nowhere.
                    address::absolute(self.options.offline.as_ref()?.live_url.as_deref()?, &to)
                };
                Some(LanguageLink {
                    lang: other.lang.as_str().to_owned(),
                    name: other.locale.name().to_owned(),
                    dir: other.locale.direction().name(),
                    url,
                    current: slot == language,
                    translated: !matches!(place, Place::Page(page) if !has(page)),
                })
            })
            .collect();
        Some(Frame {
            lang: reader.lang.as_str(),
            dir: reader.locale.direction().name(),
            t: self.strings.get(language)?,
            site: Site {
                title: &reader.site_title,
                description: reader.site_description.as_deref(),
                generator: GENERATOR,
                home_url: address::link(self.options.profile, from, &home_path, None),
                static_url: address::to_static(from),
                report_url: self.book.config.report_url.as_deref(),
                policy: POLICY,
            },
            nav,
            people: self.people_link(reader, from, matches!(place, Place::People(_))),
            timeline: self.timeline_link(reader, from, matches!(place, Place::Timeline(_))),
            library: self.library_link(reader, from, matches!(place, Place::Library(_))),
            changes: self.changes_link(reader, from, matches!(place, Place::Changes(_))),
            feed: self.feed_link(reader),
            figures: self.figures_link(reader, from, matches!(place, Place::Figures(_))),
            sourcing: self.sourcing_link(reader, from, matches!(place, Place::Sourcing)),
            search: self.search_link(reader, from, matches!(place, Place::Search)),
            translation_status: self.status_link(language, from, matches!(place, Place::TranslationStatus)),
            offline: self.copy_line(reader),
            languages,
        })
    }

    /// What a copy says of itself on every page: how old it is, which it is, and where the site itself is.
    fn copy_line(&self, reader: &Language) -> Option<Html> {
        let offline = self.options.offline.as_ref()?;
        let locale = &reader.locale;
        let stamp = &self.options.stamp;
        let version = stamp.version();
        let mut html = match stamp.date {
            Some(day) => {
                let day = locale.date(&day.into());
                words::plain_sentence(locale, Key::OfflineCopy, &[("date", &day), ("version", version)])
            }
            None => words::plain_sentence(locale, Key::OfflineCopyUndated, &[("version", version)]),
        };
        if let Some(url) = &offline.live_url {
            let mut link = Html::new();
            link.open("a", &[("class", "external"), ("rel", "noopener"), ("href", url)]).text(url).close("a");
            html.text(" ").html(&words::sentence(locale, Key::OfflineLiveSite, &[("url", link)]));
        }
        Some(html)
    }

    /// The way to the who's who; none where there is no actor.
    fn people_link(&self, reader: &Language, from: &OutPath, current: bool) -> Option<Link> {
        let to = address::of_people(&reader.lang).filter(|_| self.book.has_people())?;
        Some(self.way(reader, from, &to, Key::People, current))
    }

    /// The way to the timeline; none where there is no event.
    fn timeline_link(&self, reader: &Language, from: &OutPath, current: bool) -> Option<Link> {
        let to = address::of_timeline(&reader.lang, None, 0).filter(|_| self.book.has_timeline())?;
        Some(self.way(reader, from, &to, Key::Timeline, current))
    }

    /// The way to the list of all sources; none where there is nothing to list.
    fn library_link(&self, reader: &Language, from: &OutPath, current: bool) -> Option<Link> {
        let to = library::path(&reader.lang, "", 0).filter(|_| !self.shelf.is_empty())?;
        Some(self.way(reader, from, &to, Key::AllSources, current))
    }

    /// The way to what has changed; none where nothing could.
    fn changes_link(&self, reader: &Language, from: &OutPath, current: bool) -> Option<Link> {
        let to = changes::path(&reader.lang, 0).filter(|_| self.history.is_told())?;
        Some(self.way(reader, from, &to, Key::Changes, current))
    }

    /// The same as a feed.
    fn feed_link(&self, reader: &Language) -> Option<Link> {
        let base = self.book.config.base_url.as_deref()?;
        let to = changes::feed_path(self.book, reader).filter(|_| self.book.changes.is_some())?;
        let title = reader.locale.text(Key::Changes).to_owned();
        Some(Link { title, url: address::absolute(base, &to), current: false, lang: None, dir: None })
    }

    /// The way to all figures; none where there are none.
    fn figures_link(&self, reader: &Language, from: &OutPath, current: bool) -> Option<Link> {
        let to = figure_list::path(&reader.lang, 0).filter(|_| self.places.figure_parts() > 0)?;
        Some(self.way(reader, from, &to, Key::AllFigures, current))
    }

    /// The way to the page on what the site rests on.
    fn sourcing_link(&self, reader: &Language, from: &OutPath, current: bool) -> Option<Link> {
        Some(self.way(reader, from, &sourcing::path(&reader.lang)?, Key::Sourcing, current))
    }

    /// The way to the page on which one searches.
    fn search_link(&self, reader: &Language, from: &OutPath, current: bool) -> Option<Link> {
        Some(self.way(reader, from, &address::of_search(&reader.lang)?, Key::Search, current))
    }

    /// The way to how far the translation is behind; none where nobody asked for it.
    fn status_link(&self, language: usize, from: &OutPath, current: bool) -> Option<Link> {
        let reader = self.book.languages.get(language).filter(|_| self.standing.parts(language) > 0)?;
        let to = translation_status::path(&reader.lang, 0)?;
        Some(self.way(reader, from, &to, Key::TranslationStatus, current))
    }

    /// A way to a page that the site makes itself.
    fn way(&self, reader: &Language, from: &OutPath, to: &OutPath, name: Key, current: bool) -> Link {
        let url = address::link(self.options.profile, from, to, None);
        Link { title: reader.locale.text(name).to_owned(), url, current, lang: None, dir: None }
    }
}
