//! Numbers as texts write them, in the digits and separators of any language: `73,419`, `73 419`, `٧٣٬٤١٩`, `1,9 million`, `1.9 מיליון`.
//!
//! What a text means is not always certain: `1.234` is one number in English and another in Spanish. So a [`Numeral`] has all its readings,
//! and whoever asks decides. Ground floor: uses [`crate::number`] alone.

use crate::number::Number;
use std::ops::Range;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// Where it stands: its digits and what separates them.
    pub place: Range<usize>,
    /// What it may mean, with the word after it: `1.9 million` is 1900000.
    pub readings: Vec<Number>,
    /// What its digits alone may mean: 1.9.
    pub bare: Vec<Number>,
    /// How many digits it has.
    pub digits: usize,
    /// Whether its digits are grouped or divided: `1,234`, `1.9`.
    pub is_separated: bool,
    /// What it counts, as far as the text around it says.
    pub kind: Kind,
}

/// What a number in a text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Things, or nothing that can be told.
    Plain,
    /// Hundredths.
    Percent,
    /// Money: a sign of it stands beside the number.
    Money,
    /// Nothing: it is a piece of a name (`F16`), an ordinal (`7th`), a symbol (`S/2023/4`), a time (`6:30`).
    Part,
}

impl Numeral {
    /// Whether it may mean this number, by its digits alone or with the word after it.
    pub fn may_be(&self, number: &Number) -> bool {
        self.readings.contains(number) || self.bare.contains(number)
    }
}

/// The numbers of a text, in order.
pub fn numerals(text: &str) -> Vec<Numeral> {
    if !may_have_digits(text.as_bytes()) || !text.chars().any(|c| digit(c).is_some()) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !is_mark(*c)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((_, c)) = chars.get(at) {
        if digit(*c).is_none() {
            at += 1;
            continue;
        }
        let end = end_of(&chars, at);
        found.push(read(text, &chars, at..end));
        at = end;
    }
    found
}

/// Whether there are bytes of which digits are made; most texts have none. Of the letters before U+07C0, whose first byte is 0xDF, only those of ASCII and of Arabic have digits.
fn may_have_digits(text: &[u8]) -> bool {
    let is_arabic = |first: &[u8]| match first {
        [0xd9, second] => (0xa0..=0xa9).contains(second),
        [0xdb, second] => (0xb0..=0xb9).contains(second),
        _ => false,
    };
    text.iter().any(|byte| byte.is_ascii_digit() || *byte >= 0xdf) || text.windows(2).any(is_arabic)
}

/// The zeros of the decimal digits of Unicode's living scripts; their nine others follow them.
const ZEROS: &[char] = &[
    '0',
    '\u{660}',
    '\u{6F0}',
    '\u{7C0}',
    '\u{966}',
    '\u{9E6}',
    '\u{A66}',
    '\u{AE6}',
    '\u{B66}',
    '\u{BE6}',
    '\u{C66}',
    '\u{CE6}',
    '\u{D66}',
    '\u{DE6}',
    '\u{E50}',
    '\u{ED0}',
    '\u{F20}',
    '\u{1040}',
    '\u{17E0}',
    '\u{1810}',
    '\u{FF10}',
    '\u{1E950}',
];

/// The value of a digit of any script.
pub fn digit(c: char) -> Option<u8> {
    if c < '\u{660}' {
        return u8::try_from(c.to_digit(10)?).ok();
    }
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        u8::try_from(value).ok().filter(|value| *value <= 9)
    })
}

/// Marks of direction, which may stand anywhere and say nothing here.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{61C}' | '\u{FEFF}')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}')
}

/// What may stand between the digits of one number.
fn is_separator(c: char) -> bool {
    is_blank(c) || matches!(c, ',' | '.' | '٬' | '٫' | '،' | '\'' | '’' | '·')
}

/// Where a number ends that begins at `start`.
fn end_of(chars: &[(usize, char)], start: usize) -> usize {
    let digits_from = |at: usize| chars.iter().skip(at).take_while(|(_, c)| digit(*c).is_some()).count();
    let mut length = digits_from(start);
    let mut end = start + length;
    while let Some((_, separator)) = chars.get(end).filter(|(_, c)| is_separator(*c)) {
        let next = digits_from(end + 1);
        // A blank stands between groups of three alone: "in 2023 100 people" are two numbers.
        let fits = if is_blank(*separator) { next == 3 && length <= 3 } else { next > 0 };
        if !fits {
            break;
        }
        length = next;
        end += 1 + next;
    }
    end
}

