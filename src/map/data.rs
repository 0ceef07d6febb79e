//! Outlines, lines and places, one a line of a text file:
//!
//! ```text
//! area israel 34.249 31.212, 34.263 31.224, …
//! line disputed 34.249 31.212, 34.224 31.276, …
//! place rafah 34.244 31.297
//! ```
//! Longitude comes first. What begins with `#` is for people: whose data they are and what was done to them.

use crate::diagnostic::{Code, Diagnostic};
use crate::ids::DrawingId;
use crate::span::{FileId, Span};
use std::collections::BTreeMap;

/// A point of the earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// East of Greenwich.
    pub longitude: f64,
    /// North of the equator.
    pub latitude: f64,
}

impl Point {
    /// Reads `34.467 31.502`.
    pub fn parse(text: &str) -> Option<Self> {
        let (longitude, latitude) = text.trim().split_once(' ')?;
        let degrees = |text: &str, most: f64| text.trim().parse().ok().filter(|value: &f64| value.abs() <= most);
        Some(Self { longitude: degrees(longitude, 180.0)?, latitude: degrees(latitude, 90.0)? })
    }
}

/// A file of outlines, lines and places.
#[derive(Debug, Clone)]
pub struct MapData {
    /// Its name.
    pub id: DrawingId,
    /// Where it begins.
    pub span: Span,
    /// By id, each of one or more rings.
    pub areas: BTreeMap<String, Vec<Vec<Point>>>,
    /// The lines in the order of the file.
    pub lines: Vec<(LineKind, Vec<Point>)>,
    /// By id.
    pub places: BTreeMap<String, Point>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Between land and water.
    Coast,
    /// Between two areas.
    Border,
    /// Disputed, or agreed by nobody.
    Disputed,
}

impl LineKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Coast, Self::Border, Self::Disputed];

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coast => "coast",
            Self::Border => "border",
            Self::Disputed => "disputed",
        }
    }
}

/// Reads a file.
pub fn read_file(file: FileId, name: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<MapData> {
    let id = DrawingId::parse(name)?;
    let (areas, lines, places) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let mut data = MapData { id, span: Span::start_of(file), areas, lines, places };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(file, at, at + line.trim_end().len());
        at += line.len();
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') && add(line, &mut data).is_none() {
            diagnostics.push(
                Diagnostic::new(Code::SB106, span, "this line of the map cannot be read")
                    .help("`area ID POINTS`, `line coast|border|disputed POINTS` or `place ID POINT`; a point is `34.467 31.502`, longitude first; commas stand between points"),
            );
        }
    }
    Some(data)
}

fn add(line: &str, data: &mut MapData) -> Option<()> {
    let (what, rest) = line.split_once(' ')?;
    let (name, rest) = rest.split_once(' ')?;
    let points: Vec<Point> = rest.split(',').map(Point::parse).collect::<Option<_>>()?;
    match what {
        "area" if points.len() > 2 => data.areas.entry(name.to_owned()).or_default().push(points),
        "line" if points.len() > 1 => {
            let kind = LineKind::ALL.iter().copied().find(|kind| kind.name() == name)?;
            data.lines.push((kind, points));
        }
        "place" => {
            let [point] = points.as_slice() else { return None };
            if data.places.insert(name.to_owned(), *point).is_some() {
                return None;
            }
        }
        _ => return None,
    }
    Some(())
}
