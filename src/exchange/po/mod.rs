//! The book as units for translators, and what they give back as changes of files.
//!
//! [`export`]: one unit a passage of a page ([`pages`]), one a text of a record that stands in several languages ([`records`]).
//! [`import`]: each unit that says something new is spliced into its file, and the file is read again: where anything else would have changed,
//! or a citation would be lost, the unit is refused and the rest goes on. Nothing is written here.

mod pages;
mod records;

use crate::book::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, PageId};
use crate::span::FileId;
use crate::translation::po::{self, Returned, Unit};
use crate::translation::record::Record;
use crate::translation::update::Terms;
use std::collections::BTreeMap;

/// Everything that can be translated into the language at `slot`.
pub fn export(book: &Book, slot: usize) -> Vec<Unit> {
    let Some(language) = book.languages.get(slot) else { return Vec::new() };
    let mut units = pages::units(book, slot);
    units.extend(records::units(book, &language.lang));
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
        let before = || book.files.text(file).to_owned();
        let path = book.files.path(file).to_owned();
        let change = self.files.entry(path).or_insert_with(|| Change { before: before(), after: String::new() });
        change.after = after;
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
        Some(named) => book.languages.iter().position(|other| other.lang == *named),
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
        export(book, slot).into_iter().map(|unit| (unit.context.clone(), unit)).collect();
    for unit in &units {
        let known = today.get(&unit.context).filter(|known| !known.is_fuzzy && !unit.is_fuzzy);
        if known.is_some_and(|known| known.source == unit.source && known.text == unit.text && !unit.text.is_empty()) {
            continue;
        }
        if unit.is_fuzzy || unit.text.trim().is_empty() {
            import.open += 1;
            continue;
        }
        match unit.context.split_once('#') {
            Some((path, place)) if records::is_record(path) => {
                records::take(book, slot, (path, place), unit, &mut import);
            }
            Some((page, place)) => pages::take(book, slot, (page, place), (unit, terms), &mut import),
            None => import.refuse(unit, format!("`{}` is no place of a passage", unit.context), EXPORT),
        }
    }
    let unchanged = |change: &Change| change.before == change.after;
    import.files.retain(|_, change| !unchanged(change));
    Ok((slot, import))
}

/// What to do with a file that does not fit the site any more.
const EXPORT: &str = "export the file anew: `sourcebook translate export` fills in what is translated already";

/// The language that a program means by `he_IL` or `pt_BR`.
fn slot_of(book: &Book, name: &str) -> Option<usize> {
    let tag = name.replace('_', "-");
    let find = |tag: &str| book.languages.iter().position(|language| language.lang.as_str().eq_ignore_ascii_case(tag));
    find(&tag).or_else(|| find(tag.split(['-', '@']).next()?))
}
