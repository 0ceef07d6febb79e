//! What templates are given. `docs/template-context.md` is written from it.

use super::changes::past::Past;
use super::citing::PageCitation;
use super::html::Html;
use super::marks::Run;
use super::shared::Shared;
use crate::locale::{Key, Locale};
use crate::number::Number;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Value;

/// What every template gets.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Frame<'a> {
    /// Language of the interface: the `lang` of `<html>`.
    pub(super) lang: &'a str,
    /// Direction of the interface: `ltr` or `rtl`.
    pub(super) dir: &'static str,
    /// The words of the interface that have no placeholders, by key: `t.contents`.
    #[schemars(with = "BTreeMap<String, String>")]
    pub(super) t: &'a Value,
    /// The site.
    pub(super) site: Site<'a>,
    /// The sections of the site and the pages that stand beside them, at most 12, for the menu of every page.
    pub(super) nav: Vec<Link>,
    /// What readers look something up in: the glossary, the timeline, the who's who, the lists of sources and figures, the search; those that the site has.
    pub(super) reference: Vec<Link>,
    /// What tells of the site itself: pages with `about-site`, how it is sourced, what has changed, where copies are taken, how far the translation is behind.
    pub(super) about_site: Vec<Link>,
    /// The pages that the site makes, each by itself.
    pub(super) made: MadeLinks,
    /// The feed of changes, by its whole address; null without `base-url`.
    pub(super) feed: Option<Link>,
    /// In a copy that is handed on: how old it is, which it is, where the site itself is; null on the site itself.
    pub(super) offline: Option<Html>,
    /// The site's languages in its order, each leading to the same page in that language.
    pub(super) languages: Vec<LanguageLink>,
    /// The picture that stands for the page where it is shared; null where `book.toml` does not ask for it, and without `base-url`.
    pub(super) social_image: Option<SocialImage>,
}

/// The picture that stands for a page where it is shared.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SocialImage {
    /// Its whole address.
    pub(super) url: String,
    /// So many pixels it is wide.
    pub(super) width: u16,
    /// So many pixels it is high.
    pub(super) height: u16,
    /// What it shows, in words.
    pub(super) alt: String,
}

impl Frame<'_> {
    /// Puts the page's own folder, by its path on the host, before all relative links.
    pub(super) fn root_links(&mut self, folder: &str) {
        let lists = [&mut self.nav, &mut self.reference, &mut self.about_site];
        let MadeLinks { timeline, people, library, figures, search, sourcing, changes, offline, translation_status } =
            &mut self.made;
        let made = [timeline, people, library, figures, search, sourcing, changes, offline, translation_status];
        let links = lists.into_iter().flatten().chain(made.into_iter().flatten()).map(|link| &mut link.url);
        let languages = self.languages.iter_mut().map(|link| &mut link.url);
        let site = [&mut self.site.home_url, &mut self.site.static_url, &mut self.site.languages_url];
        for url in site.into_iter().chain(&mut self.site.manifest_url).chain(links).chain(languages) {
            *url = rooted(folder, url);
        }
    }
}

/// A relative link as a path from the root of the host, without `../`: a reader who hovers over it sees where it leads.
fn rooted(folder: &str, link: &str) -> String {
    let mut folder = folder.trim_end_matches('/');
    let mut rest = link.strip_prefix("./").unwrap_or(link);
    while let Some(above) = rest.strip_prefix("../") {
        folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        rest = above;
    }
    format!("{folder}/{rest}")
}

