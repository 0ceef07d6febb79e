//! What is kept of a translated page: for each passage, which wording of the source it was made from, and which wording was made.

use super::block::At;
use super::hash::Hash;
use crate::date::Day;
use crate::workspace::front_matter::Method;
use std::collections::BTreeMap;

/// The record of one page in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its passages in the order of the source.
    pub entries: Vec<Entry>,
}

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stood in the source.
    pub at: At,
    /// The wording of the source.
    pub source: Hash,
    /// The wording of the translation.
    pub translation: Hash,
    /// How it was translated.
    pub method: Method,
    /// The day whose source it says.
    pub on: Day,
    /// Who read it, and which wording.
    pub review: Option<Review>,
    /// What of its parity is as it should be, and why.
    pub exempt: BTreeMap<Exemption, String>,
}

impl Entry {
    /// The review, where what was read is what stands there.
    pub fn review_of(&self, translation: Hash) -> Option<&Review> {
        self.review.as_ref().filter(|review| review.of == translation)
    }
}

/// A person's word that a passage says what the source says. It is bound to the wording that was read: any later edit voids it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who.
    pub by: String,
    /// When.
    pub on: Day,
    /// Which wording.
    pub of: Hash,
}

/// What may differ between a passage and its translation where the record says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exemption {
    /// A number that is written in words, say.
    Number,
    /// A link that the translation leaves out.
    Link,
    /// A length that is out of proportion.
    Length,
    /// Words that are the same in both languages.
    Untranslated,
    /// Letters that look alike or are joined already.
    Letters,
}

impl Exemption {
    /// Every exemption with its word.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("number", Self::Number),
        ("link", Self::Link),
        ("length", Self::Length),
        ("untranslated", Self::Untranslated),
        ("letters", Self::Letters),
    ];

    /// Its word.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, exemption)| *exemption == self).map_or("", |(name, _)| name)
    }
}
