//! What `verify` says, for people who received a copy and want to know whether it can be trusted.

use super::{Finding, Report};
use crate::manifest::Manifest;
use std::fmt::Write;

/// So many files of a kind are named.
const NAMED: usize = 40;

/// What came of it, in lines.
pub fn tell(report: &Report, manifest: &Manifest) -> String {
    let mut text = String::new();
    for finding in report.findings.iter().take(NAMED) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line(finding));
    }
    if let Some(more) = report.findings.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let _ = writeln!(text, "and {more} more");
    }
    note(&mut text, &report.remains, "of an older copy, no longer part of the site; may be deleted");
    note(&mut text, &report.clutter, "left by the computer, not part of the site");
    let of = origin(manifest);
    let _ = if report.findings.is_empty() {
        writeln!(text, "Whole: {} files are as they were published{of}.", report.whole)
    } else {
        writeln!(
            text,
            "NOT AS PUBLISHED: {} found, {} files are as they were published{of}.",
            counted(report.findings.len()),
            report.whole
        )
    };
    text
}

fn counted(findings: usize) -> String {
    if findings == 1 { "1 difference".to_owned() } else { format!("{findings} differences") }
}

fn note(text: &mut String, paths: &[String], what: &str) {
    for path in paths.iter().take(NAMED) {
        let _ = writeln!(text, "note       {} ({what})", plain(path));
    }
    if let Some(more) = paths.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let _ = writeln!(text, "note       and {more} more ({what})");
    }
}

fn line(finding: &Finding) -> String {
    match finding {
        Finding::Changed(path) => format!("changed    {}: its content is not what was published", plain(path)),
        Finding::Damaged(path) => format!("damaged    {}: it cannot be read", plain(path)),
        Finding::Missing(path) => format!("missing    {}", plain(path)),
        Finding::Renamed { listed, found } => format!("renamed    {} is now called {}", plain(listed), plain(found)),
        Finding::Swapped(one, other) => format!("swapped    {} and {} have changed places", plain(one), plain(other)),
        Finding::Replaced { path, by } => format!("changed    {}: it has the content of {}", plain(path), plain(by)),
        Finding::Added(path) => format!("added      {}: it is not part of what was published", plain(path)),
    }
}

/// A stranger's name cannot move the cursor or change its direction.
pub fn plain(path: &str) -> String {
    let is_safe = |c: char| {
        !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    path.chars().map(|c| if is_safe(c) { c } else { '\u{fffd}' }).collect()
}

/// " (version 0a1b2c3d, content of 2026-11-20)"
fn origin(manifest: &Manifest) -> String {
    let version = manifest.inputs.get(..8).map(|version| format!("version {}", plain(version)));
    let date = manifest.date.as_deref().map(|date| format!("content of {}", plain(date)));
    let parts: Vec<String> = version.into_iter().chain(date).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}
