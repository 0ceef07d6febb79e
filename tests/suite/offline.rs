//! The page on which readers take copies: what it lists lies beside it, what it says of a file is true, and a file can be checked by it.

use crate::bundle::files;
use crate::cli::{run, sourcebook, status, stderr, stdout};
use crate::support::{Built, Site, fixtures, told, tree};
use sourcebook::compile::{self, Downloads, Options};
use sourcebook::manifest::hash;
use std::collections::BTreeMap;
use std::fs;

const PAGES: [&str; 2] = ["en/offline/index.html", "he/offline/index.html"];
const COPIES: [&str; 3] = ["documents.zip", "documents-en.zip", "documents-he.zip"];

/// The base site with keys of `[build]`.
fn offering(keys: &str) -> Site {
    let site = Site::base();
    let config = fs::read_to_string(fixtures().join("base/book.toml")).unwrap();
    site.put("book.toml", format!("{config}\n[build]\n{keys}\n"));
    site
}

/// Builds with copies, without the clock.
fn build(site: &Site) -> Built {
    let options = Options { downloads: Downloads::Made, ..Options::default() };
    let compilation = compile::build(&site.root(), &options, &|_, _| {});
    let edition = compilation.edition.as_ref().unwrap_or_else(|| panic!("{}", told(&compilation)));
    Built { files: edition.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec())).collect() }
}

/// The names in a list of sums, with the sums.
fn sums(list: &str) -> BTreeMap<String, String> {
    list.lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
        .collect()
}

/// What stands in the middle of a page, without what changes with every change of the program.
fn steady(page: &str, files: &BTreeMap<String, Vec<u8>>) -> String {
    let main = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
    let version = page.split("<bdi>").find(|part| part.len() > 8 && part[..8].bytes().all(|b| b.is_ascii_hexdigit()));
    let mut steady = main.replace(&version.unwrap()[..8], "[version]");
    for bytes in files.values() {
        steady = steady.replace(&hash(bytes), "[sum]");
        let tenths = bytes.len().div_ceil(100_000);
        steady = steady.replace(&format!("<bdi>{}.{}</bdi>\u{a0}", tenths / 10, tenths % 10), "[size]\u{a0}");
    }
    steady
}

#[test]
fn the_page_lists_the_copies_that_lie_beside_it() {
    let site = offering("offline = [\"zip\"]");
    let built = build(&site);
    let downloads: BTreeMap<String, Vec<u8>> = built
        .files
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("downloads/")?.to_owned(), bytes.clone())))
        .collect();
    let names: Vec<&str> = downloads.keys().map(String::as_str).collect();
    assert_eq!(names, ["SHA256SUMS", "documents-en.zip", "documents-he.zip", "documents.zip"]);
    let listed = sums(built.text("downloads/SHA256SUMS"));
    assert_eq!(listed.len(), COPIES.len());
    for name in COPIES {
        assert_eq!(listed[name], hash(&downloads[name]), "{name}");
        for page in PAGES {
            let page = built.text(page);
            assert!(page.contains(&format!("<code>{}</code>", listed[name])), "{name}");
            assert!(page.contains(&format!("href=\"../../downloads/{name}\" download")), "{name}");
        }
    }
    // A language alone has its pages and no others.
    let alone = files(&downloads["documents-he.zip"]);
    assert!(alone.contains_key("he/index.html") && !alone.contains_key("en/index.html"));
    let told = PAGES.map(|page| steady(built.text(page), &downloads)).join("\n");
    insta::assert_snapshot!(told);
}

#[test]
fn every_page_leads_to_the_copies_and_the_sitemap_knows_them() {
    let site = offering("offline = [\"zip\"]\n[site]\nbase-url = \"https://example.org/documents/\"");
    site.put(
        "content/en/documents/index.md",
        "---\ntitle: The documents\n---\n[Copies](../offline.md) are there. <!-- uncited: leads to another page -->\n",
    );
    let built = build(&site);
    assert!(built.text("en/index.html").matches("href=\"offline/\"").count() > 1);
    assert!(built.text("he/documents/declaration/index.html").contains("href=\"../../offline/\""));
    assert!(built.text("en/documents/index.html").contains("<a href=\"../offline/\">Copies</a>"));
    assert!(built.text("sitemap.xml").contains("<loc>https://example.org/documents/he/offline/</loc>"));
    assert!(built.text("_headers").ends_with("/downloads/*\n  Content-Disposition: attachment\n"));
    assert!(
        built
            .text("en/offline/index.html")
            .contains("rel=\"canonical\" href=\"https://example.org/documents/en/offline/\"")
    );
}

