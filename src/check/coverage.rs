//! SB210: every sentence shows its source.

use crate::book::{Book, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::Coverage;

/// Every statement of a page is covered by a citation or a figure, or exempt.
pub(super) fn page(_book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    for claim in &version.page.claims {
        if claim.coverage == Coverage::Uncovered {
            diagnostics.push(
                Diagnostic::new(Code::SB210, claim.span, "this sentence shows no source").help(
                    "add a citation (`[@source]`) or a figure (`[=figure]`), or end the paragraph with `<!-- uncited: why -->`",
                ),
            );
        }
    }
}
