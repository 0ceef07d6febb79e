//! A finished set of files for one target, in memory. `publish` writes it, `serve` shows it.

use super::volume::Volume;
use crate::date::Day;
use crate::ids::is_portable;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What an edition was made of: no clock and no machine, so the same files give the same stamp.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The SHA-256, in hexadecimal digits, of all that was read and of the program's version.
    pub inputs: String,
    /// The day up to which the content tells.
    pub date: Option<Day>,
}

impl Stamp {
    /// The version as people read it out to each other: the first eight digits.
    pub fn version(&self) -> &str {
        self.inputs.get(..8).unwrap_or(&self.inputs)
    }
}

/// The path of a file below the output folder: relative, `/` between its parts, ASCII, and nothing in it that leaves the folder or that a common file system refuses.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// Reads a path; `None` when it is not one that may be written.
    pub fn parse(path: &str) -> Option<Self> {
        (path.len() <= 240 && path.split('/').all(is_portable)).then(|| Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders that it lies in, the outermost last.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        fn up(path: &str) -> Option<&str> {
            path.rsplit_once('/').map(|(folder, _)| folder)
        }
        std::iter::successors(up(self.as_str()), |folder| up(folder))
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
    /// What it was made of.
    pub stamp: Stamp,
    /// Its pages in the order of reading, by language.
    pub volumes: Vec<Volume>,
    /// Who publishes it, where the site says so.
    pub authors: Vec<String>,
}

/// Two files of an edition that cannot lie in one folder on every computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The first.
    pub first: String,
    /// The second.
    pub second: String,
}

impl Edition {
    /// An edition without files.
    pub fn new(stamp: Stamp) -> Self {
        Self { stamp, ..Self::default() }
    }

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

    /// Two names that cannot lie in one folder: `a` beside `a/b`, `A` beside `a`; `beside` are the names of files that will lie there, too.
    pub fn clash(&self, beside: &[&str]) -> Option<Clash> {
        let clash = |first: &str, second: String| Some(Clash { first: first.to_owned(), second });
        let mut files: BTreeMap<String, &str> = BTreeMap::new();
        for path in beside.iter().copied().chain(self.files.keys().map(OutPath::as_str)) {
            if let Some(first) = files.insert(path.to_ascii_lowercase(), path) {
                return clash(first, path.to_owned());
            }
        }
        let mut folders: BTreeMap<String, &str> = BTreeMap::new();
        for folder in self.files.keys().flat_map(OutPath::folders) {
            let lower = folder.to_ascii_lowercase();
            if let Some(file) = files.get(&lower) {
                return clash(file, format!("{folder}/…"));
            }
            if let Some(first) = folders.insert(lower, folder).filter(|first| *first != folder) {
                return clash(&format!("{first}/…"), format!("{folder}/…"));
            }
        }
        None
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
