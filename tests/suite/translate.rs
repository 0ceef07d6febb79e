//! The way of a translation through the binary: recorded, left behind by its source in six ways, told so, mended in a translator's program, recorded again.

use crate::cli::{run, status, stderr, stdout};
use crate::support::{Site, tree};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

const EN: &str = "content/en/court.md";
const HE: &str = "content/he/court.md";
const RECORD: &str = "translations/he/court.yaml";

const SOURCE: &str = "---
title: The Court
key-facts:
  - \"It has [=icj-judges] judges.\"
---
The Charter was signed in 1945 [@un-charter-1945]. See [the documents](documents/index.md). <!-- uncited: guides to a page -->

## Seat {#seat}

It sits in The Hague, in the Netherlands [@un-charter-1945].

- one judge of each state [@un-charter-1945]
- elected for a term [@un-charter-1945]

| State | Since |
|---|---|
| Norway | 1945 [@un-charter-1945] |
";

const TRANSLATION: &str = "---
title: בית הדין
key-facts:
  - \"יש בו [=icj-judges] שופטים.\"
translation: machine
---
המגילה נחתמה ב־1945 [@un-charter-1945]. ראו [את המסמכים](documents/index.md). <!-- uncited: guides to a page -->

## מקום מושב {#seat}

מושבו בהאג, בהולנד [@un-charter-1945].

- שופט אחד מכל מדינה [@un-charter-1945]
- נבחר לתקופת כהונה [@un-charter-1945]

| מדינה | מאז |
|---|---|
| נורווגיה | 1945 [@un-charter-1945] |
";

/// A site with one page that is translated and recorded.
fn site() -> Site {
    let site = Site::base();
    site.put(EN, SOURCE).put(HE, TRANSLATION);
    done(&site, &["translate", "adopt", "he", "court", "--date", "2026-11-25"]);
    site
}

fn done(site: &Site, arguments: &[&str]) -> String {
    let output = run(site, arguments);
    assert_eq!(status(&output), 0, "{arguments:?}: {}", stderr(&output));
    stdout(&output).to_owned()
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

/// What stands otherwise than current, as the JSON of `translate status` says it.
fn behind(site: &Site) -> Vec<String> {
    let pages: Value = serde_json::from_str(&done(site, &["translate", "status", "he", "--format", "json"])).unwrap();
    let page = pages.as_array().unwrap().iter().find(|page| page["page"] == "court").unwrap();
    let passages = page["passages"].as_array().unwrap().iter().filter(|passage| passage["state"] != "current");
    let told = passages.map(|passage| {
        let change = passage["change"].as_str().map(|change| format!(" {change}")).unwrap_or_default();
        let urgent = if passage["urgent"] == true { " urgent" } else { "" };
        format!("{} {}{change}{urgent}", passage["at"].as_str().unwrap(), passage["state"].as_str().unwrap())
    });
    told.collect()
}

/// The codes that `check` reports of languages, each once.
fn codes(site: &Site) -> Vec<String> {
    let output = run(site, &["check", "--format", "json"]);
    let found: Value = serde_json::from_str(stdout(&output)).unwrap();
    let codes = found.as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap().to_owned());
    // The base site's own home page is not recorded.
    let mut codes: Vec<String> = codes.filter(|code| code.starts_with("SB4") && code != "SB404").collect();
    codes.sort();
    codes.dedup();
    codes
}

fn page(site: &Site) -> String {
    done(site, &["build"]);
    read(site, "public/he/court/index.html")
}

fn po(site: &Site) -> String {
    let po = done(site, &["translate", "export", "he"]);
    if let Ok(mut child) =
        Command::new("msgfmt").args(["-c", "-o", "/dev/null", "-"]).stdin(std::process::Stdio::piped()).spawn()
    {
        use std::io::Write;
        child.stdin.take().unwrap().write_all(po.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success(), "msgfmt refuses\n{po}");
    }
    po
}

/// One entry of a PO file.
fn unit<'a>(po: &'a str, context: &str) -> &'a str {
    po.split("\n\n")
        .find(|unit| unit.contains(&format!("msgctxt \"{context}\"")))
        .unwrap_or_else(|| panic!("no {context}"))
}

