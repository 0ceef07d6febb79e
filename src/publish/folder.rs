//! Writing a whole site beside the old one, and letting the two change places. Uses `site::edition`, `manifest` and its sister modules only.

use super::error::PublishError;
use super::target::Target;
use crate::manifest::{self, Entry, Manifest};
use crate::site::edition::{Clash, Edition, OutPath};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
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
            remove(&target.old)?;
        } else {
            // The old site had gone aside and the new one had not come: the old one comes back.
            fs::rename(&target.old, &target.out).map_err(PublishError::io("bring back", &target.out))?;
        }
    }
    remove(&target.stage)
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
            if before.is_same(&old, entry, bytes) && fs::hard_link(&old, &new).is_ok() {
                return Ok(true);
            }
            write_file(&new, bytes).map_err(PublishError::io("write", &new))?;
            Ok(false)
        })
        .collect();
    let path = target.stage.join(manifest::NAME);
    write_file(&path, manifest.to_json().as_bytes()).map_err(PublishError::io("write", &path))?;
    Ok(kept?.into_iter().filter(|kept| *kept).count())
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    set_mode(path, 0o644)
}

fn make_folder(path: &Path) -> Result<(), PublishError> {
    fs::create_dir(path).and_then(|()| set_mode(path, 0o755)).map_err(PublishError::io("make the folder", path))
}

/// Web servers run as somebody else: a site is readable whatever the editor's umask.
#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
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
    #[cfg(target_os = "linux")]
    if File::open(stage).is_ok_and(|folder| rustix::fs::syncfs(&folder).is_ok()) {
        return Ok(());
    }
    let files: Vec<&OutPath> = edition.iter().map(|(path, _)| path).collect();
    files.into_par_iter().map(OutPath::as_str).chain([manifest::NAME]).try_for_each(|path| {
        let path = stage.join(path);
        OpenOptions::new()
            .write(true)
            .open(&path)
            .and_then(|file| file.sync_all())
            .map_err(PublishError::io("write", &path))
    })
}

/// Lets the stage take the target's place; the old site, if any, is in the stage afterwards.
pub(super) fn swap(target: &Target) -> Result<(), PublishError> {
    if fs::symlink_metadata(&target.out).is_err() {
        fs::rename(&target.stage, &target.out).map_err(PublishError::io("replace", &target.out))?;
    } else if !exchange(target)? {
        swap_in_steps(target)?;
    }
    // The site is in its place; a failure here would only matter if the power went now.
    let _ = File::open(&target.parent).and_then(|parent| parent.sync_all());
    Ok(())
}

/// The same where two folders cannot be exchanged. For a moment there is no site; a build killed then is mended by [`clear_remains`].
pub(super) fn swap_in_steps(target: &Target) -> Result<(), PublishError> {
    let replace = |from: &Path, to: &Path| fs::rename(from, to).map_err(PublishError::io("replace", &target.out));
    replace(&target.out, &target.old)?;
    if let Err(error) = replace(&target.stage, &target.out) {
        // Should this fail too, the next build brings the old site back.
        let _ = fs::rename(&target.old, &target.out);
        return Err(error);
    }
    // The new site is in its place; where this fails, the next build clears the old one away.
    let _ = fs::rename(&target.old, &target.stage);
    Ok(())
}

/// Exchanges stage and target in one step. `false` where the system or the file system has no such step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(target: &Target) -> Result<bool, PublishError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, &target.stage, CWD, &target.out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(PublishError::io("replace", &target.out)(error.into())),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Target) -> Result<bool, PublishError> {
    Ok(false)
}

/// Removes a stage or an old site, whatever it is; links in it are removed and not followed.
pub(super) fn remove(path: &Path) -> Result<(), PublishError> {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
    let removed = if metadata.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(PublishError::io("remove", path))
}
