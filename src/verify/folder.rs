//! Looking at a folder on the disk. Links are told and never followed.

use super::{Copy, Seen};
use crate::manifest::{self, Manifest};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Why a folder is not looked into.
#[derive(Debug)]
#[non_exhaustive]
pub enum FolderError {
    /// It has no manifest of ours, nor has a folder in it.
    NoManifest,
    /// Its manifest is of a later program.
    Newer(u32),
    /// The machine failed.
    Io(io::Error),
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoManifest => {
                write!(f, "it has no {} of Sourcebook, so nobody can say what should be in it", manifest::NAME)
            }
            Self::Newer(format) => write!(
                f,
                "its {} has the form {format}, which a later Sourcebook made; take that one to look at it",
                manifest::NAME
            ),
            Self::Io(error) => write!(f, "it cannot be read: {error}"),
        }
    }
}

impl std::error::Error for FolderError {}

impl From<io::Error> for FolderError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Looks at a folder, or at the one folder in it that an unpacked zip left there.
pub fn look(folder: &Path) -> Result<Copy, FolderError> {
    let base = base_of(folder)?;
    let list = fs::read(base.join(manifest::NAME))?;
    let manifest = Manifest::parse(&list).ok_or(FolderError::NoManifest)?;
    if manifest.format > manifest::FORMAT {
        return Err(FolderError::Newer(manifest.format));
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(&base).min_depth(1).follow_links(false) {
        let entry = entry.map_err(io::Error::from)?;
        let below = entry.path().strip_prefix(&base).unwrap_or(entry.path());
        let path = below.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/");
        if !entry.file_type().is_dir() && ![manifest::NAME, manifest::SEAL].contains(&path.as_str()) {
            found.push((path, entry.file_type().is_file(), entry.into_path()));
        }
    }
    let seen = found
        .into_par_iter()
        .map(|(path, is_file, full)| (path, if is_file { see(&full) } else { Seen::NoFile }))
        .collect::<Vec<_>>();
    let seal = fs::read_to_string(base.join(manifest::SEAL)).ok();
    Ok(Copy { manifest, list, seal, seen: seen.into_iter().collect::<BTreeMap<_, _>>(), is_packed: false })
}

fn base_of(folder: &Path) -> Result<PathBuf, FolderError> {
    let has_list = |folder: &Path| folder.join(manifest::NAME).is_file();
    if has_list(folder) {
        return Ok(folder.to_path_buf());
    }
    let mut inner: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    inner.retain(|path| has_list(path));
    match <[PathBuf; 1]>::try_from(inner) {
        Ok([only]) => Ok(only),
        Err(_) => Err(FolderError::NoManifest),
    }
}

fn see(path: &Path) -> Seen {
    let mut digest = Sha256::new();
    match File::open(path).and_then(|mut file| io::copy(&mut file, &mut digest)) {
        Ok(size) => Seen::Read { size, sha256: format!("{:x}", digest.finalize()) },
        Err(_) => Seen::Damaged,
    }
}
