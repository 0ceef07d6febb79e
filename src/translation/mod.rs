//! Translations that cannot silently lie: what each passage was translated from, and how far that is from what the source says now.
//!
//! 1. [`block`] cuts a page into the passages that a translator translates one by one; [`hash`] names a wording, [`marks`] says what in it must not get lost.
//! 2. [`align`] pairs passages: those of a record with those of today, those of a page with those of its translation. Never by position alone.
//! 3. [`record`] is what is kept of a translated page, read ([`read`]) and written ([`write`]) as one line a passage.
//! 4. [`parity`] says what a translated passage lost of what its source holds.
//! 5. [`status`] is derived from the three of them, a pure function of hashes; [`change`] says of what kind a change is.
//! 6. [`po`] are files for translators’ programs; [`splice`] puts what they give back into a page, byte by byte.
//!
//! Plain texts in, plain values out: no page of a book, no language's words, no clock and no disk.
//! Uses `span`, `ids`, `date`, `diagnostic`, `markdown`, `workspace` (front matter, values with places).

pub mod align;
pub mod block;
pub mod change;
pub mod diff;
pub mod hash;
pub mod marks;
pub mod numerals;
pub mod parity;
pub mod po;
pub mod read;
pub mod record;
pub mod splice;
pub mod status;
#[cfg(test)]
mod tests;
pub mod update;
pub mod write;

/// The program, as it signs files for translators.
pub const GENERATOR: &str = concat!("Sourcebook ", env!("CARGO_PKG_VERSION"));

pub use block::{Block, Kind};
pub use change::Change;
pub use hash::Hash;
pub use record::{Entry, Record, Review};
pub use status::{Passage, State, Status};
