//! The list of all figures, on as many pages as it takes: every number that the site publishes, with its date, who counted and whom, how it stands, and where it is told.
//!
//! Figures stand under the first page that shows them, in the order of reading: that is their subject, in the reader's language. A series
//! shows its newest point. Each has an anchor, to which the card of the figure leads.

use super::address;
use super::context::{Alternate, Download, FigureRow, Link, Parts};
use super::datasets;
use super::edition::OutPath;
use super::html::Html;
use super::page::{PageWriter, alternates};
use super::words::{self, WithLang};
use crate::book::register::{FIGURES, Register, Registered, Showing};
use crate::book::{Book, Language, PageIndex};
use crate::figure::Figure;
use crate::figure::phrase::{self, phrase};
use crate::ids::{FigureId, Lang};
use crate::locale::{Key, Locale, Vocabulary};
use crate::markdown::tree::FigureForm;
use crate::number::Number;
use schemars::JsonSchema;
use serde::Serialize;

/// What `figures.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FigureList {
    /// Its title.
    title: String,
    /// What the page is, for `<meta>`.
    description: String,
    /// Its whole address; null without `base-url`.
    canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// How many figures.
    count: Html,
    /// All figures as files.
    downloads: Vec<Download>,
    /// The figures by the page that shows them first.
    groups: Vec<Group>,
    /// Which page of several this is.
    parts: Option<Parts>,
}

/// The figures that a page shows first.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FigureGroup")]
struct Group {
    /// The page; null for those that other figures are worked out from and no page shows.
    page: Option<Link>,
    /// The figures, in the order of the page.
    figures: Vec<Listed>,
}

/// A figure.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ListedFigure")]
struct Listed {
    /// Its place on the page.
    id: String,
    /// What is counted.
    label_html: Html,
    /// The number.
    value_html: Html,
    /// `reported`, `verified`, `estimate`, `disputed`, `superseded` or `withdrawn`.
    status: &'static str,
    /// How the figure stands; of a series, that this is its newest point.
    status_html: Html,
    /// Who counted whom, until when, how.
    rows: Vec<FigureRow>,
    /// What others count, as links to other figures of the list.
    counter: Vec<Link>,
    /// The figure as files.
    downloads: Vec<Download>,
    /// The pages that show it.
    shown_on: Vec<Shown>,
}

/// A page, and the marks on it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ShownOn")]
struct Shown {
    /// The page.
    page: Link,
    /// That it is not translated, in the reader's words; else null.
    untranslated: Option<String>,
    /// The sentences that show it.
    sentences: Vec<Told>,
}

/// A sentence that shows the figure.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ShowingSentence")]
struct Told {
    /// Its mark.
    url: String,
    /// The sentence.
    html: Html,
}

/// Where a page of the list lies, from 0.
pub(super) fn path(lang: &Lang, part: usize) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{FIGURES}/{}index.html", address::of_part(part)))
}

/// Where it lies in each language.
pub(super) fn paths(book: &Book, part: usize) -> Vec<OutPath> {
    book.languages.iter().filter_map(|language| path(&language.lang, part)).collect()
}

/// The id of a figure on that page.
pub(super) fn anchor(id: &FigureId) -> String {
    format!("f-{id}")
}

/// The context of a page of the list for readers of the writer's language.
pub(super) fn context(pages: &PageWriter<'_>, language: &Language, register: &Register<'_>, part: usize) -> FigureList {
    let lister = Lister { pages, book: pages.book, locale: &language.locale, register };
    let locale = &language.locale;
    let count = Number::from(pages.places.figure_count());
    let url = |part| Some(address::link(pages.profile, pages.from, &path(&language.lang, part)?, None));
    FigureList {
        title: locale.text(Key::AllFigures).to_owned(),
        description: locale.text(Key::AllFiguresIntro).to_owned(),
        canonical_url: pages.book.config.base_url.as_deref().map(|base| address::absolute(base, pages.from)),
        alternates: alternates(pages.book, &paths(pages.book, part)),
        count: words::pieces(&locale.count(Key::FigureCount, &count, &[])),
        downloads: datasets::links(pages.profile, pages.from, datasets::of_all),
        groups: lister.groups(part),
        parts: Parts::of(locale, part, pages.places.figure_parts(), &url),
    }
}

struct Lister<'a> {
    pages: &'a PageWriter<'a>,
    book: &'a Book,
    locale: &'a Locale,
    register: &'a Register<'a>,
}

