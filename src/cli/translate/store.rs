//! Writes records, and the wordings that they name. What no record names any more is taken away.
//!
//! Several files are written as one: nothing begins where a file is not as it was read, and what was begun and cannot be ended is undone, by this
//! run or by the next (`cli::journal`).

use crate::book::Book;
use crate::cli::journal::Journal;
use crate::cli::{Exit, report};
use crate::ids::{Lang, PageId};
use crate::publish::file;
use crate::translation::status::Wordings;
use crate::translation::{Hash, Record, write};
use crate::workspace::RecordFile;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Records that are to be written, by language and page.
pub(super) type Records = BTreeMap<(Lang, PageId), Record>;

/// What becomes of a file of the site.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
        all.extend(source.blocks().iter().map(|block| (block.hash, block.text.clone())));
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
    let is_needless = |step: &Step| matches!(step, Step::Forget { .. });
    let due: Vec<&Step> = steps.iter().filter(|step| !is_needless(step) && !step.is_done(root)).collect();
    if !due.is_empty() {
        let journal = Journal::begin(root, &due)?;
        for step in &due {
            if let Err(exit) = step.take(root) {
                journal.take_back();
                return Err(exit);
            }
        }
        journal.end()?;
    }
    // Not before all else is there to stay: what is taken back may name it.
    for step in steps.iter().filter(|step| is_needless(step)) {
        step.take(root)?;
    }
    Ok(())
}

/// Takes steps back, the last first. `false` where one could not be.
pub(in crate::cli) fn undo(root: &Path, steps: &[impl std::borrow::Borrow<Step>]) -> bool {
    let failed = steps.iter().rev().filter(|step| step.borrow().undo(root).is_err()).count();
    failed == 0
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

    /// Whether there is nothing to be done any more.
    fn is_done(&self, root: &Path) -> bool {
        matches!(self, Self::Write { path, after, .. } if says(root, path, after))
    }

    fn take(&self, root: &Path) -> Result<(), Exit> {
        match self {
            Self::Write { path, before, after } => put(root, path, after, before),
            Self::Rename { from, to } => rename(root, from, to),
            Self::Remove { path, .. } => file::remove(&root.join(path)).map_err(|error| failed(path, &error)),
            Self::Forget { path } => {
                let _ = file::remove(&root.join(path));
                Ok(())
            }
        }
    }

    /// Takes it back, as far as it was taken. What somebody wrote since stays.
    fn undo(&self, root: &Path) -> Result<(), Exit> {
        let is_there = |path: &str| fs::symlink_metadata(root.join(path)).is_ok();
        match self {
            Self::Write { path, before, after } => {
                file::clear(&root.join(path));
                let is_new = before.is_empty();
                if (is_new && !is_there(path)) || says(root, path, before) {
                    return Ok(());
                }
                if !says(root, path, after) {
                    report::error(&format!("{path} has changed since, and is left as it is"));
                    return Ok(());
                }
                if is_new {
                    return file::remove(&root.join(path)).map_err(|error| failed(path, &error));
                }
                put(root, path, before, after)
            }
            Self::Rename { from, to } if is_there(to) && !is_there(from) => rename(root, to, from),
            Self::Remove { path, before } => {
                file::clear(&root.join(path));
                if is_there(path) { Ok(()) } else { put(root, path, before, "") }
            }
            Self::Rename { .. } | Self::Forget { .. } => Ok(()),
        }
    }

    /// The files that it changes.
    pub(in crate::cli) fn paths(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            Self::Rename { from, to } => (from, Some(to)),
            Self::Write { path, .. } | Self::Remove { path, .. } | Self::Forget { path } => (path, None),
        };
        std::iter::once(one).chain(other).map(String::as_str)
    }
}

/// Whether a file holds this and nothing else.
fn says(root: &Path, path: &str, text: &str) -> bool {
    fs::read(root.join(path)).is_ok_and(|now| now == text.as_bytes())
}

fn rename(root: &Path, from: &str, to: &str) -> Result<(), Exit> {
    file::rename(&root.join(from), &root.join(to)).map_err(|error| failed(to, &error))
}

fn failed(path: &str, error: &std::io::Error) -> Exit {
    report::error(&format!("{path}: {error}"));
    Exit::Machine
}

/// Writes a file of the site in one step, unless somebody else wrote to it since it was read. The journal sees to it that it stays.
fn put(root: &Path, path: &str, text: &str, old: &str) -> Result<(), Exit> {
    let written = file::place(&root.join(path), text.as_bytes(), |now| now == old.as_bytes());
    written.map(drop).map_err(|error| {
        report::error(&error.to_string());
        if error.is_usage() { Exit::Usage } else { Exit::Machine }
    })
}
