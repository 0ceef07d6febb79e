//! SB311, SB313 to SB315: what a count says by itself. Whom it counts, whether a series that only grows does, whether the quotation gives
//! the number, and whether a newer one is wanted.
//!
//! There is no clock: what is old is measured against the newest `data-to` of the site's pages, or, where no page has one, the newest
//! point of a series. So a site that nobody touches stays as it was, and one page with newer data asks for the others.

use super::figures::used;
use crate::book::Book;
use crate::citation::record::Quote;
use crate::date::{Date, Day};
use crate::diagnostic::{Code, Diagnostic};
use crate::figure::record::Status;
use crate::figure::{Figure, Series};
use crate::ids::FigureId;
use crate::numeral::{Numeral, numerals};
use crate::span::Span;

/// Every rule about figures and series by themselves.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for figure in book.library.figures() {
        if figure.population.is_none() {
            diagnostics.push(no_population("figure", &figure.id, figure.span));
        }
        diagnostics.extend(not_quoted(book, figure));
    }
    for series in book.library.all_series() {
        if series.population.is_none() {
            diagnostics.push(no_population("series", &series.id, series.span));
        }
        falls(series, diagnostics);
    }
    stale(book, diagnostics);
}

fn no_population(what: &str, id: &FigureId, span: Span) -> Diagnostic {
    Diagnostic::new(Code::SB311, span, format!("the {what} `{id}` does not say who or what is counted, and who is not"))
        .help("add `population: {en: …}`: two counts can be compared only when they count the same")
}

/// A total never becomes smaller, unless somebody corrected it and the file says so.
fn falls(series: &Series, diagnostics: &mut Vec<Diagnostic>) {
    // Points that measure different things are not one total.
    if !series.monotonic || series.mixed {
        return;
    }
    for (before, after) in series.points.iter().zip(series.points.iter().skip(1)) {
        if after.value < before.value && after.correction.is_none() {
            let message = format!(
                "`{}` only grows, but falls from {} ({}) to {} ({})",
                series.id, before.value, before.date, after.value, after.date
            );
            diagnostics.push(
                Diagnostic::new(Code::SB313, after.span, message)
                    .help("mend the number; where the count was corrected, say why in the column `correction`")
                    .related(before.span, "the point before it is here"),
            );
        }
    }
}

/// The quotation of a figure gives its numbers, in the digits and separators of whatever language it is in.
fn not_quoted(book: &Book, figure: &Figure) -> Option<Diagnostic> {
    // What is worked out, or given in words, stands in no quotation.
    if figure.derived.is_some() || figure.as_stated.is_some() {
        return None;
    }
    let source = book.library.source(&figure.source.value)?;
    let quote = source.quote(figure.quote.as_ref()?)?;
    let written = numbers_of(quote);
    let ends = figure.range.as_ref().map(|(low, high)| [*low, *high]);
    let mut wanted = vec![figure.value];
    wanted.extend(ends.into_iter().flatten().filter(|end| *end != figure.value));
    let missing: Vec<String> = wanted
        .iter()
        .filter(|number| !written.iter().any(|found| found.may_be(number)))
        .map(ToString::to_string)
        .collect();
    (!missing.is_empty()).then(|| {
        let message =
            format!("the quotation `{}` of `{}` does not give {}", quote.id, source.id, missing.join(" and "));
        Diagnostic::new(Code::SB314, figure.span, message)
            .help("mend the number or name the right quotation; where it gives the number in words, add `as-stated:`")
            .related(source.span, "the source is here")
    })
}

fn numbers_of(quote: &Quote) -> Vec<Numeral> {
    quote.exact.texts().flat_map(numerals).collect()
}

/// What is shown and older than its record allows.
fn stale(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let Some((today, place)) = newest_day(book) else { return };
    let used = used(book);
    let mut report = |what: &str, id: &FigureId, span: Span, when: &Date, days: u32| {
        let age = i64::from(today.number()) - i64::from(when.last_day().number());
        if age > i64::from(days) {
            let message =
                format!("the {what} `{id}` is of {when}, {age} days before the newest data of the site ({today})");
            diagnostics.push(
                Diagnostic::new(Code::SB315, span, message)
                    .help(format!("look for a newer number: its record wants one after {days} days (`stale-after`)"))
                    .related(place, "the newest data are here"),
            );
        }
    };
    for figure in book.library.figures().filter(|figure| used.contains(&figure.id)) {
        let is_over = matches!(figure.status, Status::Superseded | Status::Withdrawn) || figure.superseded_by.is_some();
        if let Some(days) = figure.stale_after.filter(|_| !is_over) {
            report("figure", &figure.id, figure.span, &figure.when, days);
        }
    }
    for series in book.library.all_series().filter(|series| used.contains(&series.id)) {
        if let Some((days, newest)) = series.stale_after.zip(series.points.last()) {
            report("series", &series.id, series.span, &newest.date, days);
        }
    }
}

/// The day up to which the site's data go, and where that is written.
fn newest_day(book: &Book) -> Option<(Day, Span)> {
    let pages = book.versions().filter_map(|(_, _, version)| {
        Some((version.page.front.data_to?.last_day(), Span::start_of(version.page.file)))
    });
    let points = || {
        let points = book.library.all_series().filter_map(|series| series.points.last());
        points.map(|point| (point.date.last_day(), point.span)).max_by_key(|(day, _)| *day)
    };
    pages.max_by_key(|(day, _)| *day).or_else(points)
}
