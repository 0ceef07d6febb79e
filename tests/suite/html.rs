//! One file a language: every link leads to a place in it, it asks for nothing, its policy allows what stands in it, and the same bytes whatever
//! the machine. What only a browser knows, `tests/browser/suite/8-formats.test.js` asks one.

use crate::cli::{run, sourcebook, status, stderr, stdout};
use crate::support::Site;
use scraper::{Html, Selector};
use std::collections::BTreeSet;
use std::fs;

/// The base site with a picture, a chart and a glossary.
pub fn site() -> Site {
    let site = Site::base();
    site.put(
        "content/charts/charts.yaml",
        "population:\n  title: {en: World population, he: אוכלוסיית העולם}\n  kind: line\n  series: [world-population]\n",
    );
    site.put("content/en/documents/seal.png", b"\x89PNG");
    site.put(
        "content/en/documents/declaration.md",
        "---\ntitle: The Universal Declaration\nsummary: \"A text of thirty articles [@udhr-1948].\"\n---\n\
         ## Article 1 {#article-1}\n\nAll human beings are born free and equal in dignity and rights [@udhr-1948#q1]. See the [later texts](../index.md#later) \
         [@un-charter-1945].\n\n![Rounded by the source.](chart:population)\n\n![The seal](seal.png)\n",
    );
    site
}

/// The files of both languages.
fn pack(site: &Site, arguments: &[&str]) -> [String; 2] {
    let out = site.beside("out");
    fs::create_dir_all(&out).unwrap();
    let output = run(site, &[&["bundle", "--format", "html", "--out", out.to_str().unwrap()], arguments].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    ["en", "he"].map(|lang| fs::read_to_string(out.join(format!("documents-{lang}.html"))).unwrap())
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

#[test]
fn every_link_leads_to_a_place_in_the_file() {
    for html in pack(&site(), &[]) {
        let page = Html::parse_document(&html);
        let ids: Vec<&str> = all(&page, "[id]").iter().filter_map(|element| element.value().id()).collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "an id stands twice");
        let mut within = 0;
        for link in all(&page, "[href]") {
            let href = link.attr("href").unwrap();
            match href.strip_prefix('#') {
                Some(id) => {
                    assert!(known.contains(id), "{href} leads nowhere");
                    within += 1;
                }
                None => assert!(href.starts_with("https://"), "{href} leads out of the file"),
            }
        }
        assert!(within > 50, "only {within} links were found");
        for name in ["aria-labelledby", "aria-describedby", "data-term", "headers"] {
            for element in all(&page, &format!("main [{name}]")) {
                for id in element.attr(name).unwrap().split_whitespace() {
                    assert!(known.contains(id), "{name}={id} names nothing");
                }
            }
        }
    }
}

#[test]
fn headings_leave_no_level_out() {
    for html in pack(&site(), &[]) {
        let page = Html::parse_document(&html);
        let levels: Vec<u8> = all(&page, "h1, h2, h3, h4, h5, h6")
            .iter()
            .map(|heading| heading.value().name()[1..].parse().unwrap())
            .collect();
        assert_eq!(all(&page, "h1").len(), 1);
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "h{} follows h{}", pair[1], pair[0]);
        }
        for article in all(&page, "article.leaf") {
            let lang = article.attr("lang").zip(article.attr("dir"));
            assert!([Some(("en", "ltr")), Some(("he", "rtl"))].contains(&lang), "{lang:?}");
        }
    }
}

#[test]
fn nothing_is_asked_for_and_only_what_stands_in_it_is_allowed() {
    let [html, _] = pack(&site(), &[]);
    let page = Html::parse_document(&html);
    for element in all(&page, "[src]") {
        assert!(element.attr("src").unwrap().starts_with("data:"), "{}", element.html());
    }
    assert_eq!(all(&page, "img").len(), 1);
    assert!(all(&page, "link, iframe, object, embed, [style], [onclick]").is_empty());
    assert!(!html.contains("url(\"http") && !html.contains("@import"));
    let policy = all(&page, "meta[http-equiv]")[0].attr("content").unwrap();
    for element in all(&page, "style, script") {
        let text: String = element.text().collect();
        assert!(policy.contains(&hash(&text)), "{} is not allowed", element.value().name());
    }
    assert_eq!(policy.matches("sha256-").count(), all(&page, "style, script").len());
}

/// The SHA-256 of a text as policies write it.
fn hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    sourcebook::base64::encode(&Sha256::digest(text))
}

#[test]
fn the_file_says_which_copy_it_is_and_where_the_site_is() {
    let [html, _] = pack(&site(), &["--base-url", "https://example.org/documents/"]);
    let copy = all(&Html::parse_document(&html), ".cover .copy")[0].text().collect::<String>();
    assert!(copy.starts_with("Offline copy"), "{copy}");
    assert!(copy.contains("https://example.org/documents/"), "{copy}");
}

#[test]
fn two_machines_make_the_same_file() {
    let site = site();
    let first = pack(&site, &[]);
    let out = site.beside("out");
    let mut other = sourcebook(&site);
    other.args(["bundle", "--format", "html", "--quiet", "--out", out.to_str().unwrap()]);
    other.env("RAYON_NUM_THREADS", "1").env("LC_ALL", "ar_EG.UTF-8").env("TZ", "Asia/Gaza");
    let output = other.output().unwrap();
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    for (lang, first) in ["en", "he"].iter().zip(first) {
        assert!(fs::read_to_string(out.join(format!("documents-{lang}.html"))).unwrap() == first, "{lang}");
    }
}

#[test]
fn a_file_of_ones_own_is_not_written_over() {
    let site = site();
    fs::create_dir_all(site.beside("out")).unwrap();
    site.put("../out/documents-en.html", "mine");
    let out = site.beside("out");
    let output = run(&site, &["bundle", "--format", "html", "--lang", "en", "--out", out.to_str().unwrap()]);
    assert_eq!(status(&output), 2, "{}", stdout(&output));
    assert_eq!(fs::read_to_string(out.join("documents-en.html")).unwrap(), "mine");
}