/// The pages that the site makes.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MadeLinks {
    /// The timeline; null where there is no event.
    pub(super) timeline: Option<Link>,
    /// The who's who; null where there is no actor.
    pub(super) people: Option<Link>,
    /// The list of all sources; null where there is none.
    pub(super) library: Option<Link>,
    /// The page of all figures; null where the site shows none.
    pub(super) figures: Option<Link>,
    /// The page on which one searches, with the index of all pages.
    pub(super) search: Option<Link>,
    /// The page on what the site rests on.
    pub(super) sourcing: Option<Link>,
    /// What has changed; null where the site has no figure and no corrected page.
    pub(super) changes: Option<Link>,
    /// Where readers take copies and learn to check them; null where none are offered, and this is none.
    pub(super) offline: Option<Link>,
    /// How far the translation is behind; null where `book.toml` does not ask for it, and in the source language.
    pub(super) translation_status: Option<Link>,
}

/// The site.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Site<'a> {
    /// Its name in this language.
    pub(super) title: &'a str,
    /// What it is, in one sentence.
    pub(super) description: Option<&'a str>,
    /// Name and version of the program.
    pub(super) generator: &'static str,
    /// The home page in this language.
    pub(super) home_url: String,
    /// The folder `static/`, with `/` at its end.
    pub(super) static_url: String,
    /// What a telephone is told that puts the site among its programs; null in a copy for a disk.
    pub(super) manifest_url: Option<String>,
    /// Where an error on this page is reported, from `book.toml`.
    pub(super) report_url: Option<String>,
    /// The choice of language, which does not choose by itself when one comes by this address.
    pub(super) languages_url: String,
    /// What a page may load: its Content-Security-Policy, the same as in `_headers`.
    pub(super) policy: &'static str,
}

/// A way to a page, or to a place on one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Link {
    /// What it is called; write it with the filter `bidi`.
    pub(super) title: String,
    /// Where it leads.
    pub(super) url: String,
    /// Whether this is the page that one is on: `aria-current`.
    pub(super) current: bool,
    /// Language of the title, where it is not the interface's; else null.
    pub(super) lang: Option<String>,
    /// Direction of the title, with `lang`.
    pub(super) dir: Option<&'static str>,
}

/// The same page in a language.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LanguageLink {
    /// The language.
    pub(super) lang: String,
    /// The same with the land whose formats it has, as Open Graph wants it: `en_GB`.
    pub(super) territory: String,
    /// Its own name for itself.
    pub(super) name: String,
    /// Its direction.
    pub(super) dir: &'static str,
    /// The page in that language.
    pub(super) url: String,
    /// Whether it is this one.
    pub(super) current: bool,
    /// Whether the page is translated into it; else it is shown in the source language.
    pub(super) translated: bool,
}

