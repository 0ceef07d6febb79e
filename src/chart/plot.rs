//! What a chart shows, ready to be drawn: positions as numbers, words already in the reader's language.

use super::record::ChartKind;

/// A chart.
#[derive(Debug, Clone)]
pub struct Plot {
    /// Its name, for readers who do not see it.
    pub title: String,
    /// What it shows, in one or two sentences, for the same readers.
    pub description: String,
    /// Whether its words run from right to left. Time runs from left to right in every language.
    pub right_to_left: bool,
    /// What is drawn.
    pub content: Content,
}

/// The two forms of charts.
#[derive(Debug, Clone)]
pub enum Content {
    /// Over time.
    Time(TimePlot),
    /// Side by side.
    Bars(BarPlot),
}

/// Series over time; days are numbers, as [`crate::date::Day::number`] gives them.
#[derive(Debug, Clone)]
pub struct TimePlot {
    /// The first day.
    pub from: f64,
    /// The last day.
    pub to: f64,
    /// The days that the axis names.
    pub ticks: Vec<Tick>,
    /// One or more panels over the same time.
    pub panels: Vec<Panel>,
    /// Events, marked through all panels.
    pub events: Vec<Tick>,
}

/// A place on an axis, and its name.
#[derive(Debug, Clone)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// Its name.
    pub label: String,
}

/// Series on one scale of values.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its name, where there are several.
    pub heading: Option<String>,
    /// The top of the scale; the bottom is zero.
    pub top: f64,
    /// The values that the axis names.
    pub ticks: Vec<Tick>,
    /// The series.
    pub traces: Vec<Trace>,
}

/// A series as it is drawn.
#[derive(Debug, Clone)]
pub struct Trace {
    /// What is written at its last point.
    pub label: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Its points in runs: between two runs nothing was reported, and nothing is drawn.
    pub runs: Vec<Vec<Datum>>,
}

/// A point.
#[derive(Debug, Clone)]
pub struct Datum {
    /// Its day.
    pub at: f64,
    /// Its value.
    pub value: f64,
    /// The interval around it.
    pub interval: Option<(f64, f64)>,
    /// What it says, in words.
    pub told: String,
}

/// Numbers side by side.
#[derive(Debug, Clone)]
pub struct BarPlot {
    /// The longest bar that there is room for.
    pub top: f64,
    /// Whether only the interval and a dot are drawn.
    pub intervals: bool,
    /// The bars, from above.
    pub bars: Vec<Bar>,
}

/// A number among others.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// Who counted, and until when.
    pub detail: String,
    /// The number.
    pub value: f64,
    /// The interval around it.
    pub interval: Option<(f64, f64)>,
    /// The number in words.
    pub told: String,
}
