//! Names that every computer can keep: a site is handed from one to another, by Git, in an archive, on a stick. Uses `ids` for names of devices, and `span` and
//! `diagnostic` to say what is wrong with one.
//!
//! Windows keeps some names and letters for itself; it and macOS take names for one that differ in capitals or in how a letter with an accent is put together.

use super::disk::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::is_device;
use crate::span::{Files, Span};
use icu::normalizer::ComposingNormalizer;
use std::collections::{BTreeMap, BTreeSet};

/// Why a name cannot be kept everywhere; `None` where it can.
pub(super) fn fault(name: &str) -> Option<&'static str> {
    if name.contains(|c: char| c.is_control()) {
        Some("it has a character in it that cannot be seen")
    } else if name.contains(['<', '>', ':', '"', '\\', '|', '?', '*']) {
        Some("Windows does not take names with `<`, `>`, `:`, `\"`, `\\`, `|`, `?` or `*`")
    } else if name.ends_with(['.', ' ']) {
        Some("Windows drops a dot or a blank at the end of a name")
    } else if is_device(name) {
        Some("Windows keeps this name for a device")
    } else {
        None
    }
}

/// Takes out of the files of a folder, which are in order, those whose names cannot be kept everywhere, and the second of two that are one somewhere.
pub(super) fn sift(
    folder: &str,
    found: Vec<Found>,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Found> {
    let mut told = BTreeSet::new();
    let twins = twins(&found);
    let mut stays = |found: &Found| {
        let faulty = parts(&found.path).find_map(|(path, name)| Some((path, fault(name)?.to_owned())));
        let twin = || {
            let (path, first) = parts(&found.path).find_map(|(path, _)| Some((path, twins.get(path)?)))?;
            Some((path, format!("on many computers it is the same as `{folder}/{first}`")))
        };
        let Some((path, problem)) = faulty.or_else(twin) else { return true };
        if told.insert(path.to_owned()) {
            let path = format!("{folder}/{path}");
            let place = Span::start_of(files.add(path.as_str(), ""));
            diagnostics.push(
                Diagnostic::new(Code::SB109, place, format!("`{path}` cannot be kept on every computer: {problem}"))
                    .help("rename it"),
            );
        }
        false
    };
    found.into_iter().filter(|found| stays(found)).collect()
}

/// The folders that a file lies in, the outermost first, and itself: the path of each, and its name.
fn parts(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter_map(|end| path.get(..end)).map(|path| (path, path.rsplit_once('/').map_or(path, |(_, name)| name)))
}

/// Paths of files and folders that are one with an earlier one where capitals and accents do not count, each with the earlier one.
fn twins(found: &[Found]) -> BTreeMap<String, String> {
    // Most sites have small plain letters alone, and nothing to compare.
    if found.iter().all(|found| found.path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase())) {
        return BTreeMap::new();
    }
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut twins = BTreeMap::new();
    for (path, _) in found.iter().flat_map(|found| parts(&found.path)) {
        let first = known.entry(folded(path)).or_insert(path);
        if *first != path {
            twins.insert(path.to_owned(), (*first).to_owned());
        }
    }
    twins
}

/// A path as those computers compare it.
fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    ComposingNormalizer::new_nfc().normalize(&path.to_lowercase()).into_owned()
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// What is left of files, and what is said of the others.
    fn sifted(paths: &[&str]) -> (Vec<String>, Vec<String>) {
        let found = paths.iter().map(|path| Found { path: (*path).to_owned(), full: PathBuf::new() }).collect();
        let (mut files, mut diagnostics) = (Files::default(), Vec::new());
        let left = sift("static", found, &mut files, &mut diagnostics);
        let said = diagnostics.into_iter().map(|found| found.message).collect();
        (left.into_iter().map(|found| found.path).collect(), said)
    }

    #[test]
    fn names_that_windows_cannot_keep() {
        let bad = ["con", "NUL.txt", "Com1.tar.gz", "x.", "x ", "a:b", "a\\b", "a\u{1b}[2Jb", "a\nb", "what?"];
        for bad in bad {
            assert!(fault(bad).is_some(), "{bad}");
        }
        for good in ["context", "com", "com10", "nulls.txt", ".x", "a b", "été.txt", "تقرير.pdf", "x.y.z"] {
            assert_eq!(fault(good), None, "{good}");
        }
    }

    #[test]
    fn the_second_of_two_is_left_out_and_told_once() {
        let (left, said) =
            sifted(&["A/x", "a/y", "a/z", "aux/1", "aux/2", "caf\u{e9}", "cafe\u{301}", "q", "ÉT", "ét"]);
        assert_eq!(left, ["A/x", "caf\u{e9}", "q", "ÉT"]);
        assert_eq!(said.len(), 4, "{said:#?}");
        assert!(said[0].starts_with("`static/a` ") && said[0].ends_with("`static/A`"), "{said:#?}");
        assert!(said[1].starts_with("`static/aux` "), "{said:#?}");
    }
}
