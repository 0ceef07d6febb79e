//! What did not come along, told in few lines: the same of many sources is said once.

use crate::exchange::Loss;
use crate::ids::SourceId;
use crate::span::Files;
use std::collections::{BTreeMap, BTreeSet};

/// So many sources are named; the rest are counted.
const NAMED: usize = 3;

/// A line for each field: what becomes of it, in which sources, and where the first of them stands.
pub(super) fn told(losses: &[Loss], files: Option<&Files>) -> String {
    let mut grouped: BTreeMap<(&str, &str), Vec<&Loss>> = BTreeMap::new();
    for loss in losses {
        grouped.entry((&loss.field, loss.fate)).or_default().push(loss);
    }
    let lines = grouped.iter().map(|((field, fate), losses)| {
        let ids: BTreeSet<&SourceId> = losses.iter().map(|loss| &loss.source).collect();
        let named: Vec<&str> = ids.iter().take(NAMED).map(|id| id.as_str()).collect();
        let rest = match ids.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let place = losses.first().and_then(|loss| files?.positions(loss.span?).map(|(start, _)| (loss.span, start)));
        let place = place.and_then(|(span, start)| {
            Some(format!(", first at {}:{}:{}", files?.path(span?.file), start.line, start.column))
        });
        format!("  `{field}` {fate}: {}{rest}{}", named.join(", "), place.unwrap_or_default())
    });
    lines.collect::<Vec<_>>().join("\n")
}