#[test]
fn a_page_is_adopted() {
    let site = site();
    assert_eq!(behind(&site), [""; 0]);
    assert_eq!(codes(&site), [""; 0]);
    // The method stands in the record now, and in one place only.
    assert_eq!(read(&site, HE), TRANSLATION.replace("translation: machine\n", ""));
    assert!(read(&site, RECORD).contains("method: machine, on: 2026-11-25"));
    let html = page(&site);
    assert!(html.contains("תרגום מכונה") && html.contains("25 בנובמבר 2026"), "{html}");
    assert!(!html.contains("class=\"stale\"") && !html.contains("notice-behind"));
    assert_eq!(po(&site).matches("#, fuzzy").count(), 7, "the passages of the unrecorded home page alone");
}

struct Edit {
    name: &'static str,
    from: &'static str,
    to: &'static str,
    behind: &'static [&'static str],
    codes: &'static [&'static str],
    /// What the page marks: nothing, a folded passage, an open one, a passage in a box.
    shown: &'static str,
    diff: &'static str,
}

/// The source is edited in six ways; after each, everybody is told what concerns them.
#[test]
fn a_source_is_edited_in_six_ways() {
    let edits = [
        Edit {
            name: "link",
            from: "documents/index.md",
            to: "documents/declaration.md",
            behind: &["/paragraph-1 stale link"],
            codes: &["SB405"],
            shown: "",
            diff: "",
        },
        Edit {
            name: "comma",
            from: "The Hague, in",
            to: "The Hague in",
            behind: &["seat/paragraph-1 stale cosmetic"],
            codes: &["SB405"],
            shown: "",
            diff: "The Hague[-,-] in",
        },
        Edit {
            name: "wording",
            from: "It sits",
            to: "It works",
            behind: &["seat/paragraph-1 stale text"],
            codes: &["SB405"],
            shown: "<details class=\"stale\" data-stale=\"text\">",
            diff: "It [-sits-]{+works+} in",
        },
        Edit {
            name: "citation",
            from: "- elected for a term [@un-charter-1945]",
            to: "- elected for a term [@un-charter-1945; @udhr-1948]",
            behind: &["seat/item-2 stale citation urgent"],
            codes: &["SB406"],
            shown: "<details class=\"stale\" data-stale=\"citation\" open=\"\">",
            diff: "{+; @udhr-1948+}",
        },
        Edit {
            name: "figure",
            from: "| Norway | 1945",
            to: "| Norway | 1946",
            behind: &["seat/row-1 stale figure urgent"],
            codes: &["SB406"],
            shown: "<details class=\"stale\" data-stale=\"figure\" open=\"\">",
            diff: "[-1945-]{+1946+}",
        },
        Edit {
            name: "new block",
            from: "\n- one judge",
            to: "\nIt is an organ of the United Nations [@un-charter-1945].\n\n- one judge",
            behind: &["seat/paragraph-2 missing"],
            codes: &["SB407"],
            shown: "<div class=\"not-translated\" role=\"note\">",
            diff: "",
        },
    ];
    for Edit { name, from, to, behind: expected, codes: reported, shown, diff } in edits {
        let site = site();
        assert!(SOURCE.contains(from), "{name}");
        site.put(EN, SOURCE.replace(from, to));
        assert_eq!(behind(&site), expected, "{name}");
        assert_eq!(codes(&site), reported, "{name}");
        let human = done(&site, &["translate", "status", "he"]);
        assert!(human.contains(diff), "{name}: {human}");
        let urgent = run(&site, &["translate", "status", "--fail-on", "urgent"]);
        assert_eq!(status(&urgent) == 1, expected[0].ends_with("urgent"), "{name}");
        let html = page(&site);
        let marks = html.matches("<details class=\"stale\"").count() + html.matches("class=\"not-translated\"").count();
        assert_eq!(marks, usize::from(!shown.is_empty()), "{name}");
        assert!(html.contains(shown), "{name}");
        assert_eq!(html.contains("notice-behind"), !shown.is_empty(), "{name}");
        if !shown.is_empty() {
            assert!(html.contains("<p class=\"source-passage\" lang=\"en\" dir=\"ltr\">"), "{name}");
        }
        let place = expected[0].split(' ').next().unwrap();
        let po = po(&site);
        let unit = unit(&po, &format!("court#{place}"));
        if name == "new block" {
            assert!(unit.contains("msgstr \"\"") && !unit.contains("fuzzy"), "{unit}");
        } else {
            assert!(unit.contains("#, fuzzy") && unit.contains("#| msgid "), "{name}: {unit}");
        }
        // Whoever accepts says that the translation holds; parity is then held against the new source.
        let accept = run(&site, &["translate", "accept", "he", "court", "--date", "2026-11-26"]);
        assert_eq!(status(&accept), 0, "{}", stderr(&accept));
        let after: &[&str] = match name {
            "link" => &["SB416"],
            "citation" => &["SB412"],
            "figure" => &["SB417"],
            "new block" => &["SB407"],
            _ => &[],
        };
        assert_eq!(codes(&site), after, "{name}");
    }
}

