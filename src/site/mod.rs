//! Book → Edition: every file of a site, in memory.
//!
//! 1. [`address`] says where each page lies and prints links, relative throughout.
//! 2. [`body`] writes a page's text and notes its marks; [`sources`] and [`figures`] make the lists at its end from them. What they say of a source on every page is its [`faces`], made once and [`shared`].
//! 3. [`actors`] tells of those who take part, in pages and in the who's who.
//! 4. [`page`] gathers what the template is given ([`context`]), [`library`] that of the pages about sources, [`timeline`] that of the events, [`changes`] that of what has changed, [`translation_status`] that of what translators have to do; [`theme`] renders it.
//! 5. [`linked_data`] says to machines what a page is and cites; [`downloads`] are its sources as files of other programs; [`offline`] is where readers take copies; [`figure_list`] lists all figures ([`places`] says on which page of the list), [`datasets`] has them as data.
//! 6. [`fonts`] are the site's own, cut down to what its pages show; [`social`] draws the pictures that stand for pages where they are shared, [`icons`] the icons that phones ask for.
//! 7. [`admin`] is the web editor. [`making`] makes the files, in parallel, but for those that by their [`recipe`] the last build has. [`renderer`] renders the pages, each within the frame that [`frame`] knows, with what is [`kept`] one page again, and [`furniture`] the files beside them; [`hosting`] is what hosts and search engines are told; an [`edition`] keeps its files in order, so that two builds are the same to the byte; [`volume`] says in which order its pages are read.
//!
//! Writes nothing. Uses `book` and what is below it.

mod actors;
pub mod address;
mod admin;
mod bidi;
mod body;
mod changes;
mod citing;
mod context;
mod corrections;
mod credentials;
mod css;
mod data;
mod datasets;
mod downloads;
mod drawings;
pub mod edition;
mod entry;
mod extent;
mod faces;
mod figure_list;
mod figures;
mod fonts;
mod frame;
mod furniture;
mod gathering;
pub mod given;
mod glossary;
pub mod hosting;
pub mod html;
mod icons;
mod kept;
mod library;
mod linked_data;
mod making;
mod marks;
pub mod offline;
mod page;
mod paper;
mod places;
mod recipe;
mod renderer;
pub mod review;
mod rewording;
mod search;
mod sentences;
pub mod shape;
mod shared;
pub mod sheet;
mod social;
mod sources;
mod sourcing;
pub mod theme;
mod timeline;
mod translation;
mod translation_status;
pub mod volume;
mod words;

use crate::book::Book;
use crate::book::catalogue::Catalogue;
use crate::book::register::Register;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::Lang;
use crate::social::icon::Icon;
use crate::span::Span;
use crate::webfont::memo::Memo;
use crate::workspace::Workspace;
use address::Profile;
use changes::History;
use edition::{Edition, OutPath, Outlet, Stamp};
use extent::Extent;
use faces::Faces;
use fonts::{Cut, Font, Pages};
use frame::MadePages;
use gathering::{Gathering, Keeper};
pub use kept::{Kept, Setup};
use library::Shelf;
use making::Maker;
use offline::Offered;
use places::Places;
use rayon::prelude::*;
use recipe::Recipes;
use renderer::{Job, Renderer, Setting};
use social::Pictures;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tera::Value;
use theme::Theme;
use translation_status::Standing;

/// The program's name and version, as it signs its pages.
pub const GENERATOR: &str = concat!("Sourcebook ", env!("CARGO_PKG_VERSION"));

/// How an edition is made.
#[derive(Debug, Clone, Default)]
pub struct SiteOptions {
    /// How links are written.
    pub profile: Profile,
    /// Whether pictures for sharing are drawn, where `book.toml` asks for them.
    pub pictures: bool,
    /// What it is made of.
    pub stamp: Stamp,
    /// The fonts that were cut down for the last build.
    pub fonts: Arc<Memo>,
    /// That it is a copy to be handed on, and not a site with an address.
    pub offline: Option<Offline>,
    /// The copies that lie beside the pages for readers to take.
    pub offered: Vec<Offered>,
    /// A name for all that pages depend on besides what stands in them and in the lock file of figures. With it, and an edition of before, files that could not be different are taken from there.
    pub surroundings: Option<Arc<str>>,
    /// Who takes files as soon as they are made; without one the edition holds them all.
    pub outlet: Option<Arc<dyn Outlet>>,
    /// The edition before, where there is no outlet that has it: what it holds is not made again, nor held twice.
    pub before: Option<Arc<Edition>>,
}

