//! Entries of sources after a style in the Citation Style Language. The engine is hayagriva; it formats, and everything around it is here.
//!
//! 1. [`project`] makes of a source what the engine reads, its texts marked.
//! 2. [`style`] reads a style, the built-in one or the site's; [`terms`] has the words it asks for in the reader's language.
//! 3. [`door`] runs the engine, one source at a time, and catches what panics there.
//! 4. [`walk`] turns what comes out into an [`Entry`]: the marks become values again, and what no style knows is put right: joined
//!    conjunctions, commas of the reader's script, two full stops in a row.
//! 5. [`cites`] does the same for the citations of a whole page, in styles that cite by author and date or in notes.
//! 6. [`memo`] keeps entries by the content they were made from.
//!
//! In: a source and a locale. Out: an entry, always; where the style fails one made by hand, which says so.

pub mod cites;
mod door;
pub mod memo;
mod project;
mod style;
mod terms;
mod walk;

use super::entry::{self, Entry, Role};
use super::record::Source;
use crate::locale::Locale;
use memo::Memo;
use std::sync::Arc;
pub use style::{Class, Style};
use terms::AllTerms;
use walk::{Purpose, Reader};

/// An entry, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The entry.
    pub entry: Entry,
    /// Whether the style gave none, so that this one was made without it.
    pub by_hand: bool,
}

/// Formats entries in one style.
#[derive(Debug)]
pub struct Formatter {
    style: Style,
    terms: AllTerms,
    memo: Arc<Memo>,
}

impl Formatter {
    /// Formats in that style, and keeps the entries in the memo.
    pub fn new(style: Style, memo: Arc<Memo>) -> Self {
        memo.begin();
        Self { style, terms: AllTerms::default(), memo }
    }

    /// The style.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// The entry of a source for a reader of the locale's language.
    pub fn entry(&self, source: &Source, locale: &Locale) -> Arc<Formatted> {
        let terms = self.terms.of(locale);
        let projection = project::project(source, locale, &terms);
        let content = memo::content(&(
            self.style.content(),
            locale.lang(),
            locale.direction().name(),
            locale.site_words(),
            &projection,
        ));
        self.memo.get(content, || {
            let rendered = self.style.of_entries().and_then(|style| door::entry(style, &terms, &projection.item));
            let entry =
                rendered.map(|tree| walk::entry(&tree, &projection, Reader { locale, terms: &terms }, self.purpose()));
            match entry {
                // Many styles leave titles of articles out on purpose; ours does not.
                Some(entry) if !entry.is_empty() && (!self.style.is_own() || entry.has(Role::Title)) => {
                    Formatted { entry, by_hand: false }
                }
                _ => Formatted { entry: entry::by_hand(source, locale), by_hand: true },
            }
        })
    }

    fn purpose(&self) -> Purpose {
        if self.style.is_own() { Purpose::OwnEntry } else { Purpose::Entry }
    }
}
