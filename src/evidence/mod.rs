//! Book → Edition for reviewers: what every statement rests on, and how that was checked, in files that spreadsheets and programs read.
//!
//! 1. [`audit`](crate::audit) gives the ledger of each language; [`quotes`] lists every stored passage with the statements that cite it.
//! 2. [`library`] has the records of the sources whole: facts, how and when each was checked, quotations, places.
//! 3. [`copies`] has the editors' copies of sources where their licences let them be handed on, and says of all others why not.
//! 4. [`translations`] says which wording each passage was translated from; [`inputs`] names every file of the content by its hash.
//! 5. [`readme`] tells in plain words what is there and how to check it.
//!
//! What is not published is not here either: drafts, and facts that nobody has checked. Stands beside `site` and, like it, writes nothing.
//! Uses `book` and what is below it, `audit`, `exchange`, and `site::edition` for the set of files.

pub mod copies;
mod inputs;
mod library;
mod quotes;
mod readme;
mod translations;

use crate::audit::{self, Entry, Scope, csv, json};
use crate::book::Book;
use crate::site::edition::{Edition, OutPath, Stamp};
use copies::Copies;
use std::sync::Arc;

/// A file: its path and its bytes.
type File = (String, Arc<[u8]>);

/// Gathers everything. `copies` are the bytes of what [`copies::wanted`] names.
pub fn edition(book: &Book, copies: &Copies, stamp: Stamp) -> Edition {
    let ledger = audit::ledger(book, &Scope::default());
    let sources = library::sources(book);
    let kept = copies::kept(book, &sources);
    let mut files = ledgers(book, &ledger);
    files.extend(library::files(book, &sources));
    files.push(text("library/quotes.csv", quotes::table(book, &sources, &ledger)));
    files.extend(copies::files(&kept, copies));
    files.push(text("inputs.csv", inputs::table(book)));
    files.extend(translations::files(book));
    files.push(text("README.txt", readme::write(book, &stamp, &sources, &ledger, &kept)));
    let mut edition = Edition::new(stamp);
    for (path, bytes) in files {
        if let Some(path) = OutPath::parse(&path) {
            edition.add(path, bytes);
        }
    }
    edition
}

/// The ledger of each language, as the command `ledger` writes it.
fn ledgers(book: &Book, ledger: &[Entry]) -> Vec<File> {
    let of_language =
        |lang: &str| -> Vec<Entry> { ledger.iter().filter(|entry| entry.language == lang).cloned().collect() };
    let languages = book.languages.iter().map(|language| language.lang.as_str());
    languages
        .flat_map(|lang| {
            let entries = of_language(lang);
            [
                text(&format!("audit/ledger.{lang}.json"), json::render(&entries)),
                text(&format!("audit/ledger.{lang}.csv"), csv::render(&entries)),
            ]
        })
        .collect()
}

fn text(path: &str, text: String) -> File {
    (path.to_owned(), text.into_bytes().into())
}
