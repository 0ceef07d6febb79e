//! Where a rule just holds and where it just does not: what an example of `docs/diagnostics` leaves open, and a slip in the program would change unseen (`scripts/mutants`).

use crate::support::Site;
use sourcebook::citation::passage::{self, Folded, Part};
use sourcebook::diagnostic::{Code, Severity};
use sourcebook::span::{Files, Span};
use sourcebook::translation::numerals::numbers;
use sourcebook::translation::status::Tally;
use sourcebook::translation::{Change, Kind};
use std::collections::BTreeMap;

/// What a code says of the base site with these files over it.
fn said(code: Code, files: &[(&str, &str)]) -> Vec<String> {
    let site = Site::base();
    for (path, text) in files {
        site.put(path, text);
    }
    let compilation = site.check();
    let own = compilation.diagnostics.iter().filter(|found| found.code == code);
    own.map(|found| found.message.clone()).collect()
}

/// The same, with one page more.
fn said_of_page(code: Code, text: &str) -> Vec<String> {
    said(code, &[("content/en/documents/more.md", text)])
}

const NOTHING: &[&str] = &[];

/// A record of an actor with more lines.
fn actor(lines: &str) -> String {
    format!("office:\n  kind: un-body\n  about: {{text: It counts people., sources: [udhr-1948]}}\n{lines}")
}

#[test]
fn a_page_and_a_drawing_name_actors_that_exist() {
    let office = actor("  name: The Office\n");
    let found =
        |page| said(Code::SB330, &[("content/actors/actors.yaml", &office), ("content/en/documents/more.md", page)]);
    let page = "---\ntitle: D\nactor: offise\n---\nText.\n";
    assert_eq!(found(page), ["there is no actor `offise`"]);
    let page = "---\ntitle: D\nactor: office\n---\n![All of them.](who:everybody)\n";
    assert_eq!(found(page), ["there is no group of actors `everybody`"]);
    let site = Site::base();
    site.put("content/actors/actors.yaml", &office);
    site.put("content/actors/groups.yaml", "bodies: {title: Bodies, actors: [office]}\n");
    site.put("content/en/documents/more.md", page.replace("everybody", "bodys"));
    let said = crate::support::told(&site.check());
    assert!(said.contains("did you mean `who:bodies`?"), "{said}");
}

#[test]
fn a_name_without_languages_serves_one_language_alone() {
    let plain = actor("  name: The Office\n");
    assert_eq!(said(Code::SB334, &[("content/actors/actors.yaml", &plain)]), NOTHING);
}

#[test]
fn a_leader_of_one_day_is_no_slip() {
    let leader = |to: &str| {
        actor(&format!(
            "  name: The Office\n  leaders: [{{name: A, role: head, from: 1948-05-03, to: {to}, sources: [udhr-1948]}}]\n"
        ))
    };
    let found = |to: &str| said(Code::SB332, &[("content/actors/actors.yaml", &leader(to))]);
    assert_eq!(found("1948-05-03"), NOTHING);
    assert_eq!(found("1948-05-02"), ["the leader's time ends before it begins"]);
}

#[test]
fn a_sentence_shows_thirty_and_no_more() {
    let page = |count: usize| format!("---\ntitle: D\n---\nRights [{}].\n", vec!["@udhr-1948"; count].join("; "));
    assert_eq!(said_of_page(Code::SB224, &page(30)), NOTHING);
    assert_eq!(said_of_page(Code::SB224, &page(31)), ["this sentence shows 31 sources and figures"]);
}

const SERIES: &str = "label: {en: Parties}\nunit: places\nreporter: {en: United Nations}\npopulation: {en: Members}\nsource: un-charter-1945\nkind: cumulative\n";

/// What a code says of a series with these lines in its record and these points.
fn said_of_series(code: Code, lines: &str, points: &str) -> Vec<String> {
    let record = format!("{SERIES}{lines}");
    said(
        code,
        &[
            ("content/figures/series/members.yaml", &record),
            ("content/figures/series/members.csv", &format!("date,value\n{points}")),
            ("content/en/documents/more.md", "---\ntitle: D\n---\nThere are [=members:latest] parties.\n"),
        ],
    )
}

#[test]
fn a_series_that_only_grows_may_stand_still() {
    let found = |lines, points| said_of_series(Code::SB313, lines, points);
    assert_eq!(found("monotonic: true\n", "1990,186\n1993,186\n"), NOTHING);
    assert_eq!(found("monotonic: true\n", "1990,186\n1993,185\n").len(), 1);
    assert_eq!(found("", "1990,186\n1993,185\n"), NOTHING);
}

