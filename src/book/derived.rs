//! Figures that are worked out from others: their values, in the order in which they rest on each other.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::figure::derive::{Expression, Input};
use crate::figure::{Figure, Series};
use crate::ids::{FigureId, SourceId};
use crate::number::Number;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

type Figures = BTreeMap<FigureId, Figure>;
type AllSeries = BTreeMap<FigureId, Series>;

/// Gives every derived figure its value. Reports what cannot be worked out.
pub(super) fn work_out(figures: &mut Figures, series: &AllSeries, diagnostics: &mut Vec<Diagnostic>) {
    let mut open: Vec<FigureId> =
        figures.values().filter(|figure| figure.derived.is_some()).map(|figure| figure.id.clone()).collect();
    // Each round works out whatever rests on known figures alone; what is left over rests on itself or on something unknown.
    loop {
        let waiting: BTreeSet<FigureId> = open.iter().cloned().collect();
        let (ready, left): (Vec<FigureId>, Vec<FigureId>) = open.into_iter().partition(|id| {
            let inputs = figures.get(id).and_then(|figure| figure.derived.as_ref());
            inputs.is_some_and(|derived| derived.value.inputs().iter().all(|input| !waiting.contains(&input.id)))
        });
        if ready.is_empty() {
            for id in &left {
                if let Some((span, _)) = expression(figures, id) {
                    diagnostics.push(
                        Diagnostic::new(Code::SB307, span, format!("the figure `{id}` rests on itself"))
                            .help("work it out from figures that were counted"),
                    );
                }
            }
            return;
        }
        for id in ready {
            settle(&id, figures, series, diagnostics);
        }
        open = left;
    }
}

fn expression<'a>(figures: &'a Figures, id: &FigureId) -> Option<(Span, &'a Expression)> {
    figures.get(id)?.derived.as_ref().map(|derived| (derived.span, &derived.value))
}

fn settle(id: &FigureId, figures: &mut Figures, series: &AllSeries, diagnostics: &mut Vec<Diagnostic>) {
    let Some((span, expression)) = expression(figures, id) else { return };
    let unknown: Vec<&Input> =
        expression.inputs().into_iter().filter(|input| number_of(input, figures, series).is_none()).collect();
    if !unknown.is_empty() {
        let known = || figures.keys().chain(series.keys()).map(FigureId::as_str);
        for input in unknown {
            let near = did_you_mean(input.id.as_str(), known()).filter(|near| *near != input.id.as_str());
            diagnostics.push(
                Diagnostic::new(Code::SB301, span, format!("there is no figure `{input}`"))
                    .help("a figure is named by its id, a point of a series as `series@2023-12-31` or `series@latest`")
                    .maybe_help(near.map(|near| format!("did you mean `{near}`?"))),
            );
        }
        return;
    }
    match expression.value(&|input| number_of(input, figures, series)) {
        Ok(Some(value)) => {
            if let Some(figure) = figures.get_mut(id) {
                figure.value = value;
            }
        }
        Ok(None) => {}
        Err(error) => diagnostics.push(
            Diagnostic::new(Code::SB307, span, format!("the figure `{id}` cannot be worked out: {error}"))
                .help("check the figures that it is worked out from"),
        ),
    }
}

fn number_of(input: &Input, figures: &Figures, series: &AllSeries) -> Option<Number> {
    match &input.point {
        None => figures.get(&input.id).map(|figure| figure.value),
        Some(point) => series.get(&input.id)?.point(point).map(|figure| figure.value),
    }
}

/// Adds the sources of what a figure is worked out from.
pub(super) fn sources<'a>(
    figure: &'a Figure,
    figures: &'a Figures,
    series: &'a AllSeries,
    ids: &mut Vec<&'a SourceId>,
) {
    let mut seen = BTreeSet::from([&figure.id]);
    let mut open: Vec<&Input> = figure.derived.iter().flat_map(|derived| derived.value.inputs()).collect();
    while let Some(input) = open.pop() {
        if let Some(series) = series.get(&input.id) {
            let point = input.point.as_ref().and_then(|point| series.point_at(point));
            ids.push(
                point.and_then(|point| point.source.as_ref()).map_or(&series.source.value, |source| &source.value),
            );
        } else if seen.insert(&input.id)
            && let Some(figure) = figures.get(&input.id)
        {
            ids.push(&figure.source.value);
            open.extend(figure.derived.iter().flat_map(|derived| derived.value.inputs()));
        }
    }
}
