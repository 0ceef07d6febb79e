//! SB219, SB220: sources on the web can be lost: when their address was seen, and where a copy lies.

use crate::book::Book;
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic};

/// Forms that are published once and kept by libraries, whatever address shows them.
const KEPT: &[&str] = &[
    "article-journal",
    "bill",
    "book",
    "chapter",
    "legal_case",
    "legislation",
    "paper-conference",
    "regulation",
    "standard",
    "thesis",
    "treaty",
];

/// Every source with an address says when it was seen, and where the address is all there is, a copy lies in an archive.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for source in book.library.sources() {
        diagnostics.extend(unarchived(source));
        diagnostics.extend(unseen(source));
    }
}

fn unarchived(source: &Source) -> Option<Diagnostic> {
    let url = source.url.as_ref().filter(|_| source.archive.is_empty())?;
    let gone = source.url_status.is_gone();
    if !gone && (KEPT.contains(&source.form) || source.doi.is_some()) {
        return None;
    }
    let message = match (gone, source.url_status.name()) {
        (true, status) => format!("the address of `{}` is {status}, and no archived copy is recorded", source.id),
        (false, _) => format!("no archived copy of `{}` is recorded", source.id),
    };
    Some(
        Diagnostic::new(Code::SB219, url.span, message)
            .help("have an archive keep the page, and add `archive: [{url: https://…, at: 2024-03-01, by: wayback}]`"),
    )
}

fn unseen(source: &Source) -> Option<Diagnostic> {
    let url = source.url.as_ref().filter(|_| source.accessed.is_none())?;
    Some(
        Diagnostic::new(Code::SB220, url.span, format!("it is not said when the address of `{}` was seen", source.id))
            .help("open it, and add the day as `accessed: 2024-03-01`"),
    )
}
