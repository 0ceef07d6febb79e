//! What the library knows: figures and points of series as a sentence of a language would speak of them.

use super::context::{Context, Typed};
use crate::book::{Book, Language};
use crate::citation::naming::{Names, Words};
use crate::date::Date;
use crate::figure::record::Status;
use crate::figure::{Figure, Series};
use crate::ids::FigureId;
use crate::locale::PERCENT;
use crate::number::Number;
use crate::numeral::{Kind, numerals, shifted};
use crate::span::Span;
use crate::workspace::Localized;
use std::collections::BTreeMap;

/// A number that the library has.
#[derive(Debug)]
pub(super) struct Known<'a> {
    /// Its id.
    pub(super) id: &'a FigureId,
    /// Where its record stands.
    pub(super) span: Span,
    /// The mark that shows it.
    pub(super) mark: String,
    /// The number as the record has it.
    pub(super) value: Number,
    /// What is counted, in the reader's language.
    pub(super) label: &'a str,
    /// The number in ones: 53.2 of the unit `usd-billion` is 53200000000.
    ones: Number,
    /// Other numbers that are known of the same thing: the ends of its interval, what it was before.
    others: Vec<Number>,
    is_percent: bool,
    is_money: bool,
    /// What it describes.
    when: Date,
    /// Whether it is a point of a series, of which there are many for one label.
    is_point: bool,
    /// The words of the label that mean something.
    names: Vec<Names>,
    /// The numbers in the label.
    numbers: Vec<Number>,
}

/// All of them, in a language.
#[derive(Debug, Default)]
pub(super) struct Knowledge<'a> {
    known: Vec<Known<'a>>,
    by_number: BTreeMap<Number, Vec<usize>>,
}

/// A number of so many digits that mean something is nobody else's.
const TELLING_DIGITS: usize = 4;

impl<'a> Knowledge<'a> {
    pub(super) fn of(book: &'a Book, language: &'a Language) -> Self {
        let mut knowledge = Self::default();
        for figure in book.library.figures() {
            let is_over =
                matches!(figure.status, Status::Superseded | Status::Withdrawn) || figure.superseded_by.is_some();
            if !is_over && let Some(label) = label(&figure.label, book, language) {
                knowledge.add(of_figure(figure, label));
            }
        }
        for series in book.library.all_series() {
            if let Some(label) = label(&series.label, book, language) {
                for known in of_series(series, label) {
                    knowledge.add(known);
                }
            }
        }
        knowledge
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    fn add(&mut self, known: Known<'a>) {
        self.by_number.entry(known.ones).or_default().push(self.known.len());
        self.known.push(known);
    }

    /// The figure that a number is, if the sentence speaks of the same thing.
    pub(super) fn equal(&self, typed: &Typed, context: &Context) -> Option<&Known<'a>> {
        let readings = typed.numeral.readings.iter();
        let candidates = readings.flat_map(|reading| self.by_number.get(reading).into_iter().flatten());
        let candidates = candidates.filter_map(|at| self.known.get(*at));
        let fitting = candidates.filter(|known| known.is_like(typed)).filter_map(|known| {
            let shared = known.shared(context);
            (known.is_of(shared) && known.is_dated_in(context)).then_some((shared, !known.is_point, known))
        });
        fitting.max_by_key(|(shared, is_figure, _)| (*shared, *is_figure)).map(|(_, _, known)| known)
    }

    /// The figure of which a sentence says something else: every word of its label stands there, and no number that is known of it.
    pub(super) fn contradicted(&self, typed: &Typed, context: &Context) -> Option<&Known<'a>> {
        // A number with few digits is a detail of what is told, not the count.
        if typed.numeral.readings.iter().all(|number| *number < Number::from(100_u32))
            && typed.numeral.kind != Kind::Percent
        {
            return None;
        }
        let about: Vec<&Known<'_>> = self
            .known
            .iter()
            .filter(|known| !known.is_point && known.is_like(typed) && known.is_told_in(context))
            .collect();
        let is_known = about.iter().any(|known| {
            let numbers = std::iter::once(&known.ones).chain(&known.others);
            numbers.into_iter().any(|number| context.numbers.contains(number))
        });
        about.into_iter().filter(|_| !is_known).max_by_key(|known| known.names.len())
    }
}

