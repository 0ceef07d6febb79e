//! YAML → figures, strictly: what a record lacks or misspells is reported field by field.

use super::derive::Expression;
use super::record::{Correction, Earlier, Figure, Qualifier, Status};
use crate::citation::read::{CHECKED, date, locator, records};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ids::{FigureId, QuoteId, SourceId};
use crate::locale::units;
use crate::markdown::locator::Locator;
use crate::number::Number;
use crate::span::FileId;
use crate::workspace::fields::{Codes, Fields, one_of};
use crate::workspace::node::{Key, Node};
use crate::workspace::shape::{Kind, Shape};
use crate::workspace::{Localized, Placed};

pub(super) const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads a file of figures.
pub fn read_file(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Figure> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| read(key, node, diagnostics)).collect()
}

fn read(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Figure> {
    let id = key.id::<FigureId>(diagnostics)?;
    let mut fields = Fields::open(node, key.span, "a figure", CODES, diagnostics)?;
    let figure = figure(Some(id), &mut fields);
    fields.finish();
    figure
}

/// What the record of a figure may hold.
pub fn shape() -> Shape {
    Shape::of("a figure", |fields| figure(None, fields))
}

fn figure(id: Option<FigureId>, fields: &mut Fields<'_, '_>) -> Option<Figure> {
    let range = read_range(fields);
    let value = read_number(fields, "value");
    let derived = fields.parsed(
        "derived",
        |text| Expression::parse(text).map_err(|error| error.to_string()),
        "figures with signs between blanks, such as `all - soldiers`, `share(women, all)`, `round(all, -2)`",
    );
    fields.needs(&["value", "range", "derived"]);
    let only_range = value.is_none() && derived.is_none() && range.is_some();
    let value = match (value, &range) {
        (Some(value), _) => Some(value),
        (None, Some((low, _))) => Some(*low),
        // It is worked out when all figures are known.
        (None, None) if derived.is_some() => Some(Number::from(0_u32)),
        (None, None) => {
            fields.missing("value", "1234");
            None
        }
    };
    let qualifier = fields.choice("qualifier", Qualifier::ALL).map(|choice| choice.value).unwrap_or_default();
    let when = read_when(fields);
    let via = placed_source(fields, "via");
    let population = fields.localized("population");
    let locator = locator_or_words(fields);
    let quote = fields.id::<QuoteId>("quote", "`q1`").map(|quote| quote.value);
    let status = fields.choice("status", Status::ALL).map(|choice| choice.value).unwrap_or_default();
    let method = fields.localized("method");
    let caveat = fields.localized("caveat");
    let counter_figures = fields.ids::<FigureId>("counter-figures");
    let superseded_by = fields.id::<FigureId>("superseded-by", "the id of another figure");
    let as_stated = fields.localized("as-stated");
    let history = read_history(fields);
    let correction = read_correction(fields);
    let stale_after = read_days(fields, "stale-after");
    let checked = fields.choice("checked", CHECKED).map(|choice| choice.value);
    let common = read_common(fields);
    let Common { label, unit, reporter, source } = common;
    Some(Figure {
        id: id?,
        span: fields.place(),
        label: label?,
        value: value?,
        range,
        only_range,
        qualifier,
        unit: unit?,
        when: when?,
        reporter,
        via,
        population,
        source: source?,
        locator,
        quote,
        status,
        method,
        caveat,
        counter_figures,
        superseded_by,
        as_stated,
        history,
        correction,
        stale_after,
        derived,
        checked,
    })
}

/// `history: [{value: 1400, as-of: 2023-11-07, source: some-id}]`
fn read_history(figure: &mut Fields<'_, '_>) -> Vec<Earlier> {
    let mut history = figure.records("history", "an earlier value", |earlier| {
        let value = read_number(earlier, "value");
        let value = earlier.required("value", value, "1400");
        let when = date(earlier, "as-of");
        let when = earlier.required("as-of", when, "2023-11-07");
        let source = placed_source(earlier, "source");
        Some(Earlier { value: value?, when: when?, source })
    });
    history.sort_by_key(|earlier| earlier.when);
    history
}

/// `correction: {at: 2026-08-22, was: 1400, note: L}`
fn read_correction(figure: &mut Fields<'_, '_>) -> Option<Correction> {
    let mut fields = figure.group("correction", "a correction")?;
    let at = date(&mut fields, "at");
    let at = fields.required("at", at, "2026-08-22");
    let was = read_number(&mut fields, "was");
    let note = fields.localized("note");
    let note = fields.required("note", note, "{en: why it was wrong}");
    fields.finish();
    Some(Correction { at: at?, was, note: note? })
}

/// A number of days above zero.
pub(super) fn read_days(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<u32> {
    let days =
        fields.integer_within(name, 1..=i64::from(u32::MAX), "is a number of days", &format!("write `{name}: 90`"));
    days.and_then(|days| u32::try_from(days).ok())
}

fn read_number(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Number> {
    let help = "digits only: `73419`, `29.7`";
    let read = |text: &str| Number::parse(text).ok_or_else(|| format!("`{text}` is no number"));
    fields.parsed(name, read, help).map(|number| number.value)
}

/// What figures and series have in common.
pub(super) struct Common {
    pub(super) label: Option<Localized>,
    pub(super) unit: Option<String>,
    pub(super) reporter: Option<Localized>,
    pub(super) source: Option<Placed<SourceId>>,
}

pub(super) fn read_common(fields: &mut Fields<'_, '_>) -> Common {
    let label = fields.localized("label");
    let label = fields.required("label", label, "{en: what is counted}");
    let reporter = fields.localized("reporter");
    if reporter.is_none() && fields.key_span("reporter").is_none() {
        let place = fields.place();
        fields.report(
            Diagnostic::new(Code::SB310, place, "the figure does not say who counted")
                .help("add `reporter: {en: who counted}`"),
        );
    }
    fields.holds("unit", || Kind::Word(units().to_vec()));
    let unit = fields.text("unit");
    let unit = fields.required("unit", unit, "people").and_then(|unit| known_unit(unit, fields));
    let source = placed_source(fields, "source");
    fields.needs(&["source"]);
    if source.is_none() && fields.key_span("source").is_none() {
        let place = fields.place();
        fields.report(
            Diagnostic::new(Code::SB303, place, "the figure has no source")
                .help("add `source: id` with the id of a record in content/sources"),
        );
    }
    Common { label, unit, reporter, source }
}

/// The unit, where the interface has words for it.
fn known_unit(unit: Placed<String>, fields: &mut Fields<'_, '_>) -> Option<String> {
    if units().contains(&unit.value) {
        return Some(unit.value);
    }
    let help = match did_you_mean(&unit.value, units().iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => one_of(units().iter().map(String::as_str)),
    };
    let message = format!("there is no unit `{}`", unit.value);
    fields.report(Diagnostic::new(Code::SB312, unit.span, message).help(help));
    None
}

fn placed_source(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Placed<SourceId>> {
    fields.id(name, "the id of a record in content/sources")
}

fn read_range(fields: &mut Fields<'_, '_>) -> Option<(Number, Number)> {
    fields.holds("range", || Kind::Exactly(2, Box::new(Kind::Text)));
    let node = fields.node("range")?;
    let ends: Vec<Option<Number>> =
        fields.list("range").iter().map(|end| end.as_text().and_then(Number::parse)).collect();
    if let [Some(low), Some(high)] = ends.as_slice()
        && low <= high
    {
        return Some((*low, *high));
    }
    fields.wrong(node.span, "`range` is two numbers, the smaller first", "write `range: [55298, 78525]`");
    None
}

/// The day or the period that the number describes: the one thing without which a number says nothing.
fn read_when(fields: &mut Fields<'_, '_>) -> Option<Date> {
    let as_of = date(fields, "as-of");
    let period = date(fields, "period");
    fields.needs(&["as-of", "period"]);
    let written = fields.key_span("as-of").is_some() || fields.key_span("period").is_some();
    match as_of.or(period) {
        None if !written => {
            let place = fields.place();
            fields.report(Diagnostic::new(Code::SB302, place, "the figure has no date").help(
                "add `as-of: 2026-08-22`, the day that the number describes, or `period: 2023-10-07/2024-06-30`",
            ));
            None
        }
        when => when,
    }
}

/// A figure's place in its source; words that name no numbered place ("last two lines") are allowed and kept out of the citation.
fn locator_or_words(fields: &mut Fields<'_, '_>) -> Option<Locator> {
    fields.holds("locator", || Kind::Text);
    let text = fields.node("locator").and_then(|node| node.as_text()).map(str::to_owned);
    match text {
        Some(text) if Locator::parse(&text).is_none() && Locator::fault(&text).is_none() => None,
        Some(_) => locator(fields),
        None => None,
    }
}
