//! Drives the binary in temporary folders: exit statuses, formats, what is written and what is left alone, and builds that are killed.

use crate::support::{Site, tree};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Instant;

const PAGE: &str = "content/en/documents/declaration.md";
const BROKEN: &str =
    "---\ntitle: The Universal Declaration\n---\nשלום: everyone has the right to life [@udhr-1984, art. 3].\n";

pub fn sourcebook(site: &Site) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
    command.current_dir(site.root()).env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

pub fn run(site: &Site, arguments: &[&str]) -> Output {
    sourcebook(site).args(arguments).output().unwrap()
}

pub fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("no exit status: {output:?}"))
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// What lies beside the site and in it, content left out: what a command may have written.
fn leavings(site: &Site) -> Vec<String> {
    let mut names: Vec<String> = [site.root(), site.beside("")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_exit_status_says_how_it_went() {
    let good = Site::base();
    let broken = Site::base();
    broken.put(PAGE, BROKEN);
    let unconfigured = Site::base();
    unconfigured.put("book.toml", "[book]\nlanguage = \"en\"\n");
    let nowhere = Site::empty();
    let cases: [(&Site, &[&str], i32); 20] = [
        (&good, &["check"], 0),
        (&good, &["build"], 0),
        (&good, &["--version"], 0),
        (&good, &["check", "--help"], 0),
        (&broken, &["check"], 1),
        (&broken, &["build"], 1),
        (&good, &["chekc"], 2),
        (&good, &["build", "--colour"], 2),
        (&good, &["check", "--deny", "SB999"], 2),
        (&good, &["build", "--base-url", "example.org"], 2),
        (&unconfigured, &["check"], 2),
        (&nowhere, &["build"], 2),
        (&good, &["ledger"], 0),
        (&broken, &["ledger", "--format", "csv"], 1),
        (&good, &["ledger", "--lang", "xx"], 2),
        (&good, &["ledger", "--page", "documents/declaraton"], 2),
        (&good, &["ledger", "--out", "book.toml"], 2),
        (&unconfigured, &["ledger"], 2),
        (&good, &["ledger", "--out", "book.toml/ledger.json"], 3),
        // A path through a file cannot be made: the machine says no.
        (&good, &["build", "--out", "book.toml/public"], 3),
    ];
    for (site, arguments, expected) in cases {
        let output = run(site, arguments);
        assert_eq!(status(&output), expected, "{arguments:?}\n{}", stderr(&output));
        let said = stderr(&output);
        assert_eq!(!said.is_empty(), expected != 0 || arguments == ["check"], "{arguments:?} says {said:?}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn a_warning_is_an_error_where_it_is_denied() {
    let site = Site::base();
    site.put("content/themes.yaml", "rights: {name: {en: Human rights}}\n");
    assert_eq!(status(&run(&site, &["check"])), 0);
    assert_eq!(status(&run(&site, &["check", "--deny", "SB325"])), 1);
    assert_eq!(status(&run(&site, &["check", "--deny", "words-missing"])), 1);
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}words-missing = \"deny\"\n"));
    assert_eq!(status(&run(&site, &["check"])), 1);
    site.put("book.toml", format!("{book}SB325 = \"allow\"\n"));
    assert_eq!(stdout(&run(&site, &["check", "--format", "json"])).trim(), "[]");
    assert_eq!(status(&run(&site, &["check", "--deny", "SB325"])), 1);
}

#[test]
fn what_still_wants_a_source_is_shown_to_editors_and_not_published() {
    let site = Site::base();
    site.put(PAGE, "---\ntitle: The Universal Declaration\n---\nIt was translated often [@? who counted?].\n");
    assert_eq!(status(&run(&site, &["check"])), 0);
    let refused = run(&site, &["build"]);
    assert_eq!(status(&refused), 1);
    assert!(stderr(&refused).contains("error[SB207]"), "{}", stderr(&refused));
    assert!(!site.root().join("public").exists());
    assert_eq!(status(&run(&site, &["build", "--drafts"])), 0);
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}citation-needed = \"warn\"\n"));
    assert_eq!(status(&run(&site, &["build"])), 0);
}

