//! The library of sources.
//!
//! In: YAML records. Out: typed [`Source`]s ([`record`], read by [`read`]); for a page in some language, list entries ([`entry`]), formatted after
//! a style ([`csl`]), their places in a list ([`filing`]), and the addresses that open a source at a passage ([`ways`]); whether the words of a
//! passage stand in a text ([`passage`]), what other records rest on ([`evidence`]), and whether a sentence names who made a source or whom it speaks for ([`naming`]).
//! Knows nothing of pages. Uses `workspace` (values with places), `markdown` (locators), `locale`, `letters`.

pub mod csl;
pub mod entry;
pub mod evidence;
pub mod filing;
pub mod naming;
pub mod passage;
pub mod read;
pub mod record;
pub mod ways;

pub use evidence::Evidence;
pub use record::Source;
