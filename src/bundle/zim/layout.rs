//! The file: header, kinds, directory, where everything is, clusters, and a sum at the end. All numbers have their lowest byte first.
//!
//! Uses its sister modules.

use super::super::BundleError;
use super::cluster::{self, Clusters};
use super::entry::{Body, Entries, Entry, Key, Space, narrow};
use super::listing;
use md5::{Digest, Md5};
use std::collections::BTreeMap;

/// How every ZIM file begins, and the version of its form.
pub(super) const MAGIC: u32 = 0x044d_495a;
const VERSION: (u16, u16) = (6, 1);
const HEADER: usize = 80;

/// The kind of an entry that is another one, and the place of one that is not there.
const REDIRECT: u16 = 0xffff;
const NOWHERE: u32 = u32::MAX;

/// Writes a file.
pub(super) fn write(entries: &Entries, id: &[u8; 16]) -> Result<Vec<u8>, BundleError> {
    let clusters = cluster::pack(entries)?;
    let directory = Directory::of(entries, &clusters)?;
    let mut out = vec![0; HEADER];
    for kind in &directory.kinds {
        out.extend(kind.as_bytes());
        out.push(0);
    }
    out.push(0);
    let mut beginnings = Vec::with_capacity(entries.len());
    for (key, entry) in entries {
        beginnings.push(out.len());
        directory.write(key, entry, &mut out)?;
    }
    let paths = out.len();
    out.extend(beginnings.into_iter().flat_map(wide));
    let cluster_list = out.len();
    let mut at = cluster_list + clusters.bytes.len() * size_of::<u64>();
    let mut cluster_starts = Vec::with_capacity(clusters.bytes.len());
    for cluster in &clusters.bytes {
        cluster_starts.push(at);
        out.extend(wide(at));
        at += cluster.len();
    }
    for cluster in &clusters.bytes {
        out.extend(cluster);
    }
    let titles = clusters.places.get(&(Space::Index, listing::ALL.to_owned()));
    let titles = titles.and_then(|place| Some(cluster_starts.get(place.cluster as usize)? + place.offset));
    let header = [
        &MAGIC.to_le_bytes()[..],
        &VERSION.0.to_le_bytes(),
        &VERSION.1.to_le_bytes(),
        id,
        &narrow(entries.len())?.to_le_bytes(),
        &narrow(clusters.bytes.len())?.to_le_bytes(),
        &wide(paths),
        &wide(titles.unwrap_or_default()),
        &wide(cluster_list),
        &wide(HEADER),
        &directory.place(&(Space::WellKnown, "mainPage".to_owned())).to_le_bytes(),
        &NOWHERE.to_le_bytes(),
        &wide(out.len()),
    ];
    for (to, from) in out.iter_mut().zip(header.concat()) {
        *to = from;
    }
    let sum = Md5::digest(&out);
    out.extend(sum);
    Ok(out)
}

/// What entries are written with.
struct Directory<'a> {
    clusters: &'a Clusters<'a>,
    places: BTreeMap<&'a Key, u32>,
    kinds: Vec<&'static str>,
}

impl<'a> Directory<'a> {
    fn of(entries: &'a Entries, clusters: &'a Clusters<'a>) -> Result<Self, BundleError> {
        let places = entries.keys().enumerate().map(|(place, key)| Ok((key, narrow(place)?)));
        let mut kinds: Vec<&'static str> = entries
            .values()
            .filter_map(|entry| match entry.body {
                Body::Data { kind, .. } => Some(kind),
                Body::Redirect(_) => None,
            })
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        Ok(Self { clusters, places: places.collect::<Result<_, BundleError>>()?, kinds })
    }

    /// Which entry it is.
    fn place(&self, key: &Key) -> u32 {
        self.places.get(key).copied().unwrap_or(NOWHERE)
    }

    fn write(&self, key: &Key, entry: &Entry, out: &mut Vec<u8>) -> Result<(), BundleError> {
        let kind = match &entry.body {
            Body::Redirect(_) => REDIRECT,
            Body::Data { kind, .. } => {
                let place = self.kinds.binary_search(kind).ok().and_then(|place| u16::try_from(place).ok());
                place.ok_or_else(|| BundleError::Packing(format!("it has too many kinds of files for {kind}")))?
            }
        };
        out.extend(kind.to_le_bytes());
        // No parameters, the letter, no revision.
        out.extend([0, key.0.letter(), 0, 0, 0, 0]);
        match &entry.body {
            Body::Redirect(to) => out.extend(self.place(to).to_le_bytes()),
            Body::Data { .. } => {
                let place = self.clusters.places.get(key);
                let (cluster, blob) = place.map_or((NOWHERE, NOWHERE), |place| (place.cluster, place.blob));
                out.extend(cluster.to_le_bytes());
                out.extend(blob.to_le_bytes());
            }
        }
        for text in [key.1.as_str(), &entry.title] {
            out.extend(text.as_bytes());
            out.push(0);
        }
        Ok(())
    }
}

fn wide(number: usize) -> [u8; 8] {
    (number as u64).to_le_bytes()
}
