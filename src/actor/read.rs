//! YAML → actors and groups of them, strictly: no fact without a source, no leader and no listing without a date.

use super::record::{
    Actor, ActorKind, Designation, DesignationStatus, Designator, Fact, FactKind, Group, Leader, Membership,
};
use crate::citation::read::{date, records};
use crate::citation::{Evidence, evidence};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{ActorId, DrawingId, FigureId, PageId};
use crate::span::FileId;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::shape::{Kind, Shape};
use crate::workspace::{Localized, Placed};

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads a file of actors.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Actor> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| actor(key, node, diagnostics)).collect()
}

/// Reads the file of groups.
pub fn read_groups(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Group> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| group(key, node, diagnostics)).collect()
}

fn group(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Group> {
    let id = key.id::<DrawingId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "a group of actors", CODES, diagnostics)?;
    let record = group_fields(id, &mut fields);
    fields.finish();
    record
}

/// What the record of a group may hold.
pub fn group_shape() -> Shape {
    Shape::of("a group of actors", |fields| group_fields(None, fields))
}

fn group_fields(id: Option<DrawingId>, fields: &mut Fields<'_, '_>) -> Option<Group> {
    let title = words(fields, "title");
    let title = fields.required("title", title, "{en: what they have in common}");
    let actors = fields.ids::<ActorId>("actors");
    fields.needs(&["actors"]);
    if actors.is_empty() {
        let place = fields.key_span("actors").unwrap_or(fields.place());
        fields.wrong(place, "the group names no actor", "add `actors: [one, two]`");
    }
    Some(Group { id: id?, span: fields.place(), title: title?, actors })
}

fn actor(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Actor> {
    let id = key.id::<ActorId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "an actor", CODES, diagnostics)?;
    let record = actor_fields(id, &mut fields);
    fields.finish();
    record
}

/// What the record of an actor may hold.
pub fn shape() -> Shape {
    Shape::of("an actor", |fields| actor_fields(None, fields))
}

fn actor_fields(id: Option<ActorId>, fields: &mut Fields<'_, '_>) -> Option<Actor> {
    let name = words(fields, "name");
    let name = fields.required("name", name, "{en: what it is called}");
    let full_name = words(fields, "full-name");
    let native = fields.localized("native");
    let short = words(fields, "short");
    let kind = fields.choice("kind", ActorKind::ALL);
    let kind = fields.required("kind", kind, "armed-movement");
    let mut facts = Vec::new();
    for (field, kind) in FactKind::ALL {
        facts.extend(fields.records(field, "a fact", |fact_fields| fact(fact_fields, *kind)));
    }
    fields.needs(&["about"]);
    if fields.key_span("about").is_none() {
        fields.wrong(
            fields.place(),
            "the actor does not say what it is",
            "add `about: {text: {en: …}, sources: [some-id]}`",
        );
    }
    let part_of = fields.records("part-of", "a whole", membership);
    let leaders = fields.records("leaders", "a leader", leader);
    let size = fields.ids::<FigureId>("size");
    let designations = fields.records("designations", "a designation", designation);
    let unknown = words(fields, "unknown");
    let page = fields.parsed(
        "page",
        |text| PageId::parse(text).ok_or_else(|| format!("`{text}` is no page")),
        "a page's path without language and `.md`, such as `actors/hamas`",
    );
    Some(Actor {
        id: id?,
        span: fields.place(),
        name: name?,
        full_name,
        native,
        short,
        kind: kind?.value,
        facts,
        part_of,
        leaders,
        size,
        designations,
        unknown,
        page,
    })
}

fn fact(fields: &mut Fields<'_, '_>, kind: FactKind) -> Option<Fact> {
    let span = fields.place();
    let when = date(fields, "date");
    let text = words(fields, "text");
    let by = words(fields, "by");
    let evidence = sourced(fields, "the fact");
    let quoted = evidence.iter().any(|evidence| evidence.quote.is_some());
    if when.is_none() && text.is_none() && !quoted {
        fields.wrong(
            span,
            "the fact says nothing",
            "add `text: {en: …}`, `date: 1987-12`, or a source with its `quote`",
        );
    }
    if quoted && text.is_none() && by.is_none() {
        fields.wrong(span, "it is not said whose words are quoted", "add `by: {en: …}`");
    }
    (!evidence.is_empty()).then_some(Fact { span, kind, date: when, text, by, evidence })
}

