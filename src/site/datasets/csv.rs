//! Figures as CSV (RFC 4180): a row a number, be it a figure or a point of a series. `docs/figures.md` describes the columns.
//!
//! As in the ledger's, the file begins with a byte order mark, and no cell of words begins with a character by which a spreadsheet knows a
//! formula ([`guard`]). Numbers are left as they are: `-3` stays a number.

use super::record::{entry, inputs, unit_words};
use crate::audit::csv::{BYTE_ORDER_MARK, guard};
use crate::book::{Book, Language};
use crate::figure::series::Point;
use crate::figure::{Figure, Series};
use crate::workspace::Localized;
use std::borrow::Cow;

/// A number in a row.
pub(super) struct Row<'a> {
    figure: Cow<'a, Figure>,
    series: Option<(&'a Series, &'a Point)>,
}

impl<'a> Row<'a> {
    pub(super) fn figure(figure: &'a Figure) -> Self {
        Self { figure: Cow::Borrowed(figure), series: None }
    }

    pub(super) fn point(series: &'a Series, point: &'a Point) -> Self {
        Self { figure: Cow::Owned(series.figure(point)), series: Some((series, point)) }
    }
}

/// A cell that is the same in every language.
enum Cell {
    /// Digits or a date, as they are.
    Plain(String),
    /// Words.
    Words(String),
}

type Column = fn(&Book, &Row<'_>) -> Cell;

/// The columns that are the same in every language.
const COLUMNS: &[(&str, Column)] = &[
    ("id", |_, row| words(row.figure.id.as_str())),
    ("as_of", |_, row| Cell::Plain(row.figure.when.to_string())),
    ("value", |_, row| Cell::Plain(row.figure.value.to_string())),
    ("low", |_, row| Cell::Plain(row.figure.range.map(|(low, _)| low.to_string()).unwrap_or_default())),
    ("high", |_, row| Cell::Plain(row.figure.range.map(|(_, high)| high.to_string()).unwrap_or_default())),
    ("qualifier", |_, row| words(row.figure.qualifier.name())),
    ("unit", |_, row| words(&row.figure.unit)),
    ("status", |_, row| words(row.figure.status.name())),
    ("series_kind", |_, row| words(row.series.map_or("", |(series, _)| series.kind.name()))),
    ("source", |_, row| words(row.figure.source.value.as_str())),
    ("source_entry", |book, row| Cell::Words(entry(book, &row.figure.source.value).unwrap_or_default())),
    ("via", |_, row| words(row.figure.via.as_ref().map_or("", |via| via.value.as_str()))),
    ("locator", |book, row| Cell::Words(locator(book, row))),
    ("quote", |_, row| words(row.figure.quote.as_ref().map_or("", |quote| quote.as_str()))),
    ("checked", |_, row| words(row.figure.checked.map_or("", crate::citation::record::Checked::name))),
    ("derived_from", |_, row| Cell::Words(inputs(&row.figure).join(" "))),
    ("counter_figures", |_, row| Cell::Words(counters(&row.figure))),
    ("superseded_by", |_, row| words(row.figure.superseded_by.as_ref().map_or("", |other| other.value.as_str()))),
    ("history", |_, row| Cell::Words(history(&row.figure))),
    ("note", |_, row| words(row.series.and_then(|(_, point)| point.note.as_deref()).unwrap_or_default())),
    ("correction", |book, row| Cell::Words(correction(book, row))),
];

type Text = fn(&Figure) -> Option<&Localized>;

/// The columns that each language has: `label_en`, `label_he` …
const TEXTS: &[(&str, Text)] = &[
    ("label", |figure| Some(&figure.label)),
    ("reporter", |figure| figure.reporter.as_ref()),
    ("population", |figure| figure.population.as_ref()),
    ("method", |figure| figure.method.as_ref()),
    ("caveat", |figure| figure.caveat.as_ref()),
    ("as_stated", |figure| figure.as_stated.as_ref()),
];

/// Writes rows in the order given.
pub(super) fn render(book: &Book, rows: &[Row<'_>]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let languages = || book.languages.iter();
    let mut head: Vec<String> = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    head.extend(languages().map(|language| format!("unit_{}", language.lang)));
    head.extend(
        TEXTS.iter().flat_map(|(name, _)| languages().map(move |language| format!("{name}_{}", language.lang))),
    );
    // Writing to memory cannot fail.
    let _ = writer.write_record(&head);
    for row in rows {
        let figure = &row.figure;
        let plain = COLUMNS.iter().map(|(_, cell)| match cell(book, row) {
            Cell::Plain(text) => text,
            Cell::Words(text) => guard(text),
        });
        let units = languages().map(|language| guard(unit_words(&figure.unit, &figure.value, &language.locale)));
        let texts = TEXTS.iter().flat_map(|(_, text)| {
            languages().map(|language| {
                guard(text(figure).and_then(|text| of(book, text, language)).unwrap_or_default().to_owned())
            })
        });
        let _ = writer.write_record(plain.chain(units).chain(texts).collect::<Vec<_>>());
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{BYTE_ORDER_MARK}{}", String::from_utf8_lossy(&bytes))
}

fn words(text: &str) -> Cell {
    Cell::Words(text.to_owned())
}

/// A text in a language; one that is the same in all stands under the site's first.
fn of<'a>(book: &Book, text: &'a Localized, language: &Language) -> Option<&'a str> {
    let is_first = book.source_language().is_some_and(|first| first.lang == language.lang);
    match text {
        Localized::Plain(text) => is_first.then_some(text.as_str()),
        Localized::ByLang(_) => text.exact(&language.lang),
    }
}

fn locator(book: &Book, row: &Row<'_>) -> String {
    let first = book.source_language().zip(row.figure.locator.as_ref());
    first.map(|(language, locator)| language.locale.place(locator)).unwrap_or_default()
}

fn counters(figure: &Figure) -> String {
    figure.counter_figures.iter().map(|counter| counter.value.as_str()).collect::<Vec<_>>().join(" ")
}

/// Earlier values, the oldest first: `1400 (2023-11-07); 1200 (2023-11-10)`.
fn history(figure: &Figure) -> String {
    let earlier = figure.history.iter().map(|earlier| format!("{} ({})", earlier.value, earlier.when));
    earlier.collect::<Vec<_>>().join("; ")
}

/// Why a point is lower than the one before it, or why an earlier value of a figure was wrong.
fn correction(book: &Book, row: &Row<'_>) -> String {
    if let Some((_, point)) = row.series {
        return point.correction.clone().unwrap_or_default();
    }
    let first = book.source_language().zip(row.figure.correction.as_ref());
    first
        .map(|(language, correction)| format!("{}: {}", correction.at, correction.note.pick(&language.lang, &[]).0))
        .unwrap_or_default()
}
