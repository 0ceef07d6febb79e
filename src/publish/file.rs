//! One file instead of a folder: a report, an export, a file of the site. Uses `fault` and its sister modules only.
//!
//! A file is written beside the one that it replaces, kept, and renamed. What it is written into is locked as long as that takes, so that two runs
//! cannot write the same file, and what a killed run left there is known for what it is.

use super::disk;
use super::error::PublishError;
use super::lock;
use crate::fault::Point;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file that this run alone may write, until the value goes.
#[derive(Debug)]
pub struct Held {
    _file: File,
}

/// Writes a file in one step. A file that is there is replaced only when `ours` recognises it as an older one of the same kind.
pub fn write(path: &Path, bytes: &[u8], ours: impl Fn(&[u8]) -> bool) -> Result<(), PublishError> {
    let _held = place(path, bytes, ours)?;
    settle(path);
    Ok(())
}

/// The same, but for [`settle`].
pub fn place(path: &Path, bytes: &[u8], ours: impl Fn(&[u8]) -> bool) -> Result<Held, PublishError> {
    look(path, bytes, &ours)?;
    let Some(stage) = stage(path) else { return Err(PublishError::NotAFile(path.to_path_buf())) };
    if let Some(parent) = folder(path) {
        disk::make_folders(Point::FileFolder, parent).map_err(PublishError::io("make the folder", parent))?;
    }
    let file = open(&stage, path)?;
    // Once more: another run may have written between the first look and the lock.
    let written = look(path, bytes, &ours).and_then(|()| {
        let filled = disk::fill(Point::FileFill, path, &file, bytes)
            .and_then(|()| disk::sync(Point::FileSync, path, &file))
            .and_then(|()| disk::rename(Point::FileReplace, &stage, path));
        filled.map_err(PublishError::io("write", path))
    });
    if written.is_err() {
        let _ = disk::remove_file(Point::FileDrop, &stage);
    }
    written.map(|()| Held { _file: file })
}

/// Sees to it that a file that was written, taken away or renamed is so after a power cut, too. Not every file system can be asked that; the file is
/// in its place even so.
pub fn settle(path: &Path) {
    if let Some(parent) = folder(path) {
        let _ = disk::sync_folder(Point::FileSettle, parent);
    }
}

/// Takes away what a killed run left beside a file.
pub fn clear(path: &Path) {
    if let Some(stage) = stage(path) {
        let _ = take_away(&stage, path);
    }
}

/// Opens a file that another run may be holding, and holds it. `None` where it is held, or nobody can say.
pub fn seize(path: &Path) -> io::Result<Option<(Held, Vec<u8>)>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    if file.try_lock().is_err() || !lock::is_at(&file, path) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Some((Held { _file: file }, bytes)))
}

/// Takes a file away.
pub fn remove(path: &Path) -> io::Result<()> {
    disk::remove_file(Point::FileRemove, path)
}

/// Gives a file another name, in a folder that need not be there yet.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(parent) = folder(to) {
        disk::make_folders(Point::FileFolder, parent)?;
    }
    disk::rename(Point::FileRename, from, to)
}

/// Makes a folder and those above it.
pub fn make_folders(path: &Path) -> io::Result<()> {
    disk::make_folders(Point::FileFolder, path)
}

/// Takes away a folder in which nothing is.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    disk::remove_folder(Point::FolderRemove, path)
}

/// Whether a file may be written.
fn look(path: &Path, bytes: &[u8], ours: &impl Fn(&[u8]) -> bool) -> Result<(), PublishError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => Err(PublishError::NotAFile(path.to_path_buf())),
        Ok(_) => {
            let old = fs::read(path).map_err(PublishError::io("read", path))?;
            if old.is_empty() || old == bytes || ours(&old) {
                return Ok(());
            }
            Err(PublishError::ForeignFile(path.to_path_buf()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(PublishError::io("write", path)(error)),
    }
}

/// Makes the file that will replace another, and locks it.
fn open(stage: &Path, path: &Path) -> Result<File, PublishError> {
    let failed = || PublishError::io("write", path);
    loop {
        match disk::create(Point::FileStage, stage) {
            // Another run may take it for left over in the moment before it is locked.
            Ok(file) => {
                if lock::hold(&file).map_err(failed())? && lock::is_at(&file, stage) {
                    return Ok(file);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => take_away(stage, path)?,
            Err(error) => return Err(failed()(error)),
        }
    }
}

/// Takes away what a killed run left, or a link that somebody laid: it is never written through.
fn take_away(stage: &Path, path: &Path) -> Result<(), PublishError> {
    let failed = || PublishError::io("write", path);
    let Ok(metadata) = fs::symlink_metadata(stage) else { return Ok(()) };
    let held = if metadata.is_file() { OpenOptions::new().write(true).open(stage).ok() } else { None };
    if let Some(file) = &held {
        if !lock::hold(file).map_err(failed())? {
            return Err(PublishError::Busy(path.to_path_buf()));
        }
        if !lock::is_at(file, stage) {
            return Ok(());
        }
    }
    disk::remove_file(Point::FileDrop, stage).map_err(failed())
}

/// The file that is written before it takes the place of another.
fn stage(path: &Path) -> Option<PathBuf> {
    let mut stage = OsString::from(".");
    stage.push(path.file_name()?);
    stage.push(".sourcebook-stage");
    Some(path.with_file_name(stage))
}

/// The folder that holds a file.
fn folder(path: &Path) -> Option<&Path> {
    let parent = path.parent()?;
    Some(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_older_one_of_its_kind_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/report.csv");
        let ours = |bytes: &[u8]| bytes.starts_with(b"id,");
        write(&path, b"id,1", ours).unwrap();
        write(&path, b"id,2", ours).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"id,2");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "a stage was left");
        fs::write(&path, "notes").unwrap();
        assert!(matches!(write(&path, b"id,3", ours), Err(PublishError::ForeignFile(_))));
        assert_eq!(fs::read(&path).unwrap(), b"notes");
        assert!(matches!(write(folder.path(), b"id,3", ours), Err(PublishError::NotAFile(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "kept").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        std::os::unix::fs::symlink(&target, folder.path().join(".new.sourcebook-stage")).unwrap();
        write(&folder.path().join("new"), b"x", |_| true).unwrap();
        assert!(matches!(write(&link, b"x", |_| true), Err(PublishError::NotAFile(_))));
        assert_eq!(fs::read(&target).unwrap(), b"kept");
    }

    #[test]
    fn two_runs_cannot_write_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        let stage = stage(&path).unwrap();
        let other = open(&stage, &path).unwrap();
        assert!(matches!(write(&path, b"1", |_| true), Err(PublishError::Busy(_))));
        clear(&path);
        assert!(stage.exists(), "what another run writes was taken away");
        drop(other);
        // What a killed run left is held by nobody.
        write(&path, b"2", |_| true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
        fs::write(&stage, "half").unwrap();
        clear(&path);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a stage was left");

        let held = place(&path, b"3", |_| true).unwrap();
        assert!(seize(&path).unwrap().is_none());
        drop(held);
        assert_eq!(seize(&path).unwrap().unwrap().1, b"3");
    }
}
