//! Writes records, and the wordings that they name. What no record names any more is taken away.
//!
//! Several files are written as one: nothing begins where a file is not as it was read, and what was begun and cannot be ended is undone.

use crate::book::Book;
use crate::cli::{Exit, report};
use crate::ids::{Lang, PageId};
use crate::publish;
use crate::translation::status::Wordings;
use crate::translation::{Hash, Record, write};
use crate::workspace::RecordFile;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Records that are to be written, by language and page.
pub(super) type Records = BTreeMap<(Lang, PageId), Record>;

/// What becomes of a file of the site.
#[derive(Debug)]
pub(in crate::cli) enum Step {
    /// It is written. `before` is what it holds, empty where it is not there yet.
    Write { path: String, before: String, after: String },
    /// It goes elsewhere as it is.
    Rename { from: String, to: String },
    /// It is taken away. `before` is what it holds.
    Remove { path: String, before: String },
    /// It is taken away where that can be done: left there it does no harm.
    Forget { path: String },
}

/// Writes records over those of the book.
pub(super) fn save(root: &Path, book: &Book, records: &Records) -> Result<(), Exit> {
    apply(root, &steps(book, records, &BTreeSet::new(), &Wordings::new()))
}

/// How records become files, when some are `gone` and some name `wordings` that the book does not have. The wordings come first: a record never
/// names one that is not there.
pub(super) fn steps(book: &Book, records: &Records, gone: &BTreeSet<(Lang, PageId)>, wordings: &Wordings) -> Vec<Step> {
    let mut texts = self::wordings(book);
    texts.extend(wordings.iter().map(|(hash, text)| (*hash, text.clone())));
    let mut kept: BTreeMap<&(Lang, PageId), &Record> =
        book.records.iter().filter(|(key, _)| !gone.contains(key)).map(|(key, kept)| (key, &kept.record)).collect();
    kept.extend(records);
    let named: BTreeSet<Hash> = kept.values().flat_map(|record| &record.entries).map(|entry| entry.source).collect();
    let mut steps = Vec::new();
    for hash in named.iter().filter(|hash| !book.wordings.contains_key(hash)) {
        if let Some(text) = texts.get(hash) {
            steps.push(Step::Write {
                path: write::wording_path(*hash),
                before: String::new(),
                after: format!("{text}\n"),
            });
        }
    }
    let text_of = |key| book.records.get(key).map_or(String::new(), |kept| book.files.text(kept.file).to_owned());
    for (key @ (lang, id), record) in records {
        let (path, before) = (RecordFile::path(lang, id), text_of(key));
        steps.push(Step::Write { path, before, after: write::write(id, record) });
    }
    for key @ (lang, id) in gone {
        steps.push(Step::Remove { path: RecordFile::path(lang, id), before: text_of(key) });
    }
    let unnamed = book.wordings.keys().filter(|hash| !named.contains(hash));
    steps.extend(unnamed.map(|hash| Step::Forget { path: write::wording_path(*hash) }));
    steps
}

/// Every wording of the source that is known: those that are kept, and those of today.
fn wordings(book: &Book) -> Wordings {
    let mut all = book.wordings.clone();
    for source in book.pages.iter().filter_map(|page| page.versions.first()?.as_ref()) {
        all.extend(source.blocks.iter().map(|block| (block.hash, block.text.clone())));
    }
    all
}

/// Takes all steps, or none.
pub(in crate::cli) fn apply(root: &Path, steps: &[Step]) -> Result<(), Exit> {
    for step in steps {
        step.obstacle(root).map_or(Ok(()), |obstacle| {
            report::error(&obstacle);
            report::help("nothing was written: see to it, and run the command again");
            Err(Exit::Usage)
        })?;
    }
    for (done, step) in steps.iter().enumerate() {
        if let Err(exit) = step.take(root) {
            undo(root, steps.get(..done).unwrap_or_default());
            return Err(exit);
        }
    }
    Ok(())
}

/// Takes steps back, the last first.
pub(in crate::cli) fn undo(root: &Path, steps: &[Step]) {
    for step in steps.iter().rev() {
        step.undo(root);
    }
}

impl Step {
    /// Why it cannot be taken: somebody else wrote to the file, or another file is in its way.
    fn obstacle(&self, root: &Path) -> Option<String> {
        let is_there = |path: &str| fs::symlink_metadata(root.join(path)).is_ok();
        let differs = |path: &str, before: &str| {
            let now = fs::read(root.join(path));
            (now.ok().as_deref() != Some(before.as_bytes())).then(|| format!("{path} has changed since it was read"))
        };
        match self {
            Self::Write { path, before, after } if before.is_empty() => {
                // An empty file is nobody's work, and one that says the same is no other.
                let is_other = differs(path, "").and(differs(path, after)).is_some();
                (is_there(path) && is_other).then(|| format!("{path} is there already"))
            }
            Self::Write { path, before, .. } | Self::Remove { path, before } => differs(path, before),
            Self::Rename { to, .. } => is_there(to).then(|| format!("{to} is there already")),
            Self::Forget { .. } => None,
        }
    }

    fn take(&self, root: &Path) -> Result<(), Exit> {
        match self {
            Self::Write { path, before, after } => put(root, path, after, before),
            Self::Rename { from, to } => rename(root, from, to),
            Self::Remove { path, .. } => fs::remove_file(root.join(path)).map_err(|error| failed(path, &error)),
            Self::Forget { path } => {
                let _ = fs::remove_file(root.join(path));
                Ok(())
            }
        }
    }

    /// As far as it can be undone: the error that led here has been told.
    fn undo(&self, root: &Path) {
        let _ = match self {
            Self::Write { path, before, .. } if before.is_empty() => {
                fs::remove_file(root.join(path)).map_err(|error| failed(path, &error))
            }
            Self::Write { path, before, after } => put(root, path, before, after),
            Self::Rename { from, to } => rename(root, to, from),
            Self::Remove { path, before } => put(root, path, before, ""),
            Self::Forget { .. } => Ok(()),
        };
    }
}

fn rename(root: &Path, from: &str, to: &str) -> Result<(), Exit> {
    let target = root.join(to);
    let folder = target.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::rename(root.join(from), target)).map_err(|error| failed(to, &error))
}

fn failed(path: &str, error: &std::io::Error) -> Exit {
    report::error(&format!("{path}: {error}"));
    Exit::Machine
}

/// Writes a file of the site in one step, unless somebody else wrote to it since it was read.
pub(super) fn put(root: &Path, path: &str, text: &str, old: &str) -> Result<(), Exit> {
    publish::file::write(&root.join(path), text.as_bytes(), |now| now == old.as_bytes()).map_err(|error| {
        report::error(&error.to_string());
        if error.is_usage() { Exit::Usage } else { Exit::Machine }
    })
}
