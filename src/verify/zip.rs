//! Looking at a zip that nobody unpacked. Uses `bundle::archive`.

use super::{Copy, Seen};
use crate::bundle::archive::{Archive, ArchiveError};
use crate::manifest;
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// All files of a copy together have no more bytes than this.
const LIMIT: u64 = 8 << 30;

/// A signature is never longer than this.
const SEAL_LIMIT: u64 = 4096;

/// Looks at a zip. No file is unpacked further than the longest that is listed, so a small zip cannot fill the memory.
pub fn look(reader: impl Read + Seek) -> Result<Copy, ArchiveError> {
    let mut archive = Archive::open(reader)?;
    let sizes: Vec<u64> = archive.manifest.files.iter().map(|entry| entry.size).collect();
    if sizes.iter().try_fold(0_u64, |sum, size| sum.checked_add(*size)).is_none_or(|sum| sum > LIMIT) {
        return Err(ArchiveError::Misleading("its list names more than eight thousand million bytes".to_owned()));
    }
    let largest = sizes.into_iter().max().unwrap_or(0);
    let seal = archive.read(manifest::SEAL, SEAL_LIMIT).ok().flatten();
    let paths: Vec<String> = archive.paths().filter(|path| *path != manifest::SEAL).map(str::to_owned).collect();
    let mut seen = BTreeMap::new();
    let mut left = LIMIT;
    for path in paths {
        // A file may be another one that is listed, under this name.
        let found = archive.see(&path, largest.min(left));
        if let Seen::Read { size, .. } = &found {
            left = left.saturating_sub(*size);
        }
        seen.insert(path, found);
    }
    let seal = seal.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(Copy { manifest: archive.manifest, list: archive.list, seal, seen, is_packed: true })
}

impl<R: Read + Seek> Archive<R> {
    fn see(&mut self, path: &str, limit: u64) -> Seen {
        match self.measure(path, limit) {
            Ok(Some((size, sha256))) => Seen::Read { size, sha256 },
            Ok(None) => Seen::Large,
            Err(_) => Seen::Damaged,
        }
    }
}
