//! What a preview shows at once is what a whole build would show: random edits of pages, templates and sources, each taken in and held against a build from nothing.
//!
//! `PREVIEW_EDITS` says how many edits are tried; `scripts/soak at_once` tries many.

use crate::edits::{cut, retitled, try_random};
use crate::support::{Site, fixtures, told};
use proptest::prelude::*;
use sourcebook::compile::{self, Options, Preview};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

const PAGES: [&str; 3] = ["content/en/index.md", "content/en/documents/declaration.md", "content/he/index.md"];
const SOURCES: &str = "content/sources/sources.yaml";
const TEMPLATE: &str = "templates/partials/footer.html";

/// What is done to a file.
#[derive(Debug, Clone)]
enum Edit {
    /// Another title.
    Title(usize, String),
    /// A passage at the end.
    Add(usize, &'static str),
    /// The last paragraph goes.
    Cut(usize),
    /// The text as it was at first.
    Undo(usize),
    /// A word in the title of a source.
    Source(String),
    /// Something that every page shows.
    Template(String),
    /// A page that is not right.
    Break(usize),
    /// What no preview takes in.
    Settings(String),
}

const PASSAGES: &[&str] = &[
    "It was adopted in Paris [@udhr-1948].",
    "## More\n\nThe Charter came before it [@un-charter-1945; @gciv-1949, art. 51].",
    "There are [=icj-judges] judges.",
    "> [!note]\n> The Convention protects civilians [@gciv-1949].",
    "- one [@udhr-1948]\n- two [@un-charter-1945]",
    "אמנת ז׳נבה [@gciv-1949] 1948 and 1949.",
];

fn edit() -> impl Strategy<Value = Edit> {
    let page = || 0..PAGES.len();
    let word = || "[A-Za-zא-ת<&\u{e9}]{1,8}";
    prop_oneof![
        3 => (page(), word()).prop_map(|(page, word)| Edit::Title(page, word)),
        6 => (page(), proptest::sample::select(PASSAGES)).prop_map(|(page, passage)| Edit::Add(page, passage)),
        2 => page().prop_map(Edit::Cut),
        2 => page().prop_map(Edit::Undo),
        3 => word().prop_map(Edit::Source),
        2 => "[a-z]{1,6}".prop_map(Edit::Template),
        1 => page().prop_map(Edit::Break),
        1 => "[a-z]{1,6}".prop_map(Edit::Settings),
    ]
}

/// Does it, and says to which file.
fn apply(site: &Site, first: &BTreeMap<PathBuf, String>, edit: &Edit) -> PathBuf {
    let root = site.root().canonicalize().unwrap();
    let change = |path: &str, change: &dyn Fn(String) -> String| {
        let path = root.join(path);
        fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
        path
    };
    match edit {
        Edit::Title(page, word) => change(PAGES[*page], &|text| retitled(&text, word)),
        Edit::Add(page, passage) => change(PAGES[*page], &|text| format!("{text}\n{passage}\n")),
        Edit::Cut(page) => change(PAGES[*page], &cut),
        Edit::Undo(page) => {
            let path = root.join(PAGES[*page]);
            fs::write(&path, &first[&path]).unwrap();
            path
        }
        Edit::Source(word) => {
            change(SOURCES, &|text| text.replacen("{en: \"Charter", &format!("{{en: \"{word} Charter"), 1))
        }
        Edit::Template(word) => change(TEMPLATE, &|text| format!("{text}<p>{word}</p>\n")),
        Edit::Break(page) => change(PAGES[*page], &|text| format!("{text}\nNobody says this [@nobody].\n")),
        Edit::Settings(word) => {
            change("book.toml", &|text| text.replacen("title = \"", &format!("title = \"{word} "), 1))
        }
    }
}

/// A whole build: every file by its path, or what is wrong, and the preview of it.
fn whole(site: &Site) -> (Option<BTreeMap<String, String>>, Option<Preview>, String) {
    let (compilation, preview) = compile::preview(&site.root(), &Options::default(), &|_, _| {});
    let said = told(&compilation);
    let texts = compilation.edition.map(|edition| {
        let html = edition.iter().filter(|(path, _)| path.as_str().ends_with("index.html"));
        html.map(|(path, bytes)| (path.as_str().to_owned(), String::from_utf8(bytes.to_vec()).unwrap())).collect()
    });
    (texts, preview, said)
}

/// Takes the edits in one after the other, and holds every page of the book against a build from nothing. How many were taken in.
fn try_edits(edits: &[Edit]) -> Result<usize, TestCaseError> {
    try_edits_of(&Site::base(), edits)
}

fn try_edits_of(site: &Site, edits: &[Edit]) -> Result<usize, TestCaseError> {
    let own = fs::read_to_string(crate::support::repository().join(TEMPLATE)).unwrap();
    site.put(TEMPLATE, own);
    let root = site.root().canonicalize().unwrap();
    let first = PAGES.map(|page| (root.join(page), fs::read_to_string(root.join(page)).unwrap())).into();
    let (_, preview, said) = whole(site);
    let mut preview = preview.unwrap_or_else(|| panic!("{said}"));
    let mut taken = 0;
    for edit in edits {
        let path = apply(site, &first, edit);
        let is_taken = preview.take_in(&path);
        let (pages, fresh, said) = whole(site);
        prop_assert!(!is_taken || !matches!(edit, Edit::Break(_)), "{edit:?} was taken in, and yet: {said}");
        taken += usize::from(is_taken);
        // What a site with errors shows is for the next good build to say.
        let Some(pages) = pages else { continue };
        if is_taken {
            let shown = pages.iter().filter_map(|(path, text)| Some((path, text, preview.page(path)?)));
            let mut count = 0;
            for (path, text, shown) in shown {
                prop_assert_eq!(text, &shown, "{} after {:?}", path, edit);
                count += 1;
            }
            prop_assert!(count >= PAGES.len(), "{count} pages of the book were shown");
        } else if let Some(fresh) = fresh {
            preview = fresh;
        }
    }
    Ok(taken)
}

#[test]
fn what_is_shown_at_once_is_what_is_built() {
    try_random("PREVIEW_EDITS", edit(), try_edits);
}

#[test]
fn every_kind_of_edit_is_taken_in() {
    let edits = [
        Edit::Add(0, PASSAGES[0]),
        Edit::Title(1, "<b>".to_owned()),
        Edit::Source("Other".to_owned()),
        Edit::Template("word".to_owned()),
        Edit::Cut(0),
    ];
    assert_eq!(try_edits(&edits).unwrap(), edits.len());
}

/// Where a style cites by author and date, what a page cites decides how each citation is printed.
#[test]
fn citations_by_author_and_date_are_made_anew() {
    let site = Site::base();
    let book = fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.put("book.toml", format!("{book}\n[citations]\nstyle = \"styles/house.csl\"\n"));
    site.put("styles/house.csl", fs::read(fixtures().join("styles/author-date.csl")).unwrap());
    let edits = [
        Edit::Add(0, PASSAGES[1]),
        Edit::Add(1, PASSAGES[1]),
        Edit::Cut(0),
        Edit::Source("Other".to_owned()),
        Edit::Add(0, PASSAGES[0]),
    ];
    assert_eq!(try_edits_of(&site, &edits).unwrap(), edits.len());
}

#[test]
fn what_is_wrong_is_not_taken_in() {
    let site = Site::base();
    let (_, preview, _) = whole(&site);
    let mut preview = preview.unwrap();
    let page = site.root().canonicalize().unwrap().join(PAGES[1]);
    let before = preview.page("en/documents/declaration/index.html").unwrap();
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, format!("{text}\nNobody says this [@nobody].\n")).unwrap();
    assert!(!preview.take_in(&page));
    assert_eq!(preview.page("en/documents/declaration/index.html").unwrap(), before);
    fs::write(&page, format!("{text}\nIt was adopted in Paris [@udhr-1948].\n")).unwrap();
    assert!(preview.take_in(&page));
    assert!(preview.page("en/documents/declaration/index.html").unwrap().contains("adopted in Paris"));
    // Sources that come or go change more than a page.
    site.put("content/sources/more.yaml", "");
    assert!(!preview.take_in(&site.root().canonicalize().unwrap().join("content/sources/more.yaml")));
    assert!(!preview.take_in(&site.beside("elsewhere.md")));
    fs::remove_file(&page).unwrap();
    assert!(!preview.take_in(&page));
}
