//! Books for reading programs: what is in them, that XML reads every file, that every link leads to a place that is there, and the same bytes
//! whatever the machine. What only reading programs know, `scripts/check-epub` asks one of them.

use crate::cli::{run, sourcebook, status, stderr};
use crate::support::Site;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sourcebook::verify::{Finding, compare, zip as packed};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::process::Command;
use zip::ZipArchive;

/// 1 January 2026.
const DAY: &str = "1767225600";

const LIVE: &str = "https://example.org/documents/";

/// The base site with everything that a book takes up: a chart, a picture, footnotes, a term, a page that is not translated.
fn site() -> Site {
    let site = Site::base();
    site.put(
        "content/charts/charts.yaml",
        "population:\n  title: {en: World population, he: אוכלוסיית העולם}\n  kind: line\n  series: [world-population]\n",
    );
    site.put("content/en/documents/seal.png", b"\x89PNG");
    site.put(
        "content/terms/terms.yaml",
        "charter: {sources: [un-charter-1945], definition: {en: The treaty of 1945., he: האמנה משנת 1945.}}\n",
    );
    site.put("content/terms/en.yaml", "charter: {term: Charter}\n");
    site.put("content/terms/he.yaml", "charter: {term: מגילה, forms: [מגילת]}\n");
    site.put(
        "content/en/documents/declaration.md",
        "---\ntitle: The Universal Declaration\nsummary: \"A text of thirty articles [@udhr-1948].\"\n---\n\
         ## Article 1 {#article-1}\n\nAll human beings are born free and equal in dignity and rights [@udhr-1948#q1].[^1] See the [later texts](../index.md#later), \
         which the [Charter](term:charter) came before [@un-charter-1945].\n\n[^1]: It was adopted without a vote against it [@udhr-1948].\n\n\
         ![Rounded by the source.](chart:population)\n\n![The seal: an \"olive\" wreath & a map](seal.png)\n",
    );
    site
}

/// The books of a site, by language.
fn books(site: &Site, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = site.beside("books");
    fs::create_dir_all(&out).unwrap();
    let folder = format!("{}/", out.display());
    let output = sourcebook(site)
        .args(["bundle", "--format", "epub", "--out", &folder])
        .args(arguments)
        .env("SOURCE_DATE_EPOCH", DAY)
        .output()
        .unwrap();
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let lang = |path: &std::path::Path| path.file_stem()?.to_str()?.strip_prefix("documents-").map(str::to_owned);
    fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (lang(&path).unwrap(), fs::read(&path).unwrap()))
        .collect()
}

/// The files of a book, by name, in their order.
fn files(book: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(book)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut entry = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// The text of each file in the folder of the book.
fn texts(book: &[u8]) -> BTreeMap<String, String> {
    let text = |(name, bytes): (String, Vec<u8>)| {
        let name = name.strip_prefix("EPUB/")?.to_owned();
        Some((name, String::from_utf8(bytes).ok()?))
    };
    files(book).into_iter().filter_map(text).collect()
}

/// The elements of a file; what is not well-formed fails the test.
fn elements<'t>(name: &str, text: &'t str) -> Vec<BytesStart<'t>> {
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(tag) | Event::Empty(tag) => found.push(tag),
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).unwrap()?;
    Some(attribute.unescape_value().unwrap().into_owned())
}

/// The part of a page between its head and its lists, and the first entry of the lists.
fn chapter<'t>(texts: &'t BTreeMap<String, String>, title: &str) -> &'t str {
    let has_title = |text: &&String| text.contains(&format!("<h1>{title}</h1>")) && text.contains("doc-chapter");
    texts.values().find(has_title).unwrap_or_else(|| panic!("no chapter is called {title}"))
}

