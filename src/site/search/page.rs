//! The page on which one searches, and the index of the site: everything that has a page or a place, by section, by letter, by year.
//!
//! What is long is not listed twice: of sources and figures the index leads into their own lists.

use crate::actor::record::ActorKind;
use crate::book::navigation::Made;
use crate::book::{BookPage, Language, PageIndex};
use crate::date::{Date, Moment};
use crate::ids::PageId;
use crate::locale::{Key, Vocabulary};
use crate::site::context::{Alternate, Frame, Link};
use crate::site::frame::paths_of;
use crate::site::library::LibraryWriter;
use crate::site::page::{PageWriter, alternates};
use crate::site::words::WithLang;
use crate::site::{actors, address};
use schemars::JsonSchema;
use serde::Serialize;

/// So many terms need no letters.
const UNLETTERED: usize = 20;

/// What `search.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct SearchContext {
    /// Its title.
    title: String,
    /// What the page is, for `<meta>`.
    description: String,
    /// Its whole address; null without `base-url`.
    canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// The index of everything: the pages, the terms, the actors …
    parts: Vec<Part>,
}

/// A part of the index: the pages, the terms, the actors …
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "IndexPart")]
struct Part {
    /// Its place on the page.
    id: &'static str,
    /// What it lists; write it with the filter `bidi`.
    title: String,
    /// The page on all of it; null where there is none.
    url: Option<String>,
    /// The links, by section, letter or kind.
    lists: Vec<List>,
}

/// Links that belong together: a section, a letter, a kind.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "IndexList")]
struct List {
    /// What they have in common; null where that is the part itself. Its `url` is empty where it leads nowhere.
    head: Option<Link>,
    /// The links.
    links: Vec<Link>,
}

/// The context of the page; the frame has the ways to the site's own pages.
pub(in crate::site) fn context(
    writer: &PageWriter<'_>,
    language: &Language,
    library: &LibraryWriter<'_>,
    frame: &Frame<'_>,
) -> SearchContext {
    let book = writer.book;
    let locale = &language.locale;
    let indexer = Indexer { writer, language };
    let of = |id: &'static str, link: Option<&Link>, lists: Vec<List>| {
        link.map(|link| Part { id, title: link.title.clone(), url: Some(link.url.clone()), lists })
    };
    let letters = library.letter_links();
    let parts = [
        Some(Part {
            id: "index-pages",
            title: locale.text(Key::AllPages).to_owned(),
            url: None,
            lists: indexer.pages(),
        }),
        of("index-terms", indexer.glossary().as_ref(), indexer.terms()),
        of("index-people", frame.made.people.as_ref(), indexer.people()),
        of("index-timeline", frame.made.timeline.as_ref(), indexer.years()),
        of("index-sources", frame.made.library.as_ref(), vec![List { head: None, links: letters }]),
        of("index-figures", frame.made.figures.as_ref(), Vec::new()),
        Some(Part {
            id: "index-site",
            title: locale.text(Key::AboutSite).to_owned(),
            url: None,
            lists: vec![List { head: None, links: frame.about_site.clone() }],
        }),
    ];
    SearchContext {
        title: locale.text(Key::SearchAndIndex).to_owned(),
        description: locale.text(Key::SearchIntro).to_owned(),
        canonical_url: book.config.base_url.as_deref().map(|base| address::absolute(base, writer.from)),
        alternates: alternates(book, &paths_of(Made::Search, book)),
        parts: parts.into_iter().flatten().collect(),
    }
}

struct Indexer<'a> {
    writer: &'a PageWriter<'a>,
    language: &'a Language,
}

