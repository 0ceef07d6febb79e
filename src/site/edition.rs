//! A finished set of files for one target, in memory. `publish` writes it, `serve` shows it.

use crate::ids::is_device;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The path of a file below the output folder: relative, `/` between its parts, ASCII, and nothing in it that leaves the folder or that a common file system refuses.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// Reads a path; `None` when it is not one that may be written.
    pub fn parse(path: &str) -> Option<Self> {
        let part_ok = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && !part.ends_with('.')
                && part.len() <= 120
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
                && !is_device(part)
        };
        (path.len() <= 240 && path.split('/').all(part_ok)).then(|| Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OutPath({})", self.0)
    }
}

/// A finished set of files, in the order of their paths.
#[derive(Debug, Default, Clone)]
pub struct Edition {
    files: BTreeMap<OutPath, Arc<[u8]>>,
}

impl Edition {
    /// Adds a file. The first of two with one path stays, and `false` comes back.
    pub fn add(&mut self, path: OutPath, bytes: impl Into<Arc<[u8]>>) -> bool {
        match self.files.entry(path) {
            std::collections::btree_map::Entry::Occupied(_) => false,
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(bytes.into());
                true
            }
        }
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        OutPath::parse(path).and_then(|path| self.files.get(&path))
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::OutPath;

    #[test]
    fn paths_stay_inside() {
        for good in ["index.html", "en/actors/hamas/index.html", ".nojekyll", "static/a_b.css"] {
            assert!(OutPath::parse(good).is_some(), "{good}");
        }
        for bad in ["", "/x", "../x", "a//b", "a/../b", "C:/x", "a\\b", "con", "aux.html", "com1.txt", "x.", "é"] {
            assert!(OutPath::parse(bad).is_none(), "{bad}");
        }
    }
}