#[test]
fn json_is_one_array_with_the_keys_that_are_promised() {
    let site = Site::base();
    site.put(PAGE, BROKEN).put(
        "content/sources/more.yaml",
        "gciii-1949:\n  type: treaty\n  lang: en\n  title: Third Geneva Convention\n  autor: x\n  checked: known\n",
    );
    let output = run(&site, &["check", "--format", "json"]);
    assert_eq!(status(&output), 1);
    let parsed: Value = serde_json::from_str(stdout(&output)).unwrap();
    let records = parsed.as_array().unwrap();
    assert!(records.len() >= 2);
    let mut keys = ["code", "severity", "message", "help", "file", "line", "column", "end_line", "end_column"];
    keys.sort_unstable();
    for record in records {
        let mut found: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, keys);
    }
    let find = |code: &str| {
        records.iter().find(|record| record["code"] == code).unwrap_or_else(|| panic!("no {code}: {parsed}"))
    };
    let unknown = find("SB201");
    // Columns count characters: the line begins with four Hebrew letters.
    let expected = [("line", 4), ("column", 40), ("end_line", 4), ("end_column", 49)];
    for (key, value) in expected {
        assert_eq!(unknown[key], value, "{key} of {unknown}");
    }
    assert_eq!(unknown["file"], PAGE);
    assert_eq!(unknown["severity"], "error");
    assert_eq!(unknown["help"], "did you mean `@udhr-1948`?");
    assert_eq!(find("SB208")["severity"], "warning");
    assert_eq!(find("SB105")["line"], 5);
}

#[test]
fn the_ledger_of_a_site_with_errors_is_given_and_the_errors_are_told() {
    let site = Site::base();
    site.put(
        PAGE,
        format!("{BROKEN}Nobody says so. See [human rights](event:human-rights) [@udhr-1948].\n\nNor this.\n"),
    );
    site.put("content/themes.yaml", "rights: {name: {en: Human rights}}\n");
    let output = run(&site, &["ledger", "--lang", "en", "--page", "documents/declaration.md"]);
    assert_eq!(status(&output), 1);
    let entries: Value = serde_json::from_str(stdout(&output)).unwrap();
    let told: Vec<(&str, &str)> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["statement"].as_str().unwrap(), entry["coverage"].as_str().unwrap()))
        .collect();
    let expected = [
        ("שלום: everyone has the right to life.", "covered"),
        ("Nobody says so.", "covered"),
        ("See human rights.", "covered"),
        ("Nor this.", "uncovered"),
    ];
    assert_eq!(told, expected);
    let source = &entries[0]["evidence"][0]["source"];
    assert_eq!((source["id"].as_str(), source["name"].as_str()), (Some("udhr-1984"), None));
    let said = stderr(&output);
    assert!(said.contains("error[SB201]") && said.contains("error[SB210]"), "{said}");
    assert!(!said.contains("SB325") && said.contains("the ledger holds what could be read"), "{said}");
    let sheet = run(&site, &["ledger", "--format", "html"]);
    assert_eq!(status(&sheet), 1);
    assert!(stdout(&sheet).contains("errors when this sheet was made") && stdout(&sheet).contains("udhr-1984"));
    site.put("templates/sheet.html", "{{ nothing.here }}");
    let broken = run(&site, &["ledger", "--format", "html"]);
    assert_eq!((status(&broken), stdout(&broken)), (1, ""));
    assert!(stderr(&broken).contains("error[SB702]"), "{}", stderr(&broken));
}

