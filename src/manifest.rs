//! The list of what an output folder or a bundle holds: the proof that a folder is ours, and what `verify` compares with.
//!
//! No clock and no machine in it: the same edition gives the same bytes. It is the last of the files and does not list itself.
//! Uses `date` and `site::edition`.

use crate::site::edition::{Edition, OutPath, Stamp};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The name of the manifest's file in the output folder.
pub const NAME: &str = "manifest.json";

/// The signature of the manifest, beside it in a copy that was signed. What lists everything is itself in no list.
pub const SEAL: &str = "manifest.json.minisig";

/// The form of the manifests that this program writes. Those of 0 are of builds before forms were told; they had `sourcebook` and `files` alone.
pub const FORMAT: u32 = 1;

/// What a build wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this list.
    #[serde(default)]
    pub format: u32,
    /// The version of Sourcebook that wrote it.
    pub sourcebook: String,
    /// The SHA-256 of all that the build read; its first eight digits are the version that pages show.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub inputs: String,
    /// The day up to which the content tells, as `2026-11-20`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// That the file with this list is no whole copy and is unpacked over an older one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<Update>,
    /// All files but the manifest itself, in the order of their paths.
    pub files: Vec<Entry>,
}

/// What an update has of the files that are listed, and what the older copy has too many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The `inputs` of the copy that it is unpacked over.
    pub since: String,
    /// The files that it brings.
    pub brings: Vec<String>,
    /// The files of the older copy that are no longer part of it.
    pub removed: Vec<String>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The path below the folder, with `/`.
    pub path: String,
    /// How many bytes it has.
    pub size: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// The manifest of an edition that is in memory.
    pub fn of(edition: &Edition) -> Self {
        let files: Vec<(&OutPath, &Arc<[u8]>)> = edition.iter().collect();
        let files = files
            .into_par_iter()
            .map(|(path, bytes)| Entry {
                path: path.as_str().to_owned(),
                size: bytes.len() as u64,
                sha256: hash(bytes),
            })
            .collect();
        Self::listing(&edition.stamp, files)
    }

    /// The manifest of files in the order of their paths.
    pub fn listing(stamp: &Stamp, files: Vec<Entry>) -> Self {
        Self {
            format: FORMAT,
            sourcebook: env!("CARGO_PKG_VERSION").to_owned(),
            inputs: stamp.inputs.clone(),
            date: stamp.date.map(|day| day.to_string()),
            update: None,
            files,
        }
    }

    /// Reads a manifest; `None` when it is not one of ours.
    pub fn parse(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }

    /// The manifest as it lies in the folder.
    pub fn to_json(&self) -> String {
        // Strings and numbers always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What is listed of a file; `None` where it is not listed. In a stranger's list, which may be in any order, it may not be found.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        let at = self.files.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        self.files.get(at)
    }

    /// The SHA-256 of a file, in the same way.
    pub fn sha256(&self, path: &str) -> Option<&str> {
        self.entry(path).map(|entry| entry.sha256.as_str())
    }

    /// How many bytes the files have together.
    pub fn bytes(&self) -> u64 {
        // A stranger's list may say anything.
        self.files.iter().fold(0, |sum, entry| sum.saturating_add(entry.size))
    }
}

/// The SHA-256 of some bytes in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
