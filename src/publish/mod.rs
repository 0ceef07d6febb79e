//! Edition → folder. The only room that writes to disk.
//!
//! 1. `target` refuses every folder that is not plainly ours: nothing that Sourcebook did not write is ever overwritten or deleted.
//! 2. `lock` keeps a second build out.
//! 3. `folder` writes the whole site into a stage beside the target, while its pages are still made; files that did not change are linked, not rewritten, and those of which `recipes` knows that nothing in
//!    them can have changed are not even made.
//! 4. The stage and the target change places in one step. Whatever fails before leaves the old site whole.
//!
//! The manifest lists what was written, so that the next build knows its own; a [`receipt`] tells it whether anything is to be done at all, and lies under a `seal`, as the list of recipes does. [`file`] writes a single file with the same care;
//! `disk` is what all of them change the disk with. Uses `site::edition`, `manifest` and `fault`.

mod disk;
mod error;
pub mod file;
mod folder;
mod lock;
pub mod receipt;
mod recipes;
mod seal;
mod target;

pub use error::PublishError;

use crate::fault::Point;
use crate::manifest::{Entry, Manifest};
use crate::site::edition::{Edition, OutPath, Outlet, Pieces, Recipe, Recipes, Written};
use folder::{Before, Stage};
use lock::Lock;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use target::Target;

/// What a build left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// How many files the site has, the manifest not counted.
    pub files: usize,
    /// How many bytes they have together.
    pub bytes: u64,
    /// How many of them were there before, the same to the byte, and were not written again.
    pub unchanged: usize,
    /// How many of those were not even made again.
    pub again: usize,
}

/// Puts an edition into the folder `out`, in place of the edition that is there. `root` is the folder of the site's `book.toml`.
pub fn publish(edition: &Edition, out: &Path, root: &Path) -> Result<Published, PublishError> {
    Publication::new(out, root).finish(edition, &mut || Ok(()))
}

/// A site on its way into its folder. It takes files while others are still made; the disk is touched with the first of them. One that is not finished leaves nothing behind.
#[derive(Debug)]
pub struct Publication {
    out: PathBuf,
    root: PathBuf,
    work: OnceLock<Option<Work>>,
    /// What was made by which recipe.
    recipes: Mutex<Recipes>,
    /// How many files were taken from the site that was there without being made.
    again: AtomicUsize,
    /// The first thing that went wrong.
    failure: Mutex<Option<PublishError>>,
}

/// What is there while a site is written.
#[derive(Debug)]
struct Work {
    target: Target,
    stage: Stage,
    /// What was made by which recipe of the site that is there, where its files are as they were left.
    recipes: Recipes,
    /// Let go after the stage was removed.
    _lock: Lock,
}

impl Work {
    fn begin(out: &Path, root: &Path) -> Result<Self, PublishError> {
        let target = Target::resolve(out, root)?;
        // Before anything is touched, so that a refusal leaves no trace; once more below, under the lock.
        refuse(&target)?;
        target.create_parent()?;
        let lock = lock::take(&target)?;
        folder::clear_remains(&target)?;
        let (before, recipes) = match target.inspect()? {
            None => (Before::Nothing, Recipes::new()),
            Some(old) => match receipt::recipes_as_left(&target, root) {
                Some(recipes) => (Before::Known(old), recipes),
                None => (Before::Unread(old), Recipes::new()),
            },
        };
        let stage = Stage::new(&target, before)?;
        Ok(Self { target, stage, recipes, _lock: lock })
    }

    /// Removes what is in the stage: the old site, or a new one that came to nothing. What cannot be removed is left to the next build.
    fn clear(&self) {
        let _ = folder::remove(Point::StageRemove, &self.target.stage);
    }

