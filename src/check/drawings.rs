//! SB308, SB309: charts against what they show. SB320, SB322: timelines against what they choose. Events against their sources and themes.

use super::actors;
use super::figures::source_problem;
use super::maps;
use crate::book::drawings::{events, shown};
use crate::book::{Book, Library, Version, reading};
use crate::chart::ChartRecord;
use crate::diagnostic::{Code, Diagnostic};
use crate::figure::Series;
use crate::ids::{DrawingId, ThemeId};
use crate::markdown::tree::{BlockKind, DrawingKind, DrawingRef};
use crate::span::Span;
use crate::timeline::read::EVERYTHING;

/// Whatever a page draws has a record, and something to show.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    reading::blocks(&version.page.body, &mut |block| {
        let BlockKind::Drawing { drawing: Some(drawing), .. } = &block.kind else { return };
        diagnostics.extend(match drawing.kind {
            DrawingKind::Chart => chart_problem(book, &drawing.id, block.span),
            DrawingKind::Timeline => timeline_problem(book, drawing, block.span),
            DrawingKind::Map => maps::unknown(book, &drawing.id, block.span),
            DrawingKind::Facts | DrawingKind::Leaders | DrawingKind::Designations => {
                actors::unknown(book, drawing.id.as_str(), block.span)
            }
            DrawingKind::Actors | DrawingKind::Who => actors::unknown_group(book, drawing, block.span),
        });
    });
}

fn chart_problem(book: &Book, id: &DrawingId, span: Span) -> Option<Diagnostic> {
    if book.library.chart(id).is_some() {
        return None;
    }
    let help = match book.library.near_chart(id) {
        Some(near) => format!("did you mean `chart:{near}`?"),
        None => format!("add a record `{id}:` to a file in {}/charts", book.config.content_dir),
    };
    Some(Diagnostic::new(Code::SB308, span, format!("there is no chart `{id}`")).help(help))
}

fn timeline_problem(book: &Book, drawing: &DrawingRef, span: Span) -> Option<Diagnostic> {
    let id = drawing.id.as_str();
    if id != EVERYTHING && ThemeId::parse(id).is_none_or(|theme| book.library.theme(&theme).is_none()) {
        return Some(no_theme(book, id, span, "timeline:"));
    }
    if !events(&book.library, drawing).is_empty() {
        return None;
    }
    let (message, help) = match &drawing.period {
        Some(period) => (format!("no event of this timeline lies within {period}"), "choose another time"),
        None => ("this timeline has no event".to_owned(), "add the theme to events in content/events"),
    };
    Some(Diagnostic::new(Code::SB322, span, message).help(help))
}

fn no_theme(book: &Book, id: &str, span: Span, scheme: &str) -> Diagnostic {
    let help = match book.library.near_theme(id) {
        Some(near) => format!("did you mean `{scheme}{near}`?"),
        None => format!("add a record `{id}:` with its name to {}/themes.yaml", book.config.content_dir),
    };
    Diagnostic::new(Code::SB320, span, format!("there is no theme `{id}`")).help(help)
}

/// Charts show series, figures and events that exist, and draw together only what can be compared; events have sources.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for chart in book.library.charts() {
        unknown(&book.library, chart, diagnostics);
        comparable(&book.library, chart, diagnostics);
    }
    for event in book.library.events() {
        diagnostics.extend(event.evidence.iter().filter_map(|evidence| source_problem(book, &evidence.source)));
        let unknown = event.themes.iter().filter(|theme| book.library.theme(&theme.value).is_none());
        diagnostics.extend(unknown.map(|theme| no_theme(book, theme.value.as_str(), theme.span, "")));
        if let Some(page) = event.page.as_ref().filter(|page| book.find(&page.value).is_none()) {
            diagnostics.push(
                Diagnostic::new(Code::SB501, page.span, format!("there is no page `{}`", page.value))
                    .help("a page's path without language and `.md`, such as `actors/hamas`"),
            );
        }
    }
}

fn unknown(library: &Library, chart: &ChartRecord, diagnostics: &mut Vec<Diagnostic>) {
    let mut report = |what: &str, id: &str, span: Span, near: Option<&str>| {
        diagnostics.push(
            Diagnostic::new(Code::SB308, span, format!("there is no {what} `{id}`"))
                .help(format!("the chart shows every {what} that is named here"))
                .maybe_help(near.map(|near| format!("did you mean `{near}`?"))),
        );
    };
    for series in chart.series.iter().filter(|series| library.series(&series.value).is_none()) {
        report("series", series.value.as_str(), series.span, library.near_figure(&series.value));
    }
    for figure in chart.figures.iter().filter(|figure| library.figure_by_id(&figure.value).is_none()) {
        report("figure", figure.value.as_str(), figure.span, library.near_figure(&figure.value));
    }
    for event in chart.events.iter().filter(|event| library.event(&event.value).is_none()) {
        report("event", event.value.as_str(), event.span, library.near_event(&event.value));
    }
}

/// On one scale stand only series that count the same in the same way.
fn comparable(library: &Library, chart: &ChartRecord, diagnostics: &mut Vec<Diagnostic>) {
    let shown = shown(library, chart);
    let mut report = |message: String, help: &str, series: &Series| {
        diagnostics.push(
            Diagnostic::new(Code::SB309, chart.span, message).help(help).related(series.span, "the series is here"),
        );
    };
    for series in shown.series.iter().filter(|series| series.mixed && chart.kind.joins()) {
        report(
            format!("the points of `{}` measure different things and must not be joined", series.id),
            "write `kind: points`",
            series,
        );
    }
    if chart.panels {
        return;
    }
    let Some((first, others)) = shown.series.split_first() else { return };
    for other in others {
        let differs = if other.unit != first.unit {
            "units"
        } else if other.kind != first.kind {
            "kinds (cumulative, period, stock)"
        } else if other.population != first.population {
            "populations"
        } else {
            continue;
        };
        report(
            format!("`{}` and `{}` have different {differs} and cannot share a scale", first.id, other.id),
            "write `panels: true`: each series gets a panel of its own over the same time",
            other,
        );
    }
}