fn membership(fields: &mut Fields<'_, '_>) -> Option<Membership> {
    let whole = fields.id::<ActorId>("actor", "the id of a record in content/actors");
    let whole = fields.required("actor", whole, "some-actor");
    let evidence = sourced(fields, "that it is part of another");
    Some(Membership { whole: whole?, evidence })
}

fn leader(fields: &mut Fields<'_, '_>) -> Option<Leader> {
    let name = words(fields, "name");
    let name = fields.required("name", name, "{en: who}");
    let role = words(fields, "role");
    let role = fields.required("role", role, "{en: head of the political bureau}");
    let (from, to, as_of) = (date(fields, "from"), date(fields, "to"), date(fields, "as-of"));
    let latest = fields.boolean("latest").unwrap_or(false);
    let note = words(fields, "note");
    let evidence = sourced(fields, "the leader");
    let place = fields.place();
    if from.is_none() && to.is_none() && as_of.is_none() {
        fields.report(
            Diagnostic::new(Code::SB332, place, "the leader has no date")
                .help("add `from:` and `to:`, or `as-of:` the day for which the source says it"),
        );
    }
    let span = name.as_ref().map_or(place, |name| name.span);
    Some(Leader { span, name: name?, role: role?, from, to, as_of, latest, note, evidence })
}

fn designation(fields: &mut Fields<'_, '_>) -> Option<Designation> {
    let span = fields.place();
    let by = designator(fields);
    let by = fields.required("by", by, "{en: the United States}");
    let scope = words(fields, "what");
    let term = words(fields, "as");
    let (since, until, as_of) = (date(fields, "since"), date(fields, "until"), date(fields, "as-of"));
    let status = fields.choice("status", DesignationStatus::ALL).map_or(DesignationStatus::Listed, |one| one.value);
    let note = words(fields, "note");
    let evidence = sourced(fields, "the designation");
    let mut lacks = |what: &str, help: &str| {
        fields.report(Diagnostic::new(Code::SB333, span, format!("the designation does not say {what}")).help(help));
    };
    if since.is_none() && as_of.is_none() {
        lacks("since when", "add `since:`, or `as-of:` the day for which the source says it");
    }
    if status != DesignationStatus::NotListed && scope.is_none() {
        lacks("what is listed", "add `what: {en: …}`: the whole, or a part of it");
    }
    if status == DesignationStatus::Ended && until.is_none() {
        lacks("until when", "add `until:`, or `status: listed`");
    }
    Some(Designation { span, by: by?, scope, term, since, until, as_of, status, note, evidence })
}

/// A name alone is the id of an actor; names by language stand for somebody who has no record.
fn designator(fields: &mut Fields<'_, '_>) -> Option<Designator> {
    fields.holds("by", Kind::localized);
    if fields.is_group("by") {
        return words(fields, "by").map(Designator::Named);
    }
    let by = fields.id::<ActorId>("by", "the id of a record in content/actors, or a name by language");
    by.map(Designator::Actor)
}

/// The sources of something; what has none is reported.
fn sourced(fields: &mut Fields<'_, '_>, what: &str) -> Vec<Evidence> {
    let evidence = evidence::read(fields);
    fields.needs(&["sources"]);
    let written = fields.node("sources").is_some_and(|node| node.value != Value::List(Vec::new()));
    if evidence.is_empty() && !written {
        let place = fields.key_span("sources").unwrap_or_else(|| fields.place());
        fields.report(
            Diagnostic::new(Code::SB331, place, format!("{what} has no source"))
                .help("add `sources: [some-id]`; what nobody can be named for is not published"),
        );
    }
    evidence
}

/// A text with its place.
fn words(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Placed<Localized>> {
    let value = fields.localized(name)?;
    Some(Placed { value, span: fields.key_span(name).unwrap_or_else(|| fields.place()) })
}
