//! Nothing gets in: what strangers write where a site expects words. Each of some hundred payloads ([`payloads`]) stands in every place that takes text
//! ([`places`]: the readers of the records say which there are), in whole sites ([`site`]); whatever a diagnostic does not refuse is built, in every format, and
//! read by a parser of that format ([`judge`]), beside the same site with plain words.
//!
//! Where the variable `SOURCEBOOK_HOSTILE` names a folder, the sites are left there for the browser's suite `9-hostile`.

mod judge;
mod payloads;
mod places;
mod site;
mod tree;

use crate::support::{Site, fixtures, told};
use judge::{Made, strange};
use payloads::{Holds, Payload, Renaming};
use places::places;
use rayon::prelude::*;
use site::{Planting, heed, plant};
use sourcebook::bundle::{self, Format, Means};
use sourcebook::compile::{self, Options};
use sourcebook::diagnostic::{Code, Level, Severity};
use sourcebook::ids::Lang;
use sourcebook::schema::SORTS;
use sourcebook::site::address::Profile;
use sourcebook::site::edition::Edition;
use sourcebook::site::{Offline, SiteOptions};
use sourcebook::span::Files;
use sourcebook::translation::po;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use tree::Page;
use zip::ZipArchive;

/// Files by name; of those that hold others, these too.
type Shelf = BTreeMap<String, Vec<u8>>;

fn add(shelf: &mut Shelf, before: &str, edition: &Edition) {
    shelf.extend(edition.iter().map(|(path, bytes)| (format!("{before}{path}", path = path.as_str()), bytes.to_vec())));
}

fn edition(compilation: compile::Compilation) -> Edition {
    let said = if compilation.edition.is_none() { told(&compilation) } else { String::new() };
    compilation.edition.unwrap_or_else(|| panic!("the site does not build:\n{said}"))
}

/// Everything that is made of a site: pages for a host, pages for a disk and what is packed of them, and what reviewers are given.
fn everything(site: &Site) -> Shelf {
    let mut shelf = Shelf::new();
    add(&mut shelf, "", &edition(compile::build(&site.root(), &Options::default(), &|_, _| {})));
    add(&mut shelf, "evidence/", &edition(compile::evidence(&site.root(), &Options::default())));
    let offline = SiteOptions { profile: Profile::Files, offline: Some(Offline::default()), ..SiteOptions::default() };
    let disk = edition(compile::build(&site.root(), &Options { site: offline, ..Options::default() }, &|_, _| {}));
    for format in [Format::Zip, Format::Html, Format::Epub] {
        for packed in bundle::pack(&disk, format, "hostile", &Means::default()).unwrap() {
            let name = packed.file_name("hostile");
            if format == Format::Html {
                shelf.insert(name, packed.bytes);
                continue;
            }
            let mut zip = ZipArchive::new(Cursor::new(packed.bytes)).unwrap();
            for index in 0..zip.len() {
                let mut entry = zip.by_index(index).unwrap();
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).unwrap();
                let inner = entry.name().unwrap().into_owned();
                assert!(!inner.starts_with('/') && !inner.contains("..") && !inner.contains('\\'), "{name}: {inner}");
                shelf.insert(format!("{name}!/{inner}"), bytes);
            }
        }
    }
    shelf
}

