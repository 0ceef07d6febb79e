//! Book → ledger.
//!
//! Each version of a page is read once for its places ([`Places`]: headings, positions, rows, footnotes, by where they begin), and then
//! statement by statement.

use super::entry::{Coverage, Entry, Evidence, EvidenceKind, Figure, Heading, Part, Quote, Source};
use super::published::{Writer, Written};
use crate::book::evidence::{Mark, MarkKind, Statement, statements, told};
use crate::book::{Book, BookPage, Language, Version, navigation, reading};
use crate::citation::ways::{Passage, ways};
use crate::citation::{self, entry};
use crate::figure::phrase::{self, phrase};
use crate::ids::{Lang, PageId, QuoteId, SourceId};
use crate::ledger::{self, Claim, words_of};
use crate::markdown::citation::{Cite, Relation};
use crate::markdown::locator::Locator;
use crate::markdown::tree::{BlockKind, CalloutKind, Cell, FigureForm, FigureRef, Row, SeriesPoint};
use crate::span::Span;
use crate::workspace::Localized;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

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
    for versions in versions(book, &scope).chunks(AT_ONCE) {
        let written = versions
            .par_iter()
            .map(|(page, language, version)| Written::of(&of_version(book, page, language, version)));
        let written: Vec<Written> = written.collect();
        for page in written {
            writer.page(page);
        }
    }
    writer.finish();
}

fn versions<'a>(book: &'a Book, scope: &Scope) -> Vec<(&'a BookPage, &'a Language, &'a Version)> {
    let mut versions: Vec<(&BookPage, &Language, &Version)> =
        book.versions().filter(|(page, language, _)| scope.holds(&page.id, &language.lang)).collect();
    versions.sort_by_key(|(_, language, _)| book.languages.iter().position(|other| other.lang == language.lang));
    versions
}

/// The statements of one page in one language.
pub fn of_version(book: &Book, page: &BookPage, language: &Language, version: &Version) -> Vec<Entry> {
    let reader = Reader { book, page, language, version, places: Places::of(version) };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut entries: Vec<Entry> = statements(version).iter().map(|statement| reader.entry(statement)).collect();
    for (index, entry) in entries.iter_mut().enumerate() {
        entry.number = index + 1;
        let times = seen.entry(entry.id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            entry.id = format!("{}-{times}", entry.id);
        }
    }
    entries
}

/// What stands where on a page, by its first byte.
struct Places<'a> {
    positions: BTreeMap<u32, (Span, String)>,
    rows: BTreeMap<u32, (&'a Row, &'a [Cell])>,
}

impl<'a> Places<'a> {
    fn of(version: &'a Version) -> Self {
        let mut places = Self { positions: BTreeMap::new(), rows: BTreeMap::new() };
        reading::blocks(&version.page.body, &mut |block| match &block.kind {
            BlockKind::Callout { kind: CalloutKind::Position, title, .. } => {
                places.positions.insert(block.span.start, (block.span, reading::plain_text(title)));
            }
            BlockKind::Table { head, rows, .. } => {
                places.rows.extend(rows.iter().map(|row| (row.span.start, (row, head.as_slice()))));
            }
            _ => {}
        });
        places
    }

    fn position(&self, span: Span) -> Option<&str> {
        let (_, (around, name)) = self.positions.range(..=span.start).next_back()?;
        (span.end <= around.end && !name.is_empty()).then_some(name)
    }

    fn row(&self, span: Span) -> Option<(&'a Row, &'a [Cell])> {
        let (_, (row, head)) = self.rows.range(..=span.start).next_back()?;
        (span.end <= row.span.end).then_some((*row, *head))
    }
}

struct Reader<'a> {
    book: &'a Book,
    page: &'a BookPage,
    language: &'a Language,
    version: &'a Version,
    places: Places<'a>,
}

