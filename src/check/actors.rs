//! SB330, SB332, SB334: actors against what they name, their leaders' dates, their names in the languages of the site.

use super::figures::source_problem;
use crate::actor::record::{Actor, Designation, Designator, Leader};
use crate::book::{Book, Language, Version};
use crate::citation::Evidence;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::Lang;
use crate::markdown::tree::DrawingRef;
use crate::span::Span;
use crate::workspace::{Localized, Placed};

/// The actor that a page is about exists.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let actor = version.page.front.actor.as_ref();
    diagnostics.extend(actor.and_then(|actor| unknown(book, actor.value.as_str(), actor.span)));
}

/// What is wrong with naming a group of actors.
pub(super) fn unknown_group(book: &Book, drawing: &DrawingRef, span: Span) -> Option<Diagnostic> {
    let DrawingRef { kind, id, .. } = drawing;
    if book.library.group(id).is_some() {
        return None;
    }
    let help = match book.library.near_group(id) {
        Some(near) => format!("did you mean `{}:{near}`?", kind.name()),
        None => format!("add a record `{id}:` to {}/actors/groups.yaml", book.config.content_dir),
    };
    Some(Diagnostic::new(Code::SB330, span, format!("there is no group of actors `{id}`")).help(help))
}

/// What is wrong with naming an actor.
pub(super) fn unknown(book: &Book, id: &str, span: Span) -> Option<Diagnostic> {
    if book.library.actor(id).is_some() {
        return None;
    }
    let help = match book.library.near_actor(id) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add a record `{id}:` to a file in {}/actors", book.config.content_dir),
    };
    Some(Diagnostic::new(Code::SB330, span, format!("there is no actor `{id}`")).help(help))
}

/// Records of actors name what exists, in every language of the site, and their leaders follow one another.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let languages = speaking_of_actors(book);
    for group in book.library.groups() {
        diagnostics.extend(unnamed(&languages, &group.title));
        diagnostics.extend(group.actors.iter().filter_map(|actor| unknown(book, actor.value.as_str(), actor.span)));
    }
    for actor in book.library.actors() {
        references(book, actor, diagnostics);
        names(&languages, actor, diagnostics);
        for leader in &actor.leaders {
            diagnostics.extend(reversed(leader));
        }
        diagnostics.extend(overlapping(&actor.leaders));
    }
}

fn references(book: &Book, actor: &Actor, diagnostics: &mut Vec<Diagnostic>) {
    for evidence in actor.evidence() {
        diagnostics.extend(evidence_problem(book, evidence));
    }
    let wholes = actor.part_of.iter().map(|membership| &membership.whole);
    let designators = actor.designations.iter().filter_map(|Designation { by, .. }| match by {
        Designator::Actor(id) => Some(id),
        Designator::Named(_) => None,
    });
    for id in wholes.chain(designators) {
        diagnostics.extend(unknown(book, id.value.as_str(), id.span));
    }
    for figure in actor.size.iter().filter(|figure| book.library.figure_by_id(&figure.value).is_none()) {
        let near = book.library.near_figure(&figure.value).map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no figure `{}`", figure.value);
        diagnostics.push(Diagnostic::new(Code::SB301, figure.span, message).maybe_help(near));
    }
    if let Some(page) = actor.page.as_ref().filter(|page| book.find(&page.value).is_none()) {
        diagnostics.push(Diagnostic::new(Code::SB501, page.span, format!("there is no page `{}`", page.value)).help(
            "a page's path without language and `.md`, such as `actors/hamas`; leave it out until it is written",
        ));
    }
}

/// The source exists, was checked, and has the quotation that is named.
fn evidence_problem(book: &Book, evidence: &Evidence) -> Option<Diagnostic> {
    if let Some(problem) = source_problem(book, &evidence.source) {
        return Some(problem);
    }
    let (source, quote) = book.library.source(&evidence.source.value).zip(evidence.quote.as_ref())?;
    source.quote(&quote.value).is_none().then(|| {
        let message = format!("the source `{}` has no quotation `{}`", source.id, quote.value);
        Diagnostic::new(Code::SB202, quote.span, message)
            .help("add it to the source's `quotes:`")
            .related(source.span, "the source is here")
    })
}

/// The languages in which anything is said of actors, with the first: a translation begins with pages, and its first page must not owe every name.
fn speaking_of_actors(book: &Book) -> Vec<&Language> {
    let says = |text: &Placed<Localized>, lang: &Lang| text.value.exact(lang).is_some();
    let speaks = |lang: &Lang| {
        book.library.actors().any(|actor| {
            says(&actor.name, lang)
                || actor.facts.iter().filter_map(|fact| fact.text.as_ref()).any(|text| says(text, lang))
        })
    };
    let source = book.source_language().map(|language| &language.lang);
    book.begun().filter(|language| Some(&language.lang) == source || speaks(&language.lang)).collect()
}

/// What readers of every language must be able to read: who it is, who leads it, who lists it.
fn names(languages: &[&Language], actor: &Actor, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(unnamed(languages, &actor.name));
    for leader in &actor.leaders {
        diagnostics.extend([&leader.name, &leader.role].into_iter().filter_map(|name| unnamed(languages, name)));
    }
    for designation in &actor.designations {
        if let Designator::Named(name) = &designation.by {
            diagnostics.extend(unnamed(languages, name));
        }
    }
}

fn unnamed(languages: &[&Language], name: &Placed<Localized>) -> Option<Diagnostic> {
    let lacks = |lang: &str| format!("the name has no form in `{lang}`");
    let missing = languages.iter().find(|language| name.value.exact(&language.lang).is_none())?;
    if matches!(name.value, Localized::Plain(_)) && languages.len() < 2 {
        return None;
    }
    Some(
        Diagnostic::new(Code::SB334, name.span, lacks(missing.lang.as_str()))
            .help(format!("write it in each language of the site: `{{{}: …}}`", missing.lang)),
    )
}

fn reversed(leader: &Leader) -> Option<Diagnostic> {
    let (from, to) = leader.from.zip(leader.to)?;
    (to.last_day() < from.first_day()).then(|| {
        Diagnostic::new(Code::SB332, leader.span, "the leader's time ends before it begins")
            .help(format!("`from: {from}` is after `to: {to}`"))
    })
}

/// Of two with the same role, the later begins only when the earlier has ended. What the dates leave open is not reported.
fn overlapping(leaders: &[Leader]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, one) in leaders.iter().enumerate() {
        for other in leaders.iter().skip(index + 1).filter(|other| other.role.value == one.role.value) {
            let (first, second) = if one.from <= other.from { (one, other) } else { (other, one) };
            let overlap = first.to.zip(second.from).is_some_and(|(to, from)| from.last_day() < to.first_day());
            if overlap {
                found.push(
                    Diagnostic::new(Code::SB332, second.span, "two leaders have the same role at the same time")
                        .help("mend the dates, or say in `role:` what tells the two apart")
                        .related(first.span, "the other is here"),
                );
            }
        }
    }
    found
}
