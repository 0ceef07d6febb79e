//! Sheet → SVG. Degrees become lengths; words are real text, and north is above in every language.
//!
//! Meridians and parallels are straight lines with right angles between them, and a degree of longitude is as long as it is at the middle
//! of the window: nothing is far enough from there to look wrong.

use super::data::{LineKind, MapData, Point};
use super::record::{NameKind, Side, Window};
use crate::chart::svg::{Attribute, Svg, number};
use std::fmt::Write;

/// The width of every map. Narrow, so that its words are still read on a phone.
const WIDTH: f64 = 440.0;

/// The size of its words.
const SIZE: f64 = 13.0;

/// What is drawn, its words already in the reader's language.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// What is shown, for readers who do not see it.
    pub title: String,
    /// The same in sentences.
    pub description: String,
    /// Whether its words run from right to left.
    pub right_to_left: bool,
    /// The part of the world.
    pub window: Window,
    /// What it is drawn from.
    pub data: &'a MapData,
    /// The areas with a ground of their own.
    pub shade: Vec<&'a str>,
    /// Names of areas and waters.
    pub names: Vec<(Point, NameKind, String)>,
    /// Places with their names.
    pub places: Vec<(Point, Side, String)>,
}

/// Draws a map. `id` is its id on the page, from which those of its title and description are made.
pub fn draw(sheet: &Sheet<'_>, id: &str) -> Svg {
    let projection = Projection::of(&sheet.window);
    let mut svg = Svg::default();
    let (title, description) = (format!("{id}-title"), format!("{id}-desc"));
    svg.open(
        "svg",
        &[
            ("class", Attribute::Text("map")),
            ("viewBox", Attribute::Text(&format!("0 0 {} {}", number(WIDTH), number(projection.height)))),
            ("role", Attribute::Text("img")),
            ("aria-labelledby", Attribute::Text(&title)),
            ("aria-describedby", Attribute::Text(&description)),
            ("font-size", Attribute::Length(SIZE)),
            ("direction", Attribute::Text(if sheet.right_to_left { "rtl" } else { "ltr" })),
        ],
    );
    svg.element("title", &[("id", Attribute::Text(&title))], &sheet.title);
    svg.element("desc", &[("id", Attribute::Text(&description))], &sheet.description);
    for (area, rings) in &sheet.data.areas {
        let class = if sheet.shade.contains(&area.as_str()) { "land shaded" } else { "land" };
        let mut data = String::new();
        for ring in rings.iter().filter(|ring| sheet.window.meets(ring)) {
            data.push_str(&projection.path(ring));
            data.push('Z');
        }
        if !data.is_empty() {
            svg.empty("path", &[("class", Attribute::Text(class)), ("d", Attribute::Text(&data))]);
        }
    }
    for kind in LineKind::ALL {
        let lines = sheet.data.lines.iter().filter(|(own, line)| own == kind && sheet.window.meets(line));
        let data: String = lines.map(|(_, line)| projection.path(line)).collect();
        if !data.is_empty() {
            svg.empty("path", &[("class", Attribute::Text(kind.name())), ("d", Attribute::Text(&data))]);
        }
    }
    let mut writer = Writer { svg, right_to_left: sheet.right_to_left };
    for (at, kind, name) in &sheet.names {
        writer.svg.label(kind.name(), projection.place(*at), "middle", name);
    }
    for (at, side, name) in &sheet.places {
        writer.place(projection.place(*at), *side, name);
    }
    writer.svg.close("svg");
    writer.svg
}

/// Degrees → lengths.
struct Projection {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    height: f64,
}

impl Projection {
    fn of(window: &Window) -> Self {
        let middle = f64::midpoint(window.south, window.north);
        let across = WIDTH / (window.east - window.west);
        // At a pole a degree of longitude would have no length.
        let down = across / middle.to_radians().cos().max(0.05);
        Self { west: window.west, north: window.north, across, down, height: (window.north - window.south) * down }
    }

    fn place(&self, point: Point) -> (f64, f64) {
        ((point.longitude - self.west) * self.across, (self.north - point.latitude) * self.down)
    }

    fn path(&self, points: &[Point]) -> String {
        let mut data = String::new();
        for (index, point) in points.iter().enumerate() {
            let (x, y) = self.place(*point);
            // Writing to a string cannot fail.
            let _ = write!(data, "{}{} {}", if index == 0 { 'M' } else { 'L' }, number(x), number(y));
        }
        data
    }
}

struct Writer {
    svg: Svg,
    right_to_left: bool,
}

impl Writer {
    fn place(&mut self, (x, y): (f64, f64), side: Side, name: &str) {
        self.svg.empty(
            "circle",
            &[
                ("class", Attribute::Text("point")),
                ("cx", Attribute::Length(x)),
                ("cy", Attribute::Length(y)),
                ("r", Attribute::Length(2.5)),
            ],
        );
        let (left, right) = if self.right_to_left { ("end", "start") } else { ("start", "end") };
        match side {
            Side::East => self.svg.label("place", (x + 6.0, y + 4.5), left, name),
            Side::West => self.svg.label("place", (x - 6.0, y + 4.5), right, name),
            Side::North => self.svg.label("place", (x, y - 7.0), "middle", name),
            Side::South => self.svg.label("place", (x, y + 16.0), "middle", name),
        };
    }
}
