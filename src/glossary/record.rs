//! Terms and their names as the editors recorded them.

use crate::citation::Evidence;
use crate::ids::{Lang, PageId, TermId};
use crate::span::Span;
use crate::workspace::node::Node;
use crate::workspace::{Localized, Placed};

/// What a term means: the same for every language.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its id.
    pub id: TermId,
    /// Where the id is written.
    pub span: Span,
    /// What it means, in Markdown, by language in the order of the file; never empty.
    pub definition: Vec<(Lang, Node)>,
    /// Who says so; empty only where [`Self::uncited`] says why.
    pub evidence: Vec<Evidence>,
    /// Why it needs no source.
    pub uncited: Option<Placed<Localized>>,
    /// The page that tells more.
    pub page: Option<Placed<PageId>>,
    /// Terms that belong to it.
    pub see: Vec<Placed<TermId>>,
    /// The name in Latin letters, where it comes from another script.
    pub transliteration: Option<String>,
}

impl Term {
    /// The definition for a reader of `lang`, or else in the source language, or else the first; with its language.
    pub fn definition_for(&self, lang: &Lang, source: &Lang) -> Option<&(Lang, Node)> {
        let of = |wanted: &Lang| self.definition.iter().find(|(lang, _)| lang == wanted);
        of(lang).or_else(|| of(source)).or_else(|| self.definition.first())
    }
}

/// How a language calls a term.
#[derive(Debug, Clone)]
pub struct Naming {
    /// Which term.
    pub id: TermId,
    /// Where the id is written.
    pub span: Span,
    /// The language.
    pub lang: Lang,
    /// The approved name.
    pub term: String,
    /// Other approved names and forms.
    pub forms: Vec<String>,
    /// Names that the site does not use.
    pub avoid: Vec<Avoided>,
    /// Where avoided names may stand.
    pub allow_in: Vec<Setting>,
}

/// A name that the site does not use in its own voice.
#[derive(Debug, Clone)]
pub struct Avoided {
    /// The name.
    pub term: String,
    /// What is written in its stead.
    pub instead: String,
    /// Why.
    pub why: String,
    /// Whether a build stops at it.
    pub is_error: bool,
}

/// Where words stand that are not the page's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// Between quotation marks, or in a quoted block.
    Quotation,
    /// In the slanted title of a work, or the words of a link to another site.
    Title,
    /// Before or after the place in a citation.
    Citation,
}

impl Setting {
    /// Every setting, by the word of the files.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("quotation", Self::Quotation), ("title", Self::Title), ("citation", Self::Citation)];
}
