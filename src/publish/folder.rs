//! Writing a whole site beside the old one, and letting the two change places. Uses `site::edition`, `manifest`, `fault` and its sister modules only.

use super::disk;
use super::error::PublishError;
use super::target::Target;
use crate::fault::Point;
use crate::manifest::{self, Manifest};
use crate::site::edition::{Clash, Edition, OutPath, Pieces, Written};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

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
#[derive(Debug)]
pub(super) enum Before {
    /// There is no site.
    Nothing,
    /// They are as this manifest says.
    Known(Manifest),
    /// This manifest lists them, and they must be read.
    Unread(Manifest),
}

impl Before {
    /// The manifest of the site that is there.
    pub(super) fn manifest(&self) -> Option<&Manifest> {
        match self {
            Self::Nothing => None,
            Self::Known(manifest) | Self::Unread(manifest) => Some(manifest),
        }
    }

    /// Whether the file `old`, which lay at a path, says the same to the byte as a new one; `compare` reads it, where it must be read.
    fn is_same(
        &self,
        old: &Path,
        path: &OutPath,
        (size, sha256): (u64, &str),
        compare: impl FnOnce() -> io::Result<bool>,
    ) -> bool {
        match self {
            Self::Nothing => false,
            Self::Known(manifest) => manifest.sha256(path.as_str()) == Some(sha256) && is_plain(old, size),
            Self::Unread(_) => is_plain(old, size) && compare().unwrap_or(false),
        }
    }
}

/// Whether a file of the old site can be one of the new: it has that size, and everyone may read it.
fn is_plain(path: &Path, size: u64) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == size && is_readable(&found))
}

/// Whether two files of one size say the same.
fn say_the_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (BufReader::new(File::open(one)?), BufReader::new(File::open(other)?));
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        let common = a.len().min(b.len());
        if a.get(..common) != b.get(..common) {
            return Ok(false);
        }
        if common == 0 {
            return Ok(a.is_empty() && b.is_empty());
        }
        one.consume(common);
        other.consume(common);
    }
}

/// A new site, as far as it is written, beside the old one.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    old: PathBuf,
    pub(super) before: Before,
    /// The folders in it that were made.
    made: Mutex<BTreeSet<String>>,
}

impl Stage {
    /// An empty one.
    pub(super) fn new(target: &Target, before: Before) -> Result<Self, PublishError> {
        make_folder(&target.stage)?;
        Ok(Self { folder: target.stage.clone(), old: target.out.clone(), before, made: Mutex::default() })
    }

    /// Writes a file; `None` where one of that name is there. A file of the old site that says the same gets a second name in the new one: it keeps its date, and nothing is written.
    pub(super) fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<Option<Written>, PublishError> {
        self.make_folders_of(path)?;
        let sha256 = manifest::hash(bytes);
        let (new, old) = (self.folder.join(path.as_str()), self.old.join(path.as_str()));
        let size = bytes.len() as u64;
        let compare = || Ok(fs::read(&old)? == bytes);
        let is_unchanged = self.before.is_same(&old, path, (size, &sha256), compare)
            && disk::link(Point::StageLink, &old, &new).is_ok();
        if !is_unchanged {
            match disk::write_public(&new, bytes) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
                written => written.map_err(PublishError::io("write", &new))?,
            }
        }
        Ok(Some(Written { size, sha256, is_unchanged }))
    }

    /// The same of a file that comes piece by piece.
    pub(super) fn put_pieces(&self, path: &OutPath, write: Pieces<'_>) -> Result<Option<Written>, PublishError> {
        self.make_folders_of(path)?;
        let (new, old) = (self.folder.join(path.as_str()), self.old.join(path.as_str()));
        let failed = || PublishError::io("write", &new);
        let file = match disk::create(Point::StageFile, &new) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
            file => file.map_err(failed())?,
        };
        let (mut size, mut digest, mut filled) = (0, Sha256::new(), Ok(()));
        write(&mut |piece| {
            if filled.is_ok() {
                size += piece.len() as u64;
                digest.update(piece);
                filled = disk::fill(Point::StageFill, &new, &file, piece);
            }
        });
        filled.and_then(|()| disk::open_to_all(&file)).map_err(failed())?;
        let sha256 = format!("{:x}", digest.finalize());
        let compare = || say_the_same(&old, &new);
        let is_unchanged =
            self.before.is_same(&old, path, (size, &sha256), compare) && self.take_old(&old, &new).is_ok();
        Ok(Some(Written { size, sha256, is_unchanged }))
    }

    /// Gives files of the old site, which are known to be as they were made, a second name in the new one. `None` where one of them is no longer there so, or where another has its name.
    pub(super) fn take_again(&self, paths: &[OutPath]) -> Result<Option<Vec<(OutPath, Written)>>, PublishError> {
        let Before::Known(manifest) = &self.before else { return Ok(None) };
        let entry = |path: &OutPath| {
            let entry = manifest.entry(path.as_str())?;
            is_plain(&self.old.join(path.as_str()), entry.size).then_some(entry)
        };
        let Some(entries) = paths.iter().map(entry).collect::<Option<Vec<_>>>() else { return Ok(None) };
        let mut taken = Vec::with_capacity(paths.len());
        for (path, entry) in paths.iter().zip(entries) {
            self.make_folders_of(path)?;
            let (new, old) = (self.folder.join(path.as_str()), self.old.join(path.as_str()));
            let copy = |_| disk::write_public(&new, &fs::read(&old)?);
            match disk::link(Point::StageLink, &old, &new).or_else(copy) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
                linked => linked.map_err(PublishError::io("write", &new))?,
            }
            taken.push((path.clone(), Written { size: entry.size, sha256: entry.sha256.clone(), is_unchanged: true }));
        }
        Ok(Some(taken))
    }

    /// Lets a file of the old site take the place of the same in the new one.
    fn take_old(&self, old: &Path, new: &Path) -> io::Result<()> {
        // No file of a site has such a name: a tilde is not portable.
        let beside = self.folder.join("~");
        disk::link(Point::StageLink, old, &beside)?;
        disk::rename(Point::StageLink, &beside, new)
    }

    /// Writes the list of all that is in it, which is its last file.
    pub(super) fn close(&self, manifest: &Manifest) -> Result<(), PublishError> {
        let path = self.folder.join(manifest::NAME);
        disk::write_public(&path, manifest.to_json().as_bytes()).map_err(PublishError::io("write", &path))
    }

    fn make_folders_of(&self, path: &OutPath) -> Result<(), PublishError> {
        // Held while a folder is made, so that whoever finds it listed finds it there.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let missing: Vec<&str> = path.folders().take_while(|folder| !made.contains(*folder)).collect();
        for folder in missing.into_iter().rev() {
            make_folder(&self.folder.join(folder))?;
            made.insert(folder.to_owned());
        }
        Ok(())
    }
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
    let files: Vec<&OutPath> = edition.paths().collect();
    files.into_par_iter().map(OutPath::as_str).chain([manifest::NAME]).try_for_each(|path| {
        let path = stage.join(path);
        disk::sync_file(Point::StageSyncEach, &path).map_err(PublishError::io("write", &path))
    })?;
    // A file is safe only where its name is, too.
    let folders: BTreeSet<&str> = edition.paths().flat_map(OutPath::folders).chain([""]).collect();
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
