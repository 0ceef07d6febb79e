//! What templates are given. `docs/themes.md` describes each field.

use super::html::Html;
use super::marks::Run;
use crate::locale::{Key, Locale};
use crate::number::Number;
use serde::Serialize;
use std::collections::BTreeMap;

/// What every template gets.
#[derive(Debug, Serialize)]
pub(super) struct Frame<'a> {
    pub(super) lang: &'a str,
    pub(super) dir: &'static str,
    pub(super) t: &'a BTreeMap<&'static str, String>,
    pub(super) site: Site<'a>,
    pub(super) nav: Vec<Link>,
    pub(super) people: Option<Link>,
    pub(super) timeline: Option<Link>,
    pub(super) library: Option<Link>,
    pub(super) changes: Option<Link>,
    /// The feed of changes, by its whole address.
    pub(super) feed: Option<Link>,
    pub(super) figures: Option<Link>,
    pub(super) sourcing: Option<Link>,
    /// The page on which one searches, with the index of all pages.
    pub(super) search: Option<Link>,
    pub(super) translation_status: Option<Link>,
    pub(super) languages: Vec<LanguageLink>,
}

#[derive(Debug, Serialize)]
pub(super) struct Site<'a> {
    pub(super) title: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) generator: &'static str,
    pub(super) home_url: String,
    pub(super) static_url: String,
    pub(super) report_url: Option<&'a str>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) current: bool,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub(super) struct LanguageLink {
    pub(super) lang: String,
    pub(super) name: String,
    pub(super) dir: &'static str,
    pub(super) url: String,
    pub(super) current: bool,
    pub(super) translated: bool,
}

/// What `page.html` gets besides.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question that a template asks")]
pub(super) struct PageContext {
    pub(super) title: String,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) is_home: bool,
    pub(super) is_section: bool,
    pub(super) is_fallback: bool,
    pub(super) is_draft: bool,
    pub(super) section: Option<Link>,
    pub(super) description: Option<String>,
    pub(super) canonical_url: Option<String>,
    pub(super) alternates: Vec<Alternate>,
    pub(super) summary_html: Option<Html>,
    pub(super) key_facts: Vec<Html>,
    pub(super) meta: Vec<Html>,
    pub(super) notices: Vec<Notice>,
    pub(super) contents: Vec<ContentsEntry>,
    pub(super) facts_html: Option<Html>,
    pub(super) body_html: Html,
    pub(super) footnotes_html: Option<Html>,
    pub(super) notes: Vec<NoteEntry>,
    pub(super) figures: Vec<FigureEntry>,
    pub(super) sources: Vec<SourceEntry>,
    pub(super) source_groups: Vec<SourceGroup>,
    pub(super) terms: Vec<TermEntry>,
    pub(super) children: Vec<Child>,
    pub(super) siblings: Vec<Link>,
    pub(super) previous: Option<Link>,
    pub(super) next: Option<Link>,
    pub(super) coverage: String,
    pub(super) downloads: Vec<Download>,
    pub(super) changes: Option<ChangeLink>,
    pub(super) tags: Vec<MetaTag>,
    pub(super) json_ld: Html,
}

