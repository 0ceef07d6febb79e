//! Corrections of pages, as readers are told of them in every language of the same build: at the head of the page, on the page that tells what has
//! changed, in its feed and in its data.

use super::address;
use super::context::{Link, Notice};
use super::html::Html;
use super::page::PageWriter;
use super::words::{self, WithLang};
use crate::book::{Book, Corrected, View};
use crate::date::Date;
use crate::locale::{Key, Locale};
use crate::markdown::tree::CalloutKind;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// A correction on the page that tells what has changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CorrectionEntry {
    /// The page, at its notice.
    link: Link,
    /// When it was corrected.
    date: String,
    /// What was wrong, and what is right.
    note: Html,
}

/// What a page that was corrected says before anything else, the newest first.
pub(super) fn notices(book: &Book, view: View<'_>) -> Vec<Notice> {
    let locale = &view.language.locale;
    let notice = |one: Corrected<'_>| {
        let mut label = words::strong(&Html::escaped(words::callout_title(locale, CalloutKind::Correction)));
        label.text(" · ").html(&words::isolated(&date(locale, one), WithLang::default()));
        let note = words::own_words(book, locale, &one.correction.note);
        let mut html = words::sentence(locale, Key::LabelValue, &[("label", label), ("value", note)]);
        if let Some(section) = section(book, view, one) {
            html.text(" · ").html(&section);
        }
        Notice { kind: "correction", id: Some(one.anchor()), html }
    };
    view.page.corrections().into_iter().map(notice).collect()
}

/// The way to the section that a correction concerns.
fn section(book: &Book, view: View<'_>, one: Corrected<'_>) -> Option<Html> {
    let id = one.section()?;
    let heading = view.version.outline.iter().find(|heading| heading.id == id)?;
    let foreign = view.is_fallback().then_some(&view.text_language.lang);
    let mut html = Html::new();
    html.open("a", &[("href", &format!("#{id}"))]);
    html.html(&words::isolated(&heading.text, WithLang::of(foreign, book))).close("a");
    Some(html)
}

/// The corrections of all pages, each leading to its notice.
pub(super) fn entries(writer: &PageWriter<'_>, locale: &Locale) -> Vec<CorrectionEntry> {
    let entry = |one: Corrected<'_>| {
        let to = address::of_page(locale.lang(), &one.page.id)?;
        let url = address::link(writer.profile, writer.from, &to, Some(&one.anchor()));
        Some(CorrectionEntry {
            link: Link { url, ..writer.link(one.page, false)? },
            date: date(locale, one),
            note: words::own_words(writer.book, locale, &one.correction.note),
        })
    };
    writer.book.corrections().into_iter().filter_map(entry).collect()
}

/// The same for programs.
pub(super) fn data(book: &Book) -> Vec<Value> {
    let one = |one: Corrected<'_>| {
        json!({
            "at": one.correction.at.to_string(),
            "page": one.page.id.name(),
            "note": super::changes::data::words(&one.correction.note),
            "passage": one.correction.passage.as_ref().map(|passage| passage.value.trim_start_matches('#')),
        })
    };
    book.corrections().into_iter().map(one).collect()
}

fn date(locale: &Locale, one: Corrected<'_>) -> String {
    locale.date(&Date::from(one.correction.at))
}