/// What a poisoned site is made of, and a clean one is not.
fn compare(payloads: &[Payload], poisoned: &Shelf, clean: &Shelf) -> Vec<String> {
    let renaming = Renaming::of(payloads);
    let read = |shelf: &Shelf| -> BTreeMap<String, Made> {
        shelf.par_iter().map(|(path, bytes)| (path.clone(), Made::of(path, bytes))).collect()
    };
    let clean = read(clean);
    let poisoned: BTreeMap<String, Made> = read(poisoned)
        .into_iter()
        .map(|(path, mut made)| {
            made.of = made.of.iter().map(|one| renaming.made(one)).collect();
            (renaming.file(&path), made)
        })
        .collect();
    let mut known: BTreeSet<String> = clean.values().flat_map(|made| made.of.iter().cloned()).collect();
    // Whoever writes pages may write Markdown, whatever the other site has of it: two positions that stand side by side, a line across the page.
    known.extend(["<div data-start>", "<hr>"].map(str::to_owned));
    // What CSL cannot say of a source is handed over under the names of its fields.
    let sources = SORTS.iter().filter(|sort| sort.name == "sources").flat_map(|sort| places(&(sort.shape)()));
    known.extend(sources.map(|place| format!("key .custom.sourcebook.{}", place[0])));
    let mut problems: Vec<String> = clean
        .iter()
        .flat_map(|(path, made)| made.faults.iter().map(move |fault| format!("{path}, clean: {fault}")))
        .collect();
    // The page of a group has its address by what the group is called, so it is beside another in the other site.
    let beside = |path: &str| {
        let parted = |at: &str| path.split_once(at).map(|(folder, _)| format!("{folder}{at}"));
        parted("/affiliation/").or_else(|| parted("/_"))
    };
    let is_there = |path: &str, made: &BTreeMap<String, Made>| match beside(path) {
        Some(folder) => made.keys().any(|other| other.starts_with(&folder)),
        None => made.contains_key(path),
    };
    for (path, made) in &poisoned {
        let twin = clean.get(path).or_else(|| Some(made).filter(|_| is_there(path, &clean)));
        problems.extend(strange(path, made, twin, &known));
    }
    // A title with letters that no font has is drawn on no cover.
    let may_miss = |path: &str| path.ends_with(".epub!/EPUB/cover.png");
    let missing = clean.keys().filter(|path| !is_there(path, &poisoned) && !may_miss(path));
    problems.extend(missing.map(|path| format!("{path}: is not there")));
    problems
}

fn none(problems: &[String], what: &str) {
    assert!(problems.is_empty(), "{} {what}:\n{}", problems.len(), problems[..problems.len().min(80)].join("\n"));
}

/// Payloads that must be told of, where they were not.
fn untold(payloads: &[Payload], planting: &Planting<'_>) -> Vec<String> {
    let kept = planting.planted.iter().filter(|plant| !planting.refused.contains(*plant));
    let silent = kept.filter(|plant| match &payloads[plant.payload].holds {
        Holds::Told(code) => !planting.told.contains(&((*plant).clone(), code.clone())),
        Holds::Text | Holds::Address => false,
    });
    silent
        .map(|plant| format!("{}: {:?} ({})", plant.place, payloads[plant.payload].text, payloads[plant.payload].group))
        .collect()
}

/// Plants, builds, reads, compares. `name` is where the sites are left.
fn plant_in(records: Vec<usize>, whole: bool, name: &str) {
    let payloads = payloads::all();
    assert!(payloads.len() >= 150);
    let mut planting = Planting::new(&payloads, records, whole);
    let site = planting.settle();
    let other = planting.twin().settle();
    let (poisoned, clean) = (everything(&site), everything(&other));
    if let Some(folder) = std::env::var_os("SOURCEBOOK_HOSTILE") {
        leave(&PathBuf::from(&folder).join(name).join("poisoned"), &poisoned);
        leave(&PathBuf::from(&folder).join(name).join("clean"), &clean);
    }
    println!(
        "{name}: {} planted, {} refused, {} files read",
        planting.planted.len(),
        planting.refused.len(),
        poisoned.len()
    );
    none(&compare(&payloads, &poisoned, &clean), "things got in");
    none(&untold(&payloads, &planting), "are told by nobody");
    let shown = planting.planted.difference(&planting.refused).count();
    assert!(shown > 1000, "only {shown} are shown");
}

