//! SB211, SB212, SB213: the copies that the editors keep, held against their records.

use crate::book::Book;
use crate::citation::Source;
use crate::citation::entry::original;
use crate::citation::passage::{self, Folded, Miss, Part};
use crate::citation::record::{Quote, Snapshot};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::span::{FileId, Span};
use crate::workspace::{Placed, SnapshotFile};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Every copy is there and unchanged, holds what is quoted from it, and belongs to a record.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let kept: Vec<(&Source, &Snapshot)> =
        book.library.sources().filter_map(|source| source.snapshot.as_ref().map(|kept| (source, kept))).collect();
    let found: Vec<Vec<Diagnostic>> = kept
        .par_iter()
        .map(|(source, snapshot)| {
            let mut found = file_problems(book, snapshot);
            found.extend(text_of(book, snapshot).into_iter().flat_map(|text| quote_problems(book, source, text)));
            found
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
    let named: BTreeSet<&str> = kept
        .iter()
        .flat_map(|(_, snapshot)| snapshot.path.iter().chain(&snapshot.text_path))
        .map(|path| path.value.as_str())
        .collect();
    for (path, file) in book.snapshots.iter().filter(|(path, _)| !named.contains(path.as_str())) {
        diagnostics.push(
            Diagnostic::new(Code::SB213, Span::start_of(file.file), format!("no record names the snapshot `{path}`"))
                .help("name it under `snapshot:` of the source that it is a copy of, or take the file away"),
        );
    }
}

/// The file with the text of a copy: the one named for it, or the copy itself.
fn text_of(book: &Book, snapshot: &Snapshot) -> Option<FileId> {
    let path = snapshot.text_path.as_ref().or(snapshot.path.as_ref())?;
    book.snapshots.get(&path.value).filter(|kept| kept.is_text).map(|kept| kept.file)
}

fn file_problems(book: &Book, snapshot: &Snapshot) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(path) = &snapshot.path {
        match book.snapshots.get(&path.value) {
            None => found.push(missing(book, path)),
            Some(kept) => found.extend(change(path, kept, snapshot.sha256.as_ref(), snapshot.bytes)),
        }
    }
    if let Some(path) = &snapshot.text_path {
        match book.snapshots.get(&path.value) {
            None => found.push(missing(book, path)),
            Some(kept) if !kept.is_text => found.push(
                Diagnostic::new(Code::SB211, path.span, format!("`{}` is no text", path.value))
                    .help("`text-path` names a `.txt` file, in UTF-8, with the text of the copy"),
            ),
            Some(kept) => found.extend(change(path, kept, snapshot.text_sha256.as_ref(), None)),
        }
    }
    found
}

fn missing(book: &Book, path: &Placed<String>) -> Diagnostic {
    let content = &book.config.content_dir;
    let help = match did_you_mean(&path.value, book.snapshots.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("put the copy into `{content}/snapshots/`; its path here is relative to `{content}/`"),
    };
    Diagnostic::new(Code::SB211, path.span, format!("there is no snapshot `{}`", path.value)).help(help)
}

/// How a file differs from what its record says of it. A file with another hash has been changed, whatever its size.
fn change(
    path: &Placed<String>,
    kept: &SnapshotFile,
    sha256: Option<&Placed<String>>,
    bytes: Option<u64>,
) -> Option<Diagnostic> {
    let digest = &kept.digest;
    if let Some(recorded) = sha256.filter(|recorded| recorded.value != digest.sha256) {
        let size = match bytes.filter(|bytes| *bytes != digest.bytes) {
            Some(bytes) => format!("it has {} bytes, not {bytes}, and ", digest.bytes),
            None => String::new(),
        };
        let message = format!("`{}` is not the file that was recorded", path.value);
        let help = format!(
            "{size}its SHA-256 is {}; restore the file, or, if it was meant to change, record it anew",
            digest.sha256
        );
        return Some(Diagnostic::new(Code::SB211, recorded.span, message).help(help));
    }
    let bytes = bytes.filter(|bytes| *bytes != digest.bytes)?;
    let message = format!("`{}` has {} bytes, not {bytes}", path.value, digest.bytes);
    let help = format!("write `bytes: {}`", digest.bytes);
    Some(Diagnostic::new(Code::SB211, path.span, message).help(help))
}

/// What a source's record quotes and the text of its copy does not hold.
fn quote_problems(book: &Book, source: &Source, file: FileId) -> Vec<Diagnostic> {
    if source.quotes.is_empty() {
        return Vec::new();
    }
    let text = Folded::of(book.files.text(file));
    let problem = |quote: &Quote| {
        let (exact, lang) = original(&quote.exact, &source.lang);
        if *lang != source.lang {
            return None; // Only translations are stored; none of them can stand in the original.
        }
        let miss = passage::find(&text, exact, quote.prefix.as_deref(), quote.suffix.as_deref()).err()?;
        Some(quote_problem(source, quote, &miss, file))
    };
    source.quotes.iter().filter_map(problem).collect()
}

fn quote_problem(source: &Source, quote: &Quote, miss: &Miss, file: FileId) -> Diagnostic {
    let (what, help) = match miss.part {
        Part::Exact => (
            format!("the quotation `{}` does not stand in the snapshot of `{}`", quote.id, source.id),
            "copy the words from the source; mark what is left out with `[…]`, and what is changed with brackets, as in `[T]he`",
        ),
        Part::Prefix => (
            format!("other words stand before the quotation `{}` in the snapshot of `{}`", quote.id, source.id),
            "copy `prefix` from the source, up to the word before the quotation, or leave it out",
        ),
        Part::Suffix => (
            format!("other words stand after the quotation `{}` in the snapshot of `{}`", quote.id, source.id),
            "copy `suffix` from the source, from the word after the quotation on, or leave it out",
        ),
    };
    let diagnostic = Diagnostic::new(Code::SB212, quote.span, what).help(help);
    match &miss.near {
        Some(near) => {
            let place = Span::new(file, near.place.start, near.place.end);
            diagnostic.related(place, format!("here the record has “{}”", near.wanted))
        }
        None => diagnostic.related(Span::start_of(file), "nothing in this text resembles it"),
    }
}
