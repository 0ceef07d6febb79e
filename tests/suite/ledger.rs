//! The ledger: that it holds every statement once, that its formats say the same, and that its command keeps its promises.

use crate::support::{Built, Site, linked, repository};
use proptest::prelude::*;
use serde_json::{Map, Value};
use sourcebook::audit::{self, Entry, Scope, Survey, csv as table, json};
use sourcebook::book::Book;
use sourcebook::compile::{self, Options};
use sourcebook::site::sheet;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

/// A statement with evidence.
static COVERED: LazyLock<Entry> = LazyLock::new(|| {
    let entries = all(&linked(&Site::base().root()));
    entries.into_iter().find(|entry| !entry.evidence.is_empty()).unwrap()
});

fn all(book: &Book) -> Vec<Entry> {
    audit::ledger(book, &Scope::default())
}

fn parsed(entries: &[Entry]) -> Vec<Value> {
    serde_json::from_str(&json::render(entries)).unwrap()
}

/// A site with every kind of statement and evidence, one of each.
fn varied() -> Site {
    let site = Site::base();
    site.put(
        "content/en/documents/declaration.md",
        "---\ntitle: The Universal Declaration\nsummary: \"It has thirty articles [@udhr-1948].\"\n---\n\
         ## Rights {#rights}\n\n\
         @udhr-1948 [art. 4] forbids slavery. Some dispute it [see @disputes:un-charter-1945, p. 2, in part; @udhr-1948#q1].[^n]\n\n\
         This page is short. <!-- uncited: describes this page -->\n\n\
         | What | How many |\n|---|---|\n| Judges | [=icj-judges:short] |\n| | [=world-population@2011-10-31] |\n\n\
         Two sides are told:\n\n\
         > [!position] Some states\n> It binds [@un-charter-1945].\n\n\
         > [!position] Others\n> It does not [@gciv-1949].\n\n\
         [^n]: A note [@un-wpp-2022].\n",
    );
    site
}

#[test]
fn it_tells_each_statement_with_all_that_it_rests_on() {
    let book = linked(&varied().root());
    let scope = Scope { pages: vec![book.pages[2].id.clone()], ..Scope::default() };
    let entries = audit::ledger(&book, &scope);
    insta::assert_json_snapshot!("ledger", entries);
}

#[test]
fn it_holds_every_statement_of_the_content_once() {
    let book = linked(&repository());
    let entries = all(&book);
    let tally = compile::check(&repository(), &Options::default()).summary.tally;
    let count = |coverage: &str| entries.iter().filter(|entry| entry.coverage.name() == coverage).count();
    assert_eq!(entries.len(), tally.total);
    assert_eq!(count("covered"), tally.covered);
    assert_eq!(count("exempt"), tally.exempt);
    assert_eq!(count("uncovered") + count("needed"), tally.uncovered);

    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), entries.len(), "two statements have one id");
    let places: BTreeSet<(&str, usize, usize)> =
        entries.iter().map(|entry| (entry.file.as_str(), entry.start, entry.number)).collect();
    assert_eq!(places.len(), entries.len(), "two statements have one place");
    for (page, language, version) in book.versions() {
        let own =
            entries.iter().filter(|entry| entry.language == language.lang.as_str() && entry.page == page.id.name());
        assert_eq!(own.count(), version.page.claims.len(), "{}/{}", language.lang, page.id);
    }
    for entry in &entries {
        assert!(!entry.statement.is_empty() && !entry.statement.contains("[=") && !entry.statement.contains("[@"));
        assert_eq!(entry.coverage.name() == "covered", !entry.evidence.is_empty(), "{}", entry.id);
        assert_eq!(entry.coverage.name() == "exempt", entry.reason.is_some(), "{}", entry.id);
    }
}

