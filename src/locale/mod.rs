//! How one language of the site writes: numbers, dates, lists, and the words of the site itself.
//!
//! 1. [`read`] reads `strings/<language>.yaml`, built into the program, and the file of the same name of a site, which goes before it; [`Key`]
//!    names each word, [`Vocabulary`] the closed lists.
//! 2. A [`Locale`] joins them with ICU4X's formatters for the language's *format locale*: which digits and which month names a language
//!    takes is an editor's decision, so it is set apart from the tag in the address.
//! 3. What is filled into a sentence comes out as a [`Piece`] of its own, because only the caller knows how to isolate its direction:
//!    `<bdi>` in HTML, marks in plain text.
//!
//! Dates are Gregorian in every language: sources are dated so, and a reader must find them. A site may ask for a second calendar beside it. Uses `ids`, `date`, `number`, and for a site's own
//! files `workspace`, `diagnostic` and `span`.

mod calendar;
mod collation;
mod dates;
pub mod draft;
mod heed;
mod keys;
mod lists;
pub mod pseudo;
pub mod read;
mod strings;
mod template;
mod wordings;

use std::fmt;
use std::sync::Arc;

use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::DecimalFormatterOptions;
use icu::list::ListFormatter;
use icu::list::options::ListFormatterOptions;
use icu::locale::{LocaleDirectionality, LocaleExpander};
use icu::plurals::{PluralCategory, PluralRules};

use crate::date::Date;
use crate::ids::Lang;
use crate::number::Number;

pub use calendar::Calendar;
pub use collation::{Alphabet, SortKey};
pub use heed::unheeded;
pub use keys::Key;
pub use lists::{direction_of_language, language_named, units, usual_tag};
pub use read::SiteStrings;
pub use strings::Vocabulary;
pub use template::Piece;
pub use wordings::Wording;

use calendar::SecondDates;
use dates::Dates;
use strings::{Forms, Strings, Words};
use template::{Template, join, join_isolated};

/// The direction in which a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }

    /// Reads HTML's `ltr` or `rtl`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Ltr, Self::Rtl].into_iter().find(|direction| direction.name() == name)
    }
}

/// What `book.toml` says of a language beside its tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocaleSettings {
    /// The locale of numbers and dates, such as `ar-PS-u-nu-latn`.
    pub format_locale: Option<String>,
    /// The direction, where ICU does not know it or is wrong.
    pub direction: Option<Direction>,
    /// The language's own name for itself.
    pub name: Option<String>,
    /// The calendar that stands second beside dates.
    pub second_calendar: Option<Calendar>,
}

/// Why a language cannot be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocaleError {
    /// The format locale is not well formed.
    FormatLocale(String),
    /// ICU has no data for it.
    Data(String),
}

impl fmt::Display for LocaleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FormatLocale(text) => {
                write!(f, "`{text}` is no locale; write a language with what it needs, such as en-GB or ar-u-nu-latn")
            }
            Self::Data(what) => write!(f, "there is no data for this locale: {what}"),
        }
    }
}

impl std::error::Error for LocaleError {}

