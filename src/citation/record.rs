//! A source as the editor recorded it: what it is, where it is, what was read in it, and how that was checked.

use crate::date::Date;
use crate::ids::{Lang, QuoteId, SourceId};
use crate::markdown::locator::Locator;
use crate::span::Span;
use crate::workspace::{Localized, Placed};

/// A source.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Where the id is written.
    pub span: Span,
    /// Older ids that still find it.
    pub aliases: Vec<Placed<SourceId>>,
    /// What it is, by CSL's name.
    pub form: &'static str,
    /// The document's language.
    pub lang: Lang,
    /// Its title; a plain one is in the document's language.
    pub title: Localized,
    /// Whether the title is ours, because none could be confirmed.
    pub title_descriptive: bool,
    /// The title in Latin letters.
    pub title_latn: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The newspaper or journal it stands in.
    pub container: Option<Localized>,
    /// Who published it.
    pub publisher: Option<Localized>,
    /// Where it was published.
    pub place: Option<Localized>,
    /// Report number, volume, issue, pages, edition, version: as printed.
    pub numbers: Numbers,
    /// The court or body that decided it.
    pub authority: Option<Localized>,
    /// When it appeared.
    pub date: Option<Date>,
    /// UN symbol, court reference, docket.
    pub symbol: Option<Placed<String>>,
    /// Its address.
    pub url: Option<Placed<String>>,
    /// Its DOI.
    pub doi: Option<Placed<String>>,
    /// Its ISBN.
    pub isbn: Option<Placed<String>>,
    /// When the address was seen.
    pub accessed: Option<Date>,
    /// What became of the address.
    pub url_status: UrlStatus,
    /// When that was last looked at.
    pub url_checked: Option<Date>,
    /// Copies in archives.
    pub archive: Vec<Archive>,
    /// The copy that the editors keep.
    pub snapshot: Option<Snapshot>,
    /// What kind of witness it is.
    pub kind: Option<&'static str>,
    /// The party it is, or speaks for.
    pub affiliation: Option<String>,
    /// Other words by which a sentence speaks of it or of who made it, each in its language where one is given.
    pub names: Vec<(Option<Lang>, String)>,
    /// Its standpoint, in words.
    pub perspective: Option<Localized>,
    /// How far the editors rely on it.
    pub reliability: Option<Reliability>,
    /// Sources it relies on.
    pub chain: Vec<Placed<SourceId>>,
    /// Sources it takes the place of.
    pub supersedes: Vec<Placed<SourceId>>,
    /// Sources that take its place.
    pub superseded_by: Vec<Placed<SourceId>>,
    /// That its publisher corrected it.
    pub corrected: Option<Notice>,
    /// That its publisher took it back.
    pub retracted: Option<Notice>,
    /// The licence of its text, by SPDX's name where it has one.
    pub license: Option<String>,
    /// Who holds the rights, and what they allow.
    pub rights: Option<Localized>,
    /// What a reader should know about it.
    pub note: Option<Localized>,
    /// Passages kept word by word.
    pub quotes: Vec<Quote>,
    /// How and when the record was verified.
    pub checked: Verification,
    /// When the record must be looked at again.
    pub review: Option<Review>,
    /// What it was read to support.
    pub facts: Vec<Fact>,
}

/// A writer or a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person.
    Person {
        /// The family name.
        family: Localized,
        /// Other names.
        given: Option<Localized>,
    },
    /// A body.
    Body(Localized),
}

/// Report number, volume, issue, pages, edition, version: as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Report number.
    pub number: Option<String>,
    /// Volume.
    pub volume: Option<String>,
    /// Issue.
    pub issue: Option<String>,
    /// Pages within the container.
    pub pages: Option<String>,
    /// Edition.
    pub edition: Option<String>,
    /// Version.
    pub version: Option<String>,
}

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UrlStatus {
    /// It shows the document.
    #[default]
    Live,
    /// It shows nothing.
    Dead,
    /// It shows somebody else's page.
    Usurped,
    /// It asks for money.
    Paywalled,
    /// It is closed to some countries.
    GeoBlocked,
    /// The publisher took it down.
    Removed,
}

