//! An event as the editor recorded it.

use crate::citation::Evidence;
use crate::date::{Date, Day};
use crate::ids::{EventId, PageId, ThemeId};
use crate::span::Span;
use crate::workspace::{Localized, Placed};
use std::cmp::Reverse;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Where the id is written.
    pub span: Span,
    /// When: a day, a month, a year, a period, or about then.
    pub date: Date,
    /// What happened, in a few words.
    pub title: Localized,
    /// The same in two or three words, for the mark in a chart.
    pub short: Option<Localized>,
    /// What happened, in one or two sentences.
    pub text: Option<Localized>,
    /// Who says so; never empty.
    pub evidence: Vec<Evidence>,
    /// What it belongs to, for filters: `diplomacy`, `law` …
    pub themes: Vec<Placed<ThemeId>>,
    /// The page that tells more.
    pub page: Option<Placed<PageId>>,
}

impl Event {
    /// Where it stands among other events: what is dated to a month or a year alone, after the days in it.
    pub fn place(&self) -> (Day, Reverse<Day>, Date) {
        let day = match self.date {
            Date::Interval(..) => self.date.first_day(),
            Date::At(_) | Date::About(_) => self.date.last_day(),
        };
        (day, Reverse(self.date.first_day()), self.date)
    }

    /// What a chart writes at its mark.
    pub fn mark(&self) -> &Localized {
        self.short.as_ref().unwrap_or(&self.title)
    }
}

/// What events can belong to.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// Where the id is written.
    pub span: Span,
    /// What readers call it.
    pub name: Localized,
}
