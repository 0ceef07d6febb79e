//! A second calendar beside the Gregorian one, where a site asks for it: `26 January 2024 (16 Shevat 5784)`.
//!
//! Only a day has a counterpart: a month or a year of one calendar is none of the other. Jewish and Muslim days begin at sunset; what is shown is the
//! day that begins the evening before. Each variant of the Islamic calendar is a calendar of its own, because they differ by a day or two.

use icu::calendar::cal::hijri::{TabularAlgorithm, TabularAlgorithmEpoch, TabularAlgorithmLeapYears, UmmAlQura};
use icu::calendar::cal::{Hebrew, Hijri, Persian};
use icu::calendar::{Date as IcuDate, Gregorian};
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::YMD;

use super::{LocaleError, no_data};
use crate::date::Day;

/// A calendar that can stand second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// The Jewish calendar.
    Hebrew,
    /// The Islamic calendar of Saudi Arabia, by its own tables.
    UmmAlQura,
    /// The Islamic calendar by calculation, its first day a Friday.
    IslamicCivil,
    /// The same, its first day a Thursday.
    IslamicTabular,
    /// The solar calendar of Iran and Afghanistan.
    Persian,
}

impl Calendar {
    /// Every calendar, by CLDR's name.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("hebrew", Self::Hebrew),
        ("islamic-umalqura", Self::UmmAlQura),
        ("islamic-civil", Self::IslamicCivil),
        ("islamic-tbla", Self::IslamicTabular),
        ("persian", Self::Persian),
    ];

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, calendar)| *calendar)
    }
}

/// The Gregorian years whose days the tables of Saudi Arabia hold as a whole.
const UMM_AL_QURA: std::ops::RangeInclusive<u16> = 1883..=2173;

type Formatter<C> = FixedCalendarDateTimeFormatter<C, YMD>;

/// Writes days of the second calendar.
#[derive(Debug)]
pub(super) enum SecondDates {
    Hebrew(Formatter<Hebrew>),
    UmmAlQura(Formatter<Hijri<UmmAlQura>>),
    Tabular(Formatter<Hijri<TabularAlgorithm>>, Hijri<TabularAlgorithm>),
    Persian(Formatter<Persian>),
}

impl SecondDates {
    pub(super) fn new(locale: &icu::locale::Locale, calendar: Calendar) -> Result<Self, LocaleError> {
        macro_rules! formatter {
            () => {
                FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).map_err(no_data)?
            };
        }
        let tabular = |epoch| Hijri::new_tabular(TabularAlgorithmLeapYears::TypeII, epoch);
        Ok(match calendar {
            Calendar::Hebrew => Self::Hebrew(formatter!()),
            Calendar::UmmAlQura => Self::UmmAlQura(formatter!()),
            Calendar::IslamicCivil => Self::Tabular(formatter!(), tabular(TabularAlgorithmEpoch::Friday)),
            Calendar::IslamicTabular => Self::Tabular(formatter!(), tabular(TabularAlgorithmEpoch::Thursday)),
            Calendar::Persian => Self::Persian(formatter!()),
        })
    }

    /// A day; `None` where the calendar has no certain one.
    pub(super) fn format(&self, day: Day) -> Option<String> {
        let date: IcuDate<Gregorian> =
            IcuDate::try_new_gregorian(i32::from(day.year()), day.month(), day.day()).ok()?;
        Some(match self {
            Self::Hebrew(formatter) => formatter.format(&date.to_calendar(Hebrew)).to_string(),
            Self::UmmAlQura(formatter) if UMM_AL_QURA.contains(&day.year()) => {
                formatter.format(&date.to_calendar(Hijri::new_umm_al_qura())).to_string()
            }
            Self::UmmAlQura(_) => return None,
            Self::Tabular(formatter, calendar) => formatter.format(&date.to_calendar(*calendar)).to_string(),
            Self::Persian(formatter) => formatter.format(&date.to_calendar(Persian)).to_string(),
        })
    }
}
