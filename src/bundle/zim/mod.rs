//! ZIM: one file that Kiwix reads, on telephones without a network and on the small servers of libraries.
//!
//! 1. [`content`] has the files of the edition, each under its own path, so that relative links work; [`titles`] says what its pages are called.
//! 2. [`metadata`] says what the file is: its title, its [`languages`], its date, its icon.
//! 3. [`listing`] puts the titles in order, for suggestions.
//! 4. [`cluster`] packs what is read together.
//! 5. [`layout`] writes the file.
//!
//! The writer is our own, because those that there are put a clock and chance into the file. The form is that of openZIM, version 6.1, which
//! every reader since 2021 knows. Uses `ids`, `manifest`, `media`, `site::edition`, `site::volume`, and `social::icon` for the small icon that the
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
use crate::ids::uuid;
use crate::manifest::{self, Manifest};
use crate::media;
use crate::site::edition::Edition;
use entry::{Body, Entry, Space};
pub(super) use recognise::recognises;

/// The page that a reader begins with.
const HOME: &str = "index.html";

/// Packs an edition and the list of its files. `name` is that of the site.
pub(super) fn pack(edition: &Edition, manifest: &Manifest, name: &str) -> Result<Vec<u8>, BundleError> {
    let list = manifest.to_json();
    // What tells this file from every other is made of all that is in it, so the same edition has the same.
    let id = uuid(&format!("{name}\n{list}"));
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
