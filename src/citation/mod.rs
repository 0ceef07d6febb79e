//! The library of sources.
//!
//! In: YAML records. Out: typed [`Source`]s ([`record`], read by [`read`]); for a page in some language, list entries ([`entry`]), formatted after
//! a style ([`csl`]), their places in a list ([`filing`]), and the addresses that open a source at a passage ([`ways`]); and whether the words of a
//! passage stand in a text ([`passage`]).
//! Knows nothing of pages. Uses `workspace` (values with places), `markdown` (locators), `locale`.

pub mod csl;
pub mod entry;
pub mod filing;
pub mod passage;
pub mod read;
pub mod record;
pub mod ways;

pub use record::Source;
