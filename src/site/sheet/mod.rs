//! The sheet that a fact-checker signs: the ledger of some pages as one HTML file that stands alone, to be printed or filled in.
//!
//! Each statement beside what it rests on, with boxes to tick. Every page in its own language and direction.

mod support;

use super::bidi;
use super::html::Html;
use super::paper::{self, Paper};
use super::theme::Theme;
use super::words;
use crate::audit::Entry;
use crate::audit::entry::{Coverage, Part};
use crate::book::evidence::{Statement, statements};
use crate::book::{Book, Language, Version};
use crate::diagnostic::Diagnostic;
use crate::locale::{Key, Locale};
use crate::number::Number;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use support::Support;

/// What `sheet.html` gets.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactSheet")]
pub(super) struct Sheet<'a> {
    #[serde(flatten)]
    paper: Paper<'a>,
    /// That the site has errors; else null.
    errors: Option<String>,
    /// The pages.
    pages: Vec<Page<'a>>,
}

/// A page in one language.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactSheetPage")]
struct Page<'a> {
    /// Language of the page.
    lang: &'a str,
    /// Direction of the page.
    dir: &'static str,
    /// The words of the interface in the page's language.
    t: BTreeMap<&'static str, String>,
    /// Begins every id of the page.
    id: String,
    /// Title of the page.
    title: &'a str,
    /// The site's name.
    site_title: &'a str,
    /// The language's own name for itself.
    language: &'a str,
    /// Where the page stands, for whoever has only the paper.
    address: String,
    /// How much is covered, data up to, the file.
    meta: Vec<Html>,
    /// The statements under their headings.
    groups: Vec<Group<'a>>,
}

/// Statements under one heading.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactSheetGroup")]
struct Group<'a> {
    /// The heading.
    title: String,
    /// The statements.
    statements: Vec<Row<'a>>,
}

/// A statement.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactSheetStatement")]
struct Row<'a> {
    /// Its place in the file.
    id: String,
    /// Names the wording, so that a filled-in sheet can be held against a later one.
    fingerprint: &'a str,
    /// Its number on the page.
    number: String,
    /// “Statement 3”, for screen readers.
    label: String,
    /// Whose position it is.
    position: Option<Html>,
    /// What is said.
    said: Html,
    /// Of a row of a table: name and value of each cell; else empty.
    cells: Vec<Cell>,
    /// `covered`, `exempt`, `needed` or `uncovered`.
    coverage: &'static str,
    /// Why it shows no source.
    note: Option<Html>,
    /// File and line.
    place: String,
    /// The statement on the site.
    url: Option<&'a str>,
    /// What it rests on.
    evidence: Vec<Support>,
}

/// A name and what belongs to it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactSheetCell")]
struct Cell {
    /// The name.
    name: String,
    /// What belongs to it.
    html: Html,
}

/// Renders the sheet of these statements; `errors` is how many errors the site has.
pub fn render(book: &Book, theme: &Theme, entries: &[Entry], errors: usize) -> Result<String, Diagnostic> {
    let pages: Vec<Page<'_>> = entries
        .chunk_by(|a, b| (&a.language, &a.page) == (&b.language, &b.page))
        .filter_map(|entries| page(book, entries))
        .collect();
    let first = entries.first().and_then(|entry| book.languages.iter().find(|own| own.lang.as_str() == entry.language));
    let language = first.or(book.source_language());
    let locale = language.map(|language| &language.locale);
    let word = |key| locale.map_or("", |locale| locale.text(key));
    let name = match pages.as_slice() {
        [page] => page.title,
        _ => language.map_or("", |language| language.site_title.as_str()),
    };
    let sheet = Sheet {
        paper: Paper::new(theme, &["sheet.css"], language, format!("{} – {name}", word(Key::SheetTitle)))?,
        errors: locale
            .filter(|_| errors > 0)
            .map(|locale| locale.count_text(Key::SheetErrors, &Number::from(errors), &[])),
        pages,
    };
    theme.render_text(&sheet)
}

/// Whether a file is one that [`render`] wrote.
pub fn is_ours(bytes: &[u8]) -> bool {
    paper::is_of_class(bytes, "sheet")
}

