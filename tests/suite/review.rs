//! A change of a site as a reviewer sees it: `review`, `check --changed-since`, and what code hosts run.

use crate::cli::{run, status, stderr, stdout};
use crate::support::{Site, repository};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Git in a folder, with a name of nobody and the settings of no machine.
fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The base site below a folder of a repository, with its translations recorded, on a branch of its own.
fn begun() -> Site {
    let site = Site::base();
    assert_eq!(status(&run(&site, &["translate", "adopt", "--date", "2026-11-25"])), 0);
    let top = site.root().parent().unwrap().to_path_buf();
    git(&top, &["init", "--quiet"]);
    git(&top, &["add", "."]);
    git(&top, &["commit", "--quiet", "--message", "Begin"]);
    git(&top, &["switch", "--quiet", "--create", "change"]);
    site
}

fn edit(site: &Site, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.root().join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    site.put(path, text.replace(from, to));
}

/// What a reviewer would see, without the name of the commit.
fn reviewed(site: &Site) -> String {
    let output = run(site, &["review", "--since", "main"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    let (before, rest) = text.split_once("`main (").unwrap();
    let (commit, after) = rest.split_once(")`").unwrap();
    assert!(commit.len() == 10 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{commit}");
    format!("{before}`main (COMMIT)`{after}")
}

#[test]
fn nothing_has_changed() {
    insta::assert_snapshot!(reviewed(&begun()));
}

#[test]
fn what_readers_will_see_is_told() {
    let site = begun();
    edit(
        &site,
        "content/en/index.md",
        "in time of war [@gciv-1949].",
        "in time of war and in occupied territory. <!-- uncited: said below -->",
    );
    edit(&site, "content/figures/figures.yaml", "value: 15\n", "value: 17\n");
    edit(&site, "content/sources/sources.yaml", "  place: Geneva\n", "  place: Genf\n");
    site.put(
        "content/en/documents/court.md",
        "---\ntitle: The Court @reader <b>\n---\nIt sits in The Hague [@un-charter-1945].\n",
    );
    fs::remove_file(site.root().join("content/en/documents/declaration.md")).unwrap();
    insta::assert_snapshot!(reviewed(&site));
}

#[test]
fn what_others_did_meanwhile_is_nobodys_change_here() {
    let site = begun();
    let top = site.root().parent().unwrap().to_path_buf();
    git(&top, &["switch", "--quiet", "main"]);
    edit(&site, "content/figures/figures.yaml", "value: 15\n", "value: 17\n");
    git(&top, &["commit", "--quiet", "--all", "--message", "Count again"]);
    git(&top, &["switch", "--quiet", "change"]);
    assert!(reviewed(&site).contains("nothing changes for readers"));
}

#[test]
fn what_git_cannot_tell_is_said() {
    let site = begun();
    let refused = |arguments: &[&str]| {
        let output = run(&site, arguments);
        assert_eq!(status(&output), 2);
        stderr(&output).to_owned()
    };
    for command in ["review", "check"] {
        let option = if command == "check" { "--changed-since" } else { "--since" };
        assert!(refused(&[command, option, "mian"]).contains("the repository has no revision `mian`"));
        assert!(refused(&[command, &format!("{option}=--output=x")]).contains("no revision `--output=x`"));
    }
    let outside = Site::base();
    let output = run(&outside, &["review", "--since", "main"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("is in no Git repository"), "{}", stderr(&output));
}

#[test]
fn warnings_are_those_of_files_that_were_touched() {
    let site = begun();
    let warned = || {
        let output = run(&site, &["check", "--changed-since", "main", "--format", "json"]);
        let found: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        let file = |one: &serde_json::Value| one["file"].as_str().unwrap_or_default().to_owned();
        (status(&output), found.as_array().unwrap().iter().map(file).collect::<Vec<_>>())
    };
    // Something strange that was there before.
    edit(&site, "content/en/documents/index.md", "weight: 10", "weight: 10\nunknown: 1");
    git(&site.root(), &["commit", "--quiet", "--all", "--message", "Strange"]);
    git(&site.root(), &["branch", "--quiet", "--force", "main"]);
    assert!(!run(&site, &["check", "--format", "json"]).stdout.is_empty());
    let (_, before) = warned();
    // A rewritten passage makes its translation old: the warning is in a file that nobody touched.
    edit(&site, "content/en/index.md", "protects civilians in time of war", "protects civilians");
    let (_, after) = warned();
    assert!(
        after.len() > before.len() && after.iter().any(|file| file == "content/he/index.md"),
        "{before:?} {after:?}"
    );
    // An error is told wherever it is.
    edit(&site, "content/en/documents/index.md", "@udhr-1948;", "@udhr-1949;");
    git(&site.root(), &["commit", "--quiet", "--all", "--message", "Wrong"]);
    git(&site.root(), &["branch", "--quiet", "--force", "main"]);
    let (status, files) = warned();
    assert!(status == 1 && files.contains(&"content/en/documents/index.md".to_owned()), "{files:?}");
}

/// The steps of the action for GitHub, as its runner starts them, but for the one that compiles.
#[test]
fn the_action_for_github_does_what_it_says() {
    let site = begun();
    edit(&site, "content/en/index.md", "[@un-charter-1945].\nIt gives", "[@un-charter-1954].\nIt gives");
    let action = fs::read_to_string(repository().join(".github/actions/review/action.yml")).unwrap();
    let action: serde_yaml::Value = serde_yaml::from_str(&action).unwrap();
    let step = action["runs"]["steps"].as_sequence().unwrap().iter().find(|step| step["id"] == "review").unwrap();
    let (summary, output) = (site.beside("summary"), site.beside("output"));
    let program = Path::new(env!("CARGO_BIN_EXE_sourcebook")).parent().unwrap();
    let ran = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().unwrap()])
        .current_dir(site.root().parent().unwrap())
        .env("PATH", format!("{}:{}", program.display(), std::env::var("PATH").unwrap()))
        .envs([("ROOT", "site"), ("SINCE", "main"), ("SARIF", "found.sarif")])
        .env("RUNNER_TEMP", site.beside(""))
        .envs([("GITHUB_STEP_SUMMARY", &summary), ("GITHUB_OUTPUT", &output)])
        .output()
        .unwrap();
    let said = stdout(&ran);
    assert_eq!(status(&ran), 1, "{said}{}", stderr(&ran));
    assert!(said.contains("::error file=site/content/en/index.md,line="), "{said}");
    assert!(fs::read_to_string(summary).unwrap().starts_with("### What changes for readers"));
    assert!(fs::read_to_string(output).unwrap().starts_with("summary="));
    let sarif: serde_json::Value = serde_json::from_slice(&fs::read(site.beside("found.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn the_job_for_gitlab_does_what_it_says() {
    let site = begun();
    edit(&site, "content/en/index.md", "civilians in time of war", "civilians");
    let top = site.root().parent().unwrap().to_path_buf();
    git(&top, &["remote", "add", "origin", top.to_str().unwrap()]);
    let job = fs::read_to_string(repository().join("docs/ci/gitlab.yml")).unwrap();
    let job: serde_yaml::Value = serde_yaml::from_str(&job).unwrap();
    let lines = job["sourcebook"]["script"].as_sequence().unwrap().iter().map(|line| line.as_str().unwrap());
    let program = Path::new(env!("CARGO_BIN_EXE_sourcebook")).parent().unwrap();
    let ran = Command::new("bash")
        .args(["-eo", "pipefail", "-c", &lines.collect::<Vec<_>>().join("\n")])
        .current_dir(&top)
        .env("PATH", format!("{}:{}", program.display(), std::env::var("PATH").unwrap()))
        .envs([("SITE", "site"), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")])
        .output()
        .unwrap();
    assert_eq!(status(&ran), 0, "{}", stderr(&ran));
    assert!(fs::read_to_string(top.join("review.md")).unwrap().contains("Translations that fall behind"));
    assert!(fs::read_to_string(top.join("sourcebook.sarif")).unwrap().contains("\"version\": \"2.1.0\""));
}
