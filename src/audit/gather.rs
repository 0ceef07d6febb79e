//! Book → ledger.
//!
//! Each version of a page is read once for its tables ([`Rows`], by where they begin), and then statement by statement: as it stands on the
//! page ([`Told`]), which is all that a site publishes of it. An [`Entry`] adds what its sources and figures say.

use super::entry::{Coverage, Entry, Evidence, EvidenceKind, Heading, Part, Quote};
use super::published::{Writer, Written};
use super::records::Records;
use super::told::{Headed, Named, Shown, Support, Told};
use crate::book::evidence::{Mark, MarkKind, Statement, statements, told};
use crate::book::{Book, BookPage, Language, Version, navigation, reading};
use crate::citation;
use crate::citation::ways::{Passage, at_passage};
use crate::figure::Figure;
use crate::figure::phrase::phrase;
use crate::ids::{Lang, PageId, QuoteId, SourceId};
use crate::ledger::{self, Claim, words_of};
use crate::markdown::citation::{Cite, Relation};
use crate::markdown::locator::Locator;
use crate::markdown::tree::{BlockKind, Cell, FigureRef, Row};
use crate::span::Span;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Which statements are asked for; nothing named means all.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The languages.
    pub languages: Vec<Lang>,
    /// The pages.
    pub pages: Vec<PageId>,
}

impl Scope {
    fn holds(&self, page: &PageId, lang: &Lang) -> bool {
        (self.pages.is_empty() || self.pages.contains(page))
            && (self.languages.is_empty() || self.languages.contains(lang))
    }
}

/// The statements of the book: language by language, page by page in the order of reading. Each text is there once; a page that is
/// shown to others because it is not translated stands under its own language alone.
pub fn ledger(book: &Book, scope: &Scope) -> Vec<Entry> {
    let read = |(page, language, version)| of_version(book, page, language, version);
    versions(book, scope).into_par_iter().flat_map_iter(read).collect()
}

/// The statements of so many pages are held at once while they are published.
const AT_ONCE: usize = 256;

/// Hands over the statements of a language piece by piece, as a site publishes them.
pub fn published(book: &Book, lang: &Lang, put: &mut dyn FnMut(&[u8])) {
    let scope = Scope { languages: vec![lang.clone()], ..Scope::default() };
    let mut writer = Writer::new(lang, put);
    let versions = versions(book, &scope);
    for versions in versions.chunks(AT_ONCE) {
        let written = versions.par_iter().map(|(page, language, version)| {
            let mut written = Written::new(version);
            Reader::new(book, page, language, version).each(|told| written.add(&told));
            written
        });
        let written: Vec<Written<'_>> = written.collect();
        for page in written {
            writer.page(page);
        }
    }
    writer.finish(book.language(lang).map(|language| Records { book, language }));
}

fn versions<'a>(book: &'a Book, scope: &Scope) -> Vec<(&'a BookPage, &'a Language, &'a Version)> {
    let mut versions: Vec<(&BookPage, &Language, &Version)> =
        book.versions().filter(|(page, language, _)| scope.holds(&page.id, &language.lang)).collect();
    versions.sort_by_key(|(_, language, _)| book.slot_of(&language.lang));
    versions
}

/// The statements of one page in one language.
pub fn of_version(book: &Book, page: &BookPage, language: &Language, version: &Version) -> Vec<Entry> {
    let reader = Reader::new(book, page, language, version);
    let mut entries = Vec::new();
    reader.each(|told| entries.push(reader.entry(told)));
    entries
}

/// The rows of tables by their first byte.
struct Rows<'a> {
    rows: BTreeMap<u32, (&'a Row, usize)>,
    /// The names of the columns of each table.
    columns: Vec<Vec<String>>,
}

impl<'a> Rows<'a> {
    fn of(version: &'a Version, records: Records<'a>) -> Self {
        let mut all = Self { rows: BTreeMap::new(), columns: Vec::new() };
        reading::blocks(&version.page.body, &mut |block| {
            if let BlockKind::Table { head, rows, .. } = &block.kind {
                let table = all.columns.len();
                all.rows.extend(rows.iter().map(|row| (row.span.start, (row, table))));
                all.columns.push(cells(head, records));
            }
        });
        all
    }

    /// The row that holds a place, with the names of its columns.
    fn at(&self, span: Span) -> Option<(&'a Row, &[String])> {
        let (_, (row, table)) = self.rows.range(..=span.start).next_back()?;
        (span.end <= row.span.end).then_some((*row, self.columns.get(*table)?.as_slice()))
    }
}

struct Reader<'a> {
    book: &'a Book,
    page: &'a BookPage,
    language: &'a Language,
    version: &'a Version,
    records: Records<'a>,
    rows: Rows<'a>,
    /// Where the page lies in the built site.
    folder: String,
}

impl<'a> Reader<'a> {
    fn new(book: &'a Book, page: &'a BookPage, language: &'a Language, version: &'a Version) -> Self {
        let records = Records { book, language };
        let folder = navigation::folder_of(&language.lang, &page.id);
        Self { book, page, language, version, records, rows: Rows::of(version, records), folder }
    }

