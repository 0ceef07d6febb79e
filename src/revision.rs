//! What the site was at another time, as Git keeps it. The program `git` is asked; nothing in the repository is changed.
//!
//! A revision is always that from which the present one went off (the merge base), so that what others did meanwhile on the main branch is
//! nobody's change here. Uses nothing of ours.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use zip::ZipArchive;

/// A file of a site is never larger than this.
const FILE_LIMIT: u64 = 256 << 20;

/// A folder that Git watches over.
#[derive(Debug)]
pub struct Repository {
    folder: PathBuf,
}

/// A revision of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The name of the commit in full.
    commit: String,
}

/// Why Git does not answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum RevisionError {
    /// The program cannot be started.
    NoGit(io::Error),
    /// No repository holds the folder.
    NoRepository(PathBuf),
    /// There is no such revision.
    NoRevision(String),
    /// Git says something else.
    Git(String),
    /// What Git gave could not be unpacked.
    Unpack(io::Error),
}

impl fmt::Display for RevisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit(error) => write!(f, "the program git cannot be started: {error}"),
            Self::NoRepository(folder) => {
                write!(f, "{} is in no Git repository, so there is nothing to compare with", folder.display())
            }
            Self::NoRevision(name) => write!(
                f,
                "the repository has no revision `{name}`; name a branch, a tag or a commit (a copy made with --depth has no older ones)"
            ),
            Self::Git(message) => write!(f, "git says: {message}"),
            Self::Unpack(error) => write!(f, "the older files cannot be laid out for comparison: {error}"),
        }
    }
}

impl std::error::Error for RevisionError {}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.commit.get(..10).unwrap_or(&self.commit))
    }
}

impl Repository {
    /// The repository that holds a site's folder.
    pub fn of(folder: &Path) -> Result<Self, RevisionError> {
        let repository = Self { folder: folder.to_path_buf() };
        match repository.git(["rev-parse", "--is-inside-work-tree"]) {
            Ok(_) => Ok(repository),
            Err(RevisionError::Git(_)) => Err(RevisionError::NoRepository(folder.to_path_buf())),
            Err(error) => Err(error),
        }
    }

    /// The revision from which today's went off: the last that `name` and today's have in common.
    pub fn since(&self, name: &str) -> Result<Revision, RevisionError> {
        let of = |output: Vec<u8>| Revision { commit: String::from_utf8_lossy(&output).trim().to_owned() };
        let named = self
            .git(["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])
            .map(of)
            .map_err(|error| match error {
                RevisionError::Git(_) => RevisionError::NoRevision(name.to_owned()),
                other => other,
            })?;
        // Two histories may have nothing in common, or not be here whole.
        Ok(self.git(["merge-base", &named.commit, "HEAD"]).map(of).unwrap_or(named))
    }

    /// The files below the site's folder that are not as they were, with those that Git does not know yet, by path below that folder.
    pub fn changed_since(&self, revision: &Revision) -> Result<BTreeSet<String>, RevisionError> {
        let changed =
            self.git(["diff", "--name-only", "--no-renames", "--relative", "-z", &revision.commit, "--", "."])?;
        let added = self.git(["ls-files", "--others", "--exclude-standard", "-z", "--", "."])?;
        let names = [changed, added].concat();
        let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
    }

    /// The site's folder as it was, laid out in a folder that goes with the value. Links are left out: a site has none.
    pub fn lay_out(&self, revision: &Revision) -> Result<TempDir, RevisionError> {
        let packed = self.git(["archive", "--format=zip", &revision.commit, "--", "."])?;
        let folder = tempfile::tempdir().map_err(RevisionError::Unpack)?;
        unpack(packed, folder.path()).map_err(RevisionError::Unpack)?;
        Ok(folder)
    }

    /// What Git prints.
    fn git<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Vec<u8>, RevisionError> {
        let output = Command::new("git")
            .arg("-C")
            .arg(&self.folder)
            .args(arguments)
            // A hook's own repository is not the one of the folder.
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .map_err(RevisionError::NoGit)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(RevisionError::Git(said.lines().next().unwrap_or("nothing").to_owned()))
    }
}

fn unpack(packed: Vec<u8>, folder: &Path) -> io::Result<()> {
    let mut zip = ZipArchive::new(Cursor::new(packed))?;
    for index in 0..zip.len() {
        let entry = zip.by_index(index)?;
        let Some(name) = entry.enclosed_name().filter(|_| entry.is_file()) else { continue };
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        io::copy(&mut entry.take(FILE_LIMIT), &mut fs::File::create(path)?)?;
    }
    Ok(())
}