/// What `page.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question that a template asks")]
pub(super) struct PageContext {
    /// Title of the page.
    pub(super) title: String,
    /// Language of the text; not the interface's on a page without translation.
    pub(super) lang: String,
    /// Direction of the text.
    pub(super) dir: &'static str,
    /// Whether it is the home page.
    pub(super) is_home: bool,
    /// Whether other pages lie in its folder.
    pub(super) is_section: bool,
    /// Whether it is shown in the source language, because nobody has translated it.
    pub(super) is_fallback: bool,
    /// Whether it is a draft, which no search engine should list.
    pub(super) is_draft: bool,
    /// The section that it belongs to; null for the home page and the sections themselves.
    pub(super) section: Option<Link>,
    /// Its summary without markup, for `<meta>`.
    pub(super) description: Option<String>,
    /// Its whole address; null without `base-url`. A page without translation names the page in the source language.
    pub(super) canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    pub(super) alternates: Vec<Alternate>,
    /// The summary.
    pub(super) summary_html: Option<Html>,
    /// What is to be known first, each a sentence with its marks.
    pub(super) key_facts: Vec<Html>,
    /// What is said under the title: data up to, reviewed or not, number of sources, reading time.
    pub(super) meta: Vec<Html>,
    /// What must be said before anything else.
    pub(super) notices: Vec<Notice>,
    /// The headings of levels 2 and 3.
    pub(super) contents: Vec<ContentsEntry>,
    /// The fact box of the actor that the page is about.
    pub(super) facts_html: Option<Html>,
    /// The text.
    pub(super) body_html: Html,
    /// The footnotes.
    pub(super) footnotes_html: Option<Html>,
    /// The notes of a style that cites in notes; empty in other styles.
    pub(super) notes: Vec<NoteEntry>,
    /// The figures that the text shows, in its order.
    pub(super) figures: Vec<FigureEntry>,
    /// The sources that the text cites, in the order of the style.
    pub(super) sources: Vec<SourceEntry>,
    /// The sources by kind, where `[citations] group-by` asks for it; else empty.
    pub(super) source_groups: Vec<SourceGroup>,
    /// The terms that the text links to.
    pub(super) terms: Vec<TermEntry>,
    /// The pages of the section; on the home page, the sections.
    pub(super) children: Vec<Child>,
    /// The pages beside this one, at most 24.
    pub(super) siblings: Vec<Link>,
    /// The page before this one.
    pub(super) previous: Option<Link>,
    /// The page after this one.
    pub(super) next: Option<Link>,
    /// A sentence: how many statements show a source.
    pub(super) coverage: String,
    /// The page's sources as files.
    pub(super) downloads: Vec<Download>,
    /// The newest change of a figure on the page.
    pub(super) changes: Option<ChangeLink>,
    /// How it is cited; null for a draft.
    pub(super) cite: Option<PageCitation>,
    /// What is known of its past; of the home page, what is newest on the site.
    pub(super) past: Past,
    /// The address to hand on: whole where the site's is known.
    pub(super) permalink: String,
    /// `<meta>` tags for scholars' search engines; empty in a copy that is handed on.
    pub(super) tags: Vec<MetaTag>,
    /// The page and what it cites as JSON-LD: a data block for the head; empty in a copy that is handed on.
    pub(super) json_ld: Html,
}

/// Where one is on something that runs over several pages.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Parts {
    /// “Page 2 of 5” in the reader's language.
    pub(super) text: String,
    /// The address of the part before.
    pub(super) previous: Option<String>,
    /// The address of the part after.
    pub(super) next: Option<String>,
}

impl Parts {
    /// The part `part` (from 0) of so many; `None` where there is only one.
    pub(super) fn of(
        locale: &Locale,
        part: usize,
        parts: usize,
        url: &dyn Fn(usize) -> Option<String>,
    ) -> Option<Self> {
        if parts < 2 {
            return None;
        }
        let (number, total) = (Number::from(part + 1), Number::from(parts));
        Some(Self {
            text: locale.fill_text(Key::PageOf, &[("n", (&number).into()), ("total", (&total).into())]),
            previous: part.checked_sub(1).and_then(url),
            next: Some(part + 1).filter(|next| *next < parts).and_then(url),
        })
    }
}

/// The way from a page to the newest change of a figure on it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ChangeLink {
    /// What has changed, and when.
    pub(super) html: Html,
    /// Where it is told.
    pub(super) url: String,
}

/// Sources as a file for other programs.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Download {
    /// The name of the format, as programs call it.
    pub(super) name: &'static str,
    /// The file.
    pub(super) url: String,
}

/// A `<meta>` for search engines.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct MetaTag {
    /// Its `name`.
    pub(super) name: &'static str,
    /// Its `content`.
    pub(super) content: String,
}

/// The page in a language, for search engines.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Alternate {
    /// The language, or `x-default`.
    pub(super) lang: String,
    /// The whole address.
    pub(super) url: String,
}

/// What must be said before anything else.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Notice {
    /// On a page `correction`, `fallback`, `translation`, `behind` or `draft`; on the page of a source `retracted`, `corrected`, `overtaken` or `title`.
    pub(super) kind: &'static str,
    /// Its place on the page, where something leads to it.
    pub(super) id: Option<String>,
    /// What it says.
    pub(super) html: Html,
}

/// A heading of the text.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ContentsEntry {
    /// Its place on the page.
    pub(super) id: String,
    /// 2 or 3.
    pub(super) level: u8,
    /// Its words; write them with the filter `bidi`.
    pub(super) text: String,
}

