//! A whole page, head and body: its own parser, its passages, and the form in which pages are kept.

use super::told::{Sheet, text};
use sourcebook::ids::{Lang, PageId};
use sourcebook::manuscript::parse_page;
use sourcebook::schema::Sort;
use sourcebook::span::FileId;
use sourcebook::tidy::{Refusal, tidy};
use sourcebook::translation::block::{PageText, blocks};
use sourcebook::translation::splice;
use sourcebook::workspace::PageFile;

pub fn run(bytes: &[u8]) {
    let sheet = Sheet::new("content/en/page.md", &text(bytes));
    let (lang, id) = (Lang::parse("en").expect("a language"), PageId::parse("page").expect("a page"));
    let file = PageFile { lang, id, path: "page.md".to_owned(), file: sheet.file };
    let (page, diagnostics) = parse_page(&file, sheet.text());
    sheet.hold(&diagnostics);
    for claim in &page.claims {
        sheet.hold_span(claim.span, "statement");
    }
    let text = PageText {
        file: sheet.file,
        text: sheet.text(),
        front: &page.front,
        summary: page.summary.as_ref().map(|line| line.content.as_slice()),
        body: &page.body,
    };
    let key_facts: Vec<_> = page.key_facts.iter().map(|line| line.content.as_slice()).collect();
    for passage in blocks(text, &key_facts, &[], &[]) {
        sheet.hold_span(passage.span, "passage");
        // The page is what it was around a passage that another takes the place of.
        let after = sheet.text().get(passage.span.end as usize..).expect("the rest of the page");
        let spliced = splice::replaced(sheet.text(), &passage, "Other words.").expect("a place for other words");
        assert!(spliced.ends_with(after), "what follows {} was changed", passage.at);
    }
    tidied(Sort::of("content/en/page.md", "content").expect("a kind of file"), sheet.file, sheet.text());
}

/// A file in its form says the same, and is at rest in it.
pub fn tidied(sort: &Sort, file: FileId, text: &str) {
    match tidy(sort, file, text) {
        Ok(once) => match tidy(sort, file, &once) {
            Ok(twice) => assert_eq!(twice, once, "not at rest"),
            Err(refusal) => panic!("its own form is refused: {refusal:?}\n{once:?}"),
        },
        Err(Refusal::Unreadable(_)) => {}
        Err(Refusal::Changed) => panic!("it would have said something else"),
    }
}
