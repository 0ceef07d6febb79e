//! The records of the sources. Uses `book`, `citation` and `exchange`.

use super::{File, text};
use crate::book::Book;
use crate::citation::Source;
use crate::citation::record::Checked;
use crate::exchange::{self, Audience, Format, yaml};

/// The formats of other programs that are written.
const FORMATS: [Format; 2] = [Format::CslJson, Format::Biblatex];

/// What stands before the records.
const HEAD: &str = "# The library as the editors keep it. Each fact says what the source was read to support, where in it, and how that was checked:\n# stored-page: the page itself was read; corroborated: two independent pages say it.\n\n";

/// The sources that may be cited, in the order of the library, each without the facts that nobody has checked.
pub(super) fn sources(book: &Book) -> Vec<Source> {
    let publishable = book.library.sources().filter(|source| source.is_publishable());
    publishable
        .map(|source| {
            let mut source = source.clone();
            source.facts.retain(|fact| fact.checked > Checked::Known);
            source
        })
        .collect()
}

/// The records whole, and the same sources for other programs, with what those have no words for in a field of our own.
pub(super) fn files(book: &Book, sources: &[Source]) -> Vec<File> {
    let reader = book.source_language().map(|language| &language.lang);
    let all: Vec<&Source> = sources.iter().collect();
    let records: Vec<String> = sources.iter().map(yaml::record).collect();
    let formats = FORMATS.iter().map(|format| {
        let path = format!("library/sources.{}", format.extension());
        text(&path, exchange::export(*format, &all, Audience::Sourcebook, reader).text)
    });
    formats.chain([text("library/records.yaml", HEAD.to_owned() + &records.join("\n"))]).collect()
}
