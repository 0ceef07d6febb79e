//! What hosts and search engines are told, read as they read it: the sitemap by a reader of XML, `_headers` and `_redirects` line by line after the
//! rules of Netlify and Cloudflare Pages.

use crate::support::Site;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const BASE: &str = "https://example.org/some/path/";

/// The base site at an address below a path, with an old address and a draft.
fn site() -> Site {
    let site = Site::base();
    at(&site, BASE);
    site.put(
        "content/en/documents/old.md",
        "---\ntitle: Former texts\naliases: [documents/older, documents/oldest]\nreviewed: 2026-11-20\nreviewed-by: A. Reader\n---\nThere were [@udhr-1948].\n",
    );
    site.put("content/en/draft.md", "---\ntitle: Not yet\nstatus: draft\n---\nThere were [@udhr-1948].\n");
    site
}

fn at(site: &Site, base: &str) {
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}\n[site]\nbase-url = \"{base}\"\n"));
}

/// The values of an attribute, in their order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let beginning = format!(" {name}=\"");
    html.split(&beginning).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Each page of a sitemap with its day and its counterparts by language.
fn listed(xml: &str) -> BTreeMap<String, (Option<String>, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(xml);
    let (mut pages, mut within, mut page, mut others, mut day) =
        (BTreeMap::new(), Vec::new(), String::new(), BTreeMap::new(), None);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => within.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap()),
            Event::Text(text) => {
                let text = text.decode().unwrap().into_owned();
                match within.last().map(String::as_str) {
                    Some("loc") => page = text,
                    Some("lastmod") => day = Some(text),
                    _ => {}
                }
            }
            Event::Empty(tag) => {
                assert_eq!(tag.name().as_ref(), b"xhtml:link");
                let value = |name: &str| {
                    let found = tag.try_get_attribute(name).unwrap().unwrap();
                    String::from_utf8(found.value.to_vec()).unwrap()
                };
                assert_eq!(value("rel"), "alternate");
                assert!(others.insert(value("hreflang"), value("href")).is_none());
            }
            Event::End(tag) => {
                within.pop();
                if tag.name().as_ref() == b"url" {
                    let entry = (day.take(), std::mem::take(&mut others));
                    assert!(pages.insert(std::mem::take(&mut page), entry).is_none(), "a page stands twice");
                }
            }
            Event::Eof => return pages,
            _ => {}
        }
    }
}

