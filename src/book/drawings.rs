//! What a drawing shows: the series, figures and events that its record names, the facts of actors, and whose sources they are.

use super::{Library, actors};
use crate::chart::ChartRecord;
use crate::citation::Source;
use crate::date::Date;
use crate::figure::series::Point;
use crate::figure::{Figure, Series};
use crate::ids::SourceId;
use crate::markdown::tree::{DrawingKind, DrawingRef};
use crate::timeline::Event;
use crate::timeline::read::EVERYTHING;

/// What a chart shows, as far as it exists.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The series.
    pub series: Vec<&'a Series>,
    /// The figures.
    pub figures: Vec<&'a Figure>,
    /// The events, by date.
    pub events: Vec<&'a Event>,
}

/// Looks up what a chart shows.
pub fn shown<'a>(library: &'a Library, chart: &ChartRecord) -> Shown<'a> {
    let mut events: Vec<&Event> = chart.events.iter().filter_map(|event| library.event(&event.value)).collect();
    events.sort_by_key(|event| event.date);
    Shown {
        series: chart.series.iter().filter_map(|series| library.series(&series.value)).collect(),
        figures: chart.figures.iter().filter_map(|figure| library.figure_by_id(&figure.value)).collect(),
        events,
    }
}

/// The points of a series within the time that a chart shows.
pub fn points<'a>(series: &'a Series, period: Option<&Date>) -> Vec<&'a Point> {
    series.points.iter().filter(|point| is_within(&point.date, period)).collect()
}

/// Whether something of a date lies within a time.
fn is_within(date: &Date, period: Option<&Date>) -> bool {
    period.is_none_or(|period| date.last_day() >= period.first_day() && date.first_day() <= period.last_day())
}

/// The events that a timeline shows, by date: all, or those of a theme; of any time, or within one.
pub fn events<'a>(library: &'a Library, drawing: &DrawingRef) -> Vec<&'a Event> {
    let wanted = drawing.id.as_str();
    let mut events = library.events();
    events.retain(|event| {
        (wanted == EVERYTHING || event.themes.iter().any(|theme| theme.value.as_str() == wanted))
            && is_within(&event.date, drawing.period.as_ref())
    });
    events
}

/// The sources of everything that a drawing shows, in its order, each once.
pub fn sources<'a>(library: &'a Library, drawing: &DrawingRef) -> Vec<&'a Source> {
    let mut sources: Vec<&Source> = Vec::new();
    let mut add = |source: Option<&'a Source>| {
        if let Some(source) = source
            && sources.iter().all(|known| known.id != source.id)
        {
            sources.push(source);
        }
    };
    let of_events = |events: Vec<&'a Event>, add: &mut dyn FnMut(Option<&'a Source>)| {
        for evidence in events.iter().flat_map(|event| &event.evidence) {
            add(library.source(&evidence.source.value));
        }
    };
    match drawing.kind {
        DrawingKind::Chart => {
            let Some(chart) = library.chart(&drawing.id) else { return sources };
            let Shown { series, figures, events } = shown(library, chart);
            for series in series {
                for point in points(series, chart.period.as_ref()) {
                    let own: &SourceId = point.source.as_ref().map_or(&series.source.value, |source| &source.value);
                    add(library.source(own));
                }
            }
            for figure in figures {
                library.sources_of(figure).into_iter().for_each(|source| add(Some(source)));
            }
            of_events(events, &mut add);
        }
        DrawingKind::Timeline => of_events(events(library, drawing), &mut add),
        DrawingKind::Map => {}
        DrawingKind::Facts
        | DrawingKind::Leaders
        | DrawingKind::Designations
        | DrawingKind::Actors
        | DrawingKind::Who => {
            for told in actors::told(library, drawing) {
                told.item.grounds(library).into_iter().for_each(|ground| add(library.source(ground.source)));
            }
        }
    }
    sources
}
