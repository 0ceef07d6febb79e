//! The lock file → [`FigureLock`], strictly: it is written by the program, so whatever is not as the program writes it was damaged on the way.
//! Uses `workspace` (values with places) and its sister modules.

use super::{Change, FigureLock, Held, HeldPoint, HeldSeries, Kind, Named, PointKey, Reading, Side, Snapshot, Subject};
use crate::date::{Date, Day};
use crate::diagnostic::{Code, Diagnostic};
use crate::figure::record::{Qualifier, Status};
use crate::ids::{FigureId, SourceId};
use crate::number::Number;
use crate::span::{FileId, Span};
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::machine::Form;
use crate::workspace::node::{Key, Node, Value};
use std::collections::BTreeMap;

const CODES: Codes = Codes { unknown: Code::SB340, invalid: Code::SB340 };

/// The form of the file that this program reads and writes.
pub(super) const FORM: Form = Form { code: Code::SB340, noun: "file", version: 1 };

const HELP: &str = "put the file back as it was (`git checkout`, or one side of a merge), then run `sourcebook build`, which adds what has changed since; without the file the log of changes is lost";

/// Reads the lock file. `None` where any part of it is damaged: it is mended by a person, and never overwritten.
pub fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<FigureLock> {
    let told = |problem: Diagnostic| problem.help(HELP);
    let lock = FORM.read(file, text, read_node);
    lock.map_err(|problems| diagnostics.extend(problems.into_iter().map(told))).ok()
}

fn read_node(node: &Node, start: Span, problems: &mut Vec<Diagnostic>) -> Option<FigureLock> {
    let mut fields = Fields::open(node, start, "the lock file", CODES, problems)?;
    FORM.version(&mut fields)?;
    let id = fields.text("id");
    let id = fields.required("id", id, "urn:uuid:…");
    let since = day(&mut fields, "since");
    let sources = fields.node("sources");
    let figures = fields.node("figures");
    let series = fields.node("series");
    let log = fields.records("log", "a change", read_change);
    fields.finish();
    let held = Snapshot {
        sources: entries(sources, "a source", SourceId::parse, problems, |_, fields| {
            read_named(fields, "name", "date")
        }),
        figures: entries(figures, "a figure", FigureId::parse, problems, read_figure),
        series: entries(series, "a series", FigureId::parse, problems, read_series),
    };
    Some(FigureLock { id: id?.value, since: since?, held, log })
}

/// The entries of a group, by id.
fn entries<K: Ord, V>(
    node: Option<&Node>,
    what: &'static str,
    parse: impl Fn(&str) -> Option<K>,
    problems: &mut Vec<Diagnostic>,
    read: impl Fn(&Key, &mut Fields<'_, '_>) -> Option<V>,
) -> BTreeMap<K, V> {
    let mut found = BTreeMap::new();
    let Some(node) = node else { return found };
    let Value::Map(all) = &node.value else {
        problems.push(Diagnostic::new(Code::SB340, node.span, format!("here stands {}, not {what}", node.kind())));
        return found;
    };
    for (key, node) in all {
        let Some(id) = parse(&key.text) else {
            problems.push(Diagnostic::new(Code::SB340, key.span, format!("`{}` cannot be an id", key.text)));
            continue;
        };
        if let Some(mut fields) = Fields::open(node, key.span, what, CODES, problems) {
            let entry = read(key, &mut fields);
            fields.finish();
            found.extend(entry.map(|entry| (id, entry)));
        }
    }
    found
}

fn read_figure(key: &Key, fields: &mut Fields<'_, '_>) -> Option<Held> {
    let subject = read_subject(fields);
    let corrected = date(fields, "corrected");
    let reading = fields.group("now", "what it says").and_then(|mut now| {
        let reading = read_reading(&mut now);
        now.finish();
        reading
    });
    let reading = fields.required("now", reading, "{value: 1, …}");
    Some(Held { span: key.span, subject: subject?, reading: reading?, corrected })
}

