//! The workflows and actions of the repository: what each must have so that nobody who sends a change, and no newer crate, decides what is built.

use crate::cli::{status, stderr};
use crate::support::{Site, repository};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Which jobs may write, and what; all others read alone.
const MAY_WRITE: &[(&str, &str, &[&str])] =
    &[("pages.yml", "", &["id-token", "pages"]), ("release.yml", "publish", &["attestations", "contents", "id-token"])];

/// What cargo does without looking at the lock file, or without what can be locked.
const NEVER_LOCKED: &[&str] = &["fmt", "cyclonedx", "--version"];

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn workflows() -> BTreeMap<String, Value> {
    let folder = fs::read_dir(repository().join(".github/workflows")).unwrap();
    let paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), read(path))).collect()
}

fn entries(value: &Value) -> Vec<(String, Value)> {
    let entries = value.as_mapping().into_iter().flatten();
    entries.map(|(name, value)| (name.as_str().unwrap_or_default().to_owned(), value.clone())).collect()
}

/// Every step of every job and action, with the file that it stands in.
fn steps() -> Vec<(String, Value)> {
    let mut steps = Vec::new();
    for (file, workflow) in workflows() {
        for (job, told) in entries(&workflow["jobs"]) {
            let own = told["steps"].as_sequence().unwrap().iter();
            steps.extend(own.map(|step| (format!("{file}, {job}"), step.clone())));
        }
    }
    let action = read(&repository().join(".github/actions/review/action.yml"));
    steps.extend(action["runs"]["steps"].as_sequence().unwrap().iter().map(|step| ("review".to_owned(), step.clone())));
    steps
}

/// What a step runs, line by line.
fn lines(step: &Value) -> Vec<String> {
    step["run"].as_str().unwrap_or_default().lines().map(str::to_owned).collect()
}

#[test]
fn jobs_may_do_no_more_than_they_need() {
    for (file, workflow) in workflows() {
        let allowed = |permissions: &Value, job: &str| {
            let may =
                MAY_WRITE.iter().find(|(own, of, _)| *own == file && *of == job).map_or(&[][..], |(_, _, may)| may);
            assert!(permissions.as_mapping().is_some(), "{file} {job}: permissions are not listed");
            for (name, right) in entries(permissions) {
                let writes = right.as_str() == Some("write");
                assert!(!writes || may.contains(&name.as_str()), "{file} {job} may write {name}");
            }
        };
        allowed(&workflow["permissions"], "");
        for (job, told) in entries(&workflow["jobs"]) {
            if !told["permissions"].is_null() {
                allowed(&told["permissions"], &job);
            }
            assert!(told["timeout-minutes"].as_u64().is_some_and(|most| most <= 180), "{file} {job} may run for ever");
        }
        let begun_by: BTreeSet<String> = entries(&workflow["on"]).into_iter().map(|(name, _)| name).collect();
        let known = ["pull_request", "push", "schedule", "workflow_dispatch"];
        assert!(
            !begun_by.is_empty() && begun_by.iter().all(|name| known.contains(&name.as_str())),
            "{file}: {begun_by:?}"
        );
    }
}

#[test]
fn nothing_that_somebody_else_wrote_becomes_a_command() {
    for (place, step) in steps() {
        for line in lines(&step) {
            assert!(!line.contains("${{"), "{place}: give it to the step as `env`: {line}");
        }
        let Some(action) = step["uses"].as_str() else { continue };
        let (name, version) = action.split_once('@').unwrap_or((action, ""));
        let is_commit = version.len() == 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_version = version.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok());
        assert!(name.starts_with("actions/") && (is_commit || is_version), "{place}: {action}");
    }
}

#[test]
fn the_lock_file_decides_what_is_built() {
    let mut seen = 0;
    for (place, step) in steps() {
        for line in lines(&step) {
            let words: Vec<&str> = line.split(|c: char| c.is_whitespace() || "$()".contains(c)).collect();
            for at in words.iter().enumerate().filter(|(_, word)| **word == "cargo").map(|(at, _)| at) {
                let does = words.get(at + 1).copied().unwrap_or_default();
                if NEVER_LOCKED.contains(&does) || words.get(at + 2) == Some(&"--version") {
                    continue;
                }
                assert!(words.iter().skip(at).any(|word| *word == "--locked"), "{place}: {line}");
                seen += 1;
            }
        }
    }
    assert!(seen > 8, "only {seen} calls of cargo were found");
}