impl Lister<'_> {
    /// The figures of a part, under the pages that show them first.
    fn groups(&self, part: usize) -> Vec<Group> {
        let mut found = Vec::new();
        let is_here = |entry: &Registered<'_>| self.pages.places.figure_part(entry.id()) == Some(part);
        for entry in self.register.entries().filter(is_here) {
            let showings = self.register.showings(entry.id(), self.pages.language);
            let first = showings.first().map(|first| (first.page, first.order));
            found.extend(self.listed(entry, &showings).map(|listed| (first, listed)));
        }
        // What no page shows stands last.
        found.sort_by_key(|(first, _)| (first.is_none(), *first));
        let mut groups: Vec<Group> = Vec::new();
        let mut last = None;
        for (first, listed) in found {
            let page = first.map(|(page, _)| page);
            if last != Some(page) {
                groups.push(Group { page: page.and_then(|page| self.page(page)), figures: Vec::new() });
                last = Some(page);
            }
            if let Some(group) = groups.last_mut() {
                group.figures.push(listed);
            }
        }
        groups
    }

    fn listed(&self, entry: Registered<'_>, showings: &[&Showing]) -> Option<Listed> {
        let source_lang = &self.book.source_language()?.lang;
        let (figure, status_html) = match entry {
            Registered::Figure(figure) => {
                let status = self.locale.term(Vocabulary::FigureStatus, figure.status.name()).unwrap_or_default();
                (figure.clone(), Html::escaped(status))
            }
            Registered::Series(series) => {
                let count = Number::from(series.points.len());
                let newest = words::pieces(&self.locale.count(Key::NewestOf, &count, &[]));
                (series.figure(series.points.last()?), newest)
            }
        };
        let value = phrase(&figure, FigureForm::Short, self.locale, source_lang).unwrap_or_default();
        let (label, lang) = phrase::words(&figure.label, self.locale, source_lang);
        let profile = self.pages.profile;
        Some(Listed {
            id: anchor(entry.id()),
            label_html: words::isolated_sentence(label, WithLang::of(lang, self.book), self.locale),
            value_html: words::isolated_sentence(&value, WithLang::default(), self.locale),
            status: figure.status.name(),
            status_html,
            rows: self.rows(&figure),
            counter: figure
                .counter_figures
                .iter()
                .filter_map(|counter| self.counter(&counter.value, source_lang))
                .collect(),
            downloads: datasets::links(profile, self.pages.from, |ending| {
                datasets::of_figure(self.pages.extent, entry.id(), ending)
            }),
            shown_on: self.shown_on(showings),
        })
    }

    fn rows(&self, figure: &Figure) -> Vec<FigureRow> {
        let mut rows = Vec::new();
        let mut add = |key: Key, value_html: Html| {
            rows.push(FigureRow { name: self.locale.text(key).to_owned(), value_html });
        };
        add(
            Key::AsOfLabel,
            words::isolated_sentence(&self.locale.date(&figure.when), WithLang::default(), self.locale),
        );
        if let Some(reporter) = &figure.reporter {
            add(Key::ReportedByLabel, words::localized(self.book, self.locale, reporter));
        }
        if let Some(population) = &figure.population {
            add(Key::CountedPopulation, words::localized(self.book, self.locale, population));
        }
        if let Some((low, high)) = &figure.range {
            let range = phrase::interval(figure, low, high, self.locale);
            add(Key::IntervalLabel, words::isolated_sentence(&range, WithLang::default(), self.locale));
        }
        let mut sources = Html::new();
        for source in self.book.library.sources_of(figure).into_iter().filter(|source| source.is_publishable()) {
            if !sources.is_empty() {
                sources.markup("; ");
            }
            let name = words::short_reference(self.book, self.locale, source, None);
            match self.pages.source_url(self.locale.lang(), &source.id) {
                Some(url) => {
                    sources.open("a", &[("href", &url)]).html(&name).close("a");
                }
                None => {
                    sources.html(&name);
                }
            }
        }
        if !sources.is_empty() {
            add(Key::Source, sources);
        }
        rows
    }

    /// The way to a figure that stands beside this one: who counted, and what.
    fn counter(&self, id: &FigureId, source_lang: &Lang) -> Option<Link> {
        let figure = self.book.library.figure_by_id(id)?;
        let place = self.pages.places.figure(self.locale.lang(), id)?;
        let value = phrase(figure, FigureForm::Value, self.locale, source_lang)?;
        let reporter = phrase::reporter(figure, self.locale, source_lang).map(|(name, _)| name.to_owned());
        let title = reporter.into_iter().chain([value]).collect::<Vec<_>>().join(": ");
        let url = place.link(self.pages.profile, self.pages.from);
        Some(Link { title, url, current: false, lang: None, dir: None })
    }

    fn shown_on(&self, showings: &[&Showing]) -> Vec<Shown> {
        let mut shown: Vec<(PageIndex, Shown)> = Vec::new();
        for showing in showings {
            let Some(view) = self.book.page(showing.page).and_then(|page| self.book.view(page, self.pages.language))
            else {
                continue;
            };
            if shown.last().is_none_or(|(page, _)| *page != showing.page) {
                let Some(page) = self.page(showing.page) else { continue };
                let untranslated = view.is_fallback().then(|| words::untranslated(self.locale, view.text_language));
                shown.push((showing.page, Shown { page, untranslated, sentences: Vec::new() }));
            }
            let with = if view.is_fallback() {
                WithLang::of(Some(&view.text_language.lang), self.book)
            } else {
                WithLang::default()
            };
            let told = self.told(showing, &view.text_language.locale);
            if let (Some((_, page)), Some(url)) = (shown.last_mut(), self.place(showing))
                && page.sentences.iter().all(|known| known.url != url)
            {
                page.sentences
                    .push(Told { url, html: words::isolated_sentence(&told, with, &view.text_language.locale) });
            }
        }
        shown.into_iter().map(|(_, shown)| shown).collect()
    }

    /// The sentence that shows a figure; a chart by its title.
    fn told(&self, showing: &Showing, locale: &Locale) -> String {
        let chart = showing.chart.as_ref().and_then(|id| self.book.library.chart(id)).zip(self.book.source_language());
        match (chart, &showing.sentence) {
            (Some((chart, source)), _) => {
                let (title, _) = phrase::words(&chart.title, locale, &source.lang);
                format!("{}: {title}", locale.text(Key::Chart))
            }
            (None, Some(sentence)) => sentence.clone(),
            (None, None) => self.book.page(showing.page).map_or_else(String::new, |page| page.id.to_string()),
        }
    }

    fn place(&self, showing: &Showing) -> Option<String> {
        let to = address::of_page(self.locale.lang(), &self.book.page(showing.page)?.id)?;
        Some(address::link(self.pages.profile, self.pages.from, &to, Some(&showing.anchor)))
    }

    fn page(&self, page: PageIndex) -> Option<Link> {
        self.pages.link(self.book.page(page)?, false)
    }
}
