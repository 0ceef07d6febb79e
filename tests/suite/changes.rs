//! What figures were before: the lock file through the binary, the page and the feed that are made from it, and the site of the repository when one
//! of its numbers is edited.

use crate::cli::{run, sourcebook, status, stderr, stdout};
use crate::render::is_a;
use crate::support::{Site, copy, repository, tree};
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Output;

const LOCK: &str = "figures.lock.yaml";
const FIGURES: &str = "content/figures/figures.yaml";
const BASE_URL: &str = "https://example.org/x/";

type Tree = BTreeMap<String, Vec<u8>>;

/// Builds with the clock at noon of a day of November 2026.
fn build_on(site: &Site, day: u64, arguments: &[&str]) -> Output {
    // 1 November 2026, noon.
    let second = 1_793_534_400 + (day - 1) * 86_400;
    sourcebook(site).env("SOURCE_DATE_EPOCH", second.to_string()).arg("build").args(arguments).output().unwrap()
}

fn built_on(site: &Site, day: u64, arguments: &[&str]) -> Tree {
    let output = build_on(site, day, arguments);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    tree(&site.root().join("public"))
}

fn lock(site: &Site) -> String {
    fs::read_to_string(site.root().join(LOCK)).unwrap()
}

fn edit(site: &Site, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.root().join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    site.put(path, text.replacen(from, to, 1));
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    std::str::from_utf8(tree.get(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

/// The words of a page or a feed: without tags, without marks of direction.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' => within = false,
            '\u{2068}' | '\u{2069}' => {}
            c if !within => words.push(c),
            _ => {}
        }
    }
    words
}