    /// Hands over the statements of the page in their order.
    fn each(&self, mut take: impl FnMut(Told<'a>)) {
        let mut seen: BTreeMap<[u8; 4], usize> = BTreeMap::new();
        for (index, statement) in statements(self.version).iter().enumerate() {
            let mut told = self.told(index + 1, statement);
            let fingerprint = fingerprint(&told.statement);
            let times = seen.entry(fingerprint).or_insert(0);
            *times += 1;
            told.id = self.id(fingerprint, *times);
            take(told);
        }
    }

    /// The page and what its words are known by; of statements that say the same, the second and later have a number, too.
    fn id(&self, fingerprint: [u8; 4], times: usize) -> String {
        let mut id = String::with_capacity(self.folder.len() + 12);
        id.push_str(self.folder.trim_end_matches('/'));
        id.push('#');
        let half = |half: u8| char::from_digit(u32::from(half), 16);
        id.extend(fingerprint.iter().flat_map(|byte| [half(byte >> 4), half(byte & 15)]).flatten());
        if times > 1 {
            id.push('-');
            id.push_str(&times.to_string());
        }
        id
    }

    /// A statement, which gets its id from among the others.
    fn told(&self, number: usize, statement: &Statement<'a>) -> Told<'a> {
        let (book, claim) = (self.book, statement.claim);
        let part = self.part(claim.span);
        let heading = (part == Part::Text).then(|| self.heading(claim.span)).flatten();
        let (columns, said) = match self.rows.at(claim.span) {
            Some((row, columns)) => (columns.to_vec(), cells(&row.cells, self.records).join(" | ")),
            None => (Vec::new(), statement.told(book, &self.language.locale)),
        };
        let mut evidence = Vec::with_capacity(statement.marks.len());
        statement.marks.iter().for_each(|mark| self.support(mark, &mut evidence));
        let anchor = evidence.first().map(|support| support.mark.as_str()).or(heading.map(|heading| heading.id));
        let (hash, anchor) = anchor.map_or(("", ""), |anchor| ("#", anchor));
        let address = [&self.folder, hash, anchor].concat();
        let url = book.config.base_url.as_deref().map(|base| [base, &address].concat());
        let (from, to) = book.files.positions(claim.span).map_or((None, None), |(from, to)| (Some(from), Some(to)));
        let (coverage, reason) = coverage(claim);
        Told {
            id: String::new(),
            page: self.page.id.name(),
            number,
            part,
            heading,
            position: statement.position.as_deref().filter(|name| !name.is_empty()).map(str::to_owned),
            columns,
            statement: said,
            coverage,
            reason,
            file: book.files.path(claim.span.file),
            line: from.map_or(0, |from| from.line),
            column: from.map_or(0, |from| from.column),
            end_line: to.map_or(0, |to| to.line),
            end_column: to.map_or(0, |to| to.column),
            start: claim.span.range().start,
            end: claim.span.range().end,
            url,
            address,
            evidence,
        }
    }

    fn part(&self, span: Span) -> Part {
        let page = &self.version.page;
        let within = |around: &Span| around.start <= span.start && span.end <= around.end;
        if page.summary.iter().any(|line| within(&line.span)) {
            Part::Summary
        } else if page.key_facts.iter().any(|line| within(&line.span)) {
            Part::KeyFact
        } else if page.body.footnotes.iter().any(|footnote| within(&footnote.span)) {
            Part::Footnote
        } else {
            Part::Text
        }
    }

    /// The last heading before it.
    fn heading(&self, span: Span) -> Option<Headed<'a>> {
        let outline = &self.version.outline;
        let before = outline.partition_point(|heading| heading.span.start <= span.start);
        Some(Headed::of(outline.get(before.checked_sub(1)?)?))
    }

    /// Adds what a mark brings.
    fn support(&self, mark: &Mark<'a>, evidence: &mut Vec<Support<'a>>) {
        match mark.kind {
            MarkKind::Cite(cite) => evidence.push(self.citation(mark, cite)),
            MarkKind::Figure(reference) => self.figure(mark, reference, evidence),
            MarkKind::Drawing(..) => {
                let drawn = data(EvidenceKind::Drawing, mark);
                let sources = mark.sources(self.book).into_iter();
                evidence.extend(sources.map(|source| Support { source: Named::of(source), ..drawn.clone() }));
            }
        }
    }

    fn citation(&self, mark: &Mark<'_>, cite: &'a Cite) -> Support<'a> {
        let source = self.named(&cite.source);
        Support {
            kind: EvidenceKind::Citation,
            mark: mark.anchor(),
            written: None,
            relation: cite.relation.unwrap_or(Relation::Cites).name(),
            prefix: cite.prefix.as_deref(),
            locator: cite.locator.as_ref().map(|locator| self.records.place(locator)),
            suffix: cite.suffix.as_deref(),
            source,
            quote: cite.quote.as_ref().map(|id| self.records.passage(id, source.record)),
            passage: passage(source.record, cite.quote.as_ref(), cite.locator.as_ref()),
            figure: None,
        }
    }