#[test]
fn a_book_says_what_it_is() {
    let books = books(&site(), &[]);
    assert_eq!(books.keys().collect::<Vec<_>>(), ["en", "he"]);
    let (en, he) = (texts(&books["en"]), texts(&books["he"]));
    let name = |text: &str| text.split("urn:uuid:").nth(1).unwrap()[..36].to_owned();
    // What changes with every byte that was read is told apart and not read.
    let version = he["title.xhtml"].rsplit("<bdi>").next().unwrap()[..8].to_owned();
    let lines = |text: &str| text.replace("><", ">\n<").replace(&name(&he["package.opf"]), "…").replace(&version, "…");
    insta::assert_snapshot!("epub-package-he", lines(&he["package.opf"]));
    insta::assert_snapshot!("epub-navigation-en", en["nav.xhtml"]);
    insta::assert_snapshot!("epub-ncx-he", lines(&he["toc.ncx"]));
    insta::assert_snapshot!("epub-title-page-he", lines(&he["title.xhtml"]));
    insta::assert_snapshot!("epub-chapter-en", chapter(&en, "The Universal Declaration"));
    // Each language is a book of its own, and so is each state of the site.
    assert_ne!(name(&en["package.opf"]), name(&he["package.opf"]));
    assert_eq!(name(&en["package.opf"]), name(&en["toc.ncx"]));
}

#[test]
fn a_container_is_known_by_its_first_bytes() {
    for book in books(&site(), &[]).values() {
        let names: Vec<String> = files(book).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names[..3], ["mimetype", "META-INF/container.xml", "META-INF/manifest.json"]);
        assert_eq!(&book[30..58], b"mimetypeapplication/epub+zip");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(names.iter().all(|name| name.is_ascii()));
    }
}

#[test]
fn xml_reads_every_file_and_every_link_leads_to_a_place() {
    for (live, arguments) in [(false, &[][..]), (true, &["--base-url", LIVE][..])] {
        for (lang, book) in books(&site(), arguments) {
            let names: BTreeSet<String> =
                files(&book).into_iter().filter_map(|(name, _)| Some(name.strip_prefix("EPUB/")?.to_owned())).collect();
            let texts = texts(&book);
            let read: BTreeMap<&String, Vec<BytesStart<'_>>> = texts
                .iter()
                .filter(|(name, _)| **name != "book.css")
                .map(|(name, text)| (name, elements(name, text)))
                .collect();
            let ids: BTreeMap<&String, Vec<String>> = read
                .iter()
                .map(|(name, tags)| (*name, tags.iter().filter_map(|tag| attribute(tag, "id")).collect()))
                .collect();
            let mut internal = 0;
            for (name, tags) in &read {
                let own: BTreeSet<&String> = ids[name].iter().collect();
                assert_eq!(own.len(), ids[name].len(), "{lang} {name}: an id stands twice");
                for link in tags.iter().flat_map(|tag| ["href", "src"].map(|name| attribute(tag, name))).flatten() {
                    if let Some(rest) = link.strip_prefix("https://") {
                        assert!(live || !rest.starts_with("example.org/documents"), "{name}: {link}");
                        continue;
                    }
                    let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
                    let to = if path.is_empty() { name.as_str() } else { path };
                    assert!(names.contains(to), "{lang} {name} leads to {link}");
                    assert!(
                        fragment.is_empty() || ids[&to.to_owned()].iter().any(|id| id == fragment),
                        "{lang} {name} leads to {link}"
                    );
                    internal += 1;
                }
            }
            assert!(internal > 60, "only {internal} links");
            // Everything is listed, and nothing else.
            let listed: BTreeSet<String> =
                read[&"package.opf".to_owned()].iter().filter_map(|tag| attribute(tag, "href")).collect();
            let packed: BTreeSet<String> = names.into_iter().filter(|name| name != "package.opf").collect();
            assert_eq!(listed, packed);
        }
    }
}

#[test]
fn marks_open_notes_that_stay_in_their_list() {
    let books = books(&site(), &[]);
    let texts = texts(&books["en"]);
    let tags = elements("chapter", chapter(&texts, "The Universal Declaration"));
    let of_type = |kind: &str| -> Vec<&BytesStart<'_>> {
        tags.iter().filter(|tag| attribute(tag, "epub:type").as_deref() == Some(kind)).collect()
    };
    let notes: BTreeSet<String> = of_type("endnote").iter().filter_map(|tag| attribute(tag, "id")).collect();
    for note in ["s-udhr-1948", "t-charter"] {
        assert!(notes.contains(note), "{notes:?}");
    }
    assert!(of_type("endnote").iter().all(|tag| tag.name().as_ref() == b"li"));
    let refs: Vec<String> = of_type("noteref").iter().filter_map(|tag| attribute(tag, "href")).collect();
    assert!(refs.len() >= 5, "{refs:?}");
    assert!(refs.iter().all(|href| notes.contains(href.trim_start_matches('#'))), "{refs:?}");
    assert!(!of_type("backlink").is_empty());
    assert!(!chapter(&texts, "The Universal Declaration").contains("<aside"));
    // A mark of several sources would show the first alone, so it leads to the list.
    let several = elements("chapter", chapter(&texts, "Texts"))
        .into_iter()
        .find(|tag| attribute(tag, "href").as_deref() == Some("#r-1-3"))
        .unwrap();
    assert_eq!(attribute(&several, "epub:type"), None);
}

