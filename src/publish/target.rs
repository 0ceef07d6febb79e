//! Where a site may be published: which folder is meant, and whether all that is in it is ours. Uses `manifest`, `fault` and its sister modules only.

use super::disk;
use super::error::PublishError;
use crate::fault::Point;
use crate::manifest::{self, Manifest};
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// How many strange files a refusal names.
const NAMED: usize = 5;

/// The output folder and its neighbours.
#[derive(Debug)]
pub(super) struct Target {
    /// The folder that holds it.
    pub(super) parent: PathBuf,
    /// The folder itself; no part of the path before the last is a symbolic link.
    pub(super) out: PathBuf,
    /// Where the new site is written before it takes its place.
    pub(super) stage: PathBuf,
    /// Where the old site waits on file systems that cannot exchange two folders.
    pub(super) old: PathBuf,
    /// The file that says that a build is at work.
    pub(super) lock: PathBuf,
}

impl Target {
    /// Finds out which folder is meant, and refuses those that a build must never replace.
    pub(super) fn resolve(out: &Path, root: &Path) -> Result<Self, PublishError> {
        let protected = |why| PublishError::Protected { out: out.to_path_buf(), why };
        let absolute = std::path::absolute(out).map_err(PublishError::io("find", out))?;
        let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(protected("is not a folder of its own"));
        };
        let parent = real_path(parent)?.ok_or_else(|| protected("has “..” after a folder that does not exist"))?;
        let out = parent.join(name);
        let beside = |suffix: &str| {
            let mut beside = OsString::from(".");
            beside.push(name);
            beside.push(suffix);
            parent.join(beside)
        };
        let target = Self {
            stage: beside(".sourcebook-stage"),
            old: beside(".sourcebook-old"),
            lock: beside(".sourcebook-lock"),
            parent,
            out,
        };
        target.check_place(root)?;
        Ok(target)
    }

    /// Refuses the folders that hold the site's sources or the editor's other things.
    fn check_place(&self, root: &Path) -> Result<(), PublishError> {
        let protected = |why| PublishError::Protected { out: self.out.clone(), why };
        // As the file system spells it, where it does not mind the case of letters.
        let out = fs::canonicalize(&self.out).unwrap_or_else(|_| self.out.clone());
        let root = fs::canonicalize(root).map_err(PublishError::io("find", root))?;
        if root.starts_with(&out) {
            return Err(protected("is or holds the folder of the site itself"));
        }
        for (name, why) in [
            ("content", "lies in or holds content/"),
            ("templates", "lies in or holds templates/"),
            ("static", "lies in or holds static/"),
        ] {
            let source = root.join(name);
            let source = fs::canonicalize(&source).unwrap_or(source);
            if out.starts_with(&source) || source.starts_with(&out) {
                return Err(protected(why));
            }
        }
        let home = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok());
        if home.is_some_and(|home| home.starts_with(&out)) {
            return Err(protected("is or holds your home folder"));
        }
        Ok(())
    }

    /// Makes the folder that holds the output folder.
    pub(super) fn create_parent(&self) -> Result<(), PublishError> {
        disk::make_folders(Point::Parent, &self.parent).map_err(PublishError::io("make the folder", &self.parent))
    }

    /// Looks at what is there: nothing or an empty folder (`None`), or an edition of ours by its manifest. Everything else is refused.
    pub(super) fn inspect(&self) -> Result<Option<Manifest>, PublishError> {
        let kind = match fs::symlink_metadata(&self.out) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PublishError::io("look at", &self.out)(error)),
        };
        if kind.is_symlink() {
            return Err(PublishError::Symlink(self.out.clone()));
        }
        if !kind.is_dir() {
            return Err(PublishError::NotAFolder(self.out.clone()));
        }
        let present = self.list_files()?;
        if present.is_empty() {
            return Ok(None);
        }
        let manifest = self.read_manifest()?.ok_or_else(|| PublishError::Foreign(self.out.clone()))?;
        let ours: BTreeSet<&str> = manifest.files.iter().map(|entry| entry.path.as_str()).collect();
        let is_stranger = |path: &&String| path.as_str() != manifest::NAME && !ours.contains(path.as_str());
        let mut strangers: Vec<String> = present.iter().filter(is_stranger).cloned().collect();
        if strangers.is_empty() {
            return Ok(Some(manifest));
        }
        let more = strangers.len().saturating_sub(NAMED);
        strangers.truncate(NAMED);
        Err(PublishError::Strangers { out: self.out.clone(), files: strangers, more })
    }

    /// Which folder lies at the target, whatever is in it; `None` where there is none.
    pub(super) fn identity(&self) -> Option<Identity> {
        identity(&self.out)
    }

    /// Which folder was there, after stage and target have changed places.
    pub(super) fn identity_of_old(&self) -> Option<Identity> {
        identity(&self.stage)
    }

    /// The paths of all that is not a folder, with `/`. Links are listed and not followed.
    fn list_files(&self) -> Result<BTreeSet<String>, PublishError> {
        let mut files = BTreeSet::new();
        for entry in WalkDir::new(&self.out).min_depth(1).follow_links(false) {
            let entry = entry.map_err(|error| PublishError::io("look into", &self.out)(error.into()))?;
            if !entry.file_type().is_dir() {
                let path = entry.path().strip_prefix(&self.out).unwrap_or(entry.path());
                let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
                files.insert(parts.join("/"));
            }
        }
        Ok(files)
    }

    fn read_manifest(&self) -> Result<Option<Manifest>, PublishError> {
        let path = self.out.join(manifest::NAME);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => {
                let text = fs::read(&path).map_err(PublishError::io("read", &path))?;
                Ok(Manifest::parse(&text))
            }
            _ => Ok(None),
        }
    }
}

/// What tells one folder from another, though they have the same name.
pub(super) type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

/// The path without links, for a folder whose last parts need not exist yet. `None` when such a part is `..`: nobody can say where it leads.
fn real_path(path: &Path) -> Result<Option<PathBuf>, PublishError> {
    let mut existing = path;
    loop {
        match fs::canonicalize(existing) {
            Ok(real) => {
                let rest = path.strip_prefix(existing).unwrap_or(Path::new(""));
                let plain = rest.components().all(|part| matches!(part, Component::Normal(_)));
                return Ok(plain.then(|| real.join(rest)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => match existing.parent() {
                Some(parent) => existing = parent,
                None => return Ok(None),
            },
            Err(error) => return Err(PublishError::io("find", path)(error)),
        }
    }
}
