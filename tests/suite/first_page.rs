//! The way of a new editor, from an empty folder to a sourced page in two languages, as `docs/first-page.md` tells it and `scripts/first-page` goes it.

use crate::support::{Site, repository, tree};
use std::fs;
use std::process::Command;

#[cfg(unix)]
#[test]
fn the_page_for_new_editors_leads_to_a_sourced_page_in_two_languages() {
    let site = Site::empty();
    let run = Command::new(repository().join("scripts/first-page"))
        .arg(site.root())
        .env("SOURCEBOOK", env!("CARGO_BIN_EXE_sourcebook"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    assert!(said.contains("6 commands, 2 texts, "), "{said}");
    assert!(said.contains("no errors, no warnings"), "{said}");
    let files = tree(&site.root().join("our-site"));
    let page =
        |lang: &str| String::from_utf8(files[&format!("public/{lang}/counting/methods/index.html")].clone()).unwrap();
    for lang in ["en", "ar"] {
        let page = page(lang);
        assert!(page.contains("id=\"s-unece-2018\"") && page.contains("href=\"#s-unece-2018\""), "{lang}: {page}");
    }
    assert!(page("ar").contains("ترجمة آلية"), "nobody is said to have translated it");
    assert!(files.contains_key("translations/ar/counting/methods.yaml"));
}

/// What the page shows of a missing citation is what `check` says.
#[test]
fn what_the_page_shows_of_an_error_is_what_is_said() {
    let site = Site::empty();
    let doc = fs::read_to_string(repository().join("docs/first-page.md")).unwrap();
    let made = crate::cli::run(&site, &["init", "."]);
    assert_eq!(crate::cli::status(&made), 0);
    let block = |fence: &str| {
        let rest = doc.split_once(&format!("```{fence}\n")).unwrap().1;
        rest.split_once("\n```").unwrap().0.to_owned()
    };
    let page = block("markdown content/en/counting/methods.md").replace("unece-2018", "krdo-2023");
    let at = page.rfind(" [@krdo-2023]").unwrap();
    site.put("content/en/counting/methods.md", format!("{}.\n", &page[..at]));
    let checked = crate::cli::run(&site, &["check"]);
    for line in block("text").lines() {
        let said = crate::cli::stderr(&checked);
        assert!(said.contains(line), "{line}\n{said}");
    }
}
