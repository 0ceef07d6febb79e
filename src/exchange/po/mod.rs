//! The book as units for translators, and what they give back as changes of files.
//!
//! [`export`]: one unit a passage of a page ([`pages`]), one a text of a record that stands in several languages ([`records`]), one or two for the names of
//! a term ([`terms`]), one a form of an interface string ([`interface`]). [`hints`] tells translators what the editors decided about the words.
//! [`import`]: each unit that says something new is spliced into its file, and the file is read again: where anything else would have changed,
//! or a citation would be lost, the unit is refused and the rest goes on. Nothing is written here.

mod edit;
mod hints;
mod interface;
mod pages;
mod records;
mod terms;

use crate::book::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, PageId};
use crate::span::FileId;
use crate::translation::parity::{Difference, Fault};
use crate::translation::po::{self, Returned, Unit};
use crate::translation::record::Record;
use crate::translation::update::Terms;
use crate::unseen::{self, Harm};
use std::collections::BTreeMap;

/// A part of a site that is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The passages of pages.
    Pages,
    /// The texts of sources, figures, events, actors and the like.
    Records,
    /// The names of terms, and what they mean.
    Terms,
    /// Menus and labels.
    Interface,
}

impl Part {
    /// Every part, with its word, in the order of a file.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("pages", Self::Pages), ("records", Self::Records), ("terms", Self::Terms), ("interface", Self::Interface)];
}

/// What of a site is exported.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// These parts; all where none is named.
    pub parts: Vec<Part>,
    /// Of the pages, these; all where none is named.
    pub pages: Vec<PageId>,
}

/// What can be translated into the language at `slot`.
pub fn export(book: &Book, slot: usize, selection: &Selection) -> Vec<Unit> {
    let Some(language) = book.languages.get(slot) else { return Vec::new() };
    let asked = |part: &Part| selection.parts.is_empty() || selection.parts.contains(part);
    let mut units = Vec::new();
    for part in Part::ALL.iter().map(|(_, part)| *part).filter(asked) {
        match part {
            Part::Pages => units.extend(pages::units(book, slot, &selection.pages)),
            Part::Records => units.extend(records::units(book, &language.lang, part)),
            Part::Terms => {
                units.extend(terms::units(book, &language.lang));
                units.extend(records::units(book, &language.lang, part));
            }
            Part::Interface => units.extend(interface::units(book, language)),
        }
    }
    units
}

/// What an import comes to.
#[derive(Debug, Default)]
pub struct Import {
    /// The files that change, by path: what they hold, and what they will.
    pub files: BTreeMap<String, Change>,
    /// The records that change, by page.
    pub records: BTreeMap<PageId, Record>,
    /// How many units said something new.
    pub taken: usize,
    /// How many the translator leaves open: empty, or marked to be looked at again.
    pub open: usize,
    /// What was refused.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was read.
    pub before: String,
    /// What is to be written.
    pub after: String,
}

impl Import {
    /// A file as it will be, as far as that is known.
    fn text<'a>(&'a self, book: &'a Book, file: FileId) -> &'a str {
        self.files.get(book.files.path(file)).map_or(book.files.text(file), |change| change.after.as_str())
    }

    fn set(&mut self, book: &Book, file: FileId, after: String) {
        self.put(book.files.path(file), book.files.text(file), after);
    }

    /// The same of a file that may not be there yet.
    fn text_at<'a>(&'a self, book: &'a Book, path: &str) -> &'a str {
        self.files.get(path).map_or_else(|| read(book, path), |change| change.after.as_str())
    }

    fn set_at(&mut self, book: &Book, path: &str, after: String) {
        self.put(path, read(book, path), after);
    }

    fn put(&mut self, path: &str, before: &str, after: String) {
        let new = || Change { before: before.to_owned(), after: String::new() };
        self.files.entry(path.to_owned()).or_insert_with(new).after = after;
    }

    fn refuse(&mut self, unit: &Returned, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Code::SB426, unit.span, message).help(help));
    }
}

