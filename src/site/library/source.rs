//! The page of a source.

use super::context::{RecordContext, SourceContext};
use super::shelf::{Row, SENTENCES, Shelf, anchor};
use super::{LibraryWriter, ListKey, path};
use crate::book::{Book, Language};
use crate::citation::{Source, entry, filing};
use crate::exchange::coins;
use crate::locale::{Key, Vocabulary};
use crate::site::context::{Link, Notice};
use crate::site::credentials::{links, told};
use crate::site::downloads;
use crate::site::edition::OutPath;
use crate::site::extent::Extent;
use crate::site::hosting::counterparts::Counterparts;
use crate::site::html::Html;

use crate::site::words::WithLang;

/// This page about a source in the languages that have so many about it.
pub(in crate::site) fn counterparts(book: &Book, shelf: &Shelf<'_>, row: &Row<'_>, part: usize) -> Counterparts {
    let languages = book.languages.iter().zip(shelf.parts_of(row)).filter(|(_, parts)| part < *parts);
    Counterparts::of(
        languages.filter_map(|(language, _)| Some((language, path(&language.lang, &row.address, part)?))).collect(),
    )
}

impl LibraryWriter<'_> {
    /// The paths of this page about a source in each language; where a language has fewer pages, its last.
    pub(in crate::site) fn source_paths(book: &Book, shelf: &Shelf<'_>, row: &Row<'_>, part: usize) -> Vec<OutPath> {
        let languages = book.languages.iter().zip(shelf.parts_of(row));
        let part = |parts: usize| part.min(parts.saturating_sub(1));
        languages.filter_map(|(language, parts)| path(&language.lang, &row.address, part(parts))).collect()
    }

    /// A page about a source.
    pub(in crate::site) fn source(&self, row: &Row<'_>, part: usize) -> SourceContext {
        let source = row.source();
        let record = (part == 0).then(|| self.record(row));
        SourceContext {
            downloads: downloads::links(self.profile, self.from, |format| downloads::of_source(&source.id, format)),
            canonical_url: self.canonical(),
            alternates: counterparts(self.book, self.shelf, row, part).alternates(self.book.config.base_url.as_deref()),
            crumbs: self.crumbs(source),
            parts: self.parts(&row.address, part, row.parts()),
            sections: record.as_ref().map(|record| self.sections(record)).unwrap_or_default(),
            record,
            pages: self.citing_pages(row, part * SENTENCES, SENTENCES),
            ..self.told(row)
        }
    }

    /// All of a source, as its part of the list of all.
    pub(super) fn whole(&self, row: &Row<'_>) -> SourceContext {
        SourceContext {
            languages: self.languages(row.source()),
            record: Some(self.record(row)),
            pages: self.citing_pages(row, 0, usize::MAX),
            ..self.told(row)
        }
    }

    /// What every page about a source begins with.
    fn told(&self, row: &Row<'_>) -> SourceContext {
        let source = row.source();
        let reader = self.locale.lang();
        let (title, lang) = entry::original(&source.title, &source.lang);
        let translated = source.title.exact(reader).filter(|_| lang != reader).map(str::to_owned);
        let label = filing::wording(&source.title, source, lang).1.or_else(|| Some(lang.clone()));
        let with = WithLang::of(label.as_ref().filter(|lang| *lang != reader), self.book);
        SourceContext {
            id: source.id.to_string(),
            title: title.to_owned(),
            lang: with.lang.map(str::to_owned),
            dir: with.dir,
            translated_title: translated,
            entry_html: row.html.clone(),
            anchor: anchor(&row.address),
            coins: (self.shelf.extent == Extent::Site).then(|| coins(source)),
            downloads: Vec::new(),
            description: self.description(source),
            canonical_url: None,
            alternates: Vec::new(),
            crumbs: Vec::new(),
            languages: Vec::new(),
            notices: self.notices(source),
            links: links(source, self.locale),
            parts: None,
            sections: Vec::new(),
            record: None,
            cited: self.cited(row),
            pages: Vec::new(),
        }
    }

    /// The source in the other languages of the edition, each of which has an order of its own.
    fn languages(&self, source: &Source) -> Vec<Link> {
        let others = self.book.languages.iter().filter(|language| language.lang != *self.locale.lang());
        let link = |language: &Language| {
            Some(Link {
                title: language.locale.name().to_owned(),
                url: self.places.source(&language.lang, &source.id)?.link(self.profile, self.from),
                current: false,
                lang: Some(language.lang.to_string()),
                dir: Some(language.locale.direction().name()),
            })
        };
        others.filter_map(link).collect()
    }

    /// The way here: all sources, those of this kind.
    fn crumbs(&self, source: &Source) -> Vec<Link> {
        let all = self.list_link(self.locale.text(Key::AllSources), &ListKey::Name, false);
        let kind = source.kind.and_then(|kind| {
            self.list_link(self.locale.term(Vocabulary::SourceKind, kind)?, &ListKey::Kind(kind), false)
        });
        all.into_iter().chain(kind).collect()
    }

    /// The parts of the page that tells the record.
    fn sections(&self, record: &RecordContext) -> Vec<Link> {
        let own = [
            ("quotations", Key::Quotations, !record.quotes.is_empty()),
            ("sentences", Key::CitingSentences, true),
            ("drawn", Key::SourceFigures, !record.figures.is_empty()),
            ("notes", Key::EditorsNotes, record.facts.is_some()),
        ];
        let own = own.into_iter().filter(|(_, _, there)| *there).map(|(id, key, _)| (id, self.locale.text(key)));
        let relations = record.relations.iter().map(|relation| (relation.id, relation.name.as_str()));
        let link = |(id, title): (&str, &str)| Link {
            title: title.to_owned(),
            url: format!("#page-{id}"),
            current: false,
            lang: None,
            dir: None,
        };
        own.chain(relations).map(link).collect()
    }

    /// The source in plain words, for a description.
    fn description(&self, source: &Source) -> String {
        let (name, _) = entry::short_name(source, self.locale);
        let (title, _) = entry::original(&source.title, &source.lang);
        let date = source.date.as_ref().map(|date| self.locale.date(date));
        let named = (name != title).then_some(name);
        let parts: Vec<String> = named.into_iter().chain([title.to_owned()]).chain(date).collect();
        parts.join(self.locale.text(Key::Comma))
    }

    /// What a reader must know first: that the source was withdrawn, corrected or replaced, or that its address no longer shows it.
    fn notices(&self, source: &Source) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut add = |kind: &'static str, html: Html| notices.push(Notice { kind, id: None, html });
        if let Some(retracted) = &source.retracted {
            add("retracted", told(self.book, self.locale, Key::RetractedNotice, retracted));
        }
        if let Some(corrected) = &source.corrected {
            add("corrected", told(self.book, self.locale, Key::CorrectedNotice, corrected));
        }
        if !source.superseded_by.is_empty() {
            add("overtaken", Html::escaped(self.locale.text(Key::OvertakenNotice)));
        }
        if source.title_descriptive {
            add("title", Html::escaped(self.locale.text(Key::TitleOurs)));
        }
        notices
    }
}