#[test]
fn a_quotation_gives_both_ends_or_is_put_into_digits() {
    let source = "report:\n  type: report\n  lang: en\n  title: Report\n  author: [{org: Registry}]\n  quotes: [{id: q1, exact: {en: \"There were 15, or as some say seventeen.\"}}]\n  checked: stored-page\n";
    let found = |lines: &str| {
        let figure = format!(
            "seats:\n  label: {{en: Seats}}\n  unit: people\n  as-of: 2020\n  reporter: {{en: Registry}}\n  population: {{en: All}}\n  source: report\n  quote: q1\n{lines}"
        );
        let page = "---\ntitle: D\n---\nThe Registry counts [=seats].\n";
        let files = [("content/sources/report.yaml", source), ("content/figures/seats.yaml", &figure)];
        said(Code::SB314, &[files[0], files[1], ("content/en/documents/more.md", page)])
    };
    assert_eq!(found("  value: 15\n"), NOTHING);
    assert_eq!(found("  value: 17\n"), ["the quotation `q1` of `report` does not give 17"]);
    assert_eq!(found("  value: 17\n  as-stated: {en: seventeen}\n"), NOTHING);
    let found = found("  value: 15\n  range: [12, 18]\n");
    assert_eq!(found, ["the quotation `q1` of `report` does not give 12 and 18"]);
}

#[test]
fn a_number_is_old_on_the_day_after_its_last() {
    let found = |lines: &str| {
        let figure = format!(
            "seats:\n  label: {{en: Seats}}\n  value: 15\n  unit: people\n  as-of: 2023-12-22\n  reporter: {{en: Statute}}\n  population: {{en: All}}\n  source: un-charter-1945\n{lines}"
        );
        let page = "---\ntitle: D\ndata-to: 2024-01-01\n---\nThe Statute names [=seats] seats.\n";
        said(Code::SB315, &[("content/figures/seats.yaml", &figure), ("content/en/documents/more.md", page)])
    };
    assert_eq!(found("  stale-after: 10\n"), NOTHING);
    assert_eq!(found("  stale-after: 9\n").len(), 1);
    assert_eq!(found("  stale-after: 9\n  status: superseded\n"), NOTHING);
    assert_eq!(found("  stale-after: 9\n  superseded-by: icj-judges\n"), NOTHING);
}

#[test]
fn a_position_stands_alone_wherever_it_stands() {
    let found = |body: &str| said_of_page(Code::SB601, &format!("---\ntitle: D\n---\n{body}\n")).len();
    let position = "> [!position] One\n> It is open [@udhr-1948; @gciv-1949].";
    let within = |before: &str| {
        let lines: Vec<String> = position.lines().map(|line| format!("{before}{line}")).collect();
        lines.join("\n")
    };
    assert_eq!(found(&format!("{position}\n\nIt is [@udhr-1948].")), 1);
    assert_eq!(found(&format!("It is [@udhr-1948].\n\n{position}")), 1);
    assert_eq!(found(&format!("{position}\n\n{position}")), 0);
    assert_eq!(found(&within("> ")), 1);
    assert_eq!(found(&format!("- It is [@udhr-1948]:\n\n{}", within("  "))), 1);
}

#[test]
fn a_record_rests_on_nothing_that_nobody_has_read() {
    let source = "leaflet:\n  type: pamphlet\n  lang: en\n  title: A leaflet\n  checked: known\n";
    let figure = "seats:\n  label: {en: Seats}\n  value: 15\n  unit: people\n  as-of: 2020\n  reporter: {en: Statute}\n  population: {en: All}\n  source: leaflet\n";
    let page = "---\ntitle: D\n---\nThe Statute names [=seats] seats.\n";
    let files = [("content/sources/more.yaml", source), ("content/figures/seats.yaml", figure)];
    let found = said(Code::SB209, &[files[0], files[1], ("content/en/documents/more.md", page)]);
    assert_eq!(found, ["nothing in the source `leaflet` has been checked"]);
}

#[test]
fn an_older_id_that_another_source_has_is_no_second_address() {
    let source =
        |id: &str, more: &str| format!("{id}: {{type: document, lang: en, title: {id}, checked: stored-page{more}}}\n");
    let found = |more: &str| {
        let sources = source("older", "") + &source("newer", more);
        said(Code::SB246, &[("content/sources/more.yaml", &sources)])
    };
    assert_eq!(found(", aliases: [older]"), NOTHING);
    let found = found(", aliases: [Older]");
    assert_eq!(found, ["the pages of the sources `older` and `Older` would have one address, `sources/older`"]);
}

