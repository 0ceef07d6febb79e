//! A figure, a series, a chart as JSON. Numbers are texts, so that no reader rounds them; words stand by language.

use crate::book::Book;
use crate::date::Date;
use crate::figure::series::Point;
use crate::figure::{self, Figure, Series};
use crate::ids::{QuoteId, SourceId};
use crate::locale::Locale;
use crate::number::Number;
use crate::timeline::Event;
use crate::workspace::{Localized, Placed};
use serde::Serialize;
use std::collections::BTreeMap;

/// A text by language.
pub(super) type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// All that a site publishes.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    pub(super) generator: &'a str,
    pub(super) figures: Vec<FigureData<'a>>,
    pub(super) series: Vec<SeriesData<'a>>,
}

#[derive(Serialize)]
pub(super) struct FigureData<'a> {
    id: &'a str,
    label: Texts<'a>,
    value: String,
    range: Option<[String; 2]>,
    qualifier: &'static str,
    unit: Unit<'a>,
    as_of: String,
    reporter: Option<Texts<'a>>,
    via: Option<SourceData<'a>>,
    population: Option<Texts<'a>>,
    source: SourceData<'a>,
    locator: Option<String>,
    quote: Option<&'a str>,
    status: &'static str,
    method: Option<Texts<'a>>,
    caveat: Option<Texts<'a>>,
    as_stated: Option<Texts<'a>>,
    derived_from: Vec<String>,
    counter_figures: Vec<&'a str>,
    superseded_by: Option<&'a str>,
    history: Vec<Earlier<'a>>,
    correction: Option<CorrectionData<'a>>,
    stale_after: Option<u32>,
    checked: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct SeriesData<'a> {
    id: &'a str,
    label: Texts<'a>,
    kind: &'static str,
    monotonic: bool,
    mixed: bool,
    unit: Unit<'a>,
    reporter: Option<Texts<'a>>,
    population: Option<Texts<'a>>,
    source: SourceData<'a>,
    method: Option<Texts<'a>>,
    caveat: Option<Texts<'a>>,
    stale_after: Option<u32>,
    points: Vec<PointData<'a>>,
    /// Days of which the file says that nothing was reported.
    gaps: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ChartData<'a> {
    pub(super) id: &'a str,
    pub(super) title: Texts<'a>,
    pub(super) subtitle: Option<Texts<'a>>,
    pub(super) series: Vec<SeriesData<'a>>,
    pub(super) figures: Vec<FigureData<'a>>,
    pub(super) events: Vec<EventData<'a>>,
}

#[derive(Serialize)]
pub(super) struct EventData<'a> {
    id: &'a str,
    date: String,
    title: Texts<'a>,
}

/// A unit: its key, and the words for it beside the figure's number.
#[derive(Serialize)]
struct Unit<'a> {
    id: &'a str,
    words: BTreeMap<&'a str, String>,
}

/// A source: its id, and its entry in the site's first language.
#[derive(Serialize)]
struct SourceData<'a> {
    id: &'a str,
    entry: Option<String>,
}

#[derive(Serialize)]
struct PointData<'a> {
    date: String,
    value: String,
    range: Option<[String; 2]>,
    source: &'a str,
    note: Option<&'a str>,
    correction: Option<&'a str>,
}

#[derive(Serialize)]
struct Earlier<'a> {
    value: String,
    as_of: String,
    source: &'a str,
}

#[derive(Serialize)]
struct CorrectionData<'a> {
    at: String,
    was: Option<String>,
    note: Texts<'a>,
}

/// Makes them from the records of a book.
pub(super) struct Recorder<'a> {
    pub(super) book: &'a Book,
}

