//! `sourcebook new page`, `source`, `figure`, `event`, `term`: what they write, that the site can be built at once, and what they refuse.

use crate::cli::{run, sourcebook, status, stderr};
use crate::support::{Site, tree};
use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

/// A site as `init` makes it.
fn site() -> Site {
    let site = Site::empty();
    let made = run(&site, &["init", "."]);
    assert_eq!(status(&made), 0, "{}", stderr(&made));
    site
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs with an entry, or answers, on standard input.
fn with_input(site: &Site, arguments: &[&str], input: &str) -> Output {
    let mut command = sourcebook(site);
    let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn succeeds(output: &Output) -> &str {
    assert_eq!(status(output), 0, "{}", stderr(output));
    stderr(output)
}

/// `check` ends well, with drafts and without.
fn passes(site: &Site) {
    for arguments in [["check"].as_slice(), &["check", "--drafts"]] {
        let checked = run(site, arguments);
        assert_eq!(status(&checked), 0, "{arguments:?}: {}", stderr(&checked));
    }
}

#[test]
fn a_page_begins_in_every_language_as_a_draft() {
    let site = site();
    let output =
        run(&site, &["new", "page", "counting/births", "--title", "Births: \"all\"", "--title", "ar=المواليد"]);
    let said = succeeds(&output);
    insta::assert_snapshot!("new_page", said);
    insta::assert_snapshot!("new_page_source", read(&site, "content/en/counting/births.md"));
    insta::assert_snapshot!("new_page_translation", read(&site, "content/ar/counting/births.md"));
    passes(&site);
    // Readers do not have it yet; whoever writes it sees it.
    assert_eq!(status(&run(&site, &["build"])), 0);
    assert!(!site.root().join("public/en/counting/births").exists());
    assert_eq!(status(&run(&site, &["build", "--drafts", "--out", "drafts"])), 0);
    assert!(site.root().join("drafts/ar/counting/births/index.html").is_file());
}

#[test]
fn a_new_section_is_begun_with_its_first_page() {
    let site = site();
    let output = run(&site, &["new", "page", "growth/old-age/france", "--title", "France"]);
    let said = succeeds(&output);
    assert!(said.contains("Began `growth` and `growth/old-age` and `growth/old-age/france`"), "{said}");
    assert!(read(&site, "content/en/growth/old-age/index.md").starts_with("---\ntitle: \"Old age\"\n"));
    assert!(!read(&site, "content/en/growth/index.md").contains("##"));
    passes(&site);
    let only = run(&site, &["new", "page", "growth/ages", "--title", "Ages", "--lang", "en"]);
    succeeds(&only);
    assert!(!site.root().join("content/ar/growth/ages.md").exists());
}

#[test]
fn what_is_there_is_never_written_over() {
    let site = site();
    let before = tree(&site.root());
    for (arguments, said) in [
        (
            ["page", "counting/eight-billion", "--title", "T"],
            "there is a page `counting/eight-billion` already: content/en/",
        ),
        (["page", "counting", "--title", "T"], "there is a page `counting` already"),
        (["page", "Big Ben", "--title", "T"], "`Big Ben` cannot be an address"),
        (["page", "sources", "--title", "T"], "nothing was written"),
        (
            ["source", "krdo-2023", "--title", "T"],
            "there is a source `krdo-2023` already, at content/sources/sources.yaml:",
        ),
        (["source", "a b", "--title", "T"], "`a b` cannot be an id"),
        (["figure", "world-population-un", "--unit", "people"], "there is a figure `world-population-un` already"),
        (["event", "eight-billion-un", "--date", "2022"], "there is an event `eight-billion-un` already"),
        (["term", "census", "--term", "count"], "there is a term `census` already"),
    ] {
        let output = run(&site, &[["new"].as_slice(), &arguments].concat());
        assert_ne!(status(&output), 0, "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert!(tree(&site.root()) == before, "{arguments:?} wrote something");
    }
}

#[test]
fn a_source_is_taken_from_an_entry_of_another_program() {
    let site = site();
    let old = read(&site, "content/sources/sources.yaml");
    let bib = "@online{livi2017, author = {Livi-Bacci, Massimo}, title = {A Concise History}, date = {2017-03}, url = {https://example.org/a}, langid = {english}}";
    let output = with_input(&site, &["new", "source", "--checked", "stored-page", "--kind", "academic"], bib);
    let said = succeeds(&output);
    assert!(said.contains("Added the source `livi2017` at content/sources/sources.yaml:"), "{said}");
    assert!(said.contains("[@livi2017, p. 3]") && said.contains("SB208"), "what is left is told: {said}");
    let new = read(&site, "content/sources/sources.yaml");
    let record = new.strip_prefix(&old).expect("what is there stays");
    insta::assert_snapshot!("new_source_biblatex", record);
    passes(&site);

    let ris =
        "TY  - JOUR\nAU  - Coale, Ansley J.\nTI  - The History of the Human Population\nPY  - 1974\nLA  - en\nER  - \n";
    let output = with_input(&site, &["new", "source", "--file", "journals"], ris);
    let said = succeeds(&output);
    assert!(
        said.contains("`coale-1974` at content/sources/journals.yaml:3") && said.contains("nobody has verified it yet"),
        "{said}"
    );
    let json = r#"[{"id": "x", "type": "book", "title": "T", "language": "en"}]"#;
    succeeds(&with_input(&site, &["new", "source", "renamed", "--file", "journals.yaml"], json));
    assert!(read(&site, "content/sources/journals.yaml").contains("\nrenamed:\n"));
    passes(&site);

    let before = tree(&site.root());
    for (arguments, input, said) in [
        (vec!["source"], "", "neither a title nor an entry"),
        (vec!["source"], "what is this?", "the format cannot be told"),
        (vec!["source"], bib, "SB252"),
        (
            vec!["source", "--checked", "twice"],
            r#"[{"id": "y", "type": "book", "title": "T", "language": "en"}]"#,
            "SB106",
        ),
        (
            vec!["source"],
            r#"[{"id": "y", "type": "book", "title": "T"}, {"id": "z", "type": "book", "title": "T"}]"#,
            "source import",
        ),
        (vec!["source", "--title", "T", "--date", "last week"], "", "SB106"),
        (vec!["source", "--title", "T", "--file", "../elsewhere"], "", "is no file of content/sources"),
    ] {
        let output = with_input(&site, &[["new"].as_slice(), &arguments].concat(), input);
        assert_ne!(status(&output), 0, "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert!(tree(&site.root()) == before, "{arguments:?} wrote something");
    }
}

#[test]
fn a_source_is_described_by_options_or_by_answers() {
    let site = site();
    let options = [
        "new",
        "source",
        "--title",
        "Charter: all of it",
        "--title",
        "ar=الميثاق",
        "--author",
        "Koo, Wellington",
        "--organisation",
        "Court, International",
        "--date",
        "1945-06-26",
        "--type",
        "treaty",
        "--kind",
        "legal",
        "--checked",
        "corroborated",
    ];
    let said = succeeds(&run(&site, &options)).to_owned();
    assert!(said.contains("`koo-1945`"), "the key is made of the name and the year: {said}");
    let answers =
        "\nThe Count\nUnited Nations\nDoe, Jane\n\n2001\nhttps://example.org/count\n\n\nreport\nun\nstored-page\n\n";
    let output = with_input(&site, &["new", "source", "--ask"], answers);
    let said = succeeds(&output);
    insta::assert_snapshot!("new_source_questions", said);
    let records = read(&site, "content/sources/sources.yaml");
    insta::assert_snapshot!("new_source_records", records.split_once("\nkoo-1945:").unwrap().1);
    passes(&site);
    // Whoever goes away in the middle leaves nothing.
    let before = tree(&site.root());
    assert_eq!(status(&with_input(&site, &["new", "source", "--ask"], "en\nThe")), 2);
    assert!(tree(&site.root()) == before);
}

#[test]
fn a_figure_an_event_and_a_term_are_added_with_their_sources() {
    let site = site();
    let files = ["figures/figures", "events/events", "terms/terms", "terms/en", "terms/ar"]
        .map(|name| format!("content/{name}.yaml"));
    let old = files.clone().map(|path| read(&site, &path));
    let figure = run(
        &site,
        &[
            "new",
            "figure",
            "world-population-2100",
            "--label",
            "World population in 2100",
            "--label",
            "ar=عدد سكان العالم عام 2100",
            "--value",
            "10400000000",
            "--unit",
            "people",
            "--as-of",
            "2100",
            "--reporter",
            "United Nations",
            "--reporter",
            "ar=الأمم المتحدة",
            "--population",
            "All people",
            "--population",
            "ar=جميع الناس",
            "--source",
            "graphic-news-2022",
            "--status",
            "estimate",
            "--checked",
            "corroborated",
        ],
    );
    let event = run(
        &site,
        &[
            "new",
            "event",
            "seven-billion-un",
            "--date",
            "2011-10-31",
            "--title",
            "Day of Seven Billion",
            "--title",
            "ar=يوم المليارات السبعة",
            "--source",
            "unfpa-7-billion",
            "--source",
            "hinduism-today-2011#q1",
            "--page",
            "counting/eight-billion",
        ],
    );
    let term = run(
        &site,
        &[
            "new",
            "term",
            "projection",
            "--term",
            "population projection",
            "--term",
            "ar=إسقاط سكاني",
            "--definition",
            "A number worked out for a year to come.",
            "--definition",
            "ar=رقم يُحسب لسنة مقبلة.",
            "--uncited",
            "explains a word",
            "--uncited",
            "ar=يشرح كلمة",
            "--see",
            "census",
        ],
    );
    let said = [&figure, &event, &term].map(succeeds).join("\n");
    insta::assert_snapshot!("new_records_said", said);
    let records = files.iter().zip(&old).map(|(path, old)| {
        let new = read(&site, path);
        format!("# {path}{}", new.strip_prefix(old.as_str()).expect("what is there stays"))
    });
    insta::assert_snapshot!("new_records", records.collect::<Vec<_>>().join("\n"));
    passes(&site);
}

#[test]
fn what_a_fact_needs_is_asked_for_and_never_made_up() {
    let site = site();
    let before = tree(&site.root());
    let known = ["--label", "L", "--unit", "people", "--reporter", "R", "--population", "P", "--as-of", "2020"];
    let figure = |more: &[&'static str]| [["new", "figure", "x"].as_slice(), &known, more].concat();
    for (arguments, said) in [
        (vec!["new", "figure", "x"], "--label (What is counted (en)), --value (The number, in digits), --unit"),
        (figure(&["--value", "3"]), "without this there is nothing to write: --source"),
        (figure(&["--value", "many", "--source", "krdo-2023"]), "`many` is no number"),
        (figure(&["--value", "3", "--source", "krdo-2032"]), "did you mean `krdo-2023`?"),
        (figure(&["--value", "3", "--source", "krdo-2023", "--file", "series/x"]), "is no file of content/figures"),
        (vec!["new", "event", "x", "--title", "T"], "--date (When, such as 1945-06-26 or 1945), --source"),
        (
            vec!["new", "event", "x", "--title", "T", "--date", "2020", "--source", "nobody"],
            "there is no source `nobody`",
        ),
        (
            vec!["new", "event", "x", "--title", "T", "--date", "2020", "--source", "krdo-2023", "--page", "contents"],
            "the site has no page `contents`",
        ),
        (vec!["new", "term", "x", "--term", "T", "--definition", "D"], "--source (Who says so"),
        (vec!["new", "page", "counting/x"], "--title (Title (en))"),
        (vec!["new", "page", "counting/x", "--title", "T", "--lang", "ar"], "add `--lang en`"),
        (vec!["new", "page", "counting/x", "--title", "T", "--lang", "fr"], "the site has no language `fr`"),
    ] {
        let output = run(&site, &arguments);
        assert_ne!(status(&output), 0, "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert!(tree(&site.root()) == before, "{arguments:?} wrote something");
    }
}
