//! The passages of pages as units.

use super::{EXPORT, Import, KEEP_MARKS, hints, told};
use crate::book::{Book, BookPage, Version, passages_of};
use crate::diagnostic::Severity;
use crate::ids::PageId;
use crate::span::Span;
use crate::translation::block::{At, Block};
use crate::translation::marks::Marks;
use crate::translation::parity::{self, Fault};
use crate::translation::po::{Returned, Unit};
use crate::translation::update::{self, Terms};
use crate::translation::{Hash, Kind, Passage, State, Status, splice};

/// The units of some pages, or of all where none is named, in the order of reading. The glossary is made of the terms, which are translated themselves.
pub(super) fn units(book: &Book, slot: usize, only: &[PageId]) -> Vec<Unit> {
    let mut units = Vec::new();
    let asked = |page: &&BookPage| !book.is_glossary(page) && (only.is_empty() || only.contains(&page.id));
    for page in book.pages.iter().filter(asked) {
        let Some(source) = page.versions.first().and_then(Option::as_ref) else { continue };
        let own = page.versions.get(slot).and_then(Option::as_ref);
        let status = own.and_then(|own| own.translation.as_ref());
        for (index, block) in source.blocks().iter().enumerate().filter(|(_, block)| !block.is_bare()) {
            let passage = status.and_then(|status| Some((status, status.passages.get(index)?)));
            units.push(unit(book, (page, slot), (source, index, block), own, passage));
        }
    }
    units
}

fn unit(
    book: &Book,
    (page, slot): (&BookPage, usize),
    (source, index, block): (&Version, usize, &Block),
    own: Option<&Version>,
    passage: Option<(&Status, &Passage)>,
) -> Unit {
    let translated = passage.and_then(|(_, passage)| own?.blocks().get(passage.translation?));
    let state = passage.map_or(State::Missing, |(_, passage)| passage.state);
    let old = passage.and_then(|(status, passage)| book.wordings.get(&status.entry(passage)?.source));
    let line = book.files.positions(block.span).map_or(1, |(start, _)| start.line);
    Unit {
        context: format!("{}#{}", page.id.name(), block.at),
        source: block.text.clone(),
        previous: old.filter(|_| matches!(state, State::Stale(_))).cloned(),
        text: translated.map(|own| own.text.clone()).unwrap_or_default(),
        is_fuzzy: translated.is_some() && state != State::Current,
        hints: about(book, slot, source, index, state),
        reference: format!("{}:{line}", book.files.path(source.page.file)),
        flags: if block.kind().is_markdown() { vec!["md-text".to_owned()] } else { Vec::new() },
    }
}

/// What helps whoever sees the passage alone: what it is, the heading it stands under, the sentence before it, what changed in it, and how the terms
/// in it are called.
fn about(book: &Book, slot: usize, source: &Version, index: usize, state: State) -> Vec<String> {
    let Some(block) = source.blocks().get(index) else { return Vec::new() };
    let mut about = vec![format!("What: {}", block.kind().name())];
    let heading = source.outline.iter().find(|heading| heading.id == block.at.section);
    about.extend(heading.filter(|_| block.kind() != Kind::Heading).map(|heading| format!("Under: {}", heading.text)));
    let before = index.checked_sub(1).and_then(|index| source.blocks().get(index));
    let before =
        before.filter(|before| !before.is_bare() && before.at.section == block.at.section && !block.kind().is_head());
    about.extend(before.map(|before| format!("Before: {}", last_sentence(book, source, before))));
    if let State::Stale(change) = state {
        about.push(format!("Changed: {}", change.name()));
    }
    about
        .extend(book.languages.get(slot).into_iter().flat_map(|own| hints::terms(book, &block.marks.words, &own.lang)));
    about
}

