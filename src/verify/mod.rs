//! Is a copy whole and unaltered? What a manifest lists is held against what is there.
//!
//! 1. [`folder`] looks at a folder on the disk, [`zip`] at a zip that nobody unpacked. Both tell what they saw ([`Seen`]) and judge nothing.
//! 2. [`compare`] finds what was changed, is missing, was added, has another name or changed places.
//! 3. [`words`] says so in a reader's words.
//!
//! What carries no list is held against the fingerprint that its publisher gives ([`sums`]).
//!
//! A list proves nothing of who made it: that is for a signature. Uses `bundle::archive` and `manifest`.

mod compare;
pub mod folder;
pub mod sums;
pub mod words;
pub mod zip;

pub use compare::compare;

use crate::manifest::Manifest;
use std::collections::BTreeMap;

/// A copy as it was found.
#[derive(Debug)]
pub struct Copy {
    /// What should be there.
    pub manifest: Manifest,
    /// The list as it was found: a signature is of its bytes.
    pub list: Vec<u8>,
    /// The signature of the list, where the copy has one.
    pub seal: Option<String>,
    /// What is there, the manifest and its signature left out, by path.
    pub seen: BTreeMap<String, Seen>,
    /// Whether it is an update that was not unpacked yet, and need not have everything that is listed.
    pub is_packed: bool,
}

/// A file as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// It was read.
    Read {
        /// Its size.
        size: u64,
        /// Its SHA-256 in hexadecimal digits.
        sha256: String,
    },
    /// It has more bytes than anything that is listed: it was not read.
    Large,
    /// It could not be read or unpacked.
    Damaged,
    /// It is a link, or something stranger.
    NoFile,
}

/// Something that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Its bytes are others.
    Changed(String),
    /// It cannot be read.
    Damaged(String),
    /// It is not there.
    Missing(String),
    /// It is there under another name.
    Renamed {
        /// The name that is listed.
        listed: String,
        /// The name that it has.
        found: String,
    },
    /// Two files have each other's bytes.
    Swapped(String, String),
    /// It has the bytes of another file that is listed.
    Replaced {
        /// The file.
        path: String,
        /// Whose bytes it has.
        by: String,
    },
    /// It is there and is not listed.
    Added(String),
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What is not as it was, in order. Nothing: the copy is whole.
    pub findings: Vec<Finding>,
    /// Files of an older copy that an update has removed and that are still there.
    pub remains: Vec<String>,
    /// What the computer put there by itself.
    pub clutter: Vec<String>,
    /// How many files are as they were.
    pub whole: usize,
}
