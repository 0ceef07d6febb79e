//! The stages of the program one by one, over sites that `scripts/bench-corpus` (Python 3) makes, always the same: `compile` times them, `instructions` counts them.
//!
//! None is inlined, so that a profiler finds each under its name.

use sourcebook::book::{self, Book, LinkOptions};
use sourcebook::check;
use sourcebook::diagnostic::Diagnostic;
use sourcebook::manuscript::{self, Manuscript};
use sourcebook::publish::{self, Published};
use sourcebook::search::files::{Words, files};
use sourcebook::search::{Kind, Record};
use sourcebook::site::edition::Edition;
use sourcebook::site::theme::Theme;
use sourcebook::site::{self, Materials, SiteOptions};
use sourcebook::workspace::{self, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The languages of the sites.
pub(crate) const LANGUAGES: usize = 3;

/// A site of so many pages in each language; made once.
pub(crate) fn corpus(pages: usize) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/bench-corpus").join(format!("{pages}x{LANGUAGES}"));
    if !folder.join("book.toml").exists() {
        let done = Command::new("python3")
            .arg(root.join("scripts/bench-corpus"))
            .arg(&folder)
            .args(["--pages", &pages.to_string(), "--languages", &LANGUAGES.to_string()])
            .status()
            .expect("python3 makes the site");
        assert!(done.success(), "scripts/bench-corpus failed");
    }
    folder
}

#[inline(never)]
pub(crate) fn load(root: &Path) -> Workspace {
    let (workspace, problems) = workspace::load(root).expect("the generated site can be read");
    assert!(problems.is_empty(), "the generated site has errors");
    workspace
}

#[inline(never)]
pub(crate) fn theme(workspace: &Workspace) -> (Theme, Materials) {
    site::load_theme(workspace, &mut Vec::new()).expect("the theme is whole")
}

#[inline(never)]
pub(crate) fn parse(workspace: &Workspace) -> Manuscript {
    manuscript::parse_workspace(workspace).0
}

#[inline(never)]
pub(crate) fn link(workspace: Workspace, manuscript: Manuscript) -> Book {
    let Workspace { files, config, images, .. } = workspace;
    book::link(files, config, images, manuscript, LinkOptions::default()).0
}

#[inline(never)]
pub(crate) fn check(book: &Book) -> Vec<Diagnostic> {
    check::check(book)
}

/// With the index of the search, which is counted by itself in [`index`].
#[inline(never)]
pub(crate) fn render(book: &Book, (theme, materials): (Theme, Materials)) -> Edition {
    let options = SiteOptions::default();
    site::render(book, &theme, materials, &options, &|_, _| {}, &mut Vec::new())
        .expect("the generated site is rendered")
}

/// Into a new folder.
#[inline(never)]
pub(crate) fn publish(edition: &Edition, out: &Path, root: &Path) -> Published {
    publish::publish(edition, out, root).expect("the generated site is written")
}

/// The index of the pages of a language.
#[inline(never)]
pub(crate) fn index(records: &[Record], lang: &str) -> usize {
    let words = Words { lang: lang.to_owned(), dir: "ltr", ..Words::default() };
    let mut made = 0;
    files(records, &words, &mut |_, _| made += 1);
    made
}

/// What the search of a language finds: every page, with its text as it was written.
pub(crate) fn records(root: &Path, lang: &str) -> Vec<Record> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root.join("content").join(lang))
        .expect("the site has the language")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .flat_map(|section| fs::read_dir(section).expect("a section").filter_map(|entry| Some(entry.ok()?.path())))
        .collect();
    paths.sort();
    let record = |path: &PathBuf| Record {
        kind: Kind::Page,
        title: path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        within: None,
        names: Vec::new(),
        text: fs::read_to_string(path).expect("a page"),
        url: path.display().to_string(),
        lang: None,
    };
    paths.iter().map(record).collect()
}
