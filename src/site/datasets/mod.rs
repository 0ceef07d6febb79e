//! Figures, series and charts as data: each by itself, and all of them. The same files for readers of every language.
//!
//! [`record`] says what a file has; [`csv`] writes it for spreadsheets, a row a number. `docs/figures.md` describes both.
//! What no reader meets ([`Register`]) is not published.

mod csv;
mod record;

use super::address::{self, Profile};
use super::context::Download;
use super::edition::OutPath;
use super::extent::Extent;
use super::gathering::Put;
use crate::book::Book;
use crate::book::drawings::{points, shown};
use crate::book::register::{Register, Registered};
use crate::chart::ChartRecord;
use crate::figure::{Figure, Series};
use crate::ids::{DrawingId, FigureId, file_name};
use record::{ChartData, Data, Recorder};

/// The formats, with the endings of their files.
const FORMATS: &[(&str, &str)] = &[("CSV", "csv"), ("JSON", "json")];

/// The file of a figure or a series; a copy has the file of all of them alone.
pub(super) fn of_figure(extent: Extent, id: &FigureId, ending: &str) -> Option<OutPath> {
    if extent == Extent::Copy {
        return None;
    }
    OutPath::parse(&format!("data/figures/{}.{ending}", file_name(id.as_str())))
}

/// The file of a chart.
pub(super) fn of_chart(id: &DrawingId, ending: &str) -> Option<OutPath> {
    OutPath::parse(&format!("data/charts/{}.{ending}", file_name(id.as_str())))
}

/// The file of all figures.
pub(super) fn of_all(ending: &str) -> Option<OutPath> {
    OutPath::parse(&format!("data/figures.{ending}"))
}

/// Links to the files of one thing, in both formats.
pub(super) fn links(profile: Profile, from: &OutPath, file: impl Fn(&str) -> Option<OutPath>) -> Vec<Download> {
    let link = |(name, ending): &(&'static str, &str)| {
        Some(Download { name, url: address::link(profile, from, &file(ending)?, None) })
    };
    FORMATS.iter().filter_map(link).collect()
}

/// Makes every file.
pub(super) fn files(book: &Book, register: &Register<'_>, extent: Extent, put: Put<'_>) {
    let recorder = Recorder { book };
    let add = |file: &dyn Fn(&str) -> Option<OutPath>, json: String, rows: String| {
        for (ending, text) in [("json", json), ("csv", rows)] {
            if let Some(path) = file(ending) {
                put(path, text);
            }
        }
    };
    let (mut figures, mut series): (Vec<&Figure>, Vec<&Series>) = (Vec::new(), Vec::new());
    for entry in register.entries() {
        match entry {
            Registered::Figure(figure) => {
                figures.push(figure);
                let rows = csv::render(book, &[csv::Row::figure(figure)]);
                add(&|ending| of_figure(extent, &figure.id, ending), written(&recorder.figure(figure)), rows);
            }
            Registered::Series(one) => {
                series.push(one);
                let rows: Vec<_> = one.points.iter().map(|point| csv::Row::point(one, point)).collect();
                add(
                    &|ending| of_figure(extent, &one.id, ending),
                    written(&recorder.series(one)),
                    csv::render(book, &rows),
                );
            }
        }
    }
    for chart in register.charts().filter_map(|id| book.library.chart(id)) {
        let (data, rows) = of_drawn(&recorder, chart);
        add(&|ending| of_chart(&chart.id, ending), written(&data), csv::render(book, &rows));
    }
    if !register.is_empty() {
        let points = series.iter().flat_map(|one| one.points.iter().map(|point| csv::Row::point(one, point)));
        let rows: Vec<_> = figures.iter().map(|figure| csv::Row::figure(figure)).chain(points).collect();
        let data = Data {
            generator: super::GENERATOR,
            figures: figures.iter().map(|figure| recorder.figure(figure)).collect(),
            series: series.iter().map(|one| recorder.series(one)).collect(),
        };
        add(&|ending| of_all(ending), written(&data), csv::render(book, &rows));
    }
}

/// What a chart draws: its series within its time, its figures, its events.
fn of_drawn<'a>(recorder: &Recorder<'a>, chart: &'a ChartRecord) -> (ChartData<'a>, Vec<csv::Row<'a>>) {
    let drawn = shown(&recorder.book.library, chart);
    let mut rows: Vec<csv::Row<'_>> = drawn.figures.iter().map(|figure| csv::Row::figure(figure)).collect();
    let mut series = Vec::new();
    for one in &drawn.series {
        let within = points(one, chart.period.as_ref());
        rows.extend(within.iter().map(|point| csv::Row::point(one, point)));
        series.push(recorder.series_of(one, &within));
    }
    let data = ChartData {
        id: chart.id.as_str(),
        title: recorder.texts(&chart.title),
        subtitle: chart.subtitle.as_ref().map(|subtitle| recorder.texts(subtitle)),
        series,
        figures: drawn.figures.iter().map(|figure| recorder.figure(figure)).collect(),
        events: drawn.events.iter().map(|event| recorder.event(event)).collect(),
    };
    (data, rows)
}

fn written(data: &impl serde::Serialize) -> String {
    // Texts, lists and maps with texts as keys always serialise.
    serde_json::to_string_pretty(data).unwrap_or_default() + "\n"
}
