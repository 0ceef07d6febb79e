//! The lock file → [`Lock`], strictly: it is written by the program, so whatever is not as the program writes it was damaged on the way.
//! Uses `workspace` (values with places) and its sister modules.

use super::{Copy, Detour, Distrust, Entry, Lock, State};
use crate::date::Day;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use crate::workspace::Placed;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::machine::Form;
use crate::workspace::node::{Node, Value};

const CODES: Codes = Codes { unknown: Code::SB236, invalid: Code::SB236 };

/// The form of the file that this program reads and writes.
pub(super) const FORM: Form = Form { code: Code::SB236, noun: "file", version: 1 };

const HELP: &str = "put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew";

/// Reads the lock file. `None` where any part of it is damaged: it is mended or removed by a person, and never overwritten.
pub fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Lock> {
    let told = |problem: Diagnostic| problem.help(HELP);
    let lock = FORM.read(file, text, read_node);
    lock.map_err(|problems| diagnostics.extend(problems.into_iter().map(told))).ok()
}

fn read_node(node: &Node, start: Span, problems: &mut Vec<Diagnostic>) -> Option<Lock> {
    let mut fields = Fields::open(node, start, "the lock file", CODES, problems)?;
    FORM.version(&mut fields)?;
    let links = fields.node("links");
    fields.finish();
    let mut lock = Lock::default();
    let Some(links) = links else { return Some(lock) };
    let Value::Map(entries) = &links.value else {
        let message = format!("`links` holds addresses, not {}", links.kind());
        problems.push(Diagnostic::new(Code::SB236, links.span, message));
        return None;
    };
    for (key, node) in entries {
        if let Some(mut fields) = Fields::open(node, key.span, "an address", CODES, problems) {
            let entry = read_entry(&mut fields);
            fields.finish();
            lock.entries.insert(key.text.clone(), entry?);
        }
    }
    Some(lock)
}

fn read_entry(fields: &mut Fields<'_, '_>) -> Option<Entry> {
    let state = read_state(fields);
    let since = day(fields, "since");
    let since = fields.required("since", since, "2026-11-23");
    let visited = day(fields, "visited");
    let visited = fields.required("visited", visited, "2026-11-23");
    let alive = day(fields, "alive");
    let failures =
        fields.parsed("failures", |text| text.parse::<u32>().map_err(|_| format!("`{text}` is no number of days")), "");
    let ends_at = fields.text("ends-at").map(|url| url.value);
    let copy = fields.group("copy", "a copy").and_then(|mut copy| {
        let url = copy.text("url");
        let url = copy.required("url", url, "https://…");
        let at = day(&mut copy, "at");
        copy.finish();
        url.map(|url| Copy { url: url.value, at })
    });
    Some(Entry {
        state: state?,
        since: since?,
        visited: visited?,
        alive,
        failures: failures.map_or(0, |failures| failures.value),
        ends_at,
        copy,
    })
}

fn read_state(fields: &mut Fields<'_, '_>) -> Option<State> {
    let status = fields.text("status");
    let status = fields.required("status", status, "alive");
    let code = fields.integer("code").and_then(|code| u16::try_from(code).ok());
    let to = fields.text("moved-to").map(|url| url.value);
    let Placed { value, span } = status?;
    let with_code = |make: fn(u16) -> State| code.map(make);
    let state = match value.as_str() {
        "alive" => Some(State::Alive),
        "moved" => to.map(|to| State::Moved { to }),
        "gone" => with_code(State::Gone),
        "refused" => with_code(State::Refused),
        "busy" => with_code(State::Busy),
        "failed" => with_code(State::Failed),
        "timed-out" => Some(State::TimedOut),
        "closed" => Some(State::Closed),
        "astray" => fields.choice("reason", Detour::ALL).map(|detour| State::Astray(detour.value)),
        "no-such-host" => Some(State::NoSuchHost),
        "untrusted" => fields.choice("reason", Distrust::ALL).map(|distrust| State::Untrusted(distrust.value)),
        _ => None,
    };
    if state.is_none() {
        fields.wrong(span, format!("the status `{value}` is not known, or lacks what belongs to it"), "");
    }
    state
}

fn day(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Day> {
    let day = |text: &str| Day::parse(text).ok_or_else(|| format!("`{text}` is no day"));
    fields.parsed(name, day, "").map(|day| day.value)
}
