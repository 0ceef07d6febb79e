//! SB412–SB422: a translation loses nothing of what its source holds. Told of passages that are recorded, and against the wording that they were
//! made from: where the source has changed since, the change is reported and not its absence.

use crate::book::{Book, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::translation::parity::{self, Difference, Fault};
use crate::translation::{Block, Entry, Kind, Passage, State, Status, marks::Marks};

/// Each recorded passage of a translation.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let Some((page, status)) = book.find(&version.page.id).zip(version.translation.as_ref()) else { return };
    let Some(source) = page.versions.first().and_then(Option::as_ref) else { return };
    if status.record.is_none() {
        return;
    }
    let (passages, originals) = (version.cut(), source.cut());
    for passage in &status.passages {
        let Some(block) = originals.get(passage.source) else { continue };
        let entry = status.entry(passage);
        match passage.translation.and_then(|at| passages.get(at)) {
            Some(own) => {
                let faults = faults(book, passage, entry, (block, own), &version.page.lang);
                let exempt = |fault: &Fault| {
                    let exemption = fault.exemption();
                    exemption.is_some_and(|exemption| entry.is_some_and(|entry| entry.exempt.contains_key(&exemption)))
                };
                let open = faults.iter().filter(|fault| !exempt(fault));
                diagnostics.extend(open.map(|fault| told(fault, own.span).related(block.span, "the source")));
            }
            None => diagnostics.extend(lost(version, status, passage, block)),
        }
    }
}

/// What is wrong with a passage, in the light of what it was made from.
fn faults(
    book: &Book,
    passage: &Passage,
    entry: Option<&Entry>,
    (block, own): (&Block, &Block),
    lang: &crate::ids::Lang,
) -> Vec<Fault> {
    let now = parity::marks(&block.marks, &own.marks);
    let mut faults = match passage.state {
        State::Stale(_) => {
            // Whoever has begun to translate anew holds to the one or to the other.
            let old = entry.and_then(|entry| book.wordings.get(&entry.source));
            let before = old.map(|old| parity::marks(&Marks::of_text(old, block.span), &own.marks));
            if now.is_empty() { now } else { before.unwrap_or_default() }
        }
        _ => now,
    };
    if !matches!(passage.state, State::Stale(_)) {
        faults.extend(parity::wording(block, own));
    }
    faults.extend(parity::spelling(&own.text, lang));
    faults
}

/// What was translated once, gives the page its shape, and is gone.
fn lost(version: &Version, status: &Status, passage: &Passage, block: &Block) -> Option<Diagnostic> {
    let what = match block.kind() {
        Kind::Heading => "heading",
        Kind::Callout(_) => "callout",
        Kind::Quotation => "quotation",
        Kind::TableHead => "table",
        Kind::Drawing => "drawing",
        _ => return None,
    };
    let entry = status.entry(passage)?;
    // The bare head of a callout is told by its text.
    let message = format!("the {what} `{}` of the source was translated here, and is gone", entry.at);
    let diagnostic = Diagnostic::new(Code::SB415, Span::start_of(version.page.file), message)
        .help(format!("put the {what} back, of the same kind, where the source has it"));
    Some(diagnostic.related(block.span, "the source"))
}

fn told(fault: &Fault, place: Span) -> Diagnostic {
    let ok = |name: &str| {
        format!("if it is as it should be, say why in the passage's line of the record: `ok: {{{name}: \"…\"}}`")
    };
    let mend = |what: &str, name: &str| format!("{what}; {}", ok(name));
    match fault {
        Fault::Citations(difference) => {
            Diagnostic::new(Code::SB412, place, differs("cites", difference)).help("cite here what the source cites")
        }
        Fault::Figures(difference) => Diagnostic::new(Code::SB413, place, differs("shows", difference))
            .help("show here the figures that the source shows"),
        Fault::Footnotes(difference) => Diagnostic::new(Code::SB414, place, differs("has", difference))
            .help("put the marks of the same footnotes here"),
        Fault::Level { source, own } => {
            let marks = |level: u8| "#".repeat(level.into());
            Diagnostic::new(
                Code::SB415,
                place,
                format!("this heading is `{}`, and that of the source `{}`", marks(*own), marks(*source)),
            )
            .help("give it the level that it has in the source")
        }
        Fault::Links(lost) => Diagnostic::new(Code::SB416, place, format!("a link is lost: {}", listed(lost)))
            .help(mend("link from here to the same places", "link")),
        Fault::Numbers(lost) => Diagnostic::new(Code::SB417, place, format!("a number is lost: {}", listed(lost)))
            .help(mend("write the numbers of the source, in whatever digits", "number")),
        Fault::Length(ratio) => {
            Diagnostic::new(Code::SB418, place, format!("this has {ratio} letters for 100 of the source"))
                .help(mend("see whether something is missing, or was added", "length"))
        }
        Fault::Untranslated => Diagnostic::new(Code::SB419, place, "this says word by word what the source says")
            .help(mend("translate it", "untranslated")),
        Fault::Pieces => Diagnostic::new(Code::SB420, place, "letters here are written in pieces (not in NFC)")
            .help(mend("save the text in Unicode's form NFC", "letters")),
        Fault::Joined(letter) => Diagnostic::new(
            Code::SB421,
            place,
            format!("`{letter}` (U+{:04X}) is a letter's shape in print, not the letter", u32::from(*letter)),
        )
        .help(mend("type the text anew, or copy it from a page and not from a PDF", "letters")),
        Fault::Lookalike { letter, word } => Diagnostic::new(
            Code::SB422,
            place,
            format!("the letter `{letter}` (U+{:04X}) in `{word}` is of another alphabet", u32::from(*letter)),
        )
        .help(mend("type the word anew with the keyboard of its language", "letters")),
    }
}

/// "the source cites `@a` here, this does not"
fn differs(verb: &str, Difference { lost, added }: &Difference) -> String {
    match (lost.is_empty(), added.is_empty()) {
        (false, true) => format!("the source {verb} {} here, and this passage does not", listed(lost)),
        (true, _) => format!("this passage {verb} {}, and the source does not", listed(added)),
        (false, false) => format!("the source {verb} {} here, and this passage {}", listed(lost), listed(added)),
    }
}

fn listed(items: &[String]) -> String {
    items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
}
