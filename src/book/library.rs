//! Sources, figures, series, events, charts and actors by id.

use super::derived;
use super::filed::Filed;
use crate::actor::{Actor, Group};
use crate::chart::ChartRecord;
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::figure::{Figure, Series};
use crate::ids::{ActorId, DrawingId, EventId, FigureId, SourceId, ThemeId};
use crate::map::{MapData, MapRecord};
use crate::markdown::tree::FigureRef;
use crate::span::{FileId, Span};
use crate::timeline::{Event, Theme};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that pages refer to by id.
#[derive(Debug, Default)]
pub struct Library {
    sources: Filed<SourceId, Source>,
    source_aliases: BTreeMap<SourceId, SourceId>,
    figures: BTreeMap<FigureId, Figure>,
    series: BTreeMap<FigureId, Series>,
    events: BTreeMap<EventId, Event>,
    themes: Vec<Theme>,
    charts: BTreeMap<DrawingId, ChartRecord>,
    actors: BTreeMap<ActorId, Actor>,
    groups: BTreeMap<DrawingId, Group>,
    maps: BTreeMap<DrawingId, MapRecord>,
    map_data: BTreeMap<DrawingId, MapData>,
}

/// Files records by id; the first of two with one id stays.
fn file<K: Ord + std::fmt::Display, V>(
    what: &str,
    records: Vec<V>,
    place: impl Fn(&V) -> (K, Span),
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<K, V> {
    let mut filed: BTreeMap<K, V> = BTreeMap::new();
    for record in records {
        let (id, span) = place(&record);
        match filed.get(&id) {
            Some(first) => diagnostics.push(twice(what, &id.to_string(), span, place(first).1)),
            None => {
                filed.insert(id, record);
            }
        }
    }
    filed
}

fn twice(what: &str, id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::SB107, span, format!("there are two {what} `{id}`"))
        .help("rename one of them, or join the two")
        .related(first, "the first is here")
}

/// Why a figure cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureMiss {
    /// Nothing has that id.
    Unknown,
    /// The series has no point there.
    NoPoint,
    /// A series was named without saying which point.
    WhichPoint,
    /// A point was asked of a figure that is no series.
    NotASeries,
}

/// All records, as they were read.
#[derive(Debug, Default)]
pub struct Records {
    /// The sources.
    pub sources: Vec<Source>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The series.
    pub series: Vec<Series>,
    /// The events.
    pub events: Vec<Event>,
    /// Their themes.
    pub themes: Vec<Theme>,
    /// The charts.
    pub charts: Vec<ChartRecord>,
    /// The actors.
    pub actors: Vec<Actor>,
    /// Actors that are shown together.
    pub groups: Vec<Group>,
    /// The maps.
    pub maps: Vec<MapRecord>,
    /// What they are drawn from.
    pub map_data: Vec<MapData>,
}

impl Library {
    /// Files all records; the first of two with one id stays. Works out what is derived.
    pub fn new(records: Records, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let Records { sources, figures, series, events, themes, charts, maps, map_data, actors, groups } = records;
        let place = |source: &Source| (source.id.clone(), source.span);
        let mut library = Self { sources: file("sources", sources, place, diagnostics).into(), ..Self::default() };
        for source in library.sources.values() {
            for alias in &source.aliases {
                let other = library
                    .sources
                    .get(&alias.value)
                    .or_else(|| library.source_aliases.get(&alias.value).and_then(|id| library.sources.get(id)));
                match other {
                    Some(other) => diagnostics.push(twice("sources", alias.value.as_str(), alias.span, other.span)),
                    None => {
                        library.source_aliases.insert(alias.value.clone(), source.id.clone());
                    }
                }
            }
        }
        library.figures = file("figures", figures, |figure: &Figure| (figure.id.clone(), figure.span), diagnostics);
        library.series = file("series", series, |series: &Series| (series.id.clone(), series.span), diagnostics);
        // A figure and a series are named in the same way, so they share their ids.
        let figures = &library.figures;
        library.series.retain(|id, series| match figures.get(id) {
            Some(first) => {
                diagnostics.push(twice("figures", id.as_str(), series.span, first.span));
                false
            }
            None => true,
        });
        library.events = file("events", events, |event: &Event| (event.id.clone(), event.span), diagnostics);
        for theme in themes {
            match library.theme(&theme.id) {
                Some(first) => diagnostics.push(twice("themes", theme.id.as_str(), theme.span, first.span)),
                None => library.themes.push(theme),
            }
        }
        library.charts = file("charts", charts, |chart: &ChartRecord| (chart.id.clone(), chart.span), diagnostics);
        library.actors = file("actors", actors, |actor: &Actor| (actor.id.clone(), actor.span), diagnostics);
        library.groups = file("groups", groups, |group: &Group| (group.id.clone(), group.span), diagnostics);
        library.maps = file("maps", maps, |map: &MapRecord| (map.id.clone(), map.span), diagnostics);
        library.map_data = file("outlines", map_data, |data: &MapData| (data.id.clone(), data.span), diagnostics);
        derived::work_out(&mut library.figures, &library.series, diagnostics);
        library
    }

