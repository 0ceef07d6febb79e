//! What a reader is told of a source besides its entry: what became of it, where it can be read, how it was checked, its own words.

use super::bidi;
use super::context::{Gone, OutLink, QuoteEntry, Translation};
use super::html::Html;
use super::words::{self, WithLang};
use crate::book::{Book, View};
use crate::citation::Source;
use crate::citation::entry;
use crate::citation::record::{Archive, Notice, Quote, UrlStatus};
use crate::citation::ways::{Passage, Way, ways};
use crate::date::Date;
use crate::locale::{Key, Locale, Vocabulary};

/// The addresses of a source, the best first. Where its own no longer shows it, its copies are left.
pub(super) fn links(source: &Source, locale: &Locale) -> Vec<OutLink> {
    let own = ways(source, Passage::default()).into_iter().map(|way| match way.copy {
        None => OutLink {
            text_html: Html::escaped(locale.text(Key::OpenSource)),
            note: (source.url_status != UrlStatus::Live).then(|| status(source, locale)),
            ..link(way)
        },
        Some(copy) => OutLink { text_html: archived(copy, locale), ..link(way) },
    });
    let doi = source.doi.as_ref().map(|doi| OutLink {
        href: format!("https://doi.org/{}", doi.value),
        text_html: Html::escaped("DOI"),
        note: None,
    });
    own.chain(doi).collect()
}

/// The addresses that open a source at a passage.
pub(super) fn passage_links(source: &Source, passage: Passage<'_>, locale: &Locale) -> Vec<OutLink> {
    ways(source, passage)
        .into_iter()
        .filter(|way| way.at_passage)
        .map(|way| {
            let text_html = match way.copy {
                None => Html::escaped(locale.text(Key::OpenPassage)),
                Some(copy) => archived(copy, locale),
            };
            OutLink { text_html, ..link(way) }
        })
        .collect()
}

fn link(way: Way<'_>) -> OutLink {
    OutLink { href: way.href, text_html: Html::new(), note: None }
}

pub(super) fn archived(copy: &Archive, locale: &Locale) -> Html {
    match &copy.at {
        Some(date) => words::plain_sentence(locale, Key::ArchivedCopyOf, &[("date", &locale.date(date))]),
        None => Html::escaped(locale.text(Key::ArchivedCopy)),
    }
}

/// The address that no longer shows the source: told, and not linked.
pub(super) fn gone(source: &Source, locale: &Locale) -> Option<Gone> {
    let url = source.url.as_ref().filter(|_| source.url_status.is_gone())?;
    Some(Gone { url: url.value.clone(), status_html: status(source, locale) })
}

/// What became of the address, and when that was seen.
pub(super) fn status(source: &Source, locale: &Locale) -> Html {
    let status = locale.term(Vocabulary::UrlStatus, source.url_status.name()).unwrap_or_default();
    dated(Html::escaped(status), source.url_checked.as_ref(), None, locale)
}

/// What a reader must know before anything else: that the source was taken back, corrected or replaced.
pub(super) fn notices(book: &Book, view: View<'_>, source: &Source) -> Vec<Html> {
    let locale = &view.language.locale;
    let mut notices: Vec<Html> = [(Key::RetractedNotice, &source.retracted), (Key::CorrectedNotice, &source.corrected)]
        .into_iter()
        .filter_map(|(key, notice)| notice.as_ref().map(|notice| told(book, locale, key, notice)))
        .collect();
    let newer: Vec<Html> = source
        .superseded_by
        .iter()
        .filter_map(|id| book.library.source(&id.value))
        .map(|newer| newer_source(book, view, newer))
        .collect();
    if !source.superseded_by.is_empty() {
        let mut html = Html::escaped(locale.text(Key::OvertakenNotice));
        for (index, newer) in newer.iter().enumerate() {
            html.text(if index == 0 { ": " } else { "; " }).html(newer);
        }
        notices.push(html);
    }
    notices
}

/// The publisher's word, which leads to where it is said.
pub(super) fn told(book: &Book, locale: &Locale, key: Key, notice: &Notice) -> Html {
    let mut words = Html::new();
    match &notice.url {
        Some(url) => {
            words.open("a", &[("class", "external"), ("rel", "noopener"), ("href", url)]);
            words.text(locale.text(key)).close("a");
        }
        None => {
            words.text(locale.text(key));
        }
    }
    let mut html = dated(words, notice.at.as_ref(), None, locale);
    if let Some(note) = &notice.note {
        html.text(": ").html(&words::localized(book, locale, note));
    }
    html
}

/// Who, and when; on a page that cites it, too, with its number.
fn newer_source(book: &Book, view: View<'_>, newer: &Source) -> Html {
    let locale = &view.language.locale;
    let mut html = words::short_reference(book, locale, newer, None);
    if let Some(number) = words::source_number(book, view, newer, locale) {
        html.text(" ").html(&number);
    }
    html
}

/// How and when the record was verified, and when its address was seen.
pub(super) fn checked(source: &Source, locale: &Locale) -> Vec<Html> {
    let level = locale.term(Vocabulary::Check, source.checked.level.name()).unwrap_or_default();
    let how = dated(Html::escaped(level), source.checked.at.as_ref(), source.checked.by.as_deref(), locale);
    let seen = source.accessed.as_ref();
    let seen = seen.map(|date| words::plain_sentence(locale, Key::Accessed, &[("date", &locale.date(date))]));
    std::iter::once(how).chain(seen).collect()
}

/// Words, and after them when and by whom.
pub(super) fn dated(text: Html, at: Option<&Date>, by: Option<&str>, locale: &Locale) -> Html {
    let date = at.map(|at| Html::escaped(&locale.date(at)));
    match (date, by.map(Html::escaped)) {
        (Some(date), Some(name)) => {
            words::sentence(locale, Key::DatedBy, &[("text", text), ("date", date), ("name", name)])
        }
        (Some(date), None) => words::sentence(locale, Key::Dated, &[("text", text), ("date", date)]),
        (None, Some(name)) => words::sentence(locale, Key::NamedBy, &[("text", text), ("name", name)]),
        (None, None) => text,
    }
}

/// A stored passage in the original and, where there is one, in the reader's language, with the word whose translation that is.
///
/// Where the record has only a translation of the original, that stands in its place, and says so.
pub(super) fn quote(book: &Book, source: &Source, quote: &Quote, locale: &Locale) -> QuoteEntry {
    let (original, lang) = entry::original(&quote.exact, &source.lang);
    let foreign = Some(lang).filter(|lang| *lang != locale.lang());
    let with = WithLang::of(foreign, book);
    let translated = quote.exact.exact(locale.lang()).filter(|_| foreign.is_some());
    let whose = match quote.translated_by {
        Some("official") => Key::QuoteTranslationOfficial,
        Some("machine") => Key::QuoteTranslationMachine,
        _ => Key::QuoteTranslationOurs,
    };
    let rendered = (*lang != source.lang).then(|| locale.language_name(&source.lang));
    QuoteEntry {
        rendered: rendered.map(|name| words::plain_sentence(locale, Key::HumanTranslation, &[("language", name)])),
        html: bidi::running(original, with.direction(locale)),
        lang: with.lang.map(str::to_owned),
        dir: with.dir,
        translation: translated.map(|text| Translation {
            html: bidi::running(text, locale.direction()),
            whose: locale.text(whose).to_owned(),
        }),
    }
}
