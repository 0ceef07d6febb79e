//! What the records say now, as the lock file of figures keeps it, with the names of their sources in every language of the site.

use super::reading::{self, Piece};
use super::{Book, Version, drawings};
use crate::changes::{Held, HeldPoint, HeldSeries, Named, PointKey, Present, Reading, Reason, Subject};
use crate::citation::Source;
use crate::citation::entry::short_name;
use crate::figure::record::{Qualifier, Status};
use crate::figure::{Figure, Series};
use crate::ids::{FigureId, Lang, SourceId};
use crate::markdown::tree::DrawingKind;
use crate::workspace::Localized;
use std::collections::{BTreeMap, BTreeSet};

/// What every figure and series of the library says.
pub fn present(book: &Book) -> Present {
    let mut present = Present::default();
    let mut named: BTreeSet<SourceId> = BTreeSet::new();
    for figure in book.library.figures() {
        named.insert(figure.source.value.clone());
        if let Some(correction) = &figure.correction {
            let reason = Reason { at: correction.at, was: correction.was, note: correction.note.clone() };
            present.corrections.insert(figure.id.clone(), reason);
        }
        if let Some(by) = &figure.superseded_by {
            present.successors.insert(figure.id.clone(), by.value.clone());
        }
        present.snapshot.figures.insert(figure.id.clone(), held(figure));
    }
    for series in book.library.all_series() {
        let points = points(series, &mut present.point_corrections);
        named.extend(points.values().map(|point| point.reading.source.clone()));
        let subject = Subject { label: series.label.clone(), reporter: series.reporter.clone() };
        present.snapshot.series.insert(series.id.clone(), HeldSeries { span: series.span, subject, points });
    }
    let sources = named.into_iter().filter_map(|id| {
        let name = name(book, book.library.source(&id)?);
        Some((id, name))
    });
    present.snapshot.sources = sources.collect();
    present
}

fn held(figure: &Figure) -> Held {
    Held {
        span: figure.span,
        subject: Subject { label: figure.label.clone(), reporter: figure.reporter.clone() },
        reading: Reading {
            value: figure.value,
            range: figure.range,
            qualifier: figure.qualifier,
            unit: figure.unit.clone(),
            when: figure.when,
            status: figure.status,
            source: figure.source.value.clone(),
        },
        corrected: figure.correction.as_ref().map(|correction| correction.at),
    }
}

fn points(
    series: &Series,
    corrections: &mut BTreeMap<(FigureId, PointKey), Localized>,
) -> BTreeMap<PointKey, HeldPoint> {
    let mut points: BTreeMap<PointKey, HeldPoint> = BTreeMap::new();
    for point in &series.points {
        let last = points.range((point.date, 0)..=(point.date, u32::MAX)).next_back();
        let key = (point.date, last.map_or(0, |((_, nth), _)| nth.saturating_add(1)));
        if let Some(note) = &point.correction {
            corrections.insert((series.id.clone(), key), Localized::Plain(note.clone()));
        }
        let reading = Reading {
            value: point.value,
            range: point.range,
            qualifier: Qualifier::Exact,
            unit: series.unit.clone(),
            when: point.date,
            status: Status::Reported,
            source: point.source.as_ref().unwrap_or(&series.source).value.clone(),
        };
        points.insert(key, HeldPoint { span: point.span, reading });
    }
    points
}

/// The name of a source for readers of every language.
fn name(book: &Book, source: &Source) -> Named {
    let mut names: Vec<(Lang, String)> = Vec::new();
    for language in &book.languages {
        let (name, lang) = short_name(source, &language.locale);
        let lang = lang.unwrap_or_else(|| language.lang.clone());
        if names.iter().all(|(known, _)| *known != lang) {
            names.push((lang, name));
        }
    }
    let first = names.first().map(|(_, name)| name.clone()).unwrap_or_default();
    let is_one = names.len() == book.languages.len() && names.iter().all(|(_, name)| *name == first);
    Named { name: if is_one { Localized::Plain(first) } else { Localized::ByLang(names) }, date: source.date }
}

/// Every figure and series of which a page shows a number: in its text, beside it, or in a chart.
pub fn shown_on<'a>(book: &'a Book, version: &'a Version) -> BTreeSet<&'a FigureId> {
    let mut shown: BTreeSet<&FigureId> = version.figures.iter().map(|figure| &figure.id).collect();
    reading::pieces(&version.page, &mut |piece| {
        if let Piece::Drawing { drawing, .. } = piece
            && drawing.kind == DrawingKind::Chart
            && let Some(chart) = book.library.chart(&drawing.id)
        {
            let drawn = drawings::shown(&book.library, chart);
            shown.extend(drawn.series.iter().map(|series| &series.id));
            shown.extend(drawn.figures.iter().map(|figure| &figure.id));
        }
    });
    let beside: Vec<&FigureId> = shown
        .iter()
        .filter_map(|id| book.library.figure_by_id(id))
        .flat_map(|figure| {
            let inputs = figure.derived.iter().flat_map(|derived| derived.value.inputs()).map(|input| &input.id);
            figure.counter_figures.iter().map(|counter| &counter.value).chain(inputs)
        })
        .collect();
    shown.extend(beside);
    shown
}
