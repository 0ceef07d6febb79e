//! A page of the timeline: its events by year, the themes to choose from, and the sources of what it shows.

use super::written::{told_at_marks, written};
use super::{anchor, belongs, chosen, data, parts, shown_themes, year_anchor};
use crate::book::{Book, Language, View};
use crate::date::{Date, Moment};
use crate::figure::phrase;
use crate::locale::{Key, Locale};
use crate::markdown::tree::BlockKind;
use crate::number::Number;
use crate::site::address;
use crate::site::body::Body;
use crate::site::context::{Alternate, Download, Link, NoteEntry, Parts, SourceEntry, SourceGroup};
use crate::site::edition::OutPath;
use crate::site::faces::Faces;
use crate::site::html::Html;
use crate::site::page::{PageWriter, alternates};
use crate::site::sentences::Sentences;
use crate::site::sources;
use crate::site::words::{self, WithLang};
use crate::timeline::{Event, Theme};
use schemars::JsonSchema;
use serde::Serialize;

/// What `timeline.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct TimelineContext {
    /// Its title.
    title: String,
    /// The title, with names isolated.
    title_html: Html,
    /// Language of the page.
    lang: String,
    /// Direction of the page.
    dir: &'static str,
    /// What the page is, for `<meta>`.
    description: String,
    /// Its whole address; null without `base-url`.
    canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// The way back to all events.
    crumbs: Vec<Link>,
    /// How many events.
    count: Html,
    /// The themes, each a page, and the years, each a place on this one.
    filters: Vec<Filter>,
    /// The events by year.
    years: Vec<YearEntry>,
    /// The notes of a style that cites in notes; empty in other styles.
    notes: Vec<NoteEntry>,
    /// The sources of the events.
    sources: Vec<SourceEntry>,
    /// The sources by kind, where `[citations] group-by` asks for it; else empty.
    source_groups: Vec<SourceGroup>,
    /// The page's sources as files.
    downloads: Vec<Download>,
    /// The events as JSON.
    data_url: Option<String>,
    /// Which page of several this is.
    parts: Option<Parts>,
}

/// A way to narrow the timeline: theme, year.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimelineFilter")]
struct Filter {
    /// What is chosen.
    name: String,
    /// The choices.
    values: Vec<FilterValue>,
    /// Always null here.
    more_url: Option<String>,
}

/// A choice.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimelineFilterValue")]
struct FilterValue {
    /// What it is; write it with the filter `bidi`.
    title: String,
    /// The events of it.
    url: String,
    /// How many there are.
    count: String,
    /// Whether the page shows these alone.
    current: bool,
}

/// The events of a year.
#[derive(Debug, Serialize, JsonSchema)]
struct YearEntry {
    /// Its place on the page.
    id: String,
    /// The year.
    year: String,
    /// The events, by date.
    events: Vec<EventEntry>,
}

/// An event.
#[derive(Debug, Serialize, JsonSchema)]
struct EventEntry {
    /// Its place on the page.
    id: String,
    /// The date in words.
    date: String,
    /// The date as machines read it; null where it is no single day, month or year.
    datetime: Option<String>,
    /// Its title.
    title_html: Html,
    /// Its title in words alone, for the name of a link.
    title: String,
    /// What happened.
    text_html: Option<Html>,
    /// Direction of its words, where they are in another language than the page; else null.
    dir: Option<&'static str>,
    /// The marks of its sources.
    marks_html: Html,
    /// Who says so, for the margin of wide screens.
    margin_html: Html,
    /// Its themes.
    themes: Vec<Link>,
    /// The page that tells more.
    more: Option<Link>,
}

