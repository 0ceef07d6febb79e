//! Book → what it rests on: every statement with its evidence, and the counts of the whole.
//!
//! 1. [`entry`] is the typed ledger: one [`Entry`] a statement, in the words of the page's language, with everything that supports it.
//! 2. [`gather`] makes it from the book, page by page: [`told`] is a statement as it stands there, [`records`] what the library adds.
//! 3. [`json`] and [`csv`] write it for programs, [`published`] for a site; the sheet for people is a page, and made by `site`.
//! 4. [`survey`] counts the same book: statements by coverage, sources by kind, language, affiliation and year.
//!
//! Says what is, and judges nothing. Uses `book` and what is below it.

pub mod csv;
pub mod entry;
mod gather;
pub mod json;
mod published;
mod records;
pub mod survey;
mod told;

pub use entry::Entry;
pub use gather::{Scope, ledger, of_version, published};
pub use survey::Survey;
