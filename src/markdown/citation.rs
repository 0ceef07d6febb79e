//! The grammar of citations: pandoc's, with quotations (`#q1`), relations (`disputes:`) and locator labels of every language.
//!
//! [`parse_group`] reads what stands between the brackets; printing a group and reading it again gives the same group.
//! Works on text and byte offsets alone; spans are made by [`super::parse`].

mod grammar;
mod key;
mod plain;
mod print;

pub(crate) use grammar::{locator_and_suffix, narrative_cite};
pub use grammar::{parse_group, parse_narrative};
pub(crate) use key::{KeyAt, holds_key, key_at};

use crate::ids::{QuoteId, SourceId};
use crate::markdown::locator::Locator;
use crate::span::Span;

/// The citations of one bracket, or one citation in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CiteGroup {
    /// In a bracket, or in the sentence.
    pub mode: CiteMode,
    /// At least one.
    pub cites: Vec<Cite>,
}

impl CiteGroup {
    /// The citation whose author's name is part of the sentence.
    pub fn named(&self) -> Option<&Cite> {
        self.cites.first().filter(|cite| self.mode == CiteMode::Narrative && !cite.suppress_author)
    }
}

/// How the citation stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CiteMode {
    /// `[@a; @b]`: a mark after the words.
    Bracketed,
    /// `@a [p. 3]`: the author's name is part of the sentence.
    Narrative,
}

/// One citation of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// From the prefix to the suffix.
    pub span: Span,
    /// The key alone, without `@`, for diagnostics about it.
    pub key_span: Span,
    /// Words before: `see`.
    pub prefix: Option<String>,
    /// `-@key`: the author's name is left out.
    pub suppress_author: bool,
    /// What the source does for the sentence, where it is said.
    pub relation: Option<Relation>,
    /// The source.
    pub source: SourceId,
    /// The stored quotation.
    pub quote: Option<QuoteId>,
    /// The place in the source.
    pub locator: Option<Locator>,
    /// Words after.
    pub suffix: Option<String>,
}

macro_rules! relations {
    ($($name:ident $word:literal),* $(,)?) => {
        /// What a source does for a sentence, by the names of the Citation Typing Ontology.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the words are the ontology's own")]
        pub enum Relation { $($name),* }

        impl Relation {
            /// Every relation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The ontology's word.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// Reads the ontology's word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|relation| relation.name() == word)
            }
        }
    };
}

impl Relation {
    /// Whether the sentence speaks about the source, and does not rest on it.
    pub fn is_about_the_source(self) -> bool {
        self.is_against() || matches!(self, Self::Corrects | Self::Critiques | Self::Discusses | Self::Reviews)
    }

    /// Whether the source and the sentence say opposite things.
    pub fn is_against(self) -> bool {
        matches!(self, Self::DisagreesWith | Self::Disputes | Self::Refutes)
    }
}

relations! {
    AgreesWith "agrees_with",
    Cites "cites",
    CitesAsAuthority "cites_as_authority",
    CitesAsDataSource "cites_as_data_source",
    CitesAsEvidence "cites_as_evidence",
    CitesForInformation "cites_for_information",
    Confirms "confirms",
    Corrects "corrects",
    Credits "credits",
    Critiques "critiques",
    DisagreesWith "disagrees_with",
    Discusses "discusses",
    Disputes "disputes",
    Documents "documents",
    Extends "extends",
    ObtainsBackgroundFrom "obtains_background_from",
    Qualifies "qualifies",
    QuotesFrom "quotes_from",
    Refutes "refutes",
    Reviews "reviews",
    Supports "supports",
    Updates "updates",
    UsesConclusionsFrom "uses_conclusions_from",
    UsesDataFrom "uses_data_from",
    UsesMethodIn "uses_method_in",
}
