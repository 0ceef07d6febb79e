//! Writes records, and the wordings that they name. What no record names any more is taken away.

use crate::book::Book;
use crate::cli::{Exit, report};
use crate::ids::{Lang, PageId};
use crate::publish;
use crate::translation::status::Wordings;
use crate::translation::{Hash, Record, write};
use crate::workspace::{RecordFile, TRANSLATIONS};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Records that are to be written, by language and page.
pub(super) type Records = BTreeMap<(Lang, PageId), Record>;

/// Writes records over those of the book. The wordings come first: a record never names one that is not there.
pub(super) fn save(root: &Path, book: &Book, records: &Records) -> Result<(), Exit> {
    let texts = wordings(book);
    let mut kept: BTreeMap<&(Lang, PageId), &Record> =
        book.records.iter().map(|(key, kept)| (key, &kept.record)).collect();
    kept.extend(records);
    let named: BTreeSet<Hash> = kept.values().flat_map(|record| &record.entries).map(|entry| entry.source).collect();
    for hash in named.iter().filter(|hash| !book.wordings.contains_key(hash)) {
        if let Some(text) = texts.get(hash) {
            put(root, &path_of(*hash), &format!("{text}\n"), "")?;
        }
    }
    for (key @ (lang, id), record) in records {
        let old = book.records.get(key).map_or("", |kept| book.files.text(kept.file));
        put(root, &RecordFile::path(lang, id), &write::write(id, record), old)?;
    }
    for hash in book.wordings.keys().filter(|hash| !named.contains(hash)) {
        // One that cannot be taken away does no harm.
        let _ = std::fs::remove_file(root.join(path_of(*hash)));
    }
    Ok(())
}

/// Where the wording of a hash lies.
fn path_of(hash: Hash) -> String {
    let hash = hash.to_string();
    format!("{TRANSLATIONS}/source/{}/{hash}.md", hash.get(..2).unwrap_or(""))
}

/// Every wording of the source that is known: those that are kept, and those of today.
fn wordings(book: &Book) -> Wordings {
    let mut all = book.wordings.clone();
    for source in book.pages.iter().filter_map(|page| page.versions.first()?.as_ref()) {
        all.extend(source.blocks.iter().map(|block| (block.hash, block.text.clone())));
    }
    all
}

/// Writes a file of the site in one step, unless somebody else wrote to it since it was read.
pub(super) fn put(root: &Path, path: &str, text: &str, old: &str) -> Result<(), Exit> {
    publish::file::write(&root.join(path), text.as_bytes(), |now| now == old.as_bytes()).map_err(|error| {
        report::error(&error.to_string());
        if error.is_usage() { Exit::Usage } else { Exit::Machine }
    })
}