fn read(text: &str, chars: &[(usize, char)], range: Range<usize>) -> Numeral {
    let within = chars.get(range.clone()).unwrap_or_default();
    let place = within.first().map_or(0, |(at, _)| *at)..within.last().map_or(0, |(at, c)| at + c.len_utf8());
    let before = range.start.checked_sub(1).and_then(|at| chars.get(at)).map(|(_, c)| *c);
    let next = |at: usize| chars.get(at).map(|(_, c)| *c);
    let after = next(range.end);
    let (groups, separators) = split(within);
    let bare = readings(&groups, &separators);
    let rest = text.get(place.end..).unwrap_or_default();
    let (power, length) = scale(rest);
    let readings = bare.iter().filter_map(|number| shifted(*number, power)).collect();
    // Only Latin letters join a number to a name: in Hebrew and Arabic small words are joined to any number.
    let is_joined = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '_' | '#' | '№' | '§' | '°');
    let is_time = |c: Option<char>, far: Option<char>| c == Some(':') && far.is_some_and(|c| digit(c).is_some());
    let far_before = range.start.checked_sub(2).and_then(next);
    let is_dashed = before == Some('-') && far_before.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_part = before.is_some_and(is_joined)
        || is_dashed
        || is_time(before, far_before)
        || is_time(after, next(range.end + 1))
        || (length == 0 && after.is_some_and(is_joined))
        || bare.is_empty();
    let is_paid = before.is_some_and(is_money)
        || (before.is_some_and(is_blank) && far_before.is_some_and(is_money))
        || follows(rest, is_money);
    let kind = if is_part {
        Kind::Part
    } else if is_percent(rest) || before.is_some_and(is_percent_sign) {
        Kind::Percent
    } else if is_paid {
        Kind::Money
    } else {
        Kind::Plain
    };
    Numeral {
        digits: groups.iter().map(String::len).sum(),
        is_separated: !separators.is_empty(),
        kind,
        place,
        readings,
        bare,
    }
}

/// The digits between the separators, as ASCII, and the separators.
fn split(within: &[(usize, char)]) -> (Vec<String>, Vec<char>) {
    let (mut groups, mut separators) = (vec![String::new()], Vec::new());
    for (_, c) in within {
        match digit(*c) {
            Some(value) => {
                if let Some(group) = groups.last_mut() {
                    group.push(char::from(b'0' + value));
                }
            }
            None => {
                separators.push(*c);
                groups.push(String::new());
            }
        }
    }
    (groups, separators)
}

fn readings(groups: &[String], separators: &[char]) -> Vec<Number> {
    let mut found = Vec::new();
    let mut add = |whole: &[String], fraction: Option<&String>| {
        let digits = whole.concat();
        let digits = digits.trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        let written = fraction.map_or_else(|| digits.to_owned(), |fraction| format!("{digits}.{fraction}"));
        found.extend(Number::parse(&written).filter(|number| !found.contains(number)));
    };
    match separators.split_last() {
        None => add(groups, None),
        Some((last, others)) => {
            if separators.iter().all(|other| other == last && *other != '٫') && are_grouped(groups) {
                add(groups, None);
            }
            if let Some((fraction, whole)) = groups.split_last()
                && matches!(last, '.' | ',' | '٫' | '،' | '·')
                && others.iter().all(|other| other != last && others.first() == Some(other))
                && (others.is_empty() || are_grouped(whole))
            {
                add(whole, Some(fraction));
            }
        }
    }
    found
}

/// Whether digits are grouped by thousands, or, as in India, by hundreds above them.
fn are_grouped(groups: &[String]) -> bool {
    let Some((first, rest)) = groups.split_first() else { return false };
    let Some((last, middle)) = rest.split_last() else { return true };
    let all = |length: usize| middle.iter().all(|group| group.len() == length);
    (1..=3).contains(&first.len()) && last.len() == 3 && first != "0" && (all(3) || (all(2) && first.len() <= 2))
}