/// Where one is on something that runs over several pages.
#[derive(Debug, Serialize)]
pub(super) struct Parts {
    pub(super) text: String,
    pub(super) previous: Option<String>,
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
#[derive(Debug, Serialize)]
pub(super) struct ChangeLink {
    pub(super) html: Html,
    pub(super) url: String,
}

/// Sources as a file for other programs.
#[derive(Debug, Serialize)]
pub(super) struct Download {
    pub(super) name: &'static str,
    pub(super) url: String,
}

/// A `<meta>` for search engines.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct MetaTag {
    pub(super) name: &'static str,
    pub(super) content: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Alternate {
    pub(super) lang: String,
    pub(super) url: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Notice {
    pub(super) kind: &'static str,
    /// Its place on the page, where something leads to it.
    pub(super) id: Option<String>,
    pub(super) html: Html,
}

#[derive(Debug, Serialize)]
pub(super) struct ContentsEntry {
    pub(super) id: String,
    pub(super) level: u8,
    pub(super) text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Child {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) summary_html: Option<Html>,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<&'static str>,
    pub(super) untranslated: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Backlink {
    pub(super) href: String,
    pub(super) label: String,
    /// What a screen reader says.
    pub(super) name: String,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<&'static str>,
    pub(super) detail_html: Option<Html>,
}

/// A term that a page uses, as its card shows it.
#[derive(Debug, Serialize)]
pub(super) struct TermEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<&'static str>,
    pub(super) definition_html: Html,
    /// Who says so: where it is read, and in words.
    pub(super) references: Vec<TermReference>,
    pub(super) url: String,
    /// The way back to its first use.
    pub(super) back: String,
}

#[derive(Debug, Serialize)]
pub(super) struct TermReference {
    pub(super) url: Option<String>,
    pub(super) html: Html,
}

#[derive(Debug, Serialize)]
pub(super) struct FigureEntry {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) label_lang: Option<String>,
    pub(super) label_dir: Option<&'static str>,
    pub(super) value_html: Html,
    pub(super) unit: String,
    pub(super) status: &'static str,
    pub(super) status_text: String,
    pub(super) rows: Vec<FigureRow>,
    pub(super) counter: Vec<CounterFigure>,
    pub(super) note_html: Option<Html>,
    pub(super) quote: Option<QuoteEntry>,
    pub(super) links: Vec<OutLink>,
    pub(super) backlinks: Vec<Backlink>,
    pub(super) all_url: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct FigureRow {
    pub(super) name: String,
    pub(super) value_html: Html,
}

#[derive(Debug, Serialize)]
pub(super) struct CounterFigure {
    pub(super) value_html: Html,
    pub(super) label: String,
    pub(super) label_lang: Option<String>,
    pub(super) label_dir: Option<&'static str>,
    pub(super) text_html: Html,
}

/// What a note says, where the style cites in notes.
#[derive(Debug, Serialize)]
pub(super) struct NoteEntry {
    pub(super) id: String,
    pub(super) html: Html,
    /// The way back to its mark.
    pub(super) back: String,
}

#[derive(Debug, Serialize)]
pub(super) struct SourceEntry {
    pub(super) id: String,
    /// None where citations are no numbers.
    pub(super) number: Option<usize>,
    pub(super) url: Option<String>,
    pub(super) runs: Vec<Run>,
    pub(super) entry_html: Html,
    /// For reference managers: the `title` of an empty span of class `Z3988`.
    pub(super) coins: String,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) notices: Vec<Html>,
    pub(super) kind: Option<String>,
    pub(super) speaks_for: Option<Html>,
    pub(super) passages: Vec<PassageEntry>,
    pub(super) note: Option<Html>,
    pub(super) links: Vec<OutLink>,
    pub(super) gone: Option<Gone>,
    pub(super) checked: Vec<Html>,
    pub(super) backlinks: Vec<Backlink>,
}

/// Sources of a page that are listed together.
#[derive(Debug, Serialize)]
pub(super) struct SourceGroup {
    pub(super) title: String,
    /// Their places in the page's `sources`.
    pub(super) members: Vec<usize>,
}

/// A place in a source, with the marks that name it.
#[derive(Debug, Serialize)]
pub(super) struct PassageEntry {
    /// The ids of the marks, with blanks between them.
    pub(super) marks: String,
    pub(super) detail_html: Option<Html>,
    pub(super) quote: Option<QuoteEntry>,
    pub(super) links: Vec<OutLink>,
    pub(super) backlinks: Vec<Backlink>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuoteEntry {
    pub(super) html: Html,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<&'static str>,
    /// That these are not the original's words.
    pub(super) rendered: Option<Html>,
    pub(super) translation: Option<Translation>,
}

#[derive(Debug, Serialize)]
pub(super) struct Translation {
    pub(super) html: Html,
    pub(super) whose: String,
}

#[derive(Debug, Serialize)]
pub(super) struct OutLink {
    pub(super) href: String,
    pub(super) text_html: Html,
    pub(super) note: Option<Html>,
}

/// An address that no longer shows the source.
#[derive(Debug, Serialize)]
pub(super) struct Gone {
    pub(super) url: String,
    pub(super) status_html: Html,
}

/// What `languages.html` gets besides.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    pub(super) lang: String,
    pub(super) name: String,
    pub(super) dir: &'static str,
    pub(super) url: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
}
