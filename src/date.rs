//! Dates as editors write them: a small part of EDTF (ISO 8601-2), always Gregorian.
//!
//! `2024-02-16`, `2024-02`, `2024`, `2023-10/2024-02`, `~1948` or `1948~`. How a date reads in a language is the business of [`crate::locale`].
//! Ground floor: uses nothing else of the program.

use std::fmt;

/// A day of the Gregorian calendar, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::struct_field_names, reason = "a day is made of year, month and day")]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// A day that exists; `None` for 30 February and its like.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day))
            .then_some(Self { year, month, day })
    }

    /// A day as it is written in files: `2026-11-25`.
    pub fn parse(text: &str) -> Option<Self> {
        match Date::parse(text) {
            Ok(Date::At(Moment::Day(day))) => Some(day),
            _ => None,
        }
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January of year 1, which is day 0: for distances and for the axis of a chart.
    pub fn number(self) -> i32 {
        let years = i32::from(self.year) - 1;
        let leap_days = years / 4 - years / 100 + years / 400;
        let months: i32 = (1..self.month).map(|month| i32::from(days_in_month(self.year, month))).sum();
        years * 365 + leap_days + months + i32::from(self.day) - 1
    }

    /// The day of that second since 1970 began in Greenwich; `None` after the year 9999.
    pub fn of_second(second: u64) -> Option<Self> {
        let epoch = Self::new(1970, 1, 1)?.number();
        Self::from_number(epoch.checked_add(i32::try_from(second / 86_400).ok()?)?)
    }

    /// The day of that number; `None` outside the years 1 to 9999.
    pub fn from_number(number: i32) -> Option<Self> {
        let starts_after = |day: Option<Self>| day.is_none_or(|day| day.number() > number);
        // No year is longer than 366 days, so this is not beyond the year that is meant.
        let mut year = u16::try_from(number / 366 + 1).ok().filter(|year| number >= 0 && *year <= 9999)?;
        while !starts_after(Self::new(year + 1, 1, 1)) {
            year += 1;
        }
        let month = (1..=12).rev().find(|month| !starts_after(Self::new(year, *month, 1)))?;
        let day = number - Self::new(year, month, 1)?.number() + 1;
        Self::new(year, month, u8::try_from(day).ok()?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day, a month or a year: one end of a [`Date`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// `2024-02-16`
    Day(Day),
    /// `2024-02`
    Month(u16, u8),
    /// `2024`
    Year(u16),
}

impl Moment {
    /// Its first day.
    pub fn first_day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => Day { year, month, day: 1 },
            Self::Year(year) => Day { year, month: 1, day: 1 },
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => Day { year, month, day: days_in_month(year, month) },
            Self::Year(year) => Day { year, month: 12, day: 31 },
        }
    }

    fn parse(text: &str) -> Result<Self, DateError> {
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| digits(part, 4));
        let month = parts.next().map(|part| digits(part, 2).and_then(|month| u8::try_from(month).ok()));
        let day = parts.next().map(|part| digits(part, 2).and_then(|day| u8::try_from(day).ok()));
        let (Some(year), None) = (year, parts.next()) else {
            return Err(DateError::Unreadable(text.to_owned()));
        };
        if year == 0 {
            return Err(DateError::NoYearZero);
        }
        match (month, day) {
            (None, None) => Ok(Self::Year(year)),
            (Some(Some(month)), _) if !(1..=12).contains(&month) => Err(DateError::NoSuchMonth(month)),
            (Some(Some(month)), None) => Ok(Self::Month(year, month)),
            (Some(Some(month)), Some(Some(day))) => {
                Day::new(year, month, day).map(Self::Day).ok_or(DateError::NoSuchDay { year, month, day })
            }
            _ => Err(DateError::Unreadable(text.to_owned())),
        }
    }
}

/// Exactly that many ASCII digits.
fn digits(text: &str, length: usize) -> Option<u16> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// A date. Ordered by its first day, then by its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// A day, a month or a year.
    At(Moment),
    /// About that time: `1948~`.
    About(Moment),
    /// From one to the other, both included.
    Interval(Moment, Moment),
}