/// A page of a section, with its summary.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Child {
    /// Its title; write it with the filter `bidi`.
    pub(super) title: String,
    /// Where it lies.
    pub(super) url: String,
    /// Its summary.
    pub(super) summary_html: Option<Html>,
    /// Language of the title and the summary, where it is not the interface's; else null.
    pub(super) lang: Option<String>,
    /// Their direction, with `lang`.
    pub(super) dir: Option<&'static str>,
    /// That it is not translated, in the reader's words; else null.
    pub(super) untranslated: Option<String>,
}

/// A way back to a mark in the text.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Backlink {
    /// The mark.
    pub(super) href: String,
    /// What is written: a letter, a number or an arrow.
    pub(super) label: String,
    /// What a screen reader says: the beginning of the sentence with the mark.
    pub(super) name: String,
    /// Language of the name, where it is not the interface's; else null.
    pub(super) lang: Option<String>,
    /// Direction of the name, with `lang`.
    pub(super) dir: Option<&'static str>,
    /// The place in the source that this mark names.
    pub(super) detail_html: Option<Html>,
}

/// A term that a page uses, as its card shows it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TermEntry {
    /// Its place on the page.
    pub(super) id: String,
    /// The approved name.
    pub(super) name: String,
    /// Language of the name and the definition, where it is not the page's; else null.
    pub(super) lang: Option<String>,
    /// Their direction, with `lang`.
    pub(super) dir: Option<&'static str>,
    /// What it means.
    pub(super) definition_html: Html,
    /// Who says so: where it is read, and in words.
    pub(super) references: Vec<TermReference>,
    /// Its entry in the glossary.
    pub(super) url: String,
    /// The id of its first use on the page.
    pub(super) back: String,
}

/// A source of a definition.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TermReference {
    /// The page about the source; null where there is none.
    pub(super) url: Option<String>,
    /// The source in short.
    pub(super) html: Html,
}

/// A figure that a page shows.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FigureEntry {
    /// Its place on the page.
    pub(super) id: String,
    /// What is counted; write it with the filter `bidi`.
    pub(super) label: String,
    /// Language of the label, where it is not the page's; else null.
    pub(super) label_lang: Option<String>,
    /// Direction of the label, with `label_lang`.
    pub(super) label_dir: Option<&'static str>,
    /// The number.
    pub(super) value_html: Html,
    /// What it is counted in.
    pub(super) unit: String,
    /// `reported`, `verified`, `estimate`, `disputed`, `superseded` or `withdrawn`.
    pub(super) status: &'static str,
    /// The same in the reader's words.
    pub(super) status_text: String,
    /// Who counted whom, until when, how.
    pub(super) rows: Vec<FigureRow>,
    /// What others count.
    pub(super) counter: Vec<CounterFigure>,
    /// What is to be minded.
    pub(super) note_html: Option<Html>,
    /// The words of the source.
    pub(super) quote: Option<QuoteEntry>,
    /// Where it can be read, the best first.
    pub(super) links: Vec<OutLink>,
    /// Where the text shows it.
    pub(super) backlinks: Vec<Backlink>,
    /// The figure on the page of all figures.
    pub(super) all_url: Option<String>,
}

/// One thing that is known of a figure.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FigureRow {
    /// What it is: reporter, date, method ….
    pub(super) name: String,
    /// What it says.
    pub(super) value_html: Html,
}

/// What others count.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CounterFigure {
    /// The number.
    pub(super) value_html: Html,
    /// What is counted; write it with the filter `bidi`.
    pub(super) label: String,
    /// Language of the label, where it is not the page's; else null.
    pub(super) label_lang: Option<String>,
    /// Direction of the label, with `label_lang`.
    pub(super) label_dir: Option<&'static str>,
    /// Who counted, and when.
    pub(super) text_html: Html,
}

