//! What a format locale asks for and does not get. A locale that is well formed need not be understood, and what is not understood is silently left out.

use super::dates::Dates;
use crate::date::Moment;
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::DecimalFormatterOptions;
use icu::locale::Locale as IcuLocale;
use icu::locale::extensions::unicode::key;

/// A part of a format locale that changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unheeded {
    /// `ca-…`: the calendar of dates is Gregorian.
    Calendar,
    /// `nu-…`: there are no such digits.
    Digits,
    /// The language: there are no names of its months.
    Language,
}

impl Unheeded {
    /// What is said of it, and how to mend it.
    pub fn words(self, tag: &str) -> (String, &'static str) {
        match self {
            Self::Calendar => (
                format!("`{tag}` asks for a calendar, and dates are Gregorian"),
                "leave `ca-…` out; `second-calendar` shows another calendar beside them",
            ),
            Self::Digits => (
                format!("`{tag}` asks for digits that are not known"),
                "digits are `latn` (123), `arab` (١٢٣), `arabext` (۱۲۳), `deva` (१२३) and others of CLDR",
            ),
            Self::Language => (
                format!("nothing is known of how `{tag}` writes dates"),
                "name the locale of a language whose dates its readers know, such as `en-GB`",
            ),
        }
    }
}

/// The parts of a locale that change nothing.
pub fn unheeded(tag: &str) -> Vec<Unheeded> {
    let Ok(locale) = IcuLocale::try_from_str(tag) else { return Vec::new() };
    let has = |wanted: &str| {
        let keywords = &locale.extensions.unicode.keywords;
        keywords.iter().any(|(key, value)| key.as_str() == wanted && value.to_string() != "latn")
    };
    let mut found = Vec::new();
    if locale.extensions.unicode.keywords.contains_key(&key!("ca")) {
        found.push(Unheeded::Calendar);
    }
    if has("nu") && one(&locale).is_none_or(|digit| digit == "1") {
        found.push(Unheeded::Digits);
    }
    // Where there are no names, months are written as their numbers: 2024 M01 26.
    let january = Dates::new(&locale).map(|dates| dates.format(Moment::Month(2024, 1)));
    if january.is_ok_and(|january| january.contains("M01")) {
        found.push(Unheeded::Language);
    }
    found
}

fn one(locale: &IcuLocale) -> Option<String> {
    let digits = DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok()?;
    Some(digits.format_to_string(&Decimal::from(1_u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_seen() {
        for tag in ["en-GB", "ar-u-nu-latn", "ar-PS-u-nu-arab", "fa", "zh-Hant", "sw-KE", "he", "hi-u-nu-deva"] {
            assert_eq!(unheeded(tag), [], "{tag}");
        }
        assert_eq!(unheeded("th-u-ca-buddhist"), [Unheeded::Calendar]);
        assert_eq!(unheeded("ar-u-nu-arabic"), [Unheeded::Digits]);
        assert_eq!(unheeded("en-u-nu-roman"), [Unheeded::Digits]);
        assert_eq!(unheeded("xx"), [Unheeded::Language]);
        assert_eq!(unheeded("not a locale"), []);
    }
}
