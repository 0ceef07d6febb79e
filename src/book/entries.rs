//! The list entries of the library's sources: each is formatted when it is first asked for, once a language.

use super::{Book, Library};
use crate::citation::Source;
use crate::citation::csl::memo::Memo;
use crate::citation::csl::{Formatted, Formatter, Style};
use crate::ids::SourceId;
use crate::locale::Locale;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The entries that were formatted so far.
#[derive(Debug)]
pub(super) struct Entries {
    formatter: Formatter,
    made: BTreeMap<SourceId, Vec<OnceLock<Arc<Formatted>>>>,
}

impl Entries {
    pub(super) fn new(style: Style, memo: Arc<Memo>, library: &Library, languages: usize) -> Self {
        let empty = || (0..languages).map(|_| OnceLock::new()).collect();
        let made = library.sources().map(|source| (source.id.clone(), empty())).collect();
        Self { formatter: Formatter::new(style, memo), made }
    }
}

impl Book {
    /// The entry of a source for a reader of the locale's language.
    pub fn entry(&self, source: &Source, locale: &Locale) -> Arc<Formatted> {
        let make = || self.entries.formatter.entry(source, locale);
        let language = self.languages.iter().position(|language| language.lang == *locale.lang());
        match language.and_then(|language| self.entries.made.get(&source.id)?.get(language)) {
            Some(place) => Arc::clone(place.get_or_init(make)),
            None => make(),
        }
    }
}
