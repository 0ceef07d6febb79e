//! The state of a translation, for those who work on it: every page of a language, what is urgent first, with what changed in each passage beside
//! what the translation says. Made only where `book.toml` asks for it, and no search engine is asked to list it.
//!
//! Much to tell runs over several pages, so that none grows heavy: [`Standing`] divides it once for an edition.

use super::address;
use super::bidi;
use super::context::{Link, Parts};
use super::edition::OutPath;
use super::html::Html;
use super::page::PageWriter;
use super::rewording::{difference, kind_of};
use super::words::{self, WithLang};
use crate::book::navigation::TRANSLATION_STATUS;
use crate::book::{Book, BookPage, Language, Version};
use crate::exchange;
use crate::ids::{Lang, PageId};
use crate::locale::{Key, Locale};
use crate::number::Number;
use crate::translation::status::Tally;
use crate::translation::{Block, Change, Passage, State, Status};
use schemars::JsonSchema;
use serde::Serialize;

/// A page tells about passages with so many bytes of words; the frame around them makes about twice as much of it.
const BYTES_A_PART: usize = 100_000;

/// What every language has, in the order in which it is told, divided into pages.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    languages: Vec<Vec<Vec<Row<'a>>>>,
}

/// A page of the book in a language.
#[derive(Debug, Clone)]
struct Row<'a> {
    page: &'a BookPage,
    /// None where the page is not translated.
    own: Option<Own<'a>>,
}

#[derive(Debug, Clone)]
struct Own<'a> {
    source: &'a Version,
    version: &'a Version,
    status: &'a Status,
    tally: Tally,
    /// How many passages a person has read as they stand.
    read: usize,
}

impl<'a> Standing<'a> {
    pub(super) fn of(book: &'a Book) -> Self {
        let slots = if book.config.translation_status { 1..book.languages.len() } else { 0..0 };
        let mut languages = vec![Vec::new(); slots.start.min(slots.end)];
        languages.extend(slots.map(|slot| parts(rows(book, slot))));
        Self { languages }
    }

    /// How many pages a language takes; none where nothing is translated into it.
    pub(super) fn parts(&self, language: usize) -> usize {
        self.languages.get(language).map_or(0, Vec::len)
    }
}

/// The pages of a language: what is urgent first, then what is behind, unclear, not read, and the rest, each in the order of reading.
fn rows(book: &Book, slot: usize) -> Vec<Row<'_>> {
    let pages = book.pages.iter().filter(|page| !book.is_glossary(page));
    let row = |page| {
        let own = Own::of(page, slot);
        Row { page, own }
    };
    let mut rows: Vec<Row<'_>> = pages.map(row).collect();
    rows.sort_by_key(Row::rank);
    rows
}

fn parts(rows: Vec<Row<'_>>) -> Vec<Vec<Row<'_>>> {
    let mut parts = vec![Vec::new()];
    let mut weight = 0;
    for row in rows {
        let own = row.weight();
        weight += own;
        if own > 0 && weight > BYTES_A_PART && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(Vec::new());
            weight = own;
        }
        if let Some(part) = parts.last_mut() {
            part.push(row);
        }
    }
    parts
}

impl<'a> Own<'a> {
    fn of(page: &'a BookPage, slot: usize) -> Option<Self> {
        let (source, version) = (page.versions.first()?.as_ref()?, page.versions.get(slot)?.as_ref()?);
        let status = version.translation.as_ref()?;
        let passages = version.cut();
        let is_read = |passage: &&Passage| {
            let own = passage.translation.and_then(|at| passages.get(at));
            own.zip(status.entry(passage)).is_some_and(|(own, entry)| entry.review_of(own.hash).is_some())
        };
        let read = status.passages.iter().filter(is_read).count();
        Some(Self { source, version, status, tally: status.tally(&source.cut()), read })
    }

    /// What is to be looked at.
    fn open(&self) -> impl Iterator<Item = (&'a Passage, &'a Block)> {
        let source = self.source;
        let passages = self.status.passages.iter().filter(|passage| passage.state != State::Current);
        passages
            .filter_map(|passage| Some((passage, source.blocks().get(passage.source)?)))
            .filter(|(_, block)| !block.is_bare())
    }

    fn left_over(&self) -> impl Iterator<Item = &'a Block> {
        let version = self.version;
        self.status.orphans.iter().filter_map(|at| version.blocks().get(*at))
    }
}

