//! Every way in which the program changes the disk, each with its point at which a test lets it fail. Uses `fault` only.
//!
//! Nothing else in `src/` writes, but what lies in temporary folders: a test of the suite looks.

use crate::fault::{self, Point};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes a folder that everyone may read: web servers run as somebody else, whatever the editor's umask.
pub(super) fn make_public_folder(point: Point, path: &Path) -> io::Result<()> {
    fault::pass(point, path)?;
    fs::create_dir(path)?;
    set_mode(path, 0o755)
}

/// Makes a folder and those above it, as far as they are missing.
pub(super) fn make_folders(point: Point, path: &Path) -> io::Result<()> {
    fault::pass(point, path)?;
    fs::create_dir_all(path)
}

/// Makes a file where nothing is, not even a link.
pub(super) fn create(point: Point, path: &Path) -> io::Result<File> {
    fault::pass(point, path)?;
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Opens the file of a lock, and makes it where it is missing.
pub(super) fn open_lock(point: Point, path: &Path) -> io::Result<File> {
    fault::pass(point, path)?;
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}

/// Writes what a file holds.
pub(super) fn fill(point: Point, path: &Path, mut file: &File, bytes: &[u8]) -> io::Result<()> {
    let (first, second) = fault::halves(bytes);
    file.write_all(first)?;
    fault::pass(point, path)?;
    file.write_all(second)
}

/// Makes a file that everyone may read.
pub(super) fn write_public(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = create(Point::StageFile, path)?;
    fill(Point::StageFill, path, &file, bytes)?;
    open_to_all(&file)
}

/// Lets everyone read a file: web servers run as somebody else, whatever the editor's umask.
#[cfg(unix)]
pub(super) fn open_to_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn open_to_all(_: &File) -> io::Result<()> {
    Ok(())
}

/// Gives a file a second name.
pub(super) fn link(point: Point, from: &Path, to: &Path) -> io::Result<()> {
    fault::pass(point, to)?;
    fs::hard_link(from, to)
}

/// Gives a file or folder another name; a file of that name is replaced in one step.
pub(super) fn rename(point: Point, from: &Path, to: &Path) -> io::Result<()> {
    fault::pass(point, to)?;
    fs::rename(from, to)
}

/// Lets two folders change places in one step. `false` where the system or the file system has no such step.
pub(super) fn exchange(point: Point, one: &Path, other: &Path) -> io::Result<bool> {
    match fault::pass(point, other).and_then(|()| exchange_at_once(one, other)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange_at_once(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| match error {
        Errno::NOSYS | Errno::INVAL | Errno::NOTSUP => io::ErrorKind::InvalidInput.into(),
        error => error.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange_at_once(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::InvalidInput.into())
}

/// Removes a file, a link, or a folder with all that is in it; links are not followed. What is not there is no error.
pub(super) fn remove_all(point: Point, path: &Path) -> io::Result<()> {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
    fault::pass(point, path)?;
    if metadata.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

/// Removes a file or a link.
pub(super) fn remove_file(point: Point, path: &Path) -> io::Result<()> {
    fault::pass(point, path)?;
    fs::remove_file(path)
}

/// Removes a folder in which nothing is.
pub(super) fn remove_folder(point: Point, path: &Path) -> io::Result<()> {
    fault::pass(point, path)?;
    fs::remove_dir(path)
}

/// Sees to it that a file outlives a power cut.
pub(super) fn sync(point: Point, path: &Path, file: &File) -> io::Result<()> {
    fault::pass(point, path)?;
    file.sync_all()
}

/// The same of a file that is not open.
pub(super) fn sync_file(point: Point, path: &Path) -> io::Result<()> {
    fault::pass(point, path)?;
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Sees to it that the names in a folder outlive a power cut, where folders can be asked that.
pub(super) fn sync_folder(point: Point, path: &Path) -> io::Result<()> {
    fault::pass(point, path)?;
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

/// Sees to it that everything on the disk of a folder outlives a power cut. `false` where there is no such call.
#[cfg(target_os = "linux")]
pub(super) fn sync_disk(point: Point, path: &Path) -> io::Result<bool> {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    const EIO: Option<i32> = Some(5);
    let folder = File::open(path)?;
    match fault::pass(point, path).and_then(|()| Ok(rustix::fs::syncfs(&folder)?)) {
        Ok(()) => Ok(true),
        // What could not be written then is told once, and would not be told again of each file.
        Err(error) if error.raw_os_error() == EIO || matches!(error.kind(), StorageFull | QuotaExceeded) => Err(error),
        Err(_) => Ok(false),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn sync_disk(point: Point, path: &Path) -> io::Result<bool> {
    fault::pass(point, path).map(|()| false)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
