//! The library of sources.
//!
//! In: YAML records. Out: typed [`Source`]s ([`record`], read by [`read`]) and, for a page in some language, the parts of a list entry ([`entry`]).
//! Knows nothing of pages. Uses `workspace` (values with places), `markdown` (locators), `locale`.

pub mod entry;
pub mod passage;
pub mod read;
pub mod record;

pub use record::Source;
