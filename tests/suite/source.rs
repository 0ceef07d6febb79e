//! `sourcebook source import`, `list` and `export`, run as an editor runs them.

use crate::support::{Site, repository};
use serde_json::Value;
use sourcebook::book::Library;
use sourcebook::compile;
use sourcebook::exchange::{Audience, Format, Known, export, import, yaml};
use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn sourcebook(site: &Site, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
    command.current_dir(site.root()).env_remove("NO_COLOR").stdin(Stdio::null()).arg("source").args(arguments);
    command
}

/// Runs a command that is expected to end so; what it wrote to standard output and to standard error.
fn run(site: &Site, arguments: &[&str], status: i32) -> (String, String) {
    said(&sourcebook(site, arguments).output().unwrap(), arguments, status)
}

fn said(output: &Output, arguments: &[&str], status: i32) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{err}");
    (out, err)
}

const BIB: &str = "@book{morris-2004,\n  title = {The Birth of the Palestinian Refugee Problem Revisited},\n  author = {Morris, Benny},\n  date = {2004},\n  isbn = {978-0-521-00967-6},\n  langid = {english},\n  abstract = {…},\n}\n";
const IMPORTED: &str = "content/sources/imported.yaml";

#[test]
fn a_file_is_imported_and_the_site_still_passes() {
    let site = Site::base();
    site.put("zotero.bib", BIB);
    let (out, err) = run(&site, &["import", "zotero.bib"], 0);
    assert_eq!(out, "");
    assert!(err.contains("`abstract` has no place in a record: morris-2004, first at zotero.bib:7:15"), "{err}");
    assert!(err.contains("Imported 1 source into") && err.contains("1 of them nobody has verified yet"), "{err}");
    let written = fs::read_to_string(site.root().join(IMPORTED)).unwrap();
    assert!(written.contains("\nmorris-2004:\n  type: book\n  lang: en\n"), "{written}");
    assert!(written.contains("  checked: known\n"), "{written}");
    let codes: Vec<_> = site.check().diagnostics.iter().map(|found| found.code.id()).collect();
    assert_eq!(codes, ["SB208"], "only unused");
}

#[test]
fn what_is_there_stays_byte_by_byte() {
    let site = Site::base();
    // Another editor's formatting, and no line break at the end.
    let old = "# ours\nabc: {type: report, lang: en, title: \"A\", checked: known}";
    site.put(IMPORTED, old).put("one.bib", BIB);
    run(&site, &["import", "one.bib"], 0);
    let new = fs::read_to_string(site.root().join(IMPORTED)).unwrap();
    assert!(new.starts_with(&format!("{old}\n\nmorris-2004:\n")), "{new}");
    // Again: it is there already, so nothing is written.
    let (_, err) = run(&site, &["import", "one.bib"], 0);
    assert!(err.contains("warning[SB252]") && err.contains("There is nothing to import"), "{err}");
    assert_eq!(fs::read_to_string(site.root().join(IMPORTED)).unwrap(), new);
    // A file that holds no records is not added to.
    site.put("notes.yaml", "- a list\n");
    let other = BIB.replace("morris-2004", "another");
    site.put("two.bib", other);
    let (_, err) = run(&site, &["import", "--duplicates", "--out", "notes.yaml", "two.bib"], 2);
    assert!(err.contains("does not take records at its end"), "{err}");
    assert_eq!(fs::read_to_string(site.root().join("notes.yaml")).unwrap(), "- a list\n");
}

