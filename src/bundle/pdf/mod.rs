//! A language on paper: its pages one after another, as a browser prints them.
//!
//! 1. [`choice`] says which pages: those that were asked for, else all but the lists that gather what the others have.
//! 2. [`document`] binds them: the theme's style sheet with its rules for paper, a title, a table of contents; nothing that paper cannot do.
//! 3. A [`Printer`] makes a PDF of it. Who that is, this room does not know: it starts no program.
//! 4. [`steady`] puts the content's own date into it in place of the clock's.
//!
//! Uses `bundle::bound`, `bundle::pages`, `site::address`, `site::edition`, `site::volume`, `ids`.

mod choice;
mod document;
mod steady;

use super::{Bundle, BundleError, Format};
use crate::site::edition::Edition;
use crate::site::volume::Volume;
pub(super) use choice::check;
use std::fmt;
pub(super) use steady::recognises;

/// What a PDF says made it, by which it is known again as one that may be replaced.
pub const CREATOR: &str = concat!("Sourcebook/", env!("CARGO_PKG_VERSION"));

/// Makes a PDF of a document in HTML: with bookmarks, tagged, in the language of the document, made by [`CREATOR`].
pub trait Printer: fmt::Debug + Send + Sync {
    /// Prints a document that needs nothing beside it. What stood in the way is said to people.
    fn print(&self, html: &str) -> Result<Vec<u8>, String>;
}

/// What a PDF needs besides the edition.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// Who prints.
    pub printer: &'a dyn Printer,
    /// The pages to be printed, each with those below it, such as `humanitarian/food`; all where there is none.
    pub pages: &'a [String],
}

/// Prints a language. `None` where it has none of the pages.
pub(super) fn pack(edition: &Edition, volume: &Volume, paper: &Paper<'_>) -> Result<Option<Bundle>, BundleError> {
    let Some(chosen) = choice::choose(volume, paper.pages) else { return Ok(None) };
    let html = document::write(edition, &chosen);
    let printed = paper.printer.print(&html).map_err(BundleError::Printing)?;
    let bytes = steady::with_date(printed, edition.stamp.date).map_err(BundleError::Printing)?;
    let unpacked = bytes.len() as u64;
    let lang = Some(volume.lang.clone());
    Ok(Some(Bundle { format: Format::Pdf, part: choice::name(paper.pages), lang, bytes, files: 1, unpacked }))
}
