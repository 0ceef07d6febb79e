//! The texts of records that stand in several languages as units: titles of sources, words of figures, events, charts.
//!
//! A text is found by its place in its file (`sources/casualties.yaml#ap-moh-2023-10/title`), whatever record it belongs to, so that a new field of a
//! record is translated without a word here.

use super::{EXPORT, Import};
use crate::book::Book;
use crate::diagnostic::Code;
use crate::ids::Lang;
use crate::span::{FileId, Span};
use crate::translation::po::{Returned, Unit};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::quote::quoted;
use crate::workspace::yaml::{self, Excerpt};

/// The folders of records.
const FOLDERS: &[&str] = &["sources/", "figures/", "events/", "charts/", "terms/"];

/// Whether a unit is of a record, not of a page.
pub(super) fn is_record(path: &str) -> bool {
    FOLDERS.iter().any(|folder| path.starts_with(folder))
        && path.rsplit_once('.').is_some_and(|(_, extension)| extension == "yaml")
}

/// A text in several languages.
struct Text<'n> {
    path: String,
    span: Span,
    entries: &'n [(Key, Node)],
}

impl Text<'_> {
    fn in_language(&self, lang: &Lang) -> Option<(&Node, &str)> {
        let (_, node) = self.entries.iter().find(|(key, _)| key.text == lang.as_str())?;
        node.as_text().map(|text| (node, text.trim()))
    }
}

/// The units of all records, file by file.
pub(super) fn units(book: &Book, lang: &Lang) -> Vec<Unit> {
    let Some(source) = book.source_language().map(|language| &language.lang) else { return Vec::new() };
    let mut units = Vec::new();
    for (file, path) in files(book) {
        let Some(root) = tree(file, book.files.text(file)) else { continue };
        for text in texts(book, &root) {
            let Some((node, words)) = text.in_language(source) else { continue };
            let line = book.files.positions(node.span).map_or(1, |(start, _)| start.line);
            units.push(Unit {
                context: format!("{path}#{}", text.path),
                source: words.to_owned(),
                text: text.in_language(lang).map(|(_, words)| words.to_owned()).unwrap_or_default(),
                hints: vec![format!(
                    "What: {}",
                    text.path.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or("text")
                )],
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
    below.filter(|(_, path)| is_record(path)).collect()
}

fn tree(file: FileId, text: &str) -> Option<Node> {
    yaml::read(Excerpt { file, text, offset: 0 }, Code::SB106).ok()
}

fn texts<'n>(book: &Book, root: &'n Node) -> Vec<Text<'n>> {
    let mut found = Vec::new();
    walk(book, root, String::new(), &mut found);
    found
}

fn walk<'n>(book: &Book, node: &'n Node, path: String, found: &mut Vec<Text<'n>>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    match &node.value {
        Value::Map(entries) => {
            let is_language = |key: &Key| book.config.has_language(&key.text);
            let all_texts =
                entries.iter().all(|(key, value)| Lang::parse(&key.text).is_some() && value.as_text().is_some());
            if !entries.is_empty() && all_texts && entries.iter().any(|(key, _)| is_language(key)) {
                found.push(Text { path, span: node.span, entries });
                return;
            }
            for (key, value) in entries {
                walk(book, value, below(&key.text), found);
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(book, item, below(&(index + 1).to_string()), found);
            }
        }
        _ => {}
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
    let root = tree(file, &text);
    let all = root.as_ref().map(|root| texts(book, root)).unwrap_or_default();
    let Some(old) = all.iter().find(|text| text.path == place) else {
        return import.refuse(unit, format!("`{path}` has no text `{place}` any more"), EXPORT);
    };
    if old.in_language(&source.lang).is_none_or(|(_, words)| words != unit.source.trim()) {
        return import.refuse(unit, "the source has changed since the file was exported", EXPORT);
    }
    let wanted = unit.text.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ");
    let own = old.in_language(&language.lang);
    if own.is_some_and(|(_, words)| words == wanted) {
        return;
    }
    let after = match own {
        Some((node, _)) => replaced(&text, node.span.range(), &quoted(&wanted)),
        None => added(&text, old, &language.lang, &wanted),
    };
    let fits = after.filter(|after| {
        let root = tree(file, after);
        let now = root.as_ref().map(|root| texts(book, root)).unwrap_or_default();
        let found = now.iter().find(|text| text.path == place);
        now.len() == all.len()
            && found.is_some_and(|text| text.in_language(&language.lang).is_some_and(|(_, words)| words == wanted))
    });
    match fits {
        Some(after) => {
            import.set(book, file, after);
            import.taken += 1;
        }
        None => import.refuse(unit, "this cannot be put into the record", format!("write it into `{path}` by hand")),
    }
}

fn replaced(text: &str, range: std::ops::Range<usize>, new: &str) -> Option<String> {
    Some(format!("{}{new}{}", text.get(..range.start)?, text.get(range.end..)?))
}

/// A language that the text does not have yet, after the last that it has.
fn added(text: &str, old: &Text<'_>, lang: &Lang, words: &str) -> Option<String> {
    let (first, _) = old.entries.first()?;
    let (_, last) = old.entries.last()?;
    let end = last.span.end as usize;
    let is_flow = text.get(old.span.start as usize..)?.starts_with('{');
    let new = if is_flow {
        format!(", {lang}: {}", quoted(words))
    } else {
        let before = text.get(..first.span.start as usize)?;
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        format!("\n{}{lang}: {}", " ".repeat(column), quoted(words))
    };
    replaced(text, end..end, &new)
}
