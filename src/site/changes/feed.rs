//! The newest changes as a feed: Atom 1.0 (RFC 4287). Its addresses are whole and its ids never change, wherever the site moves.

use super::words::Teller;
use super::{CHANGES_A_FEED, CHANGES_A_PAGE, History, anchor, feed_path, path};
use crate::book::{Book, Corrected, Language, View};
use crate::changes::{Change, FigureLock};
use crate::date::Day;
use crate::ids::PageId;
use crate::locale::Key;
use crate::markdown::tree::CalloutKind;
use crate::site::GENERATOR;
use crate::site::address::{self, absolute};
use crate::site::edition::OutPath;
use crate::site::html::Html;
use crate::site::places::Places;
use crate::site::words;
use crate::xml::Xml;

/// An element without attributes.
const NONE: &[(&str, &str)] = &[];

/// The feed of a language; none where the site's address is not known, or where nothing was recorded yet.
pub(in crate::site) fn feed(
    book: &Book,
    language: &Language,
    history: &History<'_>,
    places: &Places,
) -> Option<(OutPath, String)> {
    let (own, base) = (feed_path(book, language)?, book.config.base_url.as_deref()?);
    let lock = history.lock?;
    let feed =
        Feed { teller: Teller { book, locale: &language.locale }, lock, lang: language.lang.as_str(), base, places };
    let corrections: Vec<Corrected<'_>> = book.corrections().into_iter().take(CHANGES_A_FEED).collect();
    let changes: Vec<(usize, usize, &Change)> = history
        .changes()
        .enumerate()
        .take(CHANGES_A_FEED)
        .map(|(place, (number, change))| (place, number, change))
        .collect();
    let pages: Vec<(Day, View<'_>)> = book.published(&language.lang).into_iter().take(CHANGES_A_FEED).collect();
    let newest = changes.first().map(|(_, _, change)| change.noted);
    let corrected = corrections.first().map(|one| one.correction.at);
    let updated = newest.max(corrected).max(pages.first().map(|(day, _)| *day)).unwrap_or(lock.since);
    let locale = &language.locale;
    let title = locale.fill_text(
        Key::LabelValue,
        &[("label", language.site_title.as_str().into()), ("value", locale.text(Key::Changes).into())],
    );
    let mut xml = Xml::document();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang)]);
    xml.element("title", NONE, &title).element("subtitle", NONE, locale.text(Key::ChangesFeedIntro));
    xml.element("id", NONE, &crate::ids::urn(&format!("{} {}", lock.id, feed.lang)));
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &absolute(base, &own))]);
    let told =
        if history.is_told() { path(&language.lang, 0) } else { address::of_page(&language.lang, &PageId::home()) };
    let page = absolute(base, &told?);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("hreflang", feed.lang), ("href", &page)]);
    xml.element("updated", NONE, &moment(updated));
    xml.open("author", NONE).element("name", NONE, &language.site_title).close("author");
    xml.element("generator", NONE, GENERATOR);
    for (day, view) in pages {
        feed.page(&mut xml, day, view);
    }
    for one in corrections {
        feed.correction(&mut xml, one);
    }
    for (place, number, change) in changes {
        let to = format!("{}#{}", absolute(base, &path(&language.lang, place / CHANGES_A_PAGE)?), anchor(number));
        feed.entry(&mut xml, number, change, &to);
    }
    xml.close("feed");
    Some((own, xml.into_file()))
}

/// A day as a moment, which Atom wants: its beginning.
fn moment(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

struct Feed<'a> {
    teller: Teller<'a>,
    lock: &'a FigureLock,
    lang: &'a str,
    base: &'a str,
    places: &'a Places,
}

