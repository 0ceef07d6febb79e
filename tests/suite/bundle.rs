//! Bundles: the same bytes whatever the machine, nothing in them that needs a network, and every way of tampering found.

use crate::cli::{run, sourcebook, status, stderr, stdout};
use crate::support::Site;
use sourcebook::compile::{self, Options};
use sourcebook::manifest::hash;
use sourcebook::verify::{Finding, compare, folder, zip as packed};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const LIVE: &str = "https://example.org/documents/";

/// Bundles the base site, and gives back the file.
fn bundle(site: &Site, arguments: &[&str]) -> Vec<u8> {
    let out = site.beside("out.zip");
    let whole = [&["bundle", "--out", out.to_str().unwrap()], arguments].concat();
    let output = run(site, &whole);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    fs::read(out).unwrap()
}

/// The files of a zip, by path below its folder.
pub fn files(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut entry = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            let name = entry.name().unwrap().into_owned();
            (name.strip_prefix("documents/").unwrap().to_owned(), bytes)
        })
        .collect()
}

/// Packs files as a stranger would.
fn pack(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(format!("documents/{name}"), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn findings(zip: &[u8]) -> Result<Vec<Finding>, String> {
    packed::look(Cursor::new(zip)).map(|copy| compare(&copy).findings).map_err(|error| error.to_string())
}

fn unpack(files: &BTreeMap<String, Vec<u8>>, to: &Path) {
    for (name, bytes) in files {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn the_same_bytes_whatever_the_machine() {
    let site = Site::base();
    let first = bundle(&site, &["--base-url", LIVE]);
    let again = site.beside("again.zip");
    for (zone, locale, threads, umask) in
        [("Pacific/Auckland", "C", "1", "077"), ("America/St_Johns", "he_IL.UTF-8", "7", "002")]
    {
        let _ = fs::remove_file(&again);
        let script = format!(
            "umask {umask}; cd /; exec '{}' bundle --quiet --root '{}' --base-url {LIVE} --out '{}'",
            env!("CARGO_BIN_EXE_sourcebook"),
            site.root().display(),
            again.display()
        );
        let shell = std::process::Command::new("sh")
            .args(["-c", &script])
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .env("RAYON_NUM_THREADS", threads)
            .status();
        assert!(shell.unwrap().success());
        assert!(fs::read(&again).unwrap() == first, "{zone}, {locale}, {threads} threads, umask {umask}");
    }
    // Files that were written in another order, into another folder.
    let other = Site::empty();
    let mut all: Vec<_> = crate::support::tree(&site.root()).into_iter().collect();
    all.reverse();
    for (path, bytes) in all {
        other.put(&path, bytes);
    }
    assert!(bundle(&other, &["--base-url", LIVE]) == first);
}

#[test]
fn the_date_is_the_contents_or_the_one_that_is_told() {
    let site = Site::base();
    site.put("content/en/index.md", "---\ntitle: Home\ndata-to: 2026-08-22\n---\n");
    let date = |zip: &[u8]| {
        let mut zip = ZipArchive::new(Cursor::new(zip.to_vec())).unwrap();
        (0..zip.len())
            .map(|index| zip.by_index(index).unwrap().last_modified().unwrap().to_string())
            .collect::<Vec<_>>()
    };
    // What a build records of figures today would be newer than the content.
    fs::remove_dir_all(site.root().join("content/figures")).unwrap();
    site.put("content/en/documents/declaration.md", "---\ntitle: A\n---\n");
    site.put("content/he/index.md", "---\ntitle: בית\n---\n");
    let own = bundle(&site, &[]);
    assert!(date(&own).iter().all(|date| date == "2026-08-22 00:00:00"), "{:?}", date(&own));
    let out = site.beside("told.zip");
    let told = sourcebook(&site)
        .args(["bundle", "--out", out.to_str().unwrap()])
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .status();
    assert!(told.unwrap().success());
    assert!(date(&fs::read(out).unwrap()).iter().all(|date| date == "2026-01-01 00:00:00"));
    let manifest: serde_json::Value = serde_json::from_slice(&files(&own)["manifest.json"]).unwrap();
    assert_eq!((manifest["format"].as_u64(), manifest["date"].as_str()), (Some(1), Some("2026-08-22")));
    let page = String::from_utf8(files(&own)["en/index.html"].clone()).unwrap();
    let version = &manifest["inputs"].as_str().unwrap()[..8];
    assert!(page.contains("Offline copy of <bdi>22 August 2026</bdi>, version <bdi>"), "{page}");
    assert!(page.contains(version));
}

#[test]
fn a_copy_needs_no_network_and_no_host() {
    let site = Site::base();
    let bundle = files(&bundle(&site, &["--base-url", LIVE]));
    for host in ["404.html", ".nojekyll"] {
        assert!(!bundle.contains_key(host), "{host}");
    }
    for (path, bytes) in bundle.iter().filter(|(path, _)| is_page(path)) {
        let text = std::str::from_utf8(bytes).unwrap();
        // Its footer says where the site itself is, and nothing else does.
        let own = text.matches(LIVE).count();
        assert_eq!(own, text.matches(&format!("href=\"{LIVE}\"")).count() * 2, "{path}");
        for needs_a_host in [
            "rel=\"canonical\" href=\"http",
            "hreflang=\"x-default\"",
            "application/atom+xml",
            "integrity=",
            "crossorigin",
            "type=\"module\"",
        ] {
            assert!(!text.contains(needs_a_host), "{path} has {needs_a_host}");
        }
        for link in links(text) {
            assert!(leads_somewhere(&bundle, path, link), "{path} leads to {link}");
        }
    }
    let names: Vec<&String> = bundle.keys().collect();
    assert!(names.is_sorted() && names.iter().all(|name| name.is_ascii() && name.len() < 240));
}

#[test]
fn languages_that_are_left_out_are_on_the_web_or_nowhere() {
    let site = Site::base();
    for (live, arguments) in [(false, &["--lang", "he"][..]), (true, &["--lang", "he", "--base-url", LIVE])] {
        let bundle = files(&bundle(&site, arguments));
        assert!(!bundle.keys().any(|path| path.starts_with("en/") && is_page(path)));
        for (path, bytes) in bundle.iter().filter(|(path, _)| is_page(path)) {
            let text = std::str::from_utf8(bytes).unwrap();
            for link in links(text) {
                assert!(leads_somewhere(&bundle, path, link), "{path} leads to {link}");
            }
        }
        let home = std::str::from_utf8(&bundle["he/index.html"]).unwrap();
        assert_eq!(home.contains("href=\"https://example.org/documents/en/\""), live);
    }
    // On the site a list has fewer pages.
    let many = files(&self::bundle(&with_sources(45).0, &["--lang", "he", "--base-url", LIVE]));
    let last = std::str::from_utf8(&many["he/sources/page/3/index.html"]).unwrap();
    assert!(last.contains("href=\"https://example.org/documents/en/sources/\""), "{last}");
    assert!(!last.contains("documents/en/sources/page/") && !last.contains("class=\"other-languages\""));
    let output = run(&site, &["bundle", "--lang", "xx"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("the site has no language `xx`"), "{}", stderr(&output));
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// The addresses of a page's links, style sheets, scripts and pictures.
fn links(text: &str) -> Vec<&str> {
    let after = |name| text.split(name).skip(1).filter_map(|rest| rest.split('"').next());
    after(" href=\"").chain(after(" src=\"")).collect()
}

fn leads_somewhere(bundle: &BTreeMap<String, Vec<u8>>, from: &str, link: &str) -> bool {
    if link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:") {
        return true;
    }
    let path = link.split(['#', '?']).next().unwrap();
    let mut parts: Vec<&str> = from.split('/').collect();
    if !path.is_empty() {
        parts.pop();
        for part in path.split('/') {
            if part == ".." {
                parts.truncate(parts.len().saturating_sub(1));
            } else {
                parts.push(part);
            }
        }
    }
    let Some(target) = bundle.get(&parts.join("/")) else { return false };
    let Some((_, fragment)) = link.split_once('#') else { return true };
    let fragment = decoded(fragment);
    ids(std::str::from_utf8(target).unwrap()).contains(&fragment.as_str())
}

/// The ids of a page's elements.
fn ids(text: &str) -> Vec<&str> {
    text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// A fragment as the page has it.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
        bytes.push(hex.unwrap_or(*first));
        rest = if hex.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

/// The base site with as many more sources, each cited, among them some whose ids are those that pages have themselves.
fn with_sources(count: usize) -> (Site, Vec<String>) {
    let site = Site::base();
    let own = ["main", "letter-1", "page-filters-title", "e-1948", "con", "kind"].map(str::to_owned);
    let ids: Vec<String> = own.into_iter().chain((7..=count).map(|number| format!("Source-{number}"))).collect();
    let (mut records, mut page) = (String::new(), "---\ntitle: Many\n---\n".to_owned());
    for (number, id) in ids.iter().enumerate() {
        let year = 1950 + number;
        let before = if number > 0 { format!("chain: [{}], ", ids[number - 1]) } else { String::new() };
        writeln!(
            records,
            "{id}: {{type: document, lang: en, title: {{en: \"{} report\", he: \"דוח {id}\"}}, kind: un, date: {year}, {before}checked: corroborated}}",
            id.to_uppercase()
        )
        .unwrap();
        write!(page, "It was said again in {year} [@{id}, p. {}].\n\n", number + 1).unwrap();
    }
    site.put("content/sources/many.yaml", records).put("content/en/documents/many.md", page);
    (site, ids)
}

#[test]
fn every_source_stands_whole_on_a_page_of_the_list() {
    let (site, many) = with_sources(45);
    let bundle = files(&bundle(&site, &[]));
    for lang in ["en", "he"] {
        let mut told: Vec<String> = Vec::new();
        for part in 1..=3 {
            let folder = if part == 1 { String::new() } else { format!("page/{part}/") };
            let page = std::str::from_utf8(&bundle[&format!("{lang}/sources/{folder}index.html")]).unwrap();
            let mut all = ids(page);
            all.sort_unstable();
            let count = all.len();
            all.dedup();
            assert_eq!(all.len(), count, "{lang}, part {part}: an id twice");
            let other = if lang == "en" { "he" } else { "en" };
            for article in page.split("<article ").skip(1) {
                let article = article.split("</article>").next().unwrap();
                // The order is the language's own, so each leads to itself in the others.
                let id = ids(article)[0];
                assert!(
                    links(article)
                        .iter()
                        .any(|link| link.contains(&format!("/{other}/sources/")) && link.ends_with(&format!("#{id}"))),
                    "{lang} {id}"
                );
                assert!(article.contains("class=\"source-record\"") && article.contains("class=\"citing\""));
                told.extend(ids(article).first().map(|id| (*id).to_owned()));
            }
        }
        assert!(!bundle.contains_key(&format!("{lang}/sources/page/4/index.html")));
        let mut expected: Vec<String> = ["udhr-1948", "un-charter-1945", "gciv-1949", "un-wpp-2022"]
            .map(str::to_owned)
            .into_iter()
            .chain(many.iter().map(|id| match id.as_str() {
                "main" | "letter-1" | "page-filters-title" | "e-1948" | "con" | "kind" => format!("_{id}"),
                _ => id.to_ascii_lowercase(),
            }))
            .collect();
        expected.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, expected, "{lang}");
    }
    for (path, bytes) in bundle.iter().filter(|(path, _)| is_page(path)) {
        for link in links(std::str::from_utf8(bytes).unwrap()) {
            assert!(leads_somewhere(&bundle, path, link), "{path} leads to {link}");
        }
    }
    // Whoever finds a source by the search comes to the same place.
    let found = bundle.iter().filter(|(path, _)| path.starts_with("en/search/") && !is_page(path));
    let found: String = found.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect();
    let places = (1..=3).filter(|part| found.contains(&format!("/sources/page/{part}/index.html#source-"))).count();
    assert_eq!(places, 2, "the search leads to the pages of the list");
    assert!(!bundle.keys().any(|path| path.contains("/sources/year/")), "the list by date says the same");
}

#[test]
fn what_only_machines_read_is_not_in_a_copy() {
    let site = Site::base();
    let bundle = files(&bundle(&site, &["--base-url", LIVE]));
    for (path, bytes) in bundle.iter().filter(|(path, _)| is_page(path)) {
        let text = std::str::from_utf8(bytes).unwrap();
        for machine in
            ["application/ld+json", "Z3988", "\"citation_", "\"og:", "\"twitter:", "apple-touch", "rel=\"manifest\""]
        {
            assert!(!text.contains(machine), "{path} has {machine}");
        }
    }
    let data: Vec<&str> = bundle.keys().filter_map(|path| path.strip_prefix("data/")).collect();
    insta::assert_snapshot!(data.join("\n"));
    let page = std::str::from_utf8(&bundle["en/index.html"]).unwrap();
    assert!(page.contains("Download all sources</span> · <a href=\"../data/sources.bib\" download>"), "{page}");
    let icons: Vec<&String> = bundle.keys().filter(|path| path.starts_with("static/icon-")).collect();
    assert!(icons.is_empty(), "{icons:?}");
}

#[test]
fn an_older_bundle_is_replaced_and_nothing_else() {
    let site = Site::base();
    bundle(&site, &[]);
    bundle(&site, &["--lang", "he"]);
    fs::write(site.beside("out.zip"), "my thesis").unwrap();
    let out = site.beside("out.zip");
    let output = run(&site, &["bundle", "--out", out.to_str().unwrap()]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert_eq!(fs::read(out).unwrap(), b"my thesis");
    // What is wrong with the content stops a bundle as it stops a build.
    site.put("content/en/index.md", "---\ntitle: Home\n---\nNobody says so [@nobody].\n");
    let output = run(&site, &["bundle"]);
    assert_eq!((status(&output), site.root().join("documents.zip").exists()), (1, false));
}

#[test]
fn every_way_of_tampering_is_found() {
    let site = Site::base();
    let zip = bundle(&site, &[]);
    assert_eq!(findings(&zip), Ok(vec![]));
    let whole = files(&zip);
    // Whoever packs the same files again has the same copy.
    assert_eq!(findings(&pack(&whole)), Ok(vec![]));
    let (one, other) = ("en/index.html".to_owned(), "he/index.html".to_owned());
    let mut bit = whole.clone();
    bit.get_mut(&one).unwrap()[100] ^= 1;
    let mut less = whole.clone();
    less.remove(&one);
    let mut more = whole.clone();
    more.insert("en/new.html".to_owned(), b"<p>news".to_vec());
    let mut renamed = whole.clone();
    let bytes = renamed.remove(&one).unwrap();
    renamed.insert("en/home.html".to_owned(), bytes);
    let mut swapped = whole.clone();
    swapped.insert(one.clone(), whole[&other].clone());
    swapped.insert(other.clone(), whole[&one].clone());
    let cases = [
        (bit, Finding::Changed(one.clone())),
        (less, Finding::Missing(one.clone())),
        (more, Finding::Added("en/new.html".to_owned())),
        (renamed, Finding::Renamed { listed: one.clone(), found: "en/home.html".to_owned() }),
        (swapped, Finding::Swapped(one, other)),
    ];
    for (number, (files, finding)) in cases.into_iter().enumerate() {
        assert_eq!(findings(&pack(&files)), Ok(vec![finding.clone()]));
        let to = site.beside(&format!("unpacked {number} רקע/documents"));
        unpack(&files, &to);
        assert_eq!(compare(&folder::look(&to).unwrap()).findings, std::slice::from_ref(&finding));
        let output = run(&site, &["verify", to.parent().unwrap().to_str().unwrap()]);
        assert_eq!(status(&output), 1, "{}", stdout(&output));
        assert!(stdout(&output).contains("NOT AS PUBLISHED: 1 difference"), "{}", stdout(&output));
    }
    let output = run(&site, &["verify", site.beside("out.zip").to_str().unwrap()]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).starts_with("Whole: "), "{}", stdout(&output));
}

#[test]
fn one_bit_of_a_zip_cannot_change_a_page_unseen() {
    let site = Site::base();
    let zip = bundle(&site, &[]);
    let whole = files(&zip);
    for place in (0..zip.len()).step_by(zip.len() / 400) {
        let mut altered = zip.clone();
        altered[place] ^= 1 << (place % 8);
        // Bits of dates and modes are no content; whatever a program unpacks is then what was published.
        if findings(&altered) == Ok(vec![]) {
            assert!(files(&altered) == whole, "bit at byte {place}");
        }
    }
    for length in [0, 1, 30, zip.len() / 2, zip.len() - 1] {
        let cut = site.beside("cut.zip");
        fs::write(&cut, &zip[..length]).unwrap();
        let output = run(&site, &["verify", cut.to_str().unwrap()]);
        assert_eq!(status(&output), 1, "{length}");
        assert!(stderr(&output).contains("it is no whole zip"), "{length}: {}", stderr(&output));
    }
}

#[test]
fn zips_that_were_made_to_mislead_are_refused() {
    let site = Site::base();
    let whole = files(&bundle(&site, &[]));
    let with = |name: &str, bytes: &[u8]| {
        let mut zip = ZipWriter::new_append(Cursor::new(pack(&whole))).unwrap();
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().into_inner()
    };
    for name in ["../evil.html", "documents/../../evil", "/etc/evil", "documents\\..\\evil", "C:evil", "documents//x"] {
        let error = findings(&with(name, b"x")).unwrap_err();
        assert!(error.contains("leads out of its folder"), "{name}: {error}");
    }
    // Two files of one name: the writer makes none, so a name is written over.
    let mut twice = with("documents/en/index.htm0", b"x");
    let places: Vec<usize> =
        (0..twice.len() - 23).filter(|place| twice[*place..].starts_with(b"documents/en/index.htm0")).collect();
    for place in places {
        twice[place + 10..place + 23].copy_from_slice(b"en/index.html");
    }
    assert!(findings(&twice).unwrap_err().contains("same name"));
    // A small file that unpacks to a hundred million bytes is not unpacked.
    let bomb = with("documents/en/bomb.html", &vec![0; 100_000_000]);
    assert!(bomb.len() < 1_000_000);
    assert_eq!(findings(&bomb), Ok(vec![Finding::Added("en/bomb.html".to_owned())]));
    assert!(findings(b"<p>no zip").unwrap_err().contains("no whole zip"));
    let without: BTreeMap<_, _> = whole.into_iter().filter(|(name, _)| name != "manifest.json").collect();
    assert!(findings(&pack(&without)).unwrap_err().contains("no manifest.json"));
}

#[test]
fn an_output_folder_can_be_verified() {
    let site = Site::base();
    assert_eq!(status(&run(&site, &["build", "--quiet"])), 0);
    let output = run(&site, &["verify", "public"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    site.put("public/en/.DS_Store", "junk");
    let output = run(&site, &["verify", "public"]);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
    assert!(stdout(&output).contains("left by the computer"), "{}", stdout(&output));
    assert_eq!(status(&run(&site, &["verify", "content"])), 2);
    assert_eq!(status(&run(&site, &["verify", "nothing.zip"])), 3);
}

#[test]
fn an_update_is_small_and_makes_an_old_copy_new() {
    let site = Site::base();
    let old = bundle(&site, &[]);
    fs::rename(site.beside("out.zip"), site.beside("old.zip")).unwrap();
    fs::remove_file(site.root().join("content/en/documents/declaration.md")).unwrap();
    let home = fs::read_to_string(site.root().join("content/he/index.md")).unwrap();
    let home = home.lines().filter(|line| !line.contains("declaration")).collect::<Vec<_>>().join("\n");
    site.put("content/he/index.md", home);
    let index = fs::read_to_string(site.root().join("content/en/index.md")).unwrap();
    let index = index.lines().filter(|line| !line.contains("declaration")).collect::<Vec<_>>().join("\n");
    site.put("content/en/index.md", index);
    site.put("content/en/documents/new.md", "---\ntitle: New\n---\n");
    let update = bundle(&site, &["--since", site.beside("old.zip").to_str().unwrap()]);
    assert_eq!(findings(&update), Ok(vec![]));
    let (before, brought) = (files(&old), files(&update));
    assert!(brought.contains_key("en/documents/new/index.html") && !brought.contains_key("static/sourcebook.js"));
    let copy = site.beside("copy");
    unpack(&before, &copy);
    unpack(&brought, &copy);
    let report = compare(&folder::look(&copy).unwrap());
    assert_eq!(report.findings, []);
    assert!(report.remains.contains(&"en/documents/declaration/index.html".to_owned()), "{:?}", report.remains);
    let output = run(&site, &["verify", copy.to_str().unwrap()]);
    assert_eq!(status(&output), 0);
    assert!(stdout(&output).contains("of an older copy"), "{}", stdout(&output));
    // Over a copy from which something is missing it is no whole copy.
    let broken = site.beside("broken");
    unpack(&brought, &broken);
    assert!(compare(&folder::look(&broken).unwrap()).findings.len() > 3);

    site.put(
        "book.toml",
        fs::read_to_string(site.root().join("book.toml")).unwrap().replace("\"Documents\"", "\"Papers\""),
    );
    let output = run(&site, &["bundle", "--since", site.beside("old.zip").to_str().unwrap()]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("unpacks to the folder `documents`"), "{}", stderr(&output));
}

#[test]
fn a_signature_says_who_made_it() {
    let site = Site::base();
    let pair = minisign::KeyPair::generate_encrypted_keypair(Some("correct horse".to_owned())).unwrap();
    let (secret, public) = (site.beside("minisign.key"), site.beside("minisign.pub"));
    fs::write(&secret, pair.sk.to_box(None).unwrap().into_string()).unwrap();
    fs::write(&public, pair.pk.to_box().unwrap().into_string()).unwrap();
    let out = site.beside("out.zip");
    let sign = |password: &str| {
        sourcebook(&site)
            .args(["bundle", "--quiet", "--out", out.to_str().unwrap(), "--sign", secret.to_str().unwrap()])
            .env("SOURCEBOOK_KEY_PASSWORD", password)
            .output()
            .unwrap()
    };
    let refused = sign("battery staple");
    assert_eq!((status(&refused), out.exists()), (2, false));
    assert!(stderr(&refused).contains("the password of the key is not right"), "{}", stderr(&refused));
    assert_eq!(status(&sign("correct horse")), 0);
    let signature = fs::read(site.beside("out.zip.minisig")).unwrap();
    assert_eq!(status(&sign("correct horse")), 0);
    assert_eq!(
        fs::read(site.beside("out.zip.minisig")).unwrap(),
        signature,
        "the same file and key, the same signature"
    );

    let verify = |key: &str| run(&site, &["verify", out.to_str().unwrap(), "--key", key]);
    for key in [public.to_str().unwrap(), &pair.pk.to_base64()] {
        let output = verify(key);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains("Signed with that key: file:out.zip version:"), "{}", stdout(&output));
    }
    let other = minisign::KeyPair::generate_unencrypted_keypair().unwrap().pk.to_base64();
    let output = verify(&other);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("made with another key"), "{}", stderr(&output));
    assert_eq!(status(&verify("nonsense")), 2);
    the_list_is_signed_too(&site, &out, (public.to_str().unwrap(), &other));
    // The same files, packed by somebody else: whole, and not what was signed.
    fs::write(&out, pack(&files(&fs::read(&out).unwrap()))).unwrap();
    assert_eq!(status(&run(&site, &["verify", out.to_str().unwrap()])), 0);
    let output = verify(public.to_str().unwrap());
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("not the file that was signed"), "{}", stderr(&output));
    assert_eq!(status(&run(&site, &["verify", site.root().to_str().unwrap(), "--key", &other])), 2);
}

/// An unpacked copy, and a zip that came without its signature, still say who made them.
fn the_list_is_signed_too(site: &Site, zip: &Path, (public, other): (&str, &str)) {
    let copy = site.beside("signed copy");
    unpack(&files(&fs::read(zip).unwrap()), &copy);
    let alone = site.beside("alone.zip");
    fs::copy(zip, &alone).unwrap();
    let verify = |path: &Path, key: &str| {
        let output = run(site, &["verify", path.to_str().unwrap(), "--key", key]);
        (status(&output), format!("{}{}", stdout(&output), stderr(&output)))
    };
    for path in [&copy, &alone] {
        let (status, said) = verify(path, public);
        assert_eq!(status, 0, "{said}");
        assert!(said.contains("The list of its files is signed with that key: file:manifest.json version:"), "{said}");
        let (status, said) = verify(path, other);
        assert!(status == 1 && said.contains("made with another key"), "{said}");
        assert_eq!(verify(path, "nonsense").0, 2);
    }
    // A file and its line in the list altered: the list fits, and is not the one that was signed.
    let page = copy.join("en/index.html");
    let (before, list) = (fs::read(&page).unwrap(), fs::read_to_string(copy.join("manifest.json")).unwrap());
    let after = [before.as_slice(), b" "].concat();
    let length = |bytes: &[u8]| format!("\"size\": {}", bytes.len());
    fs::write(&page, &after).unwrap();
    assert_eq!(verify(&copy, public).0, 1);
    let forged = list.replace(&hash(&before), &hash(&after)).replace(&length(&before), &length(&after));
    fs::write(copy.join("manifest.json"), forged).unwrap();
    assert_eq!(status(&run(site, &["verify", copy.to_str().unwrap()])), 0);
    let (status, said) = verify(&copy, public);
    assert!(status == 1 && said.contains("manifest.json is not the one that was signed"), "{said}");
    fs::remove_file(copy.join("manifest.json.minisig")).unwrap();
    let (status, said) = verify(&copy, public);
    assert!(status == 2 && said.contains("has no manifest.json.minisig"), "{said}");
}

#[test]
fn every_language_is_read_from_its_home_page_to_its_last() {
    let edition = compile::build(&Site::base().root(), &Options::default(), &|_, _| {}).edition.unwrap();
    let mut told = String::new();
    for volume in &edition.volumes {
        writeln!(told, "{} ({}): {}", volume.lang, volume.dir, volume.title).unwrap();
        for leaf in &volume.leaves {
            assert!(edition.get(leaf.path.as_str()).is_some(), "{}", leaf.path);
            let goes_on = if leaf.continues { " …" } else { "" };
            let indent = "  ".repeat(leaf.level + 1);
            writeln!(told, "{indent}{} [{}]{goes_on}", leaf.title, leaf.path).unwrap();
        }
    }
    insta::assert_snapshot!(told);
}
