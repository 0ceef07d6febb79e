//! The one door to the engine: what panics behind it comes out as nothing.

use super::terms::Terms;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::Item;
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The entry of one source. Each gets a driver of its own, for terms are of one language per driver, and the cost of a driver grows with
/// the square of its entries.
pub(super) fn entry(style: &IndependentStyle, terms: &Terms, item: &Item) -> Option<ElemChildren> {
    let run = || {
        let mut driver = BibliographyDriver::new();
        let locale = Some(terms.code.clone());
        let cited = vec![CitationItem::with_entry(item)];
        driver.citation(CitationRequest::new(cited, style, locale.clone(), &terms.files, None));
        driver.finish(BibliographyRequest { style, locale, locale_files: &terms.files })
    };
    let rendered = catch_unwind(AssertUnwindSafe(run)).ok()?;
    rendered.bibliography?.items.into_iter().next().map(|item| item.content)
}
