//! ZIM files, read back by a reader that was written from the description of the form and knows nothing of the writer.

use crate::cli::{run, sourcebook, status, stderr};
use crate::support::Site;
use md5::{Digest, Md5};
use proptest::prelude::*;
use sourcebook::bundle::{self, Format, Means};
use sourcebook::compile::{self, Options};
use sourcebook::date::Day;
use sourcebook::ids::Lang;
use sourcebook::manifest::Manifest;
use sourcebook::site::address::Profile;
use sourcebook::site::edition::{Edition, OutPath, Stamp};
use sourcebook::site::volume::{Leaf, Volume};
use sourcebook::site::{Offline, SiteOptions};
use std::collections::BTreeMap;
use std::fs;

/// Its kind, cluster and blob; or the entry that it is.
type Body = Result<(String, u32, u32), u32>;

/// An entry of a file.
#[derive(Debug)]
struct Entry {
    space: char,
    path: String,
    title: String,
    body: Body,
}

/// A file that was read.
#[derive(Debug)]
struct Zim {
    version: (u16, u16),
    id: [u8; 16],
    entries: Vec<Entry>,
    clusters: Vec<Vec<Vec<u8>>>,
    main_page: u32,
    titles: Vec<u32>,
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> u64 {
    bytes[at..at + N].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::try_from(number::<2>(bytes, at)).unwrap()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::try_from(number::<4>(bytes, at)).unwrap()
}

fn place_at(bytes: &[u8], at: usize) -> usize {
    usize::try_from(number::<8>(bytes, at)).unwrap()
}

/// Text up to a zero, and where the next begins.
fn text_at(bytes: &[u8], at: usize) -> (String, usize) {
    let length = bytes[at..].iter().position(|byte| *byte == 0).unwrap();
    (String::from_utf8(bytes[at..at + length].to_vec()).unwrap(), at + length + 1)
}

fn listing(bytes: &[u8]) -> Vec<u32> {
    assert_eq!(bytes.len() % 4, 0);
    (0..bytes.len()).step_by(4).map(|at| u32_at(bytes, at)).collect()
}

impl Zim {
    fn read(file: &[u8]) -> Self {
        assert_eq!(&file[..4], b"ZIM\x04");
        let (count, clusters) = (u32_at(file, 24), u32_at(file, 28));
        let (paths, titles, cluster_list, kinds_at) =
            (place_at(file, 32), place_at(file, 40), place_at(file, 48), place_at(file, 56));
        let (main_page, layout_page, sum_at) = (u32_at(file, 64), u32_at(file, 68), place_at(file, 72));
        assert_eq!((kinds_at, layout_page, sum_at + 16), (80, u32::MAX, file.len()));
        assert_eq!(Md5::digest(&file[..sum_at])[..], file[sum_at..]);
        let mut kinds = Vec::new();
        let mut at = kinds_at;
        loop {
            let (kind, next) = text_at(file, at);
            at = next;
            if kind.is_empty() {
                break;
            }
            kinds.push(kind);
        }
        // Old readers look for the kinds in the first 1024 bytes.
        assert!(at <= 1024);
        let entry = |place: usize| {
            let at = place_at(file, paths + 8 * place);
            let kind = u16_at(file, at);
            assert_eq!(file[at + 2], 0, "it has no parameters");
            let (body, names) = match kind {
                0xffff => (Err(u32_at(file, at + 8)), at + 12),
                kind => (Ok((kinds[usize::from(kind)].clone(), u32_at(file, at + 8), u32_at(file, at + 12))), at + 16),
            };
            let (path, next) = text_at(file, names);
            let (title, _) = text_at(file, next);
            Entry { space: char::from(file[at + 3]), path, title, body }
        };
        let cluster = |place: usize| {
            let from = place_at(file, cluster_list + 8 * place);
            let to =
                if place + 1 < clusters as usize { place_at(file, cluster_list + 8 * (place + 1)) } else { sum_at };
            let bytes = match file[from] {
                1 => file[from + 1..to].to_vec(),
                5 => zstd::stream::decode_all(&file[from + 1..to]).unwrap(),
                other => panic!("a cluster of the kind {other}"),
            };
            let first = u32_at(&bytes, 0);
            let ends: Vec<usize> = listing(&bytes[..first as usize]).iter().map(|end| *end as usize).collect();
            assert_eq!(*ends.last().unwrap(), bytes.len());
            ends.windows(2).map(|ends| bytes[ends[0]..ends[1]].to_vec()).collect()
        };
        Self {
            version: (u16_at(file, 4), u16_at(file, 6)),
            id: file[8..24].try_into().unwrap(),
            entries: (0..count as usize).map(entry).collect(),
            clusters: (0..clusters as usize).map(cluster).collect(),
            main_page,
            titles: listing(&file[titles..titles + 4 * count as usize]),
        }
    }