/// The fields that the documentation lists under a heading.
fn documented(heading: &str) -> BTreeSet<String> {
    let docs = fs::read_to_string(repository().join("docs/fact-checking.md")).unwrap();
    let part = docs.split("\n### ").find(|part| part.lines().next() == Some(heading)).unwrap();
    let part = part.split("\n## ").next().unwrap();
    let cells = part.lines().filter(|line| line.starts_with("| `")).map(|line| line.split(" | ").next().unwrap());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn keys(object: &Map<String, Value>) -> BTreeSet<String> {
    object.keys().cloned().collect()
}

#[test]
fn its_json_has_the_fields_that_are_documented() {
    let mut seen = BTreeSet::new();
    let mut compare = |heading: &'static str, value: &Value| {
        if let Some(object) = value.as_object() {
            assert_eq!(keys(object), documented(heading), "{heading}");
            seen.insert(heading);
        }
    };
    for book in [linked(&varied().root()), linked(&repository())] {
        for entry in parsed(&all(&book)) {
            compare("Statement", &entry);
            for evidence in entry["evidence"].as_array().unwrap() {
                compare("Evidence", evidence);
                compare("Source", &evidence["source"]);
                compare("Quote", &evidence["quote"]);
                compare("Figure", &evidence["figure"]);
            }
        }
    }
    assert_eq!(seen.len(), 5, "{seen:?}");
}

/// The rows that the CSV of these statements must have, made from their JSON.
fn expected_rows(entries: &[Entry]) -> Vec<BTreeMap<String, String>> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let joined = |value: &Value, between: &str| {
        value.as_array().map(|items| items.iter().map(text).collect::<Vec<_>>().join(between)).unwrap_or_default()
    };
    let mut rows = Vec::new();
    for entry in parsed(entries) {
        let evidence = entry["evidence"].as_array().unwrap();
        let none = [Value::Null];
        for evidence in if evidence.is_empty() { none.as_slice() } else { evidence } {
            let mut row = BTreeMap::new();
            for (name, _) in table::COLUMNS {
                let within = |part: &str, prefix: &str| text(&evidence[part][name.strip_prefix(prefix).unwrap()]);
                let cell = match *name {
                    "heading" => text(&entry["heading"]["text"]),
                    "columns" => joined(&entry["columns"], " | "),
                    "address" if !entry["url"].is_null() => text(&entry["url"]),
                    "evidence" => text(&evidence["kind"]),
                    "mark" | "relation" | "prefix" | "locator" | "suffix" | "passage" => text(&evidence[*name]),
                    "source" | "quote" | "figure" => text(&evidence[*name]["id"]),
                    "source_archive" => joined(&evidence["source"]["archive"], " "),
                    "quote_language" => text(&evidence["quote"]["original_language"]),
                    "figure_written" => text(&evidence["written"]),
                    "figure_range" => joined(&evidence["figure"]["range"], " – "),
                    name if name.starts_with("source_") => within("source", "source_"),
                    name if name.starts_with("quote_") => within("quote", "quote_"),
                    name if name.starts_with("figure_") => within("figure", "figure_"),
                    name => text(&entry[name]),
                };
                row.insert((*name).to_owned(), cell);
            }
            rows.push(row);
        }
    }
    rows
}

