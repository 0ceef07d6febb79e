//! A chart's record as a plot: numbers as positions, words in the reader's language.

use crate::book::Book;
use crate::book::drawings::{Shown, points, shown};
use crate::chart::ChartRecord;
use crate::chart::plot::{Bar, BarPlot, Content, Datum, Panel, Plot, Tick, TimePlot, Trace};
use crate::chart::record::ChartKind;
use crate::chart::scale::{ValueScale, middle, time_ticks, value_scale};
use crate::date::{Date, Day};
use crate::figure::phrase::{self, phrase};
use crate::figure::series::Point;
use crate::figure::{Figure, Series};
use crate::ids::Lang;
use crate::locale::{Direction, Key, Locale, PERCENT};
use crate::markdown::tree::FigureForm;
use crate::number::Number;
use crate::workspace::Localized;

/// Makes plots for readers of one language.
pub(super) struct Plotter<'a> {
    pub(super) book: &'a Book,
    pub(super) locale: &'a Locale,
    pub(super) source_lang: &'a Lang,
}

impl<'a> Plotter<'a> {
    /// The plot of a chart; `None` where there is nothing to draw.
    pub(super) fn plot(&self, chart: &ChartRecord) -> Option<Plot> {
        let shown = shown(&self.book.library, chart);
        let content = if chart.series.is_empty() {
            Content::Bars(self.bars(chart, &shown.figures)?)
        } else {
            Content::Time(self.time(chart, &shown)?)
        };
        Some(Plot {
            title: self.words(&chart.title).to_owned(),
            description: self.description(chart, &shown),
            right_to_left: self.locale.direction() == Direction::Rtl,
            content,
        })
    }

    /// Who counts and whom: the record's own words, or those of what is shown.
    pub(super) fn subtitle(&self, chart: &ChartRecord, shown: &Shown<'a>) -> String {
        if let Some(subtitle) = &chart.subtitle {
            return self.words(subtitle).to_owned();
        }
        let series = shown.series.iter().map(|series| (&series.reporter, &series.population));
        let figures = shown.figures.iter().map(|figure| (&figure.reporter, &figure.population));
        let mut said: Vec<&str> = Vec::new();
        for (reporter, population) in series.chain(figures) {
            for text in [reporter, population].into_iter().flatten() {
                let words = self.words(text);
                if !said.contains(&words) {
                    said.push(words);
                }
            }
        }
        said.join(" · ")
    }