    /// The kind and the bytes of an entry; of what it leads to, where it is another.
    fn open<'a>(&'a self, entry: &'a Entry) -> (&'a str, &'a [u8]) {
        match &entry.body {
            Ok((kind, cluster, blob)) => (kind, &self.clusters[*cluster as usize][*blob as usize]),
            Err(other) => self.open(&self.entries[*other as usize]),
        }
    }

    /// The files of a part, by path.
    fn files(&self, space: char) -> BTreeMap<&str, &[u8]> {
        let of_space = self.entries.iter().filter(|entry| entry.space == space);
        of_space.map(|entry| (entry.path.as_str(), self.open(entry).1)).collect()
    }

    /// What the file says of itself.
    fn said(&self, name: &str) -> Option<&str> {
        self.files('M').get(name).map(|text| std::str::from_utf8(text).unwrap())
    }

    /// The part and the title of an entry, which is its path where it has none.
    fn name(&self, place: u32) -> (char, &str) {
        let entry = &self.entries[place as usize];
        (entry.space, if entry.title.is_empty() { &entry.path } else { &entry.title })
    }

    /// The titles that readers are shown, with the pages that they lead to.
    fn suggested(&self) -> Vec<(&str, &str)> {
        let list = listing(self.files('X')["listing/titleOrdered/v1"]);
        list.into_iter().map(|place| (self.name(place).1, self.entries[place as usize].path.as_str())).collect()
    }

    /// What must be so in every file.
    fn check(&self) {
        assert_eq!(self.version, (6, 1));
        assert!(self.entries.is_sorted_by(|a, b| (a.space, a.path.as_bytes()) < (b.space, b.path.as_bytes())));
        assert!(self.titles.is_sorted_by_key(|place| self.name(*place)));
        let mut all = self.titles.clone();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..u32::try_from(self.entries.len()).unwrap()), "each entry has its place once");
        let lists = self.files('X');
        assert_eq!(listing(lists["listing/titleOrdered/v0"]), self.titles);
        let suggested = listing(lists["listing/titleOrdered/v1"]);
        assert!(suggested.is_sorted_by_key(|place| self.name(*place)));
        for place in suggested {
            assert_eq!(self.open(&self.entries[place as usize]).0, "text/html");
        }
        // A UUID whose bits are a hash.
        assert_eq!((self.id[6] >> 4, self.id[8] >> 6), (8, 2));
    }
}

fn edition(site: &Site) -> Edition {
    let options = Options {
        site: SiteOptions { profile: Profile::Files, offline: Some(Offline::default()), ..SiteOptions::default() },
        ..Options::default()
    };
    compile::build(&site.root(), &options, &|_, _| {}).edition.unwrap()
}

fn pack(edition: &Edition) -> Vec<u8> {
    bundle::pack(edition, Format::Zim, "documents", &Means::default()).unwrap().remove(0).bytes
}

#[test]
fn every_file_of_the_edition_is_in_it() {
    let edition = edition(&Site::base());
    let zim = Zim::read(&pack(&edition));
    zim.check();
    let mut files = zim.files('C');
    let list = files.remove("manifest.json").unwrap();
    assert_eq!(Manifest::parse(list).unwrap(), Manifest::of(&edition));
    let expected: BTreeMap<&str, &[u8]> = edition.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref())).collect();
    assert!(files == expected);
    let home = &zim.entries[zim.main_page as usize];
    assert_eq!((home.space, home.path.as_str()), ('W', "mainPage"));
    assert_eq!(zim.open(home), ("text/html", &**edition.get("index.html").unwrap()));
}

