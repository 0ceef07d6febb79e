//! What was meant as a place and cannot be one: a label without a number, two labels, a range that runs backwards, a time that no clock shows.
//!
//! Words after a citation may be anything, so only what can hardly be words is a fault: `p.`, `§`, `עמ׳` before a word, but not `section`
//! before one, and not `op. cit.`. A hyphen may join a chapter and its page (`p. 12-3`), so it makes a range only after a plural label.

use super::value::{self, blanks, is_blank};
use super::{Label, labels};
use std::fmt;
use std::ops::Range;

/// Why a text that begins like a place is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// `p.` and no number.
    NoNumber(String),
    /// `p. para. 3`
    TwoLabels(String),
    /// `pp. 9–3`
    Backwards(String),
    /// `at 12:75`
    NoSuchTime(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNumber(label) => write!(f, "no number follows `{label}`"),
            Self::TwoLabels(labels) => write!(f, "`{labels}` are two labels before one number"),
            Self::Backwards(range) => write!(f, "the range `{range}` runs backwards"),
            Self::NoSuchTime(time) => write!(f, "there is no time `{time}`"),
        }
    }
}

impl Fault {
    /// How to mend it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoNumber(_) => "write the number, as in `p. 3`; a place without one goes into braces, as in `{p. A}`",
            Self::TwoLabels(_) => "keep one, or give each its number, as in `chap. 2, p. 30`",
            Self::Backwards(_) => "write the smaller number first, in Hebrew and Arabic, too",
            Self::NoSuchTime(_) => {
                "write hours, minutes and seconds, as in `at 01:02:30`, or minutes and seconds, as in `at 62:30`"
            }
        }
    }
}

/// What is wrong with the place that a text begins with, and where in the text.
pub(super) fn fault_in(text: &str) -> Option<(Range<usize>, Fault)> {
    let start = blanks(text);
    let rest = text.get(start..)?;
    let (range, fault) = match labels::label_at(rest) {
        Some((label, before)) => labelled(label, rest.get(..before)?, rest.get(before..)?)?,
        None => {
            let length = value::unlabelled(rest)?;
            backwards(rest.get(..length)?, false)?
        }
    };
    Some((start + range.start..start + range.end, fault))
}

/// Looks at what follows a label; `before` is the label with its stop and the blanks after it.
fn labelled(label: Label, before: &str, after: &str) -> Option<(Range<usize>, Fault)> {
    let shift = |(range, fault): (Range<usize>, Fault)| (before.len() + range.start..before.len() + range.end, fault);
    let word = before.trim_end_matches(is_blank);
    if label == Label::Timestamp {
        return times(after).map(shift);
    }
    if let Some(length) = value::labelled(after) {
        return backwards(after.get(..length)?, is_many(word)).map(shift);
    }
    let next = after.trim_start_matches(is_blank);
    let ends = next.is_empty() || next.starts_with([',', '،', ';', '؛', '}', ']']);
    let meant = is_certain(label, word) || (ends && is_plain(label));
    if !meant {
        return None;
    }
    if let Some((_, second)) = labels::label_at(after) {
        let number = after.get(second..).and_then(value::labelled);
        if number.is_some() {
            let both = before.len() + after.get(..second)?.trim_end_matches(is_blank).len();
            let words = format!("{before}{}", after.get(..second)?);
            return Some((0..both, Fault::TwoLabels(words.trim_end_matches(is_blank).to_owned())));
        }
    }
    let follows = ["cit", "ex", "crit", "passim"].iter().any(|word| next.starts_with(word));
    (!follows).then(|| (0..word.len(), Fault::NoNumber(word.to_owned())))
}

/// Whether a label is written as only labels are: abbreviated, as a sign, or with a geresh.
fn is_certain(label: Label, word: &str) -> bool {
    use Label::{Appendix, Article, Chapter, Column, Figure, Folio, Page, Paragraph, Part, Section, Table, Volume};
    let kinds = [Appendix, Article, Chapter, Column, Figure, Folio, Page, Paragraph, Part, Section, Table, Volume];
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let stopped = word.ends_with('.') && (letters >= 2 || label == Label::Page);
    let sign = word.starts_with(['§', '¶']);
    let geresh = word.trim_end_matches('.').ends_with(['׳', '\'', '’']);
    kinds.contains(&label) && (stopped || sign || geresh)
}

/// Whether a label alone says that a place was meant, though it is a word.
fn is_plain(label: Label) -> bool {
    matches!(label, Label::Page | Label::Paragraph)
}

/// Whether a label announces several places.
fn is_many(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    word.starts_with("pp") || ["s", "§§", "¶¶", "ים", "ות", "صص", "ات"].iter().any(|end| word.ends_with(end))
}

/// The first range of a value that runs backwards.
fn backwards(value: &str, many: bool) -> Option<(Range<usize>, Fault)> {
    let mut start = 0;
    for unit in value.split_inclusive([',', '،', '&']) {
        let text = unit.trim_end_matches([',', '،', '&']).trim_matches(is_blank);
        let at = start + blanks(unit);
        start += unit.len();
        let dash = text.find(|c| matches!(c, '–' | '—') || (many && c == '-'));
        let Some((from, to)) = dash.and_then(|at| text.split_at_checked(at)) else { continue };
        let from = from.trim_end_matches(is_blank);
        let to = to.trim_start_matches(['–', '—', '-']).trim_start_matches(is_blank);
        if runs_backwards(from, to) {
            return Some((at..at + text.len(), Fault::Backwards(text.to_owned())));
        }
    }
    None
}

