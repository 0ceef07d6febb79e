//! Under which words a source stands in a list, and how a text of its record is told to a reader.

use super::entry::{label, original, pick};
use super::record::{Author, Source};
use crate::ids::Lang;
use crate::locale::{Locale, SortKey};
use crate::workspace::Localized;

/// The words under which a source is filed: its first author's name, family name first, else its title.
pub fn heading(source: &Source, reader: &Lang) -> String {
    match source.authors.first() {
        Some(Author::Body(name)) => pick(name, source, reader).0.to_owned(),
        Some(Author::Person { family, given }) => {
            let family = pick(family, source, reader).0;
            match given {
                Some(given) => format!("{family} {}", pick(given, source, reader).0),
                None => family.to_owned(),
            }
        }
        None => original(&source.title, &source.lang).0.to_owned(),
    }
}

/// The place of a source in a list: by the words under which it is filed, then by date, then by title.
pub fn place(source: &Source, locale: &Locale) -> impl Ord + use<> {
    let alphabet = locale.alphabet();
    let title: SortKey = alphabet.sort_key(original(&source.title, &source.lang).0);
    (alphabet.sort_key(&heading(source, locale.lang())), source.date, title, source.id.clone())
}

/// A text of a record for a reader: theirs, else the source's own; with its language where that is not the reader's.
pub fn wording<'a>(text: &'a Localized, source: &'a Source, reader: &'a Lang) -> (&'a str, Option<Lang>) {
    let (words, lang) = pick(text, source, reader);
    (words, label(words, lang, reader))
}
