//! Builds of what was built before: nothing is made anew, the same is said, and whatever has changed is seen, in the site and in the output folder.

use crate::cli::{run, sourcebook, status, stderr};
use crate::support::{Site, tree};
use sha2::{Digest, Sha256};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Output;

/// What only a receipt says that a test has written into.
const MARK: &str = "as it was left";

const PAGE: &str = "content/en/index.md";

/// What somebody does to an output folder.
type Change = fn(&Path);

/// The site, built once, so that its lock file is there and all is said.
fn built(site: &Site) -> Output {
    let output = build(site, &[]);
    assert_eq!(status(&output), 0, "{output:?}");
    output
}

fn build(site: &Site, arguments: &[&str]) -> Output {
    let arguments: Vec<&str> = ["build"].iter().chain(arguments).copied().collect();
    // The day on which a change of a figure is noted.
    sourcebook(site).args(arguments).env("SOURCE_DATE_EPOCH", "1764115200").output().unwrap()
}

fn receipts(site: &Site) -> Vec<PathBuf> {
    let folder = site.root().join(".sourcebook/built");
    fs::read_dir(folder).map_or_else(|_| Vec::new(), |found| found.map(|entry| entry.unwrap().path()).collect())
}

/// Lets the receipts say that they were read.
fn mark(site: &Site) {
    for path in receipts(site) {
        let text = fs::read_to_string(&path).unwrap();
        let mut kept: serde_json::Value = serde_json::from_str(text.split_once('\n').unwrap().1).unwrap();
        kept["receipt"]["said"] = MARK.into();
        let kept = kept.to_string();
        fs::write(&path, format!("{:x}\n{kept}", Sha256::digest(&kept))).unwrap();
    }
}

fn is_fast(output: &Output) -> bool {
    stderr(output).contains(MARK)
}

#[test]
fn what_did_not_change_is_not_built() {
    let site = Site::base();
    let first = built(&site);
    let public = site.root().join("public");
    let before = (fs::metadata(&public).unwrap().ino(), tree(&public));
    mark(&site);
    for _ in 0..2 {
        let again = built(&site);
        assert!(is_fast(&again), "{again:?}");
    }
    assert_eq!(before, (fs::metadata(&public).unwrap().ino(), tree(&public)));
    // Nothing keeps it but the receipt, which may go at any time.
    fs::remove_dir_all(site.root().join(".sourcebook")).unwrap();
    let again = built(&site);
    assert_eq!(stderr(&again), stderr(&first));
    assert_eq!(before.1, tree(&public));
    assert_eq!(fs::read_to_string(site.root().join(".sourcebook/.gitignore")).unwrap().lines().last(), Some("*"));
}

#[test]
fn warnings_are_said_again() {
    let site = Site::base();
    let page = fs::read_to_string(site.root().join(PAGE)).unwrap();
    site.put(PAGE, format!("{page}\nNobody says who says so.\n"));
    site.put("book.toml", fs::read_to_string(site.root().join("book.toml")).unwrap() + "SB210 = \"warn\"\n");
    let first = build(&site, &[]);
    assert_eq!(status(&first), 0, "{first:?}");
    assert!(stderr(&first).contains("warning"), "{first:?}");
    let again = build(&site, &[]);
    assert_eq!(stderr(&first), stderr(&again));
    mark(&site);
    assert!(is_fast(&build(&site, &[])));
    // Who asked for silence is not told what another was told.
    assert!(!is_fast(&build(&site, &["--quiet"])));
}

#[test]
fn whatever_changes_in_the_site_is_seen() {
    let page = fs::read_to_string(Site::base().root().join(PAGE)).unwrap();
    let cases: [(&str, &str); 9] = [
        (PAGE, &page.replace("title: ", "title: T")),
        ("content/en/more.md", "---\ntitle: More\nsummary: \n---\n"),
        ("static/more.txt", "a"),
        ("static/custom.css", "a { color: red }\n"),
        ("content/snapshots/more.pdf", "%PDF"),
        ("content/en/more.png", "x"),
        ("links.lock.yaml", "# Written by `sourcebook check --external`.\n"),
        ("figures.lock.yaml", "# another\n"),
        ("templates/page.html", "{% extends \"base.html\" %}\n"),
    ];
    for (path, text) in cases {
        let site = Site::base();
        built(&site);
        mark(&site);
        let old = fs::read(site.root().join(path)).ok();
        site.put(path, text);
        assert!(!is_fast(&build(&site, &[])), "{path}");
        // It is what is written that counts, and not when.
        if path == PAGE {
            site.put(path, old.unwrap());
            built(&site);
            mark(&site);
            site.put(path, &page);
            assert!(is_fast(&build(&site, &[])));
        }
    }
}

