//! The lists of titles: one of all entries, for readers from before 2021, and one of the pages that are suggested. Uses its sister modules.

use super::super::BundleError;
use super::entry::{Entries, Entry, Key, Space, narrow};
use std::cmp::Ordering;

/// The list of all entries, at which the header points.
pub(super) const ALL: &str = "listing/titleOrdered/v0";

/// The list of the pages that are suggested.
const SUGGESTED: &str = "listing/titleOrdered/v1";

/// The kind of both.
pub(super) const KIND: &str = "application/octet-stream+zimlisting";

/// Adds both. They hold the places of entries, and are entries themselves.
pub(super) fn add(entries: &mut Entries) -> Result<(), BundleError> {
    let key = |path: &str| (Space::Index, path.to_owned());
    for path in [ALL, SUGGESTED] {
        entries.insert(key(path), Entry::data(KIND, []));
    }
    let mut places = entries
        .iter()
        .enumerate()
        .map(|(place, (key, entry))| Ok((narrow(place)?, key, entry)))
        .collect::<Result<Vec<_>, BundleError>>()?;
    places.sort_by(|(_, a_key, a), (_, b_key, b)| by_title((a_key, a), (b_key, b)));
    let write = |places: &mut dyn Iterator<Item = u32>| places.flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
    let all = write(&mut places.iter().map(|(place, ..)| *place));
    let suggested = write(&mut places.iter().filter(|(.., entry)| entry.suggested).map(|(place, ..)| *place));
    entries.insert(key(ALL), Entry::data(KIND, all));
    entries.insert(key(SUGGESTED), Entry::data(KIND, suggested));
    Ok(())
}

/// By letter, then by the bytes of the title, which is the path where there is none; so it is for readers, who search by halving.
fn by_title((a_key, a): (&Key, &Entry), (b_key, b): (&Key, &Entry)) -> Ordering {
    fn title<'a>((_, path): &'a Key, entry: &'a Entry) -> &'a str {
        if entry.title.is_empty() { path } else { &entry.title }
    }
    (a_key.0, title(a_key, a), &a_key.1).cmp(&(b_key.0, title(b_key, b), &b_key.1))
}
