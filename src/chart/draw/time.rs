//! Series over time: panels below one another on one scale of days, events as thin lines through all of them.

use super::super::plot::{Datum, Panel, Tick, TimePlot, Trace};
use super::super::record::ChartKind;
use super::super::svg::number;
use super::{LINE, Pen, Place, SIZE, Side, WIDTH, dash, mark_path, series_class, words};
use std::fmt::Write;

/// The height of a panel alone, and of one among several.
const ALONE: f64 = 230.0;
const AMONG: f64 = 120.0;

/// So many points still get a mark each.
const MARKED: usize = 60;

/// Draws the panels and says how high they are together, and where each point of each series stands.
pub(super) fn draw(plot: &TimePlot, pen: &mut Pen) -> (f64, Vec<Vec<Place>>) {
    let labels = plot.panels.iter().flat_map(|panel| &panel.ticks).map(|tick| words::width(&tick.label));
    let left = labels.fold(0.0, f64::max) + 8.0;
    let frame = Frame { left, right: WIDTH - 8.0, from: plot.from, to: plot.to.max(plot.from + 1.0) };
    let rows = event_rows(plot, &frame);
    let heads = rows.iter().map(|row| row.row + 1).max().unwrap_or(0);
    #[allow(clippy::cast_precision_loss, reason = "a few rows")]
    let top = heads as f64 * LINE + 6.0;
    let height = if plot.panels.len() > 1 { AMONG } else { ALONE };
    let headings: Vec<Vec<String>> = plot
        .panels
        .iter()
        .map(|panel| panel.heading.as_ref().map_or_else(Vec::new, |heading| words::lines(heading, WIDTH)))
        .collect();
    #[allow(clippy::cast_precision_loss, reason = "a few lines")]
    let bottom = headings.iter().fold(top, |y, lines| y + lines.len() as f64 * LINE + height + 16.0);
    // Lines first, words last: where they meet, the line gives way.
    for row in &rows {
        row.draw_line(top, bottom - 6.0, pen);
    }
    let (side, edge) = if pen.right_to_left { (Side::Right, WIDTH) } else { (Side::Left, 0.0) };
    let mut y = top;
    let mut places = Vec::new();
    for (panel, heading) in plot.panels.iter().zip(&headings) {
        for line in heading {
            y += LINE;
            pen.text("name", side, (edge, y - 4.0), line);
        }
        places.extend(draw_panel(panel, &frame, (y + 10.0, height), pen));
        y += height + 16.0;
    }
    for row in &rows {
        row.draw_words(pen);
    }
    draw_times(&plot.ticks, &frame, y, pen);
    (y + LINE + 4.0, places)
}

struct Frame {
    left: f64,
    right: f64,
    from: f64,
    to: f64,
}

impl Frame {
    fn x(&self, day: f64) -> f64 {
        self.left + (day - self.from) / (self.to - self.from) * (self.right - self.left)
    }
}

/// An event's words in the first row where they disturb no other's.
struct EventRow<'a> {
    event: &'a Tick,
    row: usize,
    x: f64,
    side: Side,
}

impl EventRow<'_> {
    fn y(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a few rows")]
        let row = self.row as f64;
        row * LINE + SIZE
    }

    fn draw_line(&self, top: f64, bottom: f64, pen: &mut Pen) {
        pen.line("event", (self.x, self.y() - SIZE + 3.0), (self.x, bottom.max(top)));
    }

    fn draw_words(&self, pen: &mut Pen) {
        let step = if self.side == Side::Left { 4.0 } else { -4.0 };
        pen.text("event-name", self.side, (self.x + step, self.y()), &self.event.label);
    }
}

fn event_rows<'a>(plot: &'a TimePlot, frame: &Frame) -> Vec<EventRow<'a>> {
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut rows = Vec::new();
    for event in &plot.events {
        let x = frame.x(event.at);
        let wide = words::width(&event.label) + 8.0;
        let side = if x + wide <= WIDTH { Side::Left } else { Side::Right };
        let (from, to) = if side == Side::Left { (x, x + wide) } else { (x - wide, x) };
        let is_free = |row: &Vec<(f64, f64)>| row.iter().all(|(start, end)| to < *start || from > *end);
        let row = taken.iter().position(is_free).unwrap_or(taken.len());
        match taken.get_mut(row) {
            Some(places) => places.push((from, to)),
            None => taken.push(vec![(from, to)]),
        }
        rows.push(EventRow { event, row, x, side });
    }
    rows
}

fn draw_times(ticks: &[Tick], frame: &Frame, y: f64, pen: &mut Pen) {
    for tick in ticks {
        let x = frame.x(tick.at);
        pen.line("tick", (x, y - 6.0), (x, y - 1.0));
        let half = words::width(&tick.label) / 2.0;
        let (side, x) = if x + half > WIDTH {
            (Side::Right, WIDTH)
        } else if x - half < 0.0 {
            (Side::Left, 0.0)
        } else {
            (Side::Middle, x)
        };
        pen.text("time", side, (x, y + SIZE), &tick.label);
    }
}

