//! SB341 and SB342: what readers saw of a figure and see no more must say why.
//!
//! What was published stands in the lock file of figures; a site without one has published nothing.

use crate::book::Book;
use crate::book::present::present;
use crate::changes::compare::{changes, place, unexplained};
use crate::changes::{Change, FigureLock, Kind, Present};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Another number for the same day, and a record that is gone.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let Some(lock) = &book.changes else { return };
    let present = present(book);
    let at = |change: &Change| place(change, &present.snapshot, Some(&lock.held));
    for change in unexplained(lock, &present) {
        if let (Some(span), Some(problem)) = (at(&change), contradiction(&change)) {
            diagnostics.push(Diagnostic::new(Code::SB341, span, problem).help(how_to_explain(&change, &present)));
        }
    }
    for change in changes(&lock.held, &present, lock.since) {
        if let Some(span) = at(&change).filter(|_| change.kind == Kind::Removed) {
            diagnostics.push(removed(&change, lock, &present, span));
        }
    }
}

fn contradiction(change: &Change) -> Option<String> {
    let (from, to) = (&change.from.as_ref()?.reading, &change.to.as_ref()?.reading);
    let interval =
        |ends: Option<_>| ends.map_or_else(|| "no range".to_owned(), |(low, high)| format!("{low} to {high}"));
    Some(if from.value == to.value {
        format!("`{}` has {} for {} and had {}", change.id, interval(to.range), to.when, interval(from.range))
    } else {
        format!("`{}` is {} for {} and was {}", change.id, to.value, to.when, from.value)
    })
}

fn how_to_explain(change: &Change, present: &Present) -> String {
    let was = change.from.as_ref().map(|from| from.reading.value.to_string()).unwrap_or_default();
    if present.snapshot.series.contains_key(&change.id) {
        return "readers saw the other number: say in the column `correction` of this line why it was wrong".to_owned();
    }
    format!(
        "readers saw the other number: say why it was wrong, or give the new one its own `as-of`\n  correction: {{at: YYYY-MM-DD, was: {was}, note: {{en: why}}}}"
    )
}

fn removed(change: &Change, lock: &FigureLock, present: &Present, span: Span) -> Diagnostic {
    let id = &change.id;
    let when = change.from.as_ref().map(|side| side.reading.when);
    let (message, help) = match when {
        Some(when) if present.snapshot.series.contains_key(id) => (
            format!("the series `{id}` had a point on {when} and has none"),
            "readers saw it: put it back and correct it, with the reason in the column `correction`",
        ),
        _ if lock.held.series.contains_key(id) => (
            format!("the series `{id}` was published and is gone"),
            "readers saw it: put it back where that was a slip",
        ),
        _ => (
            format!("the figure `{id}` was published and is gone"),
            "readers saw it: keep the record with `status: withdrawn`, or with `status: superseded` and `superseded-by: id`",
        ),
    };
    Diagnostic::new(Code::SB342, span, message).help(help)
}
