//! Whether citations mean here what they mean to pandoc.
//!
//! `tests/pandoc/expected.json` holds what pandoc reads in some hundreds of strings; `scripts/pandoc-agreement` asks it again. Here the same
//! strings go through our parser. Each difference must stand in `tests/pandoc/differences.yaml` under its reason, and each that stands
//! there must still be one. `docs/citations-and-pandoc.md` tells readers of them; `UPDATE_DOCS=1` writes it anew.

mod page;
mod reading;

use crate::support::repository;
use reading::Reading;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What pandoc answered.
#[derive(Deserialize)]
struct Answers {
    pandoc: String,
    picked: Vec<Answer>,
    generated: Vec<Answer>,
}

/// A string and what pandoc reads in it.
#[derive(Deserialize)]
struct Answer {
    text: String,
    read: Reading,
}

/// The differences that are known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    reason: Vec<Reason>,
}

/// Why some strings are read otherwise here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Reason {
    title: String,
    why: String,
    /// Whether all but locator and suffix must agree: sources, order, modes, words before.
    #[serde(default)]
    only_after_the_key: bool,
    strings: Vec<String>,
}

fn read(name: &str) -> String {
    fs::read_to_string(repository().join("tests/pandoc").join(name)).unwrap()
}

fn answers() -> Answers {
    serde_json::from_str(&read("expected.json")).unwrap()
}

fn differences() -> Differences {
    serde_yaml::from_str(&read("differences.yaml")).unwrap()
}

impl Answers {
    fn all(&self) -> impl Iterator<Item = &Answer> {
        self.picked.iter().chain(&self.generated)
    }
}

/// A string on one line.
fn on_one_line(text: &str) -> String {
    text.replace('\n', "⏎")
}

#[test]
fn pandoc_was_asked_about_every_string_of_the_corpus() {
    let corpus = read("corpus.txt");
    let picked: Vec<&str> = corpus
        .lines()
        .filter(|line| !(line.is_empty() || line.starts_with("//") || line.starts_with("=== ")))
        .collect();
    let answers = answers();
    let asked: Vec<String> = answers.picked.iter().map(|answer| on_one_line(&answer.text)).collect();
    assert_eq!(asked, picked, "run scripts/pandoc-agreement --write");
    let distinct: BTreeSet<&str> = answers.all().map(|answer| answer.text.as_str()).collect();
    assert!(picked.len() >= 300 && distinct.len() >= 600, "{} picked, {} distinct", picked.len(), distinct.len());
}

#[test]
fn every_difference_is_listed_with_its_reason() {
    let answers = answers();
    let differences = differences();
    let mut listed: BTreeMap<&str, &Reason> = BTreeMap::new();
    for reason in &differences.reason {
        for text in &reason.strings {
            assert!(listed.insert(text, reason).is_none(), "`{}` is listed twice", on_one_line(text));
        }
    }
    let mut complaints = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for Answer { text, read: theirs } in answers.all() {
        let ours = Reading::of(text);
        let known = listed.get(text.as_str());
        let complaint = match known {
            Some(reason) if ours == *theirs => {
                Some(format!("no longer differs, but is listed under “{}”", reason.title))
            }
            Some(reason) if reason.only_after_the_key && ours.without_tails() != theirs.without_tails() => {
                Some("differs in more than locator and suffix".to_owned())
            }
            None if ours != *theirs => Some("differs, and is not listed".to_owned()),
            _ => None,
        };
        if let Some(complaint) = complaint {
            let text = on_one_line(text);
            complaints.insert(format!("`{text}` {complaint}\n    ours: {ours}\n  pandoc: {theirs}\n"));
        }
        seen.insert(text.as_str());
    }
    for text in listed.keys().filter(|text| !seen.contains(*text)) {
        complaints.insert(format!("`{}` is listed, and is not among the strings\n", on_one_line(text)));
    }
    assert!(complaints.is_empty(), "{}", complaints.into_iter().collect::<String>());
}

#[test]
fn the_page_for_readers_tells_every_difference() {
    let path = repository().join("docs/citations-and-pandoc.md");
    let written = page::write(&answers(), &differences());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap_or_default();
    assert!(page == written, "docs/citations-and-pandoc.md is out of date; UPDATE_DOCS=1 writes it anew");
}