#[cfg(unix)]
#[test]
fn scripts_that_are_run_are_there() {
    use std::os::unix::fs::PermissionsExt;
    let mut seen = BTreeSet::new();
    for (place, step) in steps() {
        for word in
            lines(&step).iter().flat_map(|line| line.split_whitespace()).filter(|word| word.starts_with("./scripts/"))
        {
            let found = fs::metadata(repository().join(word));
            assert!(found.is_ok_and(|found| found.permissions().mode() & 0o111 != 0), "{place}: {word}");
            seen.insert(word.to_owned());
        }
    }
    assert!(seen.contains("./scripts/test"), "{seen:?}");
}

fn release() -> Value {
    read(&repository().join(".github/workflows/release.yml"))
}

/// A step of the release by its id or name.
fn step(job: &str, name: &str) -> Value {
    let release = release();
    let steps = release["jobs"][job]["steps"].as_sequence().unwrap();
    let found = steps.iter().find(|step| step["id"] == name || step["name"] == name || step["uses"] == name);
    found.unwrap_or_else(|| panic!("{job} has no step {name}")).clone()
}

#[test]
fn a_release_is_tested_listed_and_attested() {
    let release = release();
    assert!(entries(&release["on"]).iter().all(|(name, told)| name == "push" && told["branches"].is_null()));
    assert_eq!(lines(&step("test", "Tests")), ["./scripts/test"]);
    let needed = |job: &str| -> BTreeSet<String> {
        let needs = release["jobs"][job]["needs"].as_sequence().unwrap();
        needs.iter().map(|need| need.as_str().unwrap().to_owned()).collect()
    };
    assert!(needed("build").is_superset(&["test", "dependencies"].map(str::to_owned).into()));
    let others = entries(&release["jobs"]).into_iter().map(|(job, _)| job).filter(|job| job != "publish");
    assert_eq!(needed("publish"), others.collect());
    assert_eq!(step("publish", "Proof of where it was built")["with"]["subject-path"], "release/*");
    assert!(lines(&step("publish", "A draft of the release"))[0].contains(" --draft "));

    // Licences and faults are looked up for every platform that is built.
    let built = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_sequence().unwrap();
    let built: BTreeSet<&str> = built.iter().map(|one| one["target"].as_str().unwrap()).collect();
    let deny = fs::read_to_string(repository().join("deny.toml")).unwrap();
    let line = deny.lines().find_map(|line| line.strip_prefix("targets = [")).unwrap();
    assert_eq!(built, line.split('"').skip(1).step_by(2).collect());
}

/// Runs what a step runs, as the runner would.
#[cfg(target_os = "linux")]
fn run(step: &Value, folder: &Path, tag: &str) -> Output {
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().unwrap()]);
    command.current_dir(folder).env("TAG", tag).output().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_tag_that_is_not_the_version_stops_the_release() {
    let step = step("test", "tag");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(status(&run(&step, &repository(), &format!("v{version}"))), 0);
    for wrong in ["v99.0.0", version, ""] {
        let output = run(&step, &repository(), wrong);
        assert!(status(&output) == 1 && stderr(&output).contains(version), "{wrong}: {}", stderr(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn archives_have_the_program_and_its_terms_and_are_the_same_each_time() {
    let pack = step("publish", "pack");
    let packed = |umask: &str| {
        let site = Site::empty();
        let work = site.beside("work");
        for (path, text) in [
            ("made/program-x86_64-unknown-linux-gnu/sourcebook", "program"),
            ("made/program-x86_64-pc-windows-msvc/sourcebook.exe", "program"),
            ("made/notes/AUDIT.txt", "fine"),
            ("made/notes/sourcebook.cdx.json", "{}"),
        ] {
            let path = work.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        for name in ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE"] {
            fs::copy(repository().join(name), work.join(name)).unwrap();
        }
        let mut step = pack.clone();
        step["run"] = Value::String(format!("umask {umask}\n{}", pack["run"].as_str().unwrap()));
        let output = run(&step, &work, "v1.2.3");
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let archive = work.join("release/sourcebook-v1.2.3-x86_64-unknown-linux-gnu.tar.gz");
        let list = Command::new("tar").arg("-tvzf").arg(archive).output().unwrap();
        let check = Command::new("sha256sum")
            .args(["--check", "--strict", "SHA256SUMS"])
            .current_dir(work.join("release"))
            .output();
        assert_eq!(status(&check.unwrap()), 0);
        (fs::read_to_string(work.join("release/SHA256SUMS")).unwrap(), String::from_utf8(list.stdout).unwrap())
    };
    let (sums, list) = packed("022");
    assert_eq!(sums.lines().count(), 4, "{sums}");
    assert!(
        list.lines().any(|line| line.starts_with("-rwxr-xr-x 0/0") && line.ends_with("-linux-gnu/sourcebook")),
        "{list}"
    );
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE", "SECURITY.md"] {
        assert!(list.contains(name), "{name} is missing: {list}");
    }
    assert_eq!(packed("077").0, sums);
}
