//! One build at a time for one output folder. Uses its sister modules only.
//!
//! The lock is the operating system's and goes with the process; the file is only what it hangs on.

use super::error::PublishError;
use super::target::Target;
use std::fs::{self, File, OpenOptions, TryLockError};
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
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(PublishError::io("make the lock", path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PublishError::Locked(target.out.clone())),
            // Some network drives have no locks; a site can still be built there.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(PublishError::io("take the lock", path)(error)),
        }
        // The build that had the lock may have removed the file between our opening and our locking it.
        if is_at(&file, path) {
            return Ok(Lock { path: path.clone(), _file: file });
        }
    }
}

impl Drop for Lock {
    /// Tidies the file away before the lock goes.
    fn drop(&mut self) {
        // Removed while held: whoever opened the file before will see in `take` that it is no longer there.
        // Where that cannot be seen, the empty file stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether the open file is the one that lies at the path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