#[test]
fn kept_copies_may_have_any_letters() {
    let source = "leaflet:\n  type: pamphlet\n  lang: en\n  title: A leaflet\n  snapshot: {path: snapshots/leaflet.txt, text-path: snapshots/leaflet.txt}\n  checked: stored-page\n";
    let turned = "Kept \u{202e}words.\n";
    let files = [("content/sources/more.yaml", source), ("content/snapshots/leaflet.txt", turned)];
    assert_eq!(said(Code::SB513, &files), NOTHING);
    assert_eq!(said_of_page(Code::SB513, &format!("---\ntitle: D\n---\n{turned}")).len(), 1);
}

#[test]
fn what_nobody_sees_is_found_in_the_first_line() {
    let places = |head: &str| {
        let site = Site::base();
        site.put("content/sources/more.yaml", format!("{head}\n"));
        let compilation = site.check();
        let own = compilation.diagnostics.iter().filter(|found| matches!(found.code, Code::SB513 | Code::SB514));
        own.map(|found| compilation.files.slice(found.span.unwrap()).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(places("\u{feff}# Ours"), NOTHING);
    assert_eq!(places("# \u{202e}Ours"), ["\u{202e}"]);
    assert_eq!(places("\u{feff}# Ours \u{202e}"), ["\u{202e}"]);
    assert_eq!(places("# Ours\n\u{feff}# Others"), ["\u{feff}"]);
}

#[test]
fn what_is_written_by_its_number_is_told_once_for_each_value() {
    let found = |path: &str, text: &str| {
        let site = Site::base();
        site.put(path, text);
        let compilation = site.check();
        let own = compilation.diagnostics.iter().filter(|found| matches!(found.code, Code::SB513 | Code::SB514));
        own.map(|found| format!("{} {}", found.code, compilation.files.slice(found.span.unwrap()))).collect::<Vec<_>>()
    };
    let record = |title: &str| {
        format!("one: {{type: document, lang: en, title: {title}, checked: stored-page, topics: [x, {title}]}}\n")
    };
    let plain = r#""a\u202Eb\u202Ec""#;
    let told = format!("SB513 {plain}");
    assert_eq!(found("content/sources/more.yaml", &record(plain)), [told.as_str(), told.as_str()]);
    // What stands there as it is and by its number is told where it stands; another harm of the value is told, too.
    let both = "\"a\u{202e}b\\u202Ec\"";
    assert_eq!(found("content/sources/more.yaml", &record(both)), ["SB513 \u{202e}", "SB513 \u{202e}"]);
    let mixed = "\"a\u{200b}b\\u202Ec\"";
    let told = format!("SB513 {mixed}");
    let places = found("content/sources/more.yaml", &record(mixed));
    assert_eq!(places, [told.as_str(), "SB514 \u{200b}", told.as_str(), "SB514 \u{200b}"]);
    let book = std::fs::read_to_string(Site::base().root().join("book.toml")).unwrap();
    let book = book.replacen("title = \"Documents\"", r#"title = "Docu\u202Ements""#, 1);
    assert_eq!(found("book.toml", &book), [r#"SB513 "Docu\u202Ements""#]);
}

/// What a code says of a page: its text for people, with the help.
fn printed_of_page(code: Code, text: &str) -> String {
    let site = Site::base();
    site.put("content/en/documents/more.md", text);
    let compilation = site.check();
    let own: Vec<_> = compilation.diagnostics.iter().filter(|found| found.code == code).cloned().collect();
    sourcebook::diagnostic::human::render(&own, &compilation.files, false)
}

#[test]
fn an_anchor_that_is_missing_is_told_with_those_there_are() {
    let found = |body: &str| printed_of_page(Code::SB502, &format!("---\ntitle: D\n---\n{body}\n"));
    let nowhere = found("See [there](#nowhere).");
    assert!(nowhere.contains("help: the page has no headings"), "{nowhere}");
    let elsewhere = found("See [there](#nowhere).\n\n## Seat {#seat}\n\nIt sits [@udhr-1948].");
    assert!(elsewhere.contains("help: its places are `#seat`"), "{elsewhere}");
}

#[test]
fn names_of_letters_that_are_seen_are_let_be() {
    let found = |body: &str| said_of_page(Code::SB514, &format!("---\ntitle: D\n---\n{body}\n"));
    assert_eq!(found("Salt &amp; pepper, &copy; and &#x41;"), NOTHING);
    assert_eq!(found("Pep&ZeroWidthSpace;per"), ["nobody sees U+200B, and no search finds a word with it"]);
}

#[test]
fn a_place_is_held_against_its_source_as_far_as_that_tells() {
    let source = |id: &str, kind: &str| {
        format!(
            "{id}: {{type: {kind}, lang: en, title: T, container: C, pages: 10-20, date: 2025, checked: corroborated}}\n"
        )
    };
    let sources = source("paper", "article-journal") + &source("book", "book");
    let found = |body: &str| {
        let page = format!("---\ntitle: D\n---\n{body}\n");
        said(Code::SB214, &[("content/sources/more.yaml", &sources), ("content/en/documents/more.md", &page)])
    };
    for fine in ["[@paper, p. 10]", "[@paper, pp. 10–20]", "[@book, p. 300]", "[@paper, fig. 3]"] {
        assert_eq!(found(&format!("It rains {fine}.")), NOTHING, "{fine}");
    }
    for outside in ["p. 9", "p. 21", "pp. 9–10", "pp. 20–21"] {
        let told = found(&format!("It rains [@paper, {outside}]."));
        assert_eq!(told, [format!("`{outside}` lies outside the pages of `paper`, 10–20")]);
    }
    assert_eq!(found("It rains [@book, at 00:10:05]."), ["`book`, of the type `book`, has no running time"]);
    // A bracket that Markdown reads as a link is no place.
    assert_eq!(found("As @paper [p. three] says, it rains."), ["no number follows `p.`"]);
    assert_eq!(found("As @paper [p. three](declaration.md) says, it rains."), NOTHING);
}

#[test]
fn a_fault_of_a_place_is_told_where_it_stands() {
    let places = |body: &str| {
        let site = Site::base();
        site.put("content/en/documents/more.md", format!("---\ntitle: D\n---\n{body}\n"));
        let compilation = site.check();
        let own = compilation.diagnostics.iter().filter(|found| found.code == Code::SB214);
        own.map(|found| compilation.files.slice(found.span.unwrap()).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(places("All are free [@{udhr-1948}, arts. 5–4]."), ["5–4"]);
    assert_eq!(places("As @udhr-1948 [pp. 5–4] says, all are free."), ["5–4"]);
}

/// Records of sources, each with a line more.
fn records(lines: &[(&str, &str)]) -> String {
    let record = |(id, line): &(&str, &str)| {
        format!("{id}: {{type: report, lang: en, title: {id}, checked: stored-page{line}}}\n")
    };
    lines.iter().map(record).collect()
}

#[test]
fn what_no_longer_stands_is_told_wherever_something_rests_on_it() {
    // Either of two records may say which came after which, and a source may be followed twice over.
    let sources = records(&[
        ("old", ", superseded-by: [new]"),
        ("new", ""),
        ("newest", ", supersedes: [new]"),
        ("gone", ", retracted: {at: 2024-02-01}"),
    ]);
    let figure = |source: &str, more: &str| {
        format!(
            "seats: {{label: {{en: Seats}}, value: 15, unit: people, as-of: 2020, reporter: {{en: Registry}}, population: {{en: All}}, source: {source}{more}}}\n"
        )
    };
    let found = |code: Code, page: &str, figure: &str| {
        let page = format!("---\ntitle: D\n---\n{page}\n");
        let files = [("content/sources/more.yaml", sources.as_str()), ("content/figures/seats.yaml", figure)];
        said(code, &[files[0], files[1], ("content/en/documents/more.md", &page)])
    };
    let old = "the source `old` was superseded by `new`";
    let new = "the source `new` was superseded by `newest`";
    for (page, expected) in [
        ("It rains [@old].", vec![old]),
        ("It rains [@new].", vec![new]),
        ("It rains [@newest].", vec![]),
        ("It rains [@old; @new].", vec![new]),
        ("It rains [@old; @newest].", vec![]),
        ("It rains [@old]. It snows [@newest].", vec![old]),
        ("It speaks of rain [@discusses:old].", vec![]),
        ("It rains [@supports:old].", vec![old]),
    ] {
        assert_eq!(found(Code::SB215, page, ""), expected, "{page}");
    }
    let gone = "the source `gone` was retracted on 2024-02-01";
    for (code, source, more, expected) in [
        (Code::SB215, "old", "", vec![old]),
        (Code::SB215, "udhr-1948", ", via: old", vec![old]),
        (Code::SB215, "old", ", status: superseded", vec![]),
        (Code::SB215, "newest", "", vec![]),
        (Code::SB216, "gone", "", vec![gone]),
        (Code::SB216, "gone", ", status: superseded", vec![gone]),
        (Code::SB216, "gone", ", status: withdrawn", vec![]),
    ] {
        assert_eq!(found(code, "The Registry counts [=seats].", &figure(source, more)), expected, "{source}{more}");
    }
}

#[test]
fn a_point_of_a_series_was_said_at_its_time_but_what_was_taken_back_never() {
    let sources = records(&[("old", ", superseded-by: [new]"), ("new", ""), ("gone", ", retracted: {at: 2024-02-01}")]);
    let found = |code: Code, of_series: &str, of_point: &str| {
        let record = SERIES.replace("un-charter-1945", of_series);
        let points = format!("date,value,source_id\n1990,186,{of_point}\n");
        let files =
            [("content/sources/more.yaml", sources.as_str()), ("content/figures/series/members.yaml", record.as_str())];
        let page = "---\ntitle: D\n---\nThere are [=members:latest] parties.\n";
        said(code, &[files[0], files[1], ("content/figures/series/members.csv", &points), ("content/en/m.md", page)])
    };
    assert_eq!(found(Code::SB215, "old", "new"), ["the source `old` was superseded by `new`"]);
    assert_eq!(found(Code::SB215, "new", "old"), NOTHING);
    assert_eq!(found(Code::SB216, "new", "gone"), ["the source `gone` was retracted on 2024-02-01"]);
}

#[test]
fn a_record_is_good_until_its_day_and_for_the_newest_page() {
    let found = |expires: &str, days: [&str; 2]| {
        let sources = records(&[("report", &format!(", review: {{at: 2023-01-01, expires: {expires}}}"))]);
        let page = |day: &str| format!("---\ntitle: D\ndata-to: {day}\n---\nIt rains [@report].\n");
        let pages = days.map(page);
        said(
            Code::SB217,
            &[
                ("content/sources/more.yaml", &sources),
                ("content/en/documents/a.md", &pages[0]),
                ("content/en/documents/b.md", &pages[1]),
            ],
        )
    };
    let days = ["2024-05-01", "2025-05-01"];
    assert_eq!(found("2025-05-01", days), NOTHING);
    let told = ["the record of `report` was good until 2025-04-30; a page with data to 2025-05-01 cites it"];
    assert_eq!(found("2025-04-30", days), told);
    assert_eq!(found("2025-04-30", [days[1], days[0]]), told);
}

#[test]
fn a_number_of_a_series_is_known_by_its_date_and_its_words() {
    let found = |sentence: &str| {
        let record = SERIES.replace("Parties", "Parties to the Statute of the Court");
        let points = "date,value\n1990,1864\n1993,57\n1995-05-03,186\n";
        let page = format!("---\ntitle: D\n---\n{sentence} [@udhr-1948].\n");
        let files = [("content/figures/series/members.yaml", record.as_str()), ("content/en/documents/m.md", &page)];
        said(Code::SB317, &[files[0], files[1], ("content/figures/series/members.csv", points)]).len()
    };
    for (sentence, expected) in [
        ("In 1990 the Statute of the Court had 1,864 parties", 1),
        ("In 1990 there were 1,864 parties of the Court", 1),
        ("In 1990 there were 1,864 goats at the Court", 0),
        ("In 1991 the Statute of the Court had 1,864 parties", 0),
        ("The Statute of the Court had 1,864 parties", 0),
        ("In 1993 the Statute of the Court had 57 parties", 1),
        ("In 1993 the Court had 57 parties", 0),
        ("On 3 May 1995 the Statute of the Court had 186 parties", 1),
        ("In 1995 the Statute of the Court had 186 parties", 0),
    ] {
        assert_eq!(found(sentence), expected, "{sentence}");
    }
}

#[test]
fn what_was_overtaken_may_be_typed() {
    let found = |more: &str| {
        let figure = format!(
            "roads: {{label: {{en: Roads closed in Ruritania}}, value: 1195, unit: places, as-of: 2020, reporter: {{en: Ministry}}, population: {{en: All}}, source: un-charter-1945{more}}}\n"
        );
        let page = "---\ntitle: D\n---\nThere were 1,195 roads closed in Ruritania [@udhr-1948].\n";
        said(Code::SB317, &[("content/figures/roads.yaml", &figure), ("content/en/documents/m.md", page)]).len()
    };
    assert_eq!(found(""), 1);
    assert_eq!(found(", status: superseded"), 0);
    assert_eq!(found(", status: withdrawn"), 0);
    assert_eq!(found(", superseded-by: icj-judges"), 0);
}

#[test]
fn letters_of_pictures_are_looked_for_where_there_are_pictures() {
    let found = |title: &str, site: &str, page: &str| {
        let book = format!(
            "[book]\ntitle = \"{title}\"\nlanguage = \"en\"\n\n[build]\nsocial-images = true\n\n{site}\n[languages.en]\n\n[languages.he]\ntitle = \"מסמכים\"\n"
        );
        let page = format!("---\ntitle: {page}\n---\n");
        said(Code::SB721, &[("book.toml", &book), ("content/en/documents/more.md", &page)])
    };
    let site = "[site]\nbase-url = \"https://example.org/\"\n";
    assert_eq!(found("Documents", site, "日本"), ["no font has `日本` for the title in the page's picture"]);
    assert_eq!(found("Documents", "", "日本"), NOTHING);
    assert_eq!(found("日本", site, "日本"), ["no font has `日本` for the site's name in the pictures of `en`"]);
    let thirteen = "一七万三九二五八六十千四百";
    let twelve = thirteen.trim_end_matches('百');
    let told = |more: &str| format!("no font has `{twelve}`{more} for the title in the page's picture");
    assert_eq!(found("Documents", site, thirteen), [told(" and more")]);
    assert_eq!(found("Documents", site, twelve), [told("")]);
}

#[test]
fn a_kept_copy_has_the_size_that_its_record_says() {
    let found = |snapshot: &str| {
        let source = records(&[("leaflet", &format!(", snapshot: {{{snapshot}}}"))]);
        let files = [("content/sources/more.yaml", source.as_str()), ("content/snapshots/leaflet.txt", "Words.\n")];
        said(Code::SB211, &files)
    };
    assert_eq!(found("path: snapshots/leaflet.txt, bytes: 7"), NOTHING);
    assert_eq!(found("path: snapshots/leaflet.txt, bytes: 8"), ["`snapshots/leaflet.txt` has 7 bytes, not 8"]);
}

/// What of a quotation a text does not hold.
fn missing(text: &str, exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> Option<Part> {
    passage::find(&Folded::of(text), exact, prefix, suffix).err().map(|miss| miss.part)
}

#[test]
fn a_quotation_leaves_out_only_what_it_says() {
    let held = [
        ("Covid-19 came", "Covid19 came"),
        ("came —saw", "came—saw"),
        ("The Court, by a majority, finds", "The Court … finds"),
        ("Israel must, as it is bound to, act", "Israel must.... act"),
    ];
    for (text, exact) in held {
        assert_eq!(missing(text, exact, None, None), None, "{text:?} holds {exact:?}");
    }
    let changed = [
        ("one. Two. Three.", "one. Three."),
        ("He left (at noon) early", "He left (at night) early"),
        ("Israel must, as it is bound to, act", "Israel must... fly"),
        ("The Court, by a majority, finds", "The Cour … finds"),
        ("The Court, by a majority, finds", "The … inds"),
        ("5² of them", "52 of them"),
        ("it fell by -5", "it fell by – 5"),
    ];
    for (text, exact) in changed {
        assert_eq!(missing(text, exact, None, None), Some(Part::Exact), "{text:?} does not hold {exact:?}");
    }
}

#[test]
fn the_words_around_a_quotation_stand_beside_it_unless_it_begins_or_ends_with_a_gap() {
    let text = "Agency A speaks. It says that many people were killed on Monday, and nobody came.";
    let look = |exact, prefix, suffix| missing(text, exact, prefix, suffix);
    assert_eq!(look("many people were killed", Some("says that"), Some("on Monday")), None);
    assert_eq!(look("many people were killed", Some("Agency A"), None), Some(Part::Prefix));
    assert_eq!(look("many people were killed", None, Some("nobody came")), Some(Part::Suffix));
    assert_eq!(look("“… people were killed …”", Some("Agency A"), Some("nobody came")), None);
    assert_eq!(look("many […] killed", Some("says that"), Some("on Monday")), None);
    // Both stand around one occurrence.
    let text = "He came. She said: He came. Then he left.";
    assert_eq!(missing(text, "He came", Some("She said:"), Some("Then")), None);
    assert_eq!(missing(text, "He came", Some("She said:"), Some("She said")), Some(Part::Suffix));
}

#[test]
fn what_stands_there_instead_of_the_words_around_is_shown() {
    let text = "Agency A speaks. It says that many people were killed on Monday, and nobody came.";
    let near = |prefix, suffix| {
        let miss = passage::find(&Folded::of(text), "many people were killed", prefix, suffix).unwrap_err();
        let near = miss.near.unwrap();
        (text[near.place].to_owned(), near.wanted)
    };
    assert_eq!(near(Some("he said"), None), ("says that".to_owned(), "he said".to_owned()));
    assert_eq!(near(None, Some("on Tuesday")), ("on Monday, and nobody".to_owned(), "on Tuesday".to_owned()));
}

#[test]
fn a_range_runs_backwards_in_whatever_numbers() {
    let found = |range: &str| {
        said_of_page(Code::SB214, &format!("---\ntitle: D\n---\nAll are free [@udhr-1948, pp. {range}].\n"))
    };
    let pairs = [
        ("v", "x"),
        ("i", "v"),
        ("ix", "xi"),
        ("xl", "lx"),
        ("l", "c"),
        ("cd", "dc"),
        ("d", "m"),
        ("xci", "xcii"),
        ("8", "9"),
        ("٤", "٥"),
        ("۴", "۵"),
    ];
    for (low, high) in pairs {
        assert_eq!(found(&format!("{low}–{high}")), NOTHING);
        assert_eq!(found(&format!("{low}–{low}")), NOTHING);
        let backwards = format!("{high}–{low}");
        assert_eq!(found(&backwards), [format!("the range `{backwards}` runs backwards")]);
    }
}

#[test]
fn every_tag_is_told_what_to_write_instead() {
    let help = |tag: &str| {
        let printed = printed_of_page(Code::SB503, &format!("---\ntitle: D\n---\nWords <{tag}> and more.\n"));
        printed.split("help: ").nth(1).unwrap_or_else(|| panic!("{tag}: {printed}")).trim().to_owned()
    };
    let other = help("blink");
    let mut seen = std::collections::BTreeMap::new();
    for tag in "strong em cite del strike a img svg br hr p h2 h6 ul li table td blockquote q code kbd sup sub div details video iframe"
        .split(' ')
    {
        assert_ne!(help(tag), other, "{tag}");
        seen.entry(help(tag)).or_insert_with(Vec::new).push(tag);
    }
    let groups: Vec<String> = seen.into_values().map(|tags| tags.join(" ")).collect();
    let expected = [
        "br",
        "p",
        "video iframe",
        "div details",
        "img svg",
        "strong",
        "em cite",
        "hr",
        "h2 h6",
        "blockquote q",
        "a",
        "sup sub",
        "table td",
        "ul li",
        "code kbd",
        "del strike",
    ];
    assert_eq!(groups.into_iter().collect::<std::collections::BTreeSet<_>>(), expected.map(str::to_owned).into());
}

/// All that is wrong with a source that has this line.
fn wrong_with(line: &str) -> Vec<String> {
    let site = Site::base();
    site.put("content/sources/more.yaml", records(&[("report", &format!(", {line}"))]));
    site.put("content/en/documents/more.md", "---\ntitle: D\n---\nIt rains [@report].\n");
    let compilation = site.check();
    let own = compilation.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    own.map(|found| found.message.clone()).collect()
}

#[test]
fn addresses_and_numbers_of_sources_are_what_they_say() {
    for fine in [
        "doi: 10.1000/rain",
        "url: \"https://example.org/a?b=c\"",
        "isbn: 0-306-40615-2",
        "isbn: 0-8044-2957-X",
        "isbn: 978-0-306-40615-7",
    ] {
        assert_eq!(wrong_with(fine), NOTHING, "{fine}");
    }
    for doi in ["10./rain", "10.1000/", "10.1000/a b", "10.1000/a\\\"b", "10.1000/a<b", "10.1000/a>b", "11.1000/rain"] {
        let told = wrong_with(&format!("doi: \"{doi}\""));
        assert_eq!(told, [format!("`doi`: `{}` is no DOI", doi.replace('\\', ""))]);
    }
    for url in [
        "https://example.org/\\\"",
        "https://example.org/<b>",
        "https://example.org/`",
        "example.org/a",
        "ftp://example.org/a",
    ] {
        let told = wrong_with(&format!("url: \"{url}\""));
        assert!(told.len() == 1 && told[0].contains("is no web address"), "{url}: {told:?}");
    }
    for isbn in
        ["0-306-40615-3", "0-8044-2957-1", "978-0-306-40615-8", "978-0-306-4061-7", "0-306-4061-2", "0-306-X0615-2"]
    {
        assert_eq!(wrong_with(&format!("isbn: {isbn}")).len(), 1, "{isbn}");
    }
}

#[test]
fn one_fact_that_was_checked_makes_a_source_and_none_that_is_known_does() {
    let fact = |checked: &str| format!("{{text: It rains, checked: {checked}}}");
    let found = |level: &str, facts: &[&str]| {
        let facts: Vec<String> = facts.iter().map(|checked| fact(checked)).collect();
        let source = format!(
            "leaflet:\n  type: pamphlet\n  lang: en\n  title: A leaflet\n  checked: {level}\n  facts: [{}]\n",
            facts.join(", ")
        );
        let page = "---\ntitle: D\n---\nIt rains [@leaflet].\n";
        said(Code::SB209, &[("content/sources/more.yaml", &source), ("content/en/documents/more.md", page)])
    };
    assert_eq!(found("known", &["known", "stored-page"]), NOTHING);
    assert_eq!(found("stored-page", &["known", "known"]), ["nothing in the source `leaflet` has been checked"]);
}

#[test]
fn what_a_change_of_the_source_means_for_its_translation() {
    let mut files = Files::default();
    let nowhere = Span::start_of(files.add("page.md", ""));
    let cases = [
        // A title is words and no Markdown.
        (Kind::Title, "Roads of 2023", "Roads of 2024", Change::Figure),
        (Kind::Title, "Roads", "Rivers", Change::Text),
        (Kind::Title, "Roads", "Roads!", Change::Cosmetic),
        (Kind::Title, "Roads [@a]", "Roads [@b]", Change::Text),
        // Footnotes of a wording alone are words until they are told.
        (Kind::Paragraph, "It rains.[^a]", "It rains.[^b]", Change::Citation),
        (Kind::Paragraph, "It[^a] rains.[^b]", "It[^a] rains.", Change::Citation),
        (Kind::Paragraph, "It[^a] rains.[^b]", "It[^a] rains!.[^b]", Change::Cosmetic),
        (Kind::Paragraph, "It[^a1] rains[^b2].", "It rains[^a1][^b2].", Change::Cosmetic),
        (Kind::Paragraph, "See [it](a.md).", "See [it](b.md).", Change::Link),
    ];
    for (kind, old, new, expected) in cases {
        assert_eq!(Change::between(kind, old, new, nowhere), expected, "{old} → {new}");
        assert_eq!(Change::between(kind, new, old, nowhere), expected, "{new} → {old}");
    }
    let slight = [Change::Link, Change::Cosmetic];
    for change in [Change::Link, Change::Cosmetic, Change::Text, Change::Citation, Change::Figure] {
        assert_eq!(change.is_slight(), slight.contains(&change));
    }
}

#[test]
fn a_number_is_one_however_it_is_grouped() {
    let cases: [(&str, &[&str]); 11] = [
        ("41,234 and 41.234", &["41234"]),
        ("41\u{a0}234 and 41\u{202f}234", &["41234"]),
        ("٤١٬٢٣٤", &["41234"]),
        ("1 234", &["1", "234"]),
        ("1\u{a0}23", &["1", "23"]),
        ("1\u{a0}2345", &["1", "2345"]),
        ("1\u{a0}234\u{a0}567", &["1234567"]),
        ("12, 13", &["12", "13"]),
        ("12. 13,", &["12", "13"]),
        ("1\u{200f}2", &["12"]),
        ("a12b13", &["12", "13"]),
    ];
    for (text, expected) in cases {
        let expected: Vec<&str> = expected.to_vec();
        assert_eq!(numbers(text).into_iter().collect::<Vec<_>>(), expected, "{text:?}");
    }
}

#[test]
fn what_waits_in_a_translation_is_counted_once() {
    let one = Tally {
        current: 1,
        stale: BTreeMap::from([(Change::Text, 2), (Change::Figure, 3)]),
        missing: 4,
        unaligned: 5,
        orphan: 6,
        urgent: 7,
    };
    assert_eq!((one.behind(), one.waiting(), one.is_current()), (9, 20, false));
    let mut both = one.clone();
    both += &one;
    both += &Tally { current: 1, ..Tally::default() };
    let expected = Tally {
        current: 3,
        stale: BTreeMap::from([(Change::Text, 4), (Change::Figure, 6)]),
        missing: 8,
        unaligned: 10,
        orphan: 12,
        urgent: 14,
    };
    assert_eq!(both, expected);
    assert!(Tally { current: 3, ..Tally::default() }.is_current());
}