#[test]
fn a_lock_is_made_once_and_a_change_is_recorded_once() {
    let site = Site::base();
    let first = built_on(&site, 1, &[]);
    let made = lock(&site);
    assert!(made.contains("since: 2026-11-01\n") && made.contains("log: []\n"), "{made}");
    assert!(words(text(&first, "en/changes/index.html")).contains("No figure has changed so far."));
    // Another day changes nothing, and neither does a build that may not record.
    assert_eq!(built_on(&site, 2, &[]), first);
    assert_eq!(built_on(&site, 3, &["--locked"]), first);
    assert_eq!(lock(&site), made);

    edit(&site, FIGURES, "value: 15", "value: 17");
    let refused = build_on(&site, 4, &["--locked"]);
    assert_eq!(status(&refused), 2);
    assert!(stderr(&refused).contains(&format!("{FIGURES}:2:1: `icj-judges`: 15 (1945-06-26) → 17 (1945-06-26)")));
    assert_eq!((lock(&site), tree(&site.root().join("public"))), (made.clone(), first.clone()), "nothing was written");
    // What only editors see is not recorded.
    let drafts = built_on(&site, 4, &["--drafts"]);
    assert!(!text(&drafts, "data/changes.json").contains("icj-judges"));
    assert_eq!(lock(&site), made);

    let second = built_on(&site, 5, &[]);
    assert_eq!(lock(&site).matches("noted: 2026-11-05").count(), 1);
    assert_eq!(built_on(&site, 6, &["--locked"]), second);
    assert_eq!(built_on(&site, 7, &[]), second);
    let page = words(text(&second, "en/changes/index.html"));
    assert!(page.contains("15 people (26 June 1945) → 17 people (26 June 1945)"), "{page}");
    let he = words(text(&second, "he/changes/index.html"));
    assert!(he.contains("15 בני אדם (26 ביוני 1945) ← 17 בני אדם (26 ביוני 1945)"), "{he}");
    assert!(text(&second, "en/index.html").contains("href=\"changes/#change-1\""), "the page leads to its change");
    assert!(!second.contains_key("en/changes.xml"), "without an address there is no feed");

    // There and back again are two changes, each with an id of its own.
    edit(&site, FIGURES, "value: 17", "value: 15");
    let third = built_on(&site, 8, &[]);
    let data: Value = serde_json::from_str(text(&third, "data/changes.json")).unwrap();
    let values: Vec<(&Value, &Value)> = data["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| (&change["from"]["value"], &change["to"]["value"]))
        .collect();
    assert_eq!(values, [(&Value::from(17), &Value::from(15)), (&Value::from(15), &Value::from(17))]);
}

#[test]
fn a_correction_says_why_and_a_reason_may_come_late() {
    let site = Site::base();
    built_on(&site, 1, &[]);
    edit(&site, FIGURES, "value: 15", "value: 17");
    let warned = run(&site, &["check"]);
    assert!(stderr(&warned).contains("warning[SB341]"), "{}", stderr(&warned));
    let silent = built_on(&site, 2, &["--base-url", BASE_URL]);
    assert!(!text(&silent, "en/changes/index.html").contains("class=\"corrected\""));
    assert!(stderr(&run(&site, &["check"])).contains("warning[SB341]"), "the warning stays until somebody says why");
    let note = "  value: 17\n  correction: {at: 2026-11-03, was: 15, note: {en: \"A <slip> & nothing else\", he: \"טעות <הקלדה>\"}}";
    edit(&site, FIGURES, "  value: 17", note);
    let told = built_on(&site, 3, &["--base-url", BASE_URL]);
    assert!(!stderr(&run(&site, &["check"])).contains("SB341"));
    let page = text(&told, "he/changes/index.html");
    assert!(page.contains("<span class=\"corrected\">תיקון</span>"), "{page}");
    assert!(page.contains("<p class=\"notice notice-corrected\"><bdi>טעות &lt;הקלדה&gt;</bdi></p>"), "{page}");
    assert!(lock(&site).contains("noted: 2026-11-02") && !lock(&site).contains("noted: 2026-11-03"));
    let (before, after) = (feed(text(&silent, "en/changes.xml")), feed(text(&told, "en/changes.xml")));
    assert_eq!(before.ids, after.ids, "an entry keeps its id");
    assert!(after.contents[0].contains("A &lt;slip&gt; &amp; nothing else"), "{:?}", after.contents);
}

#[test]
fn a_series_says_in_its_file_why_a_point_was_wrong() {
    let site = Site::base();
    built_on(&site, 1, &[]);
    let series = "content/figures/series/world-population.csv";
    let points = fs::read_to_string(site.root().join(series)).unwrap();
    let (header, rows) = points.split_once('\n').unwrap();
    let rows = rows.replace('\n', ",\n");
    let revised = format!("{header},correction\n{rows}").replace("7000000000", "7000000001");
    site.put(series, &revised);
    assert!(
        stderr(&run(&site, &["check"])).contains("`world-population` is 7000000001 for 2011-10-31 and was 7000000000")
    );
    site.put(series, revised.replace("Seven Billion,", "Seven Billion,miscounted"));
    assert!(!stderr(&run(&site, &["check"])).contains("SB341"));
    let built = built_on(&site, 2, &[]);
    let note = "<p class=\"notice notice-corrected\"><bdi lang=\"en\" dir=\"ltr\">miscounted</bdi></p>";
    assert!(text(&built, "he/changes/index.html").contains(note));
}

/// What is read of a feed.
struct Feed {
    /// The feed's own id and those of its entries.
    ids: Vec<String>,
    titles: Vec<String>,
    updated: Vec<String>,
    /// What each entry says, as HTML.
    contents: Vec<String>,
    links: Vec<(String, String)>,
    names: Vec<String>,
}

/// Reads a feed; what is not well formed, or lacks what Atom asks for, fails the test.
fn feed(xml: &str) -> Feed {
    let mut feed = Feed {
        ids: Vec::new(),
        titles: Vec::new(),
        updated: Vec::new(),
        contents: Vec::new(),
        links: Vec::new(),
        names: Vec::new(),
    };
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<String> = Vec::new();
    let mut inner = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                open.push(String::from_utf8(element.name().as_ref().to_vec()).unwrap());
                inner.clear();
            }
            Event::Empty(element) if element.name().as_ref() == b"link" => {
                let value = |name: &str| {
                    element.try_get_attribute(name).unwrap().unwrap().unescape_value().unwrap().into_owned()
                };
                feed.links.push((value("rel"), value("href")));
            }
            Event::Text(text) => inner.push_str(&text.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", entity.decode().unwrap());
                inner.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::End(_) => match open.pop().unwrap().as_str() {
                "id" => feed.ids.push(inner.clone()),
                "title" => feed.titles.push(inner.clone()),
                "updated" => feed.updated.push(inner.clone()),
                "content" => feed.contents.push(inner.clone()),
                "name" => feed.names.push(inner.clone()),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed");
    let entries = feed.contents.len();
    assert_eq!((feed.ids.len(), feed.titles.len(), feed.updated.len()), (entries + 1, entries + 1, entries + 1));
    assert_eq!(feed.ids.iter().collect::<BTreeSet<_>>().len(), entries + 1, "ids are told apart");
    assert!(feed.ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45), "{:?}", feed.ids);
    assert!(feed.updated.iter().all(|moment| moment.len() == 20 && moment.ends_with("T00:00:00Z")));
    assert!(feed.updated.iter().all(|moment| *moment <= feed.updated[0]), "the feed is as new as its newest entry");
    assert!(feed.links.iter().all(|(_, href)| href.starts_with("https://")), "{:?}", feed.links);
    assert!(feed.links.iter().any(|(rel, _)| rel == "self"));
    assert_eq!(feed.names.len(), 1, "one author for all entries");
    feed
}

#[test]
fn a_feed_has_whole_addresses_and_ids_that_stay() {
    let site = Site::base();
    let first = built_on(&site, 1, &["--base-url", BASE_URL]);
    let empty = feed(text(&first, "en/changes.xml"));
    assert_eq!((empty.contents.len(), empty.updated[0].as_str()), (0, "2026-11-01T00:00:00Z"));
    edit(&site, FIGURES, "value: 15", "value: 17");
    edit(&site, "content/figures/series/world-population.csv", "2022-11-15,8000000000", "2022-11-15,8000000001");
    let here = built_on(&site, 2, &["--base-url", BASE_URL]);
    let own = feed(text(&here, "he/changes.xml"));
    assert_eq!(own.contents.len(), 2);
    assert!(
        own.links.contains(&("alternate".to_owned(), format!("{BASE_URL}he/changes/#change-2"))),
        "{:?}",
        own.links
    );
    for (path, bytes) in here.iter().filter(|(path, _)| is_a(path, "html")) {
        let announced = std::str::from_utf8(bytes).unwrap().matches("type=\"application/atom+xml\"").count();
        assert_eq!(announced, 1, "{path}");
    }
    // The site moves and gets another name: whoever reads its feed sees no entry twice.
    edit(&site, "book.toml", "title = \"", "title = \"Other ");
    let moved = feed(text(&built_on(&site, 3, &["--base-url", "https://example.net/"]), "he/changes.xml"));
    assert_eq!(moved.ids, own.ids);
    assert_ne!(feed(text(&here, "en/changes.xml")).ids, own.ids, "each language has a feed of its own");
}

#[test]
fn a_lock_that_cannot_be_read_or_written_stops_the_build() {
    let site = Site::base();
    built_on(&site, 1, &[]);
    let (made, public) = (lock(&site), tree(&site.root().join("public")));
    edit(&site, FIGURES, "value: 15", "value: 17");
    site.put(LOCK, format!("{made}<<<<<<< HEAD\n"));
    let merged = build_on(&site, 2, &[]);
    assert_eq!(status(&merged), 1);
    assert!(stderr(&merged).contains("error[SB340]: a merge has left two versions of the file here"));
    // Whatever is silenced, it is not overwritten.
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}SB340 = \"allow\"\n"));
    assert_eq!(status(&build_on(&site, 2, &[])), 0);
    assert_eq!(lock(&site), format!("{made}<<<<<<< HEAD\n"));

    site.put("book.toml", book).put(LOCK, &made);
    built_on(&site, 2, &["--drafts"]);
    // A folder where the file must be written: the machine says no, to whoever asks.
    let stage = format!(".{LOCK}.sourcebook-stage");
    site.put(&format!("{stage}/in-the-way"), "");
    let stopped = build_on(&site, 2, &[]);
    assert_eq!(status(&stopped), 3);
    assert!(stderr(&stopped).contains("`figures.lock.yaml` cannot be written"), "{}", stderr(&stopped));
    assert_eq!(lock(&site), made);
    fs::remove_dir_all(site.root().join(stage)).unwrap();

    // Where the site cannot be published, nothing was changed either.
    let nowhere = build_on(&site, 2, &["--out", "content"]);
    assert_eq!(status(&nowhere), 2);
    assert_eq!(lock(&site), made);
    assert_ne!(public, built_on(&site, 3, &[]));
    assert!(lock(&site).contains("noted: 2026-11-03"));
}