/// The file that lies at an address.
fn file_of(address: &str) -> String {
    let path = address.strip_prefix(BASE).unwrap_or_else(|| panic!("{address} is no address of the site"));
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn alternates(html: &str) -> BTreeMap<String, String> {
    let links = html.split("<link rel=\"alternate\" hreflang=").skip(1).map(|rest| rest.split('>').next().unwrap());
    links
        .map(|link| {
            let link = format!(" hreflang={link}");
            (attributes(&link, "hreflang")[0].to_owned(), attributes(&link, "href")[0].to_owned())
        })
        .collect()
}

#[test]
fn the_sitemap_lists_what_is_to_be_found_and_nothing_else() {
    let built = site().build();
    let pages = listed(built.text("sitemap.xml"));
    for (address, (_, others)) in &pages {
        let html = built.text(&file_of(address));
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{address}");
        assert!(!html.contains("noindex"), "{address}");
        assert_eq!(&alternates(html), others, "the page {address} and the sitemap disagree");
        assert!(others.values().any(|other| other == address), "{address} does not name itself");
        for (lang, other) in others {
            let (_, back) = pages.get(other).unwrap_or_else(|| panic!("{address} names {other}, which is not listed"));
            assert!(back.values().any(|back| back == address), "{other} does not name {address} back");
            assert!(lang == "x-default" || other.starts_with(&format!("{BASE}{lang}/")), "{lang}: {other}");
        }
    }
    // Whatever says that it is its own place is listed, and nothing that is only shown in another language.
    let own: BTreeSet<String> = built
        .files
        .keys()
        .filter(|path| path.ends_with("index.html"))
        .map(|path| format!("{BASE}{}", path.strip_suffix("index.html").unwrap()))
        .filter(|address| {
            built.text(&file_of(address)).contains(&format!("<link rel=\"canonical\" href=\"{address}\">"))
        })
        .collect();
    assert_eq!(pages.keys().cloned().collect::<BTreeSet<_>>(), own);
    for missing in ["he/documents/", "en/draft/", "en/documents/older/"] {
        assert!(!pages.contains_key(&format!("{BASE}{missing}")), "{missing}");
    }
}

#[test]
fn readers_of_other_languages_choose_at_home_and_get_the_original_elsewhere() {
    let pages = listed(site().build().text("sitemap.xml"));
    let default = |path: &str| pages[&format!("{BASE}{path}")].1["x-default"].clone();
    assert_eq!(default(""), BASE);
    assert_eq!(default("he/"), BASE);
    assert_eq!(default("en/documents/"), format!("{BASE}en/documents/"));
    assert_eq!(default("he/figures/"), format!("{BASE}en/figures/"));
}

#[test]
fn a_page_has_a_day_only_where_the_content_knows_one() {
    let pages = listed(site().build().text("sitemap.xml"));
    let day = |path: &str| pages[&format!("{BASE}{path}")].0.as_deref();
    assert_eq!(day("en/documents/old/"), Some("2026-11-20"));
    assert_eq!(day("en/documents/"), None);
    assert_eq!(day("he/figures/"), None);
}

#[test]
fn drafts_are_built_for_editors_and_listed_for_nobody() {
    use sourcebook::compile::{self, LinkOptions, Options};
    let site = site();
    let options = Options { link: LinkOptions { drafts: true, ..LinkOptions::default() }, ..Options::default() };
    let edition = compile::build(&site.root(), &options, &|_, _| {}).edition.unwrap();
    let text = |path: &str| String::from_utf8(edition.get(path).unwrap().to_vec()).unwrap();
    assert!(text("en/draft/index.html").contains("noindex"));
    assert!(!text("sitemap.xml").contains("draft"));
}

#[test]
fn a_site_without_an_address_has_no_sitemap_and_lets_everybody_in() {
    let built = Site::base().build();
    assert!(!built.files.contains_key("sitemap.xml"));
    assert_eq!(built.text("robots.txt"), "User-agent: *\nAllow: /\n");
    let hosted = site().build();
    assert_eq!(hosted.text("robots.txt"), format!("User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"));
}

/// The rules of `_headers`: an address at the beginning of a line, its headers indented below it.
fn rules(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("  ") {
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap_or_else(|| panic!("no header: {line}"));
                rules.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
            }
            None => {
                assert!(line.starts_with('/') && line.len() < 2000 && line.matches('*').count() < 2, "{line}");
                rules.push((line.to_owned(), Vec::new()));
            }
        }
    }
    rules
}

#[test]
fn headers_are_said_once_and_the_page_says_the_same_policy() {
    let built = Site::base().build();
    let rules = rules(built.text("_headers"));
    assert_eq!(rules.iter().map(|(address, _)| address.as_str()).collect::<Vec<_>>(), ["/*", "/static/*"]);
    // Both hosts join what two rules say of one address.
    let names: Vec<&str> = rules.iter().flat_map(|(_, headers)| headers).map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    let value = |wanted: &str| {
        let found = rules.iter().flat_map(|(_, headers)| headers).find(|(name, _)| name == wanted);
        found.unwrap_or_else(|| panic!("no {wanted}")).1.clone()
    };
    assert_eq!(value("Referrer-Policy"), "no-referrer");
    assert_eq!(value("X-Content-Type-Options"), "nosniff");
    assert_eq!(value("Cross-Origin-Opener-Policy"), "same-origin");
    for feature in value("Permissions-Policy").split(", ") {
        assert!(feature.ends_with("=()"), "{feature}");
    }
    let policy = value("Content-Security-Policy");
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    let meta = policy.strip_suffix("; frame-ancestors 'none'").expect("a header may forbid frames");
    for path in ["index.html", "404.html", "en/index.html", "he/documents/declaration/index.html"] {
        let html = built.text(path).replace("&#39;", "'").replace("&#x27;", "'");
        assert!(html.contains(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{meta}\">")), "{path}");
    }
}

/// The first rule for each address that a host understands.
fn redirects<'a>(text: &'a str, status: &str) -> BTreeMap<&'a str, &'a str> {
    let mut found = BTreeMap::new();
    for line in text.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        let [from, to, code] = parts[..] else { panic!("no rule: {line}") };
        assert!(from.starts_with('/') && !from.contains(['*', ':', '#', '?']), "{line}");
        if code == status {
            assert!(found.insert(from, to).is_none(), "{line}");
        }
    }
    found
}

