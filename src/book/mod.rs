//! Manuscript → Book: keys become references.
//!
//! Pages learn their translations, their neighbours and their section; sources and figures are found by id; each page knows its
//! headings and its sources in reading order. Nothing here reports what a link or a citation lacks: looking something up gives an answer
//! or says what is missing, and both `check` and `site` ask in the same way.
//! Uses the rooms of the records, `manuscript`, `links`, `changes` and `locale`.

pub mod actors;
pub mod addresses;
pub mod catalogue;
mod corrections;
mod dated;
mod derived;
pub mod drawings;
mod entries;
pub mod evidence;
mod filed;
pub mod glossary;
mod languages;
mod library;
mod link;
pub mod mentions;
pub mod navigation;
pub mod outline;
mod owners;
pub mod present;
pub mod reading;
pub mod register;
mod revise;
mod state;
mod translations;
pub mod voice;

pub use corrections::Corrected;
pub use entries::brackets;
pub use library::{FigureMiss, Library, Records};
pub use link::{LinkOptions, link};
pub use outline::Heading;
pub use translations::{passages_of, read_again};

use crate::changes::FigureLock;
use crate::editorial::HouseStyle;
use crate::ids::{Lang, PageId, SourceId};
use crate::ledger::Tally;
use crate::links::Lock;
use crate::locale::Locale;
use crate::manuscript::{Kept, Page};
use crate::markdown::tree::FigureRef;
use crate::social::typeface::Typefaces;
use crate::span::Files;
use crate::translation::hash::Hash;
use crate::translation::status::Wordings;
use crate::translation::{Block, Status};
use crate::workspace::SnapshotFile;
use crate::workspace::config::Config;
use crate::workspace::node::Placed;
use entries::Entries;
use glossary::Terms;
use navigation::Made;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// A page, by its place in [`Book::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageIndex(pub(crate) usize);

/// The linked whole.
#[derive(Debug)]
pub struct Book {
    /// Every text file, for diagnostics.
    pub files: Files,
    /// `book.toml`.
    pub config: Config,
    /// The languages, the source language first.
    pub languages: Vec<Language>,
    /// The pages in the order of reading.
    pub pages: Vec<BookPage>,
    /// Sources, figures, series.
    pub library: Library,
    /// What the site does not say in its own voice, by language.
    pub house_styles: Vec<HouseStyle>,
    /// The terms.
    pub terms: Terms,
    /// How the addresses elsewhere answered when they were last visited.
    pub links: Lock,
    /// What figures were when the site was last built, and what has changed; `None` where nothing was recorded yet.
    pub changes: Option<FigureLock>,
    /// The fonts of the pictures that stand for pages where they are shared.
    pub typefaces: Typefaces,
    /// Pictures beside pages, by language and path.
    pub images: BTreeMap<(Lang, String), Arc<[u8]>>,
    /// The copies of sources that the editors keep, by path below the content folder; not published.
    pub snapshots: BTreeMap<String, SnapshotFile>,
    /// What each page was translated from, by language and page.
    pub records: BTreeMap<(Lang, PageId), Kept>,
    /// Wordings of the source that were translated.
    pub wordings: Wordings,
    by_id: BTreeMap<PageId, PageIndex>,
    drafts: BTreeSet<PageId>,
    entries: Entries,
}

/// A language of the site.
#[derive(Debug)]
pub struct Language {
    /// Its tag.
    pub lang: Lang,
    /// Its formats and words.
    pub locale: Locale,
    /// The site's name in it.
    pub site_title: String,
    /// The site's description in it.
    pub site_description: Option<String>,
    /// Whether a page is written in it. One that was only added shows what there is, which is no fault.
    pub has_begun: bool,
}

/// A page in all its languages.
#[derive(Debug)]
pub struct BookPage {
    /// Its id.
    pub id: PageId,
    /// By language, in the order of [`Book::languages`]; `None` where it has not been translated.
    pub versions: Vec<Option<Version>>,
    /// The page of the folder it lies in.
    pub parent: Option<PageIndex>,
    /// The pages of the folder it names, in order.
    pub children: Vec<PageIndex>,
    /// The page before it.
    pub previous: Option<PageIndex>,
    /// The page after it.
    pub next: Option<PageIndex>,
}

