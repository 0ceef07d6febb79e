//! Pages go elsewhere in every language: their records, the links to them and their old addresses with them.

use crate::cli::{run, status, stderr, stdout};
use crate::support::{Site, tree};
use std::collections::BTreeMap;
use std::fs;

const COURT: &str = "---
title: The Court
summary: \"It was set up by [the Charter](documents/index.md) [@un-charter-1945].\"
---
The Charter was signed in 1945 [@un-charter-1945]. See [the documents](documents/index.md#later) and [where it sits](#seat). <!-- uncited: guides -->

## Seat {#seat}

It sits in The Hague, as [its page](court.md#seat) says [@un-charter-1945].

![The hall](hall.png)
";

const COURT_HE: &str = "---
title: בית הדין
summary: \"הוקם מכוח [המגילה](documents/index.md) [@un-charter-1945].\"
translation: human
---
המגילה נחתמה ב־1945 [@un-charter-1945]. ראו [את המסמכים](documents/index.md#later) ואת [מקום המושב](#seat). <!-- uncited: מפנה -->

## מקום מושב {#seat}

מושבו בהאג, כאמור [בדף שלו](court.md#seat) [@un-charter-1945].

![האולם](hall.png)
";

const INDEX: &str = "---
title: Texts
weight: 10
aliases:
  - papers
---
Each has articles, and `../court.md` is no link: see [the Court](<../court.md#seat> \"the Court\"), [again][court] and [the Declaration](declaration.md) [@udhr-1948].

## Later {#later}

It has thirty articles [@udhr-1948].

[court]: ../court.md
";

const INDEX_HE: &str = "---
title: טקסטים
translation: machine
---
בכל אחד מהם סעיפים, ו־`../court.md` אינו קישור: ראו [את בית הדין](<../court.md#seat> \"בית הדין\"), [שוב][court] ו[את ההכרזה](declaration.md) [@udhr-1948].

## מאוחרים {#later}

יש בה שלושים סעיפים [@udhr-1948].

[court]: ../court.md
";

const EVENTS: &str = "the-charter:
  date: 1945-06-26
  title: {en: The Charter is signed, he: המגילה נחתמת}
  sources: [un-charter-1945]
  themes: [law]
  page: \"court\" # tells more
";

const TERMS: &str = "hague:
  definition:
    en: \"The seat of [the Court](court.md).\"
    he: \"מקום מושבו של [בית הדין](court.md).\"
  sources: [un-charter-1945]
  page: documents/declaration
";

pub fn site() -> Site {
    let site = Site::base();
    site.put("content/en/court.md", COURT)
        .put("content/he/court.md", COURT_HE)
        .put("content/en/hall.png", b"\x89PNG")
        .put("content/en/documents/index.md", INDEX)
        .put("content/he/documents/index.md", INDEX_HE)
        .put("content/events/events.yaml", EVENTS)
        .put("content/themes.yaml", "law:\n  name: {en: Law, he: משפט}\n")
        .put("content/terms/terms.yaml", TERMS)
        .put("content/terms/en.yaml", "hague:\n  term: Hague\n")
        .put("content/terms/he.yaml", "hague:\n  term: האג\n");
    done(&site, &["translate", "adopt", "--date", "2026-11-25"]);
    done(&site, &["translate", "review", "he", "court", "--by", "N. N.", "--date", "2026-11-26"]);
    // What is behind before the move is behind after it, and by the same.
    site.put("content/en/court.md", COURT.replace("It sits in", "It works in"));
    site
}

fn done(site: &Site, arguments: &[&str]) -> String {
    let output = run(site, arguments);
    assert_eq!(status(&output), 0, "{arguments:?}: {}", stderr(&output));
    format!("{}{}", stderr(&output), stdout(&output))
}

fn refused(site: &Site, arguments: &[&str]) -> String {
    let before = tree(&site.root());
    let output = run(site, arguments);
    assert_eq!(status(&output), 2, "{arguments:?}: {}", stderr(&output));
    assert_eq!(tree(&site.root()), before, "{arguments:?}");
    stderr(&output).to_owned()
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files that a command writes, takes away and changes.
fn changed(site: &Site, arguments: &[&str]) -> BTreeMap<String, &'static str> {
    let before = tree(&site.root());
    done(site, arguments);
    let after = tree(&site.root());
    let paths = before.keys().chain(after.keys());
    let told = paths.filter_map(|path| {
        let what = match (before.get(path), after.get(path)) {
            (Some(old), Some(new)) if old == new => return None,
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "gone",
            _ => "new",
        };
        // The names of kept wordings are hashes.
        (!path.starts_with("translations/source/")).then(|| (path.clone(), what))
    });
    told.collect()
}

/// What `translate status` says of the pages that have a translation, whatever the page is called.
fn behind(site: &Site, page: &str) -> String {
    let said = done(site, &["translate", "status"]);
    let untranslated = said.lines().next().and_then(|line| line.split_once("; not translated: ")).unwrap().1;
    let file = format!("{}.md", page.rsplit('/').next().unwrap());
    said.replace(untranslated, "").replace(&format!("({file}"), "(PAGE.md").replace(page, "PAGE")
}

#[test]
fn a_page_moves_in_every_language() {
    let site = site();
    let before = behind(&site, "court");
    assert!(before.contains("[-sits-]{+works+}") && !before.contains("link"), "{before}");
    let files = changed(&site, &["translate", "move", "court", "documents/the-court"]);
    let expected = [
        ("content/en/court.md", "gone"),
        ("content/en/documents/index.md", "changed"),
        ("content/en/documents/the-court.md", "new"),
        ("content/events/events.yaml", "changed"),
        ("content/he/court.md", "gone"),
        ("content/he/documents/index.md", "changed"),
        ("content/he/documents/the-court.md", "new"),
        ("content/terms/terms.yaml", "changed"),
        ("translations/he/court.yaml", "gone"),
        ("translations/he/documents/the-court.yaml", "new"),
        ("translations/he/documents.yaml", "changed"),
    ];
    let expected = expected.into_iter().map(|(path, what)| (path.to_owned(), what)).collect();
    assert_eq!(files, expected);

    let court = COURT
        .replace("It sits in", "It works in")
        .replace("---\nThe Charter", "aliases: [\"court\"]\n---\nThe Charter");
    let court = court
        .replace("(documents/index.md", "(index.md")
        .replace("(court.md", "(the-court.md")
        .replace("(hall.png", "(../hall.png");
    assert_eq!(read(&site, "content/en/documents/the-court.md"), court);
    let link =
        |text: &str| text.replace("(<../court.md", "(<the-court.md").replace("]: ../court.md", "]: the-court.md");
    assert_eq!(read(&site, "content/en/documents/index.md"), link(INDEX));
    assert_eq!(read(&site, "content/events/events.yaml"), EVENTS.replace("\"court\"", "\"documents/the-court\""));
    assert_eq!(read(&site, "content/terms/terms.yaml"), TERMS.replace("(court.md", "(documents/the-court.md"));

    assert_eq!(behind(&site, "documents/the-court"), before);
    assert!(read(&site, "translations/he/documents/the-court.yaml").contains("review: {by: \"N. N.\""));
    let check = done(&site, &["check", "--format", "json"]);
    assert_eq!(check.matches("\"code\"").count(), 2, "what was behind before, and nothing else: {check}");
    done(&site, &["build"]);
    for lang in ["en", "he"] {
        assert!(read(&site, &format!("public/{lang}/documents/the-court/index.html")).contains("id=\"seat\""));
        let old = read(&site, &format!("public/{lang}/court/index.html"));
        assert!(old.contains("http-equiv=\"refresh\"") && old.contains("../documents/the-court/"), "{old}");
    }

    // And back: the address is a page again, and no alias of itself.
    done(&site, &["translate", "move", "documents/the-court.md", "/court/"]);
    assert!(read(&site, "content/he/court.md").contains("aliases: [documents/the-court]\n---\n"));
    assert_eq!(read(&site, "content/en/documents/index.md"), INDEX);
    assert_eq!(behind(&site, "court"), before);
}

#[test]
fn a_section_moves_with_its_pages_and_pictures() {
    let site = site();
    site.put("content/en/documents/seal.png", b"\x89PNG")
        .put("content/en/documents/declaration.md", "---\ntitle: The Declaration\n---\nSee [the texts](index.md), [the Court](../court.md) and [home](../index.md) [@udhr-1948].\n\n![The seal](seal.png)\n")
        .put("content/en/law.md", "---\ntitle: Law\n---\nIt has courts [@un-charter-1945].\n");
    let before = behind(&site, "documents");
    done(&site, &["translate", "move", "documents", "law/texts"]);
    assert!(!site.root().join("content/en/documents").exists() && !site.root().join("content/he/documents").exists());
    let declaration = read(&site, "content/en/law/texts/declaration.md");
    assert!(
        declaration.contains("(index.md), [the Court](../../court.md) and [home](../../index.md)"),
        "{declaration}"
    );
    assert!(declaration.contains("![The seal](seal.png)") && declaration.contains("aliases: [documents/declaration]"));
    assert!(site.root().join("content/en/law/texts/seal.png").exists());
    assert!(read(&site, "content/en/law/texts/index.md").contains("aliases: [\"papers\", \"documents\"]\n---\n"));
    assert!(read(&site, "content/en/court.md").contains("(law/texts/index.md#later)"));
    assert!(read(&site, "content/terms/terms.yaml").contains("page: law/texts/declaration\n"));
    assert_eq!(behind(&site, "law/texts"), before);
    done(&site, &["check"]);
    done(&site, &["build"]);
    assert!(read(&site, "public/he/documents/declaration/index.html").contains("../../law/texts/declaration/"));
}

#[test]
fn nothing_is_overwritten_and_nothing_is_done_by_halves() {
    let site = site();
    let cases = [
        (["curt", "documents/court"], "the site has no page `curt`", "did you mean `court`?"),
        (["court", "documents"], "there is a page at `documents` already", "such as `documents/court`"),
        (["court", "Documents/Court"], "cannot be an address", "lower-case letters"),
        (["court", "laws/court"], "there is no section `laws`", "write `content/en/laws/index.md`"),
        (["court", "papers"], "`papers` is an older address of `documents`", "`aliases`"),
        (["court", "sources/court"], "belongs to the library of sources", "name another"),
        (["documents", "documents/old"], "lies within `documents` itself", "outside it"),
        (["index", "home"], "has its address for good", "below the home page"),
        (["glossary", "words"], "has its address for good", "below the home page"),
    ];
    for ([old, new], message, help) in cases {
        let said = refused(&site, &["translate", "move", old, new]);
        assert!(said.contains(message) && said.contains(help), "{old} → {new}: {said}");
    }
    // A file that is no page of the site is not overwritten, either.
    site.put(
        "translations/he/documents/the-court.yaml",
        read(&site, "translations/he/court.yaml").replace("\"court\"", "\"documents/the-court\""),
    );
    let said = refused(&site, &["translate", "move", "court", "documents/the-court"]);
    assert!(said.contains("translations/he/documents/the-court.yaml"), "{said}");
}

#[test]
fn what_would_be_done_is_said_first() {
    let site = site();
    let before = tree(&site.root());
    let said = done(&site, &["translate", "move", "court", "documents/the-court", "--dry-run"]);
    for told in [
        "court → documents/the-court",
        "content/he/court.md → content/he/documents/the-court.md",
        "content/en/documents/index.md: 2 links",
        "content/events/events.yaml: 1 link",
        "2 records of translations",
        "Nothing was written",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert_eq!(tree(&site.root()), before);
}
