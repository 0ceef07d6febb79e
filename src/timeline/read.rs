//! YAML → events, strictly.

use super::record::{Event, Theme};
use crate::citation::read::{date, records};
use crate::citation::{Evidence, evidence};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{EventId, PageId, ThemeId};
use crate::span::FileId;
use crate::workspace::Placed;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node};
use crate::workspace::shape::Shape;

/// The timeline that shows every event.
pub const EVERYTHING: &str = "all";

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads a file of events.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Event> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| read(key, node, diagnostics)).collect()
}

fn read(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Event> {
    let id = key.id::<EventId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "an event", CODES, diagnostics)?;
    let record = event(id, &mut fields);
    fields.finish();
    record
}

/// What the record of an event may hold.
pub fn shape() -> Shape {
    Shape::of("an event", |fields| event(None, fields))
}

fn event(id: Option<EventId>, fields: &mut Fields<'_, '_>) -> Option<Event> {
    let when = date(fields, "date");
    let when = fields.required("date", when, "1993-09-13");
    let title = fields.localized("title");
    let title = fields.required("title", title, "{en: what happened}");
    let short = fields.localized("short");
    let text = fields.localized("text");
    let evidence = read_evidence(fields);
    let themes = read_themes_of(fields);
    let page = fields.parsed(
        "page",
        |text| PageId::parse(text).ok_or_else(|| format!("`{text}` is no page")),
        "a page's path without language and `.md`, such as `actors/hamas`",
    );
    Some(Event { id: id?, span: fields.place(), date: when?, title: title?, short, text, evidence, themes, page })
}

/// Reads the file of themes, in its order.
pub fn read_themes(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Theme> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| read_theme(key, node, diagnostics)).collect()
}

fn read_theme(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Theme> {
    // The timeline of everything has this name.
    let id = ThemeId::parse(&key.text).filter(|_| key.text != EVERYTHING);
    if id.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::SB106, key.span, format!("`{}` cannot be a theme", key.text))
                .help(format!("lower-case letters, digits and `-`; `{EVERYTHING}` means all events")),
        );
    }
    let mut fields = Fields::open(node, key.span, "a theme", CODES, diagnostics)?;
    let record = theme(id, &mut fields);
    fields.finish();
    record
}

/// What the record of a theme may hold.
pub fn theme_shape() -> Shape {
    Shape::of("a theme", |fields| theme(None, fields))
}

fn theme(id: Option<ThemeId>, fields: &mut Fields<'_, '_>) -> Option<Theme> {
    let name = fields.localized("name");
    let name = fields.required("name", name, "{en: what readers call it}");
    Some(Theme { id: id?, span: fields.place(), name: name? })
}

/// `themes: [war, law]`
fn read_themes_of(event: &mut Fields<'_, '_>) -> Vec<Placed<ThemeId>> {
    let mut themes = Vec::new();
    for theme in event.texts("themes") {
        match ThemeId::parse(&theme.value) {
            Some(value) => themes.push(Placed { value, span: theme.span }),
            None => event.wrong(
                theme.span,
                format!("`{}` cannot be a theme", theme.value),
                "lower-case letters, digits and `-`, as in content/themes.yaml",
            ),
        }
    }
    themes
}

/// Who says so. An event without a source is none.
fn read_evidence(event: &mut Fields<'_, '_>) -> Vec<Evidence> {
    let evidence = evidence::read(event);
    event.needs(&["sources"]);
    if evidence.is_empty() {
        let place = event.place();
        let written = event.key_span("sources");
        event.wrong(written.unwrap_or(place), "the event has no source", "add `sources: [some-id]`");
    }
    evidence
}
