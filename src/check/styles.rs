//! SB241, SB242: sources and citations of which the citation style makes nothing.

use crate::book::{Book, Version, brackets};
use crate::citation::Source;
use crate::citation::csl::cites::CitePart;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::SourceId;
use crate::markdown::citation::Cite;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Every source that a page lists has an entry in the style, in every language.
pub(super) fn entries(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let listed: BTreeSet<&SourceId> = book.versions().flat_map(|(_, _, version)| &version.sources).collect();
    let sources: Vec<&Source> = listed.into_iter().filter_map(|id| book.library.source(id)).collect();
    let unformatted = sources
        .into_par_iter()
        .filter(|source| book.languages.iter().any(|language| book.entry(source, &language.locale).by_hand));
    diagnostics.par_extend(unformatted.map(|source| {
        let message = format!("the citation style makes no entry for the source `{}`", source.id);
        Diagnostic::new(Code::SB241, source.span, message)
            .help("it is listed without the style: add to its record what the style prints, or to the style what the record has")
    }));
}

/// Every citation of a page prints something, where citations are no numbers.
pub(super) fn citations(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let Some(page) = book.page_text(version) else { return };
    for (group, text) in brackets(version).into_iter().zip(&page.brackets) {
        let known: Vec<&Cite> = group.cites.iter().filter(|cite| book.library.source(&cite.source).is_some()).collect();
        for part in &text.parts {
            let CitePart::Cite { index, by_hand: true, .. } = part else { continue };
            let Some(cite) = known.get(*index) else { continue };
            let message = format!("the citation style prints nothing where `{}` is cited", cite.source);
            diagnostics.push(
                Diagnostic::new(Code::SB242, cite.key_span, message)
                    .help("it is cited without the style: add to its record what the style prints, or to the style what the record has"),
            );
        }
    }
}