/// The context of a page of the timeline: a part of all events, or of those of a theme; `paths` are its paths in each language.
pub(in crate::site) fn context(
    writer: &PageWriter<'_>,
    language: &Language,
    faces: &Faces<'_>,
    (theme, part): (Option<&Theme>, usize),
    paths: &[OutPath],
) -> Option<TimelineContext> {
    let book = writer.book;
    let all = chosen(book, theme);
    let parts = parts(&all);
    let events = *parts.get(part)?;
    let teller = Teller { writer, book, locale: &language.locale };
    let (title, title_html) = teller.title(theme);
    let page = written(book, language, &title, events)?;
    let view = book.view_in(&page, &language.lang)?;
    let mut body = Body::new(writer, view, faces);
    let years = teller.years(events, view, &mut body);
    let sentences = Sentences::told(book, view, told_at_marks(events, |event| teller.named(event)));
    let count = Number::from(all.len());
    let locale = teller.locale;
    Some(TimelineContext {
        description: format!("{title} – {}", locale.count_text(Key::EventCount, &count, &[])),
        title,
        title_html,
        lang: language.lang.to_string(),
        dir: locale.direction().name(),
        canonical_url: book.config.base_url.as_deref().map(|base| address::absolute(base, writer.from)),
        alternates: alternates(book, paths),
        crumbs: theme.and_then(|_| teller.whole()).into_iter().collect(),
        count: words::pieces(&locale.count(Key::EventCount, &count, &[])),
        filters: teller.filters(theme, &parts),
        years,
        sources: sources::entries(writer, view, faces, &body, &sentences),
        source_groups: sources::groups(book, view),
        notes: std::mem::take(&mut body.notes),
        downloads: Vec::new(),
        parts: Parts::of(locale, part, parts.len(), &|part| teller.url(theme, part)),
        data_url: data::path().map(|to| address::link(writer.profile, writer.from, &to, None)),
    })
}

struct Teller<'a> {
    writer: &'a PageWriter<'a>,
    book: &'a Book,
    locale: &'a Locale,
}