impl Date {
    /// Reads a date.
    ///
    /// ```
    /// use sourcebook::date::Date;
    /// assert_eq!(Date::parse("~1948").unwrap().to_string(), "1948~");
    /// assert!(Date::parse("2024-02-30").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        if let Some((from, to)) = text.split_once('/') {
            let (from, to) = (Moment::parse(from)?, Moment::parse(to)?);
            if to.last_day() < from.first_day() {
                return Err(DateError::Backwards { from, to });
            }
            return Ok(Self::Interval(from, to));
        }
        match text.strip_prefix('~').or_else(|| text.strip_suffix('~')) {
            Some(about) => Moment::parse(about).map(Self::About),
            None => Moment::parse(text).map(Self::At),
        }
    }

    /// The first day it can mean.
    pub fn first_day(&self) -> Day {
        self.ends().0.first_day()
    }

    /// The last day it can mean.
    pub fn last_day(&self) -> Day {
        self.ends().1.last_day()
    }

    fn ends(&self) -> (Moment, Moment) {
        match *self {
            Self::At(moment) | Self::About(moment) => (moment, moment),
            Self::Interval(from, to) => (from, to),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::At(_) => 0,
            Self::About(_) => 1,
            Self::Interval(..) => 2,
        }
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self::At(Moment::Day(day))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |date: &Self| (date.first_day(), date.last_day(), date.rank(), date.ends());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(moment) => moment.fmt(f),
            Self::About(moment) => write!(f, "{moment}~"),
            Self::Interval(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// Not written as a date.
    Unreadable(String),
    /// Month 0 or above 12.
    NoSuchMonth(u8),
    /// The month has no such day.
    NoSuchDay {
        /// The year.
        year: u16,
        /// The month.
        month: u8,
        /// The day that it does not have.
        day: u8,
    },
    /// The Gregorian calendar goes from year 1 BC to year 1.
    NoYearZero,
    /// The interval ends before it begins.
    Backwards {
        /// Its beginning.
        from: Moment,
        /// Its end.
        to: Moment,
    },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(text) => write!(
                f,
                "`{text}` is no date; write 2024-02-16, 2024-02, 2024, an interval as 2023-10/2024-02, or 1948~ for about 1948"
            ),
            Self::NoSuchMonth(month) => write!(f, "there is no month {month:02}; dates are written year-month-day"),
            Self::NoSuchDay { year, month, day } => {
                let last = days_in_month(*year, *month);
                write!(f, "{year:04}-{month:02} has no day {day:02}; its last day is {last}")
            }
            Self::NoYearZero => f.write_str("there is no year 0000"),
            Self::Backwards { from, to } => write!(f, "the interval ends ({to}) before it begins ({from})"),
        }
    }
}

impl std::error::Error for DateError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(text: &str) -> String {
        let date = Date::parse(text).unwrap();
        format!("{} {} {}", date, date.first_day(), date.last_day())
    }

    #[test]
    fn what_editors_write() {
        assert_eq!(days("2024-02-16"), "2024-02-16 2024-02-16 2024-02-16");
        assert_eq!(days("2024-02"), "2024-02 2024-02-01 2024-02-29");
        assert_eq!(days("1900-02"), "1900-02 1900-02-01 1900-02-28");
        assert_eq!(days("2000-02"), "2000-02 2000-02-01 2000-02-29");
        assert_eq!(days("0622"), "0622 0622-01-01 0622-12-31");
        assert_eq!(days("2023-10/2024-02"), "2023-10/2024-02 2023-10-01 2024-02-29");
        assert_eq!(days("2023-10-07/2024"), "2023-10-07/2024 2023-10-07 2024-12-31");
        assert_eq!(days("~1948"), "1948~ 1948-01-01 1948-12-31");
        assert_eq!(days("1948-05~"), "1948-05~ 1948-05-01 1948-05-31");
    }

    #[test]
    fn what_is_refused() {
        let error = |text| Date::parse(text).unwrap_err().to_string();
        assert_eq!(error("2024-02-30"), "2024-02 has no day 30; its last day is 29");
        assert_eq!(error("2024-13"), "there is no month 13; dates are written year-month-day");
        assert_eq!(error("2024-02/2023-10"), "the interval ends (2023-10) before it begins (2024-02)");
        assert_eq!(error("0000"), "there is no year 0000");
        for bad in [
            "",
            "~",
            "~~1948",
            "~1948~",
            "24",
            "622",
            "2024-2",
            "2024-02-1",
            "2024-02-16-1",
            "16.02.2024",
            "2024/",
            "/2024",
            "2024/02/16",
            "2024?",
            "-2024",
            "+2024",
            "2024-02-16T00:00",
            " 2024",
            "٢٠٢٤",
            "2024-",
            "2024--16",
            "~2023/2024",
        ] {
            assert!(error(bad).contains("is no date"), "{bad}");
        }
    }

    #[test]
    fn earlier_beginnings_come_first_then_earlier_ends() {
        let mut dates = ["2024", "2023-10-07/2024", "2024-01", "2024-01-01", "2023-10-07", "2024~"]
            .map(|text| Date::parse(text).unwrap());
        dates.sort();
        assert_eq!(
            dates.map(|date| date.to_string()),
            ["2023-10-07", "2023-10-07/2024", "2024-01-01", "2024-01", "2024", "2024~"]
        );
    }

    #[test]
    fn days_are_numbered() {
        let number = |year, month, day| Day::new(year, month, day).unwrap().number();
        assert_eq!(number(1, 1, 1), 0);
        assert_eq!(number(1970, 1, 1), 719_162);
        assert_eq!(number(2024, 3, 1) - number(2024, 2, 28), 2);
        assert_eq!(number(9999, 12, 31), 3_652_058);
        assert_eq!(Day::from_number(3_652_059), None);
        assert_eq!(Day::of_second(0), Day::new(1970, 1, 1));
        assert_eq!(Day::of_second(1_795_564_799), Day::new(2026, 11, 24));
        assert_eq!(Day::of_second(u64::MAX), None);
        assert_eq!(Day::from_number(-1), None);
        assert_eq!(Day::from_number(366 * 65_534), None);
        assert_eq!(Day::from_number(i32::MAX), None);
    }

    proptest! {
        #[test]
        fn every_number_is_a_day(number in 0..=3_652_058_i32) {
            prop_assert_eq!(Day::from_number(number).map(Day::number), Some(number));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9~/-]{0,24}|\\PC{0,12}") {
            if let Ok(date) = Date::parse(&text) {
                prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
                prop_assert!(date.first_day() <= date.last_day());
            }
        }
    }
}
