//! The page on which a site says what it rests on: its statements by coverage, its sources by kind, party, language and year, its pages.
//!
//! The counts are [`Survey`]'s, of what a reader of the language gets. Here they become words and bars; a bar says nothing that the number
//! beside it does not say.

use super::address;
use super::context::{Alternate, Link};
use super::edition::OutPath;
use super::html::Html;
use super::page::{PageWriter, alternates};
use super::words::{self, WithLang};
use crate::audit::Survey;
use crate::audit::survey::{PageSurvey, Share};
use crate::book::navigation::SOURCING;
use crate::book::{Book, Language};
use crate::citation::record::Checked;
use crate::ids::Lang;
use crate::locale::{Key, Locale, Vocabulary};
use crate::number::Number;
use serde::Serialize;
use std::cmp::Reverse;

/// What `sourcing.html` gets besides.
#[derive(Debug, Serialize)]
pub(super) struct Sourcing {
    title: String,
    description: String,
    canonical_url: Option<String>,
    alternates: Vec<Alternate>,
    /// How many pages, statements, sources, citations.
    meta: Vec<Html>,
    coverage: Vec<Row>,
    reasons: Vec<Row>,
    depth: Vec<Row>,
    kinds: Vec<SourceRow>,
    parties: Vec<SourceRow>,
    languages: Vec<SourceRow>,
    years: Vec<SourceRow>,
    checks: Vec<CheckRow>,
    /// Which pages a person has read; null where none was.
    reviewed: Option<Html>,
    pages: Vec<PageRow>,
    data: Vec<DataLink>,
}

/// A number with its bar.
#[derive(Debug, Serialize)]
struct Count {
    text: String,
    /// Its share of the whole, in per cent of the bar's length.
    width: String,
}

#[derive(Debug, Serialize)]
struct Row {
    name: Html,
    count: Count,
}

#[derive(Debug, Serialize)]
struct SourceRow {
    name: Html,
    sources: Count,
    citations: Count,
}

#[derive(Debug, Serialize)]
struct CheckRow {
    name: Html,
    text: String,
    sources: Count,
}

#[derive(Debug, Serialize)]
struct PageRow {
    link: Link,
    statements: String,
    with_source: Count,
    on_one_source: String,
    sources: String,
}

/// A file of data about the statements.
#[derive(Debug, Serialize)]
struct DataLink {
    url: String,
    text: String,
}

/// Where the page of a language lies.
pub(super) fn path(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{SOURCING}/index.html"))
}

fn paths(book: &Book) -> Vec<OutPath> {
    book.languages.iter().filter_map(|language| path(&language.lang)).collect()
}

/// The context of the page for readers of the writer's language.
pub(super) fn context(writer: &PageWriter<'_>, language: &Language, survey: &Survey) -> Sourcing {
    let teller = Teller { book: writer.book, locale: &language.locale };
    let locale = teller.locale;
    let tally = survey.tally;
    let sources = survey.sources.len();
    let counted = |key, count: usize| words::pieces(&locale.count(key, &Number::from(count), &[]));
    let coverage =
        [(Key::WithSource, tally.covered), (Key::WithoutNeed, tally.exempt), (Key::LackingSource, tally.uncovered)];
    let depth =
        [(Key::DepthOne, survey.depth.one), (Key::DepthTwo, survey.depth.two), (Key::DepthMore, survey.depth.more)];
    let rows = |rows: &[(Key, usize)], whole: usize| {
        rows.iter().map(|(key, count)| Row { name: teller.label(*key), count: teller.bar(*count, whole) }).collect()
    };
    let reasons = survey.reasons.iter().map(|reason| Row {
        name: words::editors_words(writer.book, locale, &reason.lang, &reason.text),
        count: teller.bar(reason.statements, tally.exempt),
    });
    Sourcing {
        title: locale.text(Key::Sourcing).to_owned(),
        description: locale.text(Key::SourcingIntro).to_owned(),
        canonical_url: writer.book.config.base_url.as_deref().map(|base| address::absolute(base, writer.from)),
        alternates: alternates(writer.book, &paths(writer.book)),
        meta: vec![
            counted(Key::PageCount, survey.pages.len()),
            counted(Key::StatementCount, tally.total),
            counted(Key::SourceCount, sources),
            counted(Key::CitationCount, survey.citations),
        ],
        coverage: rows(&coverage, tally.total),
        reasons: reasons.collect(),
        depth: rows(&depth, tally.covered),
        kinds: teller.kinds(survey),
        parties: teller.parties(survey),
        languages: teller.languages(survey),
        years: teller.years(survey),
        checks: teller.checks(survey),
        reviewed: teller.reviewed(survey),
        pages: survey.pages.iter().filter_map(|page| teller.page(writer, page)).collect(),
        data: data_links(writer, language),
    }
}

