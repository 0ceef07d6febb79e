//! The points of a series in CSV: in the order of their dates, and every row either read or complained of.

use super::told::{Sheet, text};
use sourcebook::figure::series;

const HEADER: &str = "label: {en: People}\nunit: people\nreporter: {en: Somebody}\nsource: a\nkind: cumulative\n";

pub fn run(bytes: &[u8]) {
    let mut sheet = Sheet::new("content/figures/series/a.csv", &text(bytes));
    let header = sheet.files.add("content/figures/series/a.yaml", HEADER);
    let mut diagnostics = Vec::new();
    let series = series::read("a", (header, HEADER), Some((sheet.file, sheet.text())), &mut diagnostics);
    sheet.hold(&diagnostics);
    let series = series.expect("the header is whole");
    for pair in series.points.windows(2) {
        assert!(pair[0].date <= pair[1].date, "points out of order");
    }
    for point in &series.points {
        sheet.hold_span(point.span, "point");
    }
}
