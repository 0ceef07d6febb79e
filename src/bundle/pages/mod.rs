//! Pages of an edition as trees that a format can change, and where their links lead.
//!
//! 1. [`read`] parses a page and takes its `<main>`, with the language and the direction that hold there. [`trim`] leaves out what no copy
//!    without its folder can use: scripts, downloads, the ways to the neighbours on the shelf.
//! 2. A format walks the [`tree`]: it asks [`target`] where a link leads, and writes what leads there in itself.
//!    [`unfold`] puts one under the other what stands side by side, where there is no room for it.
//! 3. [`write`] writes the tree as HTML or as XHTML, which is read by XML's rules.
//!
//! Uses `site::address`, `site::edition` and `site::volume`. The HTML is our own, but by way of templates that anybody may write: whatever stands in it is parsed as
//! browsers parse it, and nothing of it is believed.

mod comparison;
mod links;
mod parse;
mod tree;
mod trim;
mod write;

pub(in crate::bundle) use comparison::unfold;
pub(in crate::bundle) use links::{Target, target};
pub(in crate::bundle) use tree::{Element, Node, Space};
pub(in crate::bundle) use write::{Syntax, escape, write};

use crate::site::edition::Edition;
use crate::site::volume::Leaf;

/// What a page says, without the frame of the site around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bundle) struct Page {
    /// The language that holds in it: of its text, not of its reader.
    pub lang: String,
    /// `ltr` or `rtl`, likewise.
    pub dir: String,
    /// Its `<main>`.
    pub main: Element,
}

/// The page of a leaf. `None` where the file is missing or has no `<main>`.
pub(in crate::bundle) fn read(edition: &Edition, leaf: &Leaf) -> Option<Page> {
    let bytes = edition.get(leaf.path.as_str())?;
    let mut page = parse::page(std::str::from_utf8(bytes).ok()?)?;
    trim::page(&mut page.main, &leaf.path);
    Some(page)
}
