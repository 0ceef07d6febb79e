//! Has the program built anew when a file of the default theme, or of the site to begin with, changes, because both are part of it, and makes the list of
//! the languages whose words are: every file of `src/locale/strings/` is one.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const STRINGS: &str = "src/locale/strings";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=static");
    println!("cargo:rerun-if-changed=starter");
    println!("cargo:rerun-if-changed={STRINGS}");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut languages: Vec<String> = Vec::new();
    for entry in fs::read_dir(STRINGS)? {
        let name = entry?.file_name();
        languages.extend(name.to_str().and_then(|name| name.strip_suffix(".yaml")).map(str::to_owned));
    }
    languages.sort();
    let mut list = String::from("[");
    for language in languages {
        let path = format!("/{STRINGS}/{language}.yaml");
        // The folder is named when it is compiled: copies of the repository may share what they have built. Writing to a string cannot fail.
        let _ = write!(list, "({language:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),");
    }
    list.push(']');
    fs::write(Path::new(&out).join("strings.rs"), list)
}