fn read_series(key: &Key, fields: &mut Fields<'_, '_>) -> Option<HeldSeries> {
    let subject = read_subject(fields);
    let mut points: BTreeMap<PointKey, HeldPoint> = BTreeMap::new();
    let read = fields.records("points", "a point", |fields| {
        let span = fields.place();
        read_reading(fields).map(|reading| HeldPoint { span, reading })
    });
    for point in read {
        let date = point.reading.when;
        let last = points.range((date, 0)..=(date, u32::MAX)).next_back();
        let nth = last.map_or(0, |((_, nth), _)| nth.saturating_add(1));
        points.insert((date, nth), point);
    }
    Some(HeldSeries { span: key.span, subject: subject?, points })
}

fn read_subject(fields: &mut Fields<'_, '_>) -> Option<Subject> {
    let label = fields.localized("label");
    let label = fields.required("label", label, "words");
    let reporter = fields.localized("reporter");
    Some(Subject { label: label?, reporter })
}

fn read_named(fields: &mut Fields<'_, '_>, name: &'static str, at: &'static str) -> Option<Named> {
    let words = fields.localized(name);
    let words = fields.required(name, words, "words");
    let date = date(fields, at);
    Some(Named { name: words?, date })
}

fn read_change(fields: &mut Fields<'_, '_>) -> Option<Change> {
    let noted = day(fields, "noted");
    let id = figure(fields, "figure");
    let id = fields.required("figure", id, "its id");
    let by = figure(fields, "by");
    let kinds: Vec<(&'static str, u8)> =
        ["new", "changed", "superseded", "removed", "newest", "revised"].into_iter().zip(0..).collect();
    let kind = fields.choice("change", &kinds);
    let kind = fields.required("change", kind, "changed");
    let kind = kind.and_then(|kind| match kind.value {
        0 => Some(Kind::New),
        1 => Some(Kind::Changed),
        2 => fields.required("by", by, "the id of the newer figure").map(Kind::Superseded),
        3 => Some(Kind::Removed),
        4 => Some(Kind::Newest),
        _ => Some(Kind::Revised),
    });
    let subject = read_subject(fields);
    let from = side(fields, "from");
    let to = side(fields, "to");
    let correction = fields.localized("correction");
    Some(Change { noted: noted?, id: id?, kind: kind?, subject: subject?, from, to, correction })
}

fn side(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Side> {
    let mut side = fields.group(name, "one side of a change")?;
    let source = read_named(&mut side, "source-name", "source-date");
    let reading = read_reading(&mut side);
    side.finish();
    Some(Side { reading: reading?, source: source? })
}

fn read_reading(fields: &mut Fields<'_, '_>) -> Option<Reading> {
    let number = |text: &str| Number::parse(text).ok_or_else(|| format!("`{text}` is no number"));
    let value = fields.parsed("value", number, "").map(|value| value.value);
    let value = fields.required("value", value, "1234");
    let range = range(fields);
    let qualifier = fields.choice("qualifier", Qualifier::ALL).map(|choice| choice.value).unwrap_or_default();
    let unit = fields.text("unit");
    let unit = fields.required("unit", unit, "people");
    let when = date(fields, "as-of");
    let when = fields.required("as-of", when, "2026-08-22");
    let status = fields.choice("status", Status::ALL).map(|choice| choice.value).unwrap_or_default();
    let source = fields.id::<SourceId>("source", "").map(|source| source.value);
    let source = fields.required("source", source, "its id");
    Some(Reading { value: value?, range, qualifier, unit: unit?.value, when: when?, status, source: source? })
}

fn range(fields: &mut Fields<'_, '_>) -> Option<(Number, Number)> {
    let node = fields.node("range")?;
    let ends: Vec<Option<Number>> =
        fields.list("range").iter().map(|end| end.as_text().and_then(Number::parse)).collect();
    if let [Some(low), Some(high)] = ends.as_slice() {
        return Some((*low, *high));
    }
    fields.wrong(node.span, "`range` is two numbers", "");
    None
}

fn figure(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<FigureId> {
    fields.id(name, "").map(|id| id.value)
}

fn date(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Date> {
    fields.parsed(name, |text| Date::parse(text).map_err(|error| error.to_string()), "").map(|date| date.value)
}

fn day(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Day> {
    let day = |text: &str| Day::parse(text).ok_or_else(|| format!("`{text}` is no day"));
    let day = fields.parsed(name, day, "").map(|day| day.value);
    fields.required(name, day, "2026-11-25")
}
