//! YAML → charts, strictly.

use super::record::{ChartKind, ChartRecord};
use crate::citation::read::{date, records};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{DrawingId, EventId, FigureId};
use crate::span::FileId;
use crate::workspace::Placed;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node};

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads a file of charts.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<ChartRecord> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| read(key, node, diagnostics)).collect()
}

fn read(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<ChartRecord> {
    let id = DrawingId::parse(&key.text);
    if id.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::SB106, key.span, format!("`{}` cannot be an id", key.text))
                .help("letters, digits, `.`, `_` and `-`"),
        );
    }
    let mut fields = Fields::open(node, key.span, "a chart", CODES, diagnostics)?;
    let title = fields.localized("title");
    let title = fields.required("title", title, "{en: what is measured}");
    let subtitle = fields.localized("subtitle");
    let kind = fields.choice("kind", ChartKind::ALL);
    let kind = fields.required("kind", kind, "line");
    let series = ids(&mut fields, "series", FigureId::parse);
    let figures = ids(&mut fields, "figures", FigureId::parse);
    let panels = fields.boolean("panels").unwrap_or(false);
    let period = date(&mut fields, "period");
    let events = ids(&mut fields, "events", EventId::parse);
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

fn ids<T>(fields: &mut Fields<'_, '_>, name: &'static str, parse: fn(&str) -> Option<T>) -> Vec<Placed<T>> {
    let mut ids = Vec::new();
    for text in fields.texts(name) {
        match parse(&text.value) {
            Some(value) => ids.push(Placed { value, span: text.span }),
            None => fields.wrong(
                text.span,
                format!("`{}` cannot be an id", text.value),
                "letters, digits, `.`, `_` and `-`",
            ),
        }
    }
    ids
}