/// Writes the hosted site of a shelf.
fn leave(folder: &std::path::Path, shelf: &Shelf) {
    for (path, bytes) in shelf.iter().filter(|(path, _)| !path.starts_with("evidence/") && !path.contains('!')) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Every place has other payloads than those beside it: each payload stands in some hundred places, and each place has several.
#[test]
fn nothing_gets_in_wherever_it_stands() {
    plant_in((0..10).collect(), false, "spread-1");
}

#[test]
fn nothing_gets_in_wherever_else_it_stands() {
    plant_in((10..20).collect(), false, "spread-2");
}

/// A record has one payload in all of its places. The soak sets `SOURCEBOOK_SOAK` and takes all payloads, or from a share on; otherwise it is one of many.
#[test]
fn nothing_gets_in_by_all_places_at_once() {
    const AT_ONCE: usize = 12;
    let count = payloads::all().len();
    let shares = count.div_ceil(AT_ONCE);
    let taken = match std::env::var("SOURCEBOOK_SOAK") {
        Ok(first) => first.parse().unwrap_or(0)..shares,
        Err(_) => 0..1,
    };
    for share in taken {
        plant_in((0..count).filter(|at| at % shares == share).collect(), true, &format!("whole-{share}"));
    }
}

/// What an attribute of XML can hold of a text; the rest is written by its number.
fn attribute(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_ascii_control() => write!(out, "&#{};", u32::from(c)).unwrap(),
            c => out.push(c),
        }
    }
    out
}

