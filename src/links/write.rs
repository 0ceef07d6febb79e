//! [`Lock`] → the lock file: sorted by address, one field a line, the same bytes for the same knowledge. Uses `workspace::machine` and its sister modules.

use super::read::FORM;
use super::{Entry, Lock, State};
use crate::workspace::machine::quoted;
use std::fmt::Write;

const HEAD: &str = "# Written by `sourcebook check --external`: what each address answered, and when. Keep it with the site; do not edit it.\n# docs/link-rot.md of Sourcebook says how to read it.\n";

/// YAML takes no longer keys than 1,024 characters without being told that they are keys.
const LONGEST_KEY: usize = 1000;

/// Writes the lock file's text.
pub fn write(lock: &Lock) -> String {
    let mut text = format!("{HEAD}version: {}\n", FORM.version);
    text.push_str(if lock.entries.is_empty() { "links: {}\n" } else { "links:\n" });
    for (address, entry) in &lock.entries {
        // Writing into a text cannot fail.
        let _ = write_entry(&mut text, address, entry);
    }
    text
}

fn write_entry(text: &mut String, address: &str, entry: &Entry) -> std::fmt::Result {
    let Entry { state, since, visited, alive, failures, ends_at, copy } = entry;
    let key = quoted(address);
    if key.len() > LONGEST_KEY {
        write!(text, "  ? {key}\n  : ")?;
    } else {
        write!(text, "  {key}:\n    ")?;
    }
    writeln!(text, "status: {}", state.name())?;
    if let Some(code) = state.code() {
        writeln!(text, "    code: {code}")?;
    }
    if let Some(reason) = state.reason() {
        writeln!(text, "    reason: {reason}")?;
    }
    if let State::Moved { to } = state {
        writeln!(text, "    moved-to: {}", quoted(to))?;
    }
    if let Some(url) = ends_at {
        writeln!(text, "    ends-at: {}", quoted(url))?;
    }
    writeln!(text, "    since: {since}\n    visited: {visited}")?;
    if let Some(alive) = alive {
        writeln!(text, "    alive: {alive}")?;
    }
    if *failures > 0 {
        writeln!(text, "    failures: {failures}")?;
    }
    if let Some(copy) = copy {
        writeln!(text, "    copy:\n      url: {}", quoted(&copy.url))?;
        if let Some(at) = copy.at {
            writeln!(text, "      at: {at}")?;
        }
    }
    Ok(())
}