/// A file that is taken in again as it was written changes no byte.
#[test]
fn what_was_not_touched_comes_back_untouched() {
    let site = site();
    let before = tree(&site.root().join("content"));
    let po = po(&site);
    for (name, text) in [("plain.po", po.clone()), ("windows.po", po.replace('\n', "\r\n"))] {
        site.put(name, text);
        done(&site, &["translate", "import", name]);
    }
    let changed: BTreeMap<_, _> = tree(&site.root().join("content"))
        .into_iter()
        .filter(|(path, bytes)| before.get(path) != Some(bytes))
        .collect();
    assert_eq!(changed.keys().collect::<Vec<_>>(), Vec::<&String>::new());
}

/// A site whose source was edited, and the PO file that a translator sends back: one passage mended, one new, and one that loses a citation.
pub fn site_and_work() -> (Site, String) {
    let site = site();
    let source = SOURCE
        .replace("It sits in", "It works in")
        .replace("\n- one judge", "\nIt is an organ of the United Nations [@un-charter-1945].\n\n- one judge");
    site.put(EN, source);
    let po = po(&site);
    let stale = unit(&po, "court#seat/paragraph-1");
    let mended = stale.replace("#, fuzzy, md-text", "#, md-text").replace("מושבו בהאג", "הוא פועל \"\n\"בהאג");
    let new = unit(&po, "court#seat/paragraph-2");
    let filled = new.replace("msgstr \"\"", "msgstr \"הוא אורגן של האומות המאוחדות [@un-charter-1945].\"");
    let item = unit(&po, "court#seat/item-1");
    let broken = item.replace("מדינה [@un-charter-1945]", "מדינה");
    let work = po.replace(stale, &mended).replace(new, &filled).replace(item, &broken);
    (site, work)
}

#[test]
fn a_translators_work_is_spliced_in() {
    let (site, work) = site_and_work();
    let before = read(&site, HE);
    site.put("he.po", work);
    let output = run(&site, &["translate", "import", "he.po", "--method", "human", "--date", "2026-11-26"]);
    let said = stderr(&output);
    assert_eq!(status(&output), 0, "{said}");
    assert!(said.contains("warning[SB426]: this loses `@un-charter-1945` of its source"), "{said}");
    let expected = before
        .replace("מושבו בהאג", "הוא פועל בהאג")
        .replace("\n- שופט", "\nהוא אורגן של האומות המאוחדות [@un-charter-1945].\n\n- שופט");
    assert_eq!(read(&site, HE), expected);
    assert_eq!(behind(&site), [""; 0]);
    assert_eq!(codes(&site), [""; 0]);
    assert_eq!(read(&site, RECORD).matches("method: human, on: 2026-11-26").count(), 2);
}

#[test]
fn a_correction_reaches_every_language_at_once() {
    let site = site();
    site.put(
        EN,
        SOURCE.replace(
            "\n## Seat",
            "\n> [!correction]\n> An earlier version named another year [@un-charter-1945].\n\n## Seat",
        ),
    );
    assert_eq!(behind(&site), ["/correction-head-1 missing urgent", "/correction-1 missing urgent"]);
    let html = page(&site);
    assert!(html.contains("<div class=\"not-translated not-translated-correction\" role=\"note\">"), "{html}");
    assert!(html.contains("An earlier version named another year"));
}

#[test]
fn a_review_is_told_until_the_text_is_edited() {
    let site = site();
    done(&site, &["translate", "review", "he", "court", "--by", "N. N.", "--date", "2026-11-27"]);
    let html = page(&site);
    assert!(html.contains("<bdi>N. N.</bdi>") && html.contains("27 בנובמבר 2026"), "{html}");
    site.put(HE, read(&site, HE).replace("מושבו", "מקומו"));
    assert!(!page(&site).contains("N. N."));
}

