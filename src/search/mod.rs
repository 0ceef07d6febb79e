//! What a site says → an index of it, for one language: ordered, the same bytes on every build.
//!
//! 1. [`normal`] cuts texts into words and gives each its normal form; the script that searches does the same (`static/search.js`), and one file of
//!    words tests both.
//! 2. [`classes`] puts words together that are forms of one: by Snowball's stemmers, and for Hebrew and Arabic by the readings of `wording`. So the
//!    script needs no stemmer: it looks a word up and takes its class.
//! 3. [`reading`] finds which word stands in which record and how prominently, [`index`] makes dictionary and lists of all; [`packed`] writes them
//!    as short strings.
//! 4. [`files`] makes scripts of it, because a script is all that a page may load from a disk and under a strict policy: the index, and apart
//!    from it the texts of the records, of which only those are loaded that are shown.
//!
//! Knows records and their words, nothing of books or pages. Uses `wording` alone.

pub mod classes;
pub mod files;
pub mod index;
pub mod normal;
pub mod packed;
mod reading;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// What it stands in, where that is something else: the page of a section.
    pub within: Option<String>,
    /// Other names of it; shown before its text.
    pub names: Vec<String>,
    /// What it says.
    pub text: String,
    /// Where it is, from the folder of the index.
    pub url: String,
    /// The language and direction of its words, where that is not the index's.
    pub lang: Option<(String, &'static str)>,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A page, up to its first heading. Its sections follow it.
    Page,
    /// A section of the page before it.
    Section,
    /// A term.
    Term,
    /// Somebody who takes part.
    Actor,
    /// An event of the timeline.
    Event,
    /// A source.
    Source,
    /// A figure.
    Figure,
}

impl Kind {
    /// Every kind, in the order of its digit in the index.
    pub const ALL: &'static [Self] =
        &[Self::Page, Self::Section, Self::Term, Self::Actor, Self::Event, Self::Source, Self::Figure];

    /// How prominent the words of its title are.
    fn title_weight(self) -> Weight {
        match self {
            Self::Page | Self::Term | Self::Actor => Weight::Title,
            Self::Section | Self::Event | Self::Source | Self::Figure => Weight::Heading,
        }
    }
}

/// How prominently a word stands in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// In its text, or in what it stands in.
    Text,
    /// In its heading, or in another name of it.
    Heading,
    /// In the title of a page, the name of a term or an actor.
    Title,
}
