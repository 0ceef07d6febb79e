//! What hosts and search engines are told, read as they read it: the sitemap by a reader of XML, `_headers` and `_redirects` line by line after the
//! rules of Netlify and Cloudflare Pages.

use crate::support::{Site, repository};
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde_json::Value;
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

#[test]
fn an_editor_is_not_published_without_its_parts() {
    let root = Site::base();
    let book = fs::read_to_string(root.root().join("book.toml")).unwrap();
    root.put("book.toml", format!("{book}\n[editor]\nbackend = \"github\"\nrepo = \"example/documents\"\n"));
    // Nothing of it is published without its parts.
    assert_eq!(root.check().diagnostics.iter().map(|one| one.code.id()).collect::<Vec<_>>(), ["SB726"]);
    root.put("book.toml", format!("{book}\n[editor]\nbackend = \"github\"\nrepo = \"documents\"\n"));
    assert_eq!(root.check().diagnostics.iter().map(|one| one.code.id()).collect::<Vec<_>>(), ["SB102"]);
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
                let within = within.split('?').next().unwrap_or_default();
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

/// The blocks of data in the head of a page.
fn data(html: &str) -> Vec<Value> {
    let blocks = html.split("<script type=\"application/ld+json\">").skip(1);
    blocks.map(|block| serde_json::from_str(block.split("</script>").next().unwrap()).unwrap()).collect()
}

#[test]
fn search_engines_are_told_the_name_of_the_site_and_the_way_to_a_page() {
    let built = site().build();
    let door = data(built.text("index.html"));
    assert_eq!((&door[0]["@type"], &door[0]["url"]), (&"WebSite".into(), &BASE.into()));
    assert_eq!(door[0]["inLanguage"], serde_json::json!(["en", "he"]));
    let home = data(built.text("he/index.html"));
    assert_eq!((&home[0]["@type"], &home[1]["@type"]), (&"WebPage".into(), &"WebSite".into()));
    assert_eq!(home[1]["url"], format!("{BASE}he/"));
    // A page that is shown in another language stands where its original does.
    for lang in ["en", "he"] {
        let page = data(built.text(&format!("{lang}/documents/declaration/index.html")));
        let way = page[1]["itemListElement"].as_array().unwrap();
        let steps: Vec<(u64, &str)> =
            way.iter().map(|step| (step["position"].as_u64().unwrap(), step["item"].as_str().unwrap())).collect();
        let address = |path: &str| format!("{BASE}en/{path}");
        let expected = [address(""), address("documents/"), address("documents/declaration/")];
        assert_eq!(steps, [(1, expected[0].as_str()), (2, expected[1].as_str()), (3, expected[2].as_str())]);
        assert!(way.iter().all(|step| !step["name"].as_str().unwrap().is_empty()));
    }
    assert_eq!(data(Site::base().build().text("en/documents/declaration/index.html")).len(), 1, "no address, no way");
}

#[test]
fn a_shared_page_says_what_it_is() {
    let built = site().build();
    let property = |path: &str, name: &str| {
        let html = built.text(path);
        let mark = format!("<meta property=\"og:{name}\" content=\"");
        html.split(&mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let home = "he/index.html";
    assert_eq!(property(home, "url"), [format!("{BASE}he/")]);
    assert_eq!(property(home, "locale"), ["he_IL"]);
    assert_eq!(property(home, "locale:alternate"), ["en_GB"]);
    assert!(property(home, "type").is_empty(), "a website is what is not said to be anything else");
    assert_eq!(property("en/documents/declaration/index.html", "type"), ["article"]);
    // Nobody is promised a Hebrew text.
    assert!(property("he/documents/declaration/index.html", "locale").is_empty());
    for path in
        ["index.html", "en/index.html", "en/figures/index.html", "en/search/index.html", "en/sources/index.html"]
    {
        assert_eq!(property(path, "title").len(), 1, "{path}");
        assert!(built.text(path).contains("name=\"twitter:card\""), "{path}");
    }
    assert!(!Site::base().build().text("en/index.html").contains("og:"), "without an address nothing can be shared");
}

#[test]
fn a_telephone_can_keep_the_site_in_each_language() {
    let built = site().build();
    for (lang, dir) in [("en", "ltr"), ("he", "rtl")] {
        let manifest: Value = serde_json::from_str(built.text(&format!("{lang}/manifest.webmanifest"))).unwrap();
        assert_eq!((&manifest["lang"], &manifest["dir"]), (&lang.into(), &dir.into()));
        assert_eq!((&manifest["start_url"], &manifest["scope"]), (&"./".into(), &"../".into()));
        for icon in manifest["icons"].as_array().unwrap() {
            let file = icon["src"].as_str().unwrap().strip_prefix("../").unwrap();
            assert!(built.files.contains_key(file), "{file}");
        }
        assert!(!manifest["icons"].as_array().unwrap().is_empty());
        assert!(
            built.text(&format!("{lang}/index.html")).contains("<link rel=\"manifest\" href=\"manifest.webmanifest\">")
        );
    }
}

#[test]
fn copies_are_made_where_they_are_asked_for() {
    use sourcebook::compile::{self, Options};
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}\n[build]\ncompress = [\"gz\", \"br\"]\n"));
    let built = |compress: bool| {
        let options = Options { compress, ..Options::default() };
        compile::build(&site.root(), &options, &|_, _| {}).edition.unwrap()
    };
    let (plain, whole) = (built(false), built(true));
    for (path, bytes) in plain.iter() {
        assert_eq!(whole.get(path.as_str()), Some(bytes), "{path}");
    }
    for kind in ["br", "gz"] {
        let copy = whole.get(&format!("en/index.html.{kind}")).unwrap();
        assert!(copy.len() * 2 < plain.get("en/index.html").unwrap().len(), "{kind}");
    }
    site.put("book.toml", format!("{book}\n[build]\ncompress = [\"zip\"]\n"));
    let said = crate::support::told(&site.check());
    assert!(said.contains("there are no copies of the kind `zip`"), "{said}");
}

/// The entries of a feed: title, day and address of each.
fn entries(feed: &str) -> Vec<(String, String, String)> {
    let cut =
        |entry: &str, from: &str, to: &str| entry.split(from).nth(1).unwrap().split(to).next().unwrap().to_owned();
    let one = |entry: &str| (cut(entry, "<title>", "<"), cut(entry, "<updated>", "<"), cut(entry, " href=\"", "\""));
    feed.split("<entry>").skip(1).map(one).collect()
}

#[test]
fn a_new_page_is_told_in_the_languages_that_have_it() {
    use sourcebook::compile::{self, Options, Recording};
    use sourcebook::date::Day;
    let site = site();
    site.put(
        "content/en/documents/old.md",
        "---\ntitle: Former <texts>\npublished: 2026-11-21\n---\nThere were [@udhr-1948].\n",
    );
    let recording = Recording::On(Day::new(2026, 11, 25).unwrap());
    let options = Options { recording, ..Options::default() };
    let edition = compile::build(&site.root(), &options, &|_, _| {}).edition.unwrap();
    let text = |path: &str| String::from_utf8(edition.get(path).unwrap().to_vec()).unwrap();
    let expected = (
        "\u{2068}New page\u{2069}: \u{2068}Former &lt;texts&gt;\u{2069}",
        "2026-11-21T00:00:00Z",
        format!("{BASE}en/documents/old/"),
    );
    let found = entries(&text("en/changes.xml"));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.as_str(), &found[0].2), (expected.0, expected.1, &expected.2));
    assert!(entries(&text("he/changes.xml")).is_empty(), "in Hebrew there is no such page");
    let page = data(&text("en/documents/old/index.html"));
    assert_eq!(page[0]["datePublished"], "2026-11-21");

    site.put(
        "content/en/documents/old.md",
        "---\ntitle: Former texts\npublished: 2026\n---\nThere were [@udhr-1948].\n",
    );
    let said = crate::support::told(&site.check());
    assert!(said.contains("SB104") && said.contains("old.md:3:12"), "{said}");
}

