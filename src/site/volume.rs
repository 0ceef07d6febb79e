//! The pages of a language in the order in which they are read, for formats that put one after another.
//!
//! What is left out: the search, which an ordered copy has in its program; what translators have to do; pages of one source, because the list
//! of all sources has its entry; lists by kind or year, because they say nothing new.

use super::address;
use super::edition::OutPath;
use super::figure_list;
use super::frame::{path_of, title_of};
use super::library::{self, ListKey};
use super::renderer::Renderer;
use super::timeline;
use crate::book::Language;
use crate::book::navigation::Made;
use crate::ids::Lang;
use std::collections::BTreeMap;

/// A language of an edition as something that is read from the first page to the last.
#[derive(Debug, Clone)]
pub struct Volume {
    /// Its language.
    pub lang: Lang,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The title of the site in it.
    pub title: String,
    /// What the site is about.
    pub description: Option<String>,
    /// How old the copy is, which it is and where the site itself is, as HTML.
    pub about_html: Option<String>,
    /// The words of the interface that have no blanks to fill, by the names that templates know them by.
    pub words: BTreeMap<&'static str, String>,
    /// Its pages, in the order of reading; the first is the home page.
    pub leaves: Vec<Leaf>,
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
}

/// The volumes of the languages that are in the edition.
pub(super) fn volumes(renderer: &Renderer<'_>) -> Vec<Volume> {
    let volume = |(slot, language): (usize, &Language)| Volume {
        lang: language.lang.clone(),
        dir: language.locale.direction().name(),
        title: language.site_title.clone(),
        description: language.site_description.clone(),
        about_html: renderer.copy_line(language).map(|line| line.as_str().to_owned()),
        words: language.locale.plain_strings(),
        leaves: leaves(renderer, slot, language),
    };
    renderer.languages().map(volume).collect()
}

fn leaves(renderer: &Renderer<'_>, slot: usize, language: &Language) -> Vec<Leaf> {
    let book = renderer.book;
    let lang = &language.lang;
    let mut leaves = Vec::new();
    // What explains the site and its words comes after what it tells.
    let (told, about): (Vec<_>, Vec<_>) =
        book.pages.iter().partition(|page| !book.is_glossary(page) && !page.is_about_site());
    let mut add = |path: Option<OutPath>, title: &str, level: usize, continues: bool| {
        leaves.extend(path.map(|path| Leaf { path, title: title.to_owned(), level, continues }));
    };
    for (pages, last) in [(told, false), (about, true)] {
        if last {
            let parts = if book.has_timeline() { timeline::count_parts(book, None) } else { 0 };
            let people = usize::from(book.has_people());
            let lists: [(Made, usize, &dyn Fn(usize) -> Option<OutPath>); 4] = [
                (Made::Timeline, parts, &|part| address::of_timeline(lang, None, part)),
                (Made::People, people, &|_| path_of(Made::People, lang)),
                (Made::Figures, renderer.places.figure_parts(), &|part| figure_list::path(lang, part)),
                (Made::Library, library_parts(renderer, slot), &|part| library::path(lang, "", part)),
            ];
            for (made, parts, path) in lists {
                for part in 0..parts {
                    add(path(part), language.locale.text(title_of(made)), 0, part > 0);
                }
            }
        }
        for page in pages {
            let Some(view) = book.view(page, slot) else { continue };
            let level = page.id.as_str().matches('/').count();
            add(address::of_page(lang, &page.id), &view.version.page.front.title.value, level, false);
        }
    }
    add(path_of(Made::Sourcing, lang), language.locale.text(title_of(Made::Sourcing)), 0, false);
    for part in 0..renderer.history.parts() {
        add(super::changes::path(lang, part), language.locale.text(title_of(Made::Changes)), 0, part > 0);
    }
    leaves
}

/// Over how many pages the list of all sources runs.
fn library_parts(renderer: &Renderer<'_>, slot: usize) -> usize {
    renderer.shelf.list_pages(slot).iter().filter(|(key, _)| matches!(key, ListKey::Name)).count()
}
