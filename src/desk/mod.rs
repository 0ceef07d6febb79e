//! Book → what an editor wants to know beside each page while writing: what is not sourced, what is disputed, how translations stand, what to cite.
//!
//! For the preview alone: nothing of it is part of a site. Says what `check` and the page's readers are told in other ways, by page and passage.
//! Uses `book` and what is below it, and `site::address` for where pages lie.

mod marks;

pub use marks::{Mark, MarkKind};

use crate::book::{Book, View};
use crate::citation::entry::short_name;
use crate::ids::{Lang, PageId};
use crate::ledger::Tally;
use crate::site::address;
use crate::translation::{State, Status};
use crate::workspace::front_matter::Method;
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything, by the path of the page's file below the output folder.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Desk {
    /// The pages in each language.
    pub pages: BTreeMap<String, PageDesk>,
    /// What is the same on all of them.
    pub site: SiteDesk,
}

/// What is the same on all pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteDesk {
    /// The sources that may be cited, by key.
    pub sources: Vec<SourceLine>,
    /// The pages that readers do not get yet.
    pub drafts: Vec<String>,
}

/// A source to be picked.
#[derive(Debug, Clone, Serialize)]
pub struct SourceLine {
    /// What is written into `[@…]`.
    pub key: String,
    /// Who says so, in a few words.
    pub who: String,
    /// Its title.
    pub title: String,
    /// When it appeared.
    pub date: Option<String>,
    /// On how many pages it is cited, each language by itself.
    pub cited: usize,
    /// What can be quoted from it.
    pub quotes: Vec<QuoteLine>,
}

/// A passage to be quoted.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteLine {
    /// What is written after the key and `#`.
    pub id: String,
    /// Its words.
    pub words: String,
}

/// A page as readers of one language get it.
#[derive(Debug, Clone, Serialize)]
pub struct PageDesk {
    /// The file that its text stands in.
    pub file: String,
    /// Whether readers do not get it yet.
    pub is_draft: bool,
    /// The day on which it goes before readers, or went.
    pub published: Option<String>,
    /// Its statements.
    pub coverage: Coverage,
    /// How it stands to its original; none of the original itself.
    pub translation: Option<Translation>,
    /// The page in every language.
    pub languages: Vec<Sibling>,
    /// The passages that need a second look, in the order of the text.
    pub marks: Vec<Mark>,
}

/// Statements, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Those that show a source.
    pub covered: usize,
    /// Those that need one.
    pub total: usize,
    /// Those of which the editor says that they need none.
    pub exempt: usize,
}

/// How a translation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Translation {
    /// There is none: readers get the original.
    None,
    /// Nothing is recorded of what it was made from.
    Unrecorded,
    /// It was held against its original.
    Recorded {
        /// Passages that say what the original says.
        current: usize,
        /// Passages whose original has changed since, or is not translated, or could not be told apart.
        behind: usize,
        /// Passages of which readers are shown another number or source than the original has.
        urgent: usize,
        /// How it was made, by the passage of which least is said: `human`, `machine` or `machine-edited`.
        method: Option<&'static str>,
    },
}

/// The page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Sibling {
    /// The language.
    pub lang: String,
    /// The file below the output folder.
    pub path: String,
    /// Whether it is written in that language.
    pub is_written: bool,
}

/// Lays out the desk.
pub fn desk(book: &Book) -> Desk {
    let mut desk = Desk { pages: BTreeMap::new(), site: SiteDesk { sources: sources(book), drafts: Vec::new() } };
    for page in &book.pages {
        for slot in 0..book.languages.len() {
            let Some(view) = book.view(page, slot) else { continue };
            let Some(path) = address::of_page(&view.language.lang, &page.id) else { continue };
            let shown = page_desk(book, view);
            if shown.is_draft {
                desk.site.drafts.push(path.as_str().to_owned());
            }
            desk.pages.insert(path.as_str().to_owned(), shown);
        }
    }
    desk
}

/// The desk of the page that lies at a path; `None` where no page of the book does.
pub fn of_page(book: &Book, path: &str) -> Option<PageDesk> {
    let (lang, below) = path.split_once('/')?;
    let id = below.strip_suffix("index.html").map(|folder| folder.strip_suffix('/').unwrap_or(folder))?;
    let page = book.find(&PageId::parse(id)?)?;
    let view = book.view_in(page, &Lang::parse(lang)?)?;
    Some(page_desk(book, view))
}

fn page_desk(book: &Book, view: View<'_>) -> PageDesk {
    let version = view.version;
    PageDesk {
        file: book.files.path(version.page.file).to_owned(),
        is_draft: view.page.versions.iter().flatten().any(|version| version.page.front.draft),
        published: version.page.front.published.map(|day| day.to_string()),
        coverage: coverage(version.tally),
        translation: translation(view),
        languages: siblings(book, view),
        marks: marks::of_version(book, version),
    }
}

fn coverage(tally: Tally) -> Coverage {
    Coverage { covered: tally.covered, total: tally.covered + tally.uncovered, exempt: tally.exempt }
}

fn translation(view: View<'_>) -> Option<Translation> {
    if view.is_fallback() {
        return Some(Translation::None);
    }
    let status: &Status = view.version.translation.as_ref()?;
    if status.record.is_none() {
        return Some(Translation::Unrecorded);
    }
    let source = view.page.versions.first().and_then(Option::as_ref)?;
    let tally = status.tally(source.blocks());
    let method = status.method();
    let method = Method::ALL.iter().find(|(_, known)| method == Some(*known));
    Some(Translation::Recorded {
        current: status.passages.iter().filter(|passage| passage.state == State::Current).count(),
        behind: tally.waiting(),
        urgent: tally.urgent,
        method: method.map(|(word, _)| *word),
    })
}

fn siblings(book: &Book, view: View<'_>) -> Vec<Sibling> {
    let of = |(language, version): (&crate::book::Language, &Option<_>)| {
        let path = address::of_page(&language.lang, &view.page.id)?;
        Some(Sibling { lang: language.lang.to_string(), path: path.as_str().to_owned(), is_written: version.is_some() })
    };
    book.languages.iter().zip(&view.page.versions).filter_map(of).collect()
}

fn sources(book: &Book) -> Vec<SourceLine> {
    let Some(editors) = book.source_language() else { return Vec::new() };
    let cited = book.citing_pages();
    let lines = book.library.sources().filter(|source| source.is_publishable()).map(|source| SourceLine {
        key: source.id.to_string(),
        who: short_name(source, &editors.locale).0,
        title: source.title.pick(&editors.lang, &[&source.lang]).0.to_owned(),
        date: source.date.as_ref().map(ToString::to_string),
        cited: cited.get(&source.id).copied().unwrap_or_default(),
        quotes: source
            .quotes
            .iter()
            .map(|quote| QuoteLine {
                id: quote.id.to_string(),
                words: quote.exact.pick(&editors.lang, &[&source.lang]).0.to_owned(),
            })
            .collect(),
    });
    lines.collect()
}
