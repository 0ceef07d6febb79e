//! The page on which a site says what it rests on: its statements by coverage, its sources by kind, party, language and year, its pages.
//!
//! The counts are [`Survey`]'s, of what a reader of the language gets. Here they become words and bars; a bar says nothing that the number
//! beside it does not say.

use super::address;
use super::context::{Alternate, Link};
use super::edition::OutPath;
use super::extent::Extent;
use super::frame::paths_of;
use super::html::Html;
use super::page::{PageWriter, alternates};
use super::words::{self, WithLang};
use crate::audit::Survey;
use crate::audit::survey::{PageSurvey, Share};
use crate::book::navigation::{Made, SOURCING};
use crate::book::{Book, Language};
use crate::citation::record::Checked;
use crate::ids::Lang;
use crate::locale::{Key, Locale, Vocabulary};
use crate::number::Number;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;

/// What `sourcing.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Sourcing {
    /// Its title.
    title: String,
    /// What the page is, for `<meta>`.
    description: String,
    /// Its whole address; null without `base-url`.
    canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// How many pages, statements, sources, citations.
    meta: Vec<Html>,
    /// The statements: with a source, without need of one, without.
    coverage: Vec<Row>,
    /// Why statements need no source.
    reasons: Vec<Row>,
    /// On how many sources statements rest.
    depth: Vec<Row>,
    /// The sources by kind.
    kinds: Vec<SourceRow>,
    /// The sources by the party that they speak for.
    parties: Vec<SourceRow>,
    /// The sources by language.
    languages: Vec<SourceRow>,
    /// The sources by year.
    years: Vec<SourceRow>,
    /// How records were verified.
    checks: Vec<CheckRow>,
    /// How many pages a person has read; null where none was.
    reviewed: Option<Html>,
    /// The pages, each with its counts.
    pages: Vec<PageRow>,
    /// The same as files of data.
    data: Vec<DataLink>,
}

/// A number with its bar.
#[derive(Debug, Serialize, JsonSchema)]
struct Count {
    /// The number, in words of the language.
    text: String,
    /// Its share of the whole, in per cent of the bar's length.
    width: String,
}

/// A count of statements.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StatementCount")]
struct Row {
    /// What is counted.
    name: Html,
    /// The number.
    count: Count,
}

/// A count of sources.
#[derive(Debug, Serialize, JsonSchema)]
struct SourceRow {
    /// What they have in common.
    name: Html,
    /// How many sources.
    sources: Count,
    /// How many citations of them.
    citations: Count,
}

/// How records were verified.
#[derive(Debug, Serialize, JsonSchema)]
struct CheckRow {
    /// What the check is called.
    name: Html,
    /// What it means.
    text: String,
    /// How many sources.
    sources: Count,
}

/// A page, counted.
#[derive(Debug, Serialize, JsonSchema)]
struct PageRow {
    /// The page.
    link: Link,
    /// How many statements.
    statements: String,
    /// Those with a source.
    with_source: Count,
    /// Those that rest on one source.
    on_one_source: String,
    /// How many sources.
    sources: String,
}

/// A file of data about the statements.
#[derive(Debug, Serialize, JsonSchema)]
struct DataLink {
    /// The file.
    url: String,
    /// What it is.
    text: String,
}

/// Where the page of a language lies.
pub(super) fn path(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{SOURCING}/index.html"))
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
        alternates: alternates(writer.book, &paths_of(Made::Sourcing, writer.book)),
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

/// The files of data: of this language, and of the whole. A copy has none.
fn data_links(writer: &PageWriter<'_>, language: &Language) -> Vec<DataLink> {
    if writer.extent == Extent::Copy {
        return Vec::new();
    }
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