    /// A source by its id or an older one.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.get(id).or_else(|| self.source_aliases.get(id).and_then(|id| self.sources.get(id)))
    }

    /// Which of the sources one is, in the order of their ids, from 0.
    pub fn place_of(&self, id: &SourceId) -> Option<usize> {
        self.sources.place_of(id)
    }

    /// Puts other records into the place of a file's; `false` where they are not of the same sources by the same names: then nothing is changed.
    pub(super) fn exchange_sources(&mut self, file: FileId, sources: Vec<Source>) -> bool {
        let names = |source: &Source| {
            let aliases: BTreeSet<SourceId> = source.aliases.iter().map(|alias| alias.value.clone()).collect();
            (source.id.clone(), aliases)
        };
        let of_file = self.sources.values().filter(|source| source.span.file == file);
        let before: BTreeMap<_, _> = of_file.map(names).collect();
        let now: BTreeMap<_, _> = sources.iter().map(names).collect();
        if before != now || now.len() != sources.len() {
            return false;
        }
        for source in sources {
            self.sources.exchange(&source.id.clone(), source);
        }
        true
    }

    /// All sources by id.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// All figures by id.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.values()
    }

    /// All series by id.
    pub fn all_series(&self) -> impl Iterator<Item = &Series> {
        self.series.values()
    }

    /// All events by date.
    pub fn events(&self) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.events.values().collect();
        events.sort_by_key(|event| event.place());
        events
    }

    /// Whether there is any event.
    pub fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// All themes of events, in the order of their file.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// A theme by its id.
    pub fn theme(&self, id: &ThemeId) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == *id)
    }

    /// The theme nearest to a misspelt one.
    pub fn near_theme(&self, wrong: &str) -> Option<&str> {
        did_you_mean(wrong, self.themes.iter().map(|theme| theme.id.as_str()))
    }

    /// All charts by id.
    pub fn charts(&self) -> impl Iterator<Item = &ChartRecord> {
        self.charts.values()
    }

    /// All maps by id.
    pub fn maps(&self) -> impl Iterator<Item = &MapRecord> {
        self.maps.values()
    }

    /// A map by its id.
    pub fn map(&self, id: &DrawingId) -> Option<&MapRecord> {
        self.maps.get(id)
    }

    /// What a map is drawn from, by its name.
    pub fn map_data(&self, id: &DrawingId) -> Option<&MapData> {
        self.map_data.get(id)
    }

    /// The map id nearest to a misspelt one.
    pub fn near_map(&self, wrong: &DrawingId) -> Option<&str> {
        did_you_mean(wrong.as_str(), self.maps.keys().map(DrawingId::as_str))
    }

    /// The name of outlines nearest to a misspelt one.
    pub fn near_map_data(&self, wrong: &DrawingId) -> Option<&str> {
        did_you_mean(wrong.as_str(), self.map_data.keys().map(DrawingId::as_str))
    }

    /// All actors by id.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// All groups of actors by id.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// An actor by its id, however it was written.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// A group of actors by its id.
    pub fn group(&self, id: &DrawingId) -> Option<&Group> {
        self.groups.get(id)
    }

    /// The actor id nearest to a misspelt one.
    pub fn near_actor(&self, wrong: &str) -> Option<&str> {
        did_you_mean(wrong, self.actors.keys().map(ActorId::as_str))
    }

    /// The group id nearest to a misspelt one.
    pub fn near_group(&self, wrong: &DrawingId) -> Option<&str> {
        did_you_mean(wrong.as_str(), self.groups.keys().map(DrawingId::as_str))
    }

    /// An event by its id.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.events.get(id)
    }

    /// A chart by its id.
    pub fn chart(&self, id: &DrawingId) -> Option<&ChartRecord> {
        self.charts.get(id)
    }

    /// The sources that a figure rests on: its own, and those of the figures that it is worked out from. Each once.
    pub fn sources_of(&self, figure: &Figure) -> Vec<&Source> {
        let mut ids = vec![&figure.source.value];
        derived::sources(figure, &self.figures, &self.series, &mut ids);
        let mut sources: Vec<&Source> = Vec::new();
        for source in ids.into_iter().filter_map(|id| self.source(id)) {
            if sources.iter().all(|known| known.id != source.id) {
                sources.push(source);
            }
        }
        sources
    }

    /// The event id nearest to a misspelt one.
    pub fn near_event(&self, wrong: &EventId) -> Option<&str> {
        did_you_mean(wrong.as_str(), self.events.keys().map(EventId::as_str))
    }

    /// The chart id nearest to a misspelt one.
    pub fn near_chart(&self, wrong: &DrawingId) -> Option<&str> {
        did_you_mean(wrong.as_str(), self.charts.keys().map(DrawingId::as_str))
    }

    /// A figure by its id alone.
    pub fn figure_by_id(&self, id: &FigureId) -> Option<&Figure> {
        self.figures.get(id)
    }

    /// The figure, or the point of a series, that a reference names.
    pub fn figure(&self, reference: &FigureRef) -> Result<Cow<'_, Figure>, FigureMiss> {
        match (&reference.point, self.figures.get(&reference.id), self.series.get(&reference.id)) {
            (None, Some(figure), _) => Ok(Cow::Borrowed(figure)),
            (Some(_), Some(_), _) => Err(FigureMiss::NotASeries),
            (Some(point), None, Some(series)) => series.point(point).map(Cow::Owned).ok_or(FigureMiss::NoPoint),
            (None, None, Some(_)) => Err(FigureMiss::WhichPoint),
            (_, None, None) => Err(FigureMiss::Unknown),
        }
    }

    /// A series by its id.
    pub fn series(&self, id: &FigureId) -> Option<&Series> {
        self.series.get(id)
    }

    /// The source id nearest to a misspelt one.
    pub fn near_source(&self, wrong: &SourceId) -> Option<&str> {
        let known = self.sources.ids().chain(self.source_aliases.keys()).map(SourceId::as_str);
        did_you_mean(wrong.as_str(), known)
    }

    /// The figure id nearest to a misspelt one.
    pub fn near_figure(&self, wrong: &FigureId) -> Option<&str> {
        did_you_mean(wrong.as_str(), self.figures.keys().chain(self.series.keys()).map(FigureId::as_str))
    }
}