#[test]
fn the_copies_are_those_that_bundle_makes() {
    let site = offering("offline = [\"zip\"]\ncompress = [\"br\", \"gz\"]");
    let build = || {
        let output = run(&site, &["build", "--quiet", "--base-url", "https://example.org/documents/"]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        tree(&site.root().join("public"))
    };
    let first = build();
    assert!(build() == first, "two builds are the same");
    for packed in ["downloads/documents.zip.gz", "downloads/documents.zip.br", "downloads/SHA256SUMS.gz"] {
        assert!(!first.contains_key(packed), "{packed}");
    }
    for (name, languages) in [("documents.zip", "en,he"), ("documents-he.zip", "he")] {
        let out = site.beside(name);
        let mut arguments = vec!["bundle", "--quiet", "--base-url", "https://example.org/documents/"];
        arguments.extend(["--lang", languages].into_iter().filter(|_| name.contains("-he")));
        arguments.extend(["--out", out.to_str().unwrap()]);
        let output = run(&site, &arguments);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(fs::read(out).unwrap() == first[&format!("downloads/{name}")], "{name}");
    }
    let manifest = std::str::from_utf8(&first["manifest.json"]).unwrap();
    assert!(manifest.contains("\"path\": \"downloads/documents-he.zip\""), "{manifest}");
    let output = run(&site, &["verify", "public"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn a_preview_has_the_page_and_no_files() {
    let built = offering("offline = [\"zip\"]").build();
    let page = built.text("en/offline/index.html");
    assert!(page.contains("this preview has none") && !page.contains("downloads/"), "{page}");
    assert!(!built.files.keys().any(|path| path.starts_with("downloads/")));
}

#[test]
fn without_copies_there_is_no_page() {
    let site = Site::base();
    let built = build(&site);
    for (path, bytes) in &built.files {
        assert!(!path.contains("offline") && !path.starts_with("downloads/"), "{path}");
        let is_page = path.rsplit('.').next() == Some("html");
        assert!(!is_page || !String::from_utf8_lossy(bytes).contains("offline/"), "{path}");
    }
    assert!(!built.text("_headers").contains("downloads"));
    let output = run(&site, &["build", "--sign", "minisign.key"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("offers no copies"), "{}", stderr(&output));
}

#[test]
fn a_copy_says_which_it_is_and_how_it_is_checked() {
    let live = "https://example.org/documents/";
    let bundle = |site: &Site, arguments: &[&str]| {
        let out = site.beside("copy.zip");
        let whole = [&["bundle", "--quiet", "--out", out.to_str().unwrap()], arguments].concat();
        let output = sourcebook(site).args(whole).env("SOURCE_DATE_EPOCH", "1767225600").output().unwrap();
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        files(&fs::read(out).unwrap())
    };
    let page = |files: &BTreeMap<String, Vec<u8>>, path: &str| String::from_utf8(files[path].clone()).unwrap();
    let offered = bundle(&offering("offline = [\"zip\"]"), &["--base-url", live]);
    let none = BTreeMap::new();
    insta::assert_snapshot!(PAGES.map(|path| steady(&page(&offered, path), &none)).join("\n"));
    // The site itself offers none: there is no page to lead to.
    let plain = page(&bundle(&Site::base(), &["--base-url", live]), PAGES[0]);
    assert!(plain.contains("Ask whoever published it") && !plain.contains("documents/en/offline/"), "{plain}");
    let lost = page(&bundle(&Site::base(), &[]), PAGES[0]);
    assert!(lost.contains("does not know the address of the site"), "{lost}");
}

#[test]
fn copies_are_signed_with_the_key_that_readers_are_told() {
    let pair = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let public = pair.pk.to_base64();
    let site = offering(&format!("offline = [\"zip\"]\nsigning-key = \"{public}\""));
    let secret = site.beside("minisign.key");
    let write = |pair: &minisign::KeyPair| fs::write(&secret, pair.sk.to_box(None).unwrap().into_string()).unwrap();
    let build = || run(&site, &["build", "--quiet", "--sign", secret.to_str().unwrap()]);
    write(&pair);
    let output = build();
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let page = fs::read_to_string(site.root().join("public/en/offline/index.html")).unwrap();
    assert!(page.contains(&format!("minisign -Vm documents.zip -P {public}")), "{page}");
    for name in COPIES {
        assert!(page.contains(&format!("href=\"../../downloads/{name}.minisig\" download")), "{name}");
        let output = run(&site, &["verify", &format!("public/downloads/{name}"), "--key", &public]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(
            stdout(&output).contains(&format!("Signed with that key: file:{name} version:")),
            "{}",
            stdout(&output)
        );
    }
    let output = run(&site, &["verify", "public/downloads/SHA256SUMS", "--key", &public]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));

    let before = tree(&site.root().join("public"));
    write(&minisign::KeyPair::generate_unencrypted_keypair().unwrap());
    let output = build();
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("not the public half of the key that signs"), "{}", stderr(&output));
    assert!(tree(&site.root().join("public")) == before, "nothing was written");
}

#[test]
fn what_no_copy_can_be_is_said() {
    let site = offering("offline = [\"epubb\", \"paper\"]\nsigning-key = \"RWQ\"");
    let output = run(&site, &["check"]);
    assert_eq!(status(&output), 2);
    let said = stderr(&output);
    for words in [
        "there are no copies of the form `epubb`",
        "did you mean `epub`?",
        "there are no copies of the form `paper`",
        "`signing-key`: `RWQ` is no public key of minisign",
        "book.toml:20:12",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_file_without_a_list_is_checked_by_its_fingerprint() {
    let site = Site::base();
    let (book, list) = (site.beside("book.epub"), site.beside("SHA256SUMS"));
    fs::write(&book, "no list is in here").unwrap();
    let sum = hash(b"no list is in here");
    let other = hash(b"another");
    let verify = |arguments: &[&str]| {
        let output = run(&site, &[&["verify", book.to_str().unwrap()], arguments].concat());
        (status(&output), format!("{}{}", stdout(&output), stderr(&output)))
    };
    let (exit, said) = verify(&[]);
    assert!(exit == 2 && said.contains("nothing in it says what it should hold") && said.contains(&sum), "{said}");
    let (exit, said) = verify(&["--sha256", &sum.to_uppercase()]);
    assert!(exit == 0 && said.starts_with("Whole: ") && said.contains(&sum), "{said}");
    let (exit, said) = verify(&["--sha256", &other]);
    assert!(exit == 1 && said.contains("NOT THE SAME"), "{said}");
    assert_eq!(verify(&["--sha256", "0a"]).0, 2);

    let sums = |lines: &str| {
        fs::write(&list, lines).unwrap();
        verify(&["--sums", list.to_str().unwrap()])
    };
    let (exit, said) = sums(&format!("{other}  other.zip\n{sum}  explainer.epub\n"));
    assert!(exit == 0 && said.contains("lists it as explainer.epub"), "{said}");
    let (exit, said) = sums(&format!("{other}  book.epub\n"));
    assert!(exit == 1 && said.contains("another SHA-256 for a file of this name"), "{said}");
    let (exit, said) = sums(&format!("{other}  other.zip\n"));
    assert!(exit == 1 && said.contains("neither this SHA-256 nor a file of this name"), "{said}");
    assert_eq!(sums("hello").0, 2);
    assert_eq!(verify(&["--sums", "nothing"]).0, 2);
    // A folder has no fingerprint, and a copy that was changed is not whole because its own was given.
    assert_eq!(status(&run(&site, &["verify", "content", "--sha256", &sum])), 2);
}

#[test]
fn a_zip_is_held_against_both_its_list_and_the_publishers() {
    let site = offering("offline = [\"zip\"]");
    assert_eq!(status(&run(&site, &["build", "--quiet"])), 0);
    let verify = || run(&site, &["verify", "public/downloads/documents.zip", "--sums", "public/downloads/SHA256SUMS"]);
    let output = verify();
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.starts_with("Whole: ") && said.contains("lists it as documents.zip"), "{said}");
    fs::copy(site.root().join("public/downloads/documents-he.zip"), site.root().join("public/downloads/documents.zip"))
        .unwrap();
    let output = verify();
    // The list is right whatever a file of it is called now.
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("lists it as documents-he.zip"), "{}", stdout(&output));
}
