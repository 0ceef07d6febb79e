//! The ledger, typed. The fields and their names are those of the JSON that `docs/fact-checking.md` describes; they are stable.
//!
//! Words are in the language of the page; ids, codes and dates are as they stand in the files.

use serde::Serialize;

/// A statement and what supports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The page and a fingerprint of the words: the same as long as the statement says the same.
    pub id: String,
    /// The language.
    pub language: String,
    /// The page; the home page is `index`.
    pub page: String,
    /// The page's title.
    pub page_title: String,
    /// Its place among the statements of the page, from 1.
    pub number: usize,
    /// Which part of the page it stands in.
    pub part: Part,
    /// The heading it stands under.
    pub heading: Option<Heading>,
    /// Whose position it tells, where it stands in a block of positions.
    pub position: Option<String>,
    /// Of a row: the names of its columns.
    pub columns: Vec<String>,
    /// What it says: numbers written out, marks left out; the cells of a row with bars between them.
    pub statement: String,
    /// Whether it shows a source.
    pub coverage: Coverage,
    /// Why it needs none.
    pub reason: Option<String>,
    /// The file, relative to the site's folder.
    pub file: String,
    /// First line, from 1.
    pub line: usize,
    /// First column in Unicode scalar values, from 1.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// The first column after it.
    pub end_column: usize,
    /// First byte, from 0.
    pub start: usize,
    /// The first byte after it.
    pub end: usize,
    /// Its address in the built site, from the site's root.
    pub address: String,
    /// The same with the site's address, where that is known.
    pub url: Option<String>,
    /// What supports it, in reading order.
    pub evidence: Vec<Evidence>,
}

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The sentences under the title.
    Summary,
    /// A key fact.
    KeyFact,
    /// The text.
    Text,
    /// A footnote.
    Footnote,
}

impl Part {
    /// The word for it in the formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::KeyFact => "key-fact",
            Self::Text => "text",
            Self::Footnote => "footnote",
        }
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its id on the page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Whether a statement shows a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// It does.
    Covered,
    /// Its editor says that it needs none.
    Exempt,
    /// Its editor asks for one.
    Needed,
    /// It does not.
    Uncovered,
}

impl Coverage {
    /// The word for it in the formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Exempt => "exempt",
            Self::Needed => "needed",
            Self::Uncovered => "uncovered",
        }
    }
}

/// One thing that supports a statement: a citation, or a figure with the source that it was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Which of the two.
    pub kind: EvidenceKind,
    /// The id of its mark on the page.
    pub mark: String,
    /// The words that stand for a figure in the statement.
    pub written: Option<String>,
    /// What the source does for the statement, in the words of the Citation Typing Ontology.
    pub relation: &'static str,
    /// Words before: `see`.
    pub prefix: Option<String>,
    /// The place in the source, in the language of the page.
    pub locator: Option<String>,
    /// Words after.
    pub suffix: Option<String>,
    /// The source.
    pub source: Source,
    /// The passage.
    pub quote: Option<Quote>,
    /// The address that opens the source there.
    pub passage: Option<String>,
    /// The figure.
    pub figure: Option<Figure>,
}

/// A citation, a figure or a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// A citation.
    Citation,
    /// A figure.
    Figure,
    /// A drawing, with each source of what it shows.
    Drawing,
}

impl EvidenceKind {
    /// The word for it in the formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Citation => "citation",
            Self::Figure => "figure",
            Self::Drawing => "drawing",
        }
    }
}

/// A source in short. One that the library does not have has its id alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Who says so, in short.
    pub name: Option<String>,
    /// Its title in its own language.
    pub title: Option<String>,
    /// The document's language.
    pub language: Option<String>,
    /// When it appeared, in EDTF.
    pub date: Option<String>,
    /// What kind of witness it is.
    pub kind: Option<&'static str>,
    /// The party it is, or speaks for.
    pub affiliation: Option<String>,
    /// How its record was verified.
    pub checked: Option<&'static str>,
    /// When, in EDTF.
    pub checked_at: Option<String>,
    /// By whom.
    pub checked_by: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What became of the address.
    pub url_status: Option<&'static str>,
    /// Copies in archives.
    pub archive: Vec<String>,
    /// Its DOI.
    pub doi: Option<String>,
    /// UN symbol, court reference, docket.
    pub symbol: Option<String>,
}

/// A passage of a source, word by word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Its id within the source.
    pub id: String,
    /// The original words; missing where the record does not have the passage.
    pub original: Option<String>,
    /// Their language.
    pub original_language: Option<String>,
    /// In the language of the page, where that is another one.
    pub translation: Option<String>,
    /// Who translated: `person`, `machine`, `official`.
    pub translated_by: Option<&'static str>,
    /// The place in the source.
    pub locator: Option<String>,
}

/// A figure in short. One that the library does not have has its id alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Its id.
    pub id: String,
    /// Which point of a series: a date, or `latest`.
    pub point: Option<String>,
    /// What it is.
    pub label: Option<String>,
    /// The number as the language writes it.
    pub value: Option<String>,
    /// The number in plain digits.
    pub number: Option<String>,
    /// The interval around it in plain digits.
    pub range: Option<[String; 2]>,
    /// What is counted.
    pub unit: Option<String>,
    /// What the number describes: a day, a month, a period, in EDTF.
    pub as_of: Option<String>,
    /// Who counted.
    pub reporter: Option<String>,
    /// Who is counted.
    pub population: Option<String>,
    /// How the figure stands.
    pub status: Option<&'static str>,
    /// The source that carried it, where another.
    pub via: Option<String>,
    /// How the record was verified.
    pub checked: Option<&'static str>,
}
