//! The events as data: `data/events.json`, the same for every language. `docs/writing.md` describes the fields.

use crate::book::Book;
use crate::site::GENERATOR;
use crate::site::edition::OutPath;
use crate::timeline::Event;
use crate::workspace::Localized;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct File<'a> {
    generator: &'static str,
    themes: Vec<ThemeRecord<'a>>,
    events: Vec<EventRecord<'a>>,
}

#[derive(Serialize)]
struct ThemeRecord<'a> {
    id: &'a str,
    name: Texts<'a>,
}

#[derive(Serialize)]
struct EventRecord<'a> {
    id: &'a str,
    /// As it was recorded, in EDTF.
    date: String,
    title: Texts<'a>,
    text: Option<Texts<'a>>,
    themes: Vec<&'a str>,
    sources: Vec<SourceRecord<'a>>,
    page: Option<&'a str>,
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    id: &'a str,
    locator: Option<String>,
}

/// A text by language.
type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// The path of the file.
pub(super) fn path() -> Option<OutPath> {
    OutPath::parse("data/events.json")
}

/// The file; none where there is no event.
pub(in crate::site) fn file(book: &Book) -> Option<(OutPath, String)> {
    if !book.has_timeline() {
        return None;
    }
    let themes =
        book.library.themes().iter().map(|theme| ThemeRecord { id: theme.id.as_str(), name: texts(book, &theme.name) });
    let file = File {
        generator: GENERATOR,
        themes: themes.collect(),
        events: book.library.events().into_iter().map(|event| record(book, event)).collect(),
    };
    // Strings always serialise.
    Some((path()?, serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"))
}

fn record<'a>(book: &'a Book, event: &'a Event) -> EventRecord<'a> {
    let source_locale = book.source_language().map(|language| &language.locale);
    let sources = event.evidence.iter().map(|evidence| SourceRecord {
        id: evidence.source.value.as_str(),
        locator: evidence.locator.as_ref().zip(source_locale).map(|(locator, locale)| locale.place(locator)),
    });
    EventRecord {
        id: event.id.as_str(),
        date: event.date.to_string(),
        title: texts(book, &event.title),
        text: event.text.as_ref().map(|text| texts(book, text)),
        themes: event.themes.iter().map(|theme| theme.value.as_str()).collect(),
        sources: sources.collect(),
        page: event.page.as_ref().map(|page| page.value.as_str()),
    }
}

/// A text in each language of the site in which it is written; one of no stated language is the first language's.
fn texts<'a>(book: &'a Book, text: &'a Localized) -> Texts<'a> {
    match text {
        Localized::Plain(text) => {
            book.source_language().map(|language| (language.lang.as_str(), text.as_str())).into_iter().collect()
        }
        Localized::ByLang(texts) => texts.iter().map(|(lang, text)| (lang.as_str(), text.as_str())).collect(),
    }
}
