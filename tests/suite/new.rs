//! `sourcebook new …`: what it writes, what it leaves alone, and that the site can be built at once.

use crate::cli::{run, status, stderr, stdout};
use crate::support::{Site, tree};
use std::fs;

fn book(site: &Site) -> String {
    fs::read_to_string(site.root().join("book.toml")).unwrap()
}

fn new(site: &Site, arguments: &[&str]) -> String {
    let output = run(site, &[&["new", "language"], arguments].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    stderr(&output).to_owned()
}

/// There is nothing wrong, not even a warning.
fn is_clean(site: &Site) {
    let checked = site.check();
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
}

#[test]
fn a_new_language_is_built_at_once_with_every_page_in_the_first_language() {
    let site = Site::base();
    let before = book(&site);
    let said = new(&site, &["fa", "--name", "فارسی"]);
    assert!(said.contains("Added `fa` (فارسی, rtl); it writes ۴۱٬۲۳۴٫۵ · ۲۶ ژانویه ۲۰۲۴"), "{said}");
    let section = "\n[languages.fa]\nname = \"فارسی\"\n# Numbers and dates: ۴۱٬۲۳۴٫۵ · ۲۶ ژانویه ۲۰۲۴\nformat-locale = \"fa\"\ndirection = \"rtl\"\n";
    assert_eq!(book(&site), before.replace("\n\n[check]", &format!("\n{section}\n[check]")));
    is_clean(&site);
    let base_url = ["build", "--base-url", "https://example.org/"];
    assert_eq!(status(&run(&site, &base_url)), 0);
    let files = tree(&site.root().join("public"));
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let persian = page("fa/documents/declaration/index.html");
    assert!(persian.contains("<html lang=\"fa\" dir=\"rtl\""), "{persian}");
    // The text stands in its own language and direction, and search engines are sent to it.
    assert!(persian.contains("lang=\"en\" dir=\"ltr\""), "{persian}");
    assert!(persian.contains("rel=\"canonical\" href=\"https://example.org/en/documents/declaration/\""), "{persian}");
    assert!(!persian.contains("hreflang=\"fa\" href"), "{persian}");
    let english = page("en/documents/declaration/index.html");
    assert!(!english.contains("rel=\"alternate\" hreflang=\"fa\""), "{english}");
}

#[test]
fn a_language_of_which_the_program_knows_no_word_gets_the_english_ones_to_translate() {
    let site = Site::base();
    let said = new(&site, &["sw", "--format-locale", "sw-KE"]);
    assert!(said.contains("name = \"…\"") && said.contains("translate content/strings/sw.yaml"), "{said}");
    assert!(
        book(&site)
            .contains("[languages.sw]\n# Numbers and dates: 41,234.5 · 26 Januari 2024\nformat-locale = \"sw-KE\"\n")
    );
    let strings = fs::read_to_string(site.root().join("content/strings/sw.yaml")).unwrap();
    assert!(strings.contains("  menu: Menu\n") && strings.contains("autonym: \"sw\"\n"), "{strings}");
    assert!(site.root().join("content/sw").is_dir() && site.root().join("content/style/sw.yaml").is_file());
    is_clean(&site);
    // What is not translated is asked for once the line is gone.
    site.put("content/strings/sw.yaml", strings.replace("  menu: Menu\n", ""));
    let checked = site.check();
    let said: Vec<_> = checked.diagnostics.iter().map(|one| (one.message.as_str(), one.help.as_deref())).collect();
    let help = "shown in another language until content/strings/sw.yaml has them: texts.menu";
    assert_eq!(said, [("an interface string is missing for `sw`", Some(help))]);
}

#[test]
fn what_is_there_is_left_alone() {
    let site = Site::base();
    site.put("content/style/sw.yaml", "words: {}\n").put("content/sw/index.md", "---\ntitle: Mwanzo\n---\n");
    new(&site, &["sw", "--name", "Kiswahili"]);
    assert_eq!(fs::read_to_string(site.root().join("content/style/sw.yaml")).unwrap(), "words: {}\n");
    let whole = tree(&site.root());
    for (arguments, message) in [
        (["sw", "--name", "Swahili"], "the site has the language `sw` already"),
        (["Persian", "--name", "x"], "did you mean `fa`?"),
        (["iw", "--name", "x"], "the language `iw` is written `he`"),
        (["pt-br", "--name", "x"], "the language `pt-br` is written `pt-BR`"),
        (["fa", "--format-locale", "digits please"], "`digits please` is no locale"),
    ] {
        let output = run(&site, &[["new", "language"].as_slice(), &arguments].concat());
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
        assert!(tree(&site.root()) == whole, "{arguments:?} wrote something");
    }
}

#[test]
fn a_second_calendar_is_shown_where_it_is_asked_for_and_must_be_named() {
    let site = Site::base();
    let with = |calendar: &str| {
        let book = fs::read_to_string(crate::support::fixtures().join("base/book.toml")).unwrap();
        book.replace("[languages.he]\n", &format!("[languages.he]\nsecond-calendar = \"{calendar}\"\n"))
    };
    site.put("content/he/index.md", "---\ntitle: מסמכים\ndata-to: 2024-01-26\n---\n");
    site.put("content/en/index.md", "---\ntitle: Documents\ndata-to: 2024-01-26\n---\n")
        .put("book.toml", with("hebrew"));
    assert_eq!(status(&run(&site, &["build"])), 0);
    let page = |lang: &str| fs::read_to_string(site.root().join(format!("public/{lang}/index.html"))).unwrap();
    assert!(page("he").contains("26 בינואר 2024 (ט״ז בשבט ה׳תשפ״ד)"));
    assert!(page("en").contains("26 January 2024</bdi>"));
    for (wrong, help) in [
        ("islamic", "`islamic-umalqura` (Saudi Arabia)"),
        ("herbew", "did you mean `hebrew`?"),
        ("gregorian", "Gregorian already"),
    ] {
        site.put("book.toml", with(wrong));
        let output = run(&site, &["check"]);
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(status(&output) > 0 && said.contains("book.toml:11:") && said.contains(help), "{said}");
    }
}
