//! SB241: sources of which the citation style makes nothing.

use crate::book::Book;
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::SourceId;
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