fn read_rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        head.iter().map(str::to_owned).zip(record.iter().map(|cell| table::unguard(cell).to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn its_csv_says_what_its_json_says() {
    for book in [linked(&varied().root()), linked(&repository())] {
        let entries = all(&book);
        let text = table::render(&entries);
        assert!(text.starts_with("\u{FEFF}id,language,page,") && text.contains("\r\n"));
        let (rows, expected) = (read_rows(&text), expected_rows(&entries));
        assert_eq!(rows.len(), expected.len());
        for (row, expected) in rows.iter().zip(&expected) {
            assert_eq!(row, expected);
        }
    }
}

/// Puts back what [`audit::published`] wrote once, and the fields that it left out.
fn expanded(data: &str) -> Vec<Value> {
    let data: Value = serde_json::from_str(data).unwrap();
    let full = |value: &Value, heading: &str| {
        let mut object = value.as_object().unwrap().clone();
        for field in documented(heading) {
            let empty = if matches!(field.as_str(), "columns" | "evidence" | "archive") {
                Value::Array(Vec::new())
            } else {
                Value::Null
            };
            object.entry(field).or_insert(empty);
        }
        object
    };
    let statements = data["statements"].as_array().unwrap().iter();
    let whole = statements.map(|statement| {
        let mut statement = full(statement, "Statement");
        statement["language"] = data["language"].clone();
        for field in ["page_title", "file"] {
            statement[field] = data["pages"][statement["page"].as_str().unwrap()][field].clone();
        }
        for evidence in statement["evidence"].as_array_mut().unwrap() {
            let mut own = full(evidence, "Evidence");
            own["source"] = full(&data["sources"][own["source"].as_str().unwrap()], "Source").into();
            if let Some(figure) = own["figure"].as_str() {
                own["figure"] = full(&data["figures"][figure], "Figure").into();
            }
            if own["quote"].is_object() {
                own["quote"] = full(&own["quote"], "Quote").into();
            }
            *evidence = own.into();
        }
        statement.into()
    });
    whole.collect()
}

#[test]
fn its_published_form_says_what_its_json_says() {
    let book = linked(&repository());
    for language in &book.languages {
        let entries = audit::ledger(&book, &Scope { languages: vec![language.lang.clone()], ..Scope::default() });
        let mut data = Vec::new();
        audit::published(&book, &language.lang, &mut |piece| data.extend_from_slice(piece));
        let data = String::from_utf8(data).unwrap();
        assert_eq!(expanded(&data), parsed(&entries));
        assert!(data.len() * 3 < json::render(&entries).len() * 2, "the published form is not small: {}", data.len());
    }
}

#[test]
fn nothing_in_it_is_run_by_a_spreadsheet() {
    let site = Site::base();
    for (index, start) in ["=", "+", "-", "@", "\\t="].iter().enumerate() {
        site.put(
            &format!("content/en/documents/p{index}.md"),
            format!("---\ntitle: \"{start}HYPERLINK(1)\"\n---\nOne [@udhr-1948].\n"),
        );
    }
    let text = table::render(&all(&linked(&site.root())));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut guarded = 0;
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            guarded += usize::from(cell.starts_with('\''));
        }
    }
    assert_eq!(guarded, 5);
}

#[test]
fn its_sheet_shows_each_statement_beside_what_it_rests_on() {
    let site = varied();
    site.put(
        "content/he/documents/declaration.md",
        "---\ntitle: ההכרזה\n---\n## זכויות {#rights}\n\n\
         לפי UN (2024), כל בני האדם נולדו בני חורין [@udhr-1948#q1]. נאמר <script>alert(1)</script> & עוד.\n\n\
         הדף קצר. <!-- uncited: describes this page in English words -->\n\n\
         | מה | כמה |\n|---|---|\n| שופטים | [=icj-judges:short] |\n",
    );
    let opened = compile::open(&site.root(), &Options::default()).unwrap_or_else(|_| panic!("cannot be read"));
    let scope = Scope { pages: vec![opened.book.pages[2].id.clone()], ..Scope::default() };
    let entries = audit::ledger(&opened.book, &scope);
    let (theme, _) = opened.theme.as_ref().unwrap();
    let sheet = sheet::render(&opened.book, theme, &entries, 3).unwrap();
    assert!(sheet::is_ours(sheet.as_bytes()));
    let (head, main) = sheet.split_once("<main>").unwrap();
    assert!(head.contains("style-src 'sha256-") && !sheet.contains("<script"));
    assert_eq!(main.matches("<article").count(), 2);
    let (_, hebrew) = main.split_once("<article lang=\"he\"").unwrap();
    insta::assert_snapshot!("sheet", hebrew);
}

/// The numbers of a text, as English writes them.
fn numbers(text: &str) -> Vec<usize> {
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    digits.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("there is no {from}"));
    rest.split_once(to).unwrap().0
}