#[cfg(unix)]
#[test]
fn a_lock_is_never_written_through_a_link() {
    let site = Site::base();
    built_on(&site, 1, &[]);
    let elsewhere = site.beside("elsewhere.yaml");
    fs::rename(site.root().join(LOCK), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.root().join(LOCK)).unwrap();
    let made = fs::read(&elsewhere).unwrap();
    edit(&site, FIGURES, "value: 15", "value: 17");
    assert_eq!(status(&build_on(&site, 2, &[])), 1);
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}SB108 = \"allow\"\n"));
    assert_ne!(status(&build_on(&site, 2, &[])), 0);
    assert_eq!(fs::read(&elsewhere).unwrap(), made);
}

#[test]
fn a_figure_that_is_gone_is_still_told_in_words() {
    let site = Site::base();
    site.put(
        "content/figures/more.yaml",
        "un-members:\n  label: {en: Members, he: חברות}\n  value: 51\n  unit: places\n  as-of: 1945-10-24\n  reporter: United Nations\n  source: un-charter-1945\n",
    );
    edit(&site, "book.toml", "[check]\n", "[check]\nfigure-unused = \"allow\"\n");
    built_on(&site, 1, &[]);
    fs::remove_file(site.root().join("content/figures/more.yaml")).unwrap();
    let gone = build_on(&site, 2, &[]);
    assert!(stderr(&gone).contains("warning[SB342]: the figure `un-members` was published and is gone"));
    let built = tree(&site.root().join("public"));
    let page = words(text(&built, "he/changes/index.html"));
    assert!(page.contains("חברות") && page.contains("מספר שהוסר") && page.contains("24 באוקטובר 1945"), "{page}");
}

