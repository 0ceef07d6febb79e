//! A page in a small site, from Markdown to HTML: what is published is balanced and lies where it may, and what is not is explained.

use super::{html, told};
use sourcebook::compile::{self, Compilation, Options};
use sourcebook::diagnostic::has_errors;
use sourcebook::workspace::Unsaved;
use std::path::Path;

const BOOK: &str = "[book]\ntitle = \"A site\"\ndescription = \"For trying.\"\nlanguage = \"en\"\n\n[languages.en]\n[languages.he]\ntitle = \"אתר\"\ndescription = \"לניסיון.\"\n\n[check]\nsource-unarchived = \"allow\"\naccessed-missing = \"allow\"\n";
const SOURCES: &str = "a:\n  type: report\n  title: {en: A report, he: דוח}\n  author: [{family: Doe, given: Jane}]\n  date: 2024-02-16\n  url: https://example.org/a\n  lang: en\n  checked: known\n  quotes: [{id: q1, exact: the words, locator: p. 3}]\nb:\n  type: webpage\n  title: עמוד\n  author: [{org: ארגון}]\n  date: 2023\n  lang: he\n  checked: known\n";
const FIGURES: &str = "n:\n  label: {en: people, he: אנשים}\n  value: 1200\n  unit: people\n  as-of: 2024-01-01\n  reporter: {en: Somebody, he: מישהו}\n  source: a\n  population: {en: everybody, he: כולם}\n";
const INDEX: &str = "---\ntitle: A site\n---\nWords [@a].\n";

/// The site, with one more file in it or another in the place of one. Nothing of it lies on a disk.
pub fn made_with(path: &str, text: &str) -> Compilation {
    let mut unsaved = Unsaved::default();
    for (path, text) in [
        ("book.toml", BOOK),
        ("content/sources/s.yaml", SOURCES),
        ("content/figures/f.yaml", FIGURES),
        ("content/en/index.md", INDEX),
        ("content/he/index.md", "---\ntitle: אתר\n---\nמילים [@a].\n"),
        (path, text),
    ] {
        unsaved.put(path, text);
    }
    let options = Options { unsaved, ..Options::default() };
    compile::build(Path::new("/nowhere/at-all"), &options, &|_, _| ())
}

pub fn run(bytes: &[u8]) {
    let page = format!("---\ntitle: A page\nsummary: Words [@a].\n---\n{}", told::text(bytes));
    let made = made_with("content/en/page.md", &page);
    told::hold(&made.files, &made.diagnostics);
    assert!(made.edition.is_some() || has_errors(&made.diagnostics), "nothing is wrong, and there is no site");
    let Some(edition) = made.edition else { return };
    for (path, bytes) in edition.iter() {
        if path.as_str().rsplit_once('.').is_some_and(|(_, kind)| kind == "html") {
            html::hold(path.as_str(), std::str::from_utf8(bytes).expect("a page is text"));
        }
    }
}
