//! How a page is cited: as an entry in the style of the site, in the reader's language, and as files for reference managers.
//!
//! The page is a source like any other, so that the machinery of entries and [`exchange`] write it. When it was read nobody knows here: the reader adds
//! the day. What it said then is told by its version, a mark of its words and numbers.

use super::SiteOptions;
use super::address;
use super::edition::OutPath;
use super::entry::PieceWriter;
use super::extent::Extent;
use super::gathering::Gathering;
use super::html::Html;
use super::page::PageWriter;
use super::recipe::Recipes;
use crate::book::{Book, BookPage, Language, Version, View};
use crate::citation::{Source, read};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::exchange::{self, Format};
use crate::ids::{Lang, PageId};
use crate::span::Span;
use crate::workspace::node::{Key, Node, Value};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is offered to take away; each also stands on the page to be copied.
const FORMATS: [Format; 2] = [Format::Biblatex, Format::CslJson];

/// How a page is cited, for its readers.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PageCitation {
    /// The page as an entry in the style of the site.
    entry_html: Html,
    /// Its whole address, where that is known and the entry does not print it.
    url: Option<String>,
    /// The same for reference managers; empty in a copy that is handed on.
    files: Vec<CitationFile>,
}

/// The same for a reference manager.
#[derive(Debug, Serialize, JsonSchema)]
struct CitationFile {
    /// What the format is called.
    name: &'static str,
    /// The file.
    url: String,
    /// What is in it.
    text: String,
}

/// How a page is cited; `None` for a draft, which nobody should cite.
pub(super) fn context(writer: &PageWriter<'_>, view: View<'_>) -> Option<PageCitation> {
    let (book, page, locale) = (writer.book, view.page, &view.language.locale);
    if view.version.page.front.draft {
        return None;
    }
    let source = source_of(book, page, view.text_language, view.version)?;
    let mut entry_html = Html::new();
    PieceWriter { book, locale, descriptive: false }
        .pieces(&book.entry_of_unlisted(&source, locale).entry.pieces, &mut entry_html);
    let formats = match writer.extent {
        Extent::Site => FORMATS.as_slice(),
        Extent::Copy => &[],
    };
    let file = |format: &Format| {
        let to = path(&page.id, &view.text_language.lang, *format)?;
        let url = address::link(writer.profile, writer.from, &to, None);
        Some(CitationFile { name: format.name(), url, text: text(&source, *format) })
    };
    let url = source.url.as_ref().map(|url| url.value.clone());
    // Some styles print the address.
    let url = url.filter(|url| !entry_html.as_str().contains(Html::escaped(url).as_str()));
    Some(PageCitation { entry_html, url, files: formats.iter().filter_map(file).collect() })
}

/// Makes the files of all pages, one for each language in which a page is written.
pub(super) fn files(book: &Book, options: &SiteOptions, recipes: Option<&Recipes<'_>>, gathering: &Gathering<'_>) {
    if options.extent() == Extent::Copy {
        return;
    }
    // A page that is not translated cites the text that it shows, though its language may be left out.
    let shown = book.languages.iter().enumerate().filter(|(_, language)| options.has(&language.lang));
    let views = shown.flat_map(|(language, _)| book.pages.iter().filter_map(move |page| book.view(page, language)));
    let versions: BTreeMap<(&PageId, &Lang), View<'_>> = views
        .filter(|view| !view.version.page.front.draft)
        .map(|view| ((&view.page.id, &view.text_language.lang), view))
        .collect();
    let versions: Vec<View<'_>> = versions.into_values().collect();
    versions.into_par_iter().for_each(|view| {
        let lang = &view.text_language.lang;
        let recipe = recipes.and_then(|recipes| recipes.citing(view.page, lang));
        gathering.make(recipe, |making| {
            let source = source_of(book, view.page, view.text_language, view.version)?;
            for format in FORMATS {
                if let Some(path) = path(&view.page.id, lang, format) {
                    making.put(path, text(&source, format).into_bytes());
                }
            }
            None
        });
    });
}

fn path(id: &PageId, lang: &Lang, format: Format) -> Option<OutPath> {
    OutPath::parse(&format!("data/pages/{}.cite.{lang}.{}", id.name(), format.extension()))
}

fn text(source: &Source, format: Format) -> String {
    exchange::file(format, &[&exchange::entry(format, source, None)])
}

/// The page as a source: a record such as an editor would write, read as one.
fn source_of(book: &Book, page: &BookPage, language: &Language, version: &Version) -> Option<Source> {
    let front = &version.page.front;
    let span = Span::start_of(version.page.file);
    let key = |name: &str| Key { text: name.to_owned(), span };
    let node = |value| Node { span, value };
    let words = |text: &str| node(Value::Text { text: text.to_owned(), verbatim: None });
    let map = |entries: Vec<(&str, Node)>| {
        node(Value::Map(entries.into_iter().map(|(name, value)| (key(name), value)).collect()))
    };
    let address = book.config.base_url.as_deref().zip(address::of_page(&language.lang, &page.id));
    // The newest day of which anybody says something.
    let corrected = page.corrections().first().map(|one| one.correction.at);
    let reviewed = front.reviewed.as_ref().map(|(date, _)| date.last_day());
    let said = front.data_to.as_ref().map(Date::last_day);
    let mut entries = vec![
        ("type", words("webpage")),
        ("lang", words(language.lang.as_str())),
        ("title", words(&front.title.value)),
        ("version", words(&book.state_of(version))),
        ("checked", words("stored-page")),
    ];
    if !page.id.is_home() {
        entries.push(("container", words(&language.site_title)));
    }
    if !book.config.authors.is_empty() {
        let authors = book.config.authors.iter().map(|name| map(vec![("org", words(name))]));
        entries.push(("author", node(Value::List(authors.collect()))));
    }
    entries
        .extend([corrected, reviewed, said].into_iter().flatten().max().map(|day| ("date", words(&day.to_string()))));
    entries.extend(address.map(|(base, to)| ("url", words(&address::absolute(base, &to)))));
    let id = format!("{}-{}", page.id.name().replace('/', "-"), language.lang);
    // What the reader of records would find fault with is left to the pages' own rules.
    let mut faults: Vec<Diagnostic> = Vec::new();
    read::record(&key(&id), &map(entries), &mut faults).filter(|_| faults.is_empty())
}
