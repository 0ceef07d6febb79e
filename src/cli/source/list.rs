//! `sourcebook source list`

use super::super::root::RootArguments;
use super::super::{Exit, report};
use crate::book::Book;
use crate::book::catalogue::Catalogue;
use crate::citation::Source;
use serde::Serialize;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// `sourcebook source list [--root DIR] [--format human|json]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook source list\n  sourcebook source list --format json | jq -r '.[] | select(.cited == 0) | .id'"
)]
pub(in super::super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// For people, or for another program
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line for each source
    Human,
    /// One JSON array
    Json,
}

/// A source in the list.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    form: &'a str,
    kind: Option<&'a str>,
    lang: &'a str,
    date: Option<String>,
    title: &'a str,
    checked: &'a str,
    /// How many statements of the site's first language rest on it.
    cited: usize,
}

/// Lists the library.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let opened = match super::open(&root) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let rows = rows(&opened.book);
    match arguments.format {
        Format::Human => report::out(&table(&rows)),
        // Rows hold nothing that JSON cannot say.
        Format::Json => report::out(&(serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n")),
    }
    Exit::Done
}

fn rows(book: &Book) -> Vec<Row<'_>> {
    let catalogue = Catalogue::of(book);
    let cited: BTreeMap<&str, usize> =
        catalogue.entries().map(|entry| (entry.source.id.as_str(), catalogue.citing(entry, 0).count())).collect();
    let row = |source: &'_ Source| -> usize { cited.get(source.id.as_str()).copied().unwrap_or(0) };
    book.library
        .sources()
        .map(|source| Row {
            id: source.id.as_str(),
            form: source.form,
            kind: source.kind,
            lang: source.lang.as_str(),
            date: source.date.map(|date| date.to_string()),
            title: source.title.pick(&source.lang, &[]).0,
            checked: source.checked.level.name(),
            cited: row(source),
        })
        .collect()
}

/// Columns of letters; the title comes last, because nobody knows how wide it is.
fn table(rows: &[Row<'_>]) -> String {
    let head = Row {
        id: "id",
        form: "type",
        kind: Some("kind"),
        lang: "lang",
        date: Some("date".to_owned()),
        title: "title",
        checked: "checked",
        cited: 0,
    };
    let cells = |row: &Row<'_>, cited: String| {
        [
            row.id.to_owned(),
            row.kind.unwrap_or("–").to_owned(),
            row.date.clone().unwrap_or_else(|| "–".to_owned()),
            cited,
        ]
    };
    let table: Vec<([String; 4], &str)> = std::iter::once((cells(&head, "cited".to_owned()), head.title))
        .chain(rows.iter().map(|row| (cells(row, row.cited.to_string()), row.title)))
        .collect();
    let width = |column: usize| {
        table
            .iter()
            .filter_map(|(cells, _)| cells.get(column))
            .map(|cell| cell.graphemes(true).count())
            .max()
            .unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2), width(3)];
    let line = |(cells, title): &([String; 4], &str)| {
        let [id, kind, date, cited] = cells;
        let [first, second, third, last] = widths;
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{id:first$}  {kind:second$}  {date:third$}  {cited:>last$}  {title}\n")
    };
    table.iter().map(line).collect()
}
