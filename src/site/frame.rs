//! Where a page is, and where one can go from it: the frame around every page, with its menu and its footer.
//!
//! The pages that the site makes are listed here once: what each is called, where it lies, and in which list of links it stands.

use super::address::{self, Profile};
use super::changes;
use super::changes::History;
use super::context::{Frame, LanguageLink, Link, MadeLinks, Site, SocialImage};
use super::edition::OutPath;
use super::figure_list;
use super::hosting::policy::POLICY;
use super::hosting::{self, counterparts};
use super::html::Html;
use super::library;
use super::library::Shelf;
use super::offline;
use super::places::Places;
use super::renderer::Setting;
use super::sourcing;
use super::translation_status;
use super::translation_status::Standing;
use super::words;
use super::{GENERATOR, SiteOptions};
use crate::book::navigation::Made;
use crate::book::{Book, BookPage, Language};
use crate::ids::{Lang, PageId};
use crate::locale::Key;
use std::collections::BTreeSet;

/// So many sections stand in every page's menu; the home page lists all.
const SECTIONS: usize = 12;

/// What readers look something up in, in this order; the glossary, which is a page of the book, comes first.
const REFERENCE: [Made; 5] = [Made::Timeline, Made::People, Made::Library, Made::Figures, Made::Search];

/// What tells of the site itself, in this order, after what its editors wrote about it.
const ABOUT: [Made; 4] = [Made::Sourcing, Made::Changes, Made::Offline, Made::TranslationStatus];

