//! What stands around the pages: the choice of language, the page for what is not found, old addresses that lead on.

use super::address::{self, Profile};
use super::context::{Alternate, Choice, Frame};
use super::edition::OutPath;
use super::frame::Place;
use super::hosting;
use super::hosting::counterparts::{self, Counterparts};
use super::html::Html;
use super::library::{LibraryWriter, Row};
use super::linked_data;
use super::places;
use super::renderer::{Rendered, Renderer};
use super::words::WithLang;
use crate::book::BookPage;
use crate::book::navigation::Made;
use crate::citation::entry;
use crate::ids::PageId;
use schemars::JsonSchema;
use serde::Serialize;

/// What the choice of language gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct ChoiceFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// The languages, in the order of the site.
    choices: Vec<Choice>,
    /// The choice itself, for the head.
    about: Door,
}

/// Where the choice of language has its place.
#[derive(Serialize, JsonSchema)]
struct Door {
    /// Its address, whole; null without `base-url`.
    canonical_url: Option<String>,
    /// The home pages; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// The name of the site.
    title: String,
    /// What it is, in one sentence.
    description: Option<String>,
    /// The site as JSON-LD, a data block for the head; null without `base-url`.
    json_ld: Option<Html>,
}

/// What the page at an old address gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct RedirectFrame<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// Where the page is now.
    target_url: String,
    /// Its title; write it with the filter `bidi`.
    title: &'a str,
    /// Language of the title, where it is not the interface's; else null.
    title_lang: Option<&'a str>,
    /// Direction of the title, with `title_lang`.
    title_dir: Option<&'static str>,
}

/// An old address, and where its page lies now.
pub(super) struct Moved<'a> {
    pub(super) from: OutPath,
    pub(super) to: OutPath,
    language: usize,
    what: What<'a>,
}

/// What lies elsewhere now.
#[derive(Clone, Copy)]
enum What<'a> {
    Page(&'a BookPage),
    Source(&'a Row<'a>),
}

impl<'a> Renderer<'a> {
    /// All of it.
    pub(super) fn furniture(&self) -> Vec<Rendered> {
        let mut rendered = vec![self.choice()];
        // Only a host asks for a page that says that there is none.
        if self.options.offline.is_none() {
            rendered.push(self.not_found(0, "404.html"));
            for (place, language) in self.book.languages.iter().enumerate() {
                rendered.push(self.not_found(place, &format!("{}/404.html", language.lang)));
            }
        }
        rendered.extend(self.moved().iter().map(|moved| self.lead_on(moved)));
        rendered
    }

    /// The old addresses in every language.
    pub(super) fn moved(&self) -> Vec<Moved<'a>> {
        let mut moved = Vec::new();
        for (place, language) in self.languages() {
            for page in &self.book.pages {
                let Some(to) = address::of_page(&language.lang, &page.id) else { continue };
                let olds = self.book.aliases(page);
                moved.extend(
                    olds.iter().filter_map(|alias| address::of_page(&language.lang, &alias.value)).map(|from| Moved {
                        from,
                        to: to.clone(),
                        language: place,
                        what: What::Page(page),
                    }),
                );
            }
            for row in self.shelf.rows(place) {
                let source = row.entry.source;
                // What has no page of its own had none at an older address.
                let Some(places::Place { path: to, anchor: None }) = self.places.source(&language.lang, &source.id)
                else {
                    continue;
                };
                let olds = source.aliases.iter().filter_map(|alias| address::of_source(&language.lang, &alias.value));
                // An older id may differ by its capitals alone: then it is the same address.
                moved.extend(olds.filter(|from| from != to).map(|from| Moved {
                    from,
                    to: to.clone(),
                    language: place,
                    what: What::Source(row),
                }));
            }
        }
        moved
    }

    fn choice(&self) -> Rendered {
        let Some(from) = counterparts::choice() else { return Ok(None) };
        let first = self.languages().next().map_or(0, |(place, _)| place);
        let Some(frame) = self.frame(first, &from, Place::Outside) else { return Ok(None) };
        let choices = self
            .languages()
            .filter_map(|(_, language)| {
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
        let base = self.book.config.base_url.as_deref();
        let about = Door {
            canonical_url: base.map(|base| address::absolute(base, &from)),
            alternates: Counterparts::of_choice(self.book).alternates(base),
            title: frame.site.title.to_owned(),
            description: frame.site.description.map(str::to_owned),
            json_ld: base.map(|base| linked_data::door(self.book, base)),
        };
        let html = self.theme.render(&ChoiceFrame { frame, choices, about })?;
        Ok(Some((from, html)))
    }

    /// The page for what is not found. A host shows it at any address, so links that are relative to its own would lead astray: they begin at the root
    /// of the host, below the path at which the site is known to lie. A copy on a disk has no root, and shows the page at its own address only.
    fn not_found(&self, language: usize, path: &str) -> Rendered {
        let Some(from) = OutPath::parse(path) else { return Ok(None) };
        let Some(mut frame) = self.frame(language, &from, Place::Outside) else { return Ok(None) };
        if self.options.profile == Profile::Folders {
            let root = self.book.config.base_url.as_deref().map_or("/", hosting::path_of);
            let own = format!("{root}{}", path.strip_suffix("404.html").unwrap_or_default());
            frame.root_links(&own);
        }
        let html = self.theme.render(&frame)?;
        Ok(Some((from, html)))
    }

    /// What stays at an old address.
    fn lead_on(&self, moved: &Moved<'_>) -> Rendered {
        let Moved { from, to, language, what } = moved;
        let Some(reader) = self.book.languages.get(*language) else { return Ok(None) };
        let paths;
        let (place, title, lang) = match what {
            What::Page(page) => {
                let Some(view) = self.book.view(page, *language) else { return Ok(None) };
                (Place::Page(page), view.version.page.front.title.value.as_str(), &view.text_language.lang)
            }
            What::Source(row) => {
                let source = row.entry.source;
                paths = LibraryWriter::source_paths(self.book, self.shelf, row, 0);
                let (title, lang) = entry::original(&source.title, &source.lang);
                (Place::Made(Made::Library, &paths), title, lang)
            }
        };
        let Some(frame) = self.frame(*language, from, place) else { return Ok(None) };
        let target_url = address::link(self.options.profile, from, to, None);
        let with = WithLang::of(Some(lang).filter(|lang| **lang != reader.lang), self.book);
        let redirect = RedirectFrame { frame, target_url, title, title_lang: with.lang, title_dir: with.dir };
        let html = self.theme.render(&redirect)?;
        Ok(Some((from.clone(), html)))
    }
}
