//! The text that this project began with: polished, partly true, and without a single source. Every sentence of it must be refused.

use crate::support::{Site, fixtures};
use sourcebook::diagnostic::{Code, Severity};
use std::fmt::Write;
use std::fs;
use std::process::Command;

/// Every sentence of the text: its line, and the words it begins with.
const SENTENCES: &[(usize, &str)] = &[
    (6, "In recent developments"),
    (6, "Over 120 Israeli"),
    (8, "This harrowing"),
    (8, "The IDF soldiers"),
    (10, "Each IDF loss"),
    (10, "As they face"),
    (12, "It is important"),
    (12, "Hamas, an organization"),
    (12, "Hamas has used violence"),
    (14, "In response"),
    (14, "The Gaza ground assault"),
    (16, "It is essential"),
    (16, "Civilian casualties"),
    (16, "The loss of innocent lives"),
    (18, "As the conflict"),
    (18, "The international community"),
    (20, "In these tumultuous times"),
    (20, "By supporting initiatives"),
];

fn site() -> Site {
    let site = Site::base();
    site.put("content/en/seed.md", fs::read(fixtures().join("seed/index.md")).unwrap());
    site
}

#[test]
fn every_sentence_is_refused_where_it_stands() {
    let compilation = site().check();
    let mut found = Vec::new();
    let mut listing = String::new();
    for diagnostic in &compilation.diagnostics {
        assert_eq!((diagnostic.code, diagnostic.severity), (Code::SB210, Severity::Error));
        let span = diagnostic.span.unwrap();
        let (start, _) = compilation.files.positions(span).unwrap();
        let text = compilation.files.slice(span);
        assert!(text.ends_with('.') && !text.contains('\n'), "{text:?} is no whole sentence");
        let words: Vec<&str> = text.split(' ').take(6).collect();
        writeln!(listing, "{}:{}: {} …", start.line, start.column, words.join(" ")).unwrap();
        found.push((start.line, text));
    }
    assert_eq!(found.len(), SENTENCES.len(), "{listing}");
    for ((line, text), (expected_line, words)) in found.iter().zip(SENTENCES) {
        assert!(line == expected_line && text.starts_with(words), "{line}: {text:?} is not {expected_line}: {words:?}");
    }
    insta::assert_snapshot!("seed", listing);
}

#[test]
fn nothing_else_than_the_text_is_counted() {
    let site = site();
    let with = site.check().summary.tally;
    let without = Site::base().check().summary.tally;
    assert_eq!(with.total - without.total, SENTENCES.len());
    assert_eq!(with.covered, without.covered);
    assert_eq!(without.covered, without.total - without.exempt);
}

#[test]
fn the_program_refuses_to_publish_it() {
    let site = site();
    let output = Command::new(env!("CARGO_BIN_EXE_sourcebook")).arg("build").current_dir(site.root()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("error[SB210]").count(), SENTENCES.len(), "{said}");
    assert!(!site.root().join("public").exists());
}
