//! The texts of records that stand in several languages as units: titles of sources, words of figures, events, charts, meanings of terms.
//!
//! A text is found by its place in its file (`sources/casualties.yaml#ap-moh-2023-10/title`), whatever record it belongs to, so that a new field of a
//! record is translated without a word here.

use super::edit::{self, New};
use super::{EXPORT, Import, Part, hints, one_line};
use crate::book::Book;
use crate::ids::Lang;
use crate::span::{FileId, Span};
use crate::translation::marks::Marks;
use crate::translation::parity;
use crate::translation::po::{Returned, Unit};
use crate::workspace::node::{Key, Node, Value};

/// The folders of records.
const FOLDERS: &[&str] = &["sources/", "figures/", "events/", "charts/", "maps/", "actors/"];

/// The files of records that are no folder's.
const FILES: &[(&str, Part)] = &[("themes.yaml", Part::Records), ("terms/terms.yaml", Part::Terms)];

/// What stands in the languages of those whom a record tells of, and is not translated into others.
const UNTRANSLATED: &[&str] = &["native", "names"];

/// Which part of the site a file of records is; none where it is no such file.
pub(super) fn part(path: &str) -> Option<Part> {
    let of_folder = FOLDERS.iter().any(|folder| path.starts_with(folder))
        && path.rsplit_once('.').is_some_and(|(_, extension)| extension == "yaml");
    let file = FILES.iter().find(|(file, _)| *file == path).map(|(_, part)| *part);
    file.or(of_folder.then_some(Part::Records))
}

/// A text in several languages.
struct Text<'n> {
    place: Vec<String>,
    entries: &'n [(Key, Node)],
    /// The language of what the record describes, where it has one.
    original: Option<&'n str>,
}

impl Text<'_> {
    fn in_language(&self, lang: &Lang) -> Option<(Span, &str)> {
        let (_, node) = self.entries.iter().find(|(key, _)| key.text == lang.as_str())?;
        node.as_text().map(|text| (node.span, text.trim()))
    }

    /// The field that it is.
    fn name(&self) -> &str {
        self.place.iter().rfind(|step| step.parse::<usize>().is_err()).map_or("text", String::as_str)
    }
}

/// The units of a part's records, file by file.
pub(super) fn units(book: &Book, lang: &Lang, of: Part) -> Vec<Unit> {
    let Some(source) = book.source_language().map(|language| &language.lang) else { return Vec::new() };
    let mut units = Vec::new();
    for (file, path) in files(book).into_iter().filter(|(_, path)| part(path) == Some(of)) {
        let Some(root) = edit::tree(book.files.text(file)) else { continue };
        for text in texts(book, &root) {
            let Some((span, words)) = text.in_language(source).filter(|(_, words)| !words.is_empty()) else { continue };
            let line = book.files.positions(Span { file, ..span }).map_or(1, |(start, _)| start.line);
            let mut hints = vec![format!("What: {}", text.name())];
            if text.original == Some(lang.as_str()) && matches!(text.name(), "title" | "container" | "exact") {
                hints.push(
                    "Original: what is quoted is written in this language; it must stay as it stands there".to_owned(),
                );
            }
            hints.extend(hints::terms(book, words, lang));
            units.push(Unit {
                context: format!("{path}#{}", text.place.join("/")),
                source: words.to_owned(),
                text: text.in_language(lang).map(|(_, words)| words.to_owned()).unwrap_or_default(),
                hints,
                reference: format!("{}:{line}", book.files.path(file)),
                ..Unit::default()
            });
        }
    }
    units
}

fn files(book: &Book) -> Vec<(FileId, String)> {
    let folder = format!("{}/", book.config.content_dir);
    let below = book.files.iter().filter_map(|(id, file)| Some((id, file.path().strip_prefix(&folder)?.to_owned())));
    below.filter(|(_, path)| part(path).is_some()).collect()
}

fn texts<'n>(book: &Book, root: &'n Node) -> Vec<Text<'n>> {
    let mut walk = Walk { book, place: Vec::new(), found: Vec::new() };
    walk.node(root, None);
    walk.found
}

struct Walk<'b, 'n> {
    book: &'b Book,
    place: Vec<String>,
    found: Vec<Text<'n>>,
}

impl<'n> Walk<'_, 'n> {
    fn node(&mut self, node: &'n Node, original: Option<&'n str>) {
        match &node.value {
            Value::Map(entries) => {
                let is_language = |key: &Key| self.book.config.has_language(&key.text);
                let all_texts =
                    entries.iter().all(|(key, value)| Lang::parse(&key.text).is_some() && value.as_text().is_some());
                if !entries.is_empty() && all_texts && entries.iter().any(|(key, _)| is_language(key)) {
                    self.found.push(Text { place: self.place.clone(), entries, original });
                    return;
                }
                let own = entries.iter().find(|(key, _)| key.text == "lang").and_then(|(_, node)| node.as_text());
                for (key, value) in entries.iter().filter(|(key, _)| !UNTRANSLATED.contains(&key.text.as_str())) {
                    self.below(key.text.clone(), value, own.or(original));
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.below((index + 1).to_string(), item, original);
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, step: String, node: &'n Node, original: Option<&'n str>) {
        self.place.push(step);
        self.node(node, original);
        self.place.pop();
    }
}

/// Takes a unit in, if it fits.
pub(super) fn take(book: &Book, slot: usize, (path, place): (&str, &str), unit: &Returned, import: &mut Import) {
    let known = files(book).into_iter().find(|(_, own)| own == path);
    let (Some((file, _)), Some(source), Some(language)) = (known, book.source_language(), book.languages.get(slot))
    else {
        return import.refuse(unit, format!("the site has no file `{path}`"), EXPORT);
    };
    let text = import.text(book, file).to_owned();
    let root = edit::tree(&text);
    let all = root.as_ref().map(|root| texts(book, root)).unwrap_or_default();
    let Some(old) = all.iter().find(|text| text.place.join("/") == place) else {
        return import.refuse(unit, format!("`{path}` has no text `{place}` any more"), EXPORT);
    };
    let words = old.in_language(&source.lang).filter(|(_, words)| *words == unit.source.trim());
    let Some((span, words)) = words else {
        return import.refuse(unit, "the source has changed since the file was exported", EXPORT);
    };
    let wanted = one_line(&unit.text);
    if old.in_language(&language.lang).is_some_and(|(_, words)| words == wanted) {
        return;
    }
    if let Some(fault) = parity::marks(&Marks::of_text(words, span), &Marks::of_text(&wanted, span)).first() {
        return import.refuse(unit, super::told(fault), super::KEEP_MARKS);
    }
    let steps: Vec<&str> = old.place.iter().map(String::as_str).chain([language.lang.as_str()]).collect();
    match edit::set(&text, &steps, New::Text(&wanted), None) {
        Some(after) => {
            import.set(book, file, after);
            import.taken += 1;
        }
        None => import.refuse(unit, "this cannot be put into the record", format!("write it into `{path}` by hand")),
    }
}
