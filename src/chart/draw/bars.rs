//! Numbers side by side: each with its words above it, so that nothing is cut on a narrow screen. Bars grow from where lines begin.

use super::super::plot::{Bar, BarPlot};
use super::{LINE, Pen, Side, WIDTH, words};

/// The thickness of a bar, and the space below it.
const BAR: f64 = 14.0;
const SPACE: f64 = 14.0;

/// Draws the bars and says how high they are together.
pub(super) fn draw(plot: &BarPlot, pen: &mut Pen) -> f64 {
    // The number stands after its bar; the widest decides how long a bar may be.
    let numbers = plot.bars.iter().map(|bar| words::width(&bar.told)).fold(0.0, f64::max);
    let axis = Axis { top: plot.top, length: (WIDTH - numbers - 16.0).max(80.0), right_to_left: pen.right_to_left };
    let mut y = 0.0;
    for (index, bar) in plot.bars.iter().enumerate() {
        y = draw_bar(plot, bar, index, &axis, y, pen);
    }
    pen.line("axis", (axis.at(0.0), 0.0), (axis.at(0.0), (y - SPACE).max(0.0)));
    y
}

struct Axis {
    top: f64,
    length: f64,
    right_to_left: bool,
}

impl Axis {
    fn at(&self, value: f64) -> f64 {
        let along = 1.0 + value / self.top * self.length;
        if self.right_to_left { WIDTH - along } else { along }
    }
}

fn draw_bar(plot: &BarPlot, bar: &Bar, index: usize, axis: &Axis, top: f64, pen: &mut Pen) -> f64 {
    let (side, edge, step) = if axis.right_to_left { (Side::Right, WIDTH - 8.0, -1.0) } else { (Side::Left, 8.0, 1.0) };
    let mut y = top;
    for (class, text) in [("name", &bar.label), ("detail", &bar.detail)] {
        for line in words::lines(text, WIDTH - 16.0) {
            y += LINE;
            pen.text(class, side, (edge, y - 4.0), &line);
        }
    }
    y += 2.0;
    let middle = y + BAR / 2.0;
    let far = bar.interval.map_or(bar.value, |(_, high)| high.max(bar.value));
    if plot.intervals {
        pen.path(&super::series_class("mark", index), "", &super::mark_path(0, (axis.at(bar.value), middle)));
    } else {
        let (start, end) = (axis.at(0.0), axis.at(bar.value));
        pen.rect(&super::series_class("bar", 0), (start.min(end), y), ((end - start).abs(), BAR));
    }
    if let Some((low, high)) = bar.interval {
        let (low, high) = (axis.at(low), axis.at(high));
        pen.line("interval", (low, middle), (high, middle));
        pen.line("interval", (low, middle - 4.0), (low, middle + 4.0));
        pen.line("interval", (high, middle - 4.0), (high, middle + 4.0));
    }
    pen.text("value", side, (axis.at(far) + step * 6.0, middle + 4.5), &bar.told);
    y + BAR + SPACE
}