#[test]
fn what_it_says_of_itself() {
    let site = Site::base();
    let mut edition = edition(&site);
    edition.stamp.date = Day::new(2026, 11, 20);
    let zim = Zim::read(&pack(&edition));
    let icon = zim.files('M').remove("Illustration_48x48@1").unwrap().to_vec();
    assert_eq!((&icon[..8], &icon[16..24]), (&b"\x89PNG\r\n\x1a\n"[..], &[0, 0, 0, 48, 0, 0, 0, 48][..]));
    let said: Vec<String> = zim
        .files('M')
        .into_keys()
        .filter(|name| !name.starts_with("Illustration"))
        .map(|name| format!("{name}: {}", zim.said(name).unwrap().replace('\n', " ⏎ ")))
        .filter(|line| !line.starts_with("Scraper") && !line.starts_with("Counter"))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(zim.said("Scraper"), Some(concat!("Sourcebook ", env!("CARGO_PKG_VERSION"))));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, _) in
        zim.entries.iter().filter(|entry| entry.space == 'C' && entry.body.is_ok()).map(|entry| zim.open(entry))
    {
        *kinds.entry(kind).or_default() += 1;
    }
    let counted: Vec<String> = kinds.into_iter().map(|(kind, count)| format!("{kind}={count}")).collect();
    assert_eq!(zim.said("Counter"), Some(counted.join(";").as_str()));
    edition.authors = vec!["A house".to_owned(), "Another".to_owned()];
    edition.stamp.date = None;
    let zim = Zim::read(&pack(&edition));
    assert_eq!((zim.said("Creator"), zim.said("Publisher")), (Some("A house, Another"), Some("A house, Another")));
    assert_eq!(zim.said("Date"), None, "no date is made up");
}

#[test]
fn readers_find_pages_by_their_titles() {
    let zim_bytes = pack(&edition(&Site::base()));
    let zim = Zim::read(&zim_bytes);
    let told: Vec<String> = zim.suggested().iter().map(|(title, path)| format!("{title} [{path}]")).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn links_lead_to_what_is_in_the_file() {
    let file = pack(&edition(&Site::base()));
    let zim = Zim::read(&file);
    let files = zim.files('C');
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with("html")) {
        let page = scraper::Html::parse_document(std::str::from_utf8(page).unwrap());
        let base = url::Url::parse("zim://x/").unwrap().join(path).unwrap();
        for attribute in ["href", "src"] {
            for element in page.select(&scraper::Selector::parse(&format!("[{attribute}]")).unwrap()) {
                let link = base.join(element.attr(attribute).unwrap()).unwrap();
                if link.scheme() == "zim" {
                    assert!(files.contains_key(&link.path()[1..]), "{path} → {link}");
                }
            }
        }
    }
}