/// A citation style: every payload as words, and before and behind others.
#[test]
fn a_style_of_a_stranger_says_nothing_but_words() {
    let payloads = payloads::all();
    let csl = fs::read_to_string(fixtures().join("styles/numeric.csl")).unwrap();
    let (before, after) = csl.split_once("      <group delimiter=\", \">\n        <text macro=\"author\"/>").unwrap();
    let lay = |refused: &BTreeSet<tree::Plant>, plain: bool| {
        let site = Site::base();
        let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
        site.put(
            "book.toml",
            format!(
                "{book}\n[citations]\nstyle = \"styles/house.csl\"\n[site]\nbase-url = \"https://example.org/x/\"\n"
            ),
        );
        let mut page = Page::default();
        page.add(before.trim_end_matches('\n'), None);
        for (at, payload) in payloads.iter().enumerate() {
            let words = if plain { "plain words".to_owned() } else { attribute(&payload.text) };
            // What no text has, XML cannot say either.
            if payload.text.contains(|c: char| {
                (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || u32::from(c) & 0xfffe == 0xfffe
            }) {
                continue;
            }
            for (name, line) in
                [("value", "<text value=\"¤\"/>"), ("affixes", "<text variable=\"title\" prefix=\"¤\" suffix=\"¤\"/>")]
            {
                let plant = plant("CSL", &[name.to_owned()], at);
                if !refused.contains(&plant) {
                    page.add(&line.replace('¤', &words), Some(&plant));
                }
            }
        }
        page.add(&format!("      <group delimiter=\", \">\n        <text macro=\"author\"/>{after}"), None);
        site.put("styles/house.csl", &page.text);
        (site, page)
    };
    let (mut refused, mut said) = (BTreeSet::new(), BTreeSet::new());
    let site = loop {
        let (site, page) = lay(&refused, false);
        let found = compile::check(&site.root(), &Options::default());
        let files = BTreeMap::from([("styles/house.csl".to_owned(), page)]);
        if heed(&files, found, &mut refused, &mut said) {
            break site;
        }
    };
    let (clean, _) = lay(&refused, true);
    let shelf = |site: &Site| {
        let mut shelf = Shelf::new();
        add(&mut shelf, "", &edition(compile::build(&site.root(), &Options::default(), &|_, _| {})));
        shelf
    };
    let poisoned = shelf(&site);
    none(&compare(&payloads, &poisoned, &shelf(&clean)), "things got in");
    let page = String::from_utf8_lossy(&poisoned["en/index.html"]);
    assert!(page.contains("&lt;script&gt;hostile()&lt;/script&gt;"), "the words of the style are not shown");
}

/// What comes back from a translator: every payload as a passage of its own, taken in and built.
#[test]
fn a_translator_who_is_none_brings_nothing_but_words() {
    let payloads = payloads::all();
    let text = |plain: bool, at: usize| if plain { format!("plain words {at}") } else { payloads[at].text.clone() };
    let lay = |plain: bool| {
        let site = Site::base();
        let mut page = String::from("---\ntitle: Passages\n---\n");
        for at in 0..payloads.len() {
            write!(page, "Passage {at} of many [@udhr-1948].\n\n").unwrap();
        }
        site.put("content/en/documents/passages.md", page);
        site.put("content/he/documents/passages.md", "---\ntitle: קטעים\n---\n");
        let opened =
            compile::open(&site.root(), &Options::default()).unwrap_or_else(|unread| panic!("{}", told(&unread)));
        let mut book = opened.book;
        let selection = sourcebook::exchange::po::Selection::default();
        let mut units = sourcebook::exchange::po::export(&book, 1, &selection);
        for unit in &mut units {
            let number =
                unit.source.strip_prefix("Passage ").and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok());
            if let Some(at) = number {
                unit.text = format!("{} [@udhr-1948].", text(plain, at));
                unit.is_fuzzy = false;
            }
        }
        let po = po::write("hostile", &Lang::parse("he").unwrap(), &units);
        let file = book.files.add("import.po", po.as_str());
        let (_, back) = po::read(file, &po, &mut Vec::new());
        assert_eq!(back.len(), units.len(), "a passage broke out of its own");
        let on = sourcebook::date::Day::new(2026, 11, 25).unwrap();
        let terms = sourcebook::translation::update::Terms {
            method: None,
            fallback: sourcebook::workspace::front_matter::Method::Human,
            on,
        };
        let (_, import) = sourcebook::exchange::po::import(&book, file, None, terms).unwrap();
        for (path, change) in &import.files {
            site.put(path, &change.after);
        }
        (site, import.diagnostics.len())
    };
    let ((site, refused), (clean, _)) = (lay(false), lay(true));
    assert!(refused > 20, "{refused} passages are refused");
    // What is told of the translated page is taken out, line by line, as an editor would.
    let path = "content/he/documents/passages.md";
    for round in 0.. {
        assert!(round < 30);
        let found = compile::check(&site.root(), &Options::default());
        let here = found.diagnostics.iter().filter(|one| one.severity == Severity::Error).filter_map(|one| {
            let (from, to) = found.files.positions(one.span?)?;
            (found.files.path(one.span?.file) == path).then_some(from.line..=to.line)
        });
        let lines: BTreeSet<usize> = here.flatten().collect();
        if lines.is_empty() {
            break;
        }
        let text = fs::read_to_string(site.root().join(path)).unwrap();
        let kept: Vec<&str> =
            text.lines().enumerate().map(|(at, line)| if lines.contains(&(at + 1)) { "" } else { line }).collect();
        site.put(path, kept.join("\n") + "\n");
    }
    let shelf = |site: &Site| {
        let mut shelf = Shelf::new();
        let levels = [Code::SB412, Code::SB413, Code::SB414, Code::SB415].map(|code| (code, Level::Allow));
        let options = Options { levels: levels.into(), ..Options::default() };
        add(&mut shelf, "", &edition(compile::build(&site.root(), &options, &|_, _| {})));
        shelf
    };
    none(&compare(&payloads, &shelf(&site), &shelf(&clean)), "things got in");
}

/// A name of a field, or of a language, is the program's own.
#[test]
fn a_stranger_makes_no_field() {
    for payload in payloads::all() {
        let key = tree::quoted(&payload.text.as_str().into());
        for record in
            [format!("{{{key}: x}}"), format!("{{title: {{{key}: x}}}}"), format!("{{quotes: [{{{key}: x}}]}}")]
        {
            let mut files = Files::default();
            let text = format!("a: {record}\n");
            let file = files.add("a.yaml", text.as_str());
            let mut said = Vec::new();
            sourcebook::citation::read::read_file(file, &text, &mut said);
            let refused = said.iter().any(|one| {
                one.message.contains("no field")
                    || one.message.contains("no language")
                    || one.message.contains("not a language")
            });
            assert!(refused, "{text}: {said:?}");
        }
    }
}