#[test]
fn a_series_that_lost_a_point_or_is_gone_is_told_of() {
    let site = Site::base();
    let (record, points) = ("content/figures/series/members.yaml", "content/figures/series/members.csv");
    site.put(
        record,
        "label: {en: Members, he: חברות}\nunit: places\nreporter: United Nations\npopulation: {en: All}\nsource: un-charter-1945\nkind: stock\n",
    );
    site.put(points, "date,value\n1945,51\n1950,60\n");
    edit(&site, "book.toml", "[check]\n", "[check]\nfigure-unused = \"allow\"\n");
    built_on(&site, 1, &[]);
    site.put(points, "date,value\n1950,60\n");
    let less = build_on(&site, 2, &[]);
    assert!(stderr(&less).contains("warning[SB342]: the series `members` had a point on 1945 and has none"));
    fs::remove_file(site.root().join(record)).unwrap();
    fs::remove_file(site.root().join(points)).unwrap();
    let gone = build_on(&site, 3, &[]);
    assert!(stderr(&gone).contains("warning[SB342]: the series `members` was published and is gone"));
}

/// A copy of the repository's own site.
fn own_site() -> Site {
    let site = Site::empty();
    for folder in ["content", "static"] {
        fs::create_dir(site.root().join(folder)).unwrap();
        copy(&repository().join(folder), &site.root().join(folder));
    }
    for file in ["book.toml", LOCK] {
        fs::copy(repository().join(file), site.root().join(file)).unwrap();
    }
    site
}

