//! Every stored passage, with the statements that cite it: a row for each, or one where nothing cites it. Uses `audit`, `book`, `citation`.

use crate::audit::{Entry, csv};
use crate::book::Book;
use crate::citation::Source;
use crate::citation::entry::original;
use crate::citation::passage::{self, Folded};
use crate::citation::record::Quote;
use std::collections::BTreeMap;

const HEAD: [&str; 13] = [
    "source",
    "quote",
    "words",
    "language",
    "locator",
    "words_before",
    "words_after",
    "found_in_kept_copy",
    "cited_by",
    "cited_in_language",
    "file",
    "line",
    "statement",
];

/// The table.
pub(super) fn table(book: &Book, sources: &[Source], ledger: &[Entry]) -> String {
    let mut citing: BTreeMap<(&str, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in ledger {
        for evidence in &entry.evidence {
            if let Some(quote) = &evidence.quote {
                citing.entry((&evidence.source.id, &quote.id)).or_default().push(entry);
            }
        }
    }
    let mut rows = Vec::new();
    for source in sources {
        let copy = copy_of(book, source).map(Folded::of);
        for quote in &source.quotes {
            let about = about(source, quote, copy.as_ref());
            let citing = citing.get(&(source.id.as_str(), quote.id.as_str())).map(Vec::as_slice).unwrap_or_default();
            if citing.is_empty() {
                rows.push(about.clone().into_iter().chain(std::iter::repeat_n(String::new(), 5)).collect());
            }
            rows.extend(citing.iter().map(|entry| about.iter().cloned().chain(place(entry)).collect()));
        }
    }
    csv::table(HEAD, rows)
}

fn about(source: &Source, quote: &Quote, copy: Option<&Folded<'_>>) -> Vec<String> {
    let (words, lang) = original(&quote.exact, &source.lang);
    let found = |copy: &Folded<'_>| {
        let found = passage::find(copy, words, quote.prefix.as_deref(), quote.suffix.as_deref()).is_ok();
        if found { "yes" } else { "no" }
    };
    let found = copy.filter(|_| *lang == source.lang).map_or("", found);
    vec![
        source.id.to_string(),
        quote.id.to_string(),
        words.to_owned(),
        lang.to_string(),
        quote.locator.as_ref().map(ToString::to_string).unwrap_or_default(),
        quote.prefix.clone().unwrap_or_default(),
        quote.suffix.clone().unwrap_or_default(),
        found.to_owned(),
    ]
}

fn place(entry: &Entry) -> [String; 5] {
    let address = entry.url.as_ref().unwrap_or(&entry.address);
    [address.clone(), entry.language.clone(), entry.file.clone(), entry.line.to_string(), entry.statement.clone()]
}

/// The text of the copy that the editors keep of a source.
fn copy_of<'a>(book: &'a Book, source: &Source) -> Option<&'a str> {
    let kept = source.snapshot.as_ref()?;
    let path = kept.text_path.as_ref().or(kept.path.as_ref())?;
    book.snapshots.get(&path.value).filter(|kept| kept.is_text).map(|kept| book.files.text(kept.file))
}
