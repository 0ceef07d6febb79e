//! The evidence bundle: what it holds, what it must never hold, and that it can be checked.

use crate::cli::{run, status, stderr, stdout};
use crate::support::Site;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const PDF: &[u8] = b"%PDF-1.4 \xff\xfe a copy that may be handed on";
const TEXT: &str = "Everyone has the right to life, it says. Nobody may hand on this copy.";

/// A site with copies of sources, with facts that nobody has checked, and with a draft.
fn site() -> Site {
    let site = Site::base();
    let sum = |bytes: &[u8]| format!("{:x}", Sha256::digest(bytes));
    let words = "All human beings are born free.";
    site.put("content/snapshots/open.pdf", PDF).put("content/snapshots/open.txt", words);
    site.put("content/snapshots/closed.txt", TEXT);
    let records = format!(
        "\
open-report:
  type: report
  lang: en
  title: A report that everybody may hand on
  date: 1950
  kind: un
  license: CC-BY-4.0
  snapshot: {{path: snapshots/open.pdf, sha256: \"{}\", at: 2026-01-02, text-path: snapshots/open.txt, text-sha256: \"{}\"}}
  checked: stored-page
  facts:
    - {{text: Somebody read this, locator: p. 1, checked: stored-page}}
    - {{text: Nobody has looked this up, checked: known}}
closed-report:
  type: report
  lang: en
  title: A report of its publisher
  date: 1951
  kind: un
  snapshot: {{path: snapshots/closed.txt, sha256: \"{}\"}}
  quotes:
    - {{id: q1, exact: Everyone has the right to life, locator: p. 2}}
  checked: corroborated
unread-report:
  type: report
  lang: en
  title: A report that nobody has opened
  date: 1952
  kind: un
  checked: known
",
        sum(PDF),
        sum(words.as_bytes()),
        sum(TEXT.as_bytes())
    );
    site.put("content/sources/more.yaml", records);
    site.put(
        "content/en/documents/secret.md",
        "---\ntitle: Secret\nstatus: draft\n---\nNot written yet [@un-charter-1945].\n",
    );
    site.put(
        "content/en/documents/life.md",
        "---\ntitle: Life\n---\nEveryone has the right to life [@closed-report#q1].\n",
    );
    let adopted = run(&site, &["translate", "adopt", "--date", "2026-11-25"]);
    assert_eq!(status(&adopted), 0, "{}", stderr(&adopted));
    site
}

/// The files of the evidence bundle, by path below its folder.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let out = site.beside("evidence.zip");
    let made = run(site, &["bundle", "--evidence", "--out", out.to_str().unwrap()]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    unpack(&fs::read(out).unwrap(), "documents-evidence/")
}

fn unpack(zip: &[u8], top: &str) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut entry = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().strip_prefix(top).unwrap().to_owned(), bytes)
        })
        .collect()
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).unwrap()
}

#[test]
fn what_is_in_it() {
    let files = files(&site());
    insta::assert_snapshot!("files", files.keys().cloned().collect::<Vec<_>>().join("\n"));
    let readme = text(&files, "README.txt");
    let version = readme.split("Version ").nth(1).unwrap()[..8].to_owned();
    insta::assert_snapshot!("readme", readme.replace(&version, "[version]"));
    insta::assert_snapshot!("copies", text(&files, "copies.csv").trim_start_matches('\u{feff}').replace('\r', ""));
    insta::assert_snapshot!(
        "quotes",
        text(&files, "library/quotes.csv").trim_start_matches('\u{feff}').replace('\r', "")
    );
    insta::assert_snapshot!(
        "translations",
        text(&files, "translations/he.csv").trim_start_matches('\u{feff}').replace('\r', "")
    );
    assert!(text(&files, "library/records.yaml").contains("Somebody read this"));
}

#[test]
fn copies_go_along_where_their_licence_says_so_and_nowhere_else() {
    let files = files(&site());
    assert_eq!(files["copies/open-report.copy.pdf"], PDF);
    assert!(files.contains_key("copies/open-report.text.txt"));
    assert!(files.values().all(|bytes| !bytes.windows(20).any(|words| words == &TEXT.as_bytes()[TEXT.len() - 20..])));
}

#[test]
fn what_is_not_published_is_not_in_it() {
    let site = site();
    let files = files(&site);
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for hidden in ["nobody has looked this up", "unread-report", "not written yet", "secret.md"] {
            assert!(!text.contains(hidden), "{path}: {hidden}");
        }
    }
    // All that was read besides is named by its hash.
    let inputs = text(&files, "inputs.csv");
    for path in ["content/en/index.md", "content/sources/more.yaml", "content/snapshots/closed.txt", "book.toml"] {
        let sum = format!("{:x}", Sha256::digest(fs::read(site.root().join(path)).unwrap()));
        assert!(
            inputs.lines().any(|line| line.starts_with(&format!("{path},")) && line.ends_with(&sum)),
            "{path}\n{inputs}"
        );
    }
}

#[test]
fn it_is_checked_and_brought_up_to_date_like_every_bundle() {
    let site = site();
    let (old, new, update) = (site.beside("old.zip"), site.beside("new.zip"), site.beside("update.zip"));
    let make = |arguments: &[&str]| {
        let made = run(&site, &[&["bundle", "--quiet"], arguments].concat());
        assert_eq!(status(&made), 0, "{}", stderr(&made));
    };
    make(&["--evidence", "--out", old.to_str().unwrap()]);
    let whole = run(&site, &["verify", old.to_str().unwrap()]);
    assert_eq!(status(&whole), 0, "{}{}", stdout(&whole), stderr(&whole));
    // The same version as the site's.
    make(&["--out", new.to_str().unwrap()]);
    let inputs = |zip: &[u8], top: &str| {
        let manifest: serde_json::Value = serde_json::from_slice(&unpack(zip, top)["manifest.json"]).unwrap();
        manifest["inputs"].as_str().unwrap().to_owned()
    };
    assert_eq!(inputs(&fs::read(&old).unwrap(), "documents-evidence/"), inputs(&fs::read(&new).unwrap(), "documents/"));
    let page = "---\ntitle: Life\n---\nEveryone, it says, has the right to life [@closed-report#q1].\n";
    site.put("content/en/documents/life.md", page);
    make(&["--evidence", "--since", old.to_str().unwrap(), "--out", update.to_str().unwrap()]);
    let brought = unpack(&fs::read(update).unwrap(), "documents-evidence/");
    assert!(brought.contains_key("audit/ledger.en.json"));
    assert!(!brought.contains_key("audit/ledger.he.json"));
    for refused in [["--format", "zim"], ["--lang", "he"]] {
        let refusal = run(&site, &[&["bundle", "--evidence"], &refused[..]].concat());
        assert_eq!(status(&refusal), 2, "{}", stderr(&refusal));
    }
}