/// What is written once in the head of the source is told in every language of the same build, also where a page is not translated.
#[test]
fn a_correction_in_the_head_is_told_in_every_language() {
    let site = site();
    site.put("book.toml", read(&site, "book.toml") + "\n[site]\nbase-url = \"https://example.org/\"\n");
    let corrected = "correction:\n  - {at: 2026-11-26, note: An earlier version named another city.}\n  - {at: 2026-11-27, note: {en: It named <another> year., he: בגרסה קודמת נקבה שנה אחרת.}, passage: seat/row-1}\n";
    site.put(EN, SOURCE.replace("key-facts", &format!("{corrected}key-facts")));
    let other = "content/en/documents/declaration.md";
    site.put(
        other,
        read(&site, other)
            .replace("weight", "correction: {at: 2026-11-25, note: {en: Spelt otherwise., he: נכתב אחרת.}}\nweight"),
    );
    assert_eq!((behind(&site), codes(&site)), (Vec::new(), Vec::new()), "no passage of the translation is behind");

    let he = page(&site);
    let head = he.split("class=\"about-page\"").nth(1).unwrap().split("</div>").next().unwrap();
    let notices: Vec<&str> = head.lines().filter(|line| line.contains("notice")).collect();
    let newest = "<p class=\"notice notice-correction\" id=\"page-correction-2\"><bdi dir=\"rtl\"><strong>תיקון</strong> · <bdi>27 בנובמבר 2026</bdi></bdi>";
    assert!(
        notices[0].starts_with(newest) && notices[0].contains("<bdi>בגרסה קודמת נקבה שנה אחרת.</bdi>"),
        "{notices:#?}"
    );
    assert!(notices[0].contains("<a href=\"#seat\"><bdi>מקום מושב</bdi></a>"), "{notices:#?}");
    let plain = "<bdi lang=\"en\" dir=\"ltr\">An earlier version named another city.</bdi>";
    assert!(notices[1].contains("id=\"page-correction-1\"") && notices[1].contains(plain), "{notices:#?}");
    assert!(notices[2].contains("notice-translation"), "{notices:#?}");
    let en = read(&site, "public/en/court/index.html");
    assert!(
        en.contains(
            "<strong>Correction</strong> · <bdi>27 November 2026</bdi></bdi>: <bdi dir=\"ltr\"><bdi>It named &lt;another&gt; year.</bdi></bdi>"
        ),
        "{en}"
    );
    assert!(en.contains("\"@type\":\"CorrectionComment\""), "{en}");
    // Not translated at all: the text is English, the notice is not.
    let fallback = read(&site, "public/he/documents/declaration/index.html");
    assert!(fallback.contains("<bdi>נכתב אחרת.</bdi>") && fallback.contains("notice-fallback"), "{fallback}");

    let changes = read(&site, "public/he/changes/index.html");
    let places: Vec<usize> =
        ["../court/#page-correction-2", "../court/#page-correction-1", "../documents/declaration/#page-correction-1"]
            .map(|url| changes.find(url).unwrap_or_else(|| panic!("{url}: {changes}")))
            .to_vec();
    assert!(places.is_sorted(), "the newest first");
    let feed = read(&site, "public/he/changes.xml");
    assert_eq!(feed.matches("<category term=\"correction\"/>").count(), 3, "{feed}");
    assert!(
        feed.contains("<updated>2026-11-27T00:00:00Z</updated>")
            && feed.contains("https://example.org/he/court/#page-correction-2")
    );
    assert!(
        feed.contains("hreflang=\"en\" href=\"https://example.org/he/documents/declaration/#page-correction-1\""),
        "{feed}"
    );
    let data: Value = serde_json::from_str(&read(&site, "public/data/changes.json")).unwrap();
    assert_eq!(data["corrections"][0]["passage"], "seat/row-1");
    assert_eq!(data["corrections"][2]["page"], "documents/declaration");
}

#[test]
fn a_correction_is_read_strictly() {
    let site = site();
    let cases = [
        ("correction: {at: 2026-11, note: x}", "`at`: `2026-11` is no day"),
        ("correction: {note: x}", "a correction has no `at`"),
        ("correction: {at: 2026-11-27}", "a correction has no `note`"),
        ("correction: {at: 2026-11-27, note: x, pasage: seat}", "did you mean `passage`?"),
        ("corrections: {at: 2026-11-27, note: x}", "did you mean `correction`?"),
        ("correction: {at: 2026-11-27, note: x, passage: seat/row-9}", "did you mean `seat/row-1`?"),
    ];
    for (line, message) in cases {
        site.put(EN, SOURCE.replace("key-facts", &format!("{line}\nkey-facts")));
        let output = run(&site, &["check"]);
        assert_eq!(status(&output), 1, "{line}");
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(said.contains(message), "{line}: {said}");
    }
}

