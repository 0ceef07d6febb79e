//! Has the program built anew when a file of the default theme, or of the site to begin with, changes, because both are part of it, and makes the list of
//! the languages whose words are: every file of `src/locale/strings/` is one.
//!
//! It also gives what is compiled a name, so that nothing that one build of the program kept is ever taken for another's.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const STRINGS: &str = "src/locale/strings";

/// All that the program is made of.
const PARTS: &[&str] = &["src", "templates", "static", "starter", "build.rs", "Cargo.toml", "Cargo.lock"];

/// How it is made.
const MEANS: &[&str] = &["TARGET", "PROFILE", "OPT_LEVEL", "DEBUG", "RUSTC"];

fn main() -> io::Result<()> {
    for part in PARTS {
        println!("cargo:rerun-if-changed={part}");
    }
    println!("cargo:rustc-env=SOURCEBOOK_BUILD={}", name()?);
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

/// A name for all that is compiled, and how. It is no protection against anybody: it keeps two states of the program apart.
fn name() -> io::Result<String> {
    let mut files = Vec::new();
    for part in PARTS.iter().map(Path::new).filter(|part| part.exists()) {
        list(part, &mut files)?;
    }
    files.sort();
    let (mut first, mut second) = (DefaultHasher::new(), DefaultHasher::new());
    1.hash(&mut second);
    for path in files {
        let bytes = fs::read(&path)?;
        for hasher in [&mut first, &mut second] {
            (&path, &bytes).hash(hasher);
        }
    }
    for means in MEANS {
        let value = env::var_os(means);
        for hasher in [&mut first, &mut second] {
            (means, &value).hash(hasher);
        }
    }
    Ok(format!("{:016x}{:016x}", first.finish(), second.finish()))
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        list(&entry?.path(), files)?;
    }
    Ok(())
}
