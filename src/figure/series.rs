//! Series: one thing counted again and again by the same body. A header in YAML, points in CSV.

use super::read::{CODES, Common, figure_id, read_common};
use super::record::{Figure, Qualifier, Status};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{FigureId, SourceId};
use crate::markdown::tree::SeriesPoint;
use crate::number::Number;
use crate::span::{FileId, Span};
use crate::workspace::fields::Fields;
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
    /// What to keep in mind.
    pub caveat: Option<Localized>,
    /// The points in the order of their dates.
    pub points: Vec<Point>,
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
}

impl Series {
    /// The point that a reference asks for, as a figure of its own.
    pub fn point(&self, wanted: &SeriesPoint) -> Option<Figure> {
        let point = match wanted {
            SeriesPoint::Latest => self.points.last(),
            SeriesPoint::At(text) => {
                let date = Date::parse(text).ok()?;
                self.points.iter().find(|point| point.date == date)
            }
        }?;
        Some(Figure {
            id: self.id.clone(),
            span: point.span,
            label: self.label.clone(),
            value: point.value,
            range: point.range,
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
            method: None,
            caveat: self.caveat.clone(),
            counter_figures: Vec::new(),
            checked: None,
        })
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
    let id = figure_id(name, span, diagnostics)?;
    let node = match yaml::read(Excerpt { file, text, offset: 0 }, Code::SB106) {
        Ok(node) => node,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return None;
        }
    };
    let mut fields = Fields::open(&node, span, "a series", CODES, diagnostics)?;
    let Common { label, unit, reporter, source } = read_common(&mut fields);
    let population = fields.localized("population");
    let caveat = fields.localized("caveat");
    let kinds = [("cumulative", SeriesKind::Cumulative), ("period", SeriesKind::Period), ("stock", SeriesKind::Stock)];
    let kind = fields.choice("kind", &kinds);
    let kind = fields.required("kind", kind, "cumulative");
    let monotonic = fields.boolean("monotonic").unwrap_or(false);
    fields.finish();
    let points = if let Some((file, text)) = points {
        read_points(file, text, diagnostics)
    } else {
        diagnostics.push(
            Diagnostic::new(Code::SB106, span, format!("the series `{name}` has no points"))
                .help(format!("write `{name}.csv` beside it, with the columns date,value,low,high,source_id,note")),
        );
        Vec::new()
    };
    Some(Series {
        id,
        span,
        label: label?,
        unit: unit?,
        reporter,
        population,
        source: source?,
        kind: kind?.value,
        monotonic,
        caveat,
        points,
    })
}

const COLUMNS: &[&str] = &["date", "value", "low", "high", "source_id", "note"];

fn read_points(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Point> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let wrong = |span: Span, message: String, help: &str| Diagnostic::new(Code::SB106, span, message).help(help);
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect(),
        Err(error) => {
            diagnostics.push(wrong(
                Span::start_of(file),
                format!("this is no CSV: {error}"),
                "columns separated by commas",
            ));
            return Vec::new();
        }
    };
    for name in &columns {
        if !COLUMNS.contains(&name.as_str()) {
            let message = format!("a series has no column `{name}`");
            let mut diagnostic =
                wrong(Span::start_of(file), message, "the columns are date,value,low,high,source_id,note");
            diagnostic.code = Code::SB105;
            diagnostics.push(diagnostic);
        }
    }
    let column = |name: &str| columns.iter().position(|column| column == name);
    let (Some(date), Some(value)) = (column("date"), column("value")) else {
        diagnostics.push(wrong(
            Span::start_of(file),
            "a series needs the columns `date` and `value`".to_owned(),
            "the first line is `date,value,low,high,source_id,note`",
        ));
        return Vec::new();
    };
    let (low, high, source, note) = (column("low"), column("high"), column("source_id"), column("note"));
    let mut points: Vec<Point> = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                diagnostics.push(wrong(
                    Span::start_of(file),
                    format!("this is no CSV: {error}"),
                    "columns separated by commas",
                ));
                continue;
            }
        };
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let line =
            text.get(start..).and_then(|rest| rest.trim_start_matches(['\r', '\n']).lines().next()).unwrap_or("");
        let start = text.get(start..).and_then(|rest| rest.find(line)).map_or(start, |skip| start + skip);
        let span = Span::new(file, start, start + line.len());
        let cell = |index: Option<usize>| index.and_then(|index| record.get(index)).filter(|cell| !cell.is_empty());
        let number = |index: Option<usize>| cell(index).map(|text| Number::parse(text).ok_or(text.to_owned()));
        let Some(Ok(day)) = cell(Some(date)).map(Date::parse) else {
            diagnostics.push(wrong(
                span,
                "the point has no date".to_owned(),
                "the first cell is a date such as `2023-12-31`",
            ));
            continue;
        };
        let count = match number(Some(value)) {
            Some(Ok(count)) => count,
            // A row without a number records that nothing was reported that day.
            None if cell(low).is_none() => continue,
            None => match number(low) {
                Some(Ok(count)) => count,
                _ => continue,
            },
            Some(Err(text)) => {
                diagnostics.push(wrong(span, format!("`{text}` is no number"), "digits only: `73419`, `29.7`"));
                continue;
            }
        };
        let range = match (number(low), number(high)) {
            (Some(Ok(low)), Some(Ok(high))) if low <= high => Some((low, high)),
            (None, _) | (_, None) => None,
            _ => {
                diagnostics.push(wrong(
                    span,
                    "the interval is not two numbers, the smaller first".to_owned(),
                    "low,high",
                ));
                None
            }
        };
        let source = cell(source).and_then(SourceId::parse).map(|value| Placed { value, span });
        points.push(Point { span, date: day, value: count, range, source, note: cell(note).map(str::to_owned) });
    }
    points.sort_by_key(|point| point.date);
    points
}