/// A copy of the site that is handed on.
#[derive(Debug, Clone, Default)]
pub struct Offline {
    /// The languages that are in it; all where none is named.
    pub languages: Vec<Lang>,
    /// Where the site itself is, if that is known.
    pub live_url: Option<String>,
}

impl SiteOptions {
    /// How much of the book is in the edition.
    fn extent(&self) -> Extent {
        if self.offline.is_some() { Extent::Copy } else { Extent::Site }
    }

    /// Who has files of the edition before.
    fn keeper(&self) -> Keeper<'_> {
        match (&self.outlet, &self.before) {
            (Some(outlet), _) => Keeper::Outlet(outlet.as_ref()),
            (None, Some(before)) => Keeper::Edition(before),
            (None, None) => Keeper::Nobody,
        }
    }

    /// Whether the edition has pages in a language.
    fn has(&self, lang: &Lang) -> bool {
        self.offline.as_ref().is_none_or(|offline| offline.languages.is_empty() || offline.languages.contains(lang))
    }
}

/// Told how many of how many pages are rendered.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What does not belong to the book but goes into the site.
#[derive(Debug, Clone)]
pub struct Materials {
    /// The theme's and the site's static files.
    pub assets: BTreeMap<OutPath, Arc<[u8]>>,
    icon: Option<Icon>,
    fonts: Vec<Font>,
    /// The web editor.
    admin: Vec<(OutPath, Arc<[u8]>)>,
}

impl Materials {
    /// The web editor, where it can be: it needs a host, and is for those who make the site.
    fn editor(&mut self, options: &SiteOptions) -> Vec<(OutPath, Arc<[u8]>)> {
        let is_hosted = options.profile == Profile::Folders && options.offline.is_none();
        if is_hosted { std::mem::take(&mut self.admin) } else { Vec::new() }
    }
}

/// Reads the theme of a site: its templates and static files over the default ones. What is only strange in them is added to `warnings`.
pub fn load_theme(
    workspace: &Workspace,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(Theme, Materials), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let config = workspace.config.file;
    let custom = workspace.custom_style.map(|file| theme::Custom { file, text: workspace.files.text(file) });
    let assets = theme::assets(&workspace.assets, custom, config, &mut diagnostics, warnings);
    let icon = icons::read(&assets, config, &mut diagnostics);
    let fonts = fonts::read(workspace, warnings);
    let admin = admin::files(workspace, warnings);
    match Theme::load(&workspace.templates, &workspace.files, config, warnings) {
        Ok(theme) if diagnostics.is_empty() => Ok((theme, Materials { assets, icon, fonts, admin })),
        Ok(_) => Err(diagnostics),
        Err(errors) => {
            diagnostics.extend(errors);
            Err(diagnostics)
        }
    }
}

/// Renders a whole site. What is only strange in it is added to `warnings`.
pub fn render(
    book: &Book,
    theme: &Theme,
    materials: Materials,
    options: &SiteOptions,
    progress: Progress<'_>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Edition, Vec<Diagnostic>> {
    render_with(book, theme, materials, options, progress, warnings).map(|(edition, _)| edition)
}

