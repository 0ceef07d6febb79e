//! Holds the translations of a page against its source.

use super::outline::outline;
use super::{Heading, Version, navigation};
use crate::diagnostic::Diagnostic;
use crate::ids::{Lang, PageId};
use crate::manuscript::{Kept, Page, parse_page};
use crate::translation::block::{self, Block, PageText};
use crate::translation::hash::Hash;
use crate::translation::status::{Status, Wordings};
use crate::workspace::PageFile;
use std::collections::BTreeMap;

/// The passages of a page; `hashes` are theirs, where it was cut before.
pub(super) fn blocks(page: &Page, text: &str, outline: &[Heading], hashes: &[Hash]) -> Vec<Block> {
    let key_facts: Vec<_> = page.key_facts.iter().map(|line| line.content.as_slice()).collect();
    let ids: Vec<&str> = outline.iter().map(|heading| heading.id.as_str()).collect();
    let summary = page.summary.as_ref().map(|line| line.content.as_slice());
    let page = PageText { file: page.file, text, front: &page.front, summary, body: &page.body };
    block::blocks(page, &key_facts, &ids, hashes)
}

/// The passages that a page would have with this text, and what would be wrong with it; `source` are the headings of its source.
pub fn passages_of(page: &Page, text: &str, source: &[Heading]) -> (Vec<Block>, Vec<Diagnostic>) {
    let (_, blocks, problems) = read_again(page, text, source);
    (blocks, problems)
}

/// A page as it would be with this text, its passages, and what would be wrong with it; `source` are the headings of its source.
pub fn read_again(page: &Page, text: &str, source: &[Heading]) -> (Page, Vec<Block>, Vec<Diagnostic>) {
    let file = PageFile { lang: page.lang.clone(), id: page.id.clone(), path: page.path.clone(), file: page.file };
    let (page, problems) = parse_page(&file, text);
    let blocks = blocks(&page, text, &outline(&page.body, Some(source)), &[]);
    (page, blocks, problems)
}

/// The versions of a page, each translation with how it stands to the first version, which is the source.
pub(super) fn compare(
    mut versions: Vec<Option<Version>>,
    id: &PageId,
    records: &BTreeMap<(Lang, PageId), Kept>,
    wordings: &Wordings,
) -> Vec<Option<Version>> {
    if id.as_str() == navigation::GLOSSARY {
        // Nobody translates it: each language makes it of its own terms.
        return versions;
    }
    compare_again(&mut versions, id, records, wordings);
    versions
}

/// Holds them against the source once more, where one of them has changed.
pub(super) fn compare_again(
    versions: &mut [Option<Version>],
    id: &PageId,
    records: &BTreeMap<(Lang, PageId), Kept>,
    wordings: &Wordings,
) {
    let Some((Some(source), translations)) = versions.split_first_mut() else { return };
    let passages = source.cut();
    for version in translations.iter_mut().flatten() {
        let kept = records.get(&(version.page.lang.clone(), id.clone())).map(|kept| &kept.record);
        version.translation = Some(Status::derive(kept, &passages, &version.cut(), wordings));
    }
}
