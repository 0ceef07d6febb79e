//! Edition → folder. The only room that writes to disk.
//!
//! 1. `target` refuses every folder that is not plainly ours: nothing that Sourcebook did not write is ever overwritten or deleted.
//! 2. `lock` keeps a second build out.
//! 3. `folder` writes the whole site into a stage beside the target; files that did not change are linked, not rewritten.
//! 4. The stage and the target change places in one step. Whatever fails before leaves the old site whole.
//!
//! The manifest lists what was written, so that the next build knows its own; a [`receipt`] tells it whether anything is to be done at all. [`file`] writes a single file with the same care;
//! `disk` is what all of them change the disk with. Uses `site::edition`, `manifest` and `fault`.

mod disk;
mod error;
pub mod file;
mod folder;
mod lock;
pub mod receipt;
mod target;

pub use error::PublishError;

use crate::fault::Point;
use crate::manifest::Manifest;
use crate::site::edition::Edition;
use folder::Before;
use std::path::Path;
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
}

/// Puts an edition into the folder `out`, in place of the edition that is there. `root` is the folder of the site's `book.toml`.
pub fn publish(edition: &Edition, out: &Path, root: &Path) -> Result<Published, PublishError> {
    publish_with(edition, out, root, &mut || Ok(()))
}

/// The same, and `last` before the last step: what must not be done where the site cannot be published, and without which it must not be.
/// Where the last step fails after it, the caller takes it back.
pub fn publish_with(
    edition: &Edition,
    out: &Path,
    root: &Path,
    last: &mut dyn FnMut() -> Result<(), PublishError>,
) -> Result<Published, PublishError> {
    folder::check_names(edition)?;
    let target = Target::resolve(out, root)?;
    // Before anything is touched, so that a refusal leaves no trace; once more below, under the lock.
    refuse(&target)?;
    target.create_parent()?;
    let _lock = lock::take(&target)?;
    folder::clear_remains(&target)?;

    let manifest = Manifest::of(edition);
    let old = target.inspect()?;
    let before = match &old {
        None => Before::Nothing,
        Some(old) if receipt::is_as_left(&target, root) => Before::known(old),
        Some(_) => Before::Unread,
    };
    let written = folder::write_stage(edition, &manifest, &target, &before);
    let done = written.and_then(|unchanged| {
        let published = Published { files: edition.len(), bytes: manifest.bytes(), unchanged };
        if unchanged == edition.len() && old.as_ref() == Some(&manifest) {
            return last().map(|()| published);
        }
        folder::sync(edition, &target.stage)?;
        last()?;
        // What somebody put there in the meantime must not go with the old site.
        let seen = target.identity();
        target.inspect()?;
        folder::swap(&target)?;
        if target.identity_of_old().is_none_or(|old| Some(old) == seen) {
            return Ok(published);
        }
        folder::swap(&target)?;
        Err(PublishError::Replaced(target.out.clone()))
    });
    // What is in the stage now is the old site, or a new one that came to nothing. What cannot be removed is left to the next build.
    let _ = folder::remove(Point::StageRemove, &target.stage);
    done
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
