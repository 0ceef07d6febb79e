//! What is printed, on which pages, and what is said where nobody prints. The browser is a line of shell that keeps what it was given; what a real
//! one makes of it, `tests/browser/suite/8-pdf.test.js` looks at.

use crate::cli::{sourcebook, status, stderr};
use crate::html::site;
use crate::support::Site;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Output;

/// Writes the document where the PDF is wanted, behind what a PDF begins with.
const KEEP: &str =
    "for a in \"$@\"; do case $a in --print-to-pdf=*) out=${a#*=};; --user-agent=*) who=${a#*=};; esac; done
now=$(date +%Y%m%d%H%M%S)
{ printf '%%PDF-1.4 /Creator (%s) /CreationDate (D:%s+00\\04700\\047)\\n' \"$who\" \"$now\"; cat \"$a\"; } > \"$out\"
";

/// A browser beside a site that does what is written.
fn browser(site: &Site, script: &str) -> PathBuf {
    let path = site.beside("browser");
    fs::write(&path, format!("#!/bin/sh\n{script}")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn bundle(site: &Site, script: &str, arguments: &[&str]) -> Output {
    fs::create_dir_all(site.beside("out")).unwrap();
    let out = format!("{}/", site.beside("out").display());
    let mut command = sourcebook(site);
    command.args(["bundle", "--format", "pdf", "--out", &out]).args(arguments);
    command.env("CHROMIUM", browser(site, script)).output().unwrap()
}

/// What was printed, without the line that makes it a PDF.
fn printed(site: &Site, name: &str) -> String {
    let text = fs::read_to_string(site.beside("out").join(name)).unwrap();
    text.split_once('\n').unwrap().1.to_owned()
}

/// The names of the files that were made.
fn made(site: &Site) -> Vec<String> {
    let entries = fs::read_dir(site.beside("out")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The body, a line an element that stands by itself.
fn body(html: &str) -> String {
    let version = html.split("<bdi>").find(|part| part.len() > 8 && part[..8].bytes().all(|b| b.is_ascii_hexdigit()));
    let body = &html[html.find("<body>").unwrap()..];
    let body = version.map_or_else(|| body.to_owned(), |version| body.replace(&version[..8], "[version]"));
    ["<article", "<h2", "<section", "<li", "<p ", "<svg"]
        .iter()
        .fold(body, |body, tag| body.replace(tag, &format!("\n{tag}")).replace("\n\n", "\n"))
}

#[test]
fn a_book_has_every_page_and_no_list_that_only_gathers() {
    let site = site();
    // A page tells since when changes are recorded: since the first build, which was on that day.
    let built = sourcebook(&site).args(["build", "--quiet"]).env("SOURCE_DATE_EPOCH", "1795651200").output().unwrap();
    assert_eq!(status(&built), 0, "{}", stderr(&built));
    let output = bundle(&site, KEEP, &["--base-url", "https://example.org/documents/"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(made(&site), ["documents-en.pdf", "documents-he.pdf"]);
    insta::assert_snapshot!(body(&printed(&site, "documents-en.pdf")));
    for name in made(&site) {
        let html = printed(&site, &name);
        let page = Html::parse_document(&html);
        let ids: BTreeSet<&str> = all(&page, "[id]").iter().filter_map(|element| element.value().id()).collect();
        let links = all(&page, "a[href]");
        assert!(links.len() > 30, "only {} links were found", links.len());
        for link in links {
            let href = link.attr("href").unwrap();
            let leads = href.strip_prefix('#').map_or(href.starts_with("https://"), |id| ids.contains(id));
            assert!(leads, "{name}: {href} leads nowhere");
        }
        assert!(
            all(&page, "script, link, button, form, [hidden], details:not([open]), .margin, .backlinks").is_empty()
        );
        assert_eq!(all(&page, "h1").len(), 1);
        assert!(all(&page, ".all-figures, .library").is_empty());
    }
}

#[test]
fn heads_and_feet_are_in_the_language() {
    let site = site();
    assert_eq!(status(&bundle(&site, KEEP, &[])), 0);
    let rules = |name: &str| {
        let html = printed(&site, name);
        html[html.rfind("@page :left{").unwrap()..html.find("</style>").unwrap()].to_owned()
    };
    insta::assert_snapshot!(format!("{}\n\n{}", rules("documents-en.pdf"), rules("documents-he.pdf")));
}

#[test]
fn the_same_bytes_at_any_time() {
    let site = site();
    let print = || {
        assert_eq!(status(&bundle(&site, KEEP, &["--lang", "en"])), 0);
        fs::read_to_string(site.beside("out/documents-en.pdf")).unwrap()
    };
    let first = print();
    assert!(
        first.starts_with(&format!("%PDF-1.4 /Creator (Sourcebook/{}) /CreationDate (D:", env!("CARGO_PKG_VERSION")))
    );
    assert!(first.contains("000000+00'00')"), "{}", first.lines().next().unwrap());
    assert!(print() == first);
}

#[test]
fn a_page_is_printed_with_those_below_it() {
    let site = site();
    let output = bundle(&site, KEEP, &["--page", "documents"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(made(&site), ["documents-documents-en.pdf", "documents-documents-he.pdf"]);
    let html = printed(&site, "documents-documents-en.pdf");
    let page = Html::parse_document(&html);
    let titles: Vec<String> =
        all(&page, "article > * h2, article > h2").iter().map(|title| title.text().collect()).collect();
    assert!(titles.contains(&"The Universal Declaration".to_owned()), "{titles:?}");
    assert_eq!(all(&page, "article").len(), 2);
    // One page needs no title page, and is called by its own name.
    let output = bundle(
        &site,
        KEEP,
        &["--page", "documents/declaration", "--lang", "en", "--base-url", "https://example.org/d/"],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let html = printed(&site, "documents-declaration-en.pdf");
    let page = Html::parse_document(&html);
    assert_eq!(all(&page, "title")[0].text().collect::<String>(), "The Universal Declaration · Documents");
    assert!(all(&page, ".book-contents").is_empty());
    // What is not printed is on the site.
    assert!(all(&page, "article a").iter().any(|link| link.attr("href") == Some("https://example.org/d/en/")));
}

#[test]
fn a_page_that_there_is_not_is_refused_with_the_one_that_may_be_meant() {
    let site = site();
    let output = bundle(&site, KEEP, &["--page", "documents/declaratoin"]);
    assert_eq!(status(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("error: the site has no page `documents/declaratoin`"), "{said}");
    assert!(said.contains("help: did you mean `documents/declaration`?"), "{said}");
    let output = sourcebook(&site).args(["bundle", "--page", "documents"]).output().unwrap();
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("--page says what is printed"), "{}", stderr(&output));
    assert!(made(&site).is_empty());
}

#[test]
fn nothing_is_written_where_nobody_prints() {
    let site = site();
    let output = bundle(&site, "echo no paper >&2; exit 4", &[]);
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("printed nothing (exit status: 4); it said:\nno paper"), "{}", stderr(&output));
    let output =
        bundle(&site, "for a in \"$@\"; do case $a in --print-to-pdf=*) echo '<html>' > ${a#*=};; esac; done", &[]);
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("what was printed is no PDF"), "{}", stderr(&output));
    let output = sourcebook(&site)
        .args(["bundle", "--format", "pdf"])
        .env("CHROMIUM", "/nonexistent/chromium")
        .output()
        .unwrap();
    assert_eq!(status(&output), 3);
    insta::assert_snapshot!(stderr(&output), @r"
    error: PDFs are printed by Chromium, and CHROMIUM names /nonexistent/chromium, which is not there
    help: set CHROMIUM to the path of Chromium, Chrome or Edge, or leave it unset
    ");
    assert!(made(&site).is_empty());
}

#[test]
fn a_pdf_of_ones_own_is_not_written_over() {
    let site = site();
    site.put("../out/documents-en.pdf", "%PDF-1.4 /Creator (Chromium)");
    let output = bundle(&site, KEEP, &["--lang", "en"]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert_eq!(fs::read_to_string(site.beside("out/documents-en.pdf")).unwrap(), "%PDF-1.4 /Creator (Chromium)");
}

#[test]
fn a_site_offers_the_pdfs_that_bundle_makes() {
    let site = site();
    let config = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{config}\n[build]\noffline = [\"pdf\"]\n"));
    assert_eq!(status(&bundle(&site, KEEP, &[])), 0);
    let build = |script: &str| {
        sourcebook(&site).args(["build", "--quiet"]).env("CHROMIUM", browser(&site, script)).output().unwrap()
    };
    let output = build(KEEP);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    for name in made(&site) {
        let offered = fs::read(site.root().join("public/downloads").join(&name)).unwrap();
        assert!(offered == fs::read(site.beside("out").join(&name)).unwrap(), "{name}");
    }
    let output = build("exit 1");
    assert_eq!(status(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("the PDF could not be printed") && said.contains("take `pdf` out of `offline`"), "{said}");
}
