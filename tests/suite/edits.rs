//! What tests of builds after a change do to a page, and how they try many such changes.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::fmt::Debug;

/// A page with another title.
pub fn retitled(page: &str, word: &str) -> String {
    let end = page[4..].find('\n').unwrap() + 4;
    format!("---\ntitle: \"T {word}\"{}", &page[end..])
}

/// A page without its last paragraph.
pub fn cut(page: String) -> String {
    match page.trim_end().rsplit_once("\n\n") {
        Some((rest, _)) if rest.matches("---\n").count() > 1 => format!("{rest}\n"),
        _ => page,
    }
}

/// Tries random edits, four in a row: twelve, or as many as the environment says under `variable`.
pub fn try_random<E: Debug, T>(
    variable: &str,
    edit: impl Strategy<Value = E>,
    try_edits: impl Fn(&[E]) -> Result<T, TestCaseError>,
) {
    let edits = std::env::var(variable).ok().and_then(|edits| edits.parse().ok()).unwrap_or(12_u32);
    let config =
        Config { cases: edits.div_ceil(4), max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&proptest::collection::vec(edit, 4), |edits| try_edits(&edits).map(drop))
        .unwrap_or_else(|error| panic!("{error}"));
}