    fn words<'t>(&self, text: &'t Localized) -> &'t str {
        phrase::words(text, self.locale, self.source_lang).0
    }

    /// What the drawing says, for those who do not see it: each series from its first point to its last.
    fn description(&self, chart: &ChartRecord, shown: &Shown<'a>) -> String {
        let mut sentences = vec![self.subtitle(chart, shown)];
        for series in &shown.series {
            let points = points(series, chart.period.as_ref());
            if let (Some(first), Some(last)) = (points.first(), points.last()) {
                let tell =
                    |point: &Point| format!("{} ({})", self.value(series, &point.value), self.locale.date(&point.date));
                sentences.push(format!("{}: {} – {}", self.words(&series.label), tell(first), tell(last)));
            }
        }
        for figure in &shown.figures {
            sentences.push(self.locale.fill_plain(
                Key::LabelValue,
                &[("label", self.words(&figure.label).into()), ("value", (&self.told(figure)).into())],
            ));
        }
        sentences.retain(|sentence| !sentence.is_empty());
        sentences.join(". ")
    }

    fn told(&self, figure: &Figure) -> String {
        phrase(figure, FigureForm::Value, self.locale, self.source_lang).unwrap_or_default()
    }

    /// A number of a series with its unit.
    pub(super) fn value(&self, series: &Series, number: &Number) -> String {
        self.locale.unit(&series.unit, number).unwrap_or_else(|| self.locale.number(number))
    }

    fn time(&self, chart: &ChartRecord, shown: &Shown<'a>) -> Option<TimePlot> {
        let all: Vec<(&Series, Vec<&Point>)> =
            shown.series.iter().map(|series| (*series, points(series, chart.period.as_ref()))).collect();
        let days = || all.iter().flat_map(|(_, points)| points.iter().map(|point| &point.date));
        let events = shown.events.iter().map(|event| &event.date);
        let first = days().map(Date::first_day).min()?;
        let last = days().map(Date::last_day).max()?;
        let (from, to) = match &chart.period {
            Some(period) => (period.first_day().min(first), period.last_day().min(last.max(period.first_day()))),
            None => (events.map(Date::first_day).min().map_or(first, |event| event.min(first)), last),
        };
        let together = vec![all.clone()];
        let panels = if chart.panels { all.into_iter().map(|one| vec![one]).collect() } else { together };
        let several = panels.len() > 1;
        Some(TimePlot {
            from: f64::from(from.number()),
            to: f64::from(to.number()),
            ticks: self.times(from, to),
            panels: panels.iter().map(|series| self.panel(chart, series, several)).collect(),
            events: shown
                .events
                .iter()
                .filter(|event| (from..=to).contains(&event.date.first_day()))
                .map(|event| Tick { at: middle(&event.date), label: self.words(event.mark()).to_owned() })
                .collect(),
        })
    }

    fn times(&self, from: Day, to: Day) -> Vec<Tick> {
        time_ticks(from, to)
            .into_iter()
            .map(|moment| Tick {
                at: f64::from(moment.first_day().number()),
                label: self.locale.date(&Date::At(moment)),
            })
            .collect()
    }

    fn panel(&self, chart: &ChartRecord, series: &[(&'a Series, Vec<&'a Point>)], several: bool) -> Panel {
        let highest =
            |point: &&Point| point.range.as_ref().map_or(point.value, |(_, high)| point.value.max(*high)).to_f64();
        let largest = series.iter().flat_map(|(_, points)| points.iter().map(highest)).fold(0.0, f64::max);
        let scale = value_scale(largest);
        let percent = series.iter().all(|(series, _)| series.unit == PERCENT);
        let names_itself = series.len() == 1;
        Panel {
            heading: several.then(|| series.first().map(|(series, _)| self.words(&series.label).to_owned())).flatten(),
            top: scale.top,
            ticks: self.values(&scale, percent),
            traces: series.iter().map(|(series, points)| self.trace(chart, series, points, names_itself)).collect(),
        }
    }

    fn values(&self, scale: &ValueScale, percent: bool) -> Vec<Tick> {
        let name = |value: f64| {
            let number = Number::parse(&crate::chart::svg::number(value))?;
            Some(if percent { self.locale.percent(&number) } else { self.locale.number(&number) })
        };
        scale.ticks.iter().filter_map(|at| Some(Tick { at: *at, label: name(*at)? })).collect()
    }

    fn trace(&self, chart: &ChartRecord, series: &Series, points: &[&Point], alone: bool) -> Trace {
        let last = points.last().map(|point| self.plain_value(series, &point.value)).unwrap_or_default();
        let label = if alone {
            last
        } else {
            let name = phrase::words(&series.label, self.locale, self.source_lang).0;
            self.locale.fill_plain(Key::LabelValue, &[("label", name.into()), ("value", (&last).into())])
        };
        let kind = if series.mixed && chart.kind.joins() { ChartKind::Points } else { chart.kind };
        let mut runs: Vec<Vec<Datum>> = Vec::new();
        let mut before: Option<&Point> = None;
        for point in points {
            let datum = self.datum(series, point);
            match runs.last_mut() {
                Some(run) if !before.is_some_and(|before| is_gap(chart, series, before, point)) => run.push(datum),
                _ => runs.push(vec![datum]),
            }
            before = Some(point);
        }
        Trace { label, kind, runs }
    }

    fn plain_value(&self, series: &Series, number: &Number) -> String {
        if series.unit == PERCENT { self.locale.percent(number) } else { self.locale.number(number) }
    }

    fn datum(&self, series: &Series, point: &Point) -> Datum {
        let (date, value) = (self.locale.date(&point.date), self.value(series, &point.value));
        Datum {
            at: middle(&point.date),
            value: point.value.to_f64(),
            interval: point.range.as_ref().map(|(low, high)| (low.to_f64(), high.to_f64())),
            told: self.locale.fill_plain(Key::LabelValue, &[("label", (&date).into()), ("value", (&value).into())]),
        }
    }

    fn bars(&self, chart: &ChartRecord, figures: &[&'a Figure]) -> Option<BarPlot> {
        let end = |figure: &&Figure| figure.range.as_ref().map_or(figure.value, |(_, high)| figure.value.max(*high));
        let top = figures.iter().map(|figure| end(figure).to_f64()).fold(0.0, f64::max);
        (!figures.is_empty()).then(|| BarPlot {
            top: if top > 0.0 { top } else { 1.0 },
            intervals: chart.kind == ChartKind::Range,
            bars: figures
                .iter()
                .map(|figure| {
                    let reporter = figure.reporter.as_ref().map(|reporter| self.words(reporter));
                    let date = self.locale.date(&figure.when);
                    Bar {
                        label: self.words(&figure.label).to_owned(),
                        detail: reporter.into_iter().chain([date.as_str()]).collect::<Vec<_>>().join(" · "),
                        value: figure.value.to_f64(),
                        interval: figure.range.as_ref().map(|(low, high)| (low.to_f64(), high.to_f64())),
                        told: self.told(figure),
                    }
                })
                .collect(),
        })
    }
}

/// Whether nothing was reported between two points: the file says so, or they lie further apart than the chart allows.
fn is_gap(chart: &ChartRecord, series: &Series, before: &Point, after: &Point) -> bool {
    let between = |gap: &Date| *gap > before.date && *gap < after.date;
    let apart = after.date.first_day().number() - before.date.last_day().number();
    series.gaps.iter().any(between) || chart.gap.is_some_and(|days| i64::from(apart) > i64::from(days))
}
