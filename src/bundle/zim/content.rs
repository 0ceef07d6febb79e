//! The files of an edition as entries. Uses its sister modules, `media` and `site::edition`.

use super::entry::{Body, Entries, Entry, Key, Space};
use super::titles;
use crate::media;
use crate::site::edition::Edition;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry for each file. Files with the same bytes are in it once, where their bytes do not lead anywhere from the place they are at.
pub(super) fn entries(edition: &Edition) -> Entries {
    let mut titles = titles::of(edition);
    let mut first: BTreeMap<(&str, &[u8]), &str> = BTreeMap::new();
    let mut entries = Entries::new();
    for (path, bytes) in edition.iter() {
        let (path, kind) = (path.as_str(), media::of(path.as_str()));
        let same = if has_links(kind) { path } else { first.entry((kind, bytes)).or_insert(path) };
        let entry = match titles.remove(path) {
            _ if same != path => Entry::plain(Body::Redirect(key(same))),
            Some(title) => {
                let body = Body::Data { kind, bytes: Arc::clone(bytes) };
                Entry { title: title.text, suggested: title.suggested, body }
            }
            None => Entry::data(kind, Arc::clone(bytes)),
        };
        entries.insert(key(path), entry);
    }
    entries
}

fn key(path: &str) -> Key {
    (Space::Content, path.to_owned())
}

/// Whether files of a kind can have relative links.
fn has_links(kind: &str) -> bool {
    matches!(kind, "text/html" | "text/css" | "image/svg+xml" | "application/xhtml+xml" | "application/xml")
}
