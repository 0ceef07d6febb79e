//! Book → Edition: every file of a site, in memory.
//!
//! 1. [`address`] says where each page lies and prints links, relative throughout.
//! 2. [`body`] writes a page's text and notes its marks; [`sources`] and [`figures`] make the lists at its end from them.
//! 3. [`page`] gathers what the template is given ([`context`]); [`theme`] renders it.
//! 4. Pages are rendered in parallel; an [`edition`] keeps its files in order, so that two builds are the same to the byte.
//!
//! Writes nothing. Uses `book` and what is below it.

pub mod address;
mod bidi;
mod body;
mod context;
mod credentials;
mod drawings;
pub mod edition;
mod entry;
mod figures;
pub mod html;
mod marks;
mod page;
mod sentences;
pub mod sheet;
mod sources;
pub mod theme;
mod words;

use crate::book::{Book, BookPage};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::PageId;
use crate::span::Span;
use crate::workspace::Workspace;
use address::Profile;
use context::{Choice, Frame, LanguageLink, Link, PageContext, Site};
use edition::{Edition, OutPath};
use page::PageWriter;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use theme::Theme;

/// The program's name and version, as it signs its pages.
pub const GENERATOR: &str = concat!("Sourcebook ", env!("CARGO_PKG_VERSION"));

/// So many sections stand in every page's head; the home page lists all.
const SECTIONS: usize = 12;

/// How an edition is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct SiteOptions {
    /// How links are written.
    pub profile: Profile,
}

/// Told how many of how many pages are rendered.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What does not belong to the book but goes into the site.
#[derive(Debug)]
pub struct Materials {
    /// The theme's and the site's static files.
    pub assets: BTreeMap<OutPath, Arc<[u8]>>,
}

/// Reads the theme of a site: its templates and static files over the default ones.
pub fn load_theme(workspace: &Workspace) -> Result<(Theme, Materials), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let config = workspace.config.file;
    let assets = theme::assets(&workspace.assets, config, &mut diagnostics);
    match Theme::load(&workspace.templates, &workspace.files, config) {
        Ok(theme) if diagnostics.is_empty() => Ok((theme, Materials { assets })),
        Ok(_) => Err(diagnostics),
        Err(errors) => {
            diagnostics.extend(errors);
            Err(diagnostics)
        }
    }
}

/// Renders a whole site.
pub fn render(
    book: &Book,
    theme: &Theme,
    materials: Materials,
    options: SiteOptions,
    progress: Progress<'_>,
) -> Result<Edition, Vec<Diagnostic>> {
    let strings: Vec<BTreeMap<&'static str, String>> =
        book.languages.iter().map(|language| language.locale.plain_strings()).collect();
    let renderer = Renderer { book, theme, strings: &strings, options };
    let jobs: Vec<(usize, &BookPage)> =
        (0..book.languages.len()).flat_map(|language| book.pages.iter().map(move |page| (language, page))).collect();
    let done = AtomicUsize::new(0);
    let pages: Vec<Rendered> = jobs
        .par_iter()
        .map(|(language, page)| {
            let result = renderer.page(*language, page);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
            result
        })
        .collect();
    let mut edition = Edition::default();
    let mut diagnostics = Vec::new();
    let mut add = |path: OutPath, bytes: Arc<[u8]>, diagnostics: &mut Vec<Diagnostic>| {
        let name = path.to_string();
        if !edition.add(path, bytes) {
            diagnostics.push(
                Diagnostic::new(
                    Code::SB701,
                    Span::start_of(book.config.file),
                    format!("two files want the address `{name}`"),
                )
                .help("rename one of them"),
            );
        }
    };
    for result in pages.into_iter().chain(renderer.furniture()) {
        match result {
            Ok(Some((path, text))) => add(path, text.into_bytes().into(), &mut diagnostics),
            Ok(None) => {}
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    for (path, bytes) in materials.assets {
        add(path, bytes, &mut diagnostics);
    }
    for ((lang, path), bytes) in &book.images {
        match OutPath::parse(&format!("{lang}/{path}")) {
            Some(out) => add(out, Arc::clone(bytes), &mut diagnostics),
            None => diagnostics.push(
                Diagnostic::new(
                    Code::SB109,
                    Span::start_of(book.config.file),
                    format!("`{lang}/{path}` cannot be an address"),
                )
                .help("name pictures with letters `a`–`z`, digits, `.`, `-` and `_`"),
            ),
        }
    }
    if let Some(path) = OutPath::parse(".nojekyll") {
        add(path, Arc::from([]), &mut diagnostics);
    }
    // The same template fails on every page; it is reported once.
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
    if diagnostics.is_empty() { Ok(edition) } else { Err(diagnostics) }
}

struct Renderer<'a> {
    book: &'a Book,
    theme: &'a Theme,
    strings: &'a [BTreeMap<&'static str, String>],
    options: SiteOptions,
}

