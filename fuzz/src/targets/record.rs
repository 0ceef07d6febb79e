//! Records in YAML. The first byte says of which kind: those that people write, by the parsers of their kinds, and the files that the program keeps itself.

use super::page::tidied;
use super::told::{Sheet, text};
use sourcebook::ids::{Lang, PageId};
use sourcebook::manuscript::alone;
use sourcebook::map::data;
use sourcebook::schema::Sort;
use sourcebook::workspace::Role;
use sourcebook::{changes, links, translation};

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let text = text(rest);
    let en = || Lang::parse("en").expect("a language");
    match kind {
        b's' => kept("content/sources/a.yaml", &Role::Source, &text),
        b'f' => kept("content/figures/a.yaml", &Role::Figure, &text),
        b'h' => kept("content/figures/series/a.yaml", &Role::SeriesHeader("a".to_owned()), &text),
        b'e' => kept("content/events/a.yaml", &Role::Event, &text),
        b't' => kept("content/themes.yaml", &Role::Themes, &text),
        b'c' => kept("content/charts/a.yaml", &Role::Chart, &text),
        b'a' => kept("content/actors/a.yaml", &Role::Actors, &text),
        b'g' => kept("content/actors/groups.yaml", &Role::ActorGroups, &text),
        b'w' => kept("content/style/en.yaml", &Role::HouseStyle(en()), &text),
        b'i' => kept("content/strings/en.yaml", &Role::Strings(en()), &text),
        b'd' => kept("content/terms/terms.yaml", &Role::Terms, &text),
        b'n' => kept("content/terms/en.yaml", &Role::TermNames(en()), &text),
        b'm' => kept("content/maps/a.yaml", &Role::Map, &text),
        b'o' => outline(&text),
        b'L' => addresses(&text),
        b'F' => figures(&text),
        b'T' => translated(&text),
        _ => {}
    }
}

/// A file that people write.
fn kept(path: &str, role: &Role, text: &str) {
    let sheet = Sheet::new(path, text);
    sheet.hold(&alone::problems(role, sheet.file, text));
    tidied(Sort::of(path, "content").expect("a kind of file"), sheet.file, text);
}

/// What maps are drawn from.
fn outline(text: &str) {
    let sheet = Sheet::new("content/maps/a.txt", text);
    let mut diagnostics = Vec::new();
    let _ = data::read_file(sheet.file, "a", text, &mut diagnostics);
    sheet.hold(&diagnostics);
}

/// The lock file of addresses elsewhere.
fn addresses(text: &str) {
    let sheet = Sheet::new("links.lock.yaml", text);
    let mut diagnostics = Vec::new();
    let lock = links::read::read(sheet.file, text, &mut diagnostics);
    sheet.hold(&diagnostics);
    if let Some(lock) = lock {
        let again = links::read::read(sheet.file, &links::write::write(&lock), &mut diagnostics);
        assert_eq!(again.as_ref(), Some(&lock));
    }
}

/// The lock file of figures.
fn figures(text: &str) {
    let sheet = Sheet::new("figures.lock.yaml", text);
    let mut diagnostics = Vec::new();
    let lock = changes::read::read(sheet.file, text, &mut diagnostics);
    sheet.hold(&diagnostics);
    if let Some(lock) = lock {
        let written = changes::write::write(&lock);
        let again = changes::read::read(sheet.file, &written, &mut diagnostics);
        let again = again.unwrap_or_else(|| panic!("{written} does not read back: {diagnostics:?}"));
        assert_eq!(changes::write::write(&again), written);
    }
}

/// The record of a translated page.
fn translated(text: &str) {
    let page = PageId::parse("page").expect("a page");
    let sheet = Sheet::new("translations/he/page.yaml", text);
    let mut diagnostics = Vec::new();
    let record = translation::read::read(&page, sheet.file, text, &mut diagnostics);
    sheet.hold(&diagnostics);
    if let Some(record) = record {
        let again =
            translation::read::read(&page, sheet.file, &translation::write::write(&page, &record), &mut diagnostics);
        assert_eq!(again.as_ref(), Some(&record));
    }
}