#[test]
fn whatever_is_asked_for_counts() {
    let site = Site::base();
    built(&site);
    for asked in [&["--drafts"][..], &["--links", "files"], &["--base-url", "https://example.org/"], &["--locked"]] {
        mark(&site);
        let output = build(&site, asked);
        assert_eq!((status(&output), is_fast(&output)), (0, false), "{asked:?}");
    }
    let clean = Site::base();
    for site in [&site, &clean] {
        assert_eq!(status(&build(site, &["--links", "files"])), 0);
    }
    assert_eq!(tree(&site.root().join("public")), tree(&clean.root().join("public")));
    // Each output folder has its own.
    let elsewhere = site.beside("elsewhere");
    assert_eq!(status(&build(&site, &["--out", elsewhere.to_str().unwrap()])), 0);
    assert_eq!(receipts(&site).len(), 2);
}

#[test]
fn whatever_was_done_to_the_output_is_undone() {
    let change: [(&str, Change); 7] = [
        ("another text of that length", |public| {
            let path = public.join("en/index.html");
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replacen("<p", "<b", 1)).unwrap();
            // Somebody who hides it.
            fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        }),
        ("gone", |public| fs::remove_file(public.join("en/index.html")).unwrap()),
        ("no manifest", |public| fs::remove_file(public.join("manifest.json")).unwrap()),
        ("one to be read by nobody else", |public| {
            fs::set_permissions(public.join("en/index.html"), fs::Permissions::from_mode(0o600)).unwrap();
        }),
        ("a link", |public| {
            let path = public.join("en/index.html");
            fs::rename(&path, public.join("../page.html")).unwrap();
            std::os::unix::fs::symlink("../../page.html", &path).unwrap();
        }),
        ("a stranger", |public| fs::write(public.join("notes.txt"), "mine").unwrap()),
        ("a killed build", |public| fs::create_dir(public.join("../.public.sourcebook-stage")).unwrap()),
    ];
    let whole = {
        let site = Site::base();
        built(&site);
        tree(&site.root().join("public"))
    };
    for (what, change) in change {
        let site = Site::base();
        built(&site);
        mark(&site);
        let public = site.root().join("public");
        change(&public);
        let output = build(&site, &[]);
        assert!(!is_fast(&output), "{what}");
        if matches!(what, "a stranger" | "no manifest") {
            assert_eq!(status(&output), 2, "{what}: {output:?}");
        } else {
            assert_eq!(status(&output), 0, "{what}: {output:?}");
            assert_eq!(tree(&public), whole, "{what}");
        }
    }
}

#[test]
fn a_receipt_that_is_none_is_passed_over() {
    for damage in [&b"\n"[..], b"", b"\xff\xff", b"0\n{}"] {
        let site = Site::base();
        built(&site);
        mark(&site);
        for path in receipts(&site) {
            fs::write(path, damage).unwrap();
        }
        assert!(!is_fast(&built(&site)));
    }
    // One that was changed and not sealed.
    let site = Site::base();
    built(&site);
    for path in receipts(&site) {
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("\"said\":\"", &format!("\"said\":\"{MARK}"))).unwrap();
    }
    assert!(!is_fast(&built(&site)));
    // Nothing is written through a link that somebody laid.
    let site = Site::base();
    let elsewhere = site.beside("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.root().join(".sourcebook")).unwrap();
    built(&site);
    assert!(tree(&elsewhere).is_empty());
    assert_eq!(status(&run(&site, &["build", "--quiet"])), 0);
}

#[test]
fn what_is_kept_of_the_old_site_is_what_it_should_be() {
    let site = Site::base();
    built(&site);
    let public = site.root().join("public");
    let node = |name: &str| fs::metadata(public.join(name)).unwrap().ino();
    let page = fs::read_to_string(site.root().join(PAGE)).unwrap();
    let before = node("he/404.html");
    site.put(PAGE, page.replace("title: ", "title: A"));
    built(&site);
    assert_eq!(node("he/404.html"), before, "a file that says the same is the same file");
    // One that says another thing now, as long as before, is written again.
    let path = public.join("he/404.html");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("<p", "<b", 1)).unwrap();
    site.put(PAGE, page.replace("title: ", "title: B"));
    built(&site);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}
