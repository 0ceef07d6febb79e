//! What a ledger says of a source, a figure or a passage of the library, in the words of a language.

use super::entry::{Figure, Quote, Source};
use super::told::{Named, Passage, Shown};
use crate::book::{Book, Language};
use crate::citation::{self, entry};
use crate::figure::phrase::{self, phrase};
use crate::ids::{Lang, QuoteId};
use crate::markdown::locator::Locator;
use crate::markdown::tree::FigureForm;
use crate::workspace::{Localized, Placed};

/// The records of a library for the readers of a language.
#[derive(Clone, Copy)]
pub(super) struct Records<'a> {
    pub(super) book: &'a Book,
    pub(super) language: &'a Language,
}

impl<'a> Records<'a> {
    /// What is told of a source wherever it supports something.
    pub(super) fn source(self, named: Named<'_>) -> Source {
        let Some(source) = named.record else { return Source { id: named.id.to_owned(), ..Source::default() } };
        let value = |text: &Option<Placed<String>>| text.as_ref().map(|text| text.value.clone());
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

    /// What is told of a figure wherever it is shown.
    pub(super) fn figure(self, shown: Shown<'_>) -> Figure {
        let (id, point) = (shown.0.id.to_string(), shown.point().map(str::to_owned));
        let Some(figure) = self.book.library.figure(shown.0).ok() else {
            return Figure { id, point, ..Figure::default() };
        };
        Figure {
            id,
            point,
            label: Some(self.words(&figure.label)),
            value: phrase(&figure, FigureForm::Value, &self.language.locale, self.source_lang()),
            number: Some(figure.value.to_string()),
            range: figure.range.map(|(low, high)| [low.to_string(), high.to_string()]),
            unit: Some(figure.unit.clone()),
            as_of: Some(figure.when.to_string()),
            reporter: figure.reporter.as_ref().map(|reporter| self.words(reporter)),
            population: figure.population.as_ref().map(|population| self.words(population)),
            status: Some(figure.status.name()),
            via: figure.via.as_ref().map(|via| via.value.to_string()),
            checked: figure.checked.map(citation::record::Checked::name),
        }
    }

    /// A passage of a source; its id alone where the record does not have it.
    pub(super) fn passage<'s>(self, id: &'s QuoteId, source: Option<&'s citation::Source>) -> Passage<'s> {
        let mut passage = Passage {
            id: id.as_str(),
            locator: None,
            original: None,
            original_language: None,
            translated_by: None,
            translation: None,
        };
        let Some((source, quote)) = source.and_then(|source| Some((source, source.quote(id)?))) else {
            return passage;
        };
        let (original, lang) = entry::original(&quote.exact, &source.lang);
        passage.original = Some(original);
        passage.original_language = Some(lang.as_str());
        passage.translation = quote.exact.exact(&self.language.lang).filter(|_| *lang != self.language.lang);
        passage.translated_by = passage.translation.and(quote.translated_by);
        passage.locator = quote.locator.as_ref().map(|locator| self.place(locator));
        passage
    }

    /// A place in a source.
    pub(super) fn place(self, locator: &Locator) -> String {
        self.language.locale.place(locator)
    }

    /// The language of what is in no other.
    pub(super) fn source_lang(self) -> &'a Lang {
        self.book.source_language().map_or(&self.language.lang, |language| &language.lang)
    }

    fn words(self, text: &Localized) -> String {
        phrase::words(text, &self.language.locale, self.source_lang()).0.to_owned()
    }
}

impl From<Passage<'_>> for Quote {
    fn from(passage: Passage<'_>) -> Self {
        Self {
            id: passage.id.to_owned(),
            original: passage.original.map(str::to_owned),
            original_language: passage.original_language.map(str::to_owned),
            translation: passage.translation.map(str::to_owned),
            translated_by: passage.translated_by,
            locator: passage.locator,
        }
    }
}