/// A page in one language, linked.
#[derive(Debug)]
pub struct Version {
    /// What its author wrote.
    pub page: Page,
    /// Its headings, with the ids they have on the page.
    pub outline: Vec<Heading>,
    /// Its sources by number: the first is 1.
    pub sources: Vec<SourceId>,
    /// Its figures in reading order, each once.
    pub figures: Vec<FigureRef>,
    /// Its statements, counted.
    pub tally: Tally,
    /// The text of its file, where somebody wrote it.
    text: Option<Arc<str>>,
    /// Its passages, from the first time that they are asked for.
    blocks: OnceLock<Vec<Block>>,
    /// Their hashes, from the first time that it is cut.
    hashes: OnceLock<Box<[Hash]>>,
    /// How it stands to the source language; `None` in that language, and where it has no such page.
    pub translation: Option<Status>,
}

impl BookPage {
    /// Whether its editors say that it is about the site itself.
    pub fn is_about_site(&self) -> bool {
        self.versions.iter().flatten().next().is_some_and(|version| version.page.front.about_site)
    }
}

impl Version {
    /// The number of a source on this page.
    pub fn number_of(&self, source: &SourceId) -> Option<usize> {
        self.sources.iter().position(|other| other == source).map(|index| index + 1)
    }

    /// Its passages, as they are translated, to be kept. A page that the site makes of records has none.
    pub fn blocks(&self) -> &[Block] {
        self.blocks.get_or_init(|| self.cut())
    }

    /// The same for whoever asks once and of every page: all of them together would take more room than what was written.
    pub fn cut(&self) -> Vec<Block> {
        let known = self.hashes.get().map(AsRef::as_ref).unwrap_or_default();
        let cut = |text| translations::blocks(&self.page, text, &self.outline, known);
        let blocks = self.text.as_deref().map_or_else(Vec::new, cut);
        self.hashes.get_or_init(|| blocks.iter().map(|block| block.hash).collect());
        blocks
    }

    /// The hashes of its passages.
    fn hashes(&self) -> &[Hash] {
        if self.hashes.get().is_none() {
            self.cut();
        }
        self.hashes.get().map(AsRef::as_ref).unwrap_or_default()
    }

    /// The text of its file; nothing where the site makes the page of records.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The places of this page that a link can go to.
    pub fn anchors(&self) -> BTreeSet<&str> {
        self.outline.iter().map(|heading| heading.id.as_str()).collect()
    }
}

/// A page as a reader of some language gets it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The page.
    pub page: &'a BookPage,
    /// The text that is shown.
    pub version: &'a Version,
    /// The reader's language.
    pub language: &'a Language,
    /// The language of the text.
    pub text_language: &'a Language,
}

impl View<'_> {
    /// Whether the reader gets the source language, because the page is not translated.
    pub fn is_fallback(&self) -> bool {
        self.language.lang != self.text_language.lang
    }
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkMiss {
    /// The path does not lead to a Markdown file below the language's folder.
    NotAPage,
    /// There is no such page; perhaps this one is meant.
    NoPage(Option<String>),
    /// The page is a draft, and drafts are left out.
    Draft,
}

impl Book {
    /// A page by its place.
    pub fn page(&self, index: PageIndex) -> Option<&BookPage> {
        self.pages.get(index.0)
    }

    /// A page by its id.
    pub fn find(&self, id: &PageId) -> Option<&BookPage> {
        self.by_id.get(id).and_then(|&index| self.page(index))
    }

    /// Whether the page is left out because some version of it is a draft.
    pub fn is_draft(&self, id: &PageId) -> bool {
        self.drafts.contains(id)
    }

    /// The place of a page.
    pub fn index_of(&self, id: &PageId) -> Option<PageIndex> {
        self.by_id.get(id).copied()
    }

    /// The source language.
    pub fn source_language(&self) -> Option<&Language> {
        self.languages.first()
    }

    /// A language by its tag.
    pub fn language(&self, lang: &Lang) -> Option<&Language> {
        self.languages.iter().find(|language| language.lang == *lang)
    }

    /// What a reader of the language at `language` gets of a page: its translation, or else the source language's text.
    pub fn view<'a>(&'a self, page: &'a BookPage, language: usize) -> Option<View<'a>> {
        let reader = self.languages.get(language)?;
        let own = page.versions.get(language).and_then(Option::as_ref);
        let (version, text_language) = match own {
            Some(version) => (version, reader),
            None => page
                .versions
                .iter()
                .zip(&self.languages)
                .find_map(|(version, language)| version.as_ref().map(|version| (version, language)))?,
        };
        Some(View { page, version, language: reader, text_language })
    }

    /// The same by the language's tag.
    pub fn view_in<'a>(&'a self, page: &'a BookPage, lang: &Lang) -> Option<View<'a>> {
        self.view(page, self.slot_of(lang)?)
    }

    /// The place of a language among those of the book.
    pub fn slot_of(&self, lang: &Lang) -> Option<usize> {
        self.languages.iter().position(|language| language.lang == *lang)
    }

