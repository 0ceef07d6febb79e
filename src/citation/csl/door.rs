//! The one door to the engine: what panics behind it comes out as nothing.

use super::style::Style;
use super::terms::Terms;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::{Item, Value};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, LocatorPayload, Rendered,
    SpecificLocator,
};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

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

/// A source with the place in it.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) item: &'a Item,
    /// CSL's name for what is counted, and the number.
    pub(super) locator: Option<(&'static str, String)>,
}

/// A bracket.
#[derive(Debug)]
pub(super) struct Request<'a> {
    pub(super) asked: Vec<Asked<'a>>,
    /// Whether the style may sort the citations and draw them together.
    pub(super) is_plain: bool,
}

/// What the engine printed for a page.
pub(super) struct Printed {
    /// By bracket.
    pub(super) citations: Vec<ElemChildren>,
    /// The engine counts so many items for each citation of a bracket.
    pub(super) each: usize,
    /// The list by id, where the style has one.
    pub(super) list: Option<Vec<(String, ElemChildren)>>,
}

/// The citations and the list of a page.
pub(super) fn page(style: &Style, terms: &Terms, requests: &[Request<'_>], also: &[&Item]) -> Option<Printed> {
    let (in_order, as_written) = style.of_citations()?;
    // In notes cited unseen after each citation, so that no two citations of one source follow each other: "ibid." leads astray where a
    // reader jumps from note to text and back.
    let nobody = Item(BTreeMap::from([("id".to_owned(), Value::String(String::new()))]));
    let between = style.cites_in_notes().then_some(&nobody);
    let locale = Some(terms.code.clone());
    let unseen = |item| CitationItem::new(item, None, None, true, None);
    let run = || {
        let mut driver = BibliographyDriver::new();
        for (index, request) in requests.iter().enumerate() {
            let items = request.asked.iter().flat_map(|asked| std::iter::once(cited(asked)).chain(between.map(unseen)));
            let style = if request.is_plain { in_order } else { as_written };
            let note = Some(index + 1);
            driver.citation(CitationRequest::new(items.collect(), style, locale.clone(), &terms.files, note));
        }
        let rest = also.iter().map(|item| unseen(item)).collect();
        driver.citation(CitationRequest::new(rest, in_order, locale.clone(), &terms.files, None));
        driver.finish(BibliographyRequest { style: in_order, locale: locale.clone(), locale_files: &terms.files })
    };
    let Rendered { bibliography, citations } = catch_unwind(AssertUnwindSafe(run)).ok()?;
    let each = if between.is_some() { 2 } else { 1 };
    let list = bibliography.map(|list| list.items.into_iter().map(|item| (item.key, item.content)).collect());
    Some(Printed { citations: citations.into_iter().map(|rendered| rendered.citation).collect(), each, list })
}

fn cited<'a>(asked: &'a Asked<'a>) -> CitationItem<'a, Item> {
    let locator = asked
        .locator
        .as_ref()
        .and_then(|(label, value)| Some(SpecificLocator(Locator::from_str(label).ok()?, LocatorPayload::Str(value))));
    CitationItem::with_locator(asked.item, locator)
}