/// The last sentence of a passage.
fn last_sentence(book: &Book, version: &Version, block: &Block) -> String {
    let within = |span: &Span| span.file == block.span.file && (block.span.start..block.span.end).contains(&span.start);
    let last = version.page.claims.iter().rfind(|claim| within(&claim.span));
    let words = last.map_or(block.text.as_str(), |claim| book.files.slice(claim.span));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes a unit in, if it fits.
pub(super) fn take(
    book: &Book,
    slot: usize,
    (page, place): (&str, &str),
    (unit, terms): (&Returned, Terms),
    import: &mut Import,
) {
    let name = if page == "index" { "" } else { page };
    let found = PageId::parse(name).and_then(|id| book.find(&id));
    let Some((page, source)) = found.and_then(|page| Some((page, page.versions.first()?.as_ref()?))) else {
        return import.refuse(unit, format!("the site has no page `{page}`"), EXPORT);
    };
    let at = At::parse(place);
    let Some(block) = at.and_then(|at| source.blocks().iter().find(|block| block.at == at)) else {
        return import.refuse(unit, format!("the page has no passage `{place}` any more"), EXPORT);
    };
    if Hash::of(block.kind(), &unit.source) != block.hash {
        return import.refuse(unit, "the source has changed since the file was exported", EXPORT);
    }
    if let Some(fault) = faults(block, &unit.text).first() {
        return import.refuse(unit, told(fault), KEEP_MARKS);
    }
    let Some(own) = page.versions.get(slot).and_then(Option::as_ref) else {
        let help = "begin the page in its language first: copy the source's file, and translate its title";
        return import.refuse(unit, format!("`{}` is not translated into this language yet", page.id.name()), help);
    };
    let outline = source.outline.as_slice();
    let text = import.text(book, own.page.file).to_owned();
    let now = passages_of(&own.page, &text, outline).0;
    let kept = book.records.get(&(own.page.lang.clone(), page.id.clone())).map(|kept| &kept.record);
    // What was taken in before is known already, so that each passage is told from those around it.
    let Some(record) = import.records.get(&page.id).or(kept) else {
        let help = format!("run `sourcebook translate adopt {} {}` first", own.page.lang, page.id.name());
        return import.refuse(unit, "nothing is recorded of this page", help);
    };
    let status = Status::derive(Some(record), source.blocks(), &now, &book.wordings);
    let passage = status.passages.iter().find(|passage| source.blocks().get(passage.source) == Some(block));
    let Some(passage) = passage else { return };
    let old = passage.translation.and_then(|at| now.get(at));
    if let Some(old) = old.filter(|old| Hash::of(old.kind(), &unit.text) == old.hash) {
        if passage.state != State::Current {
            import.taken += 1;
            import.records.insert(page.id.clone(), update::take(&status, source.blocks(), &block.at, old.hash, terms));
        }
        return;
    }
    let after = match old {
        Some(old) => splice::replaced(&text, old, &unit.text),
        None => insert(source, passage, block, &status, &now, &text, &unit.text),
    };
    match after.filter(|after| only_that_changed(&now, old, own, after, outline, (block.kind(), &unit.text))) {
        Some(after) => {
            import.set(book, own.page.file, after);
            import.taken += 1;
            let wording = Hash::of(block.kind(), &unit.text);
            import.records.insert(page.id.clone(), update::take(&status, source.blocks(), &block.at, wording, terms));
        }
        None => {
            let file = book.files.path(own.page.file);
            import.refuse(
                unit,
                "this cannot be put into the page without changing something else there",
                format!("write it into `{file}` by hand"),
            );
        }
    }
}

/// Puts a passage after the one that it follows in the source.
fn insert(
    source: &Version,
    passage: &Passage,
    block: &Block,
    status: &Status,
    now: &[Block],
    text: &str,
    wording: &str,
) -> Option<String> {
    let before = status.passages.get(..passage.source)?.iter().rev().find_map(|before| now.get(before.translation?))?;
    let id = source.outline.iter().find(|heading| heading.id == block.at.section).map(|heading| heading.id.as_str());
    splice::inserted(text, before, block.kind(), wording, id.map(|id| (block.level, id)))
}

/// Reads the page again: it has the new wording, every other passage is what it was, and nothing in it is wrong that was not before.
fn only_that_changed(
    before: &[Block],
    old: Option<&Block>,
    own: &Version,
    after: &str,
    outline: &[crate::book::Heading],
    (kind, wording): (Kind, &str),
) -> bool {
    let key = |block: &Block| (block.kind(), block.hash);
    let (blocks, problems) = passages_of(&own.page, after, outline);
    let mut rest: Vec<_> = before.iter().filter(|block| Some(*block) != old).map(key).collect();
    let mut found: Vec<_> = blocks.iter().map(key).collect();
    let new = (kind, Hash::of(kind, wording));
    let Some(at) = found.iter().position(|block| *block == new) else { return false };
    found.remove(at);
    // The order of two equal passages does not matter; that of all others does.
    if found != rest {
        rest.sort_unstable();
        found.sort_unstable();
    }
    found == rest && !problems.iter().any(|problem| problem.severity == Severity::Error)
}

fn faults(block: &Block, wording: &str) -> Vec<Fault> {
    if block.kind().is_markdown() {
        parity::marks(&Marks::of_text(&block.text, block.span), &Marks::of_text(wording, block.span))
    } else {
        Vec::new()
    }
}
