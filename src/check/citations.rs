//! SB201, SB202, SB208, SB209, SB224: citations against the library of sources, and how many stand in a row.

use super::each_inline;
use crate::actor::Actor;
use crate::book::{Book, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::SourceId;
use crate::ledger::Claim;
use crate::markdown::citation::Cite;
use crate::markdown::tree::InlineKind;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// So many citations and figures a sentence may show. Readers follow no longer row, and each is a mark, a card and a way back.
const MOST: usize = 30;

/// Every citation names a source that exists and that somebody checked, and no sentence shows more of them than anybody reads.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let mut counts: BTreeMap<Span, usize> = BTreeMap::new();
    each_inline(version, |inline| {
        if let InlineKind::Cite(group) = &inline.kind {
            counts.insert(inline.span, group.cites.len());
            for cite in &group.cites {
                diagnostics.extend(cite_problem(book, cite));
            }
        }
    });
    // A lead-in shows what everything shows that it leads in.
    let leads_in = |claim: &Claim| claim.text().trim_end().ends_with(':');
    let crowded = version.page.claims.iter().filter_map(|claim| Some((claim, crowd(claim, &counts)?)));
    diagnostics.extend(crowded.filter(|(claim, _)| !leads_in(claim)).map(|(_, problem)| problem));
}

fn crowd(claim: &Claim, counts: &BTreeMap<Span, usize>) -> Option<Diagnostic> {
    let mut shown = 0;
    let count = |mark: &Span| counts.get(mark).copied().unwrap_or(1);
    let beyond = claim.marks.iter().find(|mark| {
        shown += count(mark);
        shown > MOST
    })?;
    let all: usize = claim.marks.iter().map(count).sum();
    let message = format!("this sentence shows {all} sources and figures");
    let help =
        format!("divide the sentence, or name the {MOST} that bear it best; a list of documents is a table or a list");
    Some(Diagnostic::new(Code::SB224, *beyond, message).help(help))
}

fn cite_problem(book: &Book, cite: &Cite) -> Option<Diagnostic> {
    let Some(source) = book.library.source(&cite.source) else {
        let help = match book.library.near_source(&cite.source) {
            Some(near) => format!("did you mean `@{near}`?"),
            None => format!(
                "add a record `{}:` to a file in {}/sources; write `\\@` where no citation is meant",
                cite.source, book.config.content_dir
            ),
        };
        let message = format!("there is no source `{}`", cite.source);
        return Some(Diagnostic::new(Code::SB201, cite.key_span, message).help(help));
    };
    if !source.is_publishable() {
        let message = format!("nothing in the source `{}` has been checked", cite.source);
        return Some(
            Diagnostic::new(Code::SB209, cite.key_span, message)
                .help("read the document and set `checked:` in its record, or cite another source")
                .related(source.span, "all that its record says is marked `known`"),
        );
    }
    let quote = cite.quote.as_ref()?;
    if source.quote(quote).is_some() {
        return None;
    }
    let names: Vec<&str> = source.quotes.iter().map(|quote| quote.id.as_str()).collect();
    let help = if names.is_empty() {
        "the record has no `quotes:`; add one, or leave `#…` out".to_owned()
    } else {
        format!("its quotations are {}", names.join(", "))
    };
    let message = format!("the source `{}` has no quotation `{quote}`", cite.source);
    Some(Diagnostic::new(Code::SB202, cite.key_span, message).help(help).related(source.span, "the source is here"))
}

/// Every source that others rely on exists, and every source is used by something.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&SourceId> = BTreeSet::new();
    for (_, _, version) in book.versions() {
        used.extend(&version.sources);
    }
    let figures = book.library.figures().flat_map(|figure| std::iter::once(&figure.source).chain(&figure.via));
    let series = book.library.all_series().flat_map(|series| {
        std::iter::once(&series.source).chain(series.points.iter().filter_map(|point| point.source.as_ref()))
    });
    // The who's who tells of every actor, and the whole timeline of every event.
    let actors = book.library.actors().flat_map(Actor::evidence);
    let events = book.library.events().into_iter().flat_map(|event| &event.evidence);
    let told = actors.chain(events).map(|evidence| &evidence.source);
    for id in figures.chain(series).chain(told) {
        if let Some(source) = book.library.source(&id.value) {
            used.insert(&source.id);
        }
    }
    for source in book.library.sources() {
        for other in source.chain.iter().chain(&source.supersedes).chain(&source.superseded_by) {
            match book.library.source(&other.value) {
                Some(other) => {
                    used.insert(&other.id);
                }
                None => diagnostics.push(
                    Diagnostic::new(Code::SB201, other.span, format!("there is no source `{}`", other.value))
                        .maybe_help(
                            book.library.near_source(&other.value).map(|near| format!("did you mean `{near}`?")),
                        ),
                ),
            }
        }
    }
    for source in book.library.sources().filter(|source| !used.contains(&source.id)) {
        diagnostics.push(
            Diagnostic::new(Code::SB208, source.span, format!("nothing cites the source `{}`", source.id))
                .help("cite it, or keep it for later and allow `source-unused` in book.toml"),
        );
    }
}
