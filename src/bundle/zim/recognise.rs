//! Whether a file that lies where a new one is to go is one of ours. It may be anything, so nothing in it is believed. Uses its sister modules.

use super::cluster::STORED;
use super::layout::MAGIC;
use super::metadata::SCRAPER;

/// Whether the first cluster, in which our files say what they are, has our name.
pub(in crate::bundle) fn recognises(file: &[u8]) -> bool {
    first_cluster(file).is_some_and(|said| said.windows(SCRAPER.1.len()).any(|words| words == SCRAPER.1.as_bytes()))
}

fn first_cluster(file: &[u8]) -> Option<&[u8]> {
    file.strip_prefix(&MAGIC.to_le_bytes())?;
    let cluster = file.get(wide(file, wide(file, 48)?)?..)?;
    let blobs = cluster.strip_prefix(&[STORED])?;
    let end_of_list = narrow(blobs, 0)?;
    blobs.get(end_of_list..narrow(blobs, end_of_list.checked_sub(4)?)?)
}

fn wide(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

fn narrow(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}