const STATUS: &str = "public/he/translation-status/index.html";

/// The site with the page that tells translators what is behind.
fn told(site: &Site) {
    site.put("book.toml", format!("[build]\ntranslation-status = true\n\n{}", read(site, "book.toml")));
}

#[test]
fn the_site_tells_translators_what_is_behind_where_it_is_asked_to() {
    let site = site();
    done(&site, &["build"]);
    assert!(!site.root().join(STATUS).exists() && !read(&site, "public/he/index.html").contains("translation-status"));

    told(&site);
    site.put(EN, SOURCE.replace("It sits", "It works").replace("| Norway | 1945", "| Norway | 1946"));
    site.put(HE, read(&site, HE) + "\nפסקה נוספת [@un-charter-1945].\n");
    done(&site, &["build"]);
    let html = read(&site, STATUS);
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">") && !html.contains("canonical"), "{html}");
    let places = ["../court/", "../documents/", "../documents/declaration/", "../"]
        .map(|url| html.find(&format!("\"><a href=\"{url}\"")).unwrap_or_else(|| panic!("{url}: {html}")));
    assert!(
        places.is_sorted(),
        "what is urgent first, then what is not translated, then what is not recorded: {places:?}"
    );
    let court = html.split("<section").nth(1).unwrap();
    for expected in [
        "<details class=\"behind\" open>",
        "<summary>\u{2068}קטעים\u{2069}: \u{2068}3\u{2069}</summary>",
        "<dd>2 (\u{2068}מספר\u{2069}: \u{2068}1\u{2069}, \u{2068}ניסוח\u{2069}: \u{2068}1\u{2069})</dd>",
        "<bdi dir=\"ltr\">#seat/row-1</bdi>",
        "<p lang=\"en\" dir=\"ltr\">| Norway | <del>1945</del><ins>1946</ins> [@un-charter-1945] |</p>",
        "<p lang=\"he\" dir=\"rtl\">| נורווגיה | ",
        "It <del>sits</del><ins>works</ins> in The Hague",
        "<p lang=\"he\" dir=\"rtl\">פסקה נוספת ",
    ] {
        assert!(court.contains(expected), "{expected}: {court}");
    }
    assert!(court.find("seat/row-1") < court.find("seat/paragraph-1"), "{court}");
    assert!(read(&site, "public/he/court/index.html").contains("<a href=\"../translation-status/\">"));
    assert!(!site.root().join("public/en/translation-status").exists());
    assert!(!read(&site, "public/en/index.html").contains("translation-status"));
    let data = read(&site, "public/data/translation-status.he.json");
    assert_eq!(data, done(&site, &["translate", "status", "he", "--format", "json"]));
}

#[test]
fn much_that_is_behind_runs_over_several_pages() {
    let site = site();
    told(&site);
    let text = |year: u32, words: &str| {
        let line = |number: u32| format!("{words} {number}, {} [@un-charter-1945].\n\n", year + number);
        (0..120).map(line).collect::<String>()
    };
    let words = "The Charter of the United Nations has many articles, and each of them has a number and says what states agreed on in the year".repeat(3);
    for name in ["one", "two"] {
        site.put(&format!("content/en/{name}.md"), format!("---\ntitle: {name}\n---\n{}", text(1000, &words)));
        site.put(&format!("content/he/{name}.md"), format!("---\ntitle: {name}\n---\n{}", text(1000, "סעיף")));
    }
    done(&site, &["translate", "adopt", "--method", "human", "--date", "2026-11-25"]);
    for name in ["one", "two"] {
        site.put(&format!("content/en/{name}.md"), format!("---\ntitle: {name}\n---\n{}", text(1500, &words)));
    }
    done(&site, &["build"]);
    let (first, second) = (read(&site, STATUS), read(&site, "public/he/translation-status/page/2/index.html"));
    assert!(first.contains("href=\"page/2/\"") && second.contains("rel=\"prev\" href=\"../../\""), "{second}");
    assert_eq!((first.matches("class=\"passage\"").count(), second.matches("class=\"passage\"").count()), (120, 120));
    assert!(first.len() < 300_000, "{}", first.len());
}

