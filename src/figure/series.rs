//! Series: one thing counted again and again by the same body. A header in YAML, points in CSV.

use super::points::{self, Points};
use super::read::{CODES, Common, read_common, read_days};
use super::record::{Figure, Qualifier, Status};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{FigureId, SourceId};
use crate::markdown::tree::SeriesPoint;
use crate::number::Number;
use crate::span::{FileId, Span};
use crate::workspace::fields::Fields;
use crate::workspace::names;
use crate::workspace::shape::Shape;
use crate::workspace::yaml::{self, Excerpt};
use crate::workspace::{Localized, Placed};

/// A series.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its id: the name of its files.
    pub id: FigureId,
    /// Its header's file.
    pub span: Span,
    /// What is counted.
    pub label: Localized,
    /// In what.
    pub unit: String,
    /// Who counts.
    pub reporter: Option<Localized>,
    /// Who or what is counted.
    pub population: Option<Localized>,
    /// The source of the points that name none.
    pub source: Placed<SourceId>,
    /// Whether it grows, counts a period, or counts what is there.
    pub kind: SeriesKind,
    /// Whether a fall is an error or a correction.
    pub monotonic: bool,
    /// Whether its points measure different things, so that they must not be joined.
    pub mixed: bool,
    /// After so many days a newer point is wanted.
    pub stale_after: Option<u32>,
    /// How it was counted.
    pub method: Option<Localized>,
    /// What to keep in mind.
    pub caveat: Option<Localized>,
    /// The points in the order of their dates.
    pub points: Vec<Point>,
    /// Days of which the file says that nothing was reported.
    pub gaps: Vec<Date>,
}

impl SeriesKind {
    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Period => "period",
            Self::Stock => "stock",
        }
    }
}

/// What a point of a series counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesKind {
    /// Everything since the beginning.
    Cumulative,
    /// What happened within the period.
    Period,
    /// What there is on the day.
    Stock,
}

/// A point of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Where it is written.
    pub span: Span,
    /// The day or month.
    pub date: Date,
    /// The number.
    pub value: Number,
    /// The interval.
    pub range: Option<(Number, Number)>,
    /// Where it is written, when not in the series' source.
    pub source: Option<Placed<SourceId>>,
    /// What to keep in mind.
    pub note: Option<String>,
    /// Why the number is lower than the one before, in a series that only grows.
    pub correction: Option<String>,
}

impl Series {
    /// The point that a reference asks for: of that date, the newest, or the newest until then.
    pub fn point_at(&self, wanted: &SeriesPoint) -> Option<&Point> {
        match wanted {
            SeriesPoint::Latest => self.points.last(),
            SeriesPoint::At(text) => match text.strip_prefix("../") {
                Some(until) => {
                    let until = Date::parse(until).ok()?.last_day();
                    self.points.iter().rev().find(|point| point.date.last_day() <= until)
                }
                None => {
                    let date = Date::parse(text).ok()?;
                    self.points.iter().find(|point| point.date == date)
                }
            },
        }
    }

    /// The same as a figure of its own.
    pub fn point(&self, wanted: &SeriesPoint) -> Option<Figure> {
        self.point_at(wanted).map(|point| self.figure(point))
    }

    /// A point of this series as a figure.
    pub fn figure(&self, point: &Point) -> Figure {
        Figure {
            id: self.id.clone(),
            span: point.span,
            label: self.label.clone(),
            value: point.value,
            range: point.range,
            only_range: false,
            qualifier: Qualifier::Exact,
            unit: self.unit.clone(),
            when: point.date,
            reporter: self.reporter.clone(),
            via: None,
            population: self.population.clone(),
            source: point.source.clone().unwrap_or_else(|| self.source.clone()),
            locator: None,
            quote: None,
            status: Status::Reported,
            method: self.method.clone(),
            caveat: self.caveat.clone(),
            counter_figures: Vec::new(),
            superseded_by: None,
            as_stated: None,
            history: Vec::new(),
            correction: None,
            stale_after: self.stale_after,
            derived: None,
            checked: None,
        }
    }
}

/// Reads a series from its two files.
pub fn read(
    name: &str,
    header: (FileId, &str),
    points: Option<(FileId, &str)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Series> {
    let (file, text) = header;
    let span = Span::start_of(file);
    let id = names::id_at::<FigureId>(name, span, diagnostics)?;
    let node = match yaml::read(Excerpt { file, text, offset: 0 }, Code::SB106) {
        Ok(node) => node,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return None;
        }
    };
    let mut fields = Fields::open(&node, span, "a series", CODES, diagnostics)?;
    let series = self::header(Some(id), &mut fields);
    fields.finish();
    let Points { points, gaps } = if let Some((file, text)) = points {
        points::read(file, text, diagnostics)
    } else {
        diagnostics.push(
            Diagnostic::new(Code::SB106, span, format!("the series `{name}` has no points"))
                .help(format!("write `{name}.csv` beside it, with the columns date,value,low,high,source_id,note")),
        );
        Points::default()
    };
    series.map(|series| Series { points, gaps, ..series })
}

/// What the header of a series may hold.
pub fn shape() -> Shape {
    Shape::of("a series", |fields| header(None, fields))
}

fn header(id: Option<FigureId>, fields: &mut Fields<'_, '_>) -> Option<Series> {
    let Common { label, unit, reporter, source } = read_common(fields);
    let population = fields.localized("population");
    let caveat = fields.localized("caveat");
    let kinds = [("cumulative", SeriesKind::Cumulative), ("period", SeriesKind::Period), ("stock", SeriesKind::Stock)];
    let kind = fields.choice("kind", &kinds);
    let kind = fields.required("kind", kind, "cumulative");
    let monotonic = fields.boolean("monotonic").unwrap_or(false);
    let mixed = fields.boolean("mixed").unwrap_or(false);
    let stale_after = read_days(fields, "stale-after");
    let method = fields.localized("method");
    Some(Series {
        id: id?,
        span: fields.place(),
        label: label?,
        unit: unit?,
        reporter,
        population,
        source: source?,
        kind: kind?.value,
        monotonic,
        mixed,
        stale_after,
        method,
        caveat,
        points: Vec::new(),
        gaps: Vec::new(),
    })
}
