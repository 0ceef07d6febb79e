//! Builds the [`Book`].

use super::entries::Entries;
use super::outline::outline;
use super::reading::Piece;
use super::{
    Book, BookPage, Heading, Language, Library, PageIndex, Records, Version, drawings, glossary, languages, navigation,
    reading, translations,
};
use crate::citation::Source;
use crate::citation::csl::memo::Memo;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, PageId, SourceId};
use crate::ledger::Tally;
use crate::manuscript::{Manuscript, Page};
use crate::markdown::tree::{Block, Document, FigureRef, Inline, InlineKind};
use crate::span::{Files, Span};
use crate::workspace::Placed;
use crate::workspace::config::Config;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

/// What is linked and what is left out.
#[derive(Debug, Clone, Default)]
pub struct LinkOptions {
    /// Whether drafts are part of the book.
    pub drafts: bool,
    /// Entries of sources that were formatted before.
    pub memo: Arc<Memo>,
}

/// Links a manuscript. Reports what makes two things one: duplicate ids.
pub fn link(
    files: Files,
    config: Config,
    images: BTreeMap<(Lang, String), Arc<[u8]>>,
    manuscript: Manuscript,
    options: LinkOptions,
) -> (Book, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Manuscript {
        mut pages,
        sources,
        figures,
        series,
        events,
        themes,
        charts,
        maps,
        map_data,
        actors,
        groups,
        house_styles,
        strings,
        terms,
        namings,
        snapshots,
        records,
        wordings,
        links,
        changes,
        style,
        typefaces,
    } = manuscript;
    let languages: Vec<Language> = config
        .languages
        .iter()
        .filter_map(|language| languages::make(language, &config, &strings, &pages, &mut diagnostics))
        .collect();
    let (terms, made) = glossary::make(terms, namings, &languages);
    // Where an editor wrote a page at its address, which `check` reports, the editor's stays.
    if pages.iter().all(|page| page.id.as_str() != navigation::GLOSSARY) {
        pages.extend(made);
    }
    let shared = Records { sources, figures, series, events, themes, charts, actors, groups, maps, map_data };
    let library = Library::new(shared, &mut diagnostics);

    let mut drafts: BTreeSet<PageId> = BTreeSet::new();
    let mut groups: BTreeMap<PageId, Vec<Option<Page>>> = BTreeMap::new();
    for page in pages {
        if page.front.draft && !options.drafts {
            drafts.insert(page.id);
            continue;
        }
        let Some(slot) = languages.iter().position(|language| language.lang == page.lang) else { continue };
        let versions = groups.entry(page.id.clone()).or_insert_with(|| languages.iter().map(|_| None).collect());
        let Some(version) = versions.get_mut(slot) else { continue };
        match version {
            None => *version = Some(page),
            // `actors.md` and `actors/index.md` are one address.
            Some(first) => diagnostics.push(
                Diagnostic::new(
                    Code::SB701,
                    Span::start_of(page.file),
                    format!("`{}` and `{}` are the same address", first.path, page.path),
                )
                .help("keep one of them")
                .related(Span::start_of(first.file), "the other is here"),
            ),
        }
    }
    let order = reading_order(&groups);
    let mut slots: Vec<(PageId, Vec<Option<Page>>)> = groups.into_iter().collect();
    slots.sort_by_cached_key(|(id, _)| order.get(id).copied().unwrap_or(usize::MAX));

    let mut pages: Vec<BookPage> = slots
        .into_par_iter()
        .map(|(id, versions)| BookPage {
            versions: translations::compare(link_versions(versions, &files, &library), &id, &records, &wordings),
            id,
            parent: None,
            children: Vec::new(),
            previous: None,
            next: None,
        })
        .collect();
    let by_id: BTreeMap<PageId, PageIndex> =
        pages.iter().enumerate().map(|(index, page)| (page.id.clone(), PageIndex(index))).collect();
    navigation::arrange(&mut pages, |id| by_id.get(id).copied());
    let entries = Entries::new(style, options.memo, &library, &pages, languages.len());
    let links = links.unwrap_or_default();
    let book = Book {
        files,
        config,
        languages,
        pages,
        library,
        house_styles,
        terms,
        links,
        changes,
        typefaces,
        images,
        snapshots,
        records,
        wordings,
        by_id,
        drafts,
        entries,
    };
    (book, diagnostics)
}

