//! How a page says that it is cited, what became of it, and where an error on it is reported.

use crate::support::Site;
use biblatex::Bibliography;
use std::fs;

fn site(settings: &str) -> Site {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}\n[site]\n{settings}\n"));
    site.put(
        "content/en/documents/reviewed.md",
        "---\ntitle: \"Texts & “marks”\"\ndata-to: 2026-08-22\nreviewed: 2026-11-20\nreviewed-by: A. Reader\n---\nThere were [@udhr-1948].\n",
    );
    site
}

#[test]
fn a_page_is_cited_by_other_programs() {
    let built = site("base-url = \"https://example.org/site/\"").build();
    let bib = built.text("data/pages/documents/reviewed.cite.en.bib");
    let bibliography = Bibliography::parse(bib).unwrap();
    let entry = bibliography.iter().next().unwrap();
    assert_eq!(entry.key, "documents-reviewed-en");
    let field = |name: &str| entry.get_as::<String>(name).unwrap();
    assert_eq!(field("url"), "https://example.org/site/en/documents/reviewed/");
    assert_eq!(field("date"), "2026-11-20");
    assert_eq!(field("version").len(), 8);
    let json: serde_json::Value =
        serde_json::from_str(built.text("data/pages/documents/reviewed.cite.en.csl.json")).unwrap();
    assert_eq!(json[0]["title"], "Texts & “marks”");
    assert_eq!(json[0]["type"], "webpage");
    let page = built.text("en/documents/reviewed/index.html");
    assert!(page.contains("Read against its sources by"), "{page}");
    assert!(page.contains("href=\"https://example.org/site/en/documents/reviewed/\""), "{page}");
}

#[test]
fn the_version_of_a_page_changes_with_what_it_says_alone() {
    let site = site("");
    let version = || {
        let built = site.build();
        let json: serde_json::Value =
            serde_json::from_str(built.text("data/pages/documents/reviewed.cite.en.csl.json")).unwrap();
        json[0]["version"].as_str().unwrap().to_owned()
    };
    let path = "content/en/documents/reviewed.md";
    let text = fs::read_to_string(site.root().join(path)).unwrap();
    let first = version();
    site.put(path, text.replace("2026-11-20", "2026-11-21"));
    assert_eq!(version(), first);
    site.put(path, text.replace("There were", "There are"));
    assert_ne!(version(), first);
}

#[test]
fn an_error_is_reported_with_the_page_and_its_title() {
    let built = site(
        "base-url = \"https://example.org/site/\"\nreport-url = \"mailto:errors@example.org?subject={title}&body={url}\"",
    )
    .build();
    let page = built.text("en/documents/reviewed/index.html");
    let expected = "mailto:errors@example.org?subject=Texts%20%26%20%E2%80%9Cmarks%E2%80%9D&amp;body=https%3A%2F%2Fexample.org%2Fsite%2Fen%2Fdocuments%2Freviewed%2F";
    assert!(page.contains(expected), "{page}");
}