/// The blocks of `docs/hosting.md` that are files, by their names.
fn recipes() -> BTreeMap<String, String> {
    let text = fs::read_to_string(repository().join("docs/hosting.md")).unwrap();
    let blocks = text.split("\n```").filter_map(|block| {
        let (head, body) = block.split_once('\n')?;
        Some((head.split_once(" file=")?.1.to_owned(), format!("{body}\n")))
    });
    blocks.collect()
}

#[test]
fn the_recipes_can_be_read_and_say_what_the_headers_say() {
    let recipes = recipes();
    for name in [".github/workflows/pages.yml", ".gitlab-ci.yml"] {
        let workflow: serde_yaml::Value = serde_yaml::from_str(&recipes[name]).unwrap();
        let text = serde_yaml::to_string(&workflow).unwrap();
        assert!(text.contains("build --locked --out public --base-url"), "{name}: {text}");
    }
    let netlify = toml::de::DeTable::parse(&recipes["netlify.toml"]).unwrap();
    assert!(netlify.get_ref().contains_key("build") && netlify.get_ref().contains_key("redirects"));

    let nginx = &recipes["explainer.conf"];
    let built = Site::base().build();
    for (address, headers) in rules(built.text("_headers")) {
        for (name, value) in headers.iter().filter(|_| address == "/*") {
            assert!(
                nginx.contains(&format!("add_header {name} \"{value}\" always;")),
                "nginx is not told {name}: {value}"
            );
        }
        for (_, value) in headers.iter().filter(|_| address == "/static/*") {
            assert!(recipes["explainer-maps.conf"].contains(&format!("static/ \"{value}\";")), "{value}");
        }
        for (_, value) in headers.iter().filter(|_| address == "/fonts/*") {
            assert!(recipes["explainer-maps.conf"].contains(&format!("fonts/ \"{value}\";")), "{value}");
        }
    }
}
