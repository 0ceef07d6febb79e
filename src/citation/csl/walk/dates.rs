//! Dates: the engine printed a shifted year, and knows neither intervals nor "about".

use super::{Purpose, core};
use crate::citation::csl::project::{ACCESSED_SHIFT, ISSUED_SHIFT, Moments, Projection};
use crate::date::{Date, Moment};
use crate::locale::{Key, Locale};

/// What is printed of a date: what the style has before it, the date, what it has after it.
pub(super) fn write<'a>(
    printed: &'a str,
    projection: &Projection,
    locale: &Locale,
    purpose: Purpose,
) -> (&'a str, String, &'a str) {
    let (before, text, after) = core(printed);
    let Some((moments, year, unshifted)) = found(text, projection) else { return (before, text.to_owned(), after) };
    // What stands after the year belongs to the citation: the letter of 2024a.
    let letter = text.get(year.end..).filter(|rest| rest.bytes().all(|b| b.is_ascii_lowercase())).unwrap_or_default();
    let date = match (purpose, moments.date) {
        (Purpose::OwnEntry, _) | (Purpose::Entry | Purpose::Note, Date::Interval(..)) => {
            format!("{}{letter}", moments.words)
        }
        (Purpose::Cite, Date::Interval(from, to)) => format!("{}{letter}", years(from, to)),
        (_, Date::At(_)) => in_hebrew(unshifted),
        (_, Date::About(_)) => about(&in_hebrew(unshifted), locale),
    };
    (before, date, after)
}

/// A Hebrew month after a day has a letter of its own, whatever order of parts a style asks for: `9 בינואר 2024`.
fn in_hebrew(date: String) -> String {
    // No month begins with that letter itself.
    let is_letter = |c: &char| ('ג'..='ת').contains(c) || *c == 'א';
    let Some((day, month)) = date.split_once(' ') else { return date };
    let joins = day.ends_with(|c: char| c.is_ascii_digit()) && month.chars().next().as_ref().is_some_and(is_letter);
    if joins { format!("{day} ב{month}") } else { date }
}

/// `2023–2024`
fn years(from: Moment, to: Moment) -> String {
    let (from, to) = (from.first_day().year(), to.last_day().year());
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

fn about(date: &str, locale: &Locale) -> String {
    locale.fill_plain(Key::DateAbout, &[("date", date.into())])
}

/// Which date this is, where its year stands, and the text with the year that is meant.
fn found<'p>(text: &str, projection: &'p Projection) -> Option<(&'p Moments, std::ops::Range<usize>, String)> {
    for (moments, shift) in [(&projection.issued, ISSUED_SHIFT), (&projection.accessed, ACCESSED_SHIFT)] {
        let Some(moments) = moments else { continue };
        let year = first_year(&moments.date);
        let shifted = (year + shift).to_string();
        if let Some(at) = text.find(&shifted) {
            let unshifted = text.replacen(&shifted, &year.to_string(), 1);
            return Some((moments, at..at + shifted.len(), unshifted));
        }
    }
    None
}

fn first_year(date: &Date) -> u16 {
    let (Date::At(moment) | Date::About(moment) | Date::Interval(moment, _)) = date;
    Moment::first_day(*moment).year()
}