#[test]
fn the_same_bytes_whatever_the_machine() {
    let site = Site::base();
    let bundle = |name: &str, zone: &str, locale: &str, threads: &str| {
        let out = site.beside(name);
        let made = sourcebook(&site)
            .args(["bundle", "--quiet", "--format", "zim", "--out", out.to_str().unwrap()])
            .envs([("TZ", zone), ("LC_ALL", locale), ("RAYON_NUM_THREADS", threads)])
            .status();
        assert!(made.unwrap().success());
        fs::read(out).unwrap()
    };
    let first = bundle("a.zim", "Pacific/Auckland", "C", "1");
    assert!(bundle("b.zim", "America/St_Johns", "he_IL.UTF-8", "7") == first);
    // Other languages, another file.
    let out = site.beside("he.zim");
    let made = run(&site, &["bundle", "--format", "zim", "--lang", "he", "--out", out.to_str().unwrap()]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    let (all, hebrew) = (Zim::read(&first), Zim::read(&fs::read(&out).unwrap()));
    hebrew.check();
    assert_ne!(all.id, hebrew.id);
    assert_eq!((all.said("Language"), hebrew.said("Language")), (Some("eng,heb"), Some("heb")));
    // An older one is replaced, and nothing else.
    let made = run(&site, &["bundle", "--quiet", "--format", "zim", "--out", out.to_str().unwrap()]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    assert!(fs::read(&out).unwrap() == first);
    fs::write(&out, b"ZIM\x04 of somebody else").unwrap();
    let made = run(&site, &["bundle", "--quiet", "--format", "zim", "--out", out.to_str().unwrap()]);
    assert_eq!(status(&made), 2, "{}", stderr(&made));
}

#[test]
fn what_lies_in_it_twice_is_packed_once() {
    let mut edition = Edition::default();
    for path in ["a/table.csv", "b/table.csv", "a/style.css", "b/style.css"] {
        edition.add(OutPath::parse(path).unwrap(), &b"one,two"[..]);
    }
    let zim_bytes = pack(&edition);
    let zim = Zim::read(&zim_bytes);
    zim.check();
    let redirects: Vec<(&str, &str)> = zim
        .entries
        .iter()
        .filter_map(|entry| Some((entry.path.as_str(), zim.entries[entry.body.clone().err()? as usize].path.as_str())))
        .collect();
    // A style sheet leads to pictures beside it, so both are kept.
    assert_eq!(redirects, [("b/table.csv", "a/table.csv")]);
    assert!(zim.files('C').iter().filter(|(path, _)| **path != "manifest.json").all(|(_, bytes)| *bytes == b"one,two"));
}

/// Small editions of files of any bytes, with titles in any letters.
fn editions() -> impl Strategy<Value = Edition> {
    let file = ("[a-zA-Z0-9_-]{1,8}", prop::sample::select(&["html", "css", "js", "png", "bib", "x"][..]));
    let path = (prop::option::of("[a-z]{1,3}"), file).prop_map(|(folder, (name, ending))| match folder {
        Some(folder) => format!("{folder}/{name}.{ending}"),
        None => format!("{name}.{ending}"),
    });
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "<title>\\PC{0,20}</title>".prop_map(String::into_bytes),
        // More than one cluster holds.
        (any::<u8>(), 1_500_000..2_500_000_usize).prop_map(|(byte, size)| vec![byte; size]),
    ];
    let weighted = prop::collection::btree_map(path, bytes, 0..12);
    (weighted, prop::option::of("\\PC{0,40}"), "\\PC{0,100}").prop_map(|(files, title, site)| {
        let mut edition = Edition::new(Stamp { inputs: "00".to_owned(), date: Day::new(2026, 1, 2) });
        let mut leaves = Vec::new();
        for (path, bytes) in files {
            let Some(path) = OutPath::parse(&path) else { continue };
            let title = title.clone().filter(|_| path.as_str().ends_with("html"));
            leaves.extend(title.map(|title| Leaf {
                path: path.clone(),
                title,
                level: 0,
                continues: false,
                gathers: false,
            }));
            edition.add(path, bytes);
        }
        edition.volumes = vec![Volume {
            lang: Lang::parse("fa").unwrap(),
            dir: "rtl",
            zero: '۰',
            title: site,
            description: None,
            about_html: None,
            live_url: None,
            words: BTreeMap::new(),
            search_found: String::new(),
            leaves,
        }];
        edition
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_put_in_comes_out(edition in editions()) {
        prop_assume!(edition.clash(&["manifest.json"]).is_none());
        let zim_bytes = pack(&edition);
        let zim = Zim::read(&zim_bytes);
        zim.check();
        let mut files = zim.files('C');
        files.remove("manifest.json");
        let expected: BTreeMap<&str, &[u8]> =
            edition.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref())).collect();
        prop_assert!(files == expected);
        prop_assert!(Format::Zim.recognises(&zim_bytes));
        prop_assert!(zim.said("Title").unwrap().chars().count() <= 30);
        prop_assert!(zim.said("Description").unwrap().chars().count() <= 80);
    }
}