#[derive(Serialize)]
struct PageFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    page: PageContext,
}

#[derive(Serialize)]
struct ChoiceFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct RedirectFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    target_url: String,
    title: String,
}

type Rendered = Result<Option<(OutPath, String)>, Diagnostic>;

impl Renderer<'_> {
    fn page(&self, language: usize, page: &BookPage) -> Rendered {
        let Some(view) = self.book.view(page, language) else { return Ok(None) };
        let Some(from) = address::of_page(&view.language.lang, &page.id) else { return Ok(None) };
        let writer = PageWriter { book: self.book, profile: self.options.profile, language, from: &from };
        let context = writer.context(page, view);
        let Some(frame) = self.frame(language, &from, Some(page)) else { return Ok(None) };
        let html = self.theme.render("page.html", &PageFrame { frame, page: context })?;
        Ok(Some((from, html)))
    }

    /// What every template gets. `page` is the page whose translations the language links lead to; without one they lead home.
    fn frame(&self, language: usize, from: &OutPath, page: Option<&BookPage>) -> Option<Frame<'_>> {
        let reader = self.book.languages.get(language)?;
        let home = self.book.find(&PageId::home());
        let writer = PageWriter { book: self.book, profile: self.options.profile, language, from };
        let top = |section: &BookPage| {
            page.is_some_and(|page| page.id.as_str().split('/').next() == Some(section.id.as_str()))
        };
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
                let id = page.map_or_else(PageId::home, |page| page.id.clone());
                let to = address::of_page(&other.lang, &id)?;
                Some(LanguageLink {
                    lang: other.lang.as_str().to_owned(),
                    name: other.locale.name().to_owned(),
                    dir: other.locale.direction().name(),
                    url: address::link(self.options.profile, from, &to, None),
                    current: slot == language,
                    translated: page.is_none_or(|page| page.versions.get(slot).is_some_and(Option::is_some)),
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
            },
            nav,
            languages,
        })
    }

    /// What stands outside the languages: the choice of language, the page for what is not found, old addresses.
    fn furniture(&self) -> Vec<Rendered> {
        let mut rendered = vec![self.choice(), self.not_found()];
        for language in 0..self.book.languages.len() {
            for page in &self.book.pages {
                for alias in self.book.aliases(page) {
                    rendered.push(self.redirect(language, page, &alias.value));
                }
            }
        }
        rendered
    }

    fn choice(&self) -> Rendered {
        let Some(from) = OutPath::parse("index.html") else { return Ok(None) };
        let Some(frame) = self.frame(0, &from, None) else { return Ok(None) };
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
        let html = self.theme.render("languages.html", &ChoiceFrame { frame, choices })?;
        Ok(Some((from, html)))
    }

    fn not_found(&self) -> Rendered {
        let Some(from) = OutPath::parse("404.html") else { return Ok(None) };
        let Some(mut frame) = self.frame(0, &from, None) else { return Ok(None) };
        // A host shows this page at any address, so relative links would lead astray; where the site's address is known they are absolute.
        if let Some(base) = self.book.config.base_url.as_deref() {
            let site = [&mut frame.site.home_url, &mut frame.site.static_url];
            let links = frame.nav.iter_mut().map(|link| &mut link.url);
            let languages = frame.languages.iter_mut().map(|link| &mut link.url);
            for url in site.into_iter().chain(links).chain(languages) {
                url.insert_str(0, base);
            }
        }
        let html = self.theme.render("not_found.html", &frame)?;
        Ok(Some((from, html)))
    }

    fn redirect(&self, language: usize, page: &BookPage, alias: &PageId) -> Rendered {
        let Some(view) = self.book.view(page, language) else { return Ok(None) };
        let lang = &view.language.lang;
        let (Some(from), Some(to)) = (address::of_page(lang, alias), address::of_page(lang, &page.id)) else {
            return Ok(None);
        };
        let Some(frame) = self.frame(language, &from, Some(page)) else { return Ok(None) };
        let target_url = address::link(self.options.profile, &from, &to, None);
        let title = view.version.page.front.title.value.clone();
        let html = self.theme.render("redirect.html", &RedirectFrame { frame, target_url, title })?;
        Ok(Some((from, html)))
    }
}
