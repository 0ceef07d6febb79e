//! What a ZIM file has entries of. Uses nothing but `bundle`.

use super::super::BundleError;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The parts that the entries of a file are in, in the order of their letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// What readers read.
    Content,
    /// What is said of the file.
    Metadata,
    /// Where to begin.
    WellKnown,
    /// Lists for programs.
    Index,
}

impl Space {
    /// The letter that it has in the file.
    pub(super) fn letter(self) -> u8 {
        match self {
            Self::Content => b'C',
            Self::Metadata => b'M',
            Self::WellKnown => b'W',
            Self::Index => b'X',
        }
    }
}

/// Where an entry is.
pub(super) type Key = (Space, String);

/// All entries, in the order in which the form wants them: by letter, then by the bytes of the path.
pub(super) type Entries = BTreeMap<Key, Entry>;

/// An entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// What it is called; empty where it is called by its path.
    pub title: String,
    /// Whether readers are shown it when they type the beginning of its title.
    pub suggested: bool,
    /// What it is.
    pub body: Body,
}

/// What an entry is.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// A file.
    Data {
        /// Of which kind.
        kind: &'static str,
        /// Its bytes.
        bytes: Arc<[u8]>,
    },
    /// Another entry.
    Redirect(Key),
}

impl Entry {
    /// An entry that is called by its path.
    pub(super) fn plain(body: Body) -> Self {
        Self { title: String::new(), suggested: false, body }
    }

    /// A file that is called by its path.
    pub(super) fn data(kind: &'static str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::plain(Body::Data { kind, bytes: bytes.into() })
    }
}

/// A number as the form writes it.
pub(super) fn narrow(number: usize) -> Result<u32, BundleError> {
    u32::try_from(number).map_err(|_| BundleError::Packing("it has more than a ZIM file can hold".to_owned()))
}