fn page<'a>(book: &'a Book, entries: &'a [Entry]) -> Option<Page<'a>> {
    let first = entries.first()?;
    let (page, language, version) = book
        .versions()
        .find(|(page, language, _)| language.lang.as_str() == first.language && page.id.name() == first.page)?;
    let statements = statements(version);
    let writer = Writer { book, language, locale: &language.locale };
    let id = format!("{}-{}", first.language, first.page.replace('/', "-"));
    let mut groups: Vec<Group<'a>> = Vec::new();
    for entry in entries {
        let Some(statement) = entry.number.checked_sub(1).and_then(|index| statements.get(index)) else { continue };
        let title = writer.group_title(entry);
        let row = writer.row(entry, statement, &id);
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.statements.push(row),
            None => groups.push(Group { title, statements: vec![row] }),
        }
    }
    Some(Page {
        lang: language.lang.as_str(),
        dir: language.locale.direction().name(),
        t: language.locale.plain_strings(),
        id,
        title: &version.page.front.title.value,
        site_title: &language.site_title,
        language: language.locale.name(),
        address: paper::address(book, page, language),
        meta: writer.meta(version),
        groups,
    })
}

struct Writer<'a> {
    book: &'a Book,
    language: &'a Language,
    locale: &'a Locale,
}

impl<'a> Writer<'a> {
    fn group_title(&self, entry: &Entry) -> String {
        let key = match entry.part {
            Part::Summary => Key::Summary,
            Part::KeyFact => Key::KeyFacts,
            Part::Footnote => Key::Footnotes,
            Part::Text => {
                return entry.heading.as_ref().map_or_else(|| entry.page_title.clone(), |heading| heading.text.clone());
            }
        };
        self.locale.text(key).to_owned()
    }

    fn meta(&self, version: &Version) -> Vec<Html> {
        let tally = version.tally;
        let (covered, total) = (Number::from(tally.covered), Number::from(tally.total.saturating_sub(tally.exempt)));
        let mut meta = vec![words::pieces(
            &self.locale.fill_pieces(Key::Coverage, &[("covered", (&covered).into()), ("total", (&total).into())]),
        )];
        if tally.exempt > 0 {
            meta.push(words::pieces(&self.locale.count(Key::CoverageExempt, &Number::from(tally.exempt), &[])));
        }
        if let Some(date) = &version.page.front.data_to {
            meta.push(words::plain_sentence(self.locale, Key::DataTo, &[("date", &self.locale.date(date))]));
        }
        let mut file = Html::new();
        file.element("code", &[("dir", "ltr")], self.book.files.path(version.page.file));
        meta.push(file);
        meta
    }

    fn row(&self, entry: &'a Entry, statement: &Statement<'_>, page_id: &str) -> Row<'a> {
        let number = Number::from(entry.number);
        let cells = entry.columns.iter().zip(entry.statement.split(" | "));
        let cells: Vec<Cell> = cells
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(name, cell)| Cell { name: name.clone(), html: self.text(cell) })
            .collect();
        let note = match entry.coverage {
            Coverage::Covered => None,
            Coverage::Exempt => {
                let reason = entry.reason.as_deref().unwrap_or_default();
                let reason = words::editors_words(self.book, self.locale, &self.language.lang, reason);
                Some(words::sentence(self.locale, Key::NeedsNoneBecause, &[("reason", reason)]))
            }
            Coverage::Needed => Some(Html::escaped(self.locale.text(Key::SourceAskedFor))),
            Coverage::Uncovered => Some(Html::escaped(self.locale.text(Key::WithoutSource))),
        };
        Row {
            id: format!("{page_id}-{}", entry.number),
            fingerprint: entry.id.rsplit_once('#').map_or("", |(_, fingerprint)| fingerprint),
            number: self.locale.number(&number),
            label: self.locale.fill_plain(Key::Statement, &[("n", (&number).into())]),
            position: entry
                .position
                .as_deref()
                .map(|name| bidi::running(name, self.locale.direction()))
                .map(|name| words::sentence(self.locale, Key::AccordingTo, &[("name", name)])),
            said: self.text(&entry.statement),
            cells,
            coverage: entry.coverage.name(),
            note,
            place: format!("{}:{}", entry.file, entry.line),
            url: entry.url.as_deref(),
            evidence: statement.marks.iter().flat_map(|mark| self.support(mark)).collect(),
        }
    }

    fn text(&self, text: &str) -> Html {
        bidi::running(text, self.locale.direction())
    }
}
