//! SB401: translations have something that they translate.

use crate::book::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Every page exists in the source language.
pub(super) fn orphans(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let Some(source) = book.source_language() else { return };
    for page in &book.pages {
        if page.versions.first().is_some_and(Option::is_some) || book.is_draft(&page.id) {
            continue;
        }
        for version in page.versions.iter().flatten() {
            let span = Span::start_of(version.page.file);
            let path = format!("{}/{}/{}", book.config.content_dir, source.lang, version.page.path);
            diagnostics.push(
                Diagnostic::new(Code::SB401, span, "there is no page that this one translates")
                    .help(format!("write `{path}`, or move this page to the path of its source")),
            );
        }
    }
}
