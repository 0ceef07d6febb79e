//! A new record from an old one: what `adopt`, `accept` and `review` write. The texts themselves are never touched.

use super::block::{At, Block};
use super::hash::Hash;
use super::record::{Entry, Record, Review};
use super::status::{Passage, State, Status};
use crate::date::Day;
use crate::workspace::front_matter::Method;

/// How and when passages were brought to what the source says.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// How; `None` keeps what is recorded.
    pub method: Option<Method>,
    /// How, where nothing is recorded.
    pub fallback: Method,
    /// When.
    pub on: Day,
}

/// A record in which the passages that are asked for say what the source says now. The others keep what is recorded of them.
pub fn accept(
    status: &Status,
    source: &[Block],
    translation: &[Block],
    terms: Terms,
    mut asked: impl FnMut(&Passage, &Block) -> bool,
) -> Record {
    let mut entries = Vec::with_capacity(source.len());
    for (passage, block) in status.passages.iter().filter_map(|passage| Some((passage, source.get(passage.source)?))) {
        let old = status.entry(passage);
        let own = passage.translation.and_then(|at| translation.get(at));
        let entry = match own {
            Some(own) if asked(passage, block) => Some(accepted(old, passage.state, block, own.hash, terms)),
            _ => old.map(|old| Entry { at: block.at.clone(), ..old.clone() }),
        };
        entries.extend(entry);
    }
    Record { entries }
}

/// A record in which the passage at a place has a wording that was just put into the page. The others keep what is recorded of them.
pub fn take(status: &Status, source: &[Block], at: &At, wording: Hash, terms: Terms) -> Record {
    let passages = status.passages.iter().filter_map(|passage| Some((passage, source.get(passage.source)?)));
    let entries = passages.filter_map(|(passage, block)| {
        let old = status.entry(passage);
        if block.at == *at {
            return Some(accepted(old, passage.state, block, wording, terms));
        }
        old.map(|old| Entry { at: block.at.clone(), ..old.clone() })
    });
    Record { entries: entries.collect() }
}

fn accepted(old: Option<&Entry>, state: State, block: &Block, own: Hash, terms: Terms) -> Entry {
    // Whoever read it against another wording of the source has not read it against this one.
    let still_read = match state {
        State::Current => true,
        State::Stale(change) => change.is_slight(),
        State::Missing | State::Unaligned => false,
    };
    // What already says so is not dated anew.
    let unchanged = old.filter(|old| old.source == block.hash && old.translation == own);
    Entry {
        at: block.at.clone(),
        source: block.hash,
        translation: own,
        method: terms.method.or(old.map(|old| old.method)).unwrap_or(terms.fallback),
        on: unchanged.map_or(terms.on, |old| old.on),
        review: old.and_then(|old| old.review_of(own)).filter(|_| still_read).cloned(),
        exempt: old.map(|old| old.exempt.clone()).unwrap_or_default(),
    }
}

/// A record in which a person has read the passages that are asked for, as they stand. Only what says what the source says can be reviewed.
pub fn review(
    status: &Status,
    source: &[Block],
    translation: &[Block],
    (by, on): (&str, Day),
    mut asked: impl FnMut(&Block) -> bool,
) -> Record {
    let mut record = status.record.clone().unwrap_or_default();
    for passage in status.passages.iter().filter(|passage| passage.state == State::Current && !passage.is_edited) {
        let Some(block) = source.get(passage.source).filter(|block| asked(block)) else { continue };
        let own = passage.translation.and_then(|at| translation.get(at));
        let entry = passage.entry.and_then(|at| record.entries.get_mut(at));
        if let (Some(own), Some(entry)) = (own, entry) {
            entry.at = block.at.clone();
            entry.review = Some(Review { by: by.to_owned(), on, of: own.hash });
        }
    }
    record
}