#[test]
fn the_ledger_replaces_a_ledger_and_nothing_else() {
    let site = Site::base();
    let out = site.root().join("report/ledger.csv");
    for language in ["en", "he"] {
        let output = run(&site, &["ledger", "--format", "csv", "--lang", language, "--out", "report/ledger.csv"]);
        assert_eq!((status(&output), stdout(&output)), (0, ""), "{}", stderr(&output));
        assert_eq!(fs::read_to_string(&out).unwrap().contains("\r\nhe#"), language == "he");
    }
    let before = fs::read_to_string(site.root().join(PAGE)).unwrap();
    for format in ["json", "csv", "html"] {
        let output = run(&site, &["ledger", "--format", format, "--out", PAGE]);
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains("did not write"), "{}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(site.root().join(PAGE)).unwrap(), before);
}

#[test]
fn sarif_has_what_a_scanner_needs() {
    let site = Site::base();
    site.put(PAGE, BROKEN);
    let output = run(&site, &["check", "--format", "sarif"]);
    assert_eq!(status(&output), 1);
    let log: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "Sourcebook");
    let rules: Vec<&str> =
        driver["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let rule = result["ruleId"].as_str().unwrap();
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index], rule);
        assert!(["error", "warning", "note", "none"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with(PAGE));
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(place["region"]["startColumn"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn github_gets_one_command_a_line() {
    let site = Site::base();
    site.put(PAGE, BROKEN);
    let output = run(&site, &["check", "--format", "github"]);
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert!(!lines.is_empty());
    for line in &lines {
        assert!(line.starts_with("::error ") || line.starts_with("::warning "), "{line}");
        assert!(line.contains(&format!("file={PAGE},line=4,col=")), "{line}");
    }
    assert!(lines.iter().any(|line| line.contains("there is no source `udhr-1984`%0Adid you mean")), "{lines:?}");
}

#[test]
fn a_folder_that_holds_other_things_is_left_alone() {
    let site = Site::base();
    site.put("public/notes.txt", "mine").put("public/en/index.html", "mine, too");
    let before = tree(&site.root());
    let output = run(&site, &["build"]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(stderr(&output).contains("public"), "{}", stderr(&output));
    assert_eq!(tree(&site.root()), before);

    // A folder that was built, to which somebody added a file.
    let site = Site::base();
    assert_eq!(status(&run(&site, &["build"])), 0);
    site.put("public/notes.txt", "mine");
    let before = tree(&site.root());
    assert_eq!(status(&run(&site, &["build"])), 2);
    assert_eq!(tree(&site.root()), before);

    // Folders that hold what the site is made of.
    for out in [".", "content", "content/en", "..", "templates"] {
        let before = tree(&site.root());
        assert_eq!(status(&run(&site, &["build", "--out", out])), 2, "{out}");
        assert_eq!(tree(&site.root()), before, "{out}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_folder_is_refused() {
    let site = Site::base();
    let elsewhere = site.beside("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.root().join("public")).unwrap();
    assert_eq!(status(&run(&site, &["build"])), 2);
    assert!(tree(&elsewhere).is_empty());
}

#[test]
fn errors_write_nothing() {
    let site = Site::base();
    let clean = leavings(&site);
    site.put(PAGE, BROKEN);
    assert_eq!(status(&run(&site, &["build"])), 1);
    assert_eq!(leavings(&site), clean);

    // A site that was built stays as it was.
    let site = Site::base();
    assert_eq!(status(&run(&site, &["build"])), 0);
    let built = tree(&site.root().join("public"));
    site.put(PAGE, BROKEN);
    assert_eq!(status(&run(&site, &["build"])), 1);
    assert_eq!(tree(&site.root().join("public")), built);
    site.put("book.toml", "[book]\ntitel = \"x\"\n");
    assert_eq!(status(&run(&site, &["build"])), 2);
    assert_eq!(tree(&site.root().join("public")), built);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let site = Site::base();
    let site_elsewhere = Site::base();
    let build = |from: &Site, out: &Path, environment: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
        command.arg("build").arg("--root").arg(from.root()).arg("--out").arg(out).envs(environment.iter().copied());
        let output = command.current_dir(out.parent().unwrap()).output().unwrap();
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        tree(out)
    };
    let first = build(&site, &site.beside("one"), &[("TZ", "UTC"), ("LANG", "C")]);
    assert!(first.len() > 10);
    let others = [
        (&site, "two", &[("TZ", "Asia/Kathmandu"), ("LANG", "ar_EG.UTF-8"), ("LC_ALL", "he_IL.UTF-8")] as &[_]),
        (&site, "three", &[("RAYON_NUM_THREADS", "1")]),
        (&site, "four", &[("RAYON_NUM_THREADS", "7"), ("HOME", "/nonexistent"), ("SOURCE_DATE_EPOCH", "1")]),
        (&site_elsewhere, "five", &[]),
    ];
    for (from, name, environment) in others {
        let other = build(from, &from.beside(name), environment);
        assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{name}");
        for (path, bytes) in &first {
            assert!(other[path] == *bytes, "{path} differs in {name}");
        }
    }
}

#[test]
fn nothing_is_said_without_a_terminal_when_all_is_well() {
    let site = Site::base();
    for arguments in [&["build"] as &[&str], &["build"], &["build", "--quiet"]] {
        let output = run(&site, arguments);
        assert_eq!((stdout(&output), stderr(&output)), ("", ""));
    }
    let broken = run(site.put(PAGE, BROKEN), &["check"]);
    assert!(!stderr(&broken).contains('\u{1b}'), "colours without a terminal");
    assert_eq!(stdout(&broken), "");
}

/// They are for the editors: nothing is recorded, nothing is published of them, and a site that has an address loses it.
#[test]
fn pseudo_languages_are_built_on_request_and_never_published() {
    let site = Site::base();
    let config = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{config}\n[site]\nbase-url = \"https://example.org/\"\n"));
    assert_eq!(status(&run(&site, &["build"])), 0);
    assert!(!site.root().join("public/en-XA").exists());
    let locked = fs::read(site.root().join("figures.lock.yaml")).unwrap();
    let plain = fs::read_to_string(site.root().join("public/en/documents/declaration/index.html")).unwrap();
    assert_eq!(status(&run(&site, &["build", "--pseudo"])), 0);
    assert_eq!(fs::read(site.root().join("figures.lock.yaml")).unwrap(), locked);
    for (lang, dir) in [("en-XA", "ltr"), ("ar-XB", "rtl")] {
        let page =
            fs::read_to_string(site.root().join(format!("public/{lang}/documents/declaration/index.html"))).unwrap();
        assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")), "{lang}");
        assert!(plain.contains("rel=\"canonical\"") && !page.contains("rel=\"canonical\""), "{lang}");
        let marks = |html: &str| html.matches("role=\"doc-noteref\"").count();
        assert_eq!(marks(&page), marks(&plain), "{lang}");
    }
    // Where there is something to mend it is said of what people wrote, and once.
    site.put(PAGE, BROKEN);
    let (without, with) = (run(&site, &["build"]), run(&site, &["build", "--pseudo"]));
    assert_eq!(stderr(&with), stderr(&without));
    assert_eq!(status(&run(&site, &["build", "--pseudo", "--base-url", "https://example.org/"])), 2);
}

#[test]
fn drafts_are_built_on_request() {
    let site = Site::base();
    site.put("content/en/documents/draft.md", "---\ntitle: A page that is not finished\nstatus: draft\n---\nEveryone has the right to life [@udhr-1948, art. 3].\n");
    assert_eq!(status(&run(&site, &["build"])), 0);
    let without = tree(&site.root().join("public"));
    assert_eq!(status(&run(&site, &["build", "--drafts"])), 0);
    let with = tree(&site.root().join("public"));
    let path = "en/documents/draft/index.html";
    assert!(!without.contains_key(path) && with.contains_key(path));
    assert!(!without.values().any(|bytes| String::from_utf8_lossy(bytes).contains("A page that is not finished")));
}

#[test]
fn no_page_is_left_out_without_a_word() {
    for name in ["aux", "con", "nul", "com1"] {
        let site = Site::base();
        site.put(
            &format!("content/en/documents/{name}.md"),
            "---\ntitle: A page\n---\nEveryone has the right to life [@udhr-1948].\n",
        );
        let output = run(&site, &["build"]);
        let built = site.root().join(format!("public/en/documents/{name}/index.html")).exists();
        assert!(status(&output) == 1 || built, "{name}: status {}, built: {built}", status(&output));
    }
}

#[test]
fn a_build_that_writes_nothing_does_not_say_that_all_is_well() {
    let book = fs::read_to_string(Site::base().root().join("book.toml")).unwrap();
    for level in ["allow", "warn"] {
        let site = Site::base();
        site.put("book.toml", format!("{book}SB702 = \"{level}\"\n")).put("templates/page.html", "{{ x }");
        let output = run(&site, &["build"]);
        assert_eq!(status(&output) == 0, site.root().join("public").exists(), "{level}: {}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_site_is_published_whatever_is_silenced() {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}SB108 = \"allow\"\nSB109 = \"allow\"\n"));
    fs::rename(site.root().join("content"), site.beside("elsewhere")).unwrap();
    std::os::unix::fs::symlink(site.beside("elsewhere"), site.root().join("content")).unwrap();
    run(&site, &["build"]);
    let published = site.root().join("public");
    assert!(!published.exists() || !tree(&published).keys().any(|path| path.contains("declaration")));
}

#[test]
fn a_section_that_is_no_section_is_an_error() {
    let book = fs::read_to_string(Site::base().root().join("book.toml")).unwrap();
    for line in ["check = \"deny\"", "languages = 3"] {
        let site = Site::base();
        let book = if line.starts_with("languages") { "[book]\ntitle = \"x\"\n".to_owned() } else { book.clone() };
        site.put("book.toml", format!("{line}\n{book}"));
        assert_eq!(status(&run(&site, &["check"])), 2, "{line}");
    }
}

#[test]
fn a_link_to_a_draft_is_called_that() {
    let site = Site::base();
    site.put("content/en/documents/draft.md", "---\ntitle: Draft\nstatus: draft\n---\nFree [@udhr-1948].\n");
    site.put(PAGE, "---\ntitle: The Universal Declaration\n---\nSee [it](draft.md) [@udhr-1948].\n");
    let output = run(&site, &["check", "--format", "json"]);
    assert!(
        stdout(&output).contains("SB501") && stdout(&output).contains("draft,")
            || stdout(&output).contains("is a draft"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn the_site_is_found_from_a_folder_below() {
    let site = Site::base();
    let output = sourcebook(&site).arg("build").current_dir(site.root().join("content/en/documents")).output().unwrap();
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(site.root().join("public/en/index.html").is_file());
    assert!(!site.root().join("content/en/documents/public").exists());
    // `--root` means that folder and no other.
    let output = run(&site, &["build", "--root", "content"]);
    assert_eq!(status(&output), 2);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let site = Site::base();
    // More than a pipe holds, so that the program is still writing when its reader goes.
    let lines = "Everyone has the right to life.\n\n".repeat(2000);
    site.put(PAGE, format!("---\ntitle: The Universal Declaration\n---\n{lines}"));
    for format in ["json", "sarif", "github"] {
        let mut child = sourcebook(&site)
            .args(["check", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
        // Where the program was not ended by the signal, its status is that of the run.
        assert!(output.status.code().is_none_or(|code| code == 1), "{:?}", output.status);
    }
    // The same for standard error.
    let mut child = sourcebook(&site).arg("check").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 16];
    child.stderr.take().unwrap().read_exact(&mut first).unwrap();
    assert!(child.wait().unwrap().code().is_none_or(|code| code == 1));
}

/// Fills a site with pages; `version` is on each of them.
fn fill(site: &Site, version: &str) {
    for number in 0..150 {
        let text = format!("Everyone has the right to life, in version {version} [@udhr-1948, art. 3].\n\n").repeat(10);
        site.put(&format!("content/en/documents/page-{number}.md"), format!("---\ntitle: Page {number}\n---\n{text}"));
    }
}

#[test]
fn a_build_that_is_killed_leaves_a_whole_site() {
    let (one, two) = (Site::base(), Site::base());
    fill(&one, "one");
    fill(&two, "two");
    let out = one.beside("public");
    let command = |site: &Site| {
        let mut command = sourcebook(site);
        command.args(["build", "--out"]).arg(&out).stderr(Stdio::piped());
        command
    };
    let build = |site: &Site| {
        let started = Instant::now();
        let output = command(site).output().unwrap();
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        (tree(&out), started.elapsed())
    };
    let (tree_two, _) = build(&two);
    let (tree_one, whole) = build(&one);
    assert!(tree_one.len() > 300 && tree_one != tree_two);
    let mut there: &BTreeMap<String, Vec<u8>> = &tree_one;
    let mut killed = 0;
    for round in 0..8_u32 {
        // The later a build is killed, the closer it is to the swap: most rounds are spent there.
        let delay = whole * [20, 50, 70, 80, 88, 94, 97, 100][round as usize] / 100;
        let (site, new, old) = if round % 2 == 0 { (&two, &tree_two, &tree_one) } else { (&one, &tree_one, &tree_two) };
        assert!(there == old);
        let mut child = command(site).spawn().unwrap();
        thread::sleep(delay);
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let found = tree(&out);
        assert!(
            found == *old || found == *new,
            "after {delay:?} of {whole:?} the site is neither the old one nor the new one"
        );
        let (found, _) = build(site);
        assert!(found == *new, "the build after one that was killed after {delay:?} is not whole");
        there = new;
    }
    // What a killed build left behind is gone with the next.
    let mut beside: Vec<_> = fs::read_dir(one.beside("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, ["public", "site"]);
    assert!(killed > 0, "no build was killed in time");
}

#[test]
fn killing_the_first_build_leaves_nothing_or_a_whole_site() {
    let site = Site::base();
    fill(&site, "one");
    let out = site.beside("public");
    let measured = site.beside("measured");
    let started = Instant::now();
    assert_eq!(status(&run(&site, &["build", "--out", measured.to_str().unwrap()])), 0);
    let whole = started.elapsed();
    let mut child = sourcebook(&site).args(["build", "--out"]).arg(&out).spawn().unwrap();
    thread::sleep(whole * 9 / 10);
    child.kill().unwrap();
    child.wait().unwrap();
    let expected = tree(&measured);
    assert!(!out.exists() || tree(&out) == expected);
    assert_eq!(status(&run(&site, &["build", "--out", out.to_str().unwrap()])), 0);
    assert!(tree(&out) == expected);
}

#[test]
fn two_builds_at_once_leave_a_whole_site() {
    let site = Site::base();
    fill(&site, "one");
    let out = site.beside("public");
    let children: Vec<_> = (0..3)
        .map(|_| sourcebook(&site).args(["build", "--out"]).arg(&out).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    let outputs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    for output in &outputs {
        assert!(status(output) == 0 || stderr(output).contains("another build"), "{output:?}");
    }
    assert!(outputs.iter().any(|output| status(output) == 0));
    let alone = site.beside("alone");
    assert_eq!(status(&run(&site, &["build", "--out", alone.to_str().unwrap()])), 0);
    assert!(tree(&out) == tree(&alone));
}
