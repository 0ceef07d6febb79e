//! Figures as data and in the list of all: what is published, in which form, and that one edit reaches every place.

use crate::support::{Built, Site, repository};
use serde_json::Value;
use std::fs;

/// A figure with everything in it that a spreadsheet might misread, one that it is worked out from, and one that nothing shows.
const FIGURES: &str = r#"
loss: {label: {en: "=SUM(A1:A9)", he: "+חיבור"}, value: -3, range: [-5, -1.5], unit: people, as-of: 2024-05-03, reporter: {en: "@office"}, population: {en: "-everybody"}, source: un-wpp-2022, locator: p. 3, counter-figures: [gain], history: [{value: -4, as-of: 2023-11-07}], correction: {at: 2024-06-01, was: -4, note: {en: "Counted twice"}}, checked: corroborated}
gain: {label: {en: Gain}, value: 1500, qualifier: approximately, unit: people, as-of: 2024-05, reporter: {en: Office}, population: {en: Everybody}, source: un-wpp-2022}
half: {label: {en: Half}, derived: "share(gain, gain)", unit: percent, as-of: 2024-05, reporter: {en: Office}, population: {en: Everybody}, source: un-wpp-2022}
hidden: {label: {en: Hidden}, value: 9, unit: people, as-of: 2024-05, reporter: {en: Office}, population: {en: Everybody}, source: un-wpp-2022}
"#;

const PAGE: &str = "---\ntitle: The Universal Declaration\n---\n## Numbers {#numbers}\n\nThe office counted [=loss] and [=gain]; [=half] of it.\n\n\
                    > [!position] Office\n> It was [=gain:full].\n\n> [!position] Others\n> It was [=world-population@2022-11-15].\n\n![Drawn.](chart:growth)\n";

fn site() -> Site {
    let site = Site::base();
    site.put("content/figures/more.yaml", FIGURES).put("content/en/documents/declaration.md", PAGE).put(
        "content/charts/all.yaml",
        "growth: {title: {en: Growth}, kind: line, series: [world-population], period: 2005/2030}\n",
    );
    site
}

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(built.text(path)).unwrap()
}

/// The rows of a CSV file, each cell by its column.
fn rows(built: &Built, path: &str) -> Vec<Vec<(String, String)>> {
    let text = built.text(path).strip_prefix('\u{feff}').expect("no byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let named = |record: csv::StringRecord| {
        head.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect::<Vec<_>>()
    };
    reader.records().map(|record| named(record.unwrap())).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    &row.iter().find(|(column, _)| column == name).unwrap_or_else(|| panic!("no column {name}")).1
}