#[test]
fn what_the_site_tells_is_what_the_ledger_holds() {
    let book = linked(&repository());
    let built = Built::of(&repository());
    let index: Value = serde_json::from_str(built.text("data/ledger.json")).unwrap();
    let mut told = 0;
    for (slot, language) in book.languages.iter().enumerate() {
        let entries = audit::ledger(&book, &Scope { languages: vec![language.lang.clone()], ..Scope::default() });
        let count = |page: Option<&str>, coverage: &[&str]| {
            let own = entries.iter().filter(|entry| page.is_none_or(|page| entry.page == page));
            own.filter(|entry| coverage.contains(&entry.coverage.name())).count()
        };
        for page in book.pages.iter().filter(|page| page.versions[slot].is_some()) {
            let name = page.id.name();
            let folder = if page.id.is_home() { String::new() } else { format!("{name}/") };
            let html = built.text(&format!("{}/{folder}index.html", language.lang));
            let covered = count(Some(name), &["covered"]);
            let all = covered + count(Some(name), &["uncovered", "needed"]);
            // What states nothing says nothing of it.
            assert_eq!(html.contains("<p class=\"coverage\">"), all > 0, "{folder}");
            if all == 0 {
                continue;
            }
            let mut line = numbers(between(html, "<p class=\"coverage\">", "<a"));
            line.sort_unstable();
            assert_eq!(line, [covered, all], "{folder}");
            told += 1;
        }
        let data = built.text(&format!("data/ledger.{}.json", language.lang));
        assert_eq!(expanded(data), parsed(&entries));
        let entry = &index["languages"][slot];
        assert_eq!(entry["file"], format!("ledger.{}.json", language.lang));
        assert_eq!(entry["statements"], entries.len());
        assert_eq!(entry["covered"], count(None, &["covered"]));
        assert_eq!(entry["exempt"], count(None, &["exempt"]));
        assert_eq!(entry["uncovered"], count(None, &["uncovered", "needed"]));
    }
    assert!(told >= 27, "only {told} pages were compared");
    // The whole book once is what `check` counts; the parts of a survey are the whole.
    let survey = Survey::of_book(&book);
    assert_eq!(survey.tally, compile::check(&repository(), &Options::default()).summary.tally);
    assert_eq!(survey.reasons.iter().map(|reason| reason.statements).sum::<usize>(), survey.tally.exempt);
    assert_eq!(survey.depth.one + survey.depth.two + survey.depth.more, survey.tally.covered);
    for shares in [
        survey.kinds.values().collect::<Vec<_>>(),
        survey.affiliations.values().collect(),
        survey.languages.values().collect(),
        survey.years.values().collect(),
        survey.checks.values().collect(),
    ] {
        assert_eq!(shares.iter().map(|share| share.sources).sum::<usize>(), survey.sources.len());
        assert_eq!(shares.iter().map(|share| share.citations).sum::<usize>(), survey.citations);
    }
}

#[test]
fn the_page_on_sources_counts_what_a_reader_gets() {
    let site = varied();
    site.put("content/en/documents/index.md", "---\ntitle: Texts\nsummary: \"Three texts [@udhr-1948].\"\n---\nSee [the counts](../sourcing.md). <!-- uncited: guides to a page -->\n");
    let built = site.build();
    // Also on the page that is shown to readers of Hebrew because it is not translated.
    for lang in ["en", "he"] {
        let page = built.text(&format!("{lang}/documents/index.html"));
        assert!(page.contains("<a href=\"../sourcing/\">the counts</a>"));
    }
    insta::assert_snapshot!("sourcing", between(built.text("he/sourcing/index.html"), "<main", "</main>"));
}

proptest! {
    #[test]
    fn any_words_survive_csv_and_json(
        statement in "\\PC*|[=+@'\t\r\n,\" -]{0,4}\\PC*",
        quoted in proptest::option::of("(?s).*"),
        position in proptest::option::of("[\"'\\r\\n,;=]*"),
    ) {
        let mut entry = COVERED.clone();
        entry.statement = statement;
        entry.position = position.filter(|position| !position.is_empty());
        entry.evidence[0].suffix = quoted.filter(|quoted| !quoted.is_empty());
        let entries = [entry];
        prop_assert_eq!(&parsed(&entries)[0]["statement"], &Value::from(entries[0].statement.as_str()));
        prop_assert_eq!(read_rows(&table::render(&entries)), expected_rows(&entries));
    }
}
