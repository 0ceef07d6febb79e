//! ZIM: one file that Kiwix reads, on telephones without a network and on the small servers of libraries.
//!
//! 1. [`content`] has the files of the edition, each under its own path, so that relative links work; [`titles`] says what its pages are called.
//! 2. [`metadata`] says what the file is: its title, its [`languages`], its date, its icon.
//! 3. [`listing`] puts the titles in order, for suggestions.
//! 4. [`cluster`] packs what is read together.
//! 5. [`layout`] writes the file.
//!
//! The writer is our own, because those that there are put a clock and chance into the file. The form is that of openZIM, version 6.1, which
//! every reader since 2021 knows. Uses `manifest`, `media`, `site::edition`, `site::volume`, and `social::icon` for the small icon that the
//! form asks for.

mod cluster;
mod content;
mod entry;
mod languages;
mod layout;
mod listing;
mod metadata;
mod recognise;
mod titles;

use super::BundleError;
use crate::manifest::{self, Manifest};
use crate::media;
use crate::site::edition::Edition;
use entry::{Body, Entry, Space};
pub(super) use recognise::recognises;
use sha2::{Digest, Sha256};

/// The page that a reader begins with.
const HOME: &str = "index.html";

/// Packs an edition and the list of its files. `name` is that of the site.
pub(super) fn pack(edition: &Edition, manifest: &Manifest, name: &str) -> Result<Vec<u8>, BundleError> {
    let list = manifest.to_json();
    let id = id(name, &list);
    let mut entries = content::entries(edition);
    entries
        .insert((Space::Content, manifest::NAME.to_owned()), Entry::data(media::of(manifest::NAME), list.into_bytes()));
    entries.extend(metadata::entries(edition, name, &entries));
    let home = (Space::Content, HOME.to_owned());
    if entries.contains_key(&home) {
        entries.insert((Space::WellKnown, "mainPage".to_owned()), Entry::plain(Body::Redirect(home)));
    }
    listing::add(&mut entries)?;
    layout::write(&entries, &id)
}

/// What tells this file from every other: a hash of all that is in it, in the form of a UUID of version 8. The same edition has the same.
fn id(name: &str, manifest: &str) -> [u8; 16] {
    let hash = Sha256::new().chain_update(name).chain_update([0]).chain_update(manifest).finalize();
    let mut id = [0; 16];
    for (place, (to, from)) in id.iter_mut().zip(hash).enumerate() {
        *to = match place {
            6 => from & 0x0f | 0x80,
            8 => from & 0x3f | 0x80,
            _ => from,
        };
    }
    id
}
