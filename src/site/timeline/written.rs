//! Events as a page of the book: each is a paragraph with its citations, so that everything that numbers, lists and links them can be asked.

use crate::book::evidence::{citation, cite_place};
use crate::book::navigation::TIMELINE;
use crate::book::{Book, BookPage, Language};
use crate::ids::PageId;
use crate::markdown::tree::{Block, BlockKind};
use crate::timeline::Event;
use crate::workspace::Placed;
use std::collections::BTreeMap;

/// The page, in one language alone; `None` where there is no event.
pub(super) fn written(book: &Book, language: &Language, title: &str, events: &[&Event]) -> Option<BookPage> {
    let title = Placed { value: title.to_owned(), span: events.first()?.span };
    let blocks = events.iter().map(|event| Block {
        span: event.span,
        kind: BlockKind::Paragraph(vec![citation(&event.evidence, event.span)]),
        uncited: None,
    });
    Some(BookPage::made(book, language, PageId::parse(TIMELINE)?, title, blocks.collect()))
}

/// What stands at each mark of the page, by the id of its place.
pub(super) fn told_at_marks(events: &[&Event], tell: impl Fn(&Event) -> String) -> BTreeMap<String, String> {
    let marks = events.iter().flat_map(|event| event.evidence.iter().map(|_| tell(event)));
    (1..).map(cite_place).zip(marks).collect()
}