impl Feed<'_> {
    fn entry(&self, xml: &mut Xml, number: usize, change: &Change, url: &str) {
        let teller = &self.teller;
        let label = teller.plain(&change.subject.label);
        let line = teller.plain_line(change);
        let title = teller.locale.fill_text(Key::LabelValue, &[("label", label.into()), ("value", (&line).into())]);
        xml.open("entry", NONE);
        xml.element("title", NONE, &title);
        xml.element("id", NONE, &self.lock.urn(number, self.lang));
        xml.element("updated", NONE, &moment(change.noted));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("hreflang", self.lang), ("href", url)]);
        xml.empty("category", &[("term", if change.correction.is_some() { "correction" } else { change.kind.name() })]);
        xml.element("content", &[("type", "html")], self.content(change).as_str());
        xml.close("entry");
    }

    /// A page that is new in the language.
    fn page(&self, xml: &mut Xml, day: Day, view: View<'_>) {
        let locale = self.teller.locale;
        let Some(to) = address::of_page(locale.lang(), &view.page.id) else { return };
        let name = view.version.page.front.title.value.as_str();
        let label = locale.text(Key::PageNew);
        let title = locale.fill_text(Key::LabelValue, &[("label", label.into()), ("value", name.into())]);
        let url = absolute(self.base, &to);
        xml.open("entry", NONE);
        xml.element("title", NONE, &title);
        xml.element("id", NONE, &crate::ids::urn(&format!("{} {} new {}", self.lock.id, view.page.id, self.lang)));
        xml.element("published", NONE, &moment(day)).element("updated", NONE, &moment(day));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("hreflang", self.lang), ("href", &url)]);
        xml.empty("category", &[("term", "page")]);
        let summary = view.version.page.summary.as_ref();
        let summary = summary.map(|summary| words::told(&summary.content, view, self.teller.book));
        if let Some(summary) = summary.filter(|summary| !summary.is_empty()) {
            xml.element("summary", NONE, &summary);
        }
        xml.close("entry");
    }

    /// A correction of a page.
    fn correction(&self, xml: &mut Xml, one: Corrected<'_>) {
        let Some(to) = address::of_page(self.teller.locale.lang(), &one.page.id) else { return };
        let Some(view) = self.teller.book.view_in(one.page, self.teller.locale.lang()) else { return };
        let kind = words::callout_title(self.teller.locale, CalloutKind::Correction);
        let name = view.version.page.front.title.value.as_str();
        let title = self.teller.locale.fill_text(Key::LabelValue, &[("label", kind.into()), ("value", name.into())]);
        let name = format!("{} {} {}", self.lock.id, one.page.id, one.number);
        let url = format!("{}#{}", absolute(self.base, &to), one.anchor());
        // The notice is the reader's, the page under it may not be.
        let page_lang = view.text_language.lang.as_str();
        xml.open("entry", NONE);
        xml.element("title", NONE, &title);
        xml.element("id", NONE, &crate::ids::urn(&format!("{name} {}", self.lang)));
        xml.element("updated", NONE, &moment(one.correction.at));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("hreflang", page_lang), ("href", &url)]);
        xml.empty("category", &[("term", "correction")]);
        let mut html = Html::new();
        html.open("p", &[("dir", self.teller.locale.direction().name()), ("lang", self.lang)]);
        html.html(&self.teller.reason(&one.correction.note)).close("p");
        xml.element("content", &[("type", "html")], html.as_str());
        xml.close("entry");
    }

    /// What the page says of a change, for a reader of feeds.
    fn content(&self, change: &Change) -> Html {
        let teller = &self.teller;
        let locale = teller.locale;
        let dir = locale.direction().name();
        let mut html = Html::new();
        let mut paragraph = |inner: &Html| {
            html.open("p", &[("dir", dir), ("lang", self.lang)]).html(inner).close("p");
        };
        let kind = Html::escaped(teller.kind(change));
        paragraph(&labelled(teller, kind, teller.text(&change.subject.label)));
        paragraph(&teller.line(change));
        let row = |key: Key, value: Html| labelled(teller, Html::escaped(locale.text(key)), value);
        if let Some(status) = teller.status(change) {
            paragraph(&row(Key::Status, status));
        }
        if let Some(reporter) = &change.subject.reporter {
            paragraph(&row(Key::ReportedByLabel, teller.text(reporter)));
        }
        let url = |source: &crate::citation::Source| {
            Some(absolute(self.base, &self.places.source(locale.lang(), &source.id)?.path))
        };
        paragraph(&row(Key::Source, teller.sources(change, &url)));
        if let Some(note) = &change.correction {
            paragraph(&teller.reason(note));
        }
        html
    }
}

fn labelled(teller: &Teller<'_>, label: Html, value: Html) -> Html {
    crate::site::words::sentence(teller.locale, Key::LabelValue, &[("label", label), ("value", value)])
}
