//! SB404–SB410: how far a translation is behind its source. A site that keeps no records of its translations is told nothing.

use crate::book::{Book, BookPage, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::translation::{Block, Change, State, Status, diff};
use crate::workspace::RecordFile;

/// Wordings longer than this are not shown whole in a message.
const LONGEST_SHOWN: usize = 240;

/// Each passage of a translation says what the source says.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let Some((page, status)) = book.find(&version.page.id).zip(version.translation.as_ref()) else { return };
    let Some(source) = page.versions.first().and_then(Option::as_ref) else { return };
    if status.record.is_none() {
        if !book.records.is_empty() {
            diagnostics.push(unrecorded(version));
        }
        return;
    }
    let own = version.cut();
    passages(book, (page, source, version), (status, &own), diagnostics);
    for block in status.orphans.iter().filter_map(|at| own.get(*at)).filter(|block| !block.is_bare()) {
        diagnostics.push(
            Diagnostic::new(Code::SB408, block.span, "the source does not have this passage, or not any more")
                .help(format!("take it out, or write it in `{}`, too", book.files.path(source.page.file))),
        );
    }
}

fn passages(
    book: &Book,
    (page, source, version): (&BookPage, &Version, &Version),
    (status, translated): (&Status, &[Block]),
    diagnostics: &mut Vec<Diagnostic>,
) {
    let lang = &version.page.lang;
    let name = page.id.name();
    let originals = source.cut();
    for passage in &status.passages {
        let Some(block) = originals.get(passage.source).filter(|block| !block.is_bare()) else { continue };
        let own = passage.translation.and_then(|at| translated.get(at));
        let start = Span::start_of(version.page.file);
        let at = &block.at;
        let accept = format!("then run `sourcebook translate accept {lang} {name} \"#{at}\"`");
        diagnostics.push(match passage.state {
            State::Current => continue,
            State::Stale(change) => {
                let old = status.entry(passage).and_then(|entry| book.wordings.get(&entry.source));
                stale(change, own.map_or(start, |own| own.span), old.map(String::as_str), &block.text, &accept)
                    .related(block.span, "the source says this now")
            }
            State::Missing => {
                Diagnostic::new(Code::SB407, start, format!("the passage `{at}` of the source is not translated"))
                    .help(format!("translate it, {accept}"))
                    .related(block.span, "this passage")
            }
            State::Unaligned => {
                let message = match own {
                    Some(_) => "nothing says which wording of the source this was translated from".to_owned(),
                    None => format!("which passage here translates `{at}` of the source cannot be told"),
                };
                let help = match own {
                    Some(_) => format!("see whether it says what the source says, {accept}"),
                    None => "give both pages the same paragraphs, items and rows in this section, in the same order, then run `sourcebook translate accept`".to_owned(),
                };
                Diagnostic::new(Code::SB409, own.map_or(start, |own| own.span), message)
                    .help(help)
                    .related(block.span, "the passage of the source")
            }
        });
    }
}

fn stale(change: Change, place: Span, old: Option<&str>, new: &str, accept: &str) -> Diagnostic {
    let what = match change {
        Change::Link => "a link of the source leads elsewhere now",
        Change::Cosmetic => "the source is punctuated or set differently now",
        Change::Text => "the source says this in other words now",
        Change::Citation => "the source cites something else here now",
        Change::Figure => "the source has another number or figure here now",
    };
    let code = if change.is_urgent() { Code::SB406 } else { Code::SB405 };
    let changed = old.map(|old| diff::marked(old, new)).filter(|marked| marked.chars().count() <= LONGEST_SHOWN);
    let message = changed.map_or_else(|| what.to_owned(), |changed| format!("{what}: {changed}"));
    let help = match change {
        Change::Link | Change::Cosmetic => {
            format!("change it here too where that matters, {accept}, or `accept --cosmetic`")
        }
        _ => format!("change the translation, {accept}"),
    };
    Diagnostic::new(code, place, message).help(help)
}

fn unrecorded(version: &Version) -> Diagnostic {
    let (lang, page) = (&version.page.lang, version.page.id.name());
    let message = "nothing says which wording of the source this page was translated from";
    Diagnostic::new(Code::SB404, Span::start_of(version.page.file), message)
        .help(format!("when it says what the source says, run `sourcebook translate adopt {lang} {page}`"))
}

/// Every record belongs to a page.
pub(super) fn records(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for ((lang, id), kept) in &book.records {
        let page = book.find(id);
        let exists = page.and_then(|page| book.view_in(page, lang)).is_some_and(|view| !view.is_fallback());
        if exists || book.is_draft(id) {
            continue;
        }
        let path = RecordFile::path(lang, id);
        diagnostics.push(
            Diagnostic::new(
                Code::SB410,
                Span::start_of(kept.file),
                "there is no translation that this is the record of",
            )
            .help(format!("delete `{path}`; pages are moved with `sourcebook translate move`")),
        );
    }
}