    /// All versions of all pages with their language.
    pub fn versions(&self) -> impl Iterator<Item = (&BookPage, &Language, &Version)> {
        self.pages.iter().flat_map(|page| {
            page.versions
                .iter()
                .zip(&self.languages)
                .filter_map(move |(version, language)| version.as_ref().map(|version| (page, language, version)))
        })
    }

    /// On how many pages each source is cited, each language by itself.
    pub fn citing_pages(&self) -> BTreeMap<&SourceId, usize> {
        let mut pages = BTreeMap::new();
        for id in self.versions().flat_map(|(_, _, version)| &version.sources) {
            *pages.entry(id).or_default() += 1;
        }
        pages
    }

    /// The languages that the site is written in, with the first of them: those of which names and words are asked.
    pub fn begun(&self) -> impl Iterator<Item = &Language> {
        self.languages.iter().filter(|language| language.has_begun)
    }

    /// Whether a page is the one that the site makes of its terms.
    pub fn is_glossary(&self, page: &BookPage) -> bool {
        page.id.as_str() == navigation::GLOSSARY
            && page.versions.iter().flatten().all(|version| self.terms.glossary.is_in(version.page.file))
    }

    /// Whether the site has a page that tells what has changed: where there is a figure that could, or anything that did.
    pub fn has_changes(&self) -> bool {
        let has_log = self.changes.as_ref().is_some_and(|lock| !lock.log.is_empty());
        let is_corrected = || self.pages.iter().any(|page| !page.corrections().is_empty());
        has_log
            || is_corrected()
            || self.library.figures().next().is_some()
            || self.library.all_series().next().is_some()
    }

    /// Whether copies of the site are offered on it.
    pub fn offers_copies(&self) -> bool {
        !self.config.offline.is_empty()
    }

    /// Whether there is a who's who: whether there are actors.
    pub fn has_people(&self) -> bool {
        self.library.actors().next().is_some()
    }

    /// Whether there are events to show on a timeline.
    pub fn has_timeline(&self) -> bool {
        self.library.has_events()
    }

    /// The page of the site's own to which a link in `from` goes.
    pub fn leads_to_made(&self, from: &Page, path: &str) -> Option<Made> {
        match navigation::resolve(&from.path, path)?.as_str() {
            navigation::SOURCING => Some(Made::Sourcing),
            navigation::SEARCH => Some(Made::Search),
            navigation::OFFLINE if self.offers_copies() => Some(Made::Offline),
            navigation::TIMELINE if self.has_timeline() => Some(Made::Timeline),
            navigation::PEOPLE if self.has_people() => Some(Made::People),
            navigation::CHANGES if self.has_changes() => Some(Made::Changes),
            _ => None,
        }
    }

    /// Finds the page that a link in `from` goes to.
    pub fn follow(&self, from: &Page, path: &str) -> Result<PageIndex, LinkMiss> {
        let id = navigation::resolve(&from.path, path).ok_or(LinkMiss::NotAPage)?;
        self.index_of(&id).ok_or_else(|| {
            if self.is_draft(&id) {
                return LinkMiss::Draft;
            }
            let known = self.pages.iter().map(|page| page.id.as_str()).filter(|known| *known != from.id.as_str());
            let near = crate::diagnostic::did_you_mean(id.as_str(), known);
            LinkMiss::NoPage(
                near.and_then(PageId::parse).map(|near| navigation::relative_file(&from.path, &near, self)),
            )
        })
    }

    /// The picture that a page shows, and the language whose folder it lies in: the page's own, or else the source language's.
    pub fn image(&self, from: &Page, url: &str) -> Option<(&Lang, &str)> {
        let path = navigation::resolve_path(&from.path, url)?;
        let own = self.images.get_key_value(&(from.lang.clone(), path.clone()));
        let found = own.or_else(|| self.images.get_key_value(&(self.source_language()?.lang.clone(), path)));
        found.map(|((lang, path), _)| (lang, path.as_str()))
    }

    /// The languages in which a translation of the page exists.
    pub fn translations<'a>(&'a self, page: &'a BookPage) -> impl Iterator<Item = &'a Language> {
        self.languages.iter().zip(&page.versions).filter(|(_, version)| version.is_some()).map(|(language, _)| language)
    }

    /// The aliases of a page, of all its languages, each once.
    pub fn aliases(&self, page: &BookPage) -> Vec<Placed<PageId>> {
        let mut aliases: Vec<Placed<PageId>> = Vec::new();
        for version in page.versions.iter().flatten() {
            for alias in &version.page.front.aliases {
                if aliases.iter().all(|known| known.value != alias.value) {
                    aliases.push(alias.clone());
                }
            }
        }
        aliases
    }
}
