//! PO, gettext's files for translators: what Poedit, Weblate and their like read and write.
//!
//! [`write`] is for files that others open, [`read`] for those that they give back: rewrapped, reordered, with other line ends, with a header of their own and
//! with entries put aside as obsolete. Only what a translator can change is read. Written by hand and not taken from a library, because each
//! entry must keep its line, so that what is wrong with it can be shown.

mod read;
mod write;

pub use read::read;
pub use write::write;

use crate::span::Span;

/// One passage, as a translator gets it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Which passage: `actors/hamas#origin/paragraph-1`.
    pub context: String,
    /// The wording of the source.
    pub source: String,
    /// The wording that was translated, where the source has changed since.
    pub previous: Option<String>,
    /// The translation; empty where there is none.
    pub text: String,
    /// Whether the translation must be looked at again.
    pub is_fuzzy: bool,
    /// What helps: the heading it stands under, the sentence before, what changed.
    pub hints: Vec<String>,
    /// The file and line of the source.
    pub reference: String,
    /// Flags for the translator's program.
    pub flags: Vec<String>,
}

/// A unit as a translator gave it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Which passage.
    pub context: String,
    /// The wording of the source that was translated.
    pub source: String,
    /// The translation.
    pub text: String,
    /// Whether the translator leaves it open.
    pub is_fuzzy: bool,
    /// Where the translation stands.
    pub span: Span,
}

#[cfg(test)]
mod tests;
