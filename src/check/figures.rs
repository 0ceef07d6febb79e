//! SB301, SB303 to SB306: figures in text against their records, and records against the sources.

use super::each_inline;
use crate::book::{Book, FigureMiss, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::figure::Figure;
use crate::figure::record::Status;
use crate::ids::{FigureId, SourceId};
use crate::markdown::tree::{FigureForm, FigureRef, InlineKind, SeriesPoint};
use crate::span::Span;
use crate::workspace::Placed;
use std::collections::BTreeSet;

/// Every figure in the text exists and has the form that is asked for.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    each_inline(version, |inline| {
        if let InlineKind::Figure(reference) = &inline.kind {
            diagnostics.extend(reference_problem(book, reference, inline.span));
        }
    });
}

fn reference_problem(book: &Book, reference: &FigureRef, span: Span) -> Option<Diagnostic> {
    let id = &reference.id;
    match book.library.figure(reference) {
        Ok(figure) => (reference.form == FigureForm::Range && figure.range.is_none()).then(|| {
            Diagnostic::new(Code::SB304, span, format!("the figure `{id}` has no range"))
                .help("add `range: [low, high]` to its record, or leave `:range` out")
                .related(figure.span, "the figure is here")
        }),
        Err(FigureMiss::Unknown) => {
            let help = match book.library.near_figure(id) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add a record `{id}:` to a file in {}/figures", book.config.content_dir),
            };
            Some(Diagnostic::new(Code::SB301, span, format!("there is no figure `{id}`")).help(help))
        }
        Err(FigureMiss::NotASeries) => Some(
            Diagnostic::new(Code::SB304, span, format!("`{id}` is a single figure, not a series"))
                .help(format!("write `[={id}]`")),
        ),
        Err(FigureMiss::WhichPoint) => Some(
            Diagnostic::new(Code::SB304, span, format!("`{id}` is a series; it is not said which point is meant"))
                .help(format!("write `[={id}@2023-12-31]` or `[={id}:latest]`")),
        ),
        Err(FigureMiss::NoPoint) => {
            let series = book.library.series(id)?;
            let wanted = match &reference.point {
                Some(SeriesPoint::At(date)) => format!("on {date}"),
                _ => "at all".to_owned(),
            };
            Some(
                Diagnostic::new(Code::SB305, span, format!("the series `{id}` has no point {wanted}"))
                    .maybe_help(near_points(series, reference))
                    .related(series.span, "the series is here"),
            )
        }
    }
}

/// The points on either side of a date that has none.
fn near_points(series: &crate::figure::Series, reference: &FigureRef) -> Option<String> {
    let Some(SeriesPoint::At(text)) = &reference.point else { return None };
    let Ok(wanted) = crate::date::Date::parse(text) else {
        return Some("a date is written `2023-12-31`".to_owned());
    };
    let before = series.points.iter().rev().find(|point| point.date < wanted).map(|point| point.date.to_string());
    let after = series.points.iter().find(|point| point.date > wanted).map(|point| point.date.to_string());
    let near: Vec<String> = before.into_iter().chain(after).collect();
    (!near.is_empty()).then(|| format!("the nearest points are {}", near.join(" and ")))
}

/// Records name sources and figures that exist; every figure is shown somewhere.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for figure in book.library.figures() {
        let history = figure.history.iter().filter_map(|earlier| earlier.source.as_ref());
        for source in std::iter::once(&figure.source).chain(&figure.via).chain(history) {
            diagnostics.extend(source_problem(book, source));
        }
        if let Some(quote) = &figure.quote
            && let Some(source) = book.library.source(&figure.source.value)
            && source.quote(quote).is_none()
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::SB202,
                    figure.span,
                    format!("the source `{}` has no quotation `{quote}`", source.id),
                )
                .help("add it to the source's `quotes:`")
                .related(source.span, "the source is here"),
            );
        }
        for counter in figure.counter_figures.iter().chain(&figure.superseded_by) {
            if book.library.figure_by_id(&counter.value).is_none() {
                diagnostics.push(
                    Diagnostic::new(Code::SB301, counter.span, format!("there is no figure `{}`", counter.value))
                        .maybe_help(
                            book.library.near_figure(&counter.value).map(|near| format!("did you mean `{near}`?")),
                        ),
                );
            }
        }
    }
    for series in book.library.all_series() {
        let points = series.points.iter().filter_map(|point| point.source.as_ref());
        for source in std::iter::once(&series.source).chain(points) {
            diagnostics.extend(source_problem(book, source));
        }
    }
    unused(book, diagnostics);
}

/// A source that a record names exists and was checked.
pub(super) fn source_problem(book: &Book, source: &Placed<SourceId>) -> Option<Diagnostic> {
    match book.library.source(&source.value) {
        None => Some(
            Diagnostic::new(Code::SB303, source.span, format!("there is no source `{}`", source.value))
                .maybe_help(book.library.near_source(&source.value).map(|near| format!("did you mean `{near}`?"))),
        ),
        Some(found) if !found.is_publishable() => Some(
            Diagnostic::new(
                Code::SB209,
                source.span,
                format!("nothing in the source `{}` has been checked", source.value),
            )
            .help("read the document and set `checked:` in its record, or name another source")
            .related(found.span, "all that its record says is marked `known`"),
        ),
        Some(_) => None,
    }
}

/// The figures and series that pages, charts and other figures show.
pub(super) fn used(book: &Book) -> BTreeSet<&FigureId> {
    let mut used: BTreeSet<&FigureId> = BTreeSet::new();
    for (_, _, version) in book.versions() {
        used.extend(version.figures.iter().map(|figure| &figure.id));
    }
    for chart in book.library.charts() {
        used.extend(chart.series.iter().chain(&chart.figures).map(|shown| &shown.value));
    }
    for figure in book.library.figures() {
        used.extend(figure.derived.iter().flat_map(|derived| derived.value.inputs()).map(|input| &input.id));
    }
    // A counter-figure is shown with the figure it stands beside.
    let shown: Vec<&FigureId> = used.iter().copied().collect();
    for id in shown {
        if let Some(figure) = book.library.figure_by_id(id) {
            used.extend(figure.counter_figures.iter().map(|counter| &counter.value));
        }
    }
    used
}

fn unused(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let used = used(book);
    // What a later figure has overtaken, or was taken back, is kept for whoever looks for it.
    let standing = |figure: &&Figure| !matches!(figure.status, Status::Superseded | Status::Withdrawn);
    let figures = book.library.figures().filter(standing).map(|figure| (&figure.id, figure.span));
    let series = book.library.all_series().map(|series| (&series.id, series.span));
    for (id, span) in figures.chain(series).filter(|(id, _)| !used.contains(id)) {
        diagnostics.push(
            Diagnostic::new(Code::SB306, span, format!("nothing shows the figure `{id}`"))
                .help("show it with `[=…]`, or keep it for later and allow `figure-unused` in book.toml"),
        );
    }
}
