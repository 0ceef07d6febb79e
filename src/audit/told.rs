//! A statement as it stands on its page, with what supports it: borrowed from the book, so that a large site is told without a copy of it.
//!
//! What a source or a figure says of itself is not here but in its record ([`super::records`]); these only name it.
//! [`super::published`] writes this, and an [`super::Entry`] is made of it. Names and order of the fields are those of the published JSON.

use super::entry::{Coverage, EvidenceKind, Part};
use crate::book::Heading;
use crate::citation;
use crate::markdown::tree::{FigureRef, SeriesPoint};
use serde::{Serialize, Serializer};

/// An [`super::Entry`] as far as it is the page's.
#[derive(Debug, Serialize)]
pub(super) struct Told<'a> {
    pub(super) id: String,
    pub(super) page: &'a str,
    pub(super) number: usize,
    pub(super) part: Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heading: Option<Headed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) columns: Vec<String>,
    pub(super) statement: String,
    pub(super) coverage: Coverage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'a str>,
    #[serde(skip)]
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) evidence: Vec<Support<'a>>,
}

/// An [`super::entry::Evidence`] with its source and figure by name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Support<'a> {
    pub(super) kind: EvidenceKind,
    pub(super) mark: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) written: Option<String>,
    pub(super) relation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prefix: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) locator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) suffix: Option<&'a str>,
    pub(super) source: Named<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quote: Option<Passage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) passage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) figure: Option<Shown<'a>>,
}

/// An [`super::entry::Heading`].
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Headed<'a> {
    pub(super) id: &'a str,
    pub(super) text: &'a str,
}

/// A figure, or a point of a series; how it is written out means nothing here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a>(pub(super) &'a FigureRef);

/// A source.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named<'a> {
    /// Its id; that which was asked for where the library does not have it.
    pub(super) id: &'a str,
    /// Its record.
    pub(super) record: Option<&'a citation::Source>,
}

/// An [`super::entry::Quote`].
#[derive(Debug, Clone, Serialize)]
pub(super) struct Passage<'a> {
    pub(super) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) locator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) original: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) original_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) translated_by: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) translation: Option<&'a str>,
}

impl<'a> Named<'a> {
    /// The source of that record.
    pub(super) fn of(record: &'a citation::Source) -> Self {
        Self { id: record.id.as_str(), record: Some(record) }
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

impl<'a> Headed<'a> {
    /// That heading.
    pub(super) fn of(heading: &'a Heading) -> Self {
        Self { id: &heading.id, text: &heading.text }
    }
}

impl<'a> Shown<'a> {
    /// Which point of a series: a date, or `latest`.
    pub(super) fn point(self) -> Option<&'a str> {
        self.0.point.as_ref().map(|point| match point {
            SeriesPoint::At(date) => date,
            SeriesPoint::Latest => "latest",
        })
    }

    /// Its id, with the point where it is one of a series.
    pub(super) fn key(self) -> String {
        let id = self.0.id.as_str();
        self.point().map_or_else(|| id.to_owned(), |point| [id, "@", point].concat())
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}
