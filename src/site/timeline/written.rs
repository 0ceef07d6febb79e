//! Events as a page of the book: each is a paragraph with its citations, so that everything that numbers, lists and links them can be asked.

use crate::book::evidence::cite_place;
use crate::book::navigation::TIMELINE;
use crate::book::{Book, BookPage, Language, Version};
use crate::ids::PageId;
use crate::manuscript::Page;
use crate::markdown::citation::{Cite, CiteGroup, CiteMode};
use crate::markdown::tree::{Block, BlockKind, Document, Inline, InlineKind};
use crate::timeline::Event;
use crate::workspace::Placed;
use std::collections::BTreeMap;

/// The page, in one language alone; `None` where there is no event.
pub(super) fn written(book: &Book, language: &Language, title: &str, events: &[&Event]) -> Option<BookPage> {
    let title = Placed { value: title.to_owned(), span: events.first()?.span };
    let blocks = events.iter().map(|event| Block {
        span: event.span,
        kind: BlockKind::Paragraph(vec![citations(event)]),
        uncited: None,
    });
    let body = Document { blocks: blocks.collect(), footnotes: Vec::new() };
    let id = PageId::parse(TIMELINE)?;
    let page = Page::made(language.lang.clone(), id.clone(), title, body);
    let mut made = Some(Version::made(page, &book.library));
    let versions = book.languages.iter().map(|other| made.take_if(|_| other.lang == language.lang)).collect();
    Some(BookPage { id, versions, parent: None, children: Vec::new(), previous: None, next: None })
}

fn citations(event: &Event) -> Inline {
    let cites = event.evidence.iter().map(|evidence| Cite {
        span: evidence.source.span,
        key_span: evidence.source.span,
        prefix: None,
        suppress_author: false,
        relation: None,
        source: evidence.source.value.clone(),
        quote: evidence.quote.as_ref().map(|quote| quote.value.clone()),
        locator: evidence.locator.clone(),
        suffix: None,
    });
    let group = CiteGroup { mode: CiteMode::Bracketed, cites: cites.collect() };
    Inline { span: event.span, kind: InlineKind::Cite(group) }
}

/// What stands at each mark of the page, by the id of its place.
pub(super) fn told_at_marks(events: &[&Event], tell: impl Fn(&Event) -> String) -> BTreeMap<String, String> {
    let marks = events.iter().flat_map(|event| event.evidence.iter().map(|_| tell(event)));
    (1..).map(cite_place).zip(marks).collect()
}
