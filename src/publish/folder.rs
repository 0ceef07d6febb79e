//! Writing a whole site beside the old one, and letting the two change places. Uses `site::edition`, `manifest`, `fault` and its sister modules only.

use super::disk;
use super::error::PublishError;
use super::target::Target;
use crate::fault::Point;
use crate::manifest::{self, Entry, Manifest};
use crate::site::edition::{Clash, Edition, OutPath};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Refuses names that cannot lie in one folder, a second manifest among them.
pub(super) fn check_names(edition: &Edition) -> Result<(), PublishError> {
    edition
        .clash(&[manifest::NAME])
        .map_or(Ok(()), |Clash { first, second }| Err(PublishError::Names { first, second }))
}

/// Tidies up after a build that was killed. Only under the lock.
pub(super) fn clear_remains(target: &Target) -> Result<(), PublishError> {
    if fs::symlink_metadata(&target.old).is_ok() {
        if fs::symlink_metadata(&target.out).is_ok() {
            remove(Point::RemainsOld, &target.old)?;
        } else {
            // The old site had gone aside and the new one had not come: the old one comes back.
            disk::rename(Point::RemainsBack, &target.old, &target.out)
                .map_err(PublishError::io("bring back", &target.out))?;
        }
    }
    remove(Point::RemainsStage, &target.stage)
}

/// What is known of the files of the site that is there.
pub(super) enum Before<'a> {
    /// There is no site.
    Nothing,
    /// They are as its manifest says: their SHA-256 by path.
    Known(BTreeMap<&'a str, &'a str>),
    /// They must be read.
    Unread,
}

impl<'a> Before<'a> {
    /// A site that lies as it was left.
    pub(super) fn known(manifest: &'a Manifest) -> Self {
        Self::Known(manifest.files.iter().map(|entry| (entry.path.as_str(), entry.sha256.as_str())).collect())
    }

    /// Whether the file `old`, which lay at a path, says the same to the byte.
    fn is_same(&self, old: &Path, new: &Entry, bytes: &[u8]) -> bool {
        let is_plain = || {
            fs::symlink_metadata(old)
                .is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64 && is_readable(&found))
        };
        match self {
            Self::Nothing => false,
            Self::Known(hashes) => hashes.get(new.path.as_str()) == Some(&new.sha256.as_str()) && is_plain(),
            Self::Unread => is_plain() && fs::read(old).is_ok_and(|read| read == bytes),
        }
    }
}

/// Writes everything into the stage, and tells how many files were there before. A file of the old site that says the same gets a second name in the new one: it keeps its date, and nothing is written.
pub(super) fn write_stage(
    edition: &Edition,
    manifest: &Manifest,
    target: &Target,
    before: &Before<'_>,
) -> Result<usize, PublishError> {
    make_folder(&target.stage)?;
    let folders: BTreeSet<&str> = edition.iter().flat_map(|(path, _)| path.folders()).collect();
    for folder in folders {
        make_folder(&target.stage.join(folder))?;
    }
    // The manifest lists the files in the order of the edition.
    let files: Vec<(&Entry, &Arc<[u8]>)> = manifest.files.iter().zip(edition.iter().map(|(_, bytes)| bytes)).collect();
    let kept: Result<Vec<bool>, PublishError> = files
        .into_par_iter()
        .map(|(entry, bytes)| {
            let new = target.stage.join(&entry.path);
            let old = target.out.join(&entry.path);
            if before.is_same(&old, entry, bytes) && disk::link(Point::StageLink, &old, &new).is_ok() {
                return Ok(true);
            }
            disk::write_public(&new, bytes).map_err(PublishError::io("write", &new))?;
            Ok(false)
        })
        .collect();
    let path = target.stage.join(manifest::NAME);
    disk::write_public(&path, manifest.to_json().as_bytes()).map_err(PublishError::io("write", &path))?;
    Ok(kept?.into_iter().filter(|kept| *kept).count())
}

fn make_folder(path: &Path) -> Result<(), PublishError> {
    disk::make_public_folder(Point::StageFolder, path).map_err(PublishError::io("make the folder", path))
}

#[cfg(unix)]
fn is_readable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o777 == 0o644
}

#[cfg(not(unix))]
fn is_readable(_: &fs::Metadata) -> bool {
    true
}

/// Sees to it that the new site is on the disk before it takes the old one's place.
pub(super) fn sync(edition: &Edition, stage: &Path) -> Result<(), PublishError> {
    // One call for all files where there is such a call; thousands of single ones take seconds.
    if disk::sync_disk(Point::StageSync, stage).map_err(PublishError::io("write", stage))? {
        return Ok(());
    }
    let files: Vec<&OutPath> = edition.iter().map(|(path, _)| path).collect();
    files.into_par_iter().map(OutPath::as_str).chain([manifest::NAME]).try_for_each(|path| {
        let path = stage.join(path);
        disk::sync_file(Point::StageSyncEach, &path).map_err(PublishError::io("write", &path))
    })?;
    // A file is safe only where its name is, too.
    let folders: BTreeSet<&str> = edition.iter().flat_map(|(path, _)| path.folders()).chain([""]).collect();
    folders.into_iter().try_for_each(|folder| {
        let path = stage.join(folder);
        disk::sync_folder(Point::StageSyncEach, &path).map_err(PublishError::io("write", &path))
    })
}

/// Lets the stage take the target's place; the old site, if any, is in the stage afterwards.
pub(super) fn swap(target: &Target) -> Result<(), PublishError> {
    let failed = || PublishError::io("replace", &target.out);
    if fs::symlink_metadata(&target.out).is_err() {
        disk::rename(Point::SwapFirst, &target.stage, &target.out).map_err(failed())?;
    } else if !disk::exchange(Point::SwapExchange, &target.stage, &target.out).map_err(failed())? {
        swap_in_steps(target)?;
    }
    // The site is in its place; a failure here would only matter if the power went now.
    let _ = disk::sync_folder(Point::SwapSettle, &target.parent);
    Ok(())
}

/// The same where two folders cannot be exchanged. For a moment there is no site; a build killed then is mended by [`clear_remains`].
pub(super) fn swap_in_steps(target: &Target) -> Result<(), PublishError> {
    let failed = || PublishError::io("replace", &target.out);
    disk::rename(Point::SwapAside, &target.out, &target.old).map_err(failed())?;
    if let Err(error) = disk::rename(Point::SwapIn, &target.stage, &target.out) {
        // Should this fail too, the next build brings the old site back.
        let _ = disk::rename(Point::RemainsBack, &target.old, &target.out);
        return Err(failed()(error));
    }
    // The new site is in its place; where this fails, the next build clears the old one away.
    let _ = disk::rename(Point::SwapAway, &target.old, &target.stage);
    Ok(())
}

/// Removes a stage or an old site, whatever it is; links in it are removed and not followed.
pub(super) fn remove(point: Point, path: &Path) -> Result<(), PublishError> {
    disk::remove_all(point, path).map_err(PublishError::io("remove", path))
}
