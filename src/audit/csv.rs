//! The ledger as CSV (RFC 4180) for spreadsheets: a row for each statement and each thing that supports it.
//!
//! A statement without evidence has one row. The file begins with a byte order mark, without which Excel shows Hebrew and Arabic as
//! gibberish; and no cell begins with a character by which a spreadsheet knows a formula (see [`guard`]).

use super::Entry;
use super::entry::{Evidence, Figure, Quote};

/// How a file begins.
pub const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// What takes a statement and its evidence to the text of a cell.
type Cell = fn(&Entry, Option<&Evidence>) -> Option<String>;

/// The columns: `docs/fact-checking.md` describes each.
pub const COLUMNS: &[(&str, Cell)] = &[
    ("id", |entry, _| Some(entry.id.clone())),
    ("language", |entry, _| Some(entry.language.clone())),
    ("page", |entry, _| Some(entry.page.clone())),
    ("page_title", |entry, _| Some(entry.page_title.clone())),
    ("number", |entry, _| Some(entry.number.to_string())),
    ("part", |entry, _| Some(entry.part.name().to_owned())),
    ("heading", |entry, _| entry.heading.as_ref().map(|heading| heading.text.clone())),
    ("position", |entry, _| entry.position.clone()),
    ("columns", |entry, _| Some(entry.columns.join(" | "))),
    ("statement", |entry, _| Some(entry.statement.clone())),
    ("coverage", |entry, _| Some(entry.coverage.name().to_owned())),
    ("reason", |entry, _| entry.reason.clone()),
    ("file", |entry, _| Some(entry.file.clone())),
    ("line", |entry, _| Some(entry.line.to_string())),
    ("column", |entry, _| Some(entry.column.to_string())),
    ("address", |entry, _| Some(entry.url.as_ref().unwrap_or(&entry.address).clone())),
    ("evidence", |_, evidence| evidence.map(|evidence| evidence.kind.name().to_owned())),
    ("mark", |_, evidence| evidence.map(|evidence| evidence.mark.clone())),
    ("relation", |_, evidence| evidence.map(|evidence| evidence.relation.to_owned())),
    ("prefix", |_, evidence| evidence?.prefix.clone()),
    ("locator", |_, evidence| evidence?.locator.clone()),
    ("suffix", |_, evidence| evidence?.suffix.clone()),
    ("passage", |_, evidence| evidence?.passage.clone()),
    ("source", |_, evidence| evidence.map(|evidence| evidence.source.id.clone())),
    ("source_name", |_, evidence| evidence?.source.name.clone()),
    ("source_title", |_, evidence| evidence?.source.title.clone()),
    ("source_language", |_, evidence| evidence?.source.language.clone()),
    ("source_date", |_, evidence| evidence?.source.date.clone()),
    ("source_kind", |_, evidence| evidence?.source.kind.map(str::to_owned)),
    ("source_affiliation", |_, evidence| evidence?.source.affiliation.clone()),
    ("source_checked", |_, evidence| evidence?.source.checked.map(str::to_owned)),
    ("source_url", |_, evidence| evidence?.source.url.clone()),
    ("source_url_status", |_, evidence| evidence?.source.url_status.map(str::to_owned)),
    ("source_archive", |_, evidence| evidence.map(|evidence| evidence.source.archive.join(" "))),
    ("source_doi", |_, evidence| evidence?.source.doi.clone()),
    ("source_symbol", |_, evidence| evidence?.source.symbol.clone()),
    ("quote", |_, evidence| quote(evidence, |quote| Some(quote.id.clone()))),
    ("quote_original", |_, evidence| quote(evidence, |quote| quote.original.clone())),
    ("quote_language", |_, evidence| quote(evidence, |quote| quote.original_language.clone())),
    ("quote_translation", |_, evidence| quote(evidence, |quote| quote.translation.clone())),
    ("quote_translated_by", |_, evidence| quote(evidence, |quote| quote.translated_by.map(str::to_owned))),
    ("quote_locator", |_, evidence| quote(evidence, |quote| quote.locator.clone())),
    ("figure", |_, evidence| figure(evidence, |figure| Some(figure.id.clone()))),
    ("figure_point", |_, evidence| figure(evidence, |figure| figure.point.clone())),
    ("figure_label", |_, evidence| figure(evidence, |figure| figure.label.clone())),
    ("figure_written", |_, evidence| evidence?.written.clone()),
    ("figure_value", |_, evidence| figure(evidence, |figure| figure.value.clone())),
    ("figure_number", |_, evidence| figure(evidence, |figure| figure.number.clone())),
    ("figure_range", |_, evidence| figure(evidence, |figure| figure.range.as_ref().map(|range| range.join(" – ")))),
    ("figure_unit", |_, evidence| figure(evidence, |figure| figure.unit.clone())),
    ("figure_as_of", |_, evidence| figure(evidence, |figure| figure.as_of.clone())),
    ("figure_reporter", |_, evidence| figure(evidence, |figure| figure.reporter.clone())),
    ("figure_population", |_, evidence| figure(evidence, |figure| figure.population.clone())),
    ("figure_status", |_, evidence| figure(evidence, |figure| figure.status.map(str::to_owned))),
    ("figure_via", |_, evidence| figure(evidence, |figure| figure.via.clone())),
    ("figure_checked", |_, evidence| figure(evidence, |figure| figure.checked.map(str::to_owned))),
];

fn quote(evidence: Option<&Evidence>, cell: impl FnOnce(&Quote) -> Option<String>) -> Option<String> {
    cell(evidence?.quote.as_ref()?)
}

fn figure(evidence: Option<&Evidence>, cell: impl FnOnce(&Figure) -> Option<String>) -> Option<String> {
    cell(evidence?.figure.as_ref()?)
}

/// Writes statements in the order given.
pub fn render(entries: &[Entry]) -> String {
    let rows = entries.iter().flat_map(|entry| {
        let evidence: Vec<Option<&Evidence>> =
            if entry.evidence.is_empty() { vec![None] } else { entry.evidence.iter().map(Some).collect() };
        let row = |evidence| COLUMNS.iter().map(|(_, cell)| cell(entry, evidence).unwrap_or_default()).collect();
        evidence.into_iter().map(row).collect::<Vec<_>>()
    });
    table(COLUMNS.iter().map(|(name, _)| *name), rows)
}

/// A table in the form of the ledger: its head and its rows.
pub fn table<'a>(head: impl IntoIterator<Item = &'a str>, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.into_iter().map(guard));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{BYTE_ORDER_MARK}{}", String::from_utf8_lossy(&bytes))
}

/// Whether a file is one that [`render`] wrote.
pub fn is_ours(bytes: &[u8]) -> bool {
    render(&[]).lines().next().is_some_and(|head| bytes.starts_with(head.as_bytes()))
}

/// Puts an apostrophe before what a spreadsheet would run as a formula, and before an apostrophe, so that [`unguard`] is exact.
pub fn guard(cell: String) -> String {
    if cell.starts_with(is_guarded) { format!("'{cell}") } else { cell }
}

/// The text of a cell as it was before [`render`] guarded it.
pub fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(is_guarded)).unwrap_or(cell)
}

/// What OWASP lists, in its full-width forms, too.
fn is_guarded(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\'' | '＝' | '＋' | '－' | '＠')
}
