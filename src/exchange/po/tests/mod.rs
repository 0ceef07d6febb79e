//! Files that translators give back, taken into sites that lie in a folder.
#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "tests")]

mod interface;
mod pages;
mod records;

use super::{Import, Selection, export, import};
use crate::book::{Book, LinkOptions, link};
use crate::date::Day;
use crate::ids::Lang;
use crate::translation::po::{Unit, write};
use crate::translation::update::Terms;
use crate::workspace::front_matter::Method;
use crate::{manuscript, workspace};

/// A site in English and Hebrew, with these files below `content`.
fn book(files: &[(&str, &str)]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("book.toml", "[book]\ntitle = \"T\"\n[languages.en]\n[languages.he]\n");
    put("content/en/index.md", "---\ntitle: T\n---\n");
    for (path, text) in files {
        put(path, text);
    }
    let (space, _) = workspace::load(folder.path()).map_err(|error| error.diagnostics).unwrap();
    let (manuscript, _) = manuscript::parse_workspace(&space);
    link(space.files, space.config, space.images, manuscript, LinkOptions::default()).0
}

fn units(book: &Book) -> Vec<Unit> {
    export(book, 1, &Selection::default())
}

/// What comes of these units, as a translator's program would write them.
fn taken(mut book: Book, units: &[Unit]) -> (Book, Import) {
    let text = write("T", &Lang::parse("he").unwrap(), units);
    let file = book.files.add("he.po", text);
    let terms = Terms { method: None, fallback: Method::Human, on: Day::new(2026, 11, 26).unwrap() };
    let (_, import) = import(&book, file, None, terms).unwrap();
    (book, import)
}

fn said(import: &Import) -> Vec<&str> {
    import.diagnostics.iter().map(|said| said.message.as_str()).collect()
}
