//! `sourcebook fmt`, run on sites: what it writes, what it lists, what it leaves alone.

use crate::cli::{run, status, stderr, stdout};
use crate::support::{Site, fixtures, repository, tree};
use sourcebook::schema::Sort;
use sourcebook::span::Files;
use sourcebook::tidy::tidy;
use std::fs;

#[test]
fn the_repositorys_files_are_as_they_should_be() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, bytes) in tree(&repository().join("content")) {
        let path = format!("content/{path}");
        let Some(sort) = Sort::of(&path, "content") else { continue };
        let text = String::from_utf8(bytes).unwrap();
        let file = Files::default().add("", "");
        let tidied = tidy(sort, file, &text).unwrap_or_else(|refusal| panic!("{path}: {refusal:?}"));
        seen += 1;
        if tidied != text {
            wrong.push(path);
        }
    }
    assert!(seen > 100, "only {seen} files were looked at");
    assert!(wrong.is_empty(), "run `sourcebook fmt`:\n{}", wrong.join("\n"));
}

#[test]
fn every_fixture_comes_to_rest() {
    for root in ["base", "cards", "order"] {
        for (path, bytes) in tree(&fixtures().join(root).join("content")) {
            let path = format!("content/{path}");
            let Some(sort) = Sort::of(&path, "content") else { continue };
            let file = Files::default().add("", "");
            let once = tidy(sort, file, &String::from_utf8(bytes).unwrap())
                .unwrap_or_else(|refusal| panic!("{path}: {refusal:?}"));
            assert_eq!(tidy(sort, file, &once).unwrap(), once, "{root}/{path}");
        }
    }
}

/// A line that is indented too far, with blanks at its end.
fn loose(line: &str) -> String {
    let words = line.trim_start();
    let indent = match line.len() - words.len() {
        0 => 0,
        indent => indent + 2,
    };
    format!("{}{words}  \n", " ".repeat(indent))
}

/// A site whose files are written without care.
fn careless() -> Site {
    let site = Site::base();
    for (path, bytes) in tree(&site.root().join("content")) {
        let path = format!("content/{path}");
        let Some(sort) = Sort::of(&path, "content") else { continue };
        let text = String::from_utf8(bytes).unwrap();
        let text = match sort.name {
            "page" => text.replace("\n## ", "\n\n\n## ") + "\n\n",
            _ => text.lines().map(loose).collect(),
        };
        site.put(&path, &text);
    }
    site
}

#[test]
fn a_site_says_the_same_before_and_after() {
    let site = careless();
    let before = site.build();
    let output = run(&site, &["fmt", "--check"]);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let listed: Vec<&str> = stdout(&output).lines().collect();
    assert!(listed.contains(&"content/sources/sources.yaml"), "{listed:?}");
    assert!(stderr(&output).contains("files would change"), "{}", stderr(&output));

    let output = run(&site, &["fmt"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), listed);
    let after = site.build();
    // The ledger names the lines on which statements stand.
    let is_elsewhere = |path: &&String| !path.starts_with("data/ledger.");
    let differs = |path: &&String| after.files.get(*path) != before.files.get(*path);
    let differing: Vec<&String> = before.files.keys().filter(is_elsewhere).filter(differs).collect();
    assert_eq!((differing, after.files.len()), (Vec::new(), before.files.len()));

    let output = run(&site, &["fmt", "--check"]);
    assert_eq!((status(&output), stdout(&output)), (0, ""), "{}", stderr(&output));
}

#[test]
fn only_what_is_meant_is_written() {
    let site = careless();
    let before = tree(&site.root());
    let output = run(&site, &["fmt", "content/en"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let changed: Vec<String> = tree(&site.root())
        .into_iter()
        .filter(|(path, bytes)| before.get(path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(!changed.is_empty() && changed.iter().all(|path| path.starts_with("content/en/")), "{changed:?}");
    for path in ["book.toml", "nowhere", ".."] {
        assert_eq!(status(&run(&site, &["fmt", path])), 2, "{path}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_written() {
    let site = careless();
    site.put("content/sources/broken.yaml", "a: b: c\n");
    let output = run(&site, &["fmt"]);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("content/sources/broken.yaml:1:"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(site.root().join("content/sources/broken.yaml")).unwrap(), "a: b: c\n");
    assert!(stdout(&output).contains("content/en/index.md\n"), "{}", stdout(&output));
}
