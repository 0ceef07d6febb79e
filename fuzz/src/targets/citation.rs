//! What stands in the brackets of a citation, and places within a source: what is printed reads back the same.

use super::told::{Sheet, text};
use sourcebook::markdown::citation::{Cite, CiteGroup, parse_group, parse_narrative};
use sourcebook::markdown::locator::Locator;
use sourcebook::span::Span;
use std::ops::Range;

pub fn run(bytes: &[u8]) {
    let sheet = Sheet::new("page.md", &text(bytes));
    let place = |range: Range<usize>| Span::new(sheet.file, range.start, range.end);
    if let Ok(group) = parse_group(sheet.text(), &place) {
        for cite in &group.cites {
            sheet.hold_span(cite.span, "citation");
            sheet.hold_span(cite.key_span, "key");
        }
        let printed = group.to_string();
        let inner =
            printed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).expect("a group stands in brackets");
        let again = parse_group(inner, &place).unwrap_or_else(|_| panic!("{printed} does not read back"));
        assert_eq!(bare(&group), bare(&again), "{printed}");
        assert_eq!(again.to_string(), printed);
    }
    if let Ok(group) = parse_narrative(sheet.text(), &place) {
        let printed = group.to_string();
        let again = parse_narrative(&printed, &place).unwrap_or_else(|_| panic!("{printed} does not read back"));
        assert_eq!(bare(&group), bare(&again), "{printed}");
    }
    if let Some(locator) = Locator::parse(sheet.text()) {
        let printed = locator.to_string();
        assert_eq!(Locator::parse(&printed).as_ref(), Some(&locator), "{printed}");
        let _ = (locator.whole_range(), locator.is_plural());
    }
    if let Some((range, fault)) = Locator::fault(sheet.text()) {
        assert!(sheet.text().get(range).is_some(), "{fault}");
        assert!(!fault.help().is_empty());
    }
}

/// The group without its places.
fn bare(group: &CiteGroup) -> Vec<Cite> {
    let nowhere = Sheet::new("", "").file;
    let bare = |cite: &Cite| Cite { span: Span::start_of(nowhere), key_span: Span::start_of(nowhere), ..cite.clone() };
    group.cites.iter().map(bare).collect()
}