/// What a note says, where the style cites in notes.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NoteEntry {
    /// Its place on the page.
    pub(super) id: String,
    /// What it says.
    pub(super) html: Html,
    /// The id of its mark.
    pub(super) back: String,
}

/// A source that a page cites.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SourceEntry {
    /// Its place on the page.
    pub(super) id: String,
    /// Its number; null in a style whose citations are no numbers.
    pub(super) number: Option<usize>,
    /// The page about it; null where there is none.
    pub(super) url: Option<String>,
    /// Marks that stand for several sources, of which this is the first.
    pub(super) runs: Vec<Run>,
    /// The entry, as the style writes it.
    pub(super) entry_html: Shared<Html>,
    /// For reference managers: the `title` of an empty span of class `Z3988`; null in a copy that is handed on.
    pub(super) coins: Option<Shared<String>>,
    /// Language of the source.
    pub(super) lang: String,
    /// Direction of that language.
    pub(super) dir: &'static str,
    /// That it was taken back, corrected or overtaken.
    pub(super) notices: Vec<Html>,
    /// What kind of source it is, in words.
    pub(super) kind: Option<Shared<String>>,
    /// For whom it speaks.
    pub(super) speaks_for: Option<Shared<Html>>,
    /// The places in it that marks of the page name.
    pub(super) passages: Vec<PassageEntry>,
    /// What the editors say of it.
    pub(super) note: Option<Shared<Html>>,
    /// Where it can be read, the best first.
    pub(super) links: Shared<Vec<OutLink>>,
    /// An address that no longer shows it: told, not linked.
    pub(super) gone: Option<Shared<Gone>>,
    /// How the record was verified.
    pub(super) checked: Shared<Vec<Html>>,
    /// The marks that name the source and no passage of it.
    pub(super) backlinks: Vec<Backlink>,
}

/// Sources of a page that are listed together.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SourceGroup {
    /// What they have in common.
    pub(super) title: String,
    /// Their places in `sources`, from 0.
    pub(super) members: Vec<usize>,
}

/// A place in a source, with the marks that name it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PassageEntry {
    /// The ids of the marks, with blanks between them.
    pub(super) marks: String,
    /// Where in the source it is.
    pub(super) detail_html: Option<Html>,
    /// Its words.
    pub(super) quote: Option<QuoteEntry>,
    /// What opens the source at the passage, the best first.
    pub(super) links: Vec<OutLink>,
    /// The marks that name it.
    pub(super) backlinks: Vec<Backlink>,
}

/// Words of a source.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuoteEntry {
    /// The words.
    pub(super) html: Html,
    /// Language of the words, where it is not the reader's; else null.
    pub(super) lang: Option<String>,
    /// Direction of the words, with `lang`.
    pub(super) dir: Option<&'static str>,
    /// That these are not the original's words; else null.
    pub(super) rendered: Option<Html>,
    /// The words in the reader's language, where the original is in another.
    pub(super) translation: Option<Translation>,
}

/// A quotation in the reader's language.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Translation {
    /// The words.
    pub(super) html: Html,
    /// Whose translation it is.
    pub(super) whose: String,
}

/// A way out, to a source.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OutLink {
    /// The address, continued to the passage where that can be done.
    pub(super) href: String,
    /// What is written.
    pub(super) text_html: Html,
    /// What is to be minded: that it is a copy, that it costs money.
    pub(super) note: Option<Html>,
}

/// An address that no longer shows the source.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Gone {
    /// The address.
    pub(super) url: String,
    /// What became of it.
    pub(super) status_html: Html,
}

/// A language to choose at the root of the site.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Choice {
    /// The language.
    pub(super) lang: String,
    /// Its own name for itself.
    pub(super) name: String,
    /// Its direction.
    pub(super) dir: &'static str,
    /// The home page in it.
    pub(super) url: String,
    /// The site's name in it.
    pub(super) title: String,
    /// The site's description in it.
    pub(super) description: Option<String>,
}