impl Teller<'_> {
    /// The title of a page as plain text and as HTML.
    fn title(&self, theme: Option<&Theme>) -> (String, Html) {
        let own = self.locale.text(Key::Timeline);
        let Some(theme) = theme else { return (own.to_owned(), Html::escaped(own)) };
        let name = self.words(&theme.name);
        let plain = [("label", own.into()), ("value", (&name).into())];
        let html = [("label", Html::escaped(own)), ("value", words::localized(self.book, self.locale, &theme.name))];
        (self.locale.fill_plain(Key::LabelValue, &plain), words::sentence(self.locale, Key::LabelValue, &html))
    }

    fn words(&self, text: &crate::workspace::Localized) -> String {
        let fallback: Vec<_> = self.book.source_language().map(|language| &language.lang).into_iter().collect();
        text.pick(self.locale.lang(), &fallback).0.to_owned()
    }

    /// The event in words alone.
    fn named(&self, event: &Event) -> String {
        let (date, title) = (self.locale.date(&event.date), self.words(&event.title));
        self.locale.fill_plain(Key::LabelValue, &[("label", (&date).into()), ("value", (&title).into())])
    }

    /// The link to a page of the timeline.
    fn url(&self, theme: Option<&Theme>, part: usize) -> Option<String> {
        self.place(theme, part, None)
    }

    /// The link to something on a page of the timeline.
    fn place(&self, theme: Option<&Theme>, part: usize, anchor: Option<&str>) -> Option<String> {
        let to = address::of_timeline(self.locale.lang(), theme.map(|theme| &theme.id), part)?;
        Some(address::link(self.writer.profile, self.writer.from, &to, anchor))
    }

    fn whole(&self) -> Option<Link> {
        let title = self.locale.text(Key::Timeline).to_owned();
        Some(Link { title, url: self.url(None, 0)?, current: false, lang: None, dir: None })
    }

    /// The themes, each a page, and the years, each a place on one of the parts.
    fn filters(&self, current: Option<&Theme>, parts: &[&[&Event]]) -> Vec<Filter> {
        let events = self.book.library.events();
        let value = |theme: Option<&Theme>| {
            let count = events.iter().filter(|event| theme.is_none_or(|theme| belongs(event, theme))).count();
            Some(FilterValue {
                title: theme
                    .map_or_else(|| self.locale.text(Key::AllEvents).to_owned(), |theme| self.words(&theme.name)),
                url: self.url(theme, 0)?,
                count: self.locale.number(&Number::from(count)),
                current: theme.map(|theme| &theme.id) == current.map(|theme| &theme.id),
            })
        };
        let themes = std::iter::once(None).chain(shown_themes(self.book).into_iter().map(Some)).filter_map(value);
        let years = counted_years(parts).into_iter().filter_map(|(year, part, count)| {
            Some(FilterValue {
                title: self.year(year),
                url: self.place(current, part, Some(&year_anchor(year)))?,
                count: self.locale.number(&Number::from(count)),
                current: false,
            })
        });
        let filter =
            |key, values: Vec<FilterValue>| Filter { name: self.locale.text(key).to_owned(), values, more_url: None };
        // Where nothing can be chosen there is no choice.
        [filter(Key::Theme, themes.collect()), filter(Key::Year, years.collect())]
            .into_iter()
            .filter(|filter| filter.values.len() > 1)
            .collect()
    }

    fn year(&self, year: u16) -> String {
        self.locale.date(&Date::At(Moment::Year(year)))
    }

    /// The events by the year in which they began.
    fn years<'v>(&self, events: &[&Event], view: View<'v>, body: &mut Body<'v>) -> Vec<YearEntry> {
        let mut years: Vec<YearEntry> = Vec::new();
        for (event, block) in events.iter().zip(&view.version.page.body.blocks) {
            let year = event.date.first_day().year();
            let id = year_anchor(year);
            if years.last().is_none_or(|last| last.id != id) {
                years.push(YearEntry { id, year: self.year(year), events: Vec::new() });
            }
            let BlockKind::Paragraph(content) = &block.kind else { continue };
            let (marks, margin) = body.line_with_margin(content);
            if let Some(year) = years.last_mut() {
                year.events.push(self.event(event, marks, margin));
            }
        }
        years
    }

    fn event(&self, event: &Event, marks_html: Html, margin_html: Html) -> EventEntry {
        let themes = event.themes.iter().filter_map(|theme| {
            let theme = self.book.library.theme(&theme.value)?;
            let (title, lang) = phrase::words(&theme.name, self.locale, &self.book.source_language()?.lang);
            let with = WithLang::of(lang, self.book);
            let (title, lang) = (title.to_owned(), with.lang.map(str::to_owned));
            Some(Link { title, url: self.url(Some(theme), 0)?, current: false, lang, dir: with.dir })
        });
        let source = self.book.source_language().map(|language| &language.lang);
        let (_, lang) = event.title.pick(self.locale.lang(), &source.into_iter().collect::<Vec<_>>());
        let foreign = lang.filter(|lang| *lang != self.locale.lang());
        EventEntry {
            id: anchor(&event.id),
            date: self.locale.date_in_full(&event.date),
            datetime: matches!(event.date, Date::At(_)).then(|| event.date.to_string()),
            title_html: words::localized(self.book, self.locale, &event.title),
            title: self.words(&event.title),
            text_html: event.text.as_ref().map(|text| words::localized(self.book, self.locale, text)),
            dir: WithLang::of(foreign, self.book).dir,
            marks_html,
            margin_html,
            themes: themes.collect(),
            more: event
                .page
                .as_ref()
                .and_then(|page| self.book.find(&page.value))
                .and_then(|page| self.writer.link(page, false)),
        }
    }
}

/// The years with the part on which each begins and with its events, counted.
fn counted_years(parts: &[&[&Event]]) -> Vec<(u16, usize, usize)> {
    let mut years: Vec<(u16, usize, usize)> = Vec::new();
    for (part, events) in parts.iter().enumerate() {
        for event in *events {
            let year = event.date.first_day().year();
            match years.last_mut() {
                Some((last, _, count)) if *last == year => *count += 1,
                _ => years.push((year, part, 1)),
            }
        }
    }
    years
}
