//! The site with which a new one begins: the files of `starter/`, which are built into the program.

use include_dir::{Dir, include_dir};

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// Every file, by its path in the new site; `book.toml` comes last, because it makes a folder a site.
pub fn files() -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut open = vec![&STARTER];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        found.extend(dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))));
    }
    found.sort_unstable_by_key(|(path, _)| (*path == crate::workspace::BOOK, *path));
    found
}
