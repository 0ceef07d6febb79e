//! The points of a series: CSV → rows with their places. Every row that cannot be read is reported; the others stay.

use super::series::Point;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ids::SourceId;
use crate::number::Number;
use crate::span::{FileId, Span};
use crate::workspace::Placed;
use csv::StringRecord;

const COLUMNS: [&str; 7] = ["date", "value", "low", "high", "source_id", "note", "correction"];
const HEADER: &str = "the first line is `date,value,low,high,source_id,note`, and `correction` where one is needed";

/// What a file of points says.
#[derive(Debug, Default)]
pub(super) struct Points {
    /// The points, by date.
    pub(super) points: Vec<Point>,
    /// Days of which it says that nothing was reported.
    pub(super) gaps: Vec<Date>,
}

/// Reads the points.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Points {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let no_csv = |error: csv::Error| {
        Diagnostic::new(Code::SB106, Span::start_of(file), format!("this is no CSV: {error}"))
            .help("columns separated by commas; a text with a comma stands in quotation marks")
    };
    let columns = match reader.headers() {
        Ok(header) => Columns::read(file, header, diagnostics),
        Err(error) => {
            diagnostics.push(no_csv(error));
            return Points::default();
        }
    };
    let Some(columns) = columns else { return Points::default() };
    let mut found = Points::default();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let span = place(file, text, &record);
                let mut row = Row { span, record: &record, columns: &columns, diagnostics };
                match row.read() {
                    Some(Reported::Point(point)) => found.points.push(*point),
                    Some(Reported::Nothing(date)) => found.gaps.push(date),
                    None => {}
                }
            }
            Err(error) => diagnostics.push(no_csv(error)),
        }
    }
    found.points.sort_by_key(|point| point.date);
    found.gaps.sort();
    found
}

/// The line of a record.
fn place(file: FileId, text: &str, record: &StringRecord) -> Span {
    let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
    let rest = text.get(start..).unwrap_or("");
    let line = rest.trim_start_matches(['\r', '\n']);
    let start = start + (rest.len() - line.len());
    Span::new(file, start, start + line.lines().next().unwrap_or("").len())
}

/// Where each column stands.
struct Columns([Option<usize>; 7]);

impl Columns {
    fn read(file: FileId, header: &StringRecord, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let names: Vec<&str> = header.iter().map(|name| name.trim_start_matches('\u{feff}')).collect();
        let start = Span::start_of(file);
        for name in names.iter().filter(|name| !COLUMNS.contains(name)) {
            let near = did_you_mean(name, COLUMNS).map(|near| format!("did you mean `{near}`?"));
            let message = format!("a series has no column `{name}`");
            diagnostics.push(
                Diagnostic::new(Code::SB105, start, message)
                    .help(format!("the columns are {}", COLUMNS.join(",")))
                    .maybe_help(near),
            );
        }
        let columns = Self(COLUMNS.map(|column| names.iter().position(|name| *name == column)));
        if columns.of("date").is_none() || columns.of("value").is_none() {
            let message = "a series needs the columns `date` and `value`";
            diagnostics.push(Diagnostic::new(Code::SB106, start, message).help(HEADER));
            return None;
        }
        Some(columns)
    }

    fn of(&self, name: &str) -> Option<usize> {
        COLUMNS.iter().zip(self.0).find(|(column, _)| **column == name).and_then(|(_, at)| at)
    }
}

/// What a row says.
enum Reported {
    Point(Box<Point>),
    /// A date without a number.
    Nothing(Date),
}

/// A cell that holds something else than a number.
struct NotANumber;

struct Row<'a> {
    span: Span,
    record: &'a StringRecord,
    columns: &'a Columns,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Row<'a> {
    fn read(&mut self) -> Option<Reported> {
        let date = match self.cell("date").map(Date::parse) {
            Some(Ok(date)) => date,
            Some(Err(error)) => {
                self.wrong(error.to_string(), "the first cell is a date such as `2023-12-31`");
                return None;
            }
            None => {
                self.wrong("the point has no date".to_owned(), "the first cell is a date such as `2023-12-31`");
                return None;
            }
        };
        let (Ok(value), Ok(low), Ok(high)) = (self.number("value"), self.number("low"), self.number("high")) else {
            return None;
        };
        let range = match (low, high) {
            (Some(low), Some(high)) if low <= high => Some((low, high)),
            (Some(_), Some(_)) => {
                self.wrong(
                    "the interval ends below where it begins".to_owned(),
                    "write the smaller number first: low,high",
                );
                None
            }
            _ => None,
        };
        // "At least 90" has a low end alone.
        let Some(value) = value.or(low) else { return Some(Reported::Nothing(date)) };
        let source = match self.cell("source_id").map(|id| (id, SourceId::parse(id))) {
            Some((_, Some(value))) => Some(Placed { value, span: self.span }),
            Some((id, None)) => {
                self.wrong(format!("`{id}` cannot be an id"), "the id of a record in content/sources");
                None
            }
            None => None,
        };
        let text = |name| self.cell(name).map(str::to_owned);
        let (note, correction) = (text("note"), text("correction"));
        Some(Reported::Point(Box::new(Point { span: self.span, date, value, range, source, note, correction })))
    }

    fn cell(&self, name: &str) -> Option<&'a str> {
        self.record.get(self.columns.of(name)?).filter(|cell| !cell.is_empty())
    }

    /// The number in a cell, if it holds any; an error (and a diagnostic) where it holds something else.
    fn number(&mut self, name: &str) -> Result<Option<Number>, NotANumber> {
        let Some(text) = self.cell(name) else { return Ok(None) };
        let number = Number::parse(text);
        if number.is_none() {
            self.wrong(format!("`{text}` is no number"), "digits only: `73419`, `29.7`");
        }
        number.map(Some).ok_or(NotANumber)
    }

    fn wrong(&mut self, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::new(Code::SB106, self.span, message).help(help));
    }
}