/// The same, with what single pages of it can be rendered with again.
pub fn render_with(
    book: &Book,
    theme: &Theme,
    mut materials: Materials,
    options: &SiteOptions,
    progress: Progress<'_>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(Edition, Setup), Vec<Diagnostic>> {
    // Every page is given them: as a value of the templates they are shared, and not copied into each.
    let strings: Vec<Value> =
        book.languages.iter().map(|language| Value::from_serializable(&language.locale.plain_strings())).collect();
    let catalogue = Catalogue::of(book);
    let shelf = Shelf::new(book, &catalogue, options.extent());
    let register = Register::of(book);
    let places = Places::of(book, &register, &shelf, options);
    let history = History::new(book);
    let standing = Standing::of(book);
    let pictures = if options.pictures { Pictures::draw(book) } else { Pictures::default() };
    let made = MadePages::of((book, options), &shelf, &places, &history, &standing);
    let faces = Faces::of(book, options.extent());
    let setting = Setting {
        book,
        theme,
        strings: &strings,
        faces: &faces,
        history: &history,
        places: &places,
        made: &made,
        pictures: &pictures,
        options,
    };
    let renderer = Renderer { setting, shelf: &shelf, register: &register, standing: &standing };
    let jobs = renderer.jobs();
    let done = AtomicUsize::new(0);
    // Fonts are cut down to what all pages show.
    let keeper = if materials.fonts.is_empty() { options.keeper() } else { Keeper::Nobody };
    if let Some(outlet) = keeper.outlet() {
        outlet.begin();
    }
    let gathering = Gathering::new(options.stamp.clone(), keeper);
    let recipes = Recipes::of((book, options), &catalogue, &places, &made);
    let maker = Maker { renderer: &renderer, catalogue: &catalogue, recipes, gathering: &gathering };
    // Nothing in a copy asks for them.
    let icon = materials.icon.take().filter(|_| options.extent() == Extent::Site);
    let icons = icon.map(|icon| icons::draw(&icon, &materials.assets)).unwrap_or_default();
    let known = hosting::icons(materials.assets.keys().chain(icons.iter().map(|(path, _)| path)));
    let page = |(language, job): &(usize, Job<'_>)| {
        let problem = maker.page(*language, *job);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
        problem
    };
    // What is written as a whole goes on while others make pages.
    let (mut diagnostics, ()): (Vec<Diagnostic>, ()) =
        rayon::join(|| jobs.par_iter().filter_map(page).collect(), || maker.beside(&jobs, &known));
    let mut more = gathering.held(|pages| cut_fonts(&renderer, pages, &mut materials, warnings));
    more.extend(materials.editor(options));
    diagnostics.extend(maker.furniture());
    let volumes = volume::volumes(&renderer);
    for (path, bytes) in icons.into_iter().chain(pictures.into_files()).chain(more).chain(materials.assets) {
        gathering.put(path, bytes);
    }
    // A page that is shown in the source language brings that language's pictures.
    let source = book.source_language().map(|language| &language.lang);
    for ((lang, path), bytes) in book.images.iter().filter(|((lang, _), _)| options.has(lang) || source == Some(lang)) {
        match OutPath::parse(&format!("{lang}/{path}")) {
            Some(out) => gathering.put(out, Arc::clone(bytes)),
            None => diagnostics.push(
                Diagnostic::new(
                    Code::SB109,
                    Span::start_of(book.config.file),
                    format!("`{lang}/{path}` is too long for an address"),
                )
                .help("give the picture or a folder that it lies in a shorter name"),
            ),
        }
    }
    if let Some(path) = OutPath::parse(".nojekyll").filter(|_| options.offline.is_none()) {
        gathering.put(path, Vec::new());
    }
    let (mut edition, twice) = gathering.close();
    edition.volumes = volumes;
    edition.authors.clone_from(&book.config.authors);
    diagnostics.extend(twice.into_iter().map(|path| {
        let message = format!("two files want the address `{path}`");
        Diagnostic::new(Code::SB701, Span::start_of(book.config.file), message).help("rename one of them")
    }));
    // The same template fails on every page; it is reported once.
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
    if diagnostics.is_empty() { Ok((edition, Setup { strings, places, made })) } else { Err(diagnostics) }
}

/// Cuts the site's fonts down to what the pages show, and puts the rules that name them after the style sheet.
fn cut_fonts(
    renderer: &Renderer<'_>,
    edition: &Edition,
    materials: &mut Materials,
    warnings: &mut Vec<Diagnostic>,
) -> Vec<(OutPath, Arc<[u8]>)> {
    let Some(sheet) = theme::sheet_of(&mut materials.assets).filter(|_| !materials.fonts.is_empty()) else {
        return Vec::new();
    };
    let is_page = |path: &OutPath| path.as_str().rsplit('.').next() == Some("html");
    let of_language = |lang: &Lang| {
        let is_in_it = |path: &OutPath| path.as_str().split('/').next() == Some(lang.as_str());
        let pages = edition.iter().filter(|(path, _)| is_page(path) && is_in_it(path));
        pages.filter_map(|(_, html)| std::str::from_utf8(html).ok()).collect()
    };
    let pages: Vec<Pages<'_>> = renderer
        .languages()
        .map(|(_, language)| Pages { lang: &language.lang, html: of_language(&language.lang) })
        .collect();
    let Cut { files, rules, warnings: own } = fonts::cut(&materials.fonts, &pages, &renderer.options.fonts);
    *sheet = [&sheet[..], rules.as_bytes()].concat().into();
    warnings.extend(own);
    files
}