/// The order of reading: the home page, its single pages, then each section whole. Within a folder by weight, then by name.
fn reading_order(groups: &BTreeMap<PageId, Vec<Option<Page>>>) -> BTreeMap<PageId, usize> {
    let weight = |id: &PageId| {
        groups.get(id).and_then(|versions| versions.iter().flatten().next()).map_or(0, |page| page.front.weight)
    };
    let mut children: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    for id in groups.keys() {
        // A folder without an index page is reported elsewhere; its pages hang from the nearest folder that has one.
        let mut parent = id.parent();
        while let Some(candidate) = &parent {
            if candidate.is_home() || groups.contains_key(candidate) {
                break;
            }
            parent = candidate.parent();
        }
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(id.clone());
        }
    }
    for siblings in children.values_mut() {
        siblings.sort_by_cached_key(|id| (weight(id), id.clone()));
    }
    let mut order = BTreeMap::new();
    let mut pending = vec![PageId::home()];
    while let Some(id) = pending.pop() {
        if let Some(children) = children.get(&id) {
            pending.extend(children.iter().rev().cloned());
        }
        let place = order.len();
        order.insert(id, place);
    }
    order
}

fn link_versions(versions: Vec<Option<Page>>, files: &Files, library: &Library) -> Vec<Option<Version>> {
    let mut source_outline = None;
    versions
        .into_iter()
        .map(|page| {
            let page = page?;
            let text = files.shared_text(page.file);
            let version = Version::written(page, text, source_outline.as_deref(), library);
            source_outline.get_or_insert_with(|| version.outline.clone());
            Some(version)
        })
        .collect()
}

impl BookPage {
    /// A page that the site makes of records, in one language alone, so that whatever numbers, lists and links can be asked of it.
    pub fn made(book: &Book, language: &Language, id: PageId, title: Placed<String>, blocks: Vec<Block>) -> Self {
        let body = Document { blocks, footnotes: Vec::new() };
        let page = Page::made(language.lang.clone(), id.clone(), title, body);
        let mut made = Some(Version::made(page, &book.library));
        let versions = book.languages.iter().map(|other| made.take_if(|_| other.lang == language.lang)).collect();
        Self { id, versions, parent: None, children: Vec::new(), previous: None, next: None }
    }
}

impl Version {
    /// A page that somebody wrote; `source` are the headings of the same page in the source language.
    pub(super) fn written(page: Page, text: Arc<str>, source: Option<&[Heading]>, library: &Library) -> Self {
        let outline = outline(&page.body, source);
        let (sources, figures) = references(&page, library);
        let tally: Tally = page.claims.iter().collect();
        Self {
            page,
            outline,
            sources,
            figures,
            tally,
            text: Some(text),
            blocks: OnceLock::new(),
            hashes: OnceLock::new(),
            translation: None,
        }
    }

    /// A page that the site makes of records, linked like those that are written.
    fn made(page: Page, library: &Library) -> Self {
        let (sources, figures) = references(&page, library);
        Self {
            page,
            outline: Vec::new(),
            sources,
            figures,
            tally: Tally::default(),
            text: None,
            blocks: OnceLock::new(),
            hashes: OnceLock::new(),
            translation: None,
        }
    }
}

/// The sources of a page by first mention, and its figures.
fn references<'l>(page: &Page, library: &'l Library) -> (Vec<SourceId>, Vec<FigureRef>) {
    let mut sources = Vec::new();
    let mut known: HashSet<&SourceId> = HashSet::new();
    let mut figures: Vec<FigureRef> = Vec::new();
    let mut add = |source: &'l Source| {
        if known.insert(&source.id) {
            sources.push(source.id.clone());
        }
    };
    reading::pieces(page, &mut |piece| match piece {
        Piece::Inline(Inline { kind: InlineKind::Cite(group), .. }) => {
            group.cites.iter().filter_map(|cite| library.source(&cite.source)).for_each(&mut add);
        }
        Piece::Inline(Inline { kind: InlineKind::Figure(reference), .. }) => {
            if let Ok(figure) = library.figure(reference) {
                library.sources_of(&figure).into_iter().for_each(&mut add);
                if figures.iter().all(|known| (&known.id, &known.point) != (&reference.id, &reference.point)) {
                    figures.push((**reference).clone());
                }
            }
        }
        Piece::Drawing { drawing, .. } => {
            drawings::sources(library, drawing).into_iter().for_each(&mut add);
        }
        Piece::Inline(_) => {}
    });
    (sources, figures)
}
