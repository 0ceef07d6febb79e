//! Where a rule just holds and where it just does not: what an example of `docs/diagnostics` leaves open, and a slip in the program would change unseen (`scripts/mutants`).

use crate::support::Site;
use sourcebook::diagnostic::Code;

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
