//! Writes a tree's rooms anew with all their mutants in them, each behind a switch, for `scripts/mutants`.
//!
//! 1. [`find`] looks through each file for places where a slip could be made, and says with what the text of the place is replaced; [`values`] thinks of what
//!    functions might return.
//! 2. [`weave`] writes the text with all of them: `if crate::mutation::is(17) { return None; }` and the like. Nothing but insertions, so a place in
//!    what is written can be told to belong to a mutant.
//! 3. The switch is a module, `runtime.rs`, which is put into the tree as `src/mutation.rs`.
//!
//! What does not compile is named in the next call and left out.

mod find;
mod values;
mod weave;

use serde::Serialize;
use std::collections::BTreeSet;
use std::error::Error;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What `scripts/mutants` is told of a mutant.
#[derive(Serialize)]
struct Entry<'a> {
    id: usize,
    room: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    what: &'a str,
    /// Where in the new text its own words stand; none where it is left out.
    own: Option<Range<usize>>,
    /// Where in the new text the place stands that it changes.
    whole: Option<Range<usize>>,
}

const USAGE: &str = "usage: sourcebook-mutation FROM TO LIST OMITTED ROOM…

Reads FROM/src/ROOM, writes TO/src, and puts a list of the mutants into LIST. OMITTED has the numbers of those that are left out, one a line.";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to, list, omitted, rooms @ ..] = arguments.as_slice() else { return Err(USAGE.into()) };
    let (from, to) = (Path::new(from), Path::new(to));
    let omitted: BTreeSet<usize> =
        fs::read_to_string(omitted)?.lines().map(str::parse).collect::<Result<_, _>>().map_err(|_| USAGE)?;
    let mut first = 0;
    let mut entries = String::from("[\n");
    for room in rooms {
        let mut files = Vec::new();
        collect(&from.join("src").join(room), &mut files)?;
        files.sort();
        for path in files {
            let file = path.strip_prefix(from)?.to_str().ok_or("a name is not UTF-8")?;
            let source = fs::read_to_string(&path)?;
            let places = find::places(&source).map_err(|error| format!("{file}: {error}"))?;
            let woven = weave::weave(&source, &places, first, &omitted);
            write(&to.join(file), &woven.text)?;
            for (mutant, place) in woven.places.into_iter().enumerate() {
                let entry = Entry {
                    id: first + mutant,
                    room,
                    file,
                    line: place.mutant.line,
                    column: place.mutant.column,
                    what: &place.mutant.what,
                    own: place.own,
                    whole: place.whole,
                };
                if first + mutant > 0 {
                    entries.push_str(",\n");
                }
                entries.push_str(&serde_json::to_string(&entry)?);
            }
            first += places.iter().map(|place| place.mutants.len()).sum::<usize>();
        }
    }
    entries.push_str("\n]\n");
    fs::write(list, entries)?;
    write(&to.join("src/mutation.rs"), &include_str!("runtime.rs").replace("COUNT", &first.to_string()))?;
    // What is left over in a mutant is no fault of the program's.
    let lib = fs::read_to_string(from.join("src/lib.rs"))?;
    let head = lib.lines().take_while(|line| line.starts_with("//!")).count();
    let mut lines: Vec<&str> = lib.lines().collect();
    lines.insert(head, "#![allow(warnings)]\npub mod mutation;");
    write(&to.join("src/lib.rs"), &(lines.join("\n") + "\n"))?;
    Ok(())
}

/// The files of a room; tests that stand in files of their own are not mutated.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.file_name().and_then(|name| name.to_str()) {
            Some("tests" | "tests.rs") => {}
            _ if path.is_dir() => collect(&path, files)?,
            _ if path.extension().is_some_and(|ending| ending == "rs") => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// A file that says the same keeps its time, so that nothing is compiled for nothing.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
