//! SB215, SB216, SB217: whether what is cited still stands: superseded, retracted, or to be read again.

use super::each_inline;
use crate::book::evidence::statements;
use crate::book::{Book, Language, Version};
use crate::citation::Source;
use crate::citation::record::Notice;
use crate::date::{Date, Day};
use crate::diagnostic::{Code, Diagnostic};
use crate::figure::record::Status;
use crate::ids::SourceId;
use crate::markdown::citation::{Cite, Relation};
use crate::markdown::tree::InlineKind;
use crate::span::Span;
use crate::workspace::Placed;
use std::collections::{BTreeMap, BTreeSet};

/// Which sources took the place of which, whichever of the two records says so.
type Newer<'a> = BTreeMap<&'a SourceId, BTreeSet<&'a SourceId>>;

/// Citations and figures rest on what still stands, and records are as new as the pages that use them.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let newer = newer(book);
    if book.library.sources().any(|source| source.retracted.is_some()) || !newer.is_empty() {
        let judge = |_: &Language, version: &Version, found: &mut Vec<Diagnostic>| {
            found.extend(citation_problems(book, &newer, version));
        };
        super::every_version(book, judge, diagnostics);
        figures(book, &newer, diagnostics);
    }
    stale(book, diagnostics);
}

fn newer(book: &Book) -> Newer<'_> {
    let mut newer = Newer::new();
    let own = |id: &Placed<SourceId>| book.library.source(&id.value).map(|source| &source.id);
    for source in book.library.sources() {
        for later in source.superseded_by.iter().filter_map(own).filter(|later| **later != source.id) {
            newer.entry(&source.id).or_default().insert(later);
        }
        for earlier in source.supersedes.iter().filter_map(own).filter(|earlier| **earlier != source.id) {
            newer.entry(earlier).or_default().insert(&source.id);
        }
    }
    newer
}

fn citation_problems(book: &Book, newer: &Newer<'_>, version: &Version) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut overtaken: Vec<(&Cite, Span, &Source)> = Vec::new();
    each_inline(version, |inline| {
        let InlineKind::Cite(group) = &inline.kind else { return };
        // Who writes about a document may cite it whatever became of it.
        let resting = group.cites.iter().filter(|cite| !cite.relation.is_some_and(Relation::is_about_the_source));
        for cite in resting {
            let Some(source) = book.library.source(&cite.source) else { continue };
            match &source.retracted {
                Some(notice) => found.push(
                    retracted(source, cite.key_span, notice).help(format!(
                        "cite another source, or take the statement out; `[@discusses:{}]` cites a document that the sentence speaks about",
                        source.id
                    )),
                ),
                None if newer.contains_key(&source.id) => overtaken.push((cite, inline.span, source)),
                None => {}
            }
        }
    });
    if overtaken.is_empty() {
        return found;
    }
    let statements = statements(version);
    for (cite, place, source) in overtaken {
        let later = all_newer(newer, &source.id);
        let beside = statements.iter().filter(|statement| statement.marks.iter().any(|mark| mark.span == place)).any(
            |statement| {
                let cited = statement.cited();
                cited.iter().filter_map(|id| book.library.source(id)).any(|other| later.contains(&other.id))
            },
        );
        if !beside {
            let names = list(newer.get(&source.id));
            found.push(superseded(source, cite.key_span, &names).help(format!(
                "cite {names} where it says the same, or beside it; `[@discusses:{}]` cites a document that the sentence speaks about",
                source.id
            )));
        }
    }
    found
}

/// Everything that came after a source.
fn all_newer<'a>(newer: &Newer<'a>, id: &'a SourceId) -> BTreeSet<&'a SourceId> {
    let mut all = BTreeSet::new();
    let mut pending = vec![id];
    while let Some(later) = pending.pop().and_then(|id| newer.get(id)) {
        pending.extend(later.iter().copied().filter(|id| all.insert(*id)));
    }
    all
}

