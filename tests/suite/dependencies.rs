//! `docs/dependencies.md` held against what the program is made of: no crate missing, none too many, and nothing untold of what runs while compiling.

use crate::support::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

/// The tables of the page by their headings: each crate with what it may do.
fn told() -> BTreeMap<String, BTreeMap<String, String>> {
    let text = fs::read_to_string(repository().join("docs/dependencies.md")).unwrap();
    let mut tables = BTreeMap::new();
    let mut heading = String::new();
    for line in text.lines() {
        if let Some(next) = line.strip_prefix("## ") {
            next.clone_into(&mut heading);
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let Some(name) = cells.get(1).and_then(|cell| cell.strip_prefix('`')?.strip_suffix('`')) else { continue };
        assert_eq!(cells.len(), 7, "a row has five cells: {line}");
        assert!(cells[2..6].iter().all(|cell| !cell.is_empty()), "something is not told: {line}");
        let table: &mut BTreeMap<String, String> = tables.entry(heading.clone()).or_default();
        assert!(table.insert(name.to_owned(), cells[3].to_owned()).is_none(), "{name} stands twice");
    }
    tables
}

/// The crates that a section of a manifest names.
fn named(manifest: &str, section: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(repository().join(manifest)).unwrap();
    let manifest = toml::de::DeTable::parse(&text).unwrap();
    let section = manifest.get_ref().get(section).and_then(|section| section.get_ref().as_table());
    section.into_iter().flatten().map(|(name, _)| name.get_ref().clone().into_owned()).collect()
}

#[test]
fn every_crate_is_told_and_no_other() {
    let told = told();
    let names = |heading: &str| told[heading].keys().cloned().collect::<BTreeSet<_>>();
    let program = named("Cargo.toml", "dependencies");
    assert_eq!(names("In the program"), program);
    let tests = named("Cargo.toml", "dev-dependencies");
    assert_eq!(names("In its tests alone"), tests.difference(&program).cloned().collect());
    let tools = [
        ("fuzz/Cargo.toml", "In fuzz targets alone"),
        ("scripts/mutation/Cargo.toml", "In the tool that makes mutants alone"),
    ];
    for (manifest, heading) in tools.into_iter().filter(|(manifest, _)| repository().join(manifest).exists()) {
        let mut own = named(manifest, "dependencies");
        own.remove("sourcebook");
        let missing: Vec<String> = own.difference(&names(heading)).cloned().collect();
        assert!(missing.iter().all(|name| program.contains(name)), "not told: {missing:?}");
    }
}

#[test]
fn what_runs_while_compiling_is_told() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(repository())
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let own = list(&metadata["resolve"]["nodes"]).into_iter().find(|node| node["id"] == metadata["resolve"]["root"]);
    let direct: BTreeSet<String> =
        list(&own.unwrap()["deps"]).iter().map(|dependency| text(&dependency["pkg"])).collect();
    let told: BTreeMap<String, String> = told().into_values().flatten().collect();
    let mut seen = 0;
    for package in list(&metadata["packages"]).iter().filter(|package| direct.contains(&text(&package["id"]))) {
        let name = text(&package["name"]);
        let kinds: Vec<String> =
            list(&package["targets"]).iter().flat_map(|target| list(&target["kind"])).map(|kind| text(&kind)).collect();
        let has = kinds.iter().any(|kind| kind == "custom-build");
        assert_eq!(told[&name].contains("build script"), has, "{name}: {}", told[&name]);
        seen += 1;
    }
    assert!(seen > 50, "only {seen} crates were looked at");
}

#[test]
fn crates_that_compile_c_are_named() {
    let page = fs::read_to_string(repository().join("docs/dependencies.md")).unwrap();
    let said = page.lines().find(|line| line.starts_with("**C and assembly**")).unwrap();
    let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
    let compiling: BTreeSet<&str> = lock
        .split("[[package]]")
        .filter(|package| package.contains("\n \"cc\",") || package.contains("\n \"cmake\","))
        .filter_map(|package| package.split_once("name = \"")?.1.split('"').next())
        .collect();
    assert!(compiling.contains("ring"), "{compiling:?}");
    for name in compiling {
        assert!(said.contains(&format!("`{name}`")), "{name} compiles C, and docs/dependencies.md does not say so");
    }
}