fn runs_backwards(from: &str, to: &str) -> bool {
    let (Some(first), Some(last)) = (number(from), number(to)) else {
        return matches!((roman(from), roman(to)), (Some(first), Some(last)) if last < first);
    };
    // 123–25 stands for 123–125.
    let missing = from.chars().count().saturating_sub(to.chars().count());
    let whole: String = from.chars().take(missing).chain(to.chars()).collect();
    last < first && number(&whole).is_none_or(|whole| whole < first)
}

/// The number in a text of digits, in any numeral system.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits = text.chars().map(digit).collect::<Option<Vec<u64>>>().filter(|digits| !digits.is_empty())?;
    digits.iter().try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(*digit))
}

fn digit(c: char) -> Option<u64> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(u64::from(u32::from(c) - u32::from(zero)))
}

fn roman(text: &str) -> Option<u64> {
    if !value::is_roman(text) {
        return None;
    }
    let values: Vec<u64> = text
        .chars()
        .filter_map(|c| match c.to_ascii_lowercase() {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            'l' => Some(50),
            'c' => Some(100),
            'd' => Some(500),
            'm' => Some(1000),
            _ => None,
        })
        .collect();
    let next = values.iter().skip(1).copied().chain([0]);
    let (mut plus, mut minus) = (0, 0);
    for (value, next) in values.iter().zip(next) {
        if *value < next {
            minus += value;
        } else {
            plus += value;
        }
    }
    Some(plus - minus)
}

/// A time, or the end of a stretch of time, that no clock shows, or that lies before the beginning.
fn times(text: &str) -> Option<(Range<usize>, Fault)> {
    let length = value::time(text)?;
    let written = text.get(..length)?;
    let mut before = None;
    let mut start = 0;
    for time in written.split_inclusive(['-', '–']) {
        let own = time.trim_end_matches(['-', '–']);
        let seconds = seconds(own);
        let place = start..start + own.len();
        start += time.len();
        match (before, seconds) {
            (_, None) => return Some((place, Fault::NoSuchTime(own.to_owned()))),
            (Some(before), Some(seconds)) if seconds < before => {
                return Some((0..length, Fault::Backwards(written.to_owned())));
            }
            _ => before = seconds,
        }
    }
    None
}

/// Seconds since the beginning; minutes and seconds after the first part are less than 60.
fn seconds(time: &str) -> Option<u64> {
    let parts: Vec<&str> = time.split(':').collect();
    let (first, others) = parts.split_first()?;
    if others.len() > 2 {
        return None;
    }
    let mut sum = number(first)?;
    for part in others {
        let whole = part.split('.').next().unwrap_or(part);
        let value = number(whole).filter(|value| *value < 60)?;
        sum = sum.checked_mul(60)?.checked_add(value)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        fault_in(text).map(|(range, fault)| {
            assert!(text.get(range).is_some(), "{text}");
            fault.to_string()
        })
    }

    #[test]
    fn what_cannot_be_a_place() {
        let cases = [
            ("p.", "no number follows `p.`"),
            ("pp. ", "no number follows `pp.`"),
            ("p. three", "no number follows `p.`"),
            ("para. , and after", "no number follows `para.`"),
            ("page", "no number follows `page`"),
            ("§", "no number follows `§`"),
            ("§ of the act", "no number follows `§`"),
            ("chap. on Gaza", "no number follows `chap.`"),
            ("עמ׳", "no number follows `עמ׳`"),
            ("עמ' שלוש", "no number follows `עמ'`"),
            ("עמוד", "no number follows `עמוד`"),
            ("ص.", "no number follows `ص.`"),
            ("صفحة", "no number follows `صفحة`"),
            ("p. para. 3", "`p. para.` are two labels before one number"),
            ("עמ׳ פסקה 3", "`עמ׳ פסקה` are two labels before one number"),
            ("pp. 9–3", "the range `9–3` runs backwards"),
            ("pp. 9-3", "the range `9-3` runs backwards"),
            ("pp. 1, 120–115, 3", "the range `120–115` runs backwards"),
            ("p. 128–25", "the range `128–25` runs backwards"),
            ("pp. xii–iv", "the range `xii–iv` runs backwards"),
            ("9–3", "the range `9–3` runs backwards"),
            ("paras. 54-52", "the range `54-52` runs backwards"),
            ("ص ٩–٣", "the range `٩–٣` runs backwards"),
            ("עמ׳ 9–3", "the range `9–3` runs backwards"),
            ("at 12:75", "there is no time `12:75`"),
            ("at 1:62:00", "there is no time `1:62:00`"),
            ("at 12:30–11:05", "the range `12:30–11:05` runs backwards"),
            ("בדקה 3:99", "there is no time `3:99`"),
        ];
        for (text, message) in cases {
            assert_eq!(said(text).as_deref(), Some(message), "{text}");
        }
    }

    #[test]
    fn what_can_be_one_or_is_words() {
        let texts = [
            "p. 3",
            "pp. 3–9",
            "pp. 123–25",
            "p. 12-3",
            "12-3",
            "pp. iv–xii",
            "p. iv",
            "art. 49, para. 6",
            "chap. 3, p. 45",
            "para. 86 (operative clause)",
            "p. A",
            "at 12:30",
            "at 75:10",
            "at 00:12:30.5",
            "at 12:30–13:05",
            "at 54",
            "at a conference",
            "p. ex. dans le sud",
            "art. cit.",
            "op. cit.",
            "loc. cit.",
            "no. one says so",
            "section on Gaza",
            "note",
            "section",
            "figures for May",
            "table of contents",
            "v. Israel",
            "part of the answer",
            "title page",
            "volume of aid",
            "סעיף א",
            "פרק המבוא",
            "المادة الثانية",
            "with A–B",
            "",
            "and after",
            "2023–24",
            "pp. S-15–S-3",
        ];
        for text in texts {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