/// Reads what translators gave back. The language is the one that is named, or the file's own.
pub fn import(
    book: &Book,
    file: FileId,
    named: Option<&Lang>,
    terms: Terms,
) -> Result<(usize, Import), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let (language, units) = po::read(file, book.files.text(file), &mut diagnostics);
    let slot = match named {
        Some(named) => book.slot_of(named),
        None => language.as_deref().and_then(|language| slot_of(book, language)),
    };
    let Some(slot) = slot.filter(|slot| *slot > 0) else {
        let start = crate::span::Span::start_of(file);
        let message = match language {
            Some(language) => {
                format!("the file says that its language is `{language}`, into which the site is not translated")
            }
            None => "the file does not say which language it is in".to_owned(),
        };
        diagnostics.push(Diagnostic::new(Code::SB425, start, message).help("name the language with `--lang`"));
        return Err(diagnostics);
    };
    let mut import = Import { diagnostics, ..Import::default() };
    // What comes back as it would be written today says nothing new, and is most of a file.
    let today: BTreeMap<String, Unit> =
        export(book, slot, &Selection::default()).into_iter().map(|unit| (unit.context.clone(), unit)).collect();
    let mut strings = Vec::new();
    for unit in &units {
        let known = today.get(&unit.context).filter(|known| !known.is_fuzzy && !unit.is_fuzzy);
        if known.is_some_and(|known| known.source == unit.source && known.text == unit.text && !unit.text.is_empty()) {
            continue;
        }
        if unit.is_fuzzy || unit.text.trim().is_empty() {
            import.open += 1;
            continue;
        }
        if let Some(unseen) = unit.text.lines().flat_map(unseen::find).find(|unseen| unseen.harm != Harm::Hides) {
            let message = format!("U+{:04X} in it is not seen, and does not stay without effect", u32::from(unseen.c));
            import.refuse(unit, message, "take it out: names, numbers and foreign words are isolated by themselves");
            continue;
        }
        if let Some(place) = unit.context.strip_prefix("ui.").filter(|_| !unit.context.contains('#')) {
            strings.push((place, unit));
            continue;
        }
        if let Some(place) = unit.context.strip_prefix("term.").filter(|_| !unit.context.contains('#')) {
            terms::take(book, slot, place, unit, &mut import);
            continue;
        }
        match unit.context.split_once('#') {
            Some((path, place)) if records::part(path).is_some() => {
                records::take(book, slot, (path, place), unit, &mut import);
            }
            Some((page, place)) => pages::take(book, slot, (page, place), (unit, terms), &mut import),
            None => import.refuse(unit, format!("`{}` is no place of a passage", unit.context), EXPORT),
        }
    }
    interface::take(book, slot, &strings, &mut import);
    let unchanged = |change: &Change| change.before == change.after;
    import.files.retain(|_, change| !unchanged(change));
    Ok((slot, import))
}

/// What was read of a file; nothing where it is not there.
fn read<'a>(book: &'a Book, path: &str) -> &'a str {
    book.files.iter().find(|(_, file)| file.path() == path).map_or("", |(_, file)| file.text())
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What to do with a text that lost what stands beside its words.
const KEEP_MARKS: &str = "give it the citations, figures and footnotes of its source";

/// What to do with a file that does not fit the site any more.
const EXPORT: &str = "export the file anew: `sourcebook translate export` fills in what is translated already";

/// The language that a program means by `he_IL` or `pt_BR`.
fn slot_of(book: &Book, name: &str) -> Option<usize> {
    let tag = name.replace('_', "-");
    let find = |tag: &str| book.languages.iter().position(|language| language.lang.as_str().eq_ignore_ascii_case(tag));
    find(&tag).or_else(|| find(tag.split(['-', '@']).next()?))
}

fn told(fault: &Fault) -> String {
    let listed = |items: &[String]| items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ");
    match fault {
        Fault::Citations(Difference { lost, added })
        | Fault::Figures(Difference { lost, added })
        | Fault::Footnotes(Difference { lost, added }) => {
            if lost.is_empty() {
                format!("this has {}, and the source does not", listed(added))
            } else {
                format!("this loses {} of its source", listed(lost))
            }
        }
        _ => "this is not what its source is".to_owned(),
    }
}

#[cfg(test)]
mod tests;
