//! A typed number becomes a figure: its record begins with what the text says, the number, and the source that its sentence cites; the place shows the figure.
//!
//! Nothing is made up. What the record must say besides stands empty in it, and is reported until somebody writes it.

use super::view::View;
use crate::book::evidence::statements;
use crate::book::{Language, Version, reading};
use crate::ids::FigureId;
use crate::markdown::tree::InlineKind;
use crate::number::Number;
use crate::numeral::{Kind, Numeral, numerals};
use crate::scaffold::record::{self, Record, Value};
use crate::span::{FileId, Span};
use lsp_types::TextEdit;
use std::ops::Range;

/// The figure that a number becomes.
pub(super) struct Extraction {
    /// Its id.
    pub(super) id: FigureId,
    /// The mark in the place of the number.
    pub(super) mark: TextEdit,
    /// The file of its record.
    pub(super) home: FileId,
    /// The record at the end of that file.
    pub(super) record: TextEdit,
}

/// What becomes of the number at a place of a page; `None` where there is none that can be a figure.
pub(super) fn extraction(view: &View<'_>, file: FileId, asked: &Range<usize>) -> Option<Extraction> {
    let version = view.version(file)?;
    let language = view.language(file)?;
    let (span, value) = number_at(view, version, language, asked)?;
    let library = &view.book().library;
    let home = library.figures().map(|figure| figure.span.file).min()?;
    let name = version.page.id.as_str().rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("figure");
    let id = (1..100).find_map(|number| {
        let end = if number == 1 { String::new() } else { format!("-{number}") };
        let id = FigureId::parse(&format!("{name}-{value}{end}"))?;
        (library.figure_by_id(&id).is_none() && library.series(&id).is_none()).then_some(id)
    })?;
    let text = view.book().files.text(home);
    let whole = record::at_end(text, "", &record(view, version, &id, value, span).text());
    let end = Span::new(home, text.len(), text.len());
    Some(Extraction {
        mark: view.edit(span, format!("[={id}]")),
        home,
        record: view.edit(end, whole.get(text.len()..)?),
        id,
    })
}

fn record(view: &View<'_>, version: &Version, id: &FigureId, value: Number, span: Span) -> Record {
    let empty = || Some(Value::Text(String::new()));
    let by_lang = || {
        let languages = view.book().begun();
        Some(Value::ByLang(languages.map(|language| (language.lang.clone(), String::new())).collect()))
    };
    let statements = statements(version);
    let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    let own = statements.iter().find(|statement| holds(statement.claim.span));
    let source = own.and_then(|statement| statement.cited().first().map(ToString::to_string));
    Record::new(id.as_str())
        .with("label", by_lang())
        .with("value", Some(Value::Word(value.to_string())))
        .with("unit", empty())
        .with("as-of", empty())
        .with("reporter", by_lang())
        .with("population", by_lang())
        .with("source", source.map_or_else(empty, |source| Some(Value::Word(source))))
}

/// The number around a place, where it is written as its language writes it.
fn number_at(view: &View<'_>, version: &Version, language: &Language, asked: &Range<usize>) -> Option<(Span, Number)> {
    let file = version.page.file;
    let mut found = None;
    reading::inlines(&version.page, &mut |inline| {
        let InlineKind::Text(text) = &inline.kind else { return };
        let (span, range) = (inline.span, inline.span.range());
        // Where a character was written in another way, places in the text are none in the file.
        if span.file != file || range.len() != text.len() || asked.end < range.start || range.end < asked.start {
            return;
        }
        for numeral in numerals(text) {
            let own = Span::new(file, range.start + numeral.place.start, range.start + numeral.place.end);
            if own.range().start <= asked.start && asked.end <= own.range().end && is_count(&numeral) {
                found = read(&numeral, view.book().files.slice(own), language).map(|value| (own, value));
            }
        }
    });
    found
}

/// Whether it may be a count: no part of a word or date, no single digit, and no year.
fn is_count(numeral: &Numeral) -> bool {
    let is_year = numeral.digits == 4 && !numeral.is_separated && numeral.kind == Kind::Plain;
    numeral.kind != Kind::Part && numeral.digits > 1 && !is_year
}

/// What its digits mean in the language of the page.
fn read(numeral: &Numeral, written: &str, language: &Language) -> Option<Number> {
    let as_written = numeral.bare.iter().find(|number| language.locale.number(number) == written);
    match numeral.bare.as_slice() {
        [only] => Some(*only),
        _ => as_written.copied(),
    }
}
