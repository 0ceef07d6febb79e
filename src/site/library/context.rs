//! What the templates of the library are given. `docs/themes.md` describes each field.

use crate::site::context::{Alternate, Download, Link, Notice, OutLink, Parts, QuoteEntry};
use crate::site::html::Html;
use serde::Serialize;

/// What `sources.html` gets besides: a page of a list of sources.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ListContext {
    pub(super) title: String,
    pub(super) title_html: Html,
    pub(super) description: String,
    pub(super) canonical_url: Option<String>,
    pub(super) alternates: Vec<Alternate>,
    pub(super) crumbs: Vec<Link>,
    pub(super) count: Html,
    pub(super) orders: Vec<Link>,
    pub(super) filters: Vec<Filter>,
    pub(super) letters: Vec<Link>,
    pub(super) groups: Vec<Group>,
    pub(super) parts: Option<Parts>,
    /// Of the list of all.
    pub(super) downloads: Vec<Download>,
}

#[derive(Debug, Serialize)]
pub(super) struct Filter {
    pub(super) name: String,
    pub(super) values: Vec<FilterValue>,
    pub(super) more_url: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct FilterValue {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) count: String,
    pub(super) current: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Group {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) sources: Vec<ListedSource>,
}

#[derive(Debug, Serialize)]
pub(super) struct ListedSource {
    pub(super) address: String,
    pub(super) url: String,
    pub(super) entry_html: Html,
    pub(super) standing: Vec<Html>,
    pub(super) cited: Html,
}

/// What `source.html` gets besides: a page about a source.
#[derive(Debug, Serialize)]
pub(in crate::site) struct SourceContext {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<&'static str>,
    pub(super) translated_title: Option<String>,
    pub(super) entry_html: Html,
    /// For reference managers: the `title` of an empty span of class `Z3988`.
    pub(super) coins: String,
    pub(super) downloads: Vec<Download>,
    pub(super) description: String,
    pub(super) canonical_url: Option<String>,
    pub(super) alternates: Vec<Alternate>,
    pub(super) crumbs: Vec<Link>,
    pub(super) notices: Vec<Notice>,
    pub(super) links: Vec<OutLink>,
    /// Which page of several this is; only the first tells the record.
    pub(super) parts: Option<Parts>,
    pub(super) record: Option<RecordContext>,
    /// The parts of the page, each with the link to it.
    pub(super) sections: Vec<Link>,
    pub(super) cited: Html,
    pub(super) pages: Vec<CitingPage>,
}

/// What a record says.
#[derive(Debug, Serialize)]
pub(super) struct RecordContext {
    pub(super) rows: Vec<RecordRow>,
    pub(super) note_html: Option<Html>,
    pub(super) quotes: Vec<QuotedPassage>,
    pub(super) facts: Option<Facts>,
    pub(super) figures: Vec<DrawnFigure>,
    pub(super) relations: Vec<Relation>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuotedPassage {
    pub(super) quote: QuoteEntry,
    pub(super) locator: Option<String>,
    /// The addresses that open the source at these words.
    pub(super) links: Vec<OutLink>,
}

#[derive(Debug, Serialize)]
pub(super) struct RecordRow {
    pub(super) name: String,
    pub(super) values: Vec<Html>,
}

#[derive(Debug, Serialize)]
pub(super) struct Facts {
    pub(super) about: Html,
    pub(super) facts: Vec<FactEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct FactEntry {
    pub(super) text: Html,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<&'static str>,
    pub(super) locator: Option<String>,
    pub(super) checked: String,
}

#[derive(Debug, Serialize)]
pub(super) struct DrawnFigure {
    pub(super) value_html: Html,
    pub(super) label: String,
    pub(super) label_lang: Option<String>,
    pub(super) label_dir: Option<&'static str>,
    pub(super) about_html: Html,
    pub(super) shown_on: Vec<Link>,
}

/// Sources to which this one stands in one relation.
#[derive(Debug, Serialize)]
pub(super) struct Relation {
    pub(super) id: &'static str,
    pub(super) name: String,
    pub(super) sources: Vec<RelatedSource>,
}

#[derive(Debug, Serialize)]
pub(super) struct RelatedSource {
    pub(super) address: String,
    pub(super) entry_html: Html,
    /// None where nothing in the source was checked, so that it has no page.
    pub(super) url: Option<String>,
    pub(super) checked: String,
}

/// A page with the sentences on it that rest on the source.
#[derive(Debug, Serialize)]
pub(super) struct CitingPage {
    pub(super) page: Link,
    pub(super) untranslated: Option<String>,
    pub(super) sentences: Vec<CitingSentence>,
}

#[derive(Debug, Serialize)]
pub(super) struct CitingSentence {
    pub(super) url: String,
    pub(super) html: Html,
    pub(super) detail_html: Option<Html>,
}