#[test]
fn nothing_in_a_book_needs_a_script_or_a_click() {
    for (lang, book) in books(&site(), &["--base-url", LIVE]) {
        let texts = texts(&book);
        for (name, text) in texts.iter().filter(|(_, text)| text.contains("<html")) {
            for gone in [
                "<details", "<summary", "<script", "<button", "<form", "<style", " style=", " data-", " onclick",
                "tabindex",
            ] {
                assert!(!text.contains(gone), "{lang} {name} has {gone}");
            }
        }
    }
    let books = books(&site(), &[]);
    // A page that is not translated is in its own language and direction.
    let he = texts(&books["he"]);
    let declaration = chapter(&he, "The Universal Declaration");
    assert!(
        declaration.contains("<html") && declaration.contains("lang=\"en\" xml:lang=\"en\" dir=\"ltr\""),
        "{declaration}"
    );
    assert!(he["nav.xhtml"].contains("lang=\"en\" dir=\"ltr\">The Universal Declaration</a>"));
}

#[test]
fn the_same_bytes_whatever_the_machine() {
    let site = site();
    let first = books(&site, &[]);
    let again = site.beside("again");
    for (zone, locale, threads, umask) in
        [("Pacific/Auckland", "C", "1", "077"), ("America/St_Johns", "he_IL.UTF-8", "7", "002")]
    {
        let script = format!(
            "umask {umask}; cd /; exec '{}' bundle --quiet --root '{}' --format epub --out '{}/'",
            env!("CARGO_BIN_EXE_sourcebook"),
            site.root().display(),
            again.display()
        );
        let shell = Command::new("sh")
            .args(["-c", &script])
            .env("SOURCE_DATE_EPOCH", DAY)
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .env("RAYON_NUM_THREADS", threads)
            .status();
        assert!(shell.unwrap().success());
        for (lang, book) in &first {
            let other = fs::read(again.join(format!("documents-{lang}.epub"))).unwrap();
            assert!(other == *book, "{lang}: {zone}, {locale}, {threads} threads, umask {umask}");
        }
    }
}

#[test]
fn whoever_has_a_book_can_see_whether_it_is_whole() {
    let site = site();
    let book = books(&site, &[])["he"].clone();
    let findings = |bytes: &[u8]| packed::look(Cursor::new(bytes)).map(|copy| compare(&copy).findings).unwrap();
    assert_eq!(findings(&book), []);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files(&book) {
        let bytes = if name == "EPUB/title.xhtml" { b"other".to_vec() } else { bytes };
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    let altered = zip.finish().unwrap().into_inner();
    assert_eq!(findings(&altered), [Finding::Changed("EPUB/title.xhtml".to_owned())]);
}

#[test]
fn an_older_book_is_replaced_and_nothing_else() {
    let site = Site::base();
    let out = site.beside("book.epub");
    let arguments = ["bundle", "--format", "epub", "--lang", "he", "--out", out.to_str().unwrap()];
    for _ in 0..2 {
        let output = run(&site, &arguments);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    // Somebody else's book is one, too.
    let mut theirs = zip::ZipWriter::new(Cursor::new(Vec::new()));
    theirs.start_file("EPUB/package.opf", zip::write::SimpleFileOptions::default()).unwrap();
    let theirs = theirs.finish().unwrap().into_inner();
    fs::write(&out, &theirs).unwrap();
    assert_eq!(status(&run(&site, &arguments)), 2);
    assert!(fs::read(&out).unwrap() == theirs);
}