/// Where a page and its translation do not have as many sentences, a lost term is shown in the passage that translates the one with the term.
#[test]
fn a_lost_term_is_shown_where_it_was_lost() {
    let site = site();
    site.put(
        "content/terms/terms.yaml",
        "judge:\n  definition: {en: Who judges., he: מי ששופט.}\n  sources: [un-charter-1945]\n",
    )
    .put("content/terms/en.yaml", "judge: {term: judge}\n")
    .put("content/terms/he.yaml", "judge: {term: שופט}\n")
    .put(EN, SOURCE.replace("It sits in", "It is a court [@un-charter-1945]. It sits in"))
    .put(HE, read(&site, HE).replace("שופט אחד", "אדם אחד").replace("שופטים", "אנשים"));
    let output = run(&site, &["check", "--format", "json"]);
    let found: Value = serde_json::from_str(stdout(&output)).unwrap();
    let lost: Vec<&Value> = found.as_array().unwrap().iter().filter(|found| found["code"] == "SB435").collect();
    let item = read(&site, HE).lines().position(|line| line.starts_with("- אדם אחד")).unwrap() + 1;
    assert_eq!(lost.len(), 1, "once a page and term: {lost:?}");
    assert_eq!((&lost[0]["file"], &lost[0]["line"]), (&HE.into(), &item.into()), "{lost:?}");
}

/// The sheet for reviewers stands alone, and shows what changed, what is missing and what is the same in every language.
#[test]
fn a_translation_is_read_on_paper() {
    let site = site();
    let source = SOURCE
        .replace("It sits in", "It works in")
        .replace("\n- one judge", "\nIt is an organ of the United Nations [@un-charter-1945].\n\n- one judge");
    site.put(EN, source);
    done(&site, &["translate", "export", "he", "--format", "html", "--page", "court", "--out", "sheet.html"]);
    let html = read(&site, "sheet.html");
    assert!(html.contains("<html class=\"sheet review\" lang=\"he\" dir=\"rtl\">"), "{html}");
    assert!(html.contains("It <del>sits</del><ins>works</ins> in"), "{html}");
    assert_eq!(html.matches("<tbody class=\"stale\"").count(), 1);
    assert_eq!(html.matches("<tbody class=\"missing\"").count(), 1);
    assert!(html.contains("<code dir=\"ltr\">seat/paragraph-1</code>"));
    assert_eq!(
        html.matches("<code dir=\"ltr\">[@un-charter-1945]</code>").count(),
        11,
        "six of the source, five of the translation"
    );
    assert_eq!(html.matches("[=icj-judges]").count(), 2);
    assert!(!html.contains("src=") && !html.contains("href=") && !html.contains("<script"), "{html}");
    // It is written again over itself, and over nothing else.
    done(&site, &["translate", "export", "he", "--format", "html", "--out", "sheet.html"]);
    site.put("notes.html", "<p>mine</p>");
    assert_eq!(status(&run(&site, &["translate", "export", "he", "--format", "html", "--out", "notes.html"])), 2);
    let parts = run(&site, &["translate", "export", "he", "--format", "html", "--only", "terms"]);
    assert!(stderr(&parts).contains("the sheet holds pages only"), "{}", stderr(&parts));
}

/// Only what is asked for is exported.
#[test]
fn a_part_is_exported() {
    let site = site();
    let page = done(&site, &["translate", "export", "he", "--page", "court"]);
    assert!(page.contains("msgctxt \"court#title\"") && !page.contains("index#") && !page.contains("ui."), "{page}");
    let interface = done(&site, &["translate", "export", "he", "--only", "interface"]);
    assert!(interface.contains("msgctxt \"ui.menu\""));
    assert!(!interface.contains("court#"));
    let unknown = run(&site, &["translate", "export", "he", "--only", "figures"]);
    assert!(stderr(&unknown).contains("one of `pages`, `records`, `terms`, `interface`"), "{}", stderr(&unknown));
}

