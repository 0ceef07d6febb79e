//! Plot → SVG. Words are real text; what differs between series differs in dash and mark, too, never in colour alone.
//!
//! Positions are physical, because time runs from left to right in every language; [`Pen`] turns the ends of words around where they
//! run the other way. Colours and fonts are the style sheet's, by class.

mod bars;
mod time;
mod words;

use super::plot::{Content, Plot};
use super::svg::{Attribute, Svg, number};

/// The width of every drawing. Narrow, so that its words are still read on a phone.
const WIDTH: f64 = 440.0;

/// The size of its words, and the height of a line of them.
const SIZE: f64 = 13.0;
const LINE: f64 = 17.0;

/// Where a point is drawn: so far from the left, so far from the top.
pub type Place = (f64, f64);

/// A chart, drawn.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// The drawing.
    pub svg: Svg,
    /// Where each point of each series stands; for bars, nothing: their numbers stand beside them.
    pub places: Vec<Vec<Place>>,
}

/// Draws a chart. `id` is its id on the page, from which those of its title and description are made.
pub fn draw(plot: &Plot, id: &str) -> Drawn {
    let mut pen = Pen { svg: Svg::default(), right_to_left: plot.right_to_left };
    let mut inner = Pen { svg: Svg::default(), right_to_left: plot.right_to_left };
    let (height, places) = match &plot.content {
        Content::Time(time) => time::draw(time, &mut inner),
        Content::Bars(bars) => (bars::draw(bars, &mut inner), Vec::new()),
    };
    let (title, description) = (format!("{id}-title"), format!("{id}-desc"));
    pen.svg.open(
        "svg",
        &[
            ("class", Attribute::Text("chart")),
            ("viewBox", Attribute::Text(&format!("0 0 {} {}", number(WIDTH), number(height)))),
            ("role", Attribute::Text("img")),
            ("aria-labelledby", Attribute::Text(&title)),
            ("aria-describedby", Attribute::Text(&description)),
            ("font-size", Attribute::Length(SIZE)),
            ("direction", Attribute::Text(if plot.right_to_left { "rtl" } else { "ltr" })),
        ],
    );
    pen.svg.element("title", &[("id", Attribute::Text(&title))], &plot.title);
    pen.svg.element("desc", &[("id", Attribute::Text(&description))], &plot.description);
    pen.svg.append(&inner.svg);
    pen.svg.close("svg");
    Drawn { svg: pen.svg, places }
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Middle,
    Right,
}

/// Writes elements in physical positions.
struct Pen {
    svg: Svg,
    right_to_left: bool,
}

impl Pen {
    fn text(&mut self, class: &str, side: Side, at: (f64, f64), text: &str) {
        let anchor = match (side, self.right_to_left) {
            (Side::Middle, _) => "middle",
            (Side::Left, false) | (Side::Right, true) => "start",
            (Side::Left, true) | (Side::Right, false) => "end",
        };
        self.svg.label(class, at, anchor, text);
    }

    fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        self.svg.empty(
            "line",
            &[
                ("class", Attribute::Text(class)),
                ("x1", Attribute::Length(x1)),
                ("y1", Attribute::Length(y1)),
                ("x2", Attribute::Length(x2)),
                ("y2", Attribute::Length(y2)),
            ],
        );
    }

    fn path(&mut self, class: &str, dash: &str, data: &str) {
        let mut attributes = vec![("class", Attribute::Text(class)), ("d", Attribute::Text(data))];
        if !dash.is_empty() {
            attributes.push(("stroke-dasharray", Attribute::Text(dash)));
        }
        self.svg.empty("path", &attributes);
    }

    fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.svg.empty(
            "rect",
            &[
                ("class", Attribute::Text(class)),
                ("x", Attribute::Length(x)),
                ("y", Attribute::Length(y)),
                ("width", Attribute::Length(width.max(0.0))),
                ("height", Attribute::Length(height.max(0.0))),
            ],
        );
    }
}

/// The dash and the mark of the series at an index: six of each, so that two series differ without their colours.
const DASHES: [&str; 6] = ["", "6 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2 1 2"];

/// The outline of a mark around a point, by the index of its series.
fn mark_path(index: usize, (x, y): (f64, f64)) -> String {
    let at = |dx: f64, dy: f64| format!("{} {}", number(x + dx), number(y + dy));
    let outline = |corners: &[(f64, f64)]| {
        let corners: Vec<String> = corners.iter().map(|(dx, dy)| at(*dx, *dy)).collect();
        format!("M{}Z", corners.join("L"))
    };
    match index % 6 {
        0 => format!("M{}a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0 -4.8 0Z", at(-2.4, 0.0)),
        1 => outline(&[(-2.4, -2.4), (2.4, -2.4), (2.4, 2.4), (-2.4, 2.4)]),
        2 => outline(&[(0.0, -3.2), (3.0, 2.2), (-3.0, 2.2)]),
        3 => outline(&[(0.0, -3.4), (3.4, 0.0), (0.0, 3.4), (-3.4, 0.0)]),
        4 => outline(&[(0.0, 3.2), (3.0, -2.2), (-3.0, -2.2)]),
        _ => outline(&[
            (-3.0, -1.0),
            (-1.0, -1.0),
            (-1.0, -3.0),
            (1.0, -3.0),
            (1.0, -1.0),
            (3.0, -1.0),
            (3.0, 1.0),
            (1.0, 1.0),
            (1.0, 3.0),
            (-1.0, 3.0),
            (-1.0, 1.0),
            (-3.0, 1.0),
        ]),
    }
}

/// The class of the series at an index: six colours, again and again.
fn series_class(name: &str, index: usize) -> String {
    format!("{name} s{}", index % 6 + 1)
}

fn dash(index: usize) -> &'static str {
    DASHES.get(index % DASHES.len()).copied().unwrap_or("")
}