impl UrlStatus {
    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Dead => "dead",
            Self::Usurped => "usurped",
            Self::Paywalled => "paywalled",
            Self::GeoBlocked => "geo-blocked",
            Self::Removed => "removed",
        }
    }

    /// Whether a visit to the address could tell anything new: that somebody answers at a usurped one says nothing.
    pub fn is_worth_a_visit(self) -> bool {
        self != Self::Usurped
    }

    /// Whether the address no longer shows the document, so that an archived copy takes its place.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Dead | Self::Usurped | Self::Removed)
    }
}

/// A copy in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Where the record says so.
    pub span: Span,
    /// Where.
    pub url: String,
    /// Of which day.
    pub at: Option<Date>,
    /// Which archive: `wayback`, `perma`, `ghostarchive` or `self`.
    pub by: Option<&'static str>,
    /// A WACZ file of it.
    pub wacz: Option<String>,
    /// The copy's hash.
    pub sha256: Option<String>,
}

/// The copy of a source that the editors keep, and the text taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The copy, relative to the content folder.
    pub path: Option<Placed<String>>,
    /// Its hash.
    pub sha256: Option<Placed<String>>,
    /// Its size.
    pub bytes: Option<u64>,
    /// Its media type.
    pub media_type: Option<String>,
    /// When it was made.
    pub at: Option<Date>,
    /// With what.
    pub tool: Option<String>,
    /// By whom.
    pub by: Option<String>,
    /// The text in it, relative to the content folder.
    pub text_path: Option<Placed<String>>,
    /// The text's hash.
    pub text_sha256: Option<Placed<String>>,
}

/// How far the editors rely on a source, by the scale of intelligence work: the source from A to F, the information from 1 to 6.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reliability {
    /// The source, from `A` (reliable) to `F` (cannot be judged).
    pub grade: &'static str,
    /// The information, from `1` (confirmed) to `6` (cannot be judged).
    pub credibility: Option<&'static str>,
    /// Why.
    pub note: Option<Localized>,
    /// Who judged.
    pub by: Option<String>,
    /// When.
    pub at: Option<Date>,
}

/// That a source was corrected or retracted by its publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where the record says so.
    pub span: Span,
    /// When.
    pub at: Option<Date>,
    /// Where the publisher says so.
    pub url: Option<String>,
    /// What was changed.
    pub note: Option<Localized>,
}

/// When a record must be looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who looked at it last.
    pub by: Option<String>,
    /// When.
    pub at: Option<Date>,
    /// Until when that is good.
    pub expires: Option<Date>,
}

/// A passage kept word by word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Its id within the source.
    pub id: QuoteId,
    /// Where the id is written.
    pub span: Span,
    /// The words, and translations of them.
    pub exact: Localized,
    /// The place in the source.
    pub locator: Option<Locator>,
    /// The words before.
    pub prefix: Option<String>,
    /// The words after.
    pub suffix: Option<String>,
    /// Who translated.
    pub translated_by: Option<&'static str>,
}

/// How a record or a fact was verified. The order is from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Checked {
    /// General knowledge only; not published.
    Known,
    /// Two independent pages agree.
    Corroborated,
    /// An excerpt of the document was read.
    StoredPage,
}

impl Checked {
    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Corroborated => "corroborated",
            Self::StoredPage => "stored-page",
        }
    }
}

/// How and when a record was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How.
    pub level: Checked,
    /// When.
    pub at: Option<Date>,
    /// By whom; left out where it was no person.
    pub by: Option<String>,
}

/// Something the source was read to support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// In our words.
    pub text: String,
    /// Where in the source, in the words of whoever read it.
    pub locator: Option<String>,
    /// How it was verified.
    pub checked: Checked,
}

impl Source {
    /// Whether anything in it was checked, so that it may be cited.
    pub fn is_publishable(&self) -> bool {
        if self.facts.is_empty() {
            self.checked.level > Checked::Known
        } else {
            self.facts.iter().any(|fact| fact.checked > Checked::Known)
        }
    }

    /// Whether the address still shows the document.
    pub fn live_url(&self) -> Option<&str> {
        self.url.as_ref().filter(|_| !self.url_status.is_gone()).map(|url| url.value.as_str())
    }

    /// The quotation of that id.
    pub fn quote(&self, id: &QuoteId) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.id == *id)
    }
}
