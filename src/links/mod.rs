//! What is known of the addresses that a site leads to: how each answered when it was last visited.
//!
//! In: the lock file, which `check --external` writes and everything else only reads. Out: a [`Lock`]: for each address, its [`State`] and the days
//! on which that was found. [`read`] and [`write`] are each other's reverse. Knows neither the network nor pages.
//! Uses `span`, `date`, `diagnostic`, `workspace` (values with places).

pub mod read;
pub mod state;
#[cfg(test)]
mod tests;
pub mod write;

pub use state::{Detour, Distrust, State};

use crate::date::Day;
use std::collections::BTreeMap;

/// Everything that is known, by address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// By the address as the editors wrote it, without `#…`.
    pub entries: BTreeMap<String, Entry>,
}

/// What is known of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it answered last.
    pub state: State,
    /// Since which visit it has answered so.
    pub since: Day,
    /// When it was last visited.
    pub visited: Day,
    /// When it was last seen alive.
    pub alive: Option<Day>,
    /// On how many days in a row it could not be reached.
    pub failures: u32,
    /// Where it led in the end, where that is neither the address itself nor the one it has moved to.
    pub ends_at: Option<String>,
    /// A copy that an archive offered.
    pub copy: Option<Copy>,
}

/// A copy in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Where.
    pub url: String,
    /// Of which day.
    pub at: Option<Day>,
}

/// What came of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What the address answered.
    pub state: State,
    /// Where it led in the end, where that is neither the address itself nor the one it has moved to.
    pub ends_at: Option<String>,
}

impl Entry {
    /// What is known after a visit. Failures are counted by days: a second visit on the same day finds the same trouble.
    pub fn after(before: Option<&Self>, finding: Finding, today: Day) -> Self {
        let Finding { state, ends_at } = finding;
        let unchanged = before.filter(|before| before.state.is_same_trouble(&state));
        let counted = before.map_or(0, |before| match before.failures {
            0 => 0,
            failures if before.visited == today => failures - 1,
            failures => failures,
        });
        let alive = state.is_alive().then_some(today);
        Self {
            since: unchanged.map_or(today, |before| before.since),
            visited: today,
            alive: alive.or_else(|| before.and_then(|before| before.alive)),
            failures: if state.is_failure() { counted.saturating_add(1) } else { 0 },
            copy: before.filter(|_| !state.is_alive()).and_then(|before| before.copy.clone()),
            state,
            ends_at,
        }
    }

    /// Whether the address was visited so lately that it is left alone. What was not alive is looked at again on the next day.
    pub fn is_fresh(&self, today: Day, max_age: u16) -> bool {
        let limit = if self.state.is_alive() { i32::from(max_age) } else { i32::from(max_age.min(1)) };
        (0..limit).contains(&(today.number() - self.visited.number()))
    }
}
