//! YAML → charts, strictly.

use super::record::{ChartKind, ChartRecord};
use crate::citation::read::{date, records};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{DrawingId, EventId, FigureId};
use crate::span::FileId;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node};

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads a file of charts.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<ChartRecord> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| read(key, node, diagnostics)).collect()
}

fn read(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<ChartRecord> {
    let id = key.id::<DrawingId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "a chart", CODES, diagnostics)?;
    let title = fields.localized("title");
    let title = fields.required("title", title, "{en: what is measured}");
    let subtitle = fields.localized("subtitle");
    let kind = fields.choice("kind", ChartKind::ALL);
    let kind = fields.required("kind", kind, "line");
    let series = fields.ids::<FigureId>("series");
    let figures = fields.ids::<FigureId>("figures");
    let panels = fields.boolean("panels").unwrap_or(false);
    let period = date(&mut fields, "period");
    let events = fields.ids::<EventId>("events");
    let gap = read_gap(&mut fields);
    if series.is_empty() && figures.is_empty() {
        let place = fields.place();
        fields.wrong(
            place,
            "the chart shows nothing",
            "add `series: [some-series]`, or `figures: [one, two]` for bars",
        );
    }
    fields.finish();
    Some(ChartRecord {
        id: id?,
        span: key.span,
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
    let node = fields.node("gap")?;
    let days = fields.integer("gap")?;
    let days = u32::try_from(days).ok().filter(|days| *days > 0);
    if days.is_none() {
        fields.wrong(node.span, "`gap` is a number of days", "write `gap: 45`");
    }
    days
}
