//! A sentence as far as its numbers are concerned.

use crate::citation::naming::{Names, Words};
use crate::date::Date;
use crate::ledger::Word;
use crate::locale::Locale;
use crate::markdown::locator::Locator;
use crate::number::Number;
use crate::numeral::{Kind, Numeral, digit, numerals};
use std::ops::Range;

/// A number that somebody typed and that may be a count.
#[derive(Debug)]
pub(super) struct Typed {
    /// As it is written.
    pub(super) written: String,
    /// What it means.
    pub(super) numeral: Numeral,
}

/// So many numbers of a sentence are held against what is known: each is looked for among all of its words, and a longer row is a table.
const MOST: usize = 50;

/// The words and numbers of a sentence.
#[derive(Debug)]
pub(super) struct Context {
    /// All words, folded.
    pub(super) words: Words,
    /// All numbers, dates among them.
    pub(super) numbers: Vec<Number>,
    /// Those that may be counts.
    pub(super) typed: Vec<Typed>,
    /// Those that are years.
    pub(super) years: Vec<Number>,
}

impl Context {
    pub(super) fn of(words: &[Word], locale: &Locale) -> Self {
        let mut context = Self { words: Words::default(), numbers: Vec::new(), typed: Vec::new(), years: Vec::new() };
        let text: String = words
            .iter()
            .map(|word| match word {
                Word::Text(text) => text,
                // Something stands there, and no number may run over it.
                Word::Figure(_) | Word::Author(_) => "\u{FFFC}",
            })
            .collect();
        let found = numerals(&text);
        if found.is_empty() {
            return context;
        }
        context.words = Words::of(&text);
        let quoted = quoted(&text);
        let months = months(locale);
        for numeral in found {
            context.numbers.extend(&numeral.readings);
            context.years.extend(numeral.readings.iter().filter(|_| is_year(&numeral)));
            let place = numeral.place.clone();
            let is_count = numeral.kind != Kind::Part
                && !is_small(&numeral)
                && !is_year(&numeral)
                && !ends_years(&text, &place)
                && !quoted.iter().any(|range| range.contains(&place.start))
                && !is_place(&text, &place)
                && !is_day(&text, &place, &months);
            if is_count && context.typed.len() < MOST {
                context.typed.push(Typed { written: text.get(place).unwrap_or_default().to_owned(), numeral });
            }
        }
        context
    }
}

/// Numbers below ten are counted by writers themselves.
fn is_small(numeral: &Numeral) -> bool {
    numeral.readings.iter().all(|number| *number < Number::from(10_u32))
}

/// Four digits without a separator are a year.
fn is_year(numeral: &Numeral) -> bool {
    let years = Number::from(1000_u32)..Number::from(2101_u32);
    numeral.digits == 4
        && !numeral.is_separated
        && numeral.kind != Kind::Percent
        && numeral.readings.iter().all(|number| years.contains(number))
}

/// Two digits that shorten the second of two years: 2023–24.
fn ends_years(text: &str, place: &Range<usize>) -> bool {
    let before = text.get(..place.start).unwrap_or_default();
    let dashed = before
        .strip_suffix(['–', '-', '/', '־'])
        .map(|before| before.chars().rev().take_while(|c| digit(*c).is_some()));
    place.len() == 2 && dashed.is_some_and(|year| year.count() == 4)
}

/// Words before the number of a resolution, a phase, a flight: what is numbered and not counted.
const NUMBERED: &[&str] = &[
    "resolution",
    "resolutions",
    "résolution",
    "résolutions",
    "החלטה",
    "החלטת",
    "בהחלטה",
    "قرار",
    "القرار",
    "القرارين",
    "phase",
    "phases",
    "שלב",
    "בשלב",
    "المرحلة",
    "مرحلة",
    "route",
    "flight",
    "protocol",
    "protocole",
    "division",
    "brigade",
    "unit",
    "unité",
    "יחידה",
    "חטיבה",
    "no",
    "n°",
    "number",
    "numéro",
    "מספר",
    "رقم",
    "channel",
    "ערוץ",
    "age",
    "aged",
    "בן",
    "בת",
    "בני",
];