fn draw_panel(panel: &Panel, frame: &Frame, (top, height): (f64, f64), pen: &mut Pen) -> Vec<Vec<Place>> {
    let y = |value: f64| top + (1.0 - value / panel.top) * (height - 10.0);
    for (index, tick) in panel.ticks.iter().enumerate() {
        let class = if index == 0 { "axis" } else { "grid" };
        pen.line(class, (frame.left, y(tick.at)), (frame.right, y(tick.at)));
        pen.text("scale", Side::Right, (frame.left - 5.0, y(tick.at) + 4.0), &tick.label);
    }
    for (index, trace) in panel.traces.iter().enumerate() {
        draw_trace(trace, index, frame, &y, pen);
    }
    draw_labels(panel, frame, top - 3.0, &y, pen);
    let place = |datum: &Datum| (frame.x(datum.at), y(datum.value));
    panel.traces.iter().map(|trace| trace.runs.iter().flatten().map(place).collect()).collect()
}

fn draw_trace(trace: &Trace, index: usize, frame: &Frame, y: &dyn Fn(f64) -> f64, pen: &mut Pen) {
    let place = |datum: &Datum| (frame.x(datum.at), y(datum.value));
    if trace.kind == ChartKind::Bar {
        draw_columns(trace, index, frame, y, pen);
        return;
    }
    for run in &trace.runs {
        if trace.kind.joins() {
            if let Some(band) = band(run, frame, y) {
                pen.path(&series_class("band", index), "", &band);
            }
            pen.path(&series_class("trace", index), dash(index), &outline(run, trace.kind, &place));
        } else {
            for datum in run {
                if let Some((low, high)) = datum.interval {
                    let (x, _) = place(datum);
                    pen.line("interval", (x, y(low)), (x, y(high)));
                }
            }
        }
    }
    let count: usize = trace.runs.iter().map(Vec::len).sum();
    let alone = |run: &Vec<Datum>| run.len() == 1;
    for run in trace.runs.iter().filter(|run| count <= MARKED || alone(run) || !trace.kind.joins()) {
        for datum in run {
            draw_mark(datum, place(datum), index, pen);
        }
    }
}

/// A point's mark, with what it says for whoever points at it.
fn draw_mark(datum: &Datum, place: (f64, f64), index: usize, pen: &mut Pen) {
    use super::super::svg::Attribute::Text;
    let class = series_class("mark", index);
    pen.svg.open("path", &[("class", Text(&class)), ("d", Text(&mark_path(index, place)))]);
    pen.svg.element("title", &[], &datum.told).close("path");
}

fn outline(run: &[Datum], kind: ChartKind, place: &dyn Fn(&Datum) -> (f64, f64)) -> String {
    let mut data = String::new();
    for (index, datum) in run.iter().enumerate() {
        let (x, y) = place(datum);
        // Writing to a string cannot fail.
        let _ = match (index, kind) {
            (0, _) => write!(data, "M{} {}", number(x), number(y)),
            (_, ChartKind::Step) => write!(data, "H{}V{}", number(x), number(y)),
            _ => write!(data, "L{} {}", number(x), number(y)),
        };
    }
    data
}

/// The band between the ends of the intervals, where every point of a run has one.
fn band(run: &[Datum], frame: &Frame, y: &dyn Fn(f64) -> f64) -> Option<String> {
    if run.len() < 2 {
        return None;
    }
    let ends: Vec<(f64, (f64, f64))> =
        run.iter().map(|datum| Some((frame.x(datum.at), datum.interval?))).collect::<Option<_>>()?;
    let upper = ends.iter().map(|(x, (_, high))| (*x, *high));
    let lower = ends.iter().rev().map(|(x, (low, _))| (*x, *low));
    let corners: Vec<String> =
        upper.chain(lower).map(|(x, value)| format!("{} {}", number(x), number(y(value)))).collect();
    Some(format!("M{}Z", corners.join("L")))
}

fn draw_columns(trace: &Trace, index: usize, frame: &Frame, y: &dyn Fn(f64) -> f64, pen: &mut Pen) {
    let all: Vec<&Datum> = trace.runs.iter().flatten().collect();
    let nearest = all.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(frame.x(b.at) - frame.x(a.at)),
        _ => None,
    });
    let width = (nearest.fold(30.0, f64::min) * 0.7).max(1.5);
    for datum in all {
        let (x, top) = (frame.x(datum.at), y(datum.value));
        pen.rect(&series_class("bar", index), (x - width / 2.0, top), (width, y(0.0) - top));
        if let Some((low, high)) = datum.interval {
            pen.line("interval", (x, y(low)), (x, y(high)));
        }
    }
}

/// What each series is, at its last point, no higher than the names of events allow; two that would touch are moved apart.
fn draw_labels(panel: &Panel, frame: &Frame, highest: f64, y: &dyn Fn(f64) -> f64, pen: &mut Pen) {
    let mut labels: Vec<(f64, f64, usize, &str)> = panel
        .traces
        .iter()
        .enumerate()
        .filter_map(|(index, trace)| {
            let last = trace.runs.last()?.last()?;
            Some((y(last.value) - 8.0, frame.x(last.at), index, trace.label.as_str()))
        })
        .collect();
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = f64::MIN;
    for (wanted, x, index, label) in labels {
        let at = wanted.max(above + LINE).max(highest);
        above = at;
        let wide = words::width(label);
        let right = (x + 4.0).min(frame.right).max((frame.left + wide).min(frame.right));
        pen.text(&series_class("label", index), Side::Right, (right, at), label);
    }
}