impl Row<'_> {
    fn rank(&self) -> u8 {
        match &self.own {
            Some(own) if own.tally.urgent > 0 => 0,
            None => 1,
            Some(own) if own.status.record.is_none() => 2,
            Some(own) if own.tally.behind() > 0 => 1,
            Some(own) if !own.tally.is_current() => 2,
            Some(own) if own.read < own.status.passages.len() => 3,
            Some(_) => 4,
        }
    }

    /// How many bytes of words there are to tell.
    fn weight(&self) -> usize {
        let Some(own) = self.own.as_ref().filter(|own| own.status.record.is_some()) else { return 0 };
        let passages = own.open().map(|(passage, block)| {
            let translated = passage.translation.and_then(|at| own.version.blocks().get(at));
            block.text.len() * 2 + translated.map_or(0, |own| own.text.len())
        });
        passages.sum::<usize>() + own.left_over().map(|block| block.text.len()).sum::<usize>()
    }
}

/// What `translation_status.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StatusContext {
    /// Its title.
    title: String,
    /// What the page tells.
    intro: Html,
    /// The pages, the most urgent first.
    rows: Vec<RowContext>,
    /// Which page of several this is.
    parts: Option<Parts>,
    /// The same as JSON.
    data: Option<String>,
}

/// A page that lags behind.
#[derive(Debug, Serialize, JsonSchema)]
struct RowContext {
    /// The page.
    link: Link,
    /// Whether something urgent is open.
    is_urgent: bool,
    /// What is said where there is nothing to count.
    remark: Option<String>,
    /// The passages by how they stand.
    counts: Vec<Count>,
    /// How many passages are open, in words.
    summary: Option<String>,
    /// The open passages.
    passages: Vec<PassageContext>,
}

/// Passages that stand alike.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PassageCount")]
struct Count {
    /// How they stand.
    name: String,
    /// How many.
    value: String,
}

/// An open passage.
#[derive(Debug, Serialize, JsonSchema)]
struct PassageContext {
    /// Where it stands: the section and its place in it.
    at: String,
    /// How it stands, in words.
    state: String,
    /// Whether it is urgent.
    is_urgent: bool,
    /// The source, with what went and what came where it changed.
    source: Option<Html>,
    /// The translation.
    own: Option<Html>,
}

/// Where the page of a language lies, from 0.
pub(super) fn path(lang: &Lang, part: usize) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{TRANSLATION_STATUS}/{}index.html", address::of_part(part)))
}

/// Where the page lies in each language; a language without one leads home.
pub(super) fn paths(book: &Book, standing: &Standing<'_>) -> Vec<OutPath> {
    let of = |(slot, language): (usize, &Language)| match standing.parts(slot) {
        0 => address::of_page(&language.lang, &PageId::home()),
        _ => path(&language.lang, 0),
    };
    book.languages.iter().enumerate().filter_map(of).collect()
}

/// Where the same lies for programs.
fn data_path(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&format!("data/{TRANSLATION_STATUS}.{lang}.json"))
}

/// The same for programs, as `sourcebook translate status --format json` says it.
pub(super) fn data(book: &Book, slot: usize) -> Option<(OutPath, String)> {
    let language = book.languages.get(slot)?;
    let pages = exchange::status::pages(book, slot);
    // Strings and numbers always serialise.
    Some((data_path(&language.lang)?, serde_json::to_string_pretty(&pages).unwrap_or_default() + "\n"))
}

/// A page for those who work on the writer's language.
pub(super) fn context(
    writer: &PageWriter<'_>,
    language: &Language,
    standing: &Standing<'_>,
    part: usize,
) -> Option<StatusContext> {
    let locale = &language.locale;
    let source = writer.book.source_language()?;
    let teller = Teller { book: writer.book, locale, language, source };
    let parts = standing.languages.get(writer.language)?;
    let name = words::language_name(locale, source);
    let link = |to: OutPath| address::link(writer.profile, writer.from, &to, None);
    let url = |part: usize| path(&language.lang, part).map(link);
    Some(StatusContext {
        title: locale.text(Key::TranslationStatus).to_owned(),
        intro: words::plain_sentence(locale, Key::TranslationStatusIntro, &[("language", &name)]),
        rows: parts.get(part)?.iter().filter_map(|row| teller.row(writer, row)).collect(),
        parts: Parts::of(locale, part, parts.len(), &url),
        data: data_path(&language.lang).map(link),
    })
}

struct Teller<'a> {
    book: &'a Book,
    locale: &'a Locale,
    language: &'a Language,
    source: &'a Language,
}

