//! What a reviewer reads first. Uses `audit` and `book`.

use super::copies::Kept;
use crate::audit::Entry;
use crate::audit::entry::Coverage;
use crate::book::Book;
use crate::citation::Source;
use crate::site::GENERATOR;
use crate::site::edition::Stamp;

/// Writes it.
pub(super) fn write(book: &Book, stamp: &Stamp, sources: &[Source], ledger: &[Entry], kept: &[Kept<'_>]) -> String {
    // On one line: what follows it is ours.
    let title = book.config.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let date = stamp.date.map(|day| format!(", content of {day}")).unwrap_or_default();
    let version = stamp.version();
    let statements = ledger.len();
    let languages: Vec<&str> = book.languages.iter().map(|language| language.lang.as_str()).collect();
    let languages = languages.join(", ");
    let covered = ledger.iter().filter(|entry| entry.coverage == Coverage::Covered).count();
    let facts: usize = sources.iter().map(|source| source.facts.len()).sum();
    let quotes: usize = sources.iter().map(|source| source.quotes.len()).sum();
    let unchecked = book.library.sources().count() - sources.len();
    let open = kept.iter().filter(|kept| kept.is_open()).count();
    let closed = kept.len() - open;
    let sources = sources.len();
    format!(
        "\
{title}
The evidence, for reviewers

Version {version}{date}. Made by {GENERATOR}.

This folder is not the site. It is what the site rests on: what each statement is supported by, what was read for it and how that was
checked. With it you can check a claim without trusting those who wrote it.


WHAT IS IN IT

audit/ledger.LANGUAGE.csv and .json
    Every statement of every page in each language ({languages}): {statements} in all, of which {covered} show a source. Beside each
    statement stand the sources and figures that it rests on, the place in the source, the words that are quoted, and the file and line.
    The .csv files open in a spreadsheet, with a row for each statement and each of its sources; the .json files are for programs.

library/records.yaml
    The sources ({sources}) with all that is recorded of them: the facts that they were read to support ({facts}), where in the source, how
    each was checked (stored-page: the page itself was read; corroborated: two independent pages say it), and when.
library/sources.csl.json, library/sources.bib
    The same sources for Zotero and other programs.
library/quotes.csv
    The passages that are kept word by word ({quotes}), each with the statements that cite it, and whether it was found in the copy
    that the editors keep.

copies/ and copies.csv
    Copies of sources that the editors keep. In this folder: {open}. copies.csv lists all of them with their SHA-256.

translations/LANGUAGE.csv
    For each passage of each translated page: which wording it was translated from, by what method, when, and who has read it.

inputs.csv
    The SHA-256 of every file of the site's content.

manifest.json
    The SHA-256 of every file here.


WHAT WAS LEFT OUT, AND WHY

- Copies of sources ({closed}), where the record names no licence, or none under which everybody may hand on the text. Who keeps such a copy
  can prove by the SHA-256 in copies.csv that it is the same.
- Sources of the library ({unchecked}) in which nobody has checked anything, and facts that were written down from general knowledge alone.
  They are not published on the site either, and nothing there rests on them.
- Pages that are drafts.
- The pages of the site themselves: they are in the other bundles.


HOW TO CHECK IT

1. Is this folder whole?       sourcebook verify FOLDER
   Without Sourcebook: compare the SHA-256 of a file with the one in manifest.json.
2. A statement: find it in audit/ledger.LANGUAGE.csv, open the address of its source at the place that is named, and read whether the
   source says so.
3. A source: find its id in library/records.yaml, and see what was read in it, when, and how that was checked.
4. Are these the files that the site was made of? Compare them with inputs.csv. The version above stands on every page of the site.
5. A translation: compare translated_from with translation. Where source_now is another wording, the source was changed since.
"
    )
}