/// The paths of the files that say a number in any of the ways in which the site writes it.
fn that_say<'a>(tree: &'a Tree, ways: &[&str]) -> Vec<&'a str> {
    let says = |bytes: &[u8]| {
        std::str::from_utf8(bytes).is_ok_and(|text| {
            let text = without_history(text);
            ways.iter().any(|way| text.contains(way))
        })
    };
    tree.iter().filter(|(_, bytes)| says(bytes)).map(|(path, _)| path.as_str()).collect()
}

/// What tells of changes, and the list of hashes, in which any digits may stand.
fn tells_changes(path: &str) -> bool {
    path == "manifest.json"
        || path.contains("/changes/")
        || path.ends_with("/changes.xml")
        || path.starts_with("data/changes.")
}

/// The drawing and the table of a chart on a page, by a word of its title.
fn drawing<'a>(page: &'a str, word: &str) -> (&'a str, &'a str) {
    let figure = page.split("<figure").find(|figure| figure.contains("<svg") && figure.contains(word)).unwrap();
    let (svg, rest) = figure.split_once("</svg>").unwrap();
    (svg, rest.split_once("</figure>").unwrap().0)
}

/// What is edited in the repository's site, and how the site says it in a language.
struct Edited {
    lang: &'static str,
    figure: [&'static str; 2],
    figure_line: &'static str,
    figure_chart: &'static str,
    point: &'static str,
    point_line: &'static str,
    point_chart: &'static str,
}

const EDITED: &[Edited] = &[
    Edited {
        lang: "en",
        figure: ["49,090", "49,191"],
        figure_line: "49,090 people (5 January 2025) → 49,191 people (5 January 2025)",
        figure_chart: "Counted and estimated",
        point: "71,299",
        point_line: "71,269 people (31 December 2025) → 71,299 people (31 December 2025)",
        point_chart: "Palestinians reported killed",
    },
    Edited {
        lang: "he",
        figure: ["49,090", "49,191"],
        figure_line: "49,090 בני אדם (5 בינואר 2025) ← 49,191 בני אדם (5 בינואר 2025)",
        figure_chart: "נספר ונאמד",
        point: "71,299",
        point_line: "71,269 בני אדם (31 בדצמבר 2025) ← 71,299 בני אדם (31 בדצמבר 2025)",
        point_chart: "פלסטינים שדווחו כהרוגים",
    },
    Edited {
        lang: "ar",
        figure: ["49,090", "49,191"],
        figure_line: "49,090 شخصاً (5 يناير 2025) ← 49,191 شخصاً (5 يناير 2025)",
        figure_chart: "ما أُحصي وما قُدِّر",
        point: "71,299",
        point_line: "71,269 شخصاً (31 ديسمبر 2025) ← 71,299 شخصاً (31 ديسمبر 2025)",
        point_chart: "الفلسطينيون المبلَّغ عن مقتلهم",
    },
    Edited {
        lang: "fr",
        figure: ["49\u{202f}090", "49\u{202f}191"],
        figure_line: "49\u{202f}090 personnes (5 janvier 2025) → 49\u{202f}191 personnes (5 janvier 2025)",
        figure_chart: "Compté et estimé",
        point: "71\u{202f}299",
        point_line: "71\u{202f}269 personnes (31 décembre 2025) → 71\u{202f}299 personnes (31 décembre 2025)",
        point_chart: "Palestiniens déclarés tués",
    },
];

/// A page without what it tells of its own past, where the old numbers stand by right.
fn without_history(page: &str) -> String {
    let begin = ["<details class=\"past\">", "<h2 id=\"page-past\">"].into_iter().find(|begin| page.contains(begin));
    let Some((before, rest)) = begin.and_then(|begin| page.split_once(begin)) else { return page.to_owned() };
    let (_, after) = rest.split_once("<p class=\"note\">").expect("a history ends with a note");
    format!("{before}{after}")
}

/// A figure and a point of a series of the repository's site are edited: both are right everywhere the same minute, and what they were is told in one place.
#[test]
fn a_number_is_edited_once_and_changes_everywhere() {
    let site = own_site();
    let before = built_on(&site, 1, &["--base-url", BASE_URL]);
    edit(&site, "content/figures/gaza.yaml", "  value: 49090\n", "  value: 49191\n");
    edit(&site, "content/figures/series/gaza-deaths-moh.csv", "2025-12-31,71269,", "2025-12-31,71299,");
    let refused = build_on(&site, 2, &["--base-url", BASE_URL, "--locked"]);
    assert_eq!(status(&refused), 2, "{}", stderr(&refused));
    for change in [
        "`gaza-killed-moh-2025-01`: 49090 (2025-01-05) → 49191 (2025-01-05)",
        "gaza-deaths-moh.csv:28:1: `gaza-deaths-moh`: 71269 (2025-12-31) → 71299 (2025-12-31)",
    ] {
        assert!(stderr(&refused).contains(change), "{}", stderr(&refused));
    }
    let after = built_on(&site, 2, &["--base-url", BASE_URL]);
    assert_eq!(built_on(&site, 3, &["--base-url", BASE_URL, "--locked"]), after);

    for Edited { lang, figure: [old, new], figure_line, figure_chart, point, point_line, point_chart } in EDITED {
        let path = format!("{lang}/numbers/casualties-gaza/index.html");
        let (was, is) = (without_history(text(&before, &path)), without_history(text(&after, &path)));
        let (was, is) = (was.as_str(), is.as_str());
        let (was_drawn, was_listed) = drawing(was, figure_chart);
        let (drawn, listed) = drawing(is, figure_chart);
        for (part, then, now) in [("text", was, is), ("chart", was_drawn, drawn), ("table", was_listed, listed)] {
            assert!(then.contains(old), "{path}: the {part} did not say {old}");
            assert!(now.contains(new) && !now.contains(old), "{path}: the {part} does not say {new} alone");
        }
        let (line, table) = drawing(is, point_chart);
        assert_ne!(line, drawing(was, point_chart).0, "{path}: the line did not move");
        assert!(table.contains(point), "{path}: the table does not say {point}");
        assert!(is.replace(table, "").contains(point), "{path}: the text does not say {point}");
        assert!(is.contains("../../changes/#change-"), "{path} leads to its changes");
        assert!(text(&after, &path).contains(old), "{path}: its history does not tell what it said before");
        let page = words(text(&after, &format!("{lang}/changes/index.html")));
        let feed = feed(text(&after, &format!("{lang}/changes.xml")));
        for line in [figure_line, point_line] {
            assert!(page.contains(line), "{page}");
            assert!(feed.titles.iter().any(|title| words(title).contains(line)), "{:?}", feed.titles);
            assert!(feed.contents.iter().any(|content| words(content).contains(line)), "{:?}", feed.contents);
        }
    }
    // What the study itself is quoted for stays as it was written.
    let quoted = |path: &str| path.contains("sources/lgh-spagat-2026/");
    let old = that_say(&after, &["49090", "49,090", "49\u{202f}090", "71269", "71,269", "71\u{202f}269"]);
    let old: Vec<&str> = old.into_iter().filter(|path| !tells_changes(path) && !quoted(path)).collect();
    assert_eq!(old, [""; 0], "these still say what it was");
    for (file, number) in [
        ("data/figures.csv", "gaza-killed-moh-2025-01,2025-01-05,49191,"),
        ("data/figures/gaza-killed-moh-2025-01.csv", "gaza-killed-moh-2025-01,2025-01-05,49191,"),
        ("data/charts/gaza-deaths-estimates.csv", "gaza-killed-moh-2025-01,2025-01-05,49191,"),
        ("data/figures/gaza-killed-moh-2025-01.json", "\"value\": \"49191\""),
        ("data/figures/gaza-deaths-moh.csv", "gaza-deaths-moh,2025-12-31,71299,"),
        ("data/figures/gaza-deaths-moh.json", "\"value\": \"71299\""),
        ("data/charts/gaza-deaths.csv", "gaza-deaths-moh,2025-12-31,71299,"),
    ] {
        assert!(text(&after, file).contains(number), "{file} does not say {number}");
    }
    let ledger = run(&site, &["ledger", "--format", "json"]);
    assert!(stdout(&ledger).contains("49,191") && !stdout(&ledger).contains("49,090"));
}
