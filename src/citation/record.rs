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
    /// When it appeared.
    pub date: Option<Date>,
    /// UN symbol, court reference, docket.
    pub symbol: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its DOI.
    pub doi: Option<String>,
    /// Its ISBN.
    pub isbn: Option<String>,
    /// When the address was seen.
    pub accessed: Option<Date>,
    /// What became of the address.
    pub url_status: UrlStatus,
    /// Copies in archives.
    pub archive: Vec<Archive>,
    /// What kind of witness it is.
    pub kind: Option<&'static str>,
    /// The party it is, or speaks for.
    pub affiliation: Option<String>,
    /// Its standpoint, in words.
    pub perspective: Option<Localized>,
    /// Sources it relies on.
    pub chain: Vec<Placed<SourceId>>,
    /// Sources it takes the place of.
    pub supersedes: Vec<Placed<SourceId>>,
    /// The licence of its text.
    pub license: Option<String>,
    /// What a reader should know about it.
    pub note: Option<Localized>,
    /// Passages kept word by word.
    pub quotes: Vec<Quote>,
    /// How the record was verified.
    pub checked: Checked,
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

/// A copy in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Where.
    pub url: String,
    /// Of which day.
    pub at: Option<Date>,
    /// Which archive.
    pub by: Option<String>,
}

/// A passage kept word by word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Its id within the source.
    pub id: QuoteId,
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
            self.checked > Checked::Known
        } else {
            self.facts.iter().any(|fact| fact.checked > Checked::Known)
        }
    }

    /// The quotation of that id.
    pub fn quote(&self, id: &QuoteId) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.id == *id)
    }
}
