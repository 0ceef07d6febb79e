//! Which folder it is that lies at a place, and whether the system tells of all that happens there. Uses nothing else of the program.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What one folder has and no other that comes to lie at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// Its number in the file system. It may be given to another when the folder is gone.
    number: (u64, u64),
    made: Option<SystemTime>,
}

impl Identity {
    /// The folder that lies there; `None` where there is none.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        let found = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
        Some(Self { number: number(&found), made: found.created().ok() })
    }
}

#[cfg(unix)]
fn number(found: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}

/// File systems whose changes are made elsewhere, so that Linux does not hear of them: of hosts, of other systems on this machine, and of programs.
#[cfg(target_os = "linux")]
const SILENT: &[(u32, &str)] = &[
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "SMB"),
    (0xfe53_4d42, "SMB"),
    (0x0102_1997, "9P"),
    (0x6573_5546, "FUSE"),
    (0x6a65_6a63, "virtiofs"),
    (0x786f_4256, "VirtualBox"),
    (0x00c3_6400, "Ceph"),
    (0x5346_414f, "AFS"),
];

/// Why the system does not tell of all changes in a folder, where it does not.
#[cfg(target_os = "linux")]
pub(super) fn why_silent(folder: &Path) -> Option<String> {
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    // The type of the number differs from one processor to another, and its lower half is what counts.
    let (_, name) = SILENT.iter().find(|(number, _)| i64::from(*number) == (kind as i64 & 0xffff_ffff))?;
    Some(format!("the folder lies on {name}, where others change files, too"))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn why_silent(_: &Path) -> Option<String> {
    None
}
