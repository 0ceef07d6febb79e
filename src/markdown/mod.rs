//! Text of a page → a typed tree of [`Block`]s and [`Inline`]s, each with its span.
//!
//! 1. [`parse`] runs pulldown-cmark over the text; its broken-link callback catches every bracket that Markdown leaves alone.
//! 2. [`dialect`] reads what stands in the bracket: a citation ([`citation`]), a figure, the head of a callout.
//! 3. [`parse`] turns events into the tree of [`tree`]; whatever cannot be read stays in it as text, with a diagnostic, so that nothing is lost.
//!
//! Knows nothing of other pages, of sources or of HTML. Uses `span`, `ids`, `date`, `diagnostic`.

pub mod citation;
pub mod dialect;
pub mod locator;
pub mod parse;
pub mod problem;
#[cfg(test)]
mod tests;
pub mod tree;

pub use parse::{Origin, Parsed, parse, parse_inlines};
pub use tree::{Block, BlockKind, CalloutKind, Document, Inline, InlineKind};
