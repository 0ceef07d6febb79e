//! Every file of the content by its hash, so that a reviewer who has the files can see that these are the ones. Uses `book`, `workspace`.
//!
//! Pages that are no part of the book, which are drafts, are not named, nor are the records of their translations.

use crate::audit::csv;
use crate::book::Book;
use crate::ids::{Lang, PageId};
use crate::workspace::{self, Digest, RecordFile};
use std::collections::{BTreeMap, BTreeSet};

/// The table.
pub(super) fn table(book: &Book) -> String {
    let content = format!("{}/", book.config.content_dir);
    let hidden = hidden(book);
    let mut files: BTreeMap<String, Digest> = BTreeMap::new();
    for (_, file) in book.files.iter() {
        let path = file.path();
        let is_content =
            path.starts_with(&content) || [workspace::BOOK, workspace::LINKS, workspace::FIGURES].contains(&path);
        let is_record = path.strip_prefix(workspace::TRANSLATIONS).is_some_and(|rest| rest.starts_with('/'));
        if (is_content || is_record) && !hidden.contains(path) {
            files.insert(path.to_owned(), Digest::of(file.text().as_bytes()));
        }
    }
    for ((lang, path), bytes) in &book.images {
        files.insert(format!("{content}{lang}/{path}"), Digest::of(bytes));
    }
    // Copies of sources are measured when they are read, and not kept.
    for (path, kept) in &book.snapshots {
        files.insert(format!("{content}{path}"), kept.digest.clone());
    }
    let rows = files.into_iter().map(|(path, digest)| vec![path, digest.bytes.to_string(), digest.sha256]);
    csv::table(["file", "bytes", "sha256"], rows)
}

/// The files of pages that are not in the book, and of what is kept of their translations.
fn hidden(book: &Book) -> BTreeSet<String> {
    let content = &book.config.content_dir;
    let shown: BTreeSet<(&Lang, &PageId)> =
        book.versions().map(|(page, language, _)| (&language.lang, &page.id)).collect();
    let pages = book.files.iter().filter_map(|(_, file)| {
        let below = file.path().strip_prefix(content.as_str())?.strip_prefix('/')?;
        let (lang, page) = below.split_once('/')?;
        let lang = Lang::parse(lang).filter(|lang| book.languages.iter().any(|language| language.lang == *lang))?;
        let id = PageId::from_file(page)?;
        (!shown.contains(&(&lang, &id))).then(|| file.path().to_owned())
    });
    let records = book.records.keys().filter(|(lang, id)| !shown.contains(&(lang, id)));
    pages.chain(records.map(|(lang, id)| RecordFile::path(lang, id))).collect()
}