#[test]
fn old_addresses_lead_on_in_every_language_and_their_pages_stay() {
    let root = Site::base();
    at(&root, "https://example.org/");
    root.put(
        "content/en/documents/old.md",
        "---\ntitle: Former texts\naliases: [documents/older]\n---\nThere were [@udhr-1948].\n",
    );
    let built = root.build();
    let text = built.text("_redirects");
    let ways = redirects(text, "301");
    assert_eq!(ways, redirects(text, "301!"), "Netlify and Cloudflare are told the same");
    let own = |lang: &str| (format!("/{lang}/documents/older/"), format!("/{lang}/documents/old/"));
    for (from, to) in ["en", "he"].map(own) {
        assert_eq!(ways.get(from.as_str()), Some(&to.as_str()));
        assert!(built.text(&format!("{}index.html", &from[1..])).contains("http-equiv=\"refresh\""));
    }
    // Below a path somebody hands the pages on, so only whole addresses lead back.
    let below = site().build();
    let ways = redirects(below.text("_redirects"), "301");
    assert_eq!(ways.get("/he/documents/oldest/"), Some(&format!("{BASE}he/documents/old/").as_str()));
}

#[test]
fn an_address_cannot_add_a_line() {
    for bad in [
        "https://example.org/\\nDisallow: /",
        "https://example.org/\\u0085x",
        "https://example.org/a b",
        "https://example.org/\\tx",
    ] {
        let site = Site::base();
        at(&site, bad);
        let compilation = site.check();
        assert!(compilation.diagnostics.iter().any(|one| one.code.id() == "SB102"), "{bad} is taken");
    }
}

#[test]
fn what_is_not_found_is_told_in_every_language_from_anywhere() {
    let links = |html: &str| [attributes(html, "href"), attributes(html, "src")].concat().join("\n");
    for (built, root) in [(site().build(), "/some/path/"), (Site::base().build(), "/")] {
        for (path, lang) in [("404.html", "en"), ("en/404.html", "en"), ("he/404.html", "he")] {
            let html = built.text(path);
            assert!(html.contains(&format!("<html lang=\"{lang}\"")) && html.contains("noindex"), "{path}");
            for link in links(html).lines().filter(|link| !link.starts_with('#') && !link.starts_with("https://")) {
                let within = link.strip_prefix(root).unwrap_or_else(|| panic!("{path}: {link} begins nowhere"));
                let file = if within.is_empty() || within.ends_with('/') {
                    format!("{within}index.html")
                } else {
                    within.to_owned()
                };
                assert!(built.files.contains_key(&file), "{path}: {link} leads nowhere");
            }
            assert!(links(html).contains(&format!("{root}{lang}/")), "{path}: no way home");
        }
    }
}

#[test]
fn nothing_in_a_page_acts_or_opens_a_door() {
    let built = site().build();
    let mut outward = 0;
    let pages = built.files.keys().filter(|path| Path::new(path).extension().is_some_and(|kind| kind == "html"));
    for (path, html) in pages.map(|path| (path, built.text(path))) {
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let names: Vec<&str> = tag
                .split_whitespace()
                .skip(1)
                .filter_map(|part| part.split_once("=\""))
                .map(|(name, _)| name)
                .collect();
            assert!(!names.iter().any(|name| name.starts_with("on") || *name == "style"), "{path}: <{tag}>");
            assert!(
                !tag.starts_with("style")
                    && (!tag.starts_with("script") || tag.contains(" src=") || tag.contains("ld+json")),
                "{path}: <{tag}>"
            );
            if tag.starts_with("a ") && attributes(tag, "href").iter().any(|href| href.starts_with("http")) {
                outward += 1;
                assert!(
                    attributes(tag, "rel").iter().any(|rel| rel.split(' ').any(|word| word == "noopener")),
                    "{path}: <{tag}>"
                );
            }
        }
    }
    assert!(outward > 3, "only {outward} links lead out");
}

#[test]
fn a_copy_for_a_disk_has_nothing_for_hosts() {
    use sourcebook::compile::{self, Options};
    use sourcebook::site::SiteOptions;
    use sourcebook::site::address::Profile;
    let site = site();
    let options =
        Options { site: SiteOptions { profile: Profile::Files, ..SiteOptions::default() }, ..Options::default() };
    let edition = compile::build(&site.root(), &options, &|_, _| {}).edition.unwrap();
    for path in ["_headers", "_redirects", "robots.txt", "sitemap.xml"] {
        assert!(edition.get(path).is_none(), "{path}");
    }
    let html = String::from_utf8(edition.get("he/404.html").unwrap().to_vec()).unwrap();
    assert!(html.contains("href=\"../static/sourcebook.css\""), "{html}");
}
