//! Days, months and years in the words of a language.

use icu::calendar::Gregorian;
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{Y, YM, YMD};
use icu::datetime::input::Date as IcuDate;

use super::{LocaleError, no_data};
use crate::date::Moment;

/// Formatters for each precision. `DateTimeFormatter` would change the calendar with the locale (fa, th), so the calendar is fixed.
#[derive(Debug)]
pub(super) struct Dates {
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    year: FixedCalendarDateTimeFormatter<Gregorian, Y>,
    /// French counts the first day of a month, `1er janvier`; CLDR does not.
    first_is_ordinal: bool,
}

impl Dates {
    pub(super) fn new(locale: &icu::locale::Locale) -> Result<Self, LocaleError> {
        macro_rules! formatter {
            ($fields:expr) => {
                FixedCalendarDateTimeFormatter::try_new(locale.into(), $fields).map_err(no_data)?
            };
        }
        Ok(Self {
            day: formatter!(YMD::long()),
            month: formatter!(YM::long()),
            year: formatter!(Y::long()),
            first_is_ordinal: locale.id.language.as_str() == "fr",
        })
    }

    pub(super) fn format(&self, moment: Moment) -> String {
        let first = moment.first_day();
        let Ok(date) = IcuDate::try_new_gregorian(i32::from(first.year()), first.month(), first.day()) else {
            return moment.to_string();
        };
        match moment {
            Moment::Day(_) => {
                let text = self.day.format(&date).to_string();
                match text.strip_prefix("1 ") {
                    Some(rest) if self.first_is_ordinal => format!("1er {rest}"),
                    _ => text,
                }
            }
            Moment::Month(..) => self.month.format(&date).to_string(),
            Moment::Year(_) => self.year.format(&date).to_string(),
        }
    }
}
