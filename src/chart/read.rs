//! YAML → charts, strictly.

use super::record::{ChartKind, ChartRecord};
use crate::citation::read::{date, records};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{DrawingId, EventId, FigureId};
use crate::span::FileId;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node};
use crate::workspace::shape::Shape;

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads a file of charts.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<ChartRecord> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| read(key, node, diagnostics)).collect()
}

fn read(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<ChartRecord> {
    let id = key.id::<DrawingId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "a chart", CODES, diagnostics)?;
    let record = chart(id, &mut fields);
    fields.finish();
    record
}

/// What the record of a chart may hold.
pub fn shape() -> Shape {
    Shape::of("a chart", |fields| chart(None, fields))
}

fn chart(id: Option<DrawingId>, fields: &mut Fields<'_, '_>) -> Option<ChartRecord> {
    let title = fields.localized("title");
    let title = fields.required("title", title, "{en: what is measured}");
    let subtitle = fields.localized("subtitle");
    let kind = fields.choice("kind", ChartKind::ALL);
    let kind = fields.required("kind", kind, "line");
    let series = fields.ids::<FigureId>("series");
    let figures = fields.ids::<FigureId>("figures");
    let panels = fields.boolean("panels").unwrap_or(false);
    let period = date(fields, "period");
    let events = fields.ids::<EventId>("events");
    let gap = read_gap(fields);
    fields.needs(&["series", "figures"]);
    if series.is_empty() && figures.is_empty() {
        let place = fields.place();
        fields.wrong(
            place,
            "the chart shows nothing",
            "add `series: [some-series]`, or `figures: [one, two]` for bars",
        );
    }
    Some(ChartRecord {
        id: id?,
        span: fields.place(),
        title: title?,
        subtitle,
        kind: kind?.value,
        series,
        figures,
        panels,
        period,
        events,
        gap,
    })
}

fn read_gap(fields: &mut Fields<'_, '_>) -> Option<u32> {
    let days = fields.integer_within("gap", 1..=i64::from(u32::MAX), "is a number of days", "write `gap: 45`");
    days.and_then(|days| u32::try_from(days).ok())
}
