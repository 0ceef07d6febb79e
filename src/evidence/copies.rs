//! The copies of sources that the editors keep: those that may be handed on, and a list of all. Uses `book`, `citation`, `workspace`.
//!
//! A copy is handed on only where the record's `license` says that everybody may do so with the unchanged text. The list of such licences
//! is closed: what is not on it, and a record that names none, means no. Licences that forbid commercial use are not on it, because nobody
//! knows to whom the bundle is given on.

use super::{File, text};
use crate::audit::csv;
use crate::book::Book;
use crate::book::catalogue::address;
use crate::citation::Source;
use crate::workspace::{Digest, Placed};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The bytes of copies, by their paths below the content folder.
pub type Copies = BTreeMap<String, Arc<[u8]>>;

/// Licences of texts that everybody may hand on, by SPDX's names and without those of Creative Commons.
const LICENCES: &[&str] = &[
    "CC-PDDC",
    "CC-PDM-1.0",
    "PDDL-1.0",
    "ODC-By-1.0",
    "ODbL-1.0",
    "OGL-UK-1.0",
    "OGL-UK-2.0",
    "OGL-UK-3.0",
    "OGL-Canada-2.0",
    "etalab-2.0",
    "DL-DE-BY-2.0",
    "NLOD-1.0",
    "NLOD-2.0",
];

const HEAD: [&str; 8] = ["source", "what", "kept_as", "bytes", "sha256", "made", "license", "in_this_bundle"];

/// A copy that is kept.
#[derive(Debug)]
pub(super) struct Kept<'a> {
    source: &'a Source,
    /// `copy`, or `text` for the words taken out of one.
    what: &'static str,
    path: &'a Placed<String>,
    digest: &'a Digest,
}

/// Whether everybody may hand on a text under this licence.
pub fn may_be_handed_on(license: &str) -> bool {
    let is = |name: &str| license.eq_ignore_ascii_case(name);
    let upper = license.to_ascii_uppercase();
    let creative_commons = upper.starts_with("CC0-") || upper.starts_with("CC-BY-");
    (creative_commons && !upper.contains("-NC")) || LICENCES.iter().any(|name| is(name))
}

/// The paths, below the content folder, of the copies that go into the bundle, with the places that name them.
pub fn wanted(book: &Book) -> Vec<Placed<String>> {
    let sources: Vec<Source> = book.library.sources().filter(|source| source.is_publishable()).cloned().collect();
    kept(book, &sources).iter().filter(|kept| kept.is_open()).map(|kept| kept.path.clone()).collect()
}

/// All copies that are kept of sources.
pub(super) fn kept<'a>(book: &'a Book, sources: &'a [Source]) -> Vec<Kept<'a>> {
    let of_source = |source: &'a Source| {
        let snapshot = source.snapshot.as_ref();
        let copy = snapshot.and_then(|snapshot| Some(("copy", snapshot.path.as_ref()?)));
        let words = snapshot.and_then(|snapshot| Some(("text", snapshot.text_path.as_ref()?)));
        copy.into_iter().chain(words).filter_map(move |(what, path)| {
            let digest = &book.snapshots.get(&path.value)?.digest;
            Some(Kept { source, what, path, digest })
        })
    };
    sources.iter().flat_map(of_source).collect()
}

/// The copies that may be handed on, and the list of all.
pub(super) fn files(kept: &[Kept<'_>], copies: &Copies) -> Vec<File> {
    let mut files = Vec::new();
    let rows: Vec<Vec<String>> = kept
        .iter()
        .map(|kept| {
            let bytes = copies.get(&kept.path.value).filter(|_| kept.is_open());
            files.extend(bytes.map(|bytes| (kept.file(), Arc::clone(bytes))));
            vec![
                kept.source.id.to_string(),
                kept.what.to_owned(),
                kept.path.value.clone(),
                kept.digest.bytes.to_string(),
                kept.digest.sha256.clone(),
                kept.source
                    .snapshot
                    .as_ref()
                    .and_then(|snapshot| snapshot.at.as_ref())
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                kept.source.license.clone().unwrap_or_default(),
                if bytes.is_some() { kept.file() } else { kept.why_not().to_owned() },
            ]
        })
        .collect();
    files.push(text("copies.csv", csv::table(HEAD, rows)));
    files
}

impl Kept<'_> {
    /// Whether it may be handed on.
    pub(super) fn is_open(&self) -> bool {
        self.source.license.as_deref().is_some_and(may_be_handed_on)
    }

    fn why_not(&self) -> &'static str {
        match self.source.license {
            Some(_) => "no: its licence is not one under which everybody may hand on the text",
            None => "no: the record names no licence",
        }
    }

    /// Its path in the bundle: called after the source, because names of files may be in any letters.
    fn file(&self) -> String {
        let ending = self.path.value.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let ending = ending.filter(|ending| ending.len() <= 8 && ending.bytes().all(|b| b.is_ascii_alphanumeric()));
        format!("copies/{}.{}.{}", address(&self.source.id), self.what, ending.as_deref().unwrap_or("bin"))
    }
}

#[cfg(test)]
mod tests {
    use super::may_be_handed_on;

    #[test]
    fn only_licences_that_say_so() {
        for open in ["CC0-1.0", "CC-BY-4.0", "cc-by-sa-3.0", "CC-BY-ND-4.0", "CC-BY-3.0-IGO", "OGL-UK-3.0", "CC-PDDC"] {
            assert!(may_be_handed_on(open), "{open}");
        }
        for closed in ["", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "LicenseRef-agreement", "CC", "all rights reserved"] {
            assert!(!may_be_handed_on(closed), "{closed}");
        }
    }
}
