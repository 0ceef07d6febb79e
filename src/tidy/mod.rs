//! Brings the text of a file into the form that the site's files have, and never changes what it says.
//!
//! In: a kind of file and its text. Out: the text as it should be. Rules look at a text and propose edits ([`edit`]); an edit that would change
//! what the file says is not made, so a rule need not understand everything: what it does not understand stays as it is. What "says the same" means
//! is decided in [`meaning`] alone, by the parsers that read the site, and is asked once more of the whole before anything is handed out.
//! Uses `schema` for the fields of records and their order, `workspace` and `markdown` to read.

mod edit;
mod fields;
mod layout;
mod markdown;
mod meaning;
mod sheet;
mod yaml;

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::Sort;
use crate::span::{FileId, Files};
use crate::workspace::front_matter;
use crate::workspace::yaml::{self as reader, Excerpt};
use std::borrow::Cow;

/// Why a file stays as it is.
#[derive(Debug)]
pub enum Refusal {
    /// It cannot be read; this is what is wrong.
    Unreadable(Box<Diagnostic>),
    /// It would have said something else: a fault of the program.
    Changed,
}

/// The text of a file of this kind as it should be. `file` is where diagnostics stand.
pub fn tidy(sort: &Sort, file: FileId, text: &str) -> Result<String, Refusal> {
    // Lines may end as Windows ends them, if all do.
    let is_windows = text.contains("\r\n") && text.matches('\n').count() == text.matches("\r\n").count();
    let unix = if is_windows { Cow::from(text.replace("\r\n", "\n")) } else { Cow::from(text) };
    if unix.contains('\r') {
        return Ok(text.to_owned());
    }
    readable(sort, file, &unix)?;
    let tidied = match sort.name {
        "book" => unix.clone().into_owned(),
        "page" => page(sort, &unix),
        _ => yaml::tidy(&unix, sort),
    };
    if !meaning::is_same(sort, &unix, &tidied) {
        return Err(Refusal::Changed);
    }
    Ok(if is_windows { tidied.replace('\n', "\r\n") } else { tidied })
}

fn readable(sort: &Sort, file: FileId, text: &str) -> Result<(), Refusal> {
    let unreadable = |problem: Diagnostic| Refusal::Unreadable(Box::new(problem));
    let (excerpt, code) = match sort.name {
        "book" => return Ok(()),
        "page" => (front_matter::split(file, text).map_err(unreadable)?.head, Code::SB104),
        _ => (Excerpt { file, text, offset: 0 }, Code::SB106),
    };
    reader::read(excerpt, code).map(drop).map_err(unreadable)
}

/// A page: its head as YAML, its body as Markdown.
fn page(sort: &Sort, text: &str) -> String {
    let Some((head, body)) = parts(text) else { return text.to_owned() };
    let before = text.get(..head.start).unwrap_or("");
    let fence = text.get(head.end..body.start).unwrap_or("");
    let slice = |range| text.get(range).unwrap_or("");
    let fence = if fence.ends_with('\n') { "---\n" } else { fence };
    [before, &yaml::tidy(slice(head), sort), fence, &markdown::tidy(slice(body))].concat()
}

/// Where the head of a page and its body stand.
fn parts(text: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let split = front_matter::split(nowhere(), text).ok()?;
    let head = split.head.offset..split.head.offset + split.head.text.len();
    Some((head, split.body_offset..text.len()))
}

/// A file for texts of which nothing is ever shown.
fn nowhere() -> FileId {
    Files::default().add("", "")
}

#[cfg(test)]
mod tests;
