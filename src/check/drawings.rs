//! SB308, SB309: charts against what they show, events against their sources.

use super::figures::source_problem;
use crate::book::drawings::shown;
use crate::book::{Book, Library, Version, reading};
use crate::chart::ChartRecord;
use crate::diagnostic::{Code, Diagnostic};
use crate::figure::Series;
use crate::markdown::tree::{BlockKind, DrawingKind};
use crate::span::Span;

/// Every chart that a page shows has a record.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    reading::blocks(&version.page.body, &mut |block| match &block.kind {
        BlockKind::Drawing { kind: DrawingKind::Chart, id: Some(id), .. } if book.library.chart(id).is_none() => {
            let help = match book.library.near_chart(id) {
                Some(near) => format!("did you mean `chart:{near}`?"),
                None => format!("add a record `{id}:` to a file in {}/charts", book.config.content_dir),
            };
            let message = format!("there is no chart `{id}`");
            diagnostics.push(Diagnostic::new(Code::SB308, block.span, message).help(help));
        }
        BlockKind::Drawing { kind: kind @ (DrawingKind::Timeline | DrawingKind::Map), .. } => diagnostics.push(
            Diagnostic::new(Code::SB505, block.span, format!("this version draws no {}", kind.name()))
                .help("its caption is shown in its place"),
        ),
        _ => {}
    });
}

/// Charts show series, figures and events that exist, and draw together only what can be compared; events have sources.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for chart in book.library.charts() {
        unknown(&book.library, chart, diagnostics);
        comparable(&book.library, chart, diagnostics);
    }
    for event in book.library.events() {
        diagnostics.extend(event.evidence.iter().filter_map(|evidence| source_problem(book, &evidence.source)));
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
