//! A zip that came from somewhere: by stick, by chat, from a stranger. Nothing in it is believed before it was looked at.
//!
//! Nothing is unpacked to a disk. Names that lead out of the folder, two files with one name, files that overlap and headers that contradict
//! each other are refused as a whole, because programs that unpack disagree on them. Uses `manifest`.

use crate::manifest::{self, Manifest};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read, Seek};
use zip::ZipArchive;
use zip::result::ZipError;

/// A manifest is never larger than this.
const MANIFEST_LIMIT: u64 = 64 << 20;

/// More files than this are in no bundle.
const FILES_LIMIT: usize = 1_000_000;

/// A zip whose names were looked at.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    /// The folder that it unpacks to, with `/`; empty where it has none.
    top: String,
    /// Its files but the list, by path below that folder or, outside of it, by whole path.
    files: BTreeMap<String, usize>,
    /// The list of what it should hold.
    pub manifest: Manifest,
    /// The list as it lies in the zip: a signature is of its bytes.
    pub list: Vec<u8>,
}

/// Why a zip is not looked into.
#[derive(Debug)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The end is missing, or it never was a zip.
    CutOff,
    /// It contradicts itself, or was made to mislead.
    Misleading(String),
    /// It has no manifest of ours.
    NoManifest,
    /// Its manifest is of a later program.
    Newer(u32),
    /// It could not be read at all.
    Io(io::Error),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutOff => f.write_str(
                "it is no whole zip: the end, where a zip lists what is in it, is missing or damaged. It was probably cut off on the way; get it again",
            ),
            Self::Misleading(what) => write!(f, "{what}. Do not unpack it; Sourcebook makes no such file"),
            Self::NoManifest => write!(f, "it has no {} of Sourcebook, so nobody can say what should be in it", manifest::NAME),
            Self::Newer(format) => write!(f, "its {} has the form {format}, which a later Sourcebook made; take that one to look at it", manifest::NAME),
            Self::Io(error) => write!(f, "it cannot be read: {error}"),
        }
    }
}

impl std::error::Error for ArchiveError {}

impl From<ZipError> for ArchiveError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => Self::Io(error),
            ZipError::Io(_) | ZipError::InvalidArchive(_) => Self::CutOff,
            other => Self::Misleading(format!("it is packed in a way that is not read here ({other})")),
        }
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Looks at a zip.
    pub fn open(reader: R) -> Result<Self, ArchiveError> {
        let mut zip = ZipArchive::new(reader)?;
        let misleading = |what: &str| Err(ArchiveError::Misleading(what.to_owned()));
        if zip.has_duplicate_names() {
            return misleading("two files in it have the same name, and programs do not agree which one they unpack");
        }
        if zip.len() > FILES_LIMIT {
            return misleading("it has more than a million files");
        }
        zip.validate_header_consistency().map_err(|error| match error {
            ZipError::InvalidArchive(what) => {
                ArchiveError::Misleading(format!("it tells two stories of what is in it ({what})"))
            }
            other => other.into(),
        })?;
        let mut names = Vec::new();
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index)?;
            let name = entry.name().ok().filter(|name| is_plain(name));
            let Some(name) = name.filter(|_| !entry.is_symlink() && !entry.encrypted()) else {
                let name = String::from_utf8_lossy(entry.name_raw()).escape_debug().to_string();
                return Err(ArchiveError::Misleading(format!(
                    "it holds `{name}`, which leads out of its folder or is no plain file"
                )));
            };
            if !entry.is_dir() {
                names.push((name.into_owned(), index));
            }
        }
        // The manifest lies in the folder that holds everything, or beside everything where somebody packed it again.
        let list = names.iter().filter(|(name, _)| name.rsplit('/').next() == Some(manifest::NAME));
        let Some((name, index)) = list.min_by_key(|(name, _)| (name.matches('/').count(), name.clone())) else {
            return Err(ArchiveError::NoManifest);
        };
        let folder = name.strip_suffix(manifest::NAME).unwrap_or_default();
        // A book has a folder for what is not part of it, and the list there is of the whole.
        let top = folder.strip_suffix("META-INF/").unwrap_or(folder).to_owned();
        let index_of_list = *index;
        let list = read(&mut zip, index_of_list, MANIFEST_LIMIT)?.ok_or(ArchiveError::NoManifest)?;
        let manifest = Manifest::parse(&list).ok_or(ArchiveError::NoManifest)?;
        if manifest.format > manifest::FORMAT {
            return Err(ArchiveError::Newer(manifest.format));
        }
        let below = |name: String| name.strip_prefix(&top).map(str::to_owned).unwrap_or(name);
        let files = names.into_iter().filter(|(_, index)| *index != index_of_list);
        let files = files.map(|(name, index)| (below(name), index)).collect();
        Ok(Self { zip, top, files, manifest, list })
    }

    /// The folder that it unpacks to; empty where it has none.
    pub fn top(&self) -> &str {
        self.top.trim_end_matches('/')
    }

    /// The paths of its files, the list of them left out.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The size and the fingerprint of a file; `None` where it has more bytes than `limit`. They pass through, and are never there all at once.
    pub fn measure(&mut self, path: &str, limit: u64) -> Result<Option<(u64, String)>, ArchiveError> {
        let Some(index) = self.files.get(path) else { return Ok(None) };
        let mut digest = Sha256::new();
        let size = io::copy(&mut self.zip.by_index(*index)?.take(limit.saturating_add(1)), &mut digest);
        let size = size.map_err(ArchiveError::Io)?;
        Ok((size <= limit).then(|| (size, format!("{:x}", digest.finalize()))))
    }

    /// The bytes of a file; `None` where it has more than `limit`.
    pub fn read(&mut self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ArchiveError> {
        match self.files.get(path) {
            Some(index) => read(&mut self.zip, *index, limit),
            None => Ok(None),
        }
    }
}

/// What an entry says of its size is not believed: no more than `limit` is unpacked.
fn read<R: Read + Seek>(zip: &mut ZipArchive<R>, index: usize, limit: u64) -> Result<Option<Vec<u8>>, ArchiveError> {
    let entry = zip.by_index(index)?;
    let mut bytes = Vec::new();
    match entry.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(_) => Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= limit)),
        // Its sum is wrong, or it does not unpack.
        Err(error) => Err(ArchiveError::Io(error)),
    }
}

/// Whether a name stays in the folder on every system.
fn is_plain(name: &str) -> bool {
    let name = name.strip_suffix('/').unwrap_or(name);
    !name.is_empty()
        && !name.contains(['\\', ':', '\0'])
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !name.chars().any(char::is_control)
}
