//! The list of what a build wrote: the proof that a folder is ours, and what `verify` compares with.
//!
//! No date and no machine in it: the same edition gives the same bytes. Uses `site::edition` only.

use crate::site::edition::{Edition, OutPath};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::Arc;

/// The name of the manifest's file in the output folder.
pub const NAME: &str = "manifest.json";

/// What a build wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of Sourcebook that wrote it.
    pub sourcebook: String,
    /// All files but the manifest itself, in the order of their paths.
    pub files: Vec<Entry>,
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
    /// The manifest of an edition.
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
        Self { sourcebook: env!("CARGO_PKG_VERSION").to_owned(), files }
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

    /// How many bytes the files have together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|entry| entry.size).sum()
    }
}

/// The SHA-256 of some bytes in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
