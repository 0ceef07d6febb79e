//! What is recorded of translations, by the names that wordings have once their links are mended.

use super::links::in_wording;
use super::paths::Paths;
use crate::book::{Book, BookPage};
use crate::span::FileId;
use crate::translation::status::Wordings;
use crate::translation::{Block, Entry, Hash, Kind, Record, Review};
use std::collections::BTreeMap;

/// The new names of wordings.
pub(super) type Names = BTreeMap<Hash, Hash>;

/// What a passage says afterwards.
pub(super) fn wording(kind: Kind, text: &str, home: &str, file: FileId, paths: &Paths<'_>) -> String {
    if kind.is_markdown() { in_wording(text, home, file, paths) } else { text.to_owned() }
}

/// The new names of the passages of a page, and under each what is said there.
pub(super) fn named(blocks: &[Block], home: &str, paths: &Paths<'_>, wordings: &mut Wordings) -> Names {
    let mut names = Names::new();
    for block in blocks {
        let text = wording(block.kind(), &block.text, home, block.span.file, paths);
        if text != block.text {
            let hash = Hash::of(block.kind(), &text);
            names.insert(block.hash, hash);
            wordings.insert(hash, text);
        }
    }
    names
}

/// The record of a page as it is afterwards. `source` and `own` are the new names of the passages of the source and of the translation.
pub(super) fn renamed(
    book: &Book,
    page: &BookPage,
    record: &Record,
    (source, own): (&Names, &Names),
    paths: &Paths<'_>,
    wordings: &mut Wordings,
) -> Record {
    let home = page.versions.first().and_then(Option::as_ref).map(|version| &version.page);
    let name = |names: &Names, hash: Hash| names.get(&hash).copied().unwrap_or(hash);
    let mut named = |entry: &Entry| {
        // What the source said when it was translated is mended like what it says now.
        let old = book.wordings.get(&entry.source).filter(|_| !source.contains_key(&entry.source)).zip(home);
        let Some((old, home)) = old else { return name(source, entry.source) };
        let text = wording(entry.at.kind, old, &home.path, home.file, paths);
        if text == *old {
            return entry.source;
        }
        let hash = Hash::of(entry.at.kind, &text);
        wordings.insert(hash, text);
        hash
    };
    let entries = record.entries.iter().map(|entry| Entry {
        source: named(entry),
        translation: name(own, entry.translation),
        review: entry.review.as_ref().map(|review| Review { of: name(own, review.of), ..review.clone() }),
        ..entry.clone()
    });
    Record { entries: entries.collect() }
}