impl Reader<'_> {
    fn entry(&self, statement: &Statement<'_>) -> Entry {
        let (book, claim) = (self.book, statement.claim);
        let part = self.part(claim.span);
        let heading = (part == Part::Text).then(|| self.heading(claim.span)).flatten();
        let row = self.places.row(claim.span);
        let (columns, said) = match row {
            Some((row, head)) => (self.cells(head), self.cells(&row.cells).join(" | ")),
            None => (Vec::new(), statement.told(book, &self.language.locale)),
        };
        let evidence: Vec<Evidence> = statement.marks.iter().flat_map(|mark| self.evidence(mark)).collect();
        let folder = navigation::folder_of(&self.language.lang, &self.page.id);
        let anchor = evidence.first().map(|evidence| &evidence.mark).or(heading.as_ref().map(|heading| &heading.id));
        let address = anchor.map_or_else(|| folder.clone(), |anchor| format!("{folder}#{anchor}"));
        let (from, to) = book.files.positions(claim.span).map_or((None, None), |(from, to)| (Some(from), Some(to)));
        let (coverage, reason) = coverage(claim);
        Entry {
            id: format!("{}#{}", folder.trim_end_matches('/'), fingerprint(&said)),
            language: self.language.lang.to_string(),
            page: self.page.id.name().to_owned(),
            page_title: self.version.page.front.title.value.clone(),
            number: 0,
            part,
            heading,
            position: self.places.position(claim.span).map(str::to_owned),
            columns,
            statement: said,
            coverage,
            reason,
            file: book.files.path(claim.span.file).to_owned(),
            line: from.map_or(0, |from| from.line),
            column: from.map_or(0, |from| from.column),
            end_line: to.map_or(0, |to| to.line),
            end_column: to.map_or(0, |to| to.column),
            start: claim.span.range().start,
            end: claim.span.range().end,
            url: book.config.base_url.as_deref().map(|base| format!("{base}{address}")),
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
    fn heading(&self, span: Span) -> Option<Heading> {
        let outline = &self.version.outline;
        let before = outline.partition_point(|heading| heading.span.start <= span.start);
        let heading = outline.get(before.checked_sub(1)?)?;
        Some(Heading { id: heading.id.clone(), text: heading.text.clone() })
    }

    fn cells(&self, cells: &[Cell]) -> Vec<String> {
        cells.iter().map(|cell| told(&words_of(&cell.content), self.book, &self.language.locale)).collect()
    }

    fn evidence(&self, mark: &Mark<'_>) -> Vec<Evidence> {
        match mark.kind {
            MarkKind::Cite(cite) => vec![self.citation(mark, cite)],
            MarkKind::Figure(reference) => {
                let first = self.figure(mark, reference);
                // A figure that is worked out from others rests on their sources, too.
                let others = mark.sources(self.book).into_iter().filter(|source| source.id.as_str() != first.source.id);
                let others: Vec<Evidence> = others
                    .map(|source| Evidence { locator: None, quote: None, passage: None, ..self.with(&first, source) })
                    .collect();
                std::iter::once(first).chain(others).collect()
            }
            MarkKind::Drawing(..) => {
                let drawn = data(EvidenceKind::Drawing, mark, None);
                mark.sources(self.book).into_iter().map(|source| self.with(&drawn, source)).collect()
            }
        }
    }

    /// The same evidence from another source.
    fn with(&self, evidence: &Evidence, source: &citation::Source) -> Evidence {
        Evidence { source: self.source(&source.id, Some(source)), ..evidence.clone() }
    }

    fn citation(&self, mark: &Mark<'_>, cite: &Cite) -> Evidence {
        let source = self.book.library.source(&cite.source);
        Evidence {
            kind: EvidenceKind::Citation,
            mark: mark.anchor(),
            written: None,
            relation: cite.relation.unwrap_or(Relation::Cites).name(),
            prefix: cite.prefix.clone(),
            locator: cite.locator.as_ref().map(|locator| self.place(locator)),
            suffix: cite.suffix.clone(),
            source: self.source(&cite.source, source),
            quote: cite.quote.as_ref().map(|id| self.quote(id, source)),
            passage: passage(source, cite.quote.as_ref(), cite.locator.as_ref()),
            figure: None,
        }
    }

    fn figure(&self, mark: &Mark<'_>, reference: &FigureRef) -> Evidence {
        let named = Figure { id: reference.id.to_string(), point: point(reference), ..Figure::default() };
        let mut evidence = data(EvidenceKind::Figure, mark, Some(named));
        let Some(figure) = self.book.library.figure(reference).ok() else { return evidence };
        let source = self.book.library.source(&figure.source.value);
        evidence.locator = figure.locator.as_ref().map(|locator| self.place(locator));
        evidence.source = self.source(&figure.source.value, source);
        evidence.quote = figure.quote.as_ref().map(|id| self.quote(id, source));
        evidence.passage = passage(source, figure.quote.as_ref(), figure.locator.as_ref());
        let written = |form| phrase(&figure, form, &self.language.locale, self.source_lang());
        evidence.written = written(reference.form);
        evidence.figure = Some(Figure {
            id: figure.id.to_string(),
            point: point(reference),
            label: Some(self.words(&figure.label)),
            value: written(FigureForm::Value),
            number: Some(figure.value.to_string()),
            range: figure.range.map(|(low, high)| [low.to_string(), high.to_string()]),
            unit: Some(figure.unit.clone()),
            as_of: Some(figure.when.to_string()),
            reporter: figure.reporter.as_ref().map(|reporter| self.words(reporter)),
            population: figure.population.as_ref().map(|population| self.words(population)),
            status: Some(figure.status.name()),
            via: figure.via.as_ref().map(|via| via.value.to_string()),
            checked: figure.checked.map(citation::record::Checked::name),
        });
        evidence
    }

    fn source(&self, id: &SourceId, source: Option<&citation::Source>) -> Source {
        let Some(source) = source else { return Source { id: id.to_string(), ..Source::default() } };
        let value = |text: &Option<crate::workspace::Placed<String>>| text.as_ref().map(|text| text.value.clone());
        Source {
            id: source.id.to_string(),
            name: Some(entry::short_name(source, &self.language.locale).0),
            title: Some(entry::original(&source.title, &source.lang).0.to_owned()),
            language: Some(source.lang.to_string()),
            date: source.date.as_ref().map(ToString::to_string),
            kind: source.kind,
            affiliation: source.affiliation.clone(),
            checked: Some(source.checked.level.name()),
            checked_at: source.checked.at.as_ref().map(ToString::to_string),
            checked_by: source.checked.by.clone(),
            url: value(&source.url),
            url_status: source.url.as_ref().map(|_| source.url_status.name()),
            archive: source.archive.iter().map(|copy| copy.url.clone()).collect(),
            doi: value(&source.doi),
            symbol: value(&source.symbol),
        }
    }

    fn quote(&self, id: &QuoteId, source: Option<&citation::Source>) -> Quote {
        let found = source.and_then(|source| Some((source, source.quote(id)?)));
        let Some((source, quote)) = found else {
            return Quote {
                id: id.to_string(),
                original: None,
                original_language: None,
                translation: None,
                translated_by: None,
                locator: None,
            };
        };
        let (original, lang) = entry::original(&quote.exact, &source.lang);
        let translation = quote.exact.exact(&self.language.lang).filter(|_| *lang != self.language.lang);
        Quote {
            id: id.to_string(),
            original: Some(original.to_owned()),
            original_language: Some(lang.to_string()),
            translation: translation.map(str::to_owned),
            translated_by: translation.and(quote.translated_by),
            locator: quote.locator.as_ref().map(|locator| self.place(locator)),
        }
    }

    fn place(&self, locator: &Locator) -> String {
        self.language.locale.place(locator)
    }

    fn words(&self, text: &Localized) -> String {
        phrase::words(text, &self.language.locale, self.source_lang()).0.to_owned()
    }

    fn source_lang(&self) -> &Lang {
        self.book.source_language().map_or(&self.language.lang, |language| &language.lang)
    }
}

/// Evidence that data were taken from a source, which is still to be named.
fn data(kind: EvidenceKind, mark: &Mark<'_>, figure: Option<Figure>) -> Evidence {
    Evidence {
        kind,
        mark: mark.anchor(),
        written: None,
        relation: Relation::UsesDataFrom.name(),
        prefix: None,
        locator: None,
        suffix: None,
        source: Source::default(),
        quote: None,
        passage: None,
        figure,
    }
}

/// The address that opens a source at the passage, where it has one.
fn passage(source: Option<&citation::Source>, quote: Option<&QuoteId>, locator: Option<&Locator>) -> Option<String> {
    let source = source?;
    let passage = Passage { quote: quote.and_then(|id| source.quote(id)), locator };
    ways(source, passage).into_iter().find(|way| way.at_passage).map(|way| way.href)
}

fn point(reference: &FigureRef) -> Option<String> {
    reference.point.as_ref().map(|point| match point {
        SeriesPoint::At(date) => date.clone(),
        SeriesPoint::Latest => "latest".to_owned(),
    })
}

fn coverage(claim: &Claim) -> (Coverage, Option<String>) {
    match &claim.coverage {
        ledger::Coverage::Covered => (Coverage::Covered, None),
        ledger::Coverage::Exempt { reason } => (Coverage::Exempt, Some(reason.clone())),
        ledger::Coverage::Needed => (Coverage::Needed, None),
        ledger::Coverage::Uncovered => (Coverage::Uncovered, None),
    }
}

/// Enough of a hash to tell the statements of one page apart.
fn fingerprint(text: &str) -> String {
    let mut fingerprint = String::with_capacity(8);
    for byte in Sha256::digest(text).iter().take(4) {
        // Writing to a string cannot fail.
        let _ = write!(fingerprint, "{byte:02x}");
    }
    fingerprint
}