/// What a page is, so that it can lead to itself in the other languages.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    /// No page of any language: the languages lead home.
    Outside,
    /// A page of the book.
    Page(&'p BookPage),
    /// A page that the site makes, or one of several, at these paths in each language.
    Made(Made, &'p [OutPath]),
}

/// The title of a page that the site makes.
pub(super) fn title_of(made: Made) -> Key {
    match made {
        Made::Timeline => Key::Timeline,
        Made::People => Key::People,
        Made::Library => Key::AllSources,
        Made::Figures => Key::AllFigures,
        Made::Search => Key::Search,
        Made::Sourcing => Key::Sourcing,
        Made::Changes => Key::Changes,
        Made::Offline => Key::Offline,
        Made::TranslationStatus => Key::TranslationStatus,
    }
}

/// Where it begins.
pub(super) fn path_of(made: Made, lang: &Lang) -> Option<OutPath> {
    match made {
        Made::Timeline => address::of_timeline(lang, None, 0),
        Made::People => address::of_people(lang),
        Made::Library => library::path(lang, "", 0),
        Made::Figures => figure_list::path(lang, 0),
        Made::Search => address::of_search(lang),
        Made::Sourcing => sourcing::path(lang),
        Made::Changes => changes::path(lang, 0),
        Made::Offline => offline::path(lang),
        Made::TranslationStatus => translation_status::path(lang, 0),
    }
}

/// Where it begins in each language.
pub(super) fn paths_of(made: Made, book: &Book) -> Vec<OutPath> {
    book.languages.iter().filter_map(|language| path_of(made, &language.lang)).collect()
}

/// Which pages the site makes, in each language.
#[derive(Debug, Default)]
pub(super) struct MadePages(Vec<BTreeSet<Made>>);

impl MadePages {
    /// What the book, and what was made of it for all pages, ask for.
    pub(super) fn of(
        (book, options): (&Book, &SiteOptions),
        shelf: &Shelf<'_>,
        places: &Places,
        history: &History<'_>,
        standing: &Standing<'_>,
    ) -> Self {
        let is_made = |language: usize, made: Made| match made {
            Made::Timeline => book.has_timeline(),
            Made::People => book.has_people(),
            Made::Library => !shelf.is_empty(),
            Made::Figures => places.figure_parts() > 0,
            Made::Search | Made::Sourcing => true,
            Made::Changes => history.is_told(),
            Made::Offline => options.offline.is_some() || book.offers_copies(),
            Made::TranslationStatus => standing.parts(language) > 0,
        };
        let of_language =
            |language| REFERENCE.into_iter().chain(ABOUT).filter(|made| is_made(language, *made)).collect();
        Self((0..book.languages.len()).map(of_language).collect())
    }

    /// Whether a language has such a page.
    fn has(&self, language: usize, made: Made) -> bool {
        self.0.get(language).is_some_and(|pages| pages.contains(&made))
    }

    /// Whether there is a page on copies: where some are offered, and in each of them.
    pub(super) fn has_offline(&self) -> bool {
        self.has(0, Made::Offline)
    }
}

impl Setting<'_> {
    /// What every template gets.
    pub(super) fn frame(&self, language: usize, from: &OutPath, place: Place<'_>) -> Option<Frame<'_>> {
        let reader = self.book.languages.get(language)?;
        let made = |made: Made| self.made_link(language, from, place, made);
        let [nav, mut reference, mut about_site] = self.top_pages(language, from, place);
        reference.extend(REFERENCE.into_iter().filter_map(made));
        about_site.extend(ABOUT.into_iter().filter_map(made));
        let home = address::of_page(&reader.lang, &PageId::home())?;
        let root = counterparts::choice()?;
        Some(Frame {
            lang: reader.lang.as_str(),
            dir: reader.locale.direction().name(),
            t: self.strings.get(language)?,
            site: Site {
                title: &reader.site_title,
                description: reader.site_description.as_deref(),
                generator: GENERATOR,
                home_url: address::link(self.options.profile, from, &home, None),
                static_url: address::to_static(from),
                manifest_url: hosting::manifest_path(&reader.lang)
                    .filter(|_| self.options.profile == Profile::Folders)
                    .map(|to| address::link(self.options.profile, from, &to, None)),
                report_url: self.report_url(language, from, place),
                languages_url: format!("{}?choose", address::link(self.options.profile, from, &root, None)),
                policy: POLICY,
            },
            nav,
            reference,
            about_site,
            made: MadeLinks {
                timeline: made(Made::Timeline),
                people: made(Made::People),
                library: made(Made::Library),
                figures: made(Made::Figures),
                search: made(Made::Search),
                sourcing: made(Made::Sourcing),
                changes: made(Made::Changes),
                offline: made(Made::Offline),
                translation_status: made(Made::TranslationStatus),
            },
            feed: self.feed_link(reader),
            offline: self.copy_line(reader),
            languages: self.language_links(language, from, place),
            social_image: self.social_image(language, place),
        })
    }

    /// The picture of the page; that of the home page where the site makes the page itself.
    fn social_image(&self, language: usize, place: Place<'_>) -> Option<SocialImage> {
        match place {
            Place::Page(page) => self.pictures.of_page(self.book, self.book.view(page, language)?),
            _ => self.pictures.of_home(self.book, self.book.languages.get(language)?),
        }
    }

    /// The pages beside the home page: the sections and what stands alone, the glossary, and what tells of the site itself.
    fn top_pages(&self, language: usize, from: &OutPath, place: Place<'_>) -> [Vec<Link>; 3] {
        let writer = self.writer(language, from);
        let is_within = |top: &BookPage| matches!(place, Place::Page(page) if page.id.as_str().split('/').next() == Some(top.id.as_str()));
        let mut lists = [Vec::new(), Vec::new(), Vec::new()];
        let [nav, reference, about] = &mut lists;
        let home = self.book.find(&PageId::home());
        let children = home.map(|home| home.children.as_slice()).unwrap_or_default();
        for page in children.iter().filter_map(|index| self.book.page(*index)) {
            let list = match page {
                _ if self.book.is_glossary(page) => &mut *reference,
                _ if page.is_about_site() => &mut *about,
                _ => &mut *nav,
            };
            if list.len() < SECTIONS {
                list.extend(writer.link(page, is_within(page)));
            }
        }
        lists
    }

    /// The way to a page that the site makes; none where a language has no such page.
    fn made_link(&self, language: usize, from: &OutPath, place: Place<'_>, made: Made) -> Option<Link> {
        let reader = self.book.languages.get(language)?;
        let to = path_of(made, &reader.lang).filter(|_| self.made.has(language, made))?;
        let title = reader.locale.text(title_of(made)).to_owned();
        let url = address::link(self.options.profile, from, &to, None);
        let current = matches!(place, Place::Made(here, _) if here == made);
        Some(Link { title, url, current, lang: None, dir: None })
    }

    /// The same page in every language.
    fn language_links(&self, language: usize, from: &OutPath, place: Place<'_>) -> Vec<LanguageLink> {
        let link = |(slot, other): (usize, &Language)| {
            let to = match place {
                Place::Outside => address::of_page(&other.lang, &PageId::home())?,
                Place::Page(page) => address::of_page(&other.lang, &page.id)?,
                Place::Made(_, paths) => paths.get(slot)?.clone(),
            };
            let url = if self.options.has(&other.lang) {
                address::link(self.options.profile, from, &to, None)
            } else {
                // A language that is left out of a copy is where the site itself is, or nowhere.
                address::absolute(self.options.offline.as_ref()?.live_url.as_deref()?, &to)
            };
            let has = |page: &BookPage| page.versions.get(slot).is_some_and(Option::is_some);
            Some(LanguageLink {
                lang: other.lang.as_str().to_owned(),
                territory: other.locale.territory().to_owned(),
                name: other.locale.name().to_owned(),
                dir: other.locale.direction().name(),
                url,
                current: slot == language,
                translated: !matches!(place, Place::Page(page) if !has(page)),
            })
        };
        self.book.languages.iter().enumerate().filter_map(link).collect()
    }

    /// Where to report an error on a page, which is told the page's address and title.
    fn report_url(&self, language: usize, from: &OutPath, place: Place<'_>) -> Option<String> {
        let template = self.book.config.report_url.as_deref()?;
        let reader = self.book.languages.get(language)?;
        let url = address::absolute(self.book.config.base_url.as_deref().unwrap_or_default(), from);
        let title = match place {
            Place::Outside => reader.site_title.as_str(),
            Place::Page(page) => self.book.view(page, language)?.version.page.front.title.value.as_str(),
            Place::Made(made, _) => reader.locale.text(title_of(made)),
        };
        Some(address::fill(template, &[("title", title), ("url", &url)]))
    }

    /// The feed of what has changed.
    fn feed_link(&self, reader: &Language) -> Option<Link> {
        let base = self.book.config.base_url.as_deref()?;
        let to = changes::feed_path(self.book, reader).filter(|_| self.book.changes.is_some())?;
        let title = reader.locale.text(Key::Changes).to_owned();
        Some(Link { title, url: address::absolute(base, &to), current: false, lang: None, dir: None })
    }

    /// What a copy says of itself on every page: how old it is, which it is, and where the site itself is.
    pub(super) fn copy_line(&self, reader: &Language) -> Option<Html> {
        let offline = self.options.offline.as_ref()?;
        let locale = &reader.locale;
        let mut html = self.which_copy(reader);
        if let Some(url) = &offline.live_url {
            let mut link = Html::new();
            link.open("a", &[("class", "external"), ("rel", "noopener"), ("href", url)]).text(url).close("a");
            html.text(" ").html(&words::sentence(locale, Key::OfflineLiveSite, &[("url", link)]));
        }
        Some(html)
    }

    /// How old a copy is that is made of this edition's content, and which it is.
    pub(super) fn which_copy(&self, reader: &Language) -> Html {
        let locale = &reader.locale;
        let stamp = &self.options.stamp;
        let version = stamp.version();
        match stamp.date {
            Some(day) => {
                let day = locale.date(&day.into());
                words::plain_sentence(locale, Key::OfflineCopy, &[("date", &day), ("version", version)])
            }
            None => words::plain_sentence(locale, Key::OfflineCopyUndated, &[("version", version)]),
        }
    }
}
