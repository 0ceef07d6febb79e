//! Several files that are changed as one. What a command is about to do is written down before it begins and taken away when it is done; a command that
//! was broken off in between is taken back by the next one, whatever that is. So every file is as it was before, or as it was to be, and the command
//! that was broken off can be run again.
//!
//! The file is locked as long as the command runs: what is locked is no remains. It lies in the site's folder, where a stranger may have put one: it
//! never leads out of that folder.

use super::translate::store::{self, Step};
use super::{Exit, report};
use crate::publish::{PublishError, file};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// Its file, in the site's folder.
const NAME: &str = ".sourcebook-journal";

/// A change of several files that is on its way.
pub(super) struct Journal<'s> {
    root: &'s Path,
    steps: &'s [&'s Step],
    folders: BTreeSet<String>,
    _held: file::Held,
}

/// What the file holds.
#[derive(Serialize)]
struct Noted<'s> {
    /// Tells two runs of the same command from each other.
    process: u32,
    steps: &'s [&'s Step],
    /// Folders that are made on the way.
    folders: &'s BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Left {
    #[serde(rename = "process")]
    _process: u32,
    steps: Vec<Step>,
    folders: BTreeSet<String>,
}

impl<'s> Journal<'s> {
    /// Writes down what is to be done.
    pub(super) fn begin(root: &'s Path, steps: &'s [&'s Step]) -> Result<Self, Exit> {
        let folders = missing(root, steps);
        let noted = Noted { process: std::process::id(), steps, folders: &folders };
        let failed = |error: &dyn std::fmt::Display| {
            report::error(&format!("{NAME}: {error}"));
            Exit::Machine
        };
        let text = serde_json::to_vec(&noted).map_err(|error| failed(&error))?;
        let path = root.join(NAME);
        let held = file::place(&path, &text, |_| false).map_err(|error| match error {
            PublishError::ForeignFile(_) | PublishError::Busy(_) => busy(),
            error => failed(&error),
        })?;
        file::settle(&path);
        Ok(Self { root, steps, folders, _held: held })
    }

    /// All is done, and stays.
    pub(super) fn end(self) -> Result<(), Exit> {
        settle(self.root, self.steps.iter().copied());
        if close(self.root) { Ok(()) } else { Err(Exit::Machine) }
    }

    /// It cannot be done.
    pub(super) fn take_back(self) {
        take_back(self.root, self.steps, &self.folders);
    }
}

fn busy() -> Exit {
    report::error("another command is changing the files of this site");
    report::help(&format!(
        "wait for it, and run this again; where none runs, the disk has no locks: see which files {NAME} names, and delete it"
    ));
    Exit::Usage
}

/// Takes back what a command that was broken off had done to the site. `false` (and a message) where that cannot be done.
pub(super) fn recover(root: &Path) -> bool {
    let path = root.join(NAME);
    file::clear(&path);
    let (_held, bytes) = match file::seize(&path) {
        Ok(Some(left)) => left,
        // It is at work, and what it does is whole when it ends.
        Ok(None) => return true,
        Err(error) if error.kind() == ErrorKind::NotFound => return true,
        Err(error) => return refuse(&format!("cannot be read: {error}")),
    };
    let Ok(left) = serde_json::from_slice::<Left>(&bytes) else { return refuse("cannot be read") };
    let paths = left.steps.iter().flat_map(Step::paths).chain(left.folders.iter().map(String::as_str));
    if let Some(path) = paths.into_iter().find(|path| !lies_in(root, path)) {
        return refuse(&format!("names {path}, which does not lie in the site's folder"));
    }
    report::say("A command was broken off before it had changed all its files; what it had changed is taken back");
    take_back(root, &left.steps, &left.folders)
}

fn refuse(why: &str) -> bool {
    report::error(&format!("{NAME} {why}"));
    report::help(
        "it is what a command left that was broken off; see that the files are as you want them, and delete it",
    );
    false
}

fn take_back(root: &Path, steps: &[impl std::borrow::Borrow<Step>], folders: &BTreeSet<String>) -> bool {
    if !store::undo(root, steps) {
        report::help("not all could be taken back: the next command tries again");
        return false;
    }
    for folder in folders.iter().rev() {
        // One that holds something stays.
        let _ = file::remove_folder(&root.join(folder));
    }
    settle(root, steps.iter().map(std::borrow::Borrow::borrow));
    close(root)
}

/// Sees to it that what was done outlives a power cut: the file goes only after that.
fn settle<'s>(root: &Path, steps: impl Iterator<Item = &'s Step>) {
    let parents =
        steps.flat_map(Step::paths).map(|path| root.join(path)).filter(|path| path.parent().is_some_and(Path::is_dir));
    // One file for each folder.
    let mut seen = BTreeSet::new();
    for path in parents.filter(|path| seen.insert(path.parent().map(Path::to_path_buf))) {
        file::settle(&path);
    }
}

/// `false` (and a message) where the next command will take back what was done.
fn close(root: &Path) -> bool {
    let path = root.join(NAME);
    let removed = file::remove(&path);
    if let Err(error) = &removed {
        report::error(&format!("{NAME} cannot be deleted: {error}"));
        report::help("the next command takes back what was done");
    }
    file::settle(&path);
    removed.is_ok()
}

/// The folders of what is to be written that are not there yet.
fn missing(root: &Path, steps: &[&Step]) -> BTreeSet<String> {
    let mut missing = BTreeSet::new();
    for path in steps.iter().flat_map(|step| step.paths()) {
        let mut above = path;
        while let Some((folder, _)) = above.rsplit_once('/').filter(|(folder, _)| !root.join(folder).exists()) {
            missing.insert(folder.to_owned());
            above = folder;
        }
    }
    missing
}

/// Whether a path leads to a file of the site, or to one that could be: not out of its folder, not even by a link.
fn lies_in(root: &Path, path: &str) -> bool {
    let is_plain = !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let is_link = |place: PathBuf| fs::symlink_metadata(place).is_ok_and(|found| found.is_symlink());
    let mut here = root.to_path_buf();
    is_plain
        && Path::new(path).iter().all(|part| {
            here.push(part);
            !is_link(here.clone())
        })
}
