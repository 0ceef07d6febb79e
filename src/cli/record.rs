//! The part of `sourcebook build` that keeps the lock file of figures.

use super::{Exit, report};
use crate::changes::{Change, Side};
use crate::compile::Record;
use crate::publish::PublishError;
use crate::publish::file;
use crate::span::{Files, Span};
use crate::workspace::FIGURES;
use std::path::Path;

/// So many changes are named.
const NAMED: usize = 20;

/// Writes the lock file: when the new site is whole, and before it takes its place.
pub(super) fn keep(record: &Record, root: &Path) -> Result<(), PublishError> {
    file::write(&root.join(FIGURES), record.after.as_bytes(), |now| now == record.before.as_bytes())
}

/// Takes that back, where the site did not take its place after all: nothing was published.
pub(super) fn take_back(record: &Record, root: &Path) {
    let path = root.join(FIGURES);
    let is_ours = |now: &[u8]| now == record.after.as_bytes();
    if !std::fs::read(&path).is_ok_and(|now| is_ours(&now)) {
        return;
    }
    // The error that led here is told. Where this fails, too, the next build records and publishes the same.
    if record.before.is_empty() {
        let _ = file::remove(&path);
    } else {
        let _ = file::write(&path, record.before.as_bytes(), is_ours);
    }
}

/// Takes away what a build left beside the lock file that was killed while it wrote.
pub(super) fn clear(root: &Path) {
    file::clear(&root.join(FIGURES));
}

/// Says why that failed. The old site is whole.
pub(super) fn not_kept(error: &PublishError) -> Exit {
    if matches!(error, PublishError::Busy(_)) {
        report::error(&error.to_string());
        return Exit::Usage;
    }
    if let PublishError::Io { source, .. } = error {
        report::error(&format!("`{FIGURES}` cannot be written: {source}"));
        report::help(
            "it keeps what figures were, so nothing is published without it; make the site's folder writable, or build with `--locked` where figures have not changed",
        );
        return Exit::Machine;
    }
    report::error(&format!("`{FIGURES}` was changed while the site was read, or is no plain file"));
    report::help("build again");
    Exit::Usage
}

/// Says what a build would record, where it must not.
pub(super) fn refuse(record: &Record, files: &Files) -> Exit {
    if record.before.is_empty() {
        report::error(&format!("there is no `{FIGURES}`, and `--locked` does not allow to make it"));
    } else {
        report::error(&format!(
            "`{FIGURES}` does not know these changes, and `--locked` does not allow to record them"
        ));
    }
    for (change, span) in record.changes.iter().take(NAMED) {
        report::say(&format!("  {}: {}", place(files, *span), told(change)));
    }
    if let Some(more) = record.changes.len().checked_sub(NAMED).filter(|more| *more > 0) {
        report::say(&format!("  and {more} more"));
    }
    report::help(&format!("run `sourcebook build` and keep `{FIGURES}` with the change"));
    Exit::Usage
}

fn place(files: &Files, span: Span) -> String {
    let start = files.positions(span).map(|(start, _)| format!(":{}:{}", start.line, start.column)).unwrap_or_default();
    format!("{}{start}", files.path(span.file))
}

/// "`gaza-killed`: 73419 (2026-08-22) → 73500 (2026-08-25)"
fn told(change: &Change) -> String {
    let side = |side: &Side| format!("{} ({})", side.reading.value, side.reading.when);
    let words = match (&change.from, &change.to) {
        (Some(from), Some(to)) => format!("{} → {}", side(from), side(to)),
        (None, Some(to)) => format!("new, {}", side(to)),
        (Some(from), None) => format!("{}, removed", side(from)),
        (None, None) => change.kind.name().to_owned(),
    };
    format!("`{}`: {words}", change.id)
}