impl Indexer<'_> {
    /// The sections, each with all pages below it; what is no section stands first.
    fn pages(&self) -> Vec<List> {
        let book = self.writer.book;
        let top: Vec<&BookPage> = book
            .pages
            .iter()
            .filter(|page| page.parent.and_then(|parent| book.page(parent)).is_none_or(is_home))
            .collect();
        let (sections, single): (Vec<&BookPage>, Vec<&BookPage>) = top
            .into_iter()
            .filter(|page| !book.is_glossary(page) && !page.is_about_site())
            .partition(|page| !page.children.is_empty() && !is_home(page));
        let single = single.into_iter().filter_map(|page| self.writer.link(page, false)).collect();
        let mut lists = vec![List { head: None, links: single }];
        lists.extend(sections.into_iter().map(|section| {
            let mut links = Vec::new();
            self.below(&section.children, &mut links);
            List { head: self.writer.link(section, false), links }
        }));
        lists
    }

    fn below(&self, children: &[PageIndex], links: &mut Vec<Link>) {
        for child in children.iter().filter_map(|child| self.writer.book.page(*child)) {
            links.extend(self.writer.link(child, false));
            self.below(&child.children, links);
        }
    }

    fn glossary(&self) -> Option<Link> {
        let book = self.writer.book;
        let page = book.find(&PageId::parse(crate::book::navigation::GLOSSARY)?)?;
        self.writer.link(page, false).filter(|_| book.is_glossary(page))
    }

    fn terms(&self) -> Vec<List> {
        let Some(glossary) = self.glossary() else { return Vec::new() };
        let listed = self.writer.book.terms.listed(&self.language.lang);
        let is_long = listed.len() > UNLETTERED;
        let mut lists: Vec<List> = Vec::new();
        let mut last = None;
        for term in listed {
            let letter = term.letter.clone().filter(|_| is_long);
            if lists.is_empty() || last != Some(letter.clone()) {
                let head = letter.clone().map(|title| Link {
                    title,
                    url: String::new(),
                    current: false,
                    lang: None,
                    dir: None,
                });
                lists.push(List { head, links: Vec::new() });
                last = Some(letter);
            }
            let with = WithLang::of(term.name_lang.as_ref(), self.writer.book);
            let url = format!("{}#{}", glossary.url, crate::book::glossary::anchor(&term.id));
            let (title, lang) = (term.name.clone(), with.lang.map(str::to_owned));
            if let Some(list) = lists.last_mut() {
                list.links.push(Link { title, url, current: false, lang, dir: with.dir });
            }
        }
        lists
    }

    /// The actors by kind.
    fn people(&self) -> Vec<List> {
        let (book, locale) = (self.writer.book, &self.language.locale);
        let Some(to) = address::of_people(&self.language.lang) else { return Vec::new() };
        let ordered = actors::ordered(book, locale);
        let of_kind = |(word, kind): &(&str, ActorKind)| {
            let title = locale.term(Vocabulary::ActorGroup, word).unwrap_or(word).to_owned();
            let links: Vec<Link> = ordered
                .iter()
                .filter(|actor| actor.kind == *kind)
                .map(|actor| {
                    let url = address::link(self.writer.profile, self.writer.from, &to, Some(&actors::anchor(actor)));
                    let (title, lang) = actors::named(book, locale, actor);
                    let with = WithLang::of(lang, book);
                    let lang = with.lang.map(str::to_owned);
                    Link { title: title.to_owned(), url, current: false, lang, dir: with.dir }
                })
                .collect();
            let head = Link { title, url: String::new(), current: false, lang: None, dir: None };
            (!links.is_empty()).then_some(List { head: Some(head), links })
        };
        ActorKind::ALL.iter().filter_map(of_kind).collect()
    }

    /// The years of the timeline.
    fn years(&self) -> Vec<List> {
        let mut years: Vec<u16> =
            self.writer.book.library.events().iter().map(|event| event.date.first_day().year()).collect();
        years.dedup();
        let link = |year: u16| {
            let place = self.writer.places.year(&self.language.lang, year)?;
            let title = self.language.locale.date(&Date::At(Moment::Year(year)));
            let url = place.link(self.writer.profile, self.writer.from);
            Some(Link { title, url, current: false, lang: None, dir: None })
        };
        vec![List { head: None, links: years.into_iter().filter_map(link).collect() }]
    }
}

fn is_home(page: &BookPage) -> bool {
    page.id.is_home()
}
