//! A chart as the editor recorded it.

use crate::date::Date;
use crate::ids::{DrawingId, EventId, FigureId};
use crate::span::Span;
use crate::workspace::{Localized, Placed};

/// A chart.
#[derive(Debug, Clone)]
pub struct ChartRecord {
    /// Its id.
    pub id: DrawingId,
    /// Where the id is written.
    pub span: Span,
    /// What is measured.
    pub title: Localized,
    /// Who counts and whom; from the series where it is left out.
    pub subtitle: Option<Localized>,
    /// How it is drawn.
    pub kind: ChartKind,
    /// The series, in order; for bars of single figures, none.
    pub series: Vec<Placed<FigureId>>,
    /// Single figures, for bars and intervals.
    pub figures: Vec<Placed<FigureId>>,
    /// Whether each series has a panel of its own, all on the same scale of time.
    pub panels: bool,
    /// The time that is shown; all of it where left out.
    pub period: Option<Date>,
    /// Events marked on it.
    pub events: Vec<Placed<EventId>>,
    /// A line is broken where two points lie further apart than so many days.
    pub gap: Option<u32>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Points joined: what grows from one report to the next.
    Line,
    /// Level until the next report: a number that holds until it is counted anew.
    Step,
    /// Points alone: reports that must not be joined.
    Points,
    /// Bars.
    Bar,
    /// Intervals, with the best estimate in them.
    Range,
}

impl ChartKind {
    /// Every kind with the word for it in the files.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("line", Self::Line),
        ("step", Self::Step),
        ("points", Self::Points),
        ("bar", Self::Bar),
        ("range", Self::Range),
    ];

    /// Whether it joins what was counted at different times.
    pub fn joins(self) -> bool {
        matches!(self, Self::Line | Self::Step)
    }
}
