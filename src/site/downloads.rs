//! Sources as files of other programs: each source, those of each page, all of them. The same files for readers of every language. A copy has all
//! of them alone, because each of a thousand small files costs more than what is in it.

use super::address::{self, Profile};
use super::context::Download;
use super::edition::OutPath;
use super::extent::Extent;
use super::gathering::Put;
use crate::book::catalogue::{self, Catalogue};
use crate::book::{Book, BookPage};
use crate::exchange::{self, Format};
use crate::ids::{Lang, PageId, SourceId};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The file of a source.
pub(super) fn of_source(id: &SourceId, format: Format) -> Option<OutPath> {
    OutPath::parse(&format!("data/sources/{}.{}", catalogue::address(id), format.extension()))
}

/// The file that has a page's sources: its own, or in a copy that of all.
pub(super) fn of_page(extent: Extent, id: &PageId, format: Format) -> Option<OutPath> {
    match extent {
        Extent::Site => of_page_alone(id, format),
        Extent::Copy => of_all(format),
    }
}

fn of_page_alone(id: &PageId, format: Format) -> Option<OutPath> {
    let name = if id.is_home() { "index" } else { id.as_str() };
    OutPath::parse(&format!("data/pages/{name}.{}", format.extension()))
}

/// The file of all sources.
pub(super) fn of_all(format: Format) -> Option<OutPath> {
    OutPath::parse(&format!("data/sources.{}", format.extension()))
}

/// Links to the files of one thing, in every format.
pub(super) fn links(profile: Profile, from: &OutPath, file: impl Fn(Format) -> Option<OutPath>) -> Vec<Download> {
    let link = |format: &Format| {
        let to = file(*format)?;
        Some(Download { name: format.name(), url: address::link(profile, from, &to, None) })
    };
    Format::WRITTEN.iter().filter_map(link).collect()
}

/// Makes every file. A source is written once in each format, whatever holds it.
pub(super) fn files(book: &Book, catalogue: &Catalogue<'_>, extent: Extent, put: Put<'_>) {
    let entries: Vec<_> = catalogue.entries().collect();
    for format in Format::WRITTEN {
        of_format(book, *format, &entries, extent, put);
    }
}

fn of_format(book: &Book, format: Format, met: &[&catalogue::CatalogueEntry<'_>], extent: Extent, put: Put<'_>) {
    let reader: Option<&Lang> = book.source_language().map(|language| &language.lang);
    let entries: BTreeMap<&SourceId, String> =
        met.par_iter().map(|met| (&met.source.id, exchange::entry(format, met.source, reader))).collect();
    let file = |path: Option<OutPath>, ids: &mut dyn Iterator<Item = &SourceId>| {
        let Some(path) = path else { return };
        let texts: Vec<&str> = ids.filter_map(|id| entries.get(id)).map(String::as_str).collect();
        put(path, exchange::file(format, &texts));
    };
    file(of_all(format), &mut entries.keys().copied());
    if extent == Extent::Site {
        entries.par_iter().for_each(|(id, _)| file(of_source(id, format), &mut std::iter::once(*id)));
        let pages = book.pages.par_iter();
        pages.for_each(|page| file(of_page_alone(&page.id, format), &mut sources_of(page).into_iter()));
    }
}

/// The sources of a page in all its languages, in the order of the first.
fn sources_of(page: &BookPage) -> Vec<&SourceId> {
    let mut ids: Vec<&SourceId> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for id in page.versions.iter().flatten().flat_map(|version| &version.sources) {
        if seen.insert(id) {
            ids.push(id);
        }
    }
    ids
}