/// A figure or a series says itself where it was taken from.
fn figures(book: &Book, newer: &Newer<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut look =
        |place: &Placed<SourceId>, status: Status| {
            let Some(source) = book.library.source(&place.value) else { return };
            if let Some(notice) = source.retracted.as_ref().filter(|_| status != Status::Withdrawn) {
                diagnostics.push(
                    retracted(source, place.span, notice)
                        .help("take the number from another source, or set `status: withdrawn`"),
                );
            } else if newer.contains_key(&source.id) && !matches!(status, Status::Superseded | Status::Withdrawn) {
                let names = list(newer.get(&source.id));
                diagnostics.push(superseded(source, place.span, &names).help(format!(
                    "take the number from {names}, or set `status: superseded` where it has another one"
                )));
            }
        };
    for figure in book.library.figures() {
        figure.via.iter().chain([&figure.source]).for_each(|source| look(source, figure.status));
    }
    for series in book.library.all_series() {
        look(&series.source, Status::Reported);
        // A point is what was said at its time, whatever was said later; but what was taken back was never so.
        let points = series.points.iter().filter_map(|point| point.source.as_ref());
        points.for_each(|source| look(source, Status::Superseded));
    }
}

fn retracted(source: &Source, place: Span, notice: &Notice) -> Diagnostic {
    let on = notice.at.map_or_else(String::new, |day| format!(" on {day}"));
    Diagnostic::new(Code::SB216, place, format!("the source `{}` was retracted{on}", source.id))
        .related(notice.span, "its record says so here")
}

fn superseded(source: &Source, place: Span, newer: &str) -> Diagnostic {
    Diagnostic::new(Code::SB215, place, format!("the source `{}` was superseded by {newer}", source.id))
        .related(source.span, "its record is here")
}

fn list(ids: Option<&BTreeSet<&SourceId>>) -> String {
    ids.into_iter().flatten().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" and ")
}

/// Records that were not read since something changed.
fn stale(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut used: BTreeMap<&SourceId, Option<(Day, Span)>> = BTreeMap::new();
    for (_, _, version) in book.versions() {
        let page = version.page.front.data_to.map(|day| (day.last_day(), Span::start_of(version.page.file)));
        for id in &version.sources {
            let newest = used.entry(id).or_default();
            if page.is_some_and(|(day, _)| newest.is_none_or(|(other, _)| day > other)) {
                *newest = page;
            }
        }
    }
    for (id, newest) in used {
        let Some(source) = book.library.source(id) else { continue };
        diagnostics.extend(read_before_correction(source));
        let expires = source.review.as_ref().and_then(|review| review.expires);
        if let Some((expires, (day, page))) = expires.zip(newest)
            && expires.last_day() < day
        {
            let message = format!("the record of `{id}` was good until {expires}; a page with data to {day} cites it");
            diagnostics.push(
                Diagnostic::new(Code::SB217, source.span, message)
                    .help("look at the source again, and set `at` and `expires` of `review:` anew")
                    .related(page, "the page is here"),
            );
        }
    }
}

fn read_before_correction(source: &Source) -> Option<Diagnostic> {
    let notice = source.corrected.as_ref()?;
    let reviewed = source.review.as_ref().and_then(|review| review.at);
    let read: Option<Date> = [source.checked.at, reviewed].into_iter().flatten().max_by_key(Date::last_day);
    let read = read.or(source.accessed);
    let message = match (notice.at, read) {
        (Some(corrected), Some(read)) if corrected.first_day() <= read.last_day() => return None,
        (Some(corrected), Some(read)) => {
            format!("the source `{}` was corrected on {corrected}, after it was read on {read}", source.id)
        }
        (_, None) => {
            format!("the source `{}` was corrected; its record does not say whether it was read since", source.id)
        }
        (None, Some(_)) => format!("the source `{}` was corrected; its record does not say when", source.id),
    };
    Some(Diagnostic::new(Code::SB217, notice.span, message).help(
        "read the corrected source, mend what was taken from it, and write the day into `checked: {level: …, at: …}`",
    ))
}
