//! Why a site could not be published, with the way out, in the editor's words. Uses nothing else of the program.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a site was not published. The old one is whole in every case.
#[derive(Debug)]
#[non_exhaustive]
pub enum PublishError {
    /// The output folder is a symbolic link.
    Symlink(PathBuf),
    /// The output folder is a file, or something stranger.
    NotAFolder(PathBuf),
    /// The output folder holds things, and no manifest of ours.
    Foreign(PathBuf),
    /// The output folder holds files that Sourcebook did not write.
    Strangers {
        /// The folder.
        out: PathBuf,
        /// Up to five of the files.
        files: Vec<String>,
        /// How many more there are.
        more: usize,
    },
    /// The output folder is one that must never be replaced.
    Protected {
        /// The folder.
        out: PathBuf,
        /// What it is.
        why: &'static str,
    },
    /// The output file is a folder, a symbolic link, or something stranger.
    NotAFile(PathBuf),
    /// The output file is there, and is none of ours.
    ForeignFile(PathBuf),
    /// Another build writes to the same folder.
    Locked(PathBuf),
    /// Another run writes the same file.
    Busy(PathBuf),
    /// Something else took the output folder's place while the site was published.
    Replaced(PathBuf),
    /// Two files of the site cannot lie in one folder.
    Names {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// The machine failed.
    Io {
        /// What was tried, such as `write`.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl PublishError {
    /// Whether the command or the configuration is to be mended, not the machine.
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }

    /// Turns an error of the system into one that says what was tried.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { action, path, source }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Symlink(out) => write!(
                f,
                "the output folder {} is a symbolic link; name the folder that it points to, or another one",
                out.display()
            ),
            Self::NotAFolder(out) => {
                write!(f, "the output {} is not a folder; name another one with --out", out.display())
            }
            Self::Foreign(out) => write!(
                f,
                "the output folder {} holds files and no manifest.json of Sourcebook, so it is left alone; \
                 empty it, or name another one with --out",
                out.display()
            ),
            Self::Strangers { out, files, more } => {
                write!(f, "the output folder {} holds files that Sourcebook did not write: ", out.display())?;
                f.write_str(&files.join(", "))?;
                if *more > 0 {
                    write!(f, " and {more} more")?;
                }
                f.write_str("; a build replaces the whole folder, so move them to static/ or elsewhere")
            }
            Self::Protected { out, why } => write!(
                f,
                "the output folder {} {why}, and a build replaces the whole folder; name another one with --out",
                out.display()
            ),
            Self::NotAFile(out) => {
                write!(f, "the output {} is no plain file; name another one with --out", out.display())
            }
            Self::ForeignFile(out) => write!(
                f,
                "the output file {} is one that Sourcebook did not write, so it is left alone; \
                 delete it, or name another one with --out",
                out.display()
            ),
            Self::Locked(out) => {
                write!(
                    f,
                    "another build is writing to {}; wait for it, or name another folder with --out",
                    out.display()
                )
            }
            Self::Busy(path) => {
                write!(f, "another run of Sourcebook is writing {}; wait for it, and run this again", path.display())
            }
            Self::Replaced(out) => write!(
                f,
                "something else was put in the place of the output folder {} while the site was published, so it is left alone; build again",
                out.display()
            ),
            Self::Names { first, second } => write!(
                f,
                "the site has a file {first} and a file {second}, which cannot lie in one folder on every computer; rename one of them"
            ),
            Self::Io { action, path, source } => {
                write!(f, "cannot {action} {}: {source}", path.display())?;
                f.write_str(match source.kind() {
                    io::ErrorKind::PermissionDenied => "; check who may write to the folder that holds it",
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; make room on the disk",
                    io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy => {
                        "; if the output folder is a disk or volume of its own, build into a folder inside it"
                    }
                    _ => "",
                })
            }
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
