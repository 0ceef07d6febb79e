//! Small sites in temporary folders, and trees of files to compare.

use sourcebook::book::Book;
use sourcebook::compile::{self, Compilation, Options};
use sourcebook::date::Day;
use sourcebook::diagnostic::settle;
use sourcebook::exchange::{Format, Known, import, po};
use sourcebook::translation::update::Terms;
use sourcebook::workspace::front_matter::Method;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of fixtures.
pub fn fixtures() -> PathBuf {
    repository().join("tests/fixtures")
}

/// A site in a folder of its own, deleted with the value.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// The base site: `check` has nothing to say of it.
    pub fn base() -> Self {
        Self::of("base")
    }

    /// A copy of a site among the fixtures.
    pub fn of(fixture: &str) -> Self {
        let site = Self::empty();
        copy(&fixtures().join(fixture), &site.root());
        site
    }

    /// A folder without anything.
    pub fn empty() -> Self {
        let site = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(site.root()).unwrap();
        site
    }

    /// The site's folder; its parent is ours, too.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A path beside the site.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the site, over what was there.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn check(&self) -> Compilation {
        compile::check(&self.root(), &Options::default())
    }

    /// Brings a file of another program into the site's library, and says what is wrong with the two.
    pub fn import(&self, name: &str, text: &str) -> Compilation {
        let opened =
            compile::open(&self.root(), &Options::default()).unwrap_or_else(|unreadable| panic!("{unreadable:?}"));
        let (mut book, mut diagnostics) = (opened.book, opened.diagnostics);
        let file = book.files.add(name, text);
        if name == "import.po" {
            let terms = Terms { method: None, fallback: Method::Human, on: Day::new(2026, 11, 25).unwrap() };
            let found = po::import(&book, file, None, terms);
            diagnostics.extend(found.map_or_else(|problems| problems, |(_, import)| import.diagnostics));
        } else {
            let format = Format::guess(name, text).unwrap();
            diagnostics.extend(import(format, (file, text), None, &book.library, Known::LeftOut).diagnostics);
        }
        let diagnostics = settle(diagnostics, &book.config.levels);
        Compilation { files: book.files, diagnostics, ..Compilation::default() }
    }

    /// Builds the site; what is wrong with it fails the test.
    pub fn build(&self) -> Built {
        Built::of(&self.root())
    }
}

/// The files of a site, in memory.
pub struct Built {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Built {
    /// Builds the site of a folder; what is wrong with it fails the test.
    pub fn of(root: &Path) -> Self {
        let compilation = compile::build(root, &Options::default(), &|_, _| {});
        let said = told(&compilation);
        let edition = compilation.edition.unwrap_or_else(|| panic!("the site does not build:\n{said}"));
        let files =
            edition.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec())).collect::<BTreeMap<_, _>>();
        Self { files }
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| {
            panic!("there is no {path}; there are {:?}", self.files.keys().collect::<Vec<_>>());
        });
        std::str::from_utf8(bytes).unwrap()
    }
}

/// The book of a site, with whatever errors it has.
pub fn linked(root: &Path) -> Book {
    match compile::open(root, &Options::default()) {
        Ok(opened) => opened.book,
        Err(unreadable) => panic!("the site cannot be read:\n{}", told(&unreadable)),
    }
}

/// A run's diagnostics, for people.
pub fn told(compilation: &Compilation) -> String {
    sourcebook::diagnostic::human::render(&compilation.diagnostics, &compilation.files, false)
}

/// Copies a folder into an existing one.
pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder, by path.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(root, root, &mut files);
    files
}
