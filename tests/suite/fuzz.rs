//! What the fuzzer has found once is tried on every run, without the fuzzer. `scripts/fuzz` says how to add to it.

#[path = "../../fuzz/src/targets/mod.rs"]
mod targets;

use crate::support::repository;
use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;

#[test]
fn what_was_found_once_is_mended() {
    let mut failed = Vec::new();
    for (name, target) in targets::TARGETS {
        let Ok(folder) = fs::read_dir(repository().join("tests/fixtures/fuzz").join(name)) else { continue };
        for file in folder {
            let path = file.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            if catch_unwind(|| target(&bytes)).is_err() {
                failed.push(path);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// A target that nobody runs finds nothing.
#[test]
fn every_target_is_run() {
    let stems = |folder: &str| -> BTreeSet<String> {
        let files = fs::read_dir(repository().join(folder)).unwrap();
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let targets: BTreeSet<String> = targets::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(stems("fuzz/fuzz_targets"), targets);
    assert!(stems("tests/fixtures/fuzz").is_subset(&targets), "fixtures of no target");
    let listed = fs::read_to_string(repository().join("fuzz/Cargo.toml")).unwrap();
    for target in &targets {
        assert!(listed.contains(&format!("name = \"{target}\"")), "fuzz/Cargo.toml lacks {target}");
    }
}
