//! What a drawing shows: the series, figures and events that its record names, and whose sources they are.

use super::Library;
use crate::chart::ChartRecord;
use crate::citation::Source;
use crate::date::Date;
use crate::figure::series::Point;
use crate::figure::{Figure, Series};
use crate::ids::{DrawingId, SourceId};
use crate::markdown::tree::DrawingKind;
use crate::timeline::Event;

/// The timeline that shows every event.
pub const ALL_EVENTS: &str = "all";

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
    let within = |point: &&Point| {
        period.is_none_or(|period| {
            point.date.last_day() >= period.first_day() && point.date.first_day() <= period.last_day()
        })
    };
    series.points.iter().filter(within).collect()
}

/// The events that a timeline shows: those of a theme, or all, by date.
pub fn events<'a>(library: &'a Library, id: &DrawingId) -> Vec<&'a Event> {
    let all = id.as_str() == ALL_EVENTS;
    let mut events = library.events();
    events.retain(|event| all || event.themes.iter().any(|theme| theme.value == id.as_str()));
    events
}

/// The sources of everything that a drawing shows, in its order, each once.
pub fn sources<'a>(library: &'a Library, kind: DrawingKind, id: &DrawingId) -> Vec<&'a Source> {
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
    match kind {
        DrawingKind::Chart => {
            let Some(chart) = library.chart(id) else { return sources };
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
        DrawingKind::Timeline => of_events(events(library, id), &mut add),
        DrawingKind::Map => {}
    }
    sources
}