#[test]
fn nothing_is_written_when_something_is_wrong_or_only_shown() {
    let site = Site::base();
    site.put("broken.bib", "@book{a,\n  title = {x}\n  date = {2020},\n}\n");
    let (_, err) = run(&site, &["import", "broken.bib"], 1);
    assert!(err.contains("error[SB250]: this is not BibLaTeX: expected comma\n --> broken.bib:3:3"), "{err}");
    site.put("a.bib", BIB.replace("  langid = {english},\n", ""));
    let (out, _) = run(&site, &["import", "--dry-run", "--lang", "en", "a.bib"], 0);
    assert!(out.starts_with("morris-2004:\n"), "{out}");
    let (_, err) = run(&site, &["import", "--deny", "SB255", "a.bib"], 1);
    assert!(err.contains("error[SB255]"), "{err}");
    site.put("a.txt", "hello").put("a.bin", [0xff, 0xfe]);
    run(&site, &["import", "a.txt"], 2);
    run(&site, &["import", "missing.bib"], 2);
    run(&site, &["import", "--lang", "English", "a.bib"], 2);
    run(&site, &["import", "a.bin"], 1);
    assert!(!site.root().join(IMPORTED).exists());
}

#[test]
fn standard_input_is_a_file_too() {
    let site = Site::base();
    let arguments = ["import", "--dry-run", "-"];
    let mut child = sourcebook(&site, &arguments);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"TY  - BOOK\nTI  - \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\nLA  - he\nER  - \n")
        .unwrap();
    let (out, _) = said(&child.wait_with_output().unwrap(), &arguments, 0);
    assert_eq!(out, "source:\n  type: book\n  lang: he\n  title: שלום\n  checked: known\n");
}

#[test]
fn the_library_goes_out_and_comes_back() {
    let site = Site::base();
    let other = Site::base();
    let records = site.root().join("content/sources/sources.yaml");
    let (json, _) = run(&site, &["export", "--format", "csl-json"], 0);
    for (format, name) in [("biblatex", "out.bib"), ("csl-json", "out.json"), ("ris", "out.ris")] {
        let path = site.root().join(name);
        let (out, err) = run(&site, &["export", "--format", format, "--out", name], 0);
        assert!(out.is_empty() && err.contains("`title` is told in one language only"), "{err}");
        // Into a library without these sources: pages and figures that want them do not matter here.
        other.put("content/sources/sources.yaml", "");
        fs::copy(&path, other.root().join(name)).unwrap();
        run(&other, &["import", name, "--out", "content/sources/sources.yaml"], 0);
        assert!(other.check().diagnostics.is_empty(), "{}", crate::support::told(&other.check()));
        let (back, _) = run(&other, &["export", "--format", "csl-json"], 0);
        assert_eq!(back, json, "{format}");
    }
    assert!(records.exists());
}

#[test]
fn some_of_the_library_is_exported() {
    let site = Site::base();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let (out, _) = run(&site, &[&["export", "--format", "csl-json", "--plain"], arguments].concat(), 0);
        let items: Value = serde_json::from_str(&out).unwrap();
        items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&["--source", "udhr-1948", "--source", "gciv-1949"]), ["gciv-1949", "udhr-1948"]);
    assert_eq!(ids(&["--page", "documents/declaration"]), ["udhr-1948"]);
    assert!(ids(&[]).len() > 2);
    let (_, err) = run(&site, &["export", "--source", "udhr-1984"], 2);
    assert!(err.contains("help: did you mean `udhr-1948`?"), "{err}");
    let (_, err) = run(&site, &["export", "--page", "documents/declaratoin"], 2);
    assert!(err.contains("help: did you mean `documents/declaration`?"), "{err}");
    // A file that somebody else wrote is not replaced; an older export is.
    site.put("mine.bib", "notes of mine\n");
    run(&site, &["export", "--out", "mine.bib"], 2);
    assert_eq!(fs::read_to_string(site.root().join("mine.bib")).unwrap(), "notes of mine\n");
    run(&site, &["export", "--out", "a.bib"], 0);
    run(&site, &["export", "--source", "udhr-1948", "--out", "a.bib"], 0);
}

