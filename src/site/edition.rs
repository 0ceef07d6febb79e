//! A finished set of files for one target. `publish` writes it, `serve` shows it, `bundle` packs it. Its files are in memory, but for those that an [`Outlet`] took as soon as
//! they were made: of those it knows what they were.

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

/// Hands over a file piece by piece.
pub type Pieces<'a> = &'a mut dyn FnMut(&mut dyn FnMut(&[u8]));

/// Takes files as soon as they are made, so that thousands of pages are never held at once.
pub trait Outlet: fmt::Debug + Send + Sync {
    /// Makes ready. It is called before the first file, and not from among the threads that make files: it may wait for all of them.
    fn begin(&self);

    /// Takes a file. `None` where it has one of that path already, or of one that cannot lie beside it.
    fn take(&self, path: &OutPath, bytes: &[u8]) -> Option<Written>;

    /// The same of a file that is too long to be held as a whole: `write` is called once.
    fn take_pieces(&self, path: &OutPath, write: Pieces<'_>) -> Option<Written>;

    /// Lets the files stay that the edition before had by a recipe. `None` where it had none, or where they are not as they were made.
    fn again(&self, recipe: &Recipe) -> Option<Vec<(OutPath, Written)>>;

    /// Is told which files were made by a recipe, for the edition after.
    fn made(&self, recipe: Recipe, paths: Vec<OutPath>);

    /// Whether something failed, which is told at the end, so that there is no sense in making more.
    fn is_closed(&self) -> bool;
}

/// A file that was handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// How many bytes it has.
    pub size: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Whether it was there before, the same to the byte.
    pub is_unchanged: bool,
}

/// All that goes into some files of an edition, as a short name: files of one recipe are the same to the byte, in whichever edition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recipe(String);

impl Recipe {
    /// The recipe of that name.
    pub fn named(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which files were made by which recipe.
pub type Recipes = BTreeMap<Recipe, Vec<OutPath>>;

/// A finished set of files, in the order of their paths.
#[derive(Debug, Default, Clone)]
pub struct Edition {
    files: BTreeMap<OutPath, Arc<[u8]>>,
    written: BTreeMap<OutPath, Written>,
    /// What it was made of.
    pub stamp: Stamp,
    /// Its pages in the order of reading, by language.
    pub volumes: Vec<Volume>,
    /// Who publishes it, where the site says so.
    pub authors: Vec<String>,
    /// Which of the files in memory were made by which recipe, as far as they have one.
    pub recipes: Recipes,
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
        if self.written.contains_key(&path) {
            return false;
        }
        match self.files.entry(path) {
            std::collections::btree_map::Entry::Occupied(_) => false,
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(bytes.into());
                true
            }
        }
    }

    /// Adds a file that an outlet has taken. The first of two with one path stays, and `false` comes back.
    pub fn add_written(&mut self, path: OutPath, written: Written) -> bool {
        !self.files.contains_key(&path) && self.written.insert(path, written).is_none()
    }

    /// Two names that cannot lie in one folder: `a` beside `a/b`, `A` beside `a`; `beside` are the names of files that will lie there, too.
    pub fn clash(&self, beside: &[&str]) -> Option<Clash> {
        let clash = |first: &str, second: String| Some(Clash { first: first.to_owned(), second });
        let mut files: BTreeMap<String, &str> = BTreeMap::new();
        for path in beside.iter().copied().chain(self.paths().map(OutPath::as_str)) {
            if let Some(first) = files.insert(path.to_ascii_lowercase(), path) {
                return clash(first, path.to_owned());
            }
        }
        let mut folders: BTreeMap<String, &str> = BTreeMap::new();
        for folder in self.paths().flat_map(OutPath::folders) {
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

    /// The bytes of a file that is in memory.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        OutPath::parse(path).and_then(|path| self.files.get(&path))
    }

    /// The files of a recipe, where all of them are in memory.
    pub fn made_by(&self, recipe: &Recipe) -> Option<Vec<(OutPath, Arc<[u8]>)>> {
        let file = |path: &OutPath| Some((path.clone(), Arc::clone(self.files.get(path)?)));
        self.recipes.get(recipe)?.iter().map(file).collect()
    }

    /// The bytes of a file in memory, where they are these.
    pub fn same(&self, path: &OutPath, bytes: &[u8]) -> Option<&Arc<[u8]>> {
        self.files.get(path).filter(|held| held[..] == *bytes)
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &OutPath> {
        self.files.keys().chain(self.written.keys())
    }

    /// The files that were handed on, in the order of their paths.
    pub fn written(&self) -> impl Iterator<Item = (&OutPath, &Written)> {
        self.written.iter()
    }

    /// The files that are in memory, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len() + self.written.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