/// A value to fill into a string.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// Words, as they are.
    Text(&'a str),
    /// A number, to be written out.
    Number(&'a Number),
    /// A date, to be written out.
    Date(&'a Date),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Number> for Arg<'a> {
    fn from(number: &'a Number) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a Date> for Arg<'a> {
    fn from(date: &'a Date) -> Self {
        Self::Date(date)
    }
}

/// One language of the site.
#[derive(Debug)]
pub struct Locale {
    lang: Lang,
    territory: String,
    name: String,
    direction: Direction,
    words: Words,
    /// The site's own files among them, as they are written.
    site_words: Vec<Arc<str>>,
    numbers: DecimalFormatter,
    dates: Dates,
    second_dates: Option<SecondDates>,
    lists: ListFormatter,
    rules: PluralRules,
    alphabet: Alphabet,
}

impl Locale {
    /// Sets a language up with the built-in words.
    pub fn new(lang: &Lang, settings: &LocaleSettings) -> Result<Self, LocaleError> {
        Self::of_site(lang, settings, &[], None)
    }

    /// Sets a language up as a site has it: its own words, then the built-in ones, then those of the language from which it is translated.
    pub fn of_site(
        lang: &Lang,
        settings: &LocaleSettings,
        site: &[SiteStrings],
        source: Option<&Lang>,
    ) -> Result<Self, LocaleError> {
        let tag = settings.format_locale.as_deref().unwrap_or(usual_format(lang.as_str()));
        let parse =
            |tag: &str| icu::locale::Locale::try_from_str(tag).map_err(|_| LocaleError::FormatLocale(tag.to_owned()));
        let format = parse(tag)?;
        let own = |lang: &Lang| site.iter().find(|strings| strings.lang == *lang);
        let files = |lang: &Lang| {
            let own = own(lang).map(|own| Arc::clone(&own.strings));
            own.into_iter().chain(Strings::built_in(lang.as_str())).collect()
        };
        let words = Words::new(files(lang), source.map(files).unwrap_or_default());
        let name = settings.name.clone().or_else(|| words.autonym().map(str::to_owned));
        Ok(Self {
            lang: lang.clone(),
            territory: territory_of(&format),
            name: name.unwrap_or_else(|| lang.to_string()),
            direction: match settings.direction {
                Some(direction) => direction,
                None => direction_of(&parse(lang.as_str())?),
            },
            words,
            site_words: std::iter::once(lang).chain(source).filter_map(own).map(|own| Arc::clone(&own.text)).collect(),
            numbers: DecimalFormatter::try_new((&format).into(), DecimalFormatterOptions::default())
                .map_err(no_data)?,
            dates: Dates::new(&format)?,
            second_dates: settings.second_calendar.map(|calendar| SecondDates::new(&format, calendar)).transpose()?,
            lists: ListFormatter::try_new_and((&format).into(), ListFormatterOptions::default()).map_err(no_data)?,
            rules: PluralRules::try_new_cardinal((&format).into()).map_err(no_data)?,
            alphabet: Alphabet::new(&format)?,
        })
    }

    /// The language with the land whose formats it has, as programs that show links want it: `en_GB`.
    pub fn territory(&self) -> &str {
        &self.territory
    }

    /// The language.
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    /// The language's own name for itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The direction in which it is written.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Whether any of the site's words exist in this language.
    pub fn has_words(&self) -> bool {
        self.words.has_own()
    }

    /// The words that do not exist in this language, such as `texts.menu`; another language fills in.
    pub fn missing_words(&self) -> Vec<String> {
        self.words.missing()
    }

    /// The site's own files of words, as they are written: what is made with one wording is not what another makes.
    pub fn site_words(&self) -> &[Arc<str>] {
        &self.site_words
    }

    /// The order in which lists are sorted.
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// A number with the digits and the grouping of the language.
    pub fn number(&self, number: &Number) -> String {
        self.numbers.format_to_string(&decimal(number))
    }

    /// A number of per cent, with its sign.
    pub fn percent(&self, number: &Number) -> String {
        self.percent_of(&self.number(number))
    }

    /// An interval: `55,298–78,525`.
    pub fn range(&self, low: &Number, high: &Number) -> String {
        let (low, high) = (self.number(low), self.number(high));
        self.join(Key::Range, &[("lo", Arg::Text(&low)), ("hi", Arg::Text(&high))])
    }

    /// A date in long form, always of the Gregorian calendar.
    pub fn date(&self, date: &Date) -> String {
        match date {
            Date::At(moment) => self.dates.format(*moment),
            Date::About(moment) => {
                let moment = self.dates.format(*moment);
                self.join(Key::DateAbout, &[("date", Arg::Text(&moment))])
            }
            Date::Interval(from, to) => {
                let (from, to) = (self.dates.format(*from), self.dates.format(*to));
                self.join(Key::DateInterval, &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))])
            }
        }
    }

    /// A date, and in brackets what it is in the second calendar of the language, where it has one: for dates that stand by themselves.
    pub fn date_in_full(&self, date: &Date) -> String {
        use crate::date::Moment;
        let written = self.date(date);
        let second = |moment: &Moment| match moment {
            Moment::Day(day) => self.second_dates.as_ref()?.format(*day),
            Moment::Month(..) | Moment::Year(_) => None,
        };
        let second = match date {
            Date::At(moment) => second(moment),
            Date::Interval(from, to) => second(from)
                .zip(second(to))
                .map(|(from, to)| self.join(Key::DateInterval, &[("from", (&from).into()), ("to", (&to).into())])),
            Date::About(_) => None,
        };
        match second {
            Some(second) => self.join(Key::Dated, &[("text", (&written).into()), ("date", (&second).into())]),
            None => written,
        }
    }

    /// `as of 22 August 2026`, in the words that the kind of date asks for.
    pub fn as_of(&self, date: &Date) -> Vec<Piece<'_>> {
        use crate::date::Moment;
        let key = match date {
            Date::At(Moment::Day(_)) => Key::AsOf,
            Date::At(Moment::Month(..)) => Key::AsOfMonth,
            Date::At(Moment::Year(_)) => Key::AsOfYear,
            Date::Interval(..) => Key::ForPeriod,
            // "About 1948" says all; no preposition of the four languages goes with it.
            Date::About(_) => return vec![Piece::Arg { name: "date", value: self.date(date) }],
        };
        self.fill_pieces(key, &[("date", date.into())])
    }

    /// `since 8 October 1997`, `until 2004`, `8 October 1997 – 2004`; with what is only known for a day, that: `as of …`.
    pub fn period(&self, from: Option<&Date>, to: Option<&Date>, as_of: Option<&Date>) -> String {
        let bounds = match (from, to) {
            (Some(from), Some(to)) if from == to => Some(self.date(from)),
            (Some(from), Some(to)) => {
                let (from, to) = (self.date(from), self.date(to));
                Some(self.join(Key::DateInterval, &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))]))
            }
            (Some(from), None) => Some(self.bound([Key::SinceDay, Key::SinceMonth, Key::SinceYear], from)),
            (None, Some(to)) => Some(self.bound([Key::UntilDay, Key::UntilMonth, Key::UntilYear], to)),
            (None, None) => None,
        };
        let seen = as_of.map(|date| join(&self.as_of(date)));
        bounds.into_iter().chain(seen).collect::<Vec<_>>().join(self.text(Key::Comma))
    }

    fn bound(&self, [day, month, year]: [Key; 3], date: &Date) -> String {
        use crate::date::Moment;
        let key = match date {
            Date::At(Moment::Day(_)) => day,
            Date::At(Moment::Month(..)) | Date::Interval(..) => month,
            Date::At(Moment::Year(_)) => year,
            Date::About(_) => return self.date(date),
        };
        let date = self.date(date);
        self.join(key, &[("date", Arg::Text(&date))])
    }

    /// The plural category of a number in this language.
    pub fn plural_category(&self, number: &Number) -> PluralCategory {
        self.rules.category_for(&decimal(number))
    }

    /// `A, B and C`
    pub fn list(&self, items: &[String]) -> String {
        self.lists.format_to_string(items.iter())
    }

    /// The name of another language in this one, for use in a sentence; its tag where it has none.
    pub fn language_name<'a>(&'a self, lang: &'a Lang) -> &'a str {
        self.words.language(lang.as_str()).unwrap_or(lang.as_str())
    }

    /// The name of a word of a closed list; `None` where the list has no such word.
    pub fn term(&self, vocabulary: Vocabulary, word: &str) -> Option<&str> {
        self.words.term(vocabulary, word)
    }

    /// A place in a source by CSL's label (`page`, `sub-verbo`): `p. 3`, `pp. 3–5`.
    pub fn locator(&self, label: &str, value: &str, several: bool) -> Option<Vec<Piece<'_>>> {
        let category = if several { PluralCategory::Other } else { PluralCategory::One };
        Some(self.words.locator(label)?.get(category)?.fill(|_| Some(value.to_owned())))
    }

    /// The text of a key, with its placeholders as they are.
    pub fn text(&self, key: Key) -> &str {
        self.template(key).map_or(key.name(), Template::raw)
    }

    /// The text of a key with values for its placeholders.
    pub fn fill_pieces(&self, key: Key, args: &[(&str, Arg<'_>)]) -> Vec<Piece<'_>> {
        self.template(key).map_or_else(|| vec![Piece::Text(key.name())], |template| self.fill(template, args))
    }

    /// The same as plain text; what was filled in is isolated by Unicode's marks.
    pub fn fill_text(&self, key: Key, args: &[(&str, Arg<'_>)]) -> String {
        join_isolated(&self.fill_pieces(key, args))
    }

    /// The text of a key in the form that a number asks for; the number fills `{n}`.
    pub fn count(&self, key: Key, number: &Number, args: &[(&str, Arg<'_>)]) -> Vec<Piece<'_>> {
        let Some(template) = self.words.text(key).and_then(|(forms, rules)| form(forms, rules, number)) else {
            return vec![Piece::Text(key.name())];
        };
        let mut all = vec![("n", Arg::Number(number))];
        all.extend_from_slice(args);
        self.fill(template, &all)
    }

    /// The same as plain text; what was filled in is isolated by Unicode's marks.
    pub fn count_text(&self, key: Key, number: &Number, args: &[(&str, Arg<'_>)]) -> String {
        join_isolated(&self.count(key, number, args))
    }

    /// A number with what is counted: `73,419 people`; `None` where there is no such unit.
    pub fn unit(&self, unit: &str, number: &Number) -> Option<String> {
        if unit == PERCENT {
            return Some(self.percent(number));
        }
        let (forms, rules) = self.words.unit(unit)?;
        let template = form(forms, rules, number)?;
        Some(join(&self.fill(template, &[("n", Arg::Number(number))])))
    }

    /// An interval with what is counted: `55,298–78,525 people`.
    pub fn unit_range(&self, unit: &str, low: &Number, high: &Number) -> Option<String> {
        let range = self.range(low, high);
        if unit == PERCENT {
            return Some(self.percent_of(&range));
        }
        // The end decides the form: so do CLDR's rules for ranges in all but a few cases.
        let (forms, rules) = self.words.unit(unit)?;
        let template = forms.get(rules.category_for(&decimal(high))).filter(|form| has_number(form));
        let template = template.or_else(|| forms.other())?;
        Some(join(&self.fill(template, &[("n", Arg::Text(&range))])))
    }

    /// Every unit, for checking records.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.words.units().chain(std::iter::once(PERCENT))
    }

    fn template(&self, key: Key) -> Option<&Template> {
        self.words.text(key).and_then(|(forms, _)| forms.other())
    }

    fn fill<'a>(&self, template: &'a Template, args: &[(&str, Arg<'_>)]) -> Vec<Piece<'a>> {
        template.fill(|name| {
            let (_, arg) = args.iter().find(|(own, _)| *own == name)?;
            Some(match arg {
                Arg::Text(text) => (*text).to_owned(),
                Arg::Number(number) => self.number(number),
                Arg::Date(date) => self.date(date),
            })
        })
    }

    fn join(&self, key: Key, args: &[(&str, Arg<'_>)]) -> String {
        join(&self.fill_pieces(key, args))
    }

    fn percent_of(&self, number: &str) -> String {
        // The sign follows the digits, which the format locale chooses, not the strings.
        if number.contains(|c| matches!(c, '٠'..='٩' | '۰'..='۹')) {
            return format!("{number}٪");
        }
        self.join(Key::Percent, &[("n", Arg::Text(number))])
    }
}

/// The locale of a language's numbers and dates where the site does not say: the tag itself, but for those in which it would mean another
/// country's habits.
pub fn usual_format(lang: &str) -> &str {
    match lang {
        "en" => "en-GB",
        "ar" => "ar-u-nu-latn",
        other => other,
    }
}

/// The unit whose sign stands with the number.
pub const PERCENT: &str = "percent";

fn no_data(error: impl fmt::Display) -> LocaleError {
    LocaleError::Data(error.to_string())
}

/// A form that writes the number as a word says "one" or "two" and means exactly that, while its category may hold more (Hebrew's `one` holds
/// 0.5): anything else takes `other`.
fn form<'a>(forms: &'a Forms, rules: &PluralRules, number: &Number) -> Option<&'a Template> {
    let category = rules.category_for(&decimal(number));
    let in_words = match category {
        PluralCategory::One => *number == Number::from(1_u32),
        PluralCategory::Two => *number == Number::from(2_u32),
        _ => false,
    };
    forms.get(category).filter(|form| in_words || has_number(form)).or_else(|| forms.other())
}

fn has_number(form: &Template) -> bool {
    form.placeholders().any(|name| name == "n")
}

fn decimal(number: &Number) -> Decimal {
    // A number prints as plain digits, which is what is read here; zero is never reached.
    Decimal::try_from_str(&number.to_string()).unwrap_or_default()
}

/// Where no land is named, the one in which most of its readers live.
fn territory_of(locale: &icu::locale::Locale) -> String {
    let mut id = locale.id.clone();
    LocaleExpander::new_common().maximize(&mut id);
    let language = id.language;
    id.region.map_or_else(|| language.to_string(), |region| format!("{language}_{region}"))
}

fn direction_of(locale: &icu::locale::Locale) -> Direction {
    if LocaleDirectionality::new_extended().is_right_to_left(&locale.id) { Direction::Rtl } else { Direction::Ltr }
}

#[cfg(test)]
mod tests;