#[test]
fn the_list_says_how_often_each_is_cited() {
    let site = Site::base();
    let (out, err) = run(&site, &["list", "--format", "json"], 0);
    assert_eq!(err, "");
    let rows: Value = serde_json::from_str(&out).unwrap();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == "udhr-1948").unwrap();
    assert_eq!(row["kind"], "un");
    assert_eq!(row["date"], "1948-12-10");
    assert_eq!(row["title"], "Universal Declaration of Human Rights");
    assert!(row["cited"].as_u64().unwrap() > 0);
    let (out, _) = run(&site, &["list"], 0);
    assert!(out.lines().next().unwrap().starts_with("id "), "{out}");
    assert!(out.lines().any(|line| line.starts_with("udhr-1948 ")), "{out}");
}

/// Everything that a page may hold, for pandoc.
const EVERYTHING: &str = r#"---
title: "All *of* it: 100 %"
summary: "Said in short [@udhr-1948#q1]."
key-facts:
  - "[=icj-judges] judges."
---
It says so[^n] [see @udhr-1948, art. 1; @supports:gciv-1949, and after]. @udhr-1948 [art. 2] says `a``b` *so* **too**, -@gciv-1949 as well.
A new line with $5 and @nobody\@x, x_y, <b>, "quoted" – [a link](https://example.org/a_(b)), [home](../index.md#top).

1. one
2. two [@udhr-1948]

   more [@udhr-1948].

- [@? who?]
- 1984\. A year [@udhr-1948].

> Quoted
> words [@udhr-1948].

> [!position] One *side*
> Says [@udhr-1948].

> [!position] Another
> Denies [@gciv-1949].

> [!note]
> Noted [@gciv-1949].

| a | b |
|:--|--:|
| x \| y | 1 [@udhr-1948] |

```rust
let a = 1;
```

## A heading {#it}

שלום דו"ח [@udhr-1948].

[^n]: A note, with
    two lines [@gciv-1949, p. 3].
"#;

#[test]
fn a_page_goes_to_pandoc() {
    let site = Site::base();
    site.put("content/en/documents/all.md", EVERYTHING);
    let (out, err) = run(&site, &["export", "--format", "pandoc", "--page", "documents/all", "--out", "all.md"], 0);
    assert_eq!(out, "");
    insta::assert_snapshot!(format!("{err}\n{}", fs::read_to_string(site.root().join("all.md")).unwrap()));
    let bibliography: Value = serde_json::from_slice(&fs::read(site.root().join("all.json")).unwrap()).unwrap();
    let names: Vec<_> = bibliography.as_array().unwrap().iter().map(|item| (&item["id"], &item["other-ids"])).collect();
    insta::assert_json_snapshot!(names);
    for wrong in [
        &["export", "--format", "pandoc", "--out", "a.md"][..],
        &["export", "--format", "pandoc", "--page", "documents/all"],
        &["export", "--format", "pandoc", "--page", "documents/all", "--lang", "xx", "--out", "a.md"],
    ] {
        run(&site, wrong, 2);
    }
    assert!(!site.root().join("a.md").exists());
}

/// What stands in a page between two texts, all of them.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[test]
fn pages_tell_machines_what_they_cite_whatever_stands_in_the_records() {
    let site = Site::base();
    let title = "</script><b>\" & 'שלום' %41 + x=y;z";
    site.put("content/sources/hostile.yaml", format!("hostile:\n  type: report\n  lang: he\n  title: {}\n  author: [{{family: כהן, given: יעל}}, {{org: \"A & B, C\"}}]\n  date: 2023-10/2024-02\n  url: https://example.org/?a=1&b=2\n  accessed: 2026-11-23\n  checked: stored-page\n", serde_json::to_string(title).unwrap()));
    site.put(
        "content/en/documents/hostile.md",
        format!(
            "---\ntitle: {}\nsummary: Said [@hostile].\n---\nSaid [@hostile].\n",
            serde_json::to_string(title).unwrap()
        ),
    );
    let built = site.build();
    let page = built.text("en/documents/hostile/index.html");
    let [block] = between(page, "<script type=\"application/ld+json\">", "</script>")[..] else { panic!("{page}") };
    let article: Value = serde_json::from_str(block).unwrap();
    assert_eq!(article["name"], title);
    assert_eq!(article["inLanguage"], "en");
    let cited = &article["citation"][0];
    assert_eq!((&cited["@type"], &cited["name"]), (&"Report".into(), &title.into()));
    assert_eq!(cited["author"][0]["familyName"], "כהן");
    assert_eq!(cited["author"][1]["name"], "A & B, C");
    assert_eq!(cited["datePublished"], "2023-10/2024-02");
    assert_eq!(cited["url"], "https://example.org/?a=1&b=2");

    let coins = between(page, "<span class=\"Z3988\" title=\"", "\"");
    assert_eq!(coins.len(), 1);
    let values: Vec<(String, String)> = coins[0]
        .split("&amp;")
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap();
            (key.to_owned(), percent_decoded(value))
        })
        .collect();
    let of =
        |key: &str| values.iter().filter(|(name, _)| name == key).map(|(_, value)| value.as_str()).collect::<Vec<_>>();
    assert_eq!(of("rft.btitle"), [title]);
    assert_eq!(of("rft.au"), ["כהן, יעל"]);
    assert_eq!(of("rft.aucorp"), ["A & B, C"]);
    assert_eq!(of("rft.date"), ["2023-10"]);
    assert_eq!(of("rft_id"), ["https://example.org/?a=1&b=2"]);

    let item: Value = serde_json::from_str(built.text("data/sources/hostile.csl.json")).unwrap();
    assert_eq!(item[0]["title"], title);
    assert_eq!(built.text("data/pages/documents/hostile.csl.json"), built.text("data/sources/hostile.csl.json"));
    assert!(built.text("data/sources.bib").contains("@report{hostile,\n"));
    assert!(built.text("data/sources.ris").contains("\nID  - hostile\n"));
    // Downloads are for other programs: what only Sourcebook reads is not in them.
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.starts_with("data/")) {
        assert!(!std::str::from_utf8(bytes).unwrap().contains("sourcebook"), "{path}");
    }
    assert!(page.contains("<meta name=\"citation_language\" content=\"en\">"), "{page}");
    assert!(page.contains("href=\"../../../data/pages/documents/hostile.bib\" download>BibLaTeX</a>"), "{page}");
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits = [rest.clone().next(), rest.clone().nth(1)];
        if let (b'%', [Some(high), Some(low)]) = (byte, digits) {
            let digits = [high, low];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            rest.nth(1);
        } else {
            assert!(byte.is_ascii_alphanumeric() || b"-._~".contains(&byte), "{text}");
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The repository's own library, in every format and back: the records that come back are written as those that went out.
#[test]
fn the_real_library_survives_every_format() {
    let opened = compile::open(&repository(), &compile::Options::default()).unwrap_or_else(|_| panic!("no site"));
    let sources: Vec<_> = opened.book.library.sources().collect();
    assert!(sources.len() > 100, "{}", sources.len());
    let reader = opened.book.source_language().map(|language| &language.lang);
    let mut files = sourcebook::span::Files::default();
    for format in Format::WRITTEN {
        let exported = export(*format, &sources, Audience::Sourcebook, reader);
        let file = files.add(format.name(), exported.text.as_str());
        let back = import(*format, (file, &exported.text), None, &Library::default(), Known::LeftOut);
        assert_eq!((back.diagnostics.len(), back.losses.len()), (0, 0), "{:?}\n{:?}", back.diagnostics, back.losses);
        assert_eq!(back.sources.len(), sources.len());
        for (source, back) in sources.iter().zip(&back.sources) {
            assert_eq!(yaml::record(back), yaml::record(source), "{}", format.name());
        }
    }
}