impl Known<'_> {
    /// Whether a number is of the same kind: per cent, money, or a plain count.
    fn is_like(&self, typed: &Typed) -> bool {
        match typed.numeral.kind {
            Kind::Percent => self.is_percent,
            Kind::Money => self.is_money,
            Kind::Plain => !self.is_percent,
            Kind::Part => false,
        }
    }

    /// How many words of the label the sentence has.
    fn shared(&self, context: &Context) -> usize {
        self.names.iter().filter(|name| name.stand_in(&context.words)).count()
    }

    /// Whether an equal number in a sentence that shares so many words with the label is this figure.
    fn is_of(&self, shared: usize) -> bool {
        let all = self.names.len();
        match telling_digits(self.value) {
            digits if digits >= TELLING_DIGITS && !self.is_point => true,
            digits if digits >= 3 => shared >= 2.min(all).max(1),
            _ => shared >= 3 && shared * 2 > all,
        }
    }

    /// Whether a sentence names the day of a point; a figure needs none.
    fn is_dated_in(&self, context: &Context) -> bool {
        !self.is_point || dated_in(&self.when, context)
    }

    /// Whether a sentence has every word and every number of the label, and no other date than that of the figure.
    fn is_told_in(&self, context: &Context) -> bool {
        self.names.len() >= 3
            && (context.years.is_empty() || dated_in(&self.when, context))
            && self.names.iter().all(|name| name.stand_in(&context.words))
            && self.numbers.iter().all(|number| context.numbers.contains(number))
    }
}

/// Whether a sentence names a day, or the year of a month or a longer time.
fn dated_in(date: &Date, context: &Context) -> bool {
    let (first, last) = (date.first_day(), date.last_day());
    let has = |number: u32| context.numbers.contains(&Number::from(number));
    has(u32::from(last.year())) && (first != last || has(u32::from(last.day())))
}

/// The digits of a number without the zeros at its end.
fn telling_digits(number: Number) -> usize {
    let digits: String = number.to_string().chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// The label in the reader's language; a label that is the same in every language is the source language's.
fn label<'a>(label: &'a Localized, book: &Book, language: &Language) -> Option<&'a str> {
    let is_source = book.source_language().is_some_and(|source| source.lang == language.lang);
    match label {
        Localized::Plain(text) => is_source.then_some(text.as_str()),
        Localized::ByLang(_) => label.exact(&language.lang),
    }
}

fn of_figure<'a>(figure: &'a Figure, label: &'a str) -> Known<'a> {
    let others = figure.range.iter().flat_map(|(low, high)| [*low, *high]);
    let others = others.chain(figure.history.iter().map(|earlier| earlier.value));
    let others = others.chain(figure.correction.iter().filter_map(|correction| correction.was)).collect();
    Known {
        others,
        ..known(&figure.id, figure.span, &figure.unit, (figure.value, figure.when), label, format!("[={}]", figure.id))
    }
}

fn of_series<'a>(series: &'a Series, label: &'a str) -> Vec<Known<'a>> {
    let points = series.points.iter().map(|point| {
        let mark = format!("[={}@{}]", series.id, point.date);
        Known { is_point: true, ..known(&series.id, point.span, &series.unit, (point.value, point.date), label, mark) }
    });
    points.collect()
}

fn known<'a>(
    id: &'a FigureId,
    span: Span,
    unit: &str,
    (value, when): (Number, Date),
    label: &'a str,
    mark: String,
) -> Known<'a> {
    let power = if unit.ends_with("-billion") { 9 } else { 0 };
    Known {
        id,
        span,
        mark,
        value,
        label,
        ones: shifted(value, power).unwrap_or(value),
        others: Vec::new(),
        is_percent: unit == PERCENT,
        is_money: unit.starts_with("usd"),
        is_point: false,
        when,
        names: content_words(label),
        numbers: numerals(label).into_iter().flat_map(|numeral| numeral.readings).collect(),
    }
}

/// Words that stand in many labels and say little.
const COMMON: &[&str] = &[
    "since",
    "from",
    "with",
    "their",
    "during",
    "after",
    "before",
    "under",
    "than",
    "that",
    "were",
    "which",
    "total",
    "number",
    "dans",
    "depuis",
    "pour",
    "avec",
    "leur",
    "leurs",
    "apres",
    "avant",
    "nombre",
    "selon",
    "etaient",
    "מאז",
    "לפני",
    "אחרי",
    "בתוך",
    "מספר",
    "של",
    "על",
    "منذ",
    "خلال",
    "بعد",
    "قبل",
    "التي",
    "الذين",
    "عدد",
];

/// The words of a label that mean something, each as a name that may be inflected.
fn content_words(label: &str) -> Vec<Names> {
    let words = Words::of(label);
    let long = |word: &str| {
        let least = if word.is_ascii() || word.chars().any(char::is_lowercase) { 4 } else { 3 };
        word.chars().count() >= least && word.chars().all(char::is_alphabetic)
    };
    let mut seen: Vec<&str> = Vec::new();
    for word in words.iter().filter(|word| long(word) && !COMMON.contains(word)) {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    let mut names = Vec::new();
    for word in seen {
        let mut name = Names::default();
        name.add(word);
        names.push(name);
    }
    names
}
