//! Edits of a text, and how rules that propose them come to rest.

use std::ops::Range;

/// What takes the place of a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }
}

/// Proposes edits: in order, none over another.
pub(super) type Rule<'r> = &'r dyn Fn(&str) -> Vec<Edit>;

/// So often the rules are asked at most. Each is at rest after two or three times.
const ROUNDS: usize = 24;

/// The text when no rule has anything to say any more that would leave the text its meaning.
pub(super) fn settle(text: &str, rules: &[Rule<'_>], is_same: &dyn Fn(&str, &str) -> bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let mut is_at_rest = true;
        for rule in rules {
            let edits = rule(&text);
            if let Some(next) = taken(&text, edits, is_same) {
                text = next;
                is_at_rest = false;
            }
        }
        if is_at_rest {
            break;
        }
    }
    text
}

/// The text with the edits, or with those of them that leave it its meaning; `None` where nothing changes.
fn taken(text: &str, mut edits: Vec<Edit>, is_same: &dyn Fn(&str, &str) -> bool) -> Option<String> {
    edits.retain(|edit| text.get(edit.range.clone()).is_some_and(|old| old != edit.text));
    if edits.is_empty() {
        return None;
    }
    let whole = applied(text, &edits);
    if is_same(text, &whole) {
        return Some(whole);
    }
    // One by one, from the end, so that the places of those before stay what they are.
    let mut kept = text.to_owned();
    for edit in edits.iter().rev() {
        let one = applied(&kept, std::slice::from_ref(edit));
        if is_same(text, &one) {
            kept = one;
        }
    }
    (kept != text).then_some(kept)
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits.iter().filter(|edit| edit.range.start <= edit.range.end) {
        if edit.range.start < at {
            continue;
        }
        out.push_str(text.get(at..edit.range.start).unwrap_or(""));
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