/// Whatever gives a page its shape and was translated once is missed when it is gone: links lead to it, and a position without its frame is the site's own voice.
#[test]
fn what_gives_a_page_its_shape_is_missed() {
    let parts = [
        ("heading", "## Seat {#seat}\n\n", "## מקום מושב {#seat}\n\n"),
        (
            "callout",
            "> [!note] Remark\n> It sits there [@un-charter-1945].\n\n",
            "> [!note] הערה\n> שם מושבו [@un-charter-1945].\n\n",
        ),
        ("quotation", "> We the peoples [@un-charter-1945]\n\n", "> אנו העמים [@un-charter-1945]\n\n"),
        (
            "table",
            "| State | Since |\n|---|---|\n| Norway | 1945 [@un-charter-1945] |\n\n",
            "| מדינה | מאז |\n|---|---|\n| נורווגיה | 1945 [@un-charter-1945] |\n\n",
        ),
        ("drawing", "![Judges of the Court.](chart:judges)\n\n", "![שופטי בית הדין.](chart:judges)\n\n"),
    ];
    let site = Site::base();
    let chart = "judges: {title: {en: Judges, he: שופטים}, kind: bar, figures: [icj-judges]}\n";
    site.put("content/charts/charts.yaml", chart);
    let source: String = parts.iter().map(|(_, source, _)| *source).collect();
    let translation: String = parts.iter().map(|(_, _, translation)| *translation).collect();
    let translation = format!("---\ntitle: בית הדין\ntranslation: human\n---\n{translation}");
    site.put(EN, format!("---\ntitle: The Court\n---\n{source}")).put(HE, &translation);
    done(&site, &["translate", "adopt", "he", "court", "--date", "2026-11-25"]);
    assert_eq!(codes(&site), Vec::<String>::new());
    for (what, _, own) in parts {
        site.put(HE, translation.replacen(own, "", 1));
        let output = run(&site, &["check", "--format", "json"]);
        let found: Value = serde_json::from_str(stdout(&output)).unwrap();
        let said: Vec<&str> = found
            .as_array()
            .unwrap()
            .iter()
            .filter(|found| found["code"] == "SB415")
            .map(|found| found["message"].as_str().unwrap())
            .collect();
        assert!(
            said.iter()
                .any(|said| said.starts_with(&format!("the {what} `"))
                    && said.ends_with("was translated here, and is gone")),
            "{what}: {said:?}\n{}",
            stdout(&output)
        );
    }
}

#[test]
fn a_number_that_a_translation_lost_is_missed_unless_it_is_told_otherwise() {
    let cases = [
        ("It has 200,000 members", "יש בו 200 אלף חברים", ""),
        ("It has 3,000,000 members", "יש בו 3 מיליון חברים", ""),
        ("It has 200,000 members", "יש בו 20 אלף חברים", "200000"),
        ("It sat in 2008–09 twice", "הוא ישב בשנים 2008–2009 פעמיים", ""),
        ("It has 345 members", "יש בו 1345 חברים", "345"),
        ("It has 45 members", "יש בו 345 חברים", "45"),
        ("It sat in the 1990s twice", "הוא ישב בשנות התשעים פעמיים", ""),
        ("It sat in the 90s twice", "הוא ישב בשנות התשעים פעמיים", "90"),
        ("It sat in 1990 twice", "הוא ישב אז פעמיים", "1990"),
    ];
    let source: String = cases.iter().flat_map(|(source, _, _)| [*source, " [@un-charter-1945].\n\n"]).collect();
    let own: String = cases.iter().flat_map(|(_, own, _)| [*own, " [@un-charter-1945].\n\n"]).collect();
    let site = Site::base();
    site.put(EN, format!("---\ntitle: The Court\n---\n{source}"));
    site.put(HE, format!("---\ntitle: בית הדין\ntranslation: human\n---\n{own}"));
    done(&site, &["translate", "adopt", "he", "court", "--date", "2026-11-25"]);
    let output = run(&site, &["check", "--format", "json"]);
    let found: Value = serde_json::from_str(stdout(&output)).unwrap();
    let of_numbers = found.as_array().unwrap().iter().filter(|found| found["code"] == "SB417");
    let said: Vec<&str> = of_numbers.map(|found| found["message"].as_str().unwrap()).collect();
    let expected: Vec<&str> = cases.iter().map(|(_, _, lost)| *lost).filter(|lost| !lost.is_empty()).collect();
    assert_eq!(said.len(), expected.len(), "{said:?}");
    for (said, lost) in said.iter().zip(expected) {
        assert_eq!(*said, format!("a number is lost: `{lost}`"));
    }
}