/// Words that multiply the number before them, and by how many tens.
const SCALES: &[(i32, &[&str])] = &[
    (
        3,
        &[
            "thousand",
            "thousands",
            "k",
            "mille",
            "millier",
            "milliers",
            "tausend",
            "mil",
            "тысяч",
            "тысячи",
            "тыс",
            "אלף",
            "אלפים",
            "אלפי",
            "ألف",
            "ألفا",
            "ألفاً",
            "الف",
            "آلاف",
            "الاف",
            "هزار",
        ],
    ),
    (
        6,
        &[
            "million",
            "millions",
            "mn",
            "m",
            "millionen",
            "millón",
            "millones",
            "milhões",
            "milioni",
            "миллион",
            "миллиона",
            "миллионов",
            "млн",
            "מיליון",
            "מיליוני",
            "מיליונים",
            "مليون",
            "مليونا",
            "مليوناً",
            "ملايين",
            "میلیون",
        ],
    ),
    (
        9,
        &[
            "billion",
            "billions",
            "bn",
            "milliard",
            "milliards",
            "milliarde",
            "milliarden",
            "миллиард",
            "миллиарда",
            "миллиардов",
            "млрд",
            "מיליארד",
            "מיליארדי",
            "مليار",
            "مليارا",
            "ملياراً",
            "مليارات",
            "میلیارد",
        ],
    ),
];

/// No word that is looked for behind a number has more letters.
const LONGEST_WORD: usize = 24;

/// By how many tens the word after a number multiplies it, and how long that word is.
fn scale(rest: &str) -> (i32, usize) {
    let text = rest.trim_start_matches(|c: char| is_blank(c) || c == '-' || c == '־' || is_mark(c));
    let word: String = text.chars().take(LONGEST_WORD).take_while(|c| c.is_alphabetic() || *c == '\u{64B}').collect();
    let lower = word.to_lowercase();
    // A lone letter must touch its number: in "5 m" it is a metre.
    let fits = |name: &str| lower == name && (name.chars().count() > 1 || text.len() == rest.len());
    SCALES
        .iter()
        .find(|(_, names)| names.iter().any(|name| fits(name)))
        .map_or((0, 0), |(power, _)| (*power, word.len()))
}

