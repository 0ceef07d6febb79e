//! The pages of a language in the order in which they are read, for formats that put one after another.
//!
//! What is left out: the search, which an ordered copy has in its program; what translators have to do; pages of one source, because the list
//! of all sources has its entry; lists by kind or year, because they say nothing new.

use super::address;
use super::changes;
use super::edition::OutPath;
use super::figure_list;
use super::frame::{path_of, title_of};
use super::library::{self, ListKey};
use super::renderer::Renderer;
use super::search;
use super::timeline;
use crate::book::navigation::Made;
use crate::book::{BookPage, Language};
use crate::ids::Lang;
use crate::number::Number;
use std::collections::BTreeMap;

/// A language of an edition as something that is read from the first page to the last.
#[derive(Debug, Clone)]
pub struct Volume {
    /// Its language.
    pub lang: Lang,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The nought of its digits.
    pub zero: char,
    /// The title of the site in it.
    pub title: String,
    /// What the site is about.
    pub description: Option<String>,
    /// How old the copy is, which it is and where the site itself is, as HTML.
    pub about_html: Option<String>,
    /// Where the site itself is, where that is known.
    pub live_url: Option<String>,
    /// The words of the interface that have no blanks to fill, by the names that templates know them by.
    pub words: BTreeMap<&'static str, String>,
    /// How many things a search found, with `{n}` for the number.
    pub search_found: String,
    /// Its pages, in the order of reading; the first is the home page.
    pub leaves: Vec<Leaf>,
}

impl Volume {
    /// Where the site itself has a file of the edition, if that is known.
    pub fn live(&self, file: &OutPath) -> Option<String> {
        Some(address::absolute(self.live_url.as_deref()?, file))
    }
}

/// A page of a volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its file in the edition.
    pub path: OutPath,
    /// What it is called.
    pub title: String,
    /// 0 for the home page and what stands beside it, 1 for the pages of a section, and so on.
    pub level: usize,
    /// Whether it goes on with the page before it, and has no title of its own.
    pub continues: bool,
    /// Whether it is a list that gathers what stands on the other pages: all sources, all figures.
    pub gathers: bool,
}

/// The volumes of the languages that are in the edition.
pub(super) fn volumes(renderer: &Renderer<'_>) -> Vec<Volume> {
    let volume = |(slot, language): (usize, &Language)| Volume {
        lang: language.lang.clone(),
        dir: language.locale.direction().name(),
        zero: language.locale.number(&Number::from(0_u32)).chars().next().unwrap_or('0'),
        title: language.site_title.clone(),
        description: language.site_description.clone(),
        about_html: renderer.copy_line(language).map(|line| line.as_str().to_owned()),
        live_url: renderer.options.offline.as_ref().and_then(|offline| offline.live_url.clone()),
        words: language.locale.plain_strings(),
        search_found: search::found(&language.locale),
        leaves: leaves(renderer, slot, language),
    };
    renderer.languages().map(volume).collect()
}

fn leaves(renderer: &Renderer<'_>, slot: usize, language: &Language) -> Vec<Leaf> {
    let book = renderer.book;
    let lang = &language.lang;
    let mut leaves = Vec::new();
    // What explains the site and its words comes after what it tells.
    let (told, about): (Vec<&BookPage>, Vec<&BookPage>) =
        book.pages.iter().partition(|page| !book.is_glossary(page) && !page.is_about_site());
    pages(renderer, slot, language, &told, &mut leaves);
    let timeline = if book.has_timeline() { timeline::count_parts(book, None) } else { 0 };
    let people = usize::from(book.has_people());
    let of_timeline = (0..timeline).map(|part| address::of_timeline(lang, None, part));
    list(language, Made::Timeline, of_timeline, &mut leaves);
    list(language, Made::People, (0..people).map(|_| path_of(Made::People, lang)), &mut leaves);
    let figures = (0..renderer.places.figure_parts()).map(|part| figure_list::path(lang, part));
    list(language, Made::Figures, figures, &mut leaves);
    let library = (0..library_parts(renderer, slot)).map(|part| library::path(lang, "", part));
    list(language, Made::Library, library, &mut leaves);
    pages(renderer, slot, language, &about, &mut leaves);
    list(language, Made::Sourcing, std::iter::once(path_of(Made::Sourcing, lang)), &mut leaves);
    let changes = (0..renderer.history.parts()).map(|part| changes::path(lang, part));
    list(language, Made::Changes, changes, &mut leaves);
    let offline = renderer.has_offline().then(|| path_of(Made::Offline, lang));
    list(language, Made::Offline, offline.into_iter(), &mut leaves);
    leaves
}

/// Pages that were written.
fn pages(renderer: &Renderer<'_>, slot: usize, language: &Language, pages: &[&BookPage], leaves: &mut Vec<Leaf>) {
    for page in pages {
        let (Some(view), Some(path)) = (renderer.book.view(page, slot), address::of_page(&language.lang, &page.id))
        else {
            continue;
        };
        let title = view.version.page.front.title.value.clone();
        leaves.push(Leaf {
            path,
            title,
            level: page.id.as_str().matches('/').count(),
            continues: false,
            gathers: false,
        });
    }
}

/// A list that the site makes, with as many pages as it runs over.
fn list(language: &Language, made: Made, paths: impl Iterator<Item = Option<OutPath>>, leaves: &mut Vec<Leaf>) {
    for (part, path) in paths.enumerate() {
        let title = language.locale.text(title_of(made)).to_owned();
        let gathers = matches!(made, Made::Library | Made::Figures);
        leaves.extend(path.map(|path| Leaf { path, title, level: 0, continues: part > 0, gathers }));
    }
}

/// Over how many pages the list of all sources runs.
fn library_parts(renderer: &Renderer<'_>, slot: usize) -> usize {
    renderer.shelf.list_pages(slot).iter().filter(|(key, _)| matches!(key, ListKey::Name)).count()
}
