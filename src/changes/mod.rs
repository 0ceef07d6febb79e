//! What figures said when the site was last built, and how that has changed since: the lock file of figures.
//!
//! In: the lock file, and what the records say now ([`Present`]). Out: a [`FigureLock`]: what was published last, and the log of changes.
//! [`read`] and [`write`] are each other's reverse; [`compare`] finds what has changed and writes it into the log. The log has its own copy of every
//! word it needs, so that it can be read when a record is gone. Knows neither the disk nor the clock nor pages.
//! Uses `span`, `ids`, `number`, `date`, `diagnostic`, `workspace` (values with places), `figure` (how a figure stands).

pub mod compare;
pub mod read;
#[cfg(test)]
mod tests;
pub mod write;

use crate::date::{Date, Day};
use crate::figure::record::{Qualifier, Status};
use crate::ids::{FigureId, SourceId, urn};
use crate::number::Number;
use crate::span::Span;
use crate::workspace::Localized;
use std::collections::BTreeMap;

/// What was published last, and every change so far.
#[derive(Debug, Clone)]
pub struct FigureLock {
    /// What tells this site's log from every other: a URN that never changes.
    pub id: String,
    /// Since when changes are recorded.
    pub since: Day,
    /// What was published last.
    pub held: Snapshot,
    /// The changes in the order in which they were recorded.
    pub log: Vec<Change>,
}

/// What figures and series say at one time.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// The sources that they name.
    pub sources: BTreeMap<SourceId, Named>,
    /// The figures.
    pub figures: BTreeMap<FigureId, Held>,
    /// The series.
    pub series: BTreeMap<FigureId, HeldSeries>,
}

/// What is needed to name a source that may be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who says so.
    pub name: Localized,
    /// When it appeared.
    pub date: Option<Date>,
}

/// What a number is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What is counted.
    pub label: Localized,
    /// Who counted.
    pub reporter: Option<Localized>,
}

/// What a record says: a difference in any of this is a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The number.
    pub value: Number,
    /// The interval around it.
    pub range: Option<(Number, Number)>,
    /// Whether it is exact.
    pub qualifier: Qualifier,
    /// What is counted.
    pub unit: String,
    /// The day or period that it describes.
    pub when: Date,
    /// How it stands.
    pub status: Status,
    /// Where it is written.
    pub source: SourceId,
}

/// A figure.
#[derive(Debug, Clone)]
pub struct Held {
    /// Where it is written.
    pub span: Span,
    /// What it is about.
    pub subject: Subject,
    /// What it says.
    pub reading: Reading,
    /// The day of its correction, so that one correction explains one change.
    pub corrected: Option<Date>,
}

/// A series.
#[derive(Debug, Clone)]
pub struct HeldSeries {
    /// Where it is written.
    pub span: Span,
    /// What it is about.
    pub subject: Subject,
    /// Its points by date; of points of one date, by their order.
    pub points: BTreeMap<PointKey, HeldPoint>,
}

/// The date of a point, and which it is of the points of that date, from 0.
pub type PointKey = (Date, u32);

/// A point of a series.
#[derive(Debug, Clone)]
pub struct HeldPoint {
    /// Where it is written.
    pub span: Span,
    /// What it says.
    pub reading: Reading,
}

/// What the records say now, with what only they can say: why something changed.
#[derive(Debug, Clone, Default)]
pub struct Present {
    /// What would be published.
    pub snapshot: Snapshot,
    /// The corrections of figures.
    pub corrections: BTreeMap<FigureId, Reason>,
    /// The corrections of points of series.
    pub point_corrections: BTreeMap<(FigureId, PointKey), Localized>,
    /// The figures that take another's place.
    pub successors: BTreeMap<FigureId, FigureId>,
}

/// Why an earlier value was wrong.
#[derive(Debug, Clone)]
pub struct Reason {
    /// When it was mended.
    pub at: Date,
    /// What stood there before.
    pub was: Option<Number>,
    /// Why.
    pub note: Localized,
}

/// A change that readers are told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When it was recorded.
    pub noted: Day,
    /// Whose it is: a figure's or a series'.
    pub id: FigureId,
    /// What kind of change.
    pub kind: Kind,
    /// What it is about.
    pub subject: Subject,
    /// What was said before; none of what is new.
    pub from: Option<Side>,
    /// What is said now; none of what is gone.
    pub to: Option<Side>,
    /// That what was said before was wrong, and why.
    pub correction: Option<Localized>,
}

/// One side of a change, with the name of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What was said.
    pub reading: Reading,
    /// Who said so.
    pub source: Named,
}

/// What kind of change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A figure or series that was not there before.
    New,
    /// A figure says something else.
    Changed,
    /// Another figure took its place.
    Superseded(FigureId),
    /// A figure, a series or a point was taken out.
    Removed,
    /// A series has a newer point.
    Newest,
    /// A point of a series says something else.
    Revised,
}

impl Kind {
    /// The word for it in the lock file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Superseded(_) => "superseded",
            Self::Removed => "removed",
            Self::Newest => "newest",
            Self::Revised => "revised",
        }
    }
}

impl Change {
    /// Whether another number stands for the same day and nothing says why.
    pub fn is_unexplained(&self) -> bool {
        let (Some(from), Some(to)) = (&self.from, &self.to) else { return false };
        let (from, to) = (&from.reading, &to.reading);
        self.correction.is_none()
            && matches!(self.kind, Kind::Changed | Kind::Revised)
            && from.when == to.when
            && (from.value, from.range) != (to.value, to.range)
            && !matches!(to.status, Status::Superseded | Status::Withdrawn)
    }
}

impl FigureLock {
    /// The id of a change for a feed in a language: the same on every build, whatever is told of it later.
    pub fn urn(&self, number: usize, salt: &str) -> String {
        let Some(change) = self.log.get(number) else { return self.id.clone() };
        let mark = |change: &Change| {
            let side = |side: &Option<Side>| side.as_ref().map(|side| format!("{:?}", written(&side.reading)));
            format!(
                "{} {} {} {:?} {:?}",
                change.noted,
                change.id,
                change.kind.name(),
                side(&change.from),
                side(&change.to)
            )
        };
        let own = mark(change);
        let nth = self.log.iter().take(number).filter(|earlier| mark(earlier) == own).count();
        urn(&format!("{} {salt} {own} {nth}", self.id))
    }
}

/// A reading in plain words, for ids and for editors: "73419", "55298 to 78525".
pub fn written(reading: &Reading) -> String {
    let number = match &reading.range {
        Some((low, high)) => format!("{} ({low} to {high})", reading.value),
        None => reading.value.to_string(),
    };
    format!("{number}, {}, {}, {}", reading.when, reading.status.name(), reading.source)
}
