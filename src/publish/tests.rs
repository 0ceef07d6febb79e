//! Publishing into folders of every kind.

use super::*;
use crate::date::Day;
use crate::manifest;
use crate::site::edition::{OutPath, Stamp};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A site's folder with nothing in it but `content/`.
fn root() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("content")).unwrap();
    root
}

fn edition(files: &[(&str, &str)]) -> Edition {
    let mut edition = Edition::default();
    for (path, text) in files {
        assert!(edition.add(OutPath::parse(path).unwrap(), text.as_bytes()));
    }
    edition
}

/// All files below a folder but the manifest.
fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
    {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if path != manifest::NAME {
            files.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
    files
}

fn texts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// What lies in the site's folder; a build leaves nothing there but the output.
fn names(root: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const ONE: &[(&str, &str)] = &[("index.html", "one"), ("en/a/index.html", "same"), (".nojekyll", "")];
const TWO: &[(&str, &str)] = &[("index.html", "two"), ("en/a/index.html", "same"), ("en/b/index.html", "new")];

#[test]
fn fresh_then_replaced() {
    let root = root();
    let out = root.path().join("public");
    let first = publish(&edition(ONE), &out, root.path()).unwrap();
    assert_eq!(first, Published { files: 3, bytes: 7, unchanged: 0, again: 0 });
    assert_eq!(read(&out), texts(ONE));

    let second = publish(&edition(TWO), &out, root.path()).unwrap();
    assert_eq!(second, Published { files: 3, bytes: 10, unchanged: 1, again: 0 });
    assert_eq!(read(&out), texts(TWO));
    assert_eq!(names(root.path()), ["content", "public"]);
}

#[test]
fn the_same_again_writes_nothing() {
    let root = root();
    let out = root.path().join("public");
    publish(&edition(ONE), &out, root.path()).unwrap();
    let manifest = fs::read(out.join(manifest::NAME)).unwrap();
    let again = publish(&edition(ONE), &out, root.path()).unwrap();
    assert_eq!(again.unchanged, 3);
    assert_eq!(fs::read(out.join(manifest::NAME)).unwrap(), manifest);

    let elsewhere = root.path().join("deep/er/public");
    publish(&edition(ONE), &elsewhere, root.path()).unwrap();
    assert_eq!(fs::read(elsewhere.join(manifest::NAME)).unwrap(), manifest);
    assert_eq!(names(root.path()), ["content", "deep", "public"]);
}

#[test]
fn a_damaged_file_is_mended() {
    let root = root();
    let out = root.path().join("public");
    publish(&edition(ONE), &out, root.path()).unwrap();
    fs::write(out.join("index.html"), "eno").unwrap();
    fs::remove_file(out.join(".nojekyll")).unwrap();
    let mended = publish(&edition(ONE), &out, root.path()).unwrap();
    assert_eq!(mended.unchanged, 1);
    assert_eq!(read(&out), texts(ONE));
}

#[test]
fn manifest_lists_every_file() {
    let mut one = edition(ONE);
    one.stamp = Stamp { inputs: "0a1b".to_owned(), date: Day::new(2026, 11, 20) };
    let text = Manifest::of(&one).to_json().replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!(text, @r#"
    {
      "format": 1,
      "sourcebook": "VERSION",
      "inputs": "0a1b",
      "date": "2026-11-20",
      "files": [
        {
          "path": ".nojekyll",
          "size": 0,
          "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        },
        {
          "path": "en/a/index.html",
          "size": 4,
          "sha256": "0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5"
        },
        {
          "path": "index.html",
          "size": 3,
          "sha256": "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
        }
      ]
    }
    "#);
    assert_eq!(Manifest::parse(text.as_bytes()).unwrap().bytes(), 7);
    // The folders of older versions are still ours.
    assert!(Manifest::parse(br#"{"sourcebook": "0.1.0", "files": []}"#).is_some());
    assert!(Manifest::parse(br#"{"name": "an app", "icons": []}"#).is_none());
}

#[test]
fn an_empty_folder_is_taken() {
    let root = root();
    let out = root.path().join("public");
    fs::create_dir(&out).unwrap();
    publish(&edition(ONE), &out, root.path()).unwrap();
    assert_eq!(read(&out), texts(ONE));
}

#[test]
fn foreign_folders_and_files_stay() {
    let root = root();
    let out = root.path().join("public");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.doc"), "my life").unwrap();
    let error = publish(&edition(ONE), &out, root.path()).unwrap_err();
    assert!(matches!(error, PublishError::Foreign(_)) && error.is_usage(), "{error}");
    // The manifest of a web app is not ours.
    fs::write(out.join(manifest::NAME), r#"{"name": "app"}"#).unwrap();
    assert!(matches!(publish(&edition(ONE), &out, root.path()), Err(PublishError::Foreign(_))));
    assert_eq!(fs::read_to_string(out.join("thesis.doc")).unwrap(), "my life");

    let file = root.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(publish(&edition(ONE), &file, root.path()), Err(PublishError::NotAFolder(_))));
    assert_eq!(names(root.path()), ["content", "file", "public"]);
}

#[test]
fn a_stranger_stops_the_build() {
    let root = root();
    let out = root.path().join("public");
    publish(&edition(ONE), &out, root.path()).unwrap();
    for number in 1..=7 {
        fs::write(out.join(format!("en/CNAME{number}")), "x").unwrap();
    }
    let error = publish(&edition(TWO), &out, root.path()).unwrap_err();
    assert!(error.is_usage());
    let message = error.to_string().replace(out.to_str().unwrap(), "OUT");
    insta::assert_snapshot!(message, @"the output folder OUT holds files that Sourcebook did not write: en/CNAME1, en/CNAME2, en/CNAME3, en/CNAME4, en/CNAME5 and 2 more; a build replaces the whole folder, so move them to static/ or elsewhere");
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "one");
    assert_eq!(names(root.path()), ["content", "public"]);
}

#[test]
fn folders_that_must_not_be_replaced() {
    let root = root();
    let inside = root.path().join("content/en");
    fs::create_dir(&inside).unwrap();
    let home = std::env::home_dir().unwrap();
    let above = root.path().join("x/../..");
    for out in [
        Path::new("/"),
        root.path(),
        root.path().parent().unwrap(),
        &inside,
        &root.path().join("static"),
        &home,
        &above,
    ] {
        let error = publish(&edition(ONE), out, root.path()).unwrap_err();
        assert!(matches!(error, PublishError::Protected { .. }) && error.is_usage(), "{}: {error}", out.display());
    }
    assert_eq!(names(root.path()), ["content"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let root = root();
    let elsewhere = root.path().join("elsewhere");
    publish(&edition(ONE), &elsewhere, root.path()).unwrap();
    let out = root.path().join("public");
    symlink(&elsewhere, &out).unwrap();
    assert!(matches!(publish(&edition(TWO), &out, root.path()), Err(PublishError::Symlink(_))));
    assert_eq!(read(&elsewhere), texts(ONE));

    // A folder of the old site that has become a link is a stranger.
    fs::remove_file(&out).unwrap();
    publish(&edition(ONE), &out, root.path()).unwrap();
    fs::remove_dir_all(out.join("en")).unwrap();
    symlink(elsewhere.join("en"), out.join("en")).unwrap();
    assert!(matches!(publish(&edition(TWO), &out, root.path()), Err(PublishError::Strangers { .. })));

    // A stage that is a link goes, and what it points to stays.
    fs::remove_file(out.join("en")).unwrap();
    symlink(&elsewhere, root.path().join(".public.sourcebook-stage")).unwrap();
    publish(&edition(TWO), &out, root.path()).unwrap();
    assert_eq!(read(&out), texts(TWO));
    assert_eq!(read(&elsewhere), texts(ONE));
}

#[test]
fn remains_of_a_killed_build() {
    let root = root();
    let out = root.path().join("public");
    let stage = root.path().join(".public.sourcebook-stage");
    fs::create_dir_all(stage.join("en")).unwrap();
    fs::write(stage.join("en/half.html"), "ha").unwrap();
    publish(&edition(ONE), &out, root.path()).unwrap();
    assert_eq!(read(&out), texts(ONE));
    assert_eq!(names(root.path()), ["content", "public"]);

    // Killed between the two steps of a swap: the old site comes back first, so that a failing build leaves it.
    fs::rename(&out, root.path().join(".public.sourcebook-old")).unwrap();
    let again = publish(&edition(ONE), &out, root.path()).unwrap();
    assert_eq!(again.unchanged, 3);
    // Killed after them: the old site goes.
    fs::create_dir(root.path().join(".public.sourcebook-old")).unwrap();
    publish(&edition(TWO), &out, root.path()).unwrap();
    assert_eq!(names(root.path()), ["content", "public"]);
}

#[test]
fn file_systems_that_cannot_exchange() {
    let root = root();
    let out = root.path().join("public");
    publish(&edition(ONE), &out, root.path()).unwrap();
    let target = Target::resolve(&out, root.path()).unwrap();
    fs::create_dir(&target.stage).unwrap();
    fs::write(target.stage.join("index.html"), "new").unwrap();
    folder::swap_in_steps(&target).unwrap();
    assert_eq!(read(&target.out), texts(&[("index.html", "new")]));
    assert_eq!(read(&target.stage), texts(ONE));
    // No stage, no swap: the site stays.
    fs::remove_dir_all(&target.stage).unwrap();
    folder::swap_in_steps(&target).unwrap_err();
    assert_eq!(read(&target.out), texts(&[("index.html", "new")]));
    assert_eq!(names(root.path()), ["content", "public"]);
}

#[test]
fn two_builds_at_once() {
    let root = root();
    let out = root.path().join("public");
    let target = Target::resolve(&out, root.path()).unwrap();
    let lock = lock::take(&target).unwrap();
    let error = publish(&edition(ONE), &out, root.path()).unwrap_err();
    assert!(matches!(error, PublishError::Locked(_)) && error.is_usage());
    drop(lock);
    publish(&edition(ONE), &out, root.path()).unwrap();

    // Whoever wins, the site is one of them and whole.
    std::thread::scope(|scope| {
        for files in [ONE, TWO, ONE, TWO] {
            let (out, root) = (&out, root.path());
            scope.spawn(move || match publish(&edition(files), out, root) {
                Ok(_) | Err(PublishError::Locked(_)) => {}
                Err(error) => panic!("{error}"),
            });
        }
    });
    let site = read(&out);
    assert!(site == texts(ONE) || site == texts(TWO), "{site:?}");
    assert_eq!(names(root.path()), ["content", "public"]);
}

#[test]
fn names_that_clash() {
    let root = root();
    let out = root.path().join("public");
    for files in [
        &[("a", "x"), ("a/b", "y")][..],
        &[("A.html", "x"), ("a.html", "y")],
        &[("en/x/a.html", "x"), ("en/X/b.html", "y")],
        &[("manifest.json", "{}")],
    ] {
        assert!(matches!(publish(&edition(files), &out, root.path()), Err(PublishError::Names { .. })), "{files:?}");
    }
    assert_eq!(names(root.path()), ["content"]);
}

#[test]
fn a_failing_machine_leaves_the_old_site() {
    let root = root();
    // The stage's name is too long for the file system.
    let out: PathBuf = root.path().join("p".repeat(240));
    fs::create_dir(&out).unwrap();
    let old = Manifest::of(&edition(ONE));
    for (path, text) in ONE {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), text).unwrap();
    }
    fs::write(out.join(manifest::NAME), old.to_json()).unwrap();
    let error = publish(&edition(TWO), &out, root.path()).unwrap_err();
    assert!(!error.is_usage(), "{error}");
    assert_eq!(read(&out), texts(ONE));
}

#[cfg(unix)]
#[test]
fn everyone_may_read_a_site() {
    use std::os::unix::fs::PermissionsExt;
    let root = root();
    let out = root.path().join("public");
    publish(&edition(ONE), &out, root.path()).unwrap();
    let mode = |path: &str| fs::metadata(out.join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("en/a"), mode("en/a/index.html"), mode(manifest::NAME)), (0o755, 0o755, 0o644, 0o644));
}