/// The files of data: of this language, and of the whole.
fn data_links(writer: &PageWriter<'_>, language: &Language) -> Vec<DataLink> {
    let files = [super::data::path_of(&language.lang), super::data::index_path()];
    let links = files
        .into_iter()
        .flatten()
        .map(|file| DataLink { url: address::link(writer.profile, writer.from, &file, None), text: file.to_string() });
    links.collect()
}

struct Teller<'a> {
    book: &'a Book,
    locale: &'a Locale,
}

impl Teller<'_> {
    fn label(&self, key: Key) -> Html {
        Html::escaped(self.locale.text(key))
    }

    fn number(&self, count: usize) -> String {
        self.locale.number(&Number::from(count))
    }

    fn bar(&self, count: usize, whole: usize) -> Count {
        // In tenths of a per cent: no two machines write it in two ways.
        let share = (count * 1000).checked_div(whole).unwrap_or_default().min(1000);
        Count { text: self.number(count), width: format!("{}.{}", share / 10, share % 10) }
    }

    fn row(&self, survey: &Survey, name: Html, share: Share) -> SourceRow {
        SourceRow {
            name,
            sources: self.bar(share.sources, survey.sources.len()),
            citations: self.bar(share.citations, survey.citations),
        }
    }

    fn kinds(&self, survey: &Survey) -> Vec<SourceRow> {
        let mut kinds: Vec<_> = survey.kinds.iter().collect();
        kinds.sort_by_key(|(kind, share)| (kind.is_none(), Reverse(**share)));
        let rows = kinds.into_iter().map(|(kind, share)| {
            let name = kind.map_or_else(
                || self.label(Key::NotRecorded),
                |kind| Html::escaped(self.locale.term(Vocabulary::SourceKind, kind).unwrap_or(kind)),
            );
            self.row(survey, name, *share)
        });
        rows.collect()
    }

    fn parties(&self, survey: &Survey) -> Vec<SourceRow> {
        let mut parties: Vec<_> = survey.affiliations.iter().collect();
        parties.sort_by_key(|(party, share)| (party.is_none(), Reverse(**share)));
        let rows = parties.into_iter().map(|(party, share)| {
            let name = party.as_deref().map_or_else(
                || self.label(Key::OfNoParty),
                |party| Html::escaped(self.locale.term(Vocabulary::Affiliation, party).unwrap_or(party)),
            );
            self.row(survey, name, *share)
        });
        rows.collect()
    }

    fn languages(&self, survey: &Survey) -> Vec<SourceRow> {
        let mut languages: Vec<_> = survey.languages.iter().collect();
        languages.sort_by_key(|(_, share)| Reverse(**share));
        let name = |lang: &Lang| {
            let own = self.locale.language_name(lang);
            let known = self.book.language(lang).filter(|_| own == lang.as_str());
            known.map_or_else(
                || Html::escaped(own),
                |language| words::isolated(language.locale.name(), WithLang::of(Some(lang), self.book)),
            )
        };
        languages.into_iter().map(|(lang, share)| self.row(survey, name(lang), *share)).collect()
    }

    /// The newest first, the undated last.
    fn years(&self, survey: &Survey) -> Vec<SourceRow> {
        let (undated, dated): (Vec<_>, Vec<_>) = survey.years.iter().partition(|(year, _)| year.is_none());
        let rows = dated.into_iter().rev().chain(undated).map(|(year, share)| {
            let name = year.map_or_else(|| self.label(Key::NoDate), |year| Html::escaped(&self.locale.date(&year)));
            self.row(survey, name, *share)
        });
        rows.collect()
    }

    fn checks(&self, survey: &Survey) -> Vec<CheckRow> {
        let row = |(level, share): (&Checked, &Share)| {
            let key = match level {
                Checked::StoredPage => Key::CheckStoredPageText,
                Checked::Corroborated => Key::CheckCorroboratedText,
                Checked::Known => Key::CheckKnownText,
            };
            CheckRow {
                name: Html::escaped(self.locale.term(Vocabulary::Check, level.name()).unwrap_or_default()),
                text: self.locale.text(key).to_owned(),
                sources: self.bar(share.sources, survey.sources.len()),
            }
        };
        survey.checks.iter().rev().map(row).collect()
    }

    fn reviewed(&self, survey: &Survey) -> Option<Html> {
        let (read, all) = (Number::from(survey.reviewed), Number::from(survey.pages.len()));
        let told = self.locale.fill_pieces(Key::ReviewSome, &[("n", (&read).into()), ("total", (&all).into())]);
        (survey.reviewed > 0).then(|| words::pieces(&told))
    }

    fn page(&self, writer: &PageWriter<'_>, survey: &PageSurvey) -> Option<PageRow> {
        let page = self.book.page(survey.page)?;
        Some(PageRow {
            link: writer.link(page, false)?,
            statements: self.number(survey.tally.total),
            with_source: self.bar(survey.tally.covered, survey.tally.total),
            on_one_source: self.number(survey.depth.one),
            sources: self.number(survey.sources),
        })
    }
}