    fn figure(&self, mark: &Mark<'_>, reference: &'a FigureRef, evidence: &mut Vec<Support<'a>>) {
        let shown = Support { figure: Some(Shown(reference)), ..data(EvidenceKind::Figure, mark) };
        let Some((figure, from, quote)) = self.taken_from(reference) else { return evidence.push(shown) };
        let source = self.named(from);
        let first = Support {
            written: phrase(&figure, reference.form, &self.language.locale, self.records.source_lang()),
            locator: figure.locator.as_ref().map(|locator| self.records.place(locator)),
            source,
            quote: quote.map(|id| self.records.passage(id, source.record)),
            passage: passage(source.record, quote, figure.locator.as_ref()),
            ..shown
        };
        // A figure that is worked out from others rests on their sources, too.
        let others = self.book.library.sources_of(&figure).into_iter().map(Named::of);
        let others = others.filter(|other| other.id != source.id);
        let others =
            others.map(|source| Support { source, locator: None, quote: None, passage: None, ..first.clone() });
        let others: Vec<Support<'a>> = others.collect();
        evidence.push(first);
        evidence.extend(others);
    }

    /// A figure with its source and the passage there, as the record says, or that of its series.
    fn taken_from(&self, reference: &FigureRef) -> Option<(Cow<'a, Figure>, &'a SourceId, Option<&'a QuoteId>)> {
        let library = &self.book.library;
        let figure = library.figure(reference).ok()?;
        let (source, quote) = match &figure {
            Cow::Borrowed(figure) => (&figure.source, figure.quote.as_ref()),
            Cow::Owned(_) => {
                let series = library.series(&reference.id)?;
                let point = series.point_at(reference.point.as_ref()?)?;
                (point.source.as_ref().unwrap_or(&series.source), None)
            }
        };
        Some((figure, &source.value, quote))
    }

    /// The source of that id.
    fn named(&self, id: &'a SourceId) -> Named<'a> {
        self.book.library.source(id).map_or(Named { id: id.as_str(), record: None }, Named::of)
    }
}

impl Reader<'_> {
    /// The statement as others keep it, with all that its sources and figures say.
    fn entry(&self, told: Told<'_>) -> Entry {
        Entry {
            id: told.id,
            language: self.language.lang.to_string(),
            page: told.page.to_owned(),
            page_title: self.version.page.front.title.value.clone(),
            number: told.number,
            part: told.part,
            heading: told.heading.map(|Headed { id, text }| Heading { id: id.to_owned(), text: text.to_owned() }),
            position: told.position,
            columns: told.columns,
            statement: told.statement,
            coverage: told.coverage,
            reason: told.reason.map(str::to_owned),
            file: told.file.to_owned(),
            line: told.line,
            column: told.column,
            end_line: told.end_line,
            end_column: told.end_column,
            start: told.start,
            end: told.end,
            address: told.address,
            url: told.url,
            evidence: told.evidence.into_iter().map(|support| self.evidence(support)).collect(),
        }
    }

    fn evidence(&self, support: Support<'_>) -> Evidence {
        Evidence {
            kind: support.kind,
            mark: support.mark,
            written: support.written,
            relation: support.relation,
            prefix: support.prefix.map(str::to_owned),
            locator: support.locator,
            suffix: support.suffix.map(str::to_owned),
            source: self.records.source(support.source),
            quote: support.quote.map(Quote::from),
            passage: support.passage,
            figure: support.figure.map(|shown| self.records.figure(shown)),
        }
    }
}

/// The words of cells.
fn cells(cells: &[Cell], Records { book, language }: Records<'_>) -> Vec<String> {
    cells.iter().map(|cell| told(&words_of(&cell.content), book, &language.locale)).collect()
}

/// Evidence that data were taken from a source, which is still to be named.
fn data<'a>(kind: EvidenceKind, mark: &Mark<'_>) -> Support<'a> {
    Support {
        kind,
        mark: mark.anchor(),
        written: None,
        relation: Relation::UsesDataFrom.name(),
        prefix: None,
        locator: None,
        suffix: None,
        source: Named::default(),
        quote: None,
        passage: None,
        figure: None,
    }
}

/// The address that opens a source at the passage, where it has one.
fn passage(source: Option<&citation::Source>, quote: Option<&QuoteId>, locator: Option<&Locator>) -> Option<String> {
    let source = source?;
    at_passage(source, Passage { quote: quote.and_then(|id| source.quote(id)), locator })
}

fn coverage(claim: &Claim) -> (Coverage, Option<&str>) {
    match &claim.coverage {
        ledger::Coverage::Covered => (Coverage::Covered, None),
        ledger::Coverage::Exempt { reason } => (Coverage::Exempt, Some(reason)),
        ledger::Coverage::Needed => (Coverage::Needed, None),
        ledger::Coverage::Uncovered => (Coverage::Uncovered, None),
    }
}

/// Enough of a hash to tell the statements of one page apart.
fn fingerprint(text: &str) -> [u8; 4] {
    let [one, two, three, four, ..]: [u8; 32] = Sha256::digest(text).into();
    [one, two, three, four]
}
