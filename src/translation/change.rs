//! Of what kind a change of the source is: what can be carried over, what must be read again, what must not wait.

use super::block::Kind;
use super::marks::Marks;
use crate::span::Span;

/// A kind of change, the lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Only where a link leads.
    Link,
    /// Only punctuation, capitals, emphasis or comments.
    Cosmetic,
    /// The words.
    Text,
    /// What is cited, or where in it.
    Citation,
    /// A number or a figure.
    Figure,
}

impl Change {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Link, Self::Cosmetic, Self::Text, Self::Citation, Self::Figure];

    /// Its word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Cosmetic => "cosmetic",
            Self::Text => "text",
            Self::Citation => "citation",
            Self::Figure => "figure",
        }
    }

    /// Whether a reader who is not told is misled: another number, another source.
    pub fn is_urgent(self) -> bool {
        matches!(self, Self::Citation | Self::Figure)
    }

    /// Whether the translation may stay as it is. A link is carried over; the other is for `accept --cosmetic`.
    pub fn is_slight(self) -> bool {
        matches!(self, Self::Link | Self::Cosmetic)
    }

    /// The kind of the change between two wordings that differ.
    pub fn between(kind: Kind, old: &str, new: &str, nowhere: Span) -> Self {
        if !kind.is_markdown() {
            return Self::of(&Marks::of_words(old), &Marks::of_words(new));
        }
        Self::of(&Marks::of_text(old, nowhere), &Marks::of_text(new, nowhere))
    }

    fn of(old: &Marks, new: &Marks) -> Self {
        if old.figures != new.figures || old.numbers() != new.numbers() {
            Self::Figure
        } else if old.citations != new.citations || old.footnotes != new.footnotes || old.needed != new.needed {
            Self::Citation
        } else if letters(&old.words) != letters(&new.words) {
            Self::Text
        } else if old.words == new.words && old.links != new.links {
            Self::Link
        } else {
            Self::Cosmetic
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