/// A number times ten to some power.
pub fn shifted(number: Number, power: i32) -> Option<Number> {
    let digits = i8::try_from(power).ok()?;
    if digits == 0 {
        return Some(number);
    }
    // a/1 × 100, and then the rest of the zeros: the exact arithmetic of `Number` has no power, but this is one.
    let written = number.to_string();
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let power = usize::try_from(power).ok()?;
    let zeros = "0".repeat(power.saturating_sub(fraction.len()));
    let (moved, left) = fraction.split_at_checked(power).unwrap_or((fraction, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let digits = format!("{whole}{moved}{zeros}");
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let point = if left.is_empty() { "" } else { "." };
    Number::parse(&format!("{sign}{digits}{point}{left}"))
}

fn is_percent_sign(c: char) -> bool {
    matches!(c, '%' | '٪' | '﹪' | '％')
}

fn is_money(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '₪')
}

/// Whether a character of that kind comes next, after blanks.
fn follows(rest: &str, is_kind: impl Fn(char) -> bool) -> bool {
    rest.chars().find(|c| !is_blank(*c) && !is_mark(*c)).is_some_and(is_kind)
}

fn is_percent(rest: &str) -> bool {
    const WORDS: &[&str] =
        &["percent", "per cent", "pour cent", "prozent", "אחוז", "في المئة", "في المائة", "بالمئة", "بالمائة", "درصد"];
    let text = rest.trim_start_matches(|c: char| is_blank(c) || is_mark(c));
    // Not more of the text is looked at than a word is long: a statement may have a number in each of its words.
    let start: String = text.chars().take(LONGEST_WORD).flat_map(char::to_lowercase).collect();
    let start = start.replace('\u{A0}', " ");
    text.starts_with(is_percent_sign) || WORDS.iter().any(|word| start.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        numerals(text).iter().map(|found| found.readings.iter().map(ToString::to_string).collect()).collect()
    }

    #[test]
    fn in_any_digits_and_separators() {
        for text in [
            "73,419",
            "73.419 killed",
            "73 419",
            "73\u{a0}419",
            "73\u{202f}419",
            "73’419",
            "٧٣٬٤١٩",
            "۷۳٬۴۱۹",
            "७३,४१९",
            "73419",
            "\u{2066}73,419\u{2069}",
        ] {
            let found = numerals(text);
            assert_eq!(found.len(), 1, "{text}");
            assert!(found[0].may_be(&Number::parse("73419").unwrap()), "{text}: {found:?}");
        }
        assert_eq!(read("1,23,45,678"), [["12345678"]]);
        assert_eq!(read("1.234.567,89 or 1,234,567.89 or ١٬٢٣٤٫٥"), [["1234567.89"], ["1234567.89"], ["1234.5"]]);
        assert_eq!(read("29.7 or 29,7 or ٢٩٫٧ or 0.123"), [["29.7"], ["29.7"], ["29.7"], ["0.123"]]);
        assert_eq!(read("1.234"), [["1234", "1.234"]]);
        assert_eq!(read("55,298–78,525"), [["55298", "55.298"], ["78525", "78.525"]]);
        assert_eq!(read("In 2023 100 people, 7, 12."), [["2023"], ["100"], ["7"], ["12"]]);
    }

    #[test]
    fn with_the_word_after_it() {
        for text in [
            "1.9 million",
            "1,9 million",
            "1.9m",
            "1.9-million",
            "1.9 מיליון",
            "1,9 مليون",
            "١٫٩ مليون",
            "1 900 000",
            "1,900 thousand",
            "1900k",
        ] {
            assert!(
                numerals(text).iter().any(|found| found.readings.contains(&Number::parse("1900000").unwrap())),
                "{text}"
            );
        }
        assert_eq!(read("53.2 billion; 5 m; 600 millions d’euros"), [["53200000000"], ["5"], ["600000000"]]);
        assert_eq!(read("2,5 milliards"), [["2500000000"]]);
    }

    #[test]
    fn percentages_money_and_pieces_of_something_else() {
        let percent = |text: &str| numerals(text)[0].kind == Kind::Percent;
        for text in [
            "70%",
            "70 %",
            "70 per cent",
            "70 percent",
            "٧٠٪",
            "%70",
            "70 אחוזים",
            "70 في المئة",
            "70\u{a0}pour\u{a0}cent",
        ] {
            assert!(percent(text), "{text}");
        }
        assert!(!percent("70 people"));
        assert!(
            numerals("US$53 billion")[0].kind == Kind::Money
                && numerals("53 €")[0].kind == Kind::Money
                && numerals("53 people")[0].kind == Kind::Plain
        );
        for text in ["F16", "F-16", "the 7th", "S/2023", "6:30", "31.12.2023", "§4", "No #5"] {
            assert!(numerals(text).iter().all(|found| found.kind == Kind::Part), "{text}: {:?}", numerals(text));
        }
        for text in ["ב-1,195", "و288", "(12)", "55–60"] {
            assert!(numerals(text).iter().all(|found| found.kind != Kind::Part), "{text}: {:?}", numerals(text));
        }
    }

    #[test]
    fn shifted_exactly() {
        let shift = |text: &str, power| shifted(Number::parse(text).unwrap(), power).unwrap().to_string();
        assert_eq!(shift("1.9", 6), "1900000");
        assert_eq!(shift("0.05", 3), "50");
        assert_eq!(shift("1.23456", 3), "1234.56");
        assert_eq!(shift("-7", 3), "-7000");
        assert_eq!(shift("7", 0), "7");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,40}|[0-9., '’٠-٩]{0,20}( million| %)?") {
            for found in numerals(&text) {
                prop_assert!(text.get(found.place.clone()).is_some_and(|digits| digits.chars().any(|c| digit(c).is_some())));
            }
        }

        #[test]
        fn whatever_is_written_is_found(value in 0_u32..2_000_000_000, separator in prop::sample::select(vec![",", ".", "\u{a0}", "\u{202f}", "٬", "’"])) {
            let digits = value.to_string();
            let mut grouped = String::new();
            for (index, c) in digits.chars().enumerate() {
                if index > 0 && (digits.len() - index) % 3 == 0 {
                    grouped.push_str(separator);
                }
                grouped.push(c);
            }
            let found = numerals(&format!("about {grouped} of them"));
            prop_assert_eq!(found.len(), 1);
            prop_assert!(found[0].may_be(&Number::from(value)), "{}: {:?}", grouped, found);
        }
    }
}