impl Teller<'_> {
    fn text(&self, key: Key) -> String {
        self.locale.text(key).to_owned()
    }

    fn row(&self, writer: &PageWriter<'_>, row: &Row<'_>) -> Option<RowContext> {
        let link = writer.link(row.page, false)?;
        let Some(own) = &row.own else {
            let remark = Some(self.text(Key::StatusMissing));
            return Some(RowContext {
                link,
                is_urgent: false,
                remark,
                counts: Vec::new(),
                summary: None,
                passages: Vec::new(),
            });
        };
        // Of a page of which nothing is recorded there is nothing to tell passage by passage.
        let is_recorded = own.status.record.is_some();
        let passages: Vec<PassageContext> = if is_recorded { self.passages(own) } else { Vec::new() };
        let summary = (!passages.is_empty()).then(|| self.labelled(Key::StatusPassages, passages.len()));
        Some(RowContext {
            link,
            is_urgent: own.tally.urgent > 0,
            remark: (!is_recorded).then(|| self.text(Key::StatusUnrecorded)),
            counts: self.counts(own),
            summary,
            passages,
        })
    }

    /// "Passages: 3"
    fn labelled(&self, key: Key, count: usize) -> String {
        let count = self.number(count);
        self.locale.fill_text(Key::LabelValue, &[("label", self.locale.text(key).into()), ("value", (&count).into())])
    }

    fn number(&self, count: usize) -> String {
        self.locale.number(&Number::from(count))
    }

    fn counts(&self, own: &Own<'_>) -> Vec<Count> {
        let tally = &own.tally;
        let counted =
            |(key, count): (Key, usize)| (count > 0).then(|| Count { name: self.text(key), value: self.number(count) });
        let before = [(Key::StatusUrgent, tally.urgent), (Key::StatusCurrent, tally.current)];
        let mut counts: Vec<Count> = before.into_iter().filter_map(counted).collect();
        let stale: usize = tally.stale.values().sum();
        if stale > 0 {
            // The heaviest first.
            let kinds = Change::ALL.iter().rev().filter_map(|change| Some((*change, *tally.stale.get(change)?)));
            let kinds: Vec<String> = kinds.map(|(change, count)| self.labelled(kind_of(change), count)).collect();
            let value = format!("{} ({})", self.number(stale), kinds.join(self.locale.text(Key::Comma)));
            counts.push(Count { name: self.text(Key::StatusChanged), value });
        }
        let after = [
            (Key::StatusMissing, tally.missing),
            (Key::StatusUnaligned, tally.unaligned),
            (Key::StatusLeftOver, tally.orphan),
            (Key::StatusRead, own.read),
        ];
        counts.extend(after.into_iter().filter_map(counted));
        counts
    }

    fn passages(&self, own: &Own<'_>) -> Vec<PassageContext> {
        let mut passages: Vec<(bool, PassageContext)> = Vec::new();
        for (passage, block) in own.open() {
            let is_urgent = own.status.is_urgent(passage, own.source.blocks());
            let translated = passage.translation.and_then(|at| own.version.blocks().get(at));
            let old = own.status.entry(passage).and_then(|entry| self.book.wordings.get(&entry.source));
            let state = match passage.state {
                State::Stale(change) => {
                    let kind = self.locale.text(kind_of(change));
                    let label = self.locale.text(Key::StatusChanged);
                    self.locale.fill_text(Key::LabelValue, &[("label", label.into()), ("value", kind.into())])
                }
                State::Unaligned => self.text(Key::StatusUnaligned),
                State::Missing | State::Current => self.text(Key::StatusMissing),
            };
            let context = PassageContext {
                at: block.at.to_string(),
                state,
                is_urgent,
                source: Some(self.source(old.map_or(block.text.as_str(), String::as_str), &block.text)),
                own: translated.map(|own| self.own(own)),
            };
            passages.push((!is_urgent, context));
        }
        let left_over = own.left_over().filter(|block| !block.is_bare()).map(|block| {
            let (at, state) = (block.at.to_string(), self.text(Key::StatusLeftOver));
            (true, PassageContext { at, state, is_urgent: false, source: None, own: Some(self.own(block)) })
        });
        passages.extend(left_over);
        passages.sort_by_key(|(later, _)| *later);
        passages.into_iter().map(|(_, context)| context).collect()
    }

    /// What the source said and says.
    fn source(&self, old: &str, new: &str) -> Html {
        let mut html = Html::new();
        html.open("p", &words::attributes(WithLang::of(Some(&self.source.lang), self.book)));
        html.html(&difference(old, new)).close("p");
        html
    }

    fn own(&self, block: &Block) -> Html {
        let mut html = Html::new();
        html.open("p", &words::attributes(WithLang::of(Some(&self.language.lang), self.book)));
        bidi::write(&mut html, &block.text, self.locale.direction());
        html.close("p");
        html
    }
}