#[test]
fn what_a_page_shows_is_published_as_data() {
    let built = site().build();
    let loss = json(&built, "data/figures/loss.json");
    insta::assert_snapshot!("figure-json", built.text("data/figures/loss.json"));
    assert_eq!(loss["range"], serde_json::json!(["-5", "-1.5"]));
    insta::assert_snapshot!("series-csv", built.text("data/figures/world-population.csv"));
    let all = json(&built, "data/figures.json");
    let ids: Vec<&str> =
        all["figures"].as_array().unwrap().iter().map(|figure| figure["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted() && ids.contains(&"half") && ids.contains(&"loss") && !ids.contains(&"hidden"), "{ids:?}");
    assert!(!built.files.contains_key("data/figures/hidden.csv"));
    assert_eq!(all["series"][0]["points"].as_array().unwrap().len(), 3);
    // A chart has what it draws.
    assert_eq!(json(&built, "data/charts/growth.json")["series"][0]["points"].as_array().unwrap().len(), 2);
    assert_eq!(rows(&built, "data/charts/growth.csv").len(), 2);
}

#[test]
fn no_cell_is_a_formula_and_numbers_stay_numbers() {
    let built = site().build();
    let row = &rows(&built, "data/figures/loss.csv")[0];
    let text = [
        ("label_en", "'=SUM(A1:A9)"),
        ("label_he", "'+חיבור"),
        ("reporter_en", "'@office"),
        ("population_en", "'-everybody"),
    ];
    let plain = [
        ("value", "-3"),
        ("low", "-5"),
        ("high", "-1.5"),
        ("as_of", "2024-05-03"),
        ("counter_figures", "gain"),
        ("unit_en", "people"),
    ];
    for (column, expected) in text.into_iter().chain(plain) {
        assert_eq!(cell(row, column), expected, "{column}");
    }
    assert_eq!(cell(row, "history"), "'-4 (2023-11-07)");
    assert_eq!(cell(row, "correction"), "2024-06-01: Counted twice");
}

#[test]
fn every_column_is_described() {
    let built = site().build();
    let docs = fs::read_to_string(repository().join("docs/figures.md")).unwrap();
    let section = docs.split("## CSV").nth(1).expect("no section on CSV").split("\n## ").next().unwrap();
    for (column, _) in &rows(&built, "data/figures.csv")[0] {
        let name = match column.strip_suffix("_en").or_else(|| column.strip_suffix("_he")) {
            Some(stem) => format!("`{stem}_…`"),
            None => format!("`{column}`"),
        };
        assert!(section.contains(&name), "docs/figures.md does not describe {name}");
    }
}

#[test]
fn every_figure_stands_in_the_list_of_all() {
    let built = site().build();
    for lang in ["en", "he"] {
        let list = built.text(&format!("{lang}/figures/index.html"));
        for id in ["loss", "gain", "half", "world-population"] {
            assert!(list.contains(&format!("<li id=\"f-{id}\"")), "{lang}: {id}");
        }
        assert!(!list.contains("f-hidden"));
    }
    let list = built.text("en/figures/index.html");
    let main = list.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    insta::assert_snapshot!("figures-all-en", main);
    // The card of a figure leads there, and a position is never told without whose it is.
    let page = built.text("en/documents/declaration/index.html");
    assert!(page.contains("href=\"../../figures/#f-loss\""));
    assert!(main.contains("According to <bdi>Office</bdi>") || main.contains("According to Office: It was"));
}

#[test]
fn pages_of_the_site_do_not_lie_where_the_list_does() {
    let site = site();
    site.put("content/en/figures.md", "---\ntitle: Figures\n---\nAll is said [@udhr-1948].\n");
    let found = site.check().diagnostics;
    assert!(found.iter().any(|found| found.code.id() == "SB247"), "{found:?}");
}

/// One number is edited, and every place that tells it tells the new one.
#[test]
fn one_edit_reaches_every_language_chart_table_and_file() {
    const LANGUAGES: [(&str, &str, &str); 4] = [
        ("en", "1,234", "2,345"),
        ("fr", "1\u{202f}234", "2\u{202f}345"),
        ("he", "1,234", "2,345"),
        ("ar", "١٬٢٣٤", "٢٬٣٤٥"),
    ];
    let site = Site::base();
    site.put(
        "book.toml",
        "[book]\ntitle = \"T\"\nlanguage = \"en\"\n\n[languages.en]\n[languages.he]\n[languages.ar]\nformat-locale = \"ar-u-nu-arab\"\n[languages.fr]\n",
    );
    let names = "{en: Cases, he: מקרים, ar: حالات, fr: Cas}";
    let put = |value: u32| {
        site.put(
            "content/figures/edited.yaml",
            format!(
                "edited: {{label: {names}, value: {value}, unit: people, as-of: 2024-05, reporter: {names}, population: {names}, source: un-wpp-2022}}\n"
            ),
        );
        site.build()
    };
    site.put("content/charts/all.yaml", format!("bars: {{title: {names}, kind: bar, figures: [edited]}}\n"));
    for (lang, _, _) in LANGUAGES {
        if lang != "en" && lang != "he" {
            site.put(&format!("content/{lang}/index.md"), "---\ntitle: T\n---\n");
        }
        site.put(&format!("content/{lang}/edited.md"), "---\ntitle: T\nkey-facts: [\"[=edited:short] (un).\"]\n---\n[=edited] @un-wpp-2022 says.\n\n![Bars.](chart:bars)\n");
    }
    let places = |lang: &str| [format!("{lang}/edited/index.html"), format!("{lang}/figures/index.html")];
    let count = |built: &Built, path: &str, text: &str| built.text(path).matches(text).count();
    let (before, after) = (put(1234), put(2345));
    for (lang, old, new) in LANGUAGES {
        for path in places(lang) {
            assert!(count(&before, &path, old) > 0, "{path} does not show {old}");
            assert_eq!(count(&after, &path, old), 0, "{path} still shows {old}");
            assert_eq!(count(&before, &path, old), count(&after, &path, new), "{path}");
        }
        let page = &places(lang)[0];
        let svg = after.text(page).split("<svg class=\"chart\"").nth(1).unwrap().split("</svg>").next().unwrap();
        assert!(svg.contains(new), "{lang}: the chart does not show {new}");
        let table =
            after.text(page).split("<details class=\"data\"").nth(1).unwrap().split("</details>").next().unwrap();
        assert!(table.contains(new), "{lang}: the table does not show {new}");
        assert_eq!(count(&after, &format!("data/ledger.{lang}.json"), "\"1234\""), 0);
        assert!(count(&after, &format!("data/ledger.{lang}.json"), "\"2345\"") > 0, "{lang}: the ledger");
    }
    for path in [
        "data/figures.csv",
        "data/figures.json",
        "data/figures/edited.csv",
        "data/figures/edited.json",
        "data/charts/bars.csv",
        "data/charts/bars.json",
    ] {
        assert!(count(&before, path, "1234") > 0 && count(&after, path, "2345") > 0, "{path}");
        assert_eq!(count(&after, path, "1234"), 0, "{path}");
    }
}
