//! Texts that are open in an editor and not saved yet. Each stands in for the file of its path, whether that is there or not.
//!
//! Uses `disk` for the form in which found files are listed, and `byproduct` for names that are none of the site's. Reads nothing.

use super::byproduct::is_byproduct;
use super::disk::Found;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Texts by their path relative to the root, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsaved(BTreeMap<String, Arc<str>>);

impl Unsaved {
    /// Holds a text, in the place of the one before.
    pub fn put(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) {
        self.0.insert(path.into(), text.into());
    }

    /// Lets a text go: the file counts again.
    pub fn remove(&mut self, path: &str) {
        self.0.remove(path);
    }

    /// The text of a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// The files that were found in a folder and those that only an editor has, by path.
    pub(super) fn add_below(&self, root: &Path, folder: &str, mut found: Vec<Found>) -> Vec<Found> {
        let prefix = format!("{folder}/");
        let below = self.0.keys().filter_map(|path| Some((path, path.strip_prefix(&prefix)?)));
        for (path, rest) in below {
            if let Err(at) = found.binary_search_by(|known| known.path.as_str().cmp(rest))
                && !rest.split('/').any(is_byproduct)
            {
                found.insert(at, Found { path: rest.to_owned(), full: root.join(path) });
            }
        }
        found
    }
}
