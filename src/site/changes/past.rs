//! What is known of a page's past without a clock or a history of files: its corrections, the changes of figures that it shows, its review.
//! And what is newest on the whole site, for the home page.

use super::words::Teller;
use super::{CHANGES_A_PAGE, History, anchor, path};
use crate::book::present::shown_on;
use crate::book::{Corrected, View};
use crate::changes::Change;
use crate::date::{Date, Day};
use crate::locale::Key;
use crate::markdown::tree::CalloutKind;
use crate::site::address;
use crate::site::html::Html;
use crate::site::page::PageWriter;
use crate::site::words;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;

/// So many entries stand on a page; the page of changes has all.
const ENTRIES: usize = 20;

/// So many of the whole site stand on the home page.
const NEWEST: usize = 5;

/// The past of a page, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct Past {
    /// Corrections, changes of figures, reviews.
    entries: Vec<PastEntry>,
    /// Since when changes are recorded.
    since: Option<Html>,
}

/// Something that became of a page.
#[derive(Debug, Serialize, JsonSchema)]
struct PastEntry {
    /// The day, in words.
    date: String,
    /// The same for `datetime`.
    datetime: String,
    /// What it was.
    html: Html,
    /// Where it is told in full.
    url: Option<String>,
}

/// The past of the page; of the home page, that of the site.
pub(in crate::site) fn past(writer: &PageWriter<'_>, history: &History<'_>, view: View<'_>) -> Past {
    let locale = &view.language.locale;
    let teller = Historian { writer, view, teller: Teller { book: writer.book, locale } };
    let is_home = view.page.id.is_home();
    let corrections = if is_home { writer.book.corrections() } else { view.page.corrections() };
    let mut entries: Vec<(Day, PastEntry)> = corrections.into_iter().map(|one| teller.correction(one)).collect();
    let shown = shown_on(writer.book, view.version);
    let changes = history.changes().enumerate().filter(|(_, (_, change))| is_home || shown.contains(&change.id));
    entries.extend(changes.map(|(place, (number, change))| teller.change(place, number, change)));
    entries.extend(teller.review().filter(|_| !is_home));
    entries.sort_by_key(|(day, _)| Reverse(*day));
    let kept = if is_home { NEWEST } else { ENTRIES };
    let since = history.lock.map(|lock| locale.date(&Date::from(lock.since)));
    Past {
        entries: entries.into_iter().map(|(_, entry)| entry).take(kept).collect(),
        since: since.map(|since| words::plain_sentence(locale, Key::ChangesSince, &[("date", &since)])),
    }
}

struct Historian<'a> {
    writer: &'a PageWriter<'a>,
    view: View<'a>,
    teller: Teller<'a>,
}

impl Historian<'_> {
    fn entry(&self, day: Day, html: Html, url: Option<String>) -> (Day, PastEntry) {
        (day, PastEntry { date: self.teller.locale.date(&Date::from(day)), datetime: day.to_string(), html, url })
    }

    fn correction(&self, one: Corrected<'_>) -> (Day, PastEntry) {
        let locale = self.teller.locale;
        let kind = words::callout_title(locale, CalloutKind::Correction);
        let note = self.teller.reason(&one.correction.note);
        let to = address::of_page(&self.view.language.lang, &one.page.id);
        let url = to.map(|to| address::link(self.writer.profile, self.writer.from, &to, Some(&one.anchor())));
        self.entry(one.correction.at, self.told(kind, note), url)
    }

    fn change(&self, place: usize, number: usize, change: &Change) -> (Day, PastEntry) {
        let label = self.teller.text(&change.subject.label);
        let line = self.teller.line(change);
        let what = words::sentence(self.teller.locale, Key::LabelValue, &[("label", label), ("value", line)]);
        let to = path(&self.view.language.lang, place / CHANGES_A_PAGE);
        let url = to.map(|to| address::link(self.writer.profile, self.writer.from, &to, Some(&anchor(number))));
        self.entry(change.noted, self.told(self.teller.kind(change), what), url)
    }

    fn review(&self) -> Option<(Day, PastEntry)> {
        let (date, by) = self.view.version.page.front.reviewed.as_ref()?;
        let html = words::plain_sentence(self.teller.locale, Key::ReviewedBy, &[("name", by)]);
        Some(self.entry(date.last_day(), html, None))
    }

    fn told(&self, kind: &str, what: Html) -> Html {
        let kind = words::strong(&Html::escaped(kind));
        words::sentence(self.teller.locale, Key::LabelValue, &[("label", kind), ("value", what)])
    }
}
