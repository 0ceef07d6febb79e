//! A figure as the editor recorded it.

use super::derive::Expression;
use crate::citation::record::Checked;
use crate::date::Date;
use crate::ids::{FigureId, QuoteId, SourceId};
use crate::markdown::locator::Locator;
use crate::number::Number;
use crate::span::Span;
use crate::workspace::{Localized, Placed};

/// A number, what it counts, when, and who says so.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its id; a point of a series has the series' id.
    pub id: FigureId,
    /// Where the id is written.
    pub span: Span,
    /// What it is, in a few words.
    pub label: Localized,
    /// The number.
    pub value: Number,
    /// The interval around it.
    pub range: Option<(Number, Number)>,
    /// Whether the record gives an interval and no number in it; the number above is then the lower end, by which figures are compared.
    pub only_range: bool,
    /// Whether the number is exact.
    pub qualifier: Qualifier,
    /// What is counted: a key of the units.
    pub unit: String,
    /// What the number describes: a day, a month, a period.
    pub when: Date,
    /// Who counted.
    pub reporter: Option<Localized>,
    /// The source that carried it, where another.
    pub via: Option<Placed<SourceId>>,
    /// Who or what is counted, and who is not.
    pub population: Option<Localized>,
    /// Where it is written.
    pub source: Placed<SourceId>,
    /// The place in the source.
    pub locator: Option<Locator>,
    /// The passage.
    pub quote: Option<QuoteId>,
    /// How it stands.
    pub status: Status,
    /// How it was counted.
    pub method: Option<Localized>,
    /// What to keep in mind.
    pub caveat: Option<Localized>,
    /// Figures to be seen beside it.
    pub counter_figures: Vec<Placed<FigureId>>,
    /// The figure that takes its place.
    pub superseded_by: Option<Placed<FigureId>>,
    /// How the source puts it, where it writes no digits: "dozens".
    pub as_stated: Option<Localized>,
    /// What it was before, the oldest first.
    pub history: Vec<Earlier>,
    /// That an earlier value was wrong.
    pub correction: Option<Correction>,
    /// After so many days a newer number is wanted.
    pub stale_after: Option<u32>,
    /// How it is worked out from others; its value then comes from them when the library is linked.
    pub derived: Option<Placed<Expression>>,
    /// How the record was verified.
    pub checked: Option<Checked>,
}

/// What a figure was before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The number.
    pub value: Number,
    /// What it described.
    pub when: Date,
    /// Where it was written, when not in the figure's source.
    pub source: Option<Placed<SourceId>>,
}

/// That an earlier value was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When it was mended here.
    pub at: Date,
    /// What stood here before.
    pub was: Option<Number>,
    /// Why.
    pub note: Localized,
}

/// Whether a number is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Qualifier {
    /// As counted.
    #[default]
    Exact,
    /// Or more.
    AtLeast,
    /// More.
    MoreThan,
    /// About.
    Approximately,
}

impl Qualifier {
    /// Every one with the word for it in the files.
    pub const ALL: &[(&'static str, Self)] = &[
        ("exact", Self::Exact),
        ("at-least", Self::AtLeast),
        ("more-than", Self::MoreThan),
        ("approximately", Self::Approximately),
    ];

    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, other)| *other == self).map_or("", |(name, _)| name)
    }
}

/// How a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// By a party or an office.
    #[default]
    Reported,
    /// Case by case, by the body named.
    Verified,
    /// Calculated.
    Estimate,
    /// Somebody disputes it.
    Disputed,
    /// A later figure takes its place.
    Superseded,
    /// Taken back.
    Withdrawn,
}

impl Status {
    /// Every one with the word for it in the files.
    pub const ALL: &[(&'static str, Self)] = &[
        ("reported", Self::Reported),
        ("verified", Self::Verified),
        ("estimate", Self::Estimate),
        ("disputed", Self::Disputed),
        ("superseded", Self::Superseded),
        ("withdrawn", Self::Withdrawn),
    ];

    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, other)| *other == self).map_or("", |(name, _)| name)
    }
}
