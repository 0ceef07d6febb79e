//! A page that is not translated is shown whole in the language of the source, labelled as that, and is nowhere taken for a translation.

use crate::support::{Built, Site};
use serde_json::Value;
use std::fs;

const BASE: &str = "https://example.org/";
const PAGE: &str = "documents/declaration";

/// The base site, of which Hebrew has the home page alone, at an address of its own.
fn built() -> Built {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}\n[site]\nbase-url = \"{BASE}\"\n"));
    let home = fs::read_to_string(site.root().join("content/he/index.md")).unwrap();
    let link = "\nראו [את ההכרזה](documents/declaration.md) [@udhr-1948].\n\n## טקסטים";
    site.put("content/he/index.md", home.replace("\n## טקסטים", link));
    site.put(
        "content/en/documents/old.md",
        "---\ntitle: Former texts\naliases: [documents/older]\n---\nThere were [@udhr-1948].\n",
    );
    site.build()
}

/// The tags of a kind, in their order.
fn tags<'a>(html: &'a str, beginning: &str) -> Vec<&'a str> {
    html.match_indices(beginning).map(|(at, _)| &html[at..=at + html[at..].find('>').unwrap()]).collect()
}

fn alternate(lang: &str, path: &str) -> String {
    format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{BASE}{path}\">")
}

#[test]
fn the_text_has_its_own_language_and_direction_and_the_frame_the_readers() {
    let built = built();
    let html = built.text(&format!("he/{PAGE}/index.html"));
    assert_eq!(tags(html, "<html"), ["<html lang=\"he\" dir=\"rtl\">"]);
    assert_eq!(
        tags(html, "<main"),
        ["<main id=\"main\" class=\"page frame\" tabindex=\"-1\" lang=\"en\" dir=\"ltr\">"]
    );
    for part in ["<div class=\"about-page\"", "<div class=\"apparatus\""] {
        assert_eq!(tags(html, part), [format!("{part} lang=\"he\" dir=\"rtl\">")]);
    }
    assert!(html.contains("class=\"notice notice-fallback\"") && !html.contains("notice-translation"), "{html}");
    let data = html.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!((&data["inLanguage"], &data["url"]), (&"en".into(), &format!("{BASE}en/{PAGE}/").into()));
    assert!(data.get("translationOfWork").is_none(), "{data}");
    // What is translated is nobody else's.
    let home = built.text("he/index.html");
    assert_eq!(tags(home, "<main"), ["<main id=\"main\" class=\"page frame\" tabindex=\"-1\">"]);
}

#[test]
fn search_engines_are_led_to_the_original() {
    let built = built();
    let original = [alternate("en", &format!("en/{PAGE}/")), alternate("x-default", &format!("en/{PAGE}/"))];
    for lang in ["en", "he"] {
        let html = built.text(&format!("{lang}/{PAGE}/index.html"));
        assert_eq!(
            tags(html, "<link rel=\"canonical\""),
            [format!("<link rel=\"canonical\" href=\"{BASE}en/{PAGE}/\">")]
        );
        assert_eq!(tags(html, "<link rel=\"alternate\" hreflang"), original, "{lang}");
    }
    let both = [alternate("en", "en/"), alternate("he", "he/"), alternate("x-default", "")];
    for lang in ["en", "he"] {
        let html = built.text(&format!("{lang}/index.html"));
        assert_eq!(tags(html, "<link rel=\"canonical\""), [format!("<link rel=\"canonical\" href=\"{BASE}{lang}/\">")]);
        assert_eq!(tags(html, "<link rel=\"alternate\" hreflang"), both, "{lang}");
    }
}

/// Every list in Hebrew in which the page stands says that it is English.
#[test]
fn no_list_takes_it_for_a_translation() {
    let built = built();
    let mut seen = 0;
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.starts_with("he/") && path.ends_with("/index.html"))
    {
        let html = std::str::from_utf8(bytes).unwrap();
        // The choice of language, and what the text itself links to, are no lists.
        let languages = html.find("<nav class=\"languages\"").map(|at| at..at + html[at..].find("</nav>").unwrap());
        let own =
            html.find("<div class=\"text\">").map(|at| at..html.find("<div class=\"apparatus\"").unwrap_or(html.len()));
        for title in ["The Universal Declaration", "Former texts"] {
            for (at, _) in html.match_indices(&format!(">{title}</a>")) {
                if [&languages, &own].into_iter().flatten().any(|range| range.contains(&at)) {
                    continue;
                }
                seen += 1;
                let tag = &html[html[..at].rfind("<a ").unwrap()..=at];
                assert!(tag.contains("lang=\"en\"") && tag.contains("dir=\"ltr\""), "{path}: {tag}");
            }
        }
        assert!(!html.contains(&format!("hreflang=\"he\" href=\"{BASE}he/{PAGE}")), "{path}");
    }
    assert!(seen > 3, "the lists were not found: {seen}");

    let home = built.text("he/index.html");
    let link = tags(home, &format!("<a href=\"{PAGE}/\"")).into_iter().find(|tag| tag.contains("hreflang"));
    assert_eq!(link, Some("<a href=\"documents/declaration/\" hreflang=\"en\">"), "{home}");
    assert!(home.contains("class=\"untranslated\""), "{home}");
}

#[test]
fn what_is_made_of_the_languages_own_texts_leaves_it_out() {
    let built = built();
    let pages = |lang: &str| {
        let data: Value = serde_json::from_str(built.text(&format!("data/ledger.{lang}.json"))).unwrap();
        data.to_string().contains(PAGE)
    };
    assert_eq!((pages("en"), pages("he")), (true, false));
    let html = built.text("he/documents/older/index.html");
    assert!(html.contains("lang=\"en\"") && html.contains("Former texts"), "{html}");
}
