//! A page of the log: changes by month, the newest first.

use super::words::Teller;
use super::{CHANGES_A_PAGE, History, anchor, data, feed_path, path};
use crate::book::{Book, Language};
use crate::changes::Change;
use crate::citation::Source;
use crate::date::{Date, Moment};
use crate::locale::Key;
use crate::site::address;
use crate::site::context::{Alternate, Link, Parts};
use crate::site::corrections::{self, CorrectionEntry};
use crate::site::html::Html;
use crate::site::page::{PageWriter, alternates};
use crate::site::words;
use schemars::JsonSchema;
use serde::Serialize;

/// What `changes.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct ChangesContext {
    /// Its title.
    title: String,
    /// What the page tells, and since when.
    intro: Html,
    /// What the page is, for `<meta>`.
    description: String,
    /// Its whole address; null without `base-url`.
    canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// Corrections of pages, the newest first; on the first page alone.
    corrections: Vec<CorrectionEntry>,
    /// Changes of figures by month, the newest first.
    months: Vec<Month>,
    /// Which page of several this is.
    parts: Option<Parts>,
    /// The feed; null without `base-url`.
    feed: Option<String>,
    /// The log as JSON.
    data: Option<String>,
}

/// The changes of a month.
#[derive(Debug, Serialize, JsonSchema)]
struct Month {
    /// Its place on the page.
    id: String,
    /// The month in words.
    title: String,
    /// The changes, the newest first.
    changes: Vec<Entry>,
}

/// A change of a figure.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChangeEntry")]
struct Entry {
    /// Its place on the page.
    id: String,
    /// What kind of change it is, in words.
    kind: String,
    /// Whether an earlier number was wrong.
    is_correction: bool,
    /// When it was noted.
    noted: String,
    /// What is counted.
    label: Html,
    /// What it was and what it is.
    line: Html,
    /// Who counted, and from which source.
    rows: Vec<Row>,
    /// Why the earlier number was wrong.
    correction: Option<Html>,
    /// The pages that show the figure.
    shown_on: Vec<Link>,
}

/// One thing that is known of a change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChangeRow")]
struct Row {
    /// What it is.
    name: String,
    /// What it says.
    value: Html,
}

/// A page of the log for readers of the writer's language.
pub(in crate::site) fn context(
    writer: &PageWriter<'_>,
    language: &Language,
    history: &History<'_>,
    part: usize,
) -> ChangesContext {
    let book = writer.book;
    let locale = &language.locale;
    let teller = Teller { book, locale };
    let mut months: Vec<Month> = Vec::new();
    for (number, change) in history.changes().skip(part * CHANGES_A_PAGE).take(CHANGES_A_PAGE) {
        let (year, month) = (change.noted.year(), change.noted.month());
        let id = format!("page-{year:04}-{month:02}");
        if months.last().is_none_or(|last| last.id != id) {
            let title = locale.date(&Date::At(Moment::Month(year, month)));
            months.push(Month { id, title, changes: Vec::new() });
        }
        if let Some(last) = months.last_mut() {
            last.changes.push(entry(&teller, writer, history, number, change));
        }
    }
    let since = history.lock.map(|lock| locale.date(&Date::from(lock.since)));
    let url = |part: usize| Some(address::link(writer.profile, writer.from, &path(&language.lang, part)?, None));
    let link = |to| address::link(writer.profile, writer.from, &to, None);
    ChangesContext {
        title: locale.text(Key::Changes).to_owned(),
        intro: intro(&teller, since.as_deref(), months.is_empty()),
        description: locale.text(Key::ChangesIntro).to_owned(),
        canonical_url: book.config.base_url.as_deref().map(|base| address::absolute(base, writer.from)),
        alternates: alternates(book, &paths(book, part)),
        corrections: if part == 0 { corrections::entries(writer, locale) } else { Vec::new() },
        months,
        parts: Parts::of(locale, part, history.parts(), &url),
        feed: feed_path(book, language).filter(|_| history.lock.is_some()).map(link),
        data: data::path().map(link),
    }
}

/// The paths of a page of the log in each language.
pub(in crate::site) fn paths(book: &Book, part: usize) -> Vec<crate::site::edition::OutPath> {
    book.languages.iter().filter_map(|language| path(&language.lang, part)).collect()
}

fn intro(teller: &Teller<'_>, since: Option<&str>, is_empty: bool) -> Html {
    let mut html = Html::escaped(teller.locale.text(Key::ChangesIntro));
    if let Some(since) = since {
        html.text(" ").html(&words::plain_sentence(teller.locale, Key::ChangesSince, &[("date", since)]));
    }
    if is_empty {
        html.text(" ").text(teller.locale.text(Key::ChangesNone));
    }
    html
}

fn entry(teller: &Teller<'_>, writer: &PageWriter<'_>, history: &History<'_>, number: usize, change: &Change) -> Entry {
    let locale = teller.locale;
    let source_url = |source: &Source| writer.source_url(locale.lang(), &source.id);
    let mut rows = Vec::new();
    let mut add = |key: Key, value: Option<Html>| {
        rows.extend(value.map(|value| Row { name: locale.text(key).to_owned(), value }));
    };
    add(Key::Status, teller.status(change));
    add(Key::ReportedByLabel, change.subject.reporter.as_ref().map(|reporter| teller.text(reporter)));
    add(Key::Source, Some(teller.sources(change, &source_url)));
    let pages = history.shown.get(writer.language).and_then(|shown| shown.get(&change.id));
    let pages = pages.into_iter().flatten().filter_map(|index| writer.book.page(*index));
    Entry {
        id: anchor(number),
        kind: teller.kind(change).to_owned(),
        is_correction: change.correction.is_some(),
        noted: teller.noted(change),
        label: teller.text(&change.subject.label),
        line: teller.line(change),
        rows,
        correction: change.correction.as_ref().map(|note| teller.reason(note)),
        shown_on: pages.filter_map(|page| writer.link(page, false)).collect(),
    }
}
