//! What the templates of the library are given. `docs/template-context.md` is written from it.

use crate::site::context::{Alternate, Download, Link, Notice, OutLink, Parts, QuoteEntry};
use crate::site::html::Html;
use schemars::JsonSchema;
use serde::Serialize;

/// What `sources.html` gets besides: a page of a list of sources.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct ListContext {
    /// Its title.
    pub(super) title: String,
    /// The title, with names isolated.
    pub(super) title_html: Html,
    /// What the page is, for `<meta>`.
    pub(super) description: String,
    /// Its whole address; null without `base-url`.
    pub(super) canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    pub(super) alternates: Vec<Alternate>,
    /// The lists that lead here.
    pub(super) crumbs: Vec<Link>,
    /// How many sources.
    pub(super) count: Html,
    /// By name, by date; empty in a filtered list.
    pub(super) orders: Vec<Link>,
    /// What the list can be narrowed to.
    pub(super) filters: Vec<Filter>,
    /// The letters of the list, with the way to each.
    pub(super) letters: Vec<Link>,
    /// The sources, by letter or year; 200 on a page, or 20 where each is told whole.
    pub(super) groups: Vec<Group>,
    /// Which page of several this is.
    pub(super) parts: Option<Parts>,
    /// All sources as files; empty in a filtered list.
    pub(super) downloads: Vec<Download>,
}

/// A way to narrow the list: kind, language, party, year.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Filter {
    /// What is chosen.
    pub(super) name: String,
    /// The choices; at most 24 outside the first page of the whole list.
    pub(super) values: Vec<FilterValue>,
    /// Where all choices are.
    pub(super) more_url: Option<String>,
}

/// A choice.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FilterValue {
    /// What it is; write it with the filter `bidi`.
    pub(super) title: String,
    /// The list of these alone.
    pub(super) url: String,
    /// How many there are.
    pub(super) count: String,
    /// Whether the list shows these alone.
    pub(super) current: bool,
}

/// Sources under a letter or a year.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SourcesOfGroup")]
pub(super) struct Group {
    /// Its place on the page.
    pub(super) id: Option<String>,
    /// The letter or the year.
    pub(super) title: Option<String>,
    /// The sources, where all that is told of each stands elsewhere.
    pub(super) sources: Vec<ListedSource>,
    /// The sources, each with all that is told of it: in the list of all of a copy that is handed on.
    pub(super) whole: Vec<SourceContext>,
}

/// A source in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ListedSource {
    /// Its id as part of an address.
    pub(super) address: String,
    /// The page about it, or its place on one.
    pub(super) url: String,
    /// The entry, as the style writes it.
    pub(super) entry_html: Html,
    /// What kind of source it is, for whom it speaks, how it was checked.
    pub(super) standing: Vec<Html>,
    /// How many sentences cite it.
    pub(super) cited: Html,
}

/// What `source.html` gets besides, and what `sources.html` gets of a source that has no page of its own.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct SourceContext {
    /// The id of the source.
    pub(super) id: String,
    /// The title of the document; write it with the filter `bidi`.
    pub(super) title: String,
    /// Language of the title, where it is not the reader's; else null.
    pub(super) lang: Option<String>,
    /// Direction of the title, with `lang`.
    pub(super) dir: Option<&'static str>,
    /// The title in the reader's language, where it is in another.
    pub(super) translated_title: Option<String>,
    /// The entry, as it stands in lists.
    pub(super) entry_html: Html,
    /// Its place on the pages of the list of all, where it has no page of its own.
    pub(super) anchor: String,
    /// For reference managers: the `title` of an empty span of class `Z3988`; null in a copy that is handed on.
    pub(super) coins: Option<String>,
    /// The record as files for reference managers; empty in a list.
    pub(super) downloads: Vec<Download>,
    /// What the page is, for `<meta>`.
    pub(super) description: String,
    /// Its whole address; null without `base-url`.
    pub(super) canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    pub(super) alternates: Vec<Alternate>,
    /// The lists that lead here; empty in a list.
    pub(super) crumbs: Vec<Link>,
    /// The same source in the other languages; empty on its own page, which leads there as every page does.
    pub(super) languages: Vec<Link>,
    /// That it was taken back, corrected or overtaken; that the title is the editors' own.
    pub(super) notices: Vec<Notice>,
    /// Where it can be read, the best first; where its own address no longer shows it, that stands in `record.rows` alone.
    pub(super) links: Vec<OutLink>,
    /// Which page of several this is, where very many sentences cite the source.
    pub(super) parts: Option<Parts>,
    /// What the record says; null on the second and later pages.
    pub(super) record: Option<RecordContext>,
    /// The parts of the page, with the way to each; empty in a list.
    pub(super) sections: Vec<Link>,
    /// How many sentences cite it.
    pub(super) cited: Html,
    /// The pages that cite it, with their sentences; 400 sentences on a page, all of them in a list.
    pub(super) pages: Vec<CitingPage>,
}