impl<'a> Recorder<'a> {
    pub(super) fn figure(&self, figure: &'a Figure) -> FigureData<'a> {
        FigureData {
            id: figure.id.as_str(),
            label: self.texts(&figure.label),
            value: figure.value.to_string(),
            range: ends(figure.range.as_ref()),
            qualifier: figure.qualifier.name(),
            unit: self.unit(&figure.unit, &figure.value),
            as_of: figure.when.to_string(),
            reporter: figure.reporter.as_ref().map(|reporter| self.texts(reporter)),
            via: figure.via.as_ref().map(|via| self.source(&via.value)),
            population: figure.population.as_ref().map(|population| self.texts(population)),
            source: self.source(&figure.source.value),
            locator: self.place(figure),
            quote: figure.quote.as_ref().map(QuoteId::as_str),
            status: figure.status.name(),
            method: figure.method.as_ref().map(|method| self.texts(method)),
            caveat: figure.caveat.as_ref().map(|caveat| self.texts(caveat)),
            as_stated: figure.as_stated.as_ref().map(|stated| self.texts(stated)),
            derived_from: inputs(figure),
            counter_figures: figure.counter_figures.iter().map(|counter| counter.value.as_str()).collect(),
            superseded_by: figure.superseded_by.as_ref().map(|other| other.value.as_str()),
            history: figure.history.iter().map(|earlier| earlier_of(figure, earlier)).collect(),
            correction: figure.correction.as_ref().map(|correction| CorrectionData {
                at: correction.at.to_string(),
                was: correction.was.as_ref().map(ToString::to_string),
                note: self.texts(&correction.note),
            }),
            stale_after: figure.stale_after,
            checked: figure.checked.map(crate::citation::record::Checked::name),
        }
    }

    pub(super) fn series(&self, series: &'a Series) -> SeriesData<'a> {
        self.series_of(series, &series.points.iter().collect::<Vec<_>>())
    }

    /// A series with some of its points.
    pub(super) fn series_of(&self, series: &'a Series, points: &[&'a Point]) -> SeriesData<'a> {
        let newest = points.last().map_or_else(|| Number::from(0_u32), |point| point.value);
        let points = points.iter().map(|point| PointData {
            date: point.date.to_string(),
            value: point.value.to_string(),
            range: ends(point.range.as_ref()),
            source: own_or(point.source.as_ref(), &series.source),
            note: point.note.as_deref(),
            correction: point.correction.as_deref(),
        });
        SeriesData {
            id: series.id.as_str(),
            label: self.texts(&series.label),
            kind: series.kind.name(),
            monotonic: series.monotonic,
            mixed: series.mixed,
            unit: self.unit(&series.unit, &newest),
            reporter: series.reporter.as_ref().map(|reporter| self.texts(reporter)),
            population: series.population.as_ref().map(|population| self.texts(population)),
            source: self.source(&series.source.value),
            method: series.method.as_ref().map(|method| self.texts(method)),
            caveat: series.caveat.as_ref().map(|caveat| self.texts(caveat)),
            stale_after: series.stale_after,
            points: points.collect(),
            gaps: series.gaps.iter().map(Date::to_string).collect(),
        }
    }

    pub(super) fn event(&self, event: &'a Event) -> EventData<'a> {
        EventData { id: event.id.as_str(), date: event.date.to_string(), title: self.texts(&event.title) }
    }

    /// A text by language; one that is the same in all stands under the site's first.
    pub(super) fn texts(&self, text: &'a Localized) -> Texts<'a> {
        match text {
            Localized::Plain(text) => {
                self.book.source_language().map(|first| (first.lang.as_str(), text.as_str())).into_iter().collect()
            }
            Localized::ByLang(texts) => texts.iter().map(|(lang, text)| (lang.as_str(), text.as_str())).collect(),
        }
    }

    fn unit(&self, unit: &'a str, number: &Number) -> Unit<'a> {
        let languages = self.book.languages.iter();
        let words = languages.map(|language| (language.lang.as_str(), unit_words(unit, number, &language.locale)));
        Unit { id: unit, words: words.collect() }
    }

    fn source(&self, id: &'a SourceId) -> SourceData<'a> {
        SourceData { id: id.as_str(), entry: entry(self.book, id) }
    }

    fn place(&self, figure: &Figure) -> Option<String> {
        let first = self.book.source_language()?;
        figure.locator.as_ref().map(|locator| first.locale.place(locator))
    }
}

/// The entry of a source in plain words, in the site's first language.
pub(super) fn entry(book: &Book, id: &SourceId) -> Option<String> {
    let source = book.library.source(id)?;
    Some(book.entry(source, &book.source_language()?.locale).entry.plain_text())
}

/// The words for a unit as they stand beside a number: "people" of "73,419 people".
pub(super) fn unit_words(unit: &str, number: &Number, locale: &Locale) -> String {
    let whole = locale.unit(unit, number).unwrap_or_default();
    let words = whole.replace(&locale.number(number), " ");
    let is_mark = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}');
    words.chars().filter(|c| !is_mark(*c)).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a figure is worked out from.
pub(super) fn inputs(figure: &Figure) -> Vec<String> {
    let inputs = figure.derived.iter().flat_map(|derived| derived.value.inputs());
    inputs.map(ToString::to_string).collect()
}

fn earlier_of<'a>(figure: &'a Figure, earlier: &'a figure::record::Earlier) -> Earlier<'a> {
    Earlier {
        value: earlier.value.to_string(),
        as_of: earlier.when.to_string(),
        source: own_or(earlier.source.as_ref(), &figure.source),
    }
}

fn own_or<'a>(own: Option<&'a Placed<SourceId>>, other: &'a Placed<SourceId>) -> &'a str {
    own.unwrap_or(other).value.as_str()
}

fn ends(range: Option<&(Number, Number)>) -> Option<[String; 2]> {
    range.map(|(low, high)| [low.to_string(), high.to_string()])
}