    /// Lets the stage, which is whole, take the target's place.
    fn swap(&self, last: &mut dyn FnMut() -> Result<(), PublishError>) -> Result<(), PublishError> {
        let target = &self.target;
        last()?;
        // What somebody put there in the meantime must not go with the old site.
        let seen = target.identity();
        target.inspect()?;
        folder::swap(target)?;
        if target.identity_of_old().is_none_or(|old| Some(old) == seen) {
            return Ok(());
        }
        folder::swap(target)?;
        Err(PublishError::Replaced(target.out.clone()))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Publication {
    /// A site that will lie in the folder `out`. `root` is the folder of the site's `book.toml`.
    pub fn new(out: &Path, root: &Path) -> Self {
        let (out, root) = (out.to_path_buf(), root.to_path_buf());
        let (recipes, again, failure) = (Mutex::default(), AtomicUsize::new(0), Mutex::default());
        Self { out, root, work: OnceLock::new(), recipes, again, failure }
    }

    /// Hands over what was made by which recipe until now.
    pub fn take_recipes(&self) -> Recipes {
        std::mem::take(&mut self.recipes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Publishes what was taken with the rest of its edition. `last` is done before the last step: what must not be done where the site cannot be published, and without which it must not be.
    /// Where the last step fails after it, the caller takes it back.
    pub fn finish(
        &self,
        edition: &Edition,
        last: &mut dyn FnMut() -> Result<(), PublishError>,
    ) -> Result<Published, PublishError> {
        folder::check_names(edition)?;
        self.begin();
        let held: Vec<(&OutPath, &Arc<[u8]>)> = edition.iter().collect();
        let put: Vec<Option<(&OutPath, Written)>> =
            held.into_par_iter().map(|(path, bytes)| Some((path, self.take(path, bytes)?))).collect();
        let work = self.work();
        if let Some(failure) = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(failure);
        }
        // Names that cannot lie beside each other were refused, so whatever is missing here was no file of ours.
        let Some((work, put)) = work.zip(put.into_iter().collect::<Option<Vec<_>>>()) else {
            return Err(PublishError::Replaced(self.out.clone()));
        };
        let written = edition.written().map(|(path, written)| (path, written.clone()));
        let files: BTreeMap<&OutPath, Written> = put.into_iter().chain(written).collect();
        let unchanged = files.values().filter(|file| file.is_unchanged).count();
        let entry = |(path, Written { size, sha256, .. }): (&OutPath, Written)| Entry {
            path: path.as_str().to_owned(),
            size,
            sha256,
        };
        let manifest = Manifest::listing(&edition.stamp, files.into_iter().map(entry).collect());
        work.stage.close(&manifest)?;
        let again = self.again.load(Ordering::Relaxed);
        let published = Published { files: edition.len(), bytes: manifest.bytes(), unchanged, again };
        if unchanged == edition.len() && work.stage.before.manifest() == Some(&manifest) {
            let done = last();
            work.clear();
            return done.map(|()| published);
        }
        folder::sync(edition, &work.target.stage)?;
        let done = work.swap(last);
        // Now and not at the end, because taking it away changes what the system keeps of files that are in both sites.
        work.clear();
        done.map(|()| published)
    }

    /// What is there while the site is written, from the first time that it is asked for; `None` where it cannot be.
    fn work(&self) -> Option<&Work> {
        let begun = self.work.get_or_init(|| self.note(Work::begin(&self.out, &self.root)));
        begun.as_ref()
    }

    /// Keeps the first thing that goes wrong for the end.
    fn note<T>(&self, result: Result<T, PublishError>) -> Option<T> {
        result
            .map_err(|error| {
                self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            })
            .ok()
    }
}

impl Outlet for Publication {
    fn begin(&self) {
        self.work();
    }

    fn take(&self, path: &OutPath, bytes: &[u8]) -> Option<Written> {
        let work = self.work()?;
        self.note(work.stage.put(path, bytes)).flatten()
    }

    fn take_pieces(&self, path: &OutPath, write: Pieces<'_>) -> Option<Written> {
        let work = self.work()?;
        self.note(work.stage.put_pieces(path, write)).flatten()
    }

    fn again(&self, recipe: &Recipe) -> Option<Vec<(OutPath, Written)>> {
        let work = self.work()?;
        let taken = self.note(work.stage.take_again(work.recipes.get(recipe)?)).flatten()?;
        self.again.fetch_add(taken.len(), Ordering::Relaxed);
        Some(taken)
    }

    fn made(&self, recipe: Recipe, paths: Vec<OutPath>) {
        self.recipes.lock().unwrap_or_else(PoisonError::into_inner).insert(recipe, paths);
    }

    fn is_closed(&self) -> bool {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

/// Refuses a folder that is not ours. What looks strange while another build lets two sites change places is looked at again under the lock.
fn refuse(target: &Target) -> Result<(), PublishError> {
    let Err(refusal) = target.inspect() else { return Ok(()) };
    match lock::take(target) {
        Ok(_lock) => target.inspect().map(drop),
        Err(locked @ PublishError::Locked(_)) => Err(locked),
        Err(_) => Err(refusal),
    }
}

#[cfg(test)]
mod tests;