/// What a record says.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RecordContext {
    /// What is known of the source: kind, publisher, date, address ….
    pub(super) rows: Vec<RecordRow>,
    /// What the editors say of it.
    pub(super) note_html: Option<Html>,
    /// The quotations that are stored.
    pub(super) quotes: Vec<QuotedPassage>,
    /// The editors' notes of what it was read for.
    pub(super) facts: Option<Facts>,
    /// The figures that were taken from it.
    pub(super) figures: Vec<DrawnFigure>,
    /// Other sources to which it stands in a relation.
    pub(super) relations: Vec<Relation>,
}

/// A stored quotation.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuotedPassage {
    /// The words.
    pub(super) quote: QuoteEntry,
    /// Where in the source they are; write it with the filter `bidi`.
    pub(super) locator: Option<String>,
    /// What opens the source at these words, the best first.
    pub(super) links: Vec<OutLink>,
}

/// One thing that is known of a source.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RecordRow {
    /// What it is.
    pub(super) name: String,
    /// What the record says.
    pub(super) values: Vec<Html>,
}

/// The editors' notes.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Facts {
    /// What they are, and in which language.
    pub(super) about: Html,
    /// The notes.
    pub(super) facts: Vec<FactEntry>,
}

/// A note: what the source was read for.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FactEntry {
    /// What it says.
    pub(super) text: Html,
    /// Language of the note, where it is not the reader's; else null.
    pub(super) lang: Option<String>,
    /// Direction of the note, with `lang`.
    pub(super) dir: Option<&'static str>,
    /// Where in the source it was read.
    pub(super) locator: Option<String>,
    /// How it was verified.
    pub(super) checked: String,
}

/// A figure that was taken from the source.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrawnFigure {
    /// The number.
    pub(super) value_html: Html,
    /// What is counted; write it with the filter `bidi`.
    pub(super) label: String,
    /// Language of the label, where it is not the page's; else null.
    pub(super) label_lang: Option<String>,
    /// Direction of the label, with `label_lang`.
    pub(super) label_dir: Option<&'static str>,
    /// Who counted, and when.
    pub(super) about_html: Html,
    /// The pages that show it.
    pub(super) shown_on: Vec<Link>,
}

/// Sources to which this one stands in one relation.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Relation {
    /// What relation it is, for ids.
    pub(super) id: &'static str,
    /// What relation it is, in words: what it relies on, what relies on it, what took its place.
    pub(super) name: String,
    /// The other sources.
    pub(super) sources: Vec<RelatedSource>,
}

/// A source that stands in a relation to this one.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RelatedSource {
    /// Its id as part of an address.
    pub(super) address: String,
    /// The entry, as the style writes it.
    pub(super) entry_html: Html,
    /// The page about it; null where nothing in it was checked.
    pub(super) url: Option<String>,
    /// How its record was verified.
    pub(super) checked: String,
}

/// A page with the sentences on it that rest on the source.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CitingPage {
    /// The page.
    pub(super) page: Link,
    /// That it is not translated, in the reader's words; else null.
    pub(super) untranslated: Option<String>,
    /// The sentences, in the order of the page.
    pub(super) sentences: Vec<CitingSentence>,
}

/// A sentence that rests on the source.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CitingSentence {
    /// Its mark.
    pub(super) url: String,
    /// The sentence.
    pub(super) html: Html,
    /// The place in the source that it names.
    pub(super) detail_html: Option<Html>,
}
