//! Clusters: files that are packed together, because they are like each other and read together. Uses its sister modules and `media`.
//!
//! What is written in letters is packed by Zstandard, kind by kind; pictures and fonts, which are packed already, are only put together. So are
//! the lists of titles, which readers look into without unpacking, and what the file says of itself, which is little.

use super::super::BundleError;
use super::entry::{Body, Entries, Key, Space, narrow};
use super::listing;
use crate::media;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// So many bytes are packed together: more is smaller, and slower to read. It is openZIM's own measure.
const SIZE: usize = 2 << 20;

/// How hard Zstandard tries; more needs more memory of the reader.
const LEVEL: i32 = 19;

/// The marks of clusters that are packed, and of those that are not.
const PACKED: u8 = 5;
pub(super) const STORED: u8 = 1;

/// The clusters of a file.
#[derive(Debug)]
pub(super) struct Clusters<'a> {
    /// Their bytes.
    pub bytes: Vec<Vec<u8>>,
    /// Where each entry is that has bytes.
    pub places: BTreeMap<&'a Key, Place>,
}

/// Where the bytes of an entry are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// In which cluster.
    pub cluster: u32,
    /// Which they are in it.
    pub blob: u32,
    /// How far from the beginning of the cluster, unpacked.
    pub offset: usize,
}

/// What is put together, in the order in which it lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Metadata,
    Text(&'static str),
    Other,
    Listing,
}

impl Group {
    fn of(key: &Key, kind: &'static str) -> Self {
        match key.0 {
            Space::Metadata => Self::Metadata,
            _ if kind == listing::KIND => Self::Listing,
            _ if media::is_text(kind) => Self::Text(kind),
            _ => Self::Other,
        }
    }
}

/// Packs all entries that have bytes.
pub(super) fn pack(entries: &Entries) -> Result<Clusters<'_>, BundleError> {
    let mut groups: BTreeMap<Group, Vec<(&Key, &[u8])>> = BTreeMap::new();
    for (key, entry) in entries {
        if let Body::Data { kind, bytes } = &entry.body {
            groups.entry(Group::of(key, kind)).or_default().push((key, bytes));
        }
    }
    let mut raw: Vec<(Group, Vec<u8>)> = Vec::new();
    let mut places = BTreeMap::new();
    for (group, files) in &groups {
        for files in cut(files) {
            let (bytes, offsets) = join(files)?;
            let cluster = narrow(raw.len())?;
            for (blob, ((key, _), offset)) in files.iter().zip(offsets).enumerate() {
                // One byte for the mark.
                places.insert(*key, Place { cluster, blob: narrow(blob)?, offset: offset + 1 });
            }
            raw.push((*group, bytes));
        }
    }
    let bytes = raw.into_par_iter().map(|(group, bytes)| seal(group, &bytes)).collect::<Result<_, _>>()?;
    Ok(Clusters { bytes, places })
}

/// Files, as many at a time as go into one cluster.
fn cut<'a, 'b>(files: &'a [(&'b Key, &'b [u8])]) -> impl Iterator<Item = &'a [(&'b Key, &'b [u8])]> {
    let mut rest = files;
    std::iter::from_fn(move || {
        let mut size = 0;
        let fitting = rest.iter().take_while(|(_, bytes)| {
            size += bytes.len();
            size <= SIZE
        });
        // One that is larger than a cluster has one of its own.
        let (now, later) = rest.split_at_checked(fitting.count().clamp(1, rest.len().max(1)))?;
        rest = later;
        Some(now)
    })
}

/// Where each file begins and the last one ends, and then the files.
fn join(files: &[(&Key, &[u8])]) -> Result<(Vec<u8>, Vec<usize>), BundleError> {
    let mut at = (files.len() + 1) * size_of::<u32>();
    let mut offsets = Vec::with_capacity(files.len());
    let mut out = Vec::new();
    for (_, bytes) in files {
        out.extend(narrow(at)?.to_le_bytes());
        offsets.push(at);
        at += bytes.len();
    }
    out.extend(narrow(at)?.to_le_bytes());
    out.extend(files.iter().flat_map(|(_, bytes)| *bytes));
    Ok((out, offsets))
}

/// A cluster as it lies in the file.
fn seal(group: Group, bytes: &[u8]) -> Result<Vec<u8>, BundleError> {
    let (mark, bytes) = match group {
        Group::Text(_) => {
            let packed = zstd::bulk::compress(bytes, LEVEL);
            (PACKED, packed.map_err(|error| BundleError::Packing(error.to_string()))?)
        }
        _ => (STORED, bytes.to_vec()),
    };
    Ok([&[mark], bytes.as_slice()].concat())
}
