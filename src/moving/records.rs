//! What is recorded of translations, by the names that wordings have once what they name is mended.

use crate::book::Book;
use crate::translation::status::Wordings;
use crate::translation::{Block, Entry, Hash, Kind, Record, Review};
use std::collections::BTreeMap;

/// The new names of wordings.
pub(super) type Names = BTreeMap<Hash, Hash>;

/// What a wording says afterwards.
pub(super) type Mend<'m> = &'m dyn Fn(Kind, &str) -> String;

/// The new names of the passages of a page, and under each what is said there.
pub(super) fn named(blocks: &[Block], mend: Mend<'_>, wordings: &mut Wordings) -> Names {
    let mut names = Names::new();
    for block in blocks {
        let text = mend(block.kind(), &block.text);
        if text != block.text {
            let hash = Hash::of(block.kind(), &text);
            names.insert(block.hash, hash);
            wordings.insert(hash, text);
        }
    }
    names
}

/// The record of a page as it is afterwards. `source` and `own` are the new names of the passages of the source and of the translation; `mend` is for what the
/// source said.
pub(super) fn renamed(
    book: &Book,
    record: &Record,
    (source, own): (&Names, &Names),
    mend: Mend<'_>,
    wordings: &mut Wordings,
) -> Record {
    let name = |names: &Names, hash: Hash| names.get(&hash).copied().unwrap_or(hash);
    let mut named = |entry: &Entry| {
        // What the source said when it was translated is mended like what it says now.
        let old = book.wordings.get(&entry.source).filter(|_| !source.contains_key(&entry.source));
        let Some(old) = old else { return name(source, entry.source) };
        let text = mend(entry.at.kind, old);
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
