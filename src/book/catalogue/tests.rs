use super::*;
use crate::book::{LinkOptions, link};
use crate::{manuscript, workspace};

#[test]
fn an_address_suits_every_file_system() {
    let address = |id: &str| address(&SourceId::parse(id).unwrap());
    assert_eq!(address("hrw-2024"), "hrw-2024");
    assert_eq!(address("Morris.2004"), "morris.2004");
    assert_eq!(address("a."), "a._");
    assert_eq!(address("kind"), "_kind");
    assert_eq!(address("CON.2024"), "_con.2024");
    let long = address(&"x".repeat(300));
    assert_eq!(long.len(), 100);
    assert_ne!(long, address(&"x".repeat(301)));
}

/// A book of two languages, of which the second has the home page only.
fn book() -> Book {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let source =
        |id: &str, more: &str| format!("{id}: {{type: report, lang: en, title: T, checked: stored-page{more}}}\n");
    let sources = [
        source("cited", ", chain: [relied, unread]"),
        source("counted", ""),
        source("countered", ""),
        source("carrier", ", superseded-by: [newer]"),
        source("newer", ""),
        source("relied", ", chain: [deep]"),
        source("deep", ""),
        source("unused", ", chain: [cited]"),
        "unread: {type: report, lang: en, title: T, checked: known}\n".to_owned(),
    ];
    write("book.toml", "[book]\ntitle = \"T\"\n[languages.en]\n[languages.he]\n");
    write("content/sources/all.yaml", &sources.concat());
    write(
        "content/figures/all.yaml",
        "f: {label: F, value: 5, unit: people, as-of: 2024, source: counted, via: carrier, counter-figures: [g]}\n\
         g: {label: G, value: 6, unit: people, as-of: 2024, source: countered}\n",
    );
    write("content/en/index.md", "---\ntitle: T\n---\nOne. Two [@cited; @counted, p. 3]. Three [@cited].\n");
    write("content/en/page.md", "---\ntitle: P\n---\n## Of them [@counted]\n\nThere were [=f].\n");
    write("content/he/index.md", "---\ntitle: T\n---\nאחת [@cited].\n");
    let (space, _) = workspace::load(folder.path()).map_err(|error| error.diagnostics).unwrap();
    let (manuscript, _) = manuscript::parse_workspace(&space);
    link(space.files, space.config, space.images, manuscript, LinkOptions::default()).0
}

#[test]
fn sources_are_met_directly_by_a_figure_or_in_a_chain() {
    let book = book();
    let catalogue = Catalogue::of(&book);
    let ids: Vec<&str> = catalogue.entries().map(|entry| entry.source.id.as_str()).collect();
    assert_eq!(ids, ["carrier", "cited", "counted", "countered", "deep", "newer", "relied"]);
    let relied: Vec<(&str, &str)> = catalogue
        .entries()
        .flat_map(|entry| entry.relied_on_by.iter().map(|other| (entry.source.id.as_str(), other.id.as_str())))
        .collect();
    assert_eq!(relied, [("deep", "relied"), ("relied", "cited")]);
}

#[test]
fn a_reader_gets_the_statements_of_the_pages_that_the_reader_gets() {
    let book = book();
    let catalogue = Catalogue::of(&book);
    let told = |id: &str, language: usize| -> Vec<String> {
        let entry = catalogue.entries().find(|entry| entry.source.id.as_str() == id).unwrap();
        catalogue
            .citing(entry, language)
            .map(|citing| {
                let places: Vec<String> = citing.marks.iter().map(Mark::anchor).collect();
                let text = citing.stated.map_or("–".to_owned(), |stated| stated.claim.text().replace("[=f]", "5"));
                format!("{} {text} {}", book.page(citing.page).unwrap().id, places.join(" "))
            })
            .collect()
    };
    assert_eq!(told("cited", 0), [" One. c-1", " Two. c-1", " Three. c-3"]);
    assert_eq!(told("cited", 1), [" אחת. c-1"]);
    assert_eq!(told("counted", 0), [" One. c-2", " Two. c-2", "page There were 5. n-1", "page – c-1"]);
    // The page is not translated, so a reader of Hebrew gets the English one.
    assert_eq!(told("counted", 1), ["page There were 5. n-1", "page – c-1"]);
    assert_eq!(told("carrier", 0), ["page There were 5. n-1"]);
    assert_eq!(told("countered", 0), [""; 0]);
}

#[test]
fn figures_know_where_they_are_shown() {
    let book = book();
    let catalogue = Catalogue::of(&book);
    let drawn = |id: &str| -> Vec<String> {
        let entry = catalogue.entries().find(|entry| entry.source.id.as_str() == id).unwrap();
        let figures = catalogue.drawn(entry, 1);
        let places = figures.iter().flat_map(|figure| {
            figure.places.iter().map(|(page, beside)| {
                format!("{} on {} beside {}", figure.reference.id, book.page(*page).unwrap().id, beside.id)
            })
        });
        places.collect()
    };
    assert_eq!(drawn("counted"), ["f on page beside f"]);
    assert_eq!(drawn("countered"), ["g on page beside f"]);
    assert_eq!(drawn("cited"), [""; 0]);
}