/// Whether the word before a number makes it a place in a document, or the number of something.
fn is_place(text: &str, place: &Range<usize>) -> bool {
    let before = text.get(..place.start).unwrap_or_default().trim_end();
    let word =
        before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['(', '[', '«', '“', '"']);
    let digits = text.get(place.clone()).unwrap_or_default();
    let plain = word.trim_end_matches('.').to_lowercase();
    !word.is_empty()
        && (NUMBERED.contains(&plain.as_str())
            || (word.chars().any(char::is_alphabetic) && Locator::parse(&format!("{word} {digits}")).is_some()))
}

/// The names of the months as the language writes them in dates.
fn months(locale: &Locale) -> Names {
    let mut names = Names::default();
    for month in 1..=12 {
        let Ok(date) = Date::parse(&format!("2024-{month:02}")) else { continue };
        for word in Words::of(&locale.date(&date)).iter().filter(|word| word.chars().all(char::is_alphabetic)) {
            names.add(word);
        }
    }
    names
}

/// Whether a number is the day of a date: of at most two digits, with the name of a month within three words.
fn is_day(text: &str, place: &Range<usize>, months: &Names) -> bool {
    let digits = text.get(place.clone()).unwrap_or_default().chars().count();
    let before = text.get(..place.start).unwrap_or_default();
    let after = text.get(place.end..).unwrap_or_default();
    let last: Vec<&str> = before.split_whitespace().rev().take(1).collect();
    let next: Vec<&str> = after.split_whitespace().take(3).collect();
    let near = format!("{} {}", last.concat(), next.join(" "));
    digits <= 2 && months.stand_in(&Words::of(&near))
}

/// What stands between quotation marks.
fn quoted(text: &str) -> Vec<Range<usize>> {
    const PAIRS: &[(char, char)] =
        &[('“', '”'), ('«', '»'), ('„', '“'), ('"', '"'), ('״', '״'), ('‹', '›'), ('「', '」'), ('『', '』')];
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        let mut from = 0;
        while let Some(start) = text.get(from..).and_then(|rest| rest.find(*open)).map(|at| from + at) {
            let inner = start + open.len_utf8();
            from = inner;
            // Within a word it is the mark of an abbreviation.
            if text.get(..start).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric) {
                continue;
            }
            if let Some(end) = text.get(inner..).and_then(|rest| rest.find(*close)).map(|at| inner + at) {
                found.push(start..end);
                from = end + close.len_utf8();
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Lang;
    use crate::locale::LocaleSettings;

    fn typed(lang: &str, text: &str) -> Vec<String> {
        let locale = Locale::new(&Lang::parse(lang).unwrap(), &LocaleSettings::default()).unwrap();
        Context::of(&[Word::Text(text.into())], &locale).typed.into_iter().map(|typed| typed.written).collect()
    }

    #[test]
    fn only_counts_are_looked_at() {
        for (lang, text) in [
            ("en", "On 27 May 2025 and from 12 to 14 June, in 1948 and 2023–24."),
            ("en", "Resolution 242, Article 33, para. 154 and p. 12 of S/2023/980."),
            ("en", "He spoke of “1,400 dead” and of 7 days; at 10:30, an F-16, the 25th."),
            ("en", "IPC Phase 12."),
            ("fr", "Le 27 mai 2025, résolution 2334, article 49, « 1 400 morts »."),
            ("fr", "Du 12 au 14 juin."),
            ("he", "ב־27 במאי 2025, החלטה 242, סעיף 51, \"1,400 הרוגים\"."),
            ("he", "מ־12 עד 14 ביוני"),
            ("ar", "في 27 مايو 2025، القرار 242، المادة 51، «1,400 قتيل»."),
            ("ar", "في ٢٧ مايو ٢٠٢٥"),
            ("en", "12 October"),
            ("en", "October 12"),
        ] {
            assert_eq!(typed(lang, text), Vec::<String>::new(), "{lang}: {text}");
        }
        for (lang, text, expected) in [
            ("en", "In 2023 some 1,195 people, 36 of them children.", vec!["1,195", "36"]),
            ("fr", "Quelque 1 195 personnes, dont 20 %.", vec!["1 195", "20"]),
            ("he", "כ־1,195 בני אדם", vec!["1,195"]),
            ("ar", "قُتل ٧٣٬٤١٩ شخصًا", vec!["٧٣٬٤١٩"]),
        ] {
            assert_eq!(typed(lang, text), expected, "{lang}: {text}");
        }
    }
}
