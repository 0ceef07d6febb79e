//! Pictures for sharing: a page names one only where there is one, and only a site that asks for them has any.

use crate::support::{Site, told};
use sourcebook::compile::{self, Options};
use sourcebook::site::SiteOptions;
use std::collections::BTreeMap;

/// The files of the base site with that in its `[build]` and `[site]`.
fn built(site: &Site, threads: usize) -> BTreeMap<String, Vec<u8>> {
    let options = Options { site: SiteOptions { pictures: true, ..SiteOptions::default() }, ..Options::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let compilation = pool.install(|| compile::build(&site.root(), &options, &|_, _| {}));
    let said = told(&compilation);
    let edition = compilation.edition.unwrap_or_else(|| panic!("the site does not build:\n{said}"));
    edition.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec())).collect()
}

fn site(with: &str) -> Site {
    let site = Site::base();
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", book.replace("[languages.en]", &format!("{with}\n[languages.en]")));
    site
}

const ASKED: &str = "[build]\nsocial-images = true\n\n[site]\nbase-url = \"https://example.org/explainer/\"\n";

/// The picture that a page names, by its path in the site.
fn named<'a>(files: &'a BTreeMap<String, Vec<u8>>, page: &str) -> Option<&'a str> {
    let html = std::str::from_utf8(&files[page]).unwrap();
    let url = html.split_once(r#"<meta property="og:image" content=""#)?.1.split_once('"')?.0;
    url.strip_prefix("https://example.org/explainer/")
}

fn pictures(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|path| path.ends_with("social.png")).collect()
}

#[test]
fn every_page_names_a_picture_that_exists() {
    let files = built(&site(ASKED), 2);
    let pages: Vec<&String> = files.keys().filter(|path| path.rsplit('.').next() == Some("html")).collect();
    for page in &pages {
        let picture = named(&files, page).unwrap_or_else(|| panic!("{page} names no picture"));
        assert!(files[picture].starts_with(b"\x89PNG"), "{page}: {picture}");
    }
    assert_eq!(named(&files, "en/documents/declaration/index.html"), Some("en/documents/declaration/social.png"));
    assert_eq!(named(&files, "he/index.html"), Some("he/social.png"));
    // Nobody has translated it, so its picture is that of the text.
    assert_eq!(named(&files, "he/documents/declaration/index.html"), Some("en/documents/declaration/social.png"));
    // The site made it itself.
    assert_eq!(named(&files, "he/sources/index.html"), Some("he/social.png"));
    assert_eq!(
        pictures(&files),
        ["en/documents/declaration/social.png", "en/documents/social.png", "en/social.png", "he/social.png"]
    );
}

#[test]
fn pictures_do_not_depend_on_the_number_of_threads() {
    let site = site(ASKED);
    let (one, three) = (built(&site, 1), built(&site, 3));
    assert!(!pictures(&one).is_empty());
    assert!(one == three);
}

#[test]
fn a_site_that_asks_for_none_or_has_no_address_has_none() {
    for with in ["", "[build]\nsocial-images = true\n", "[site]\nbase-url = \"https://example.org/explainer/\"\n"] {
        let files = built(&site(with), 2);
        assert_eq!(pictures(&files), [""; 0], "{with}");
        assert_eq!(named(&files, "en/index.html"), None, "{with}");
    }
}

#[test]
fn a_page_whose_title_cannot_be_drawn_has_the_sites_name() {
    let with_name = |title: &str| {
        let site = site(ASKED);
        site.put("content/en/documents/declaration.md", format!("---\ntitle: {title}\n---\n"));
        built(&site, 2)["en/documents/declaration/social.png"].clone()
    };
    assert_eq!(with_name("日本"), with_name("한국"));
    assert_ne!(with_name("日本"), with_name("Japan"));
}

#[test]
fn icons_are_drawn_from_the_sites_own() {
    let plain = built(&site(""), 2);
    for name in ["apple-touch-icon.png", "icon-192.png", "icon-512.png", "icon-maskable-512.png"] {
        assert!(plain[&format!("static/{name}")].starts_with(b"\x89PNG"), "{name}");
    }
    let own = site("");
    own.put(
        "static/favicon.svg",
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>"#,
    );
    own.put("static/icon-192.png", b"mine");
    let own = built(&own, 2);
    assert_ne!(own["static/icon-512.png"], plain["static/icon-512.png"]);
    assert_eq!(own["static/icon-192.png"], b"mine");
}
