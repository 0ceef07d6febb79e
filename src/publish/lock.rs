//! One build at a time for one output folder. Uses `fault` and its sister modules only.
//!
//! The lock is the operating system's and goes with the process; the file is only what it hangs on.

use super::disk;
use super::error::PublishError;
use super::target::Target;
use crate::fault::Point;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A lock that is held.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Open as long as the lock is held.
    _file: File,
}

/// Takes the lock, or says that another build has it.
pub(super) fn take(target: &Target) -> Result<Lock, PublishError> {
    let path = &target.lock;
    loop {
        let file = disk::open_lock(Point::LockTake, path).map_err(PublishError::io("make the lock", path))?;
        if !hold(&file).map_err(PublishError::io("take the lock", path))? {
            return Err(PublishError::Locked(target.out.clone()));
        }
        // The build that had the lock may have removed the file between our opening and our locking it.
        if is_at(&file, path) {
            return Ok(Lock { path: path.clone(), _file: file });
        }
    }
}

/// Locks a file that is open. `false` where somebody else has locked it.
pub(super) fn hold(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        // Some network drives have no locks; a site can still be built there.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Drop for Lock {
    /// Tidies the file away before the lock goes.
    fn drop(&mut self) {
        // Removed while held: whoever opened the file before will see in `take` that it is no longer there.
        // Where that cannot be seen, the empty file stays.
        if cfg!(unix) {
            let _ = disk::remove_file(Point::LockLeave, &self.path);
        }
    }
}

/// Whether the open file is the one that lies at the path.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(super) fn is_at(_: &File, _: &Path) -> bool {
    true
}
