//! The site that this repository was made for: what it must have before anybody is shown it.

use crate::support::{repository, told};
use sourcebook::book::reading::{self, Piece};
use sourcebook::book::{self, Book, LinkOptions, Version};
use sourcebook::citation::Source;
use sourcebook::compile::{self, Options};
use sourcebook::diagnostic::Severity;
use sourcebook::ids::{FigureId, PageId, SourceId};
use sourcebook::{manuscript, workspace};
use std::collections::BTreeSet;

/// The pages that stand in English, Hebrew and Arabic.
const PAGES: &[&str] = &[
    "",
    "about",
    "actors",
    "actors/hamas",
    "war",
    "war/7-october-2023",
    "numbers",
    "numbers/casualties-gaza",
    "numbers/soldiers-hostages",
];

fn linked() -> Book {
    let (workspace, _) = workspace::load(&repository()).unwrap_or_else(|_| panic!("book.toml cannot be read"));
    let (manuscript, _) = manuscript::parse_workspace(&workspace);
    let workspace::Workspace { files, config, images, .. } = workspace;
    book::link(files, config, images, manuscript, LinkOptions::default()).0
}

#[test]
fn it_has_no_errors_and_every_statement_shows_its_source() {
    let compilation = compile::check(&repository(), &Options::default());
    let errors = compilation.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    assert_eq!(errors, 0, "{}", told(&compilation));
    let tally = compilation.summary.tally;
    assert_eq!(tally.covered, tally.total - tally.exempt);
    assert!(tally.covered >= 150, "only {} statements", tally.covered);
    // The exemption is for what states nothing; it must not become the way out. Most of it is on the page about the site.
    assert!(tally.exempt * 4 <= tally.total, "{} of {} statements are exempt", tally.exempt, tally.total);
}

#[test]
fn it_cites_what_was_read_and_shows_who_counted() {
    let book = linked();
    let cited: BTreeSet<&SourceId> = book.versions().flat_map(|(_, _, version)| &version.sources).collect();
    assert!(cited.len() >= 60, "only {} sources are cited", cited.len());
    let unread: Vec<&&SourceId> =
        cited.iter().filter(|id| !book.library.source(id).is_some_and(Source::is_publishable)).collect();
    assert!(unread.is_empty(), "cited, and nothing in them was checked: {unread:?}");
    let shown: BTreeSet<&FigureId> =
        book.versions().flat_map(|(_, _, version)| version.figures.iter().map(|figure| &figure.id)).collect();
    assert!(shown.len() >= 25, "only {} figures are shown", shown.len());
}

/// A series is drawn where its numbers are told, in every language alike.
#[test]
fn every_series_is_drawn_on_a_page_of_every_language() {
    let book = linked();
    let mut drawn: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (_, language, version) in book.versions() {
        let shown = shown_in_charts(&book, version);
        drawn.extend(shown.into_iter().map(|series| (series, language.lang.as_str())));
    }
    let missing: Vec<(&str, &str)> = book
        .library
        .all_series()
        .flat_map(|series| book.languages.iter().map(|language| (series.id.as_str(), language.lang.as_str())))
        .filter(|wanted| !drawn.contains(wanted))
        .collect();
    assert_eq!(missing, [], "no chart on a page draws these");
    assert!(book.library.all_series().count() >= 21);
}

fn shown_in_charts<'a>(book: &'a Book, version: &'a Version) -> Vec<&'a str> {
    let mut shown = Vec::new();
    reading::pieces(&version.page, &mut |piece| {
        if let Piece::Drawing { drawing, .. } = piece
            && let Some(chart) = book.library.chart(&drawing.id)
        {
            shown.extend(chart.series.iter().map(|series| series.value.as_str()));
        }
    });
    shown
}

/// A reader who does not know a source's language must be able to tell what it is.
#[test]
fn its_sources_say_what_they_are_in_its_languages() {
    let book = linked();
    let cited: BTreeSet<&SourceId> = book.versions().flat_map(|(_, _, version)| &version.sources).collect();
    let languages: BTreeSet<_> = book.versions().map(|(_, language, _)| &language.lang).collect();
    let mut missing = Vec::new();
    for source in cited.iter().filter_map(|id| book.library.source(id)) {
        let untold = languages.iter().filter(|lang| **lang != &source.lang && source.title.exact(lang).is_none());
        missing.extend(untold.map(|lang| format!("{}: title in {lang}", source.id)));
        if source.checked.at.is_none() {
            missing.push(format!("{}: when it was checked", source.id));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn its_pages_stand_in_its_languages() {
    let book = linked();
    let mut missing = Vec::new();
    for path in PAGES {
        let id = PageId::parse(path).unwrap();
        let present: Vec<&str> = book
            .find(&id)
            .map(|page| book.translations(page).map(|language| language.lang.as_str()).collect())
            .unwrap_or_default();
        missing.extend(
            ["en", "he", "ar"].iter().filter(|lang| !present.contains(*lang)).map(|lang| format!("{lang}/{path}")),
        );
    }
    assert!(missing.is_empty(), "{missing:?}");
    let french = book.versions().filter(|(_, language, _)| language.lang.as_str() == "fr").count();
    assert!(french >= 2, "{french} pages in French");
}

/// What is said in one language is said in the others: the same sources, the same figures, the same places to link to.
#[test]
fn its_translations_cite_and_count_the_same() {
    let book = linked();
    let mut differences = Vec::new();
    for page in &book.pages {
        let mut versions = page.versions.iter().flatten();
        let Some(source) = versions.next() else { continue };
        let sources: BTreeSet<&SourceId> = source.sources.iter().collect();
        let figures: BTreeSet<_> = source.figures.iter().map(|figure| (&figure.id, &figure.point)).collect();
        let headings: Vec<&str> = source.outline.iter().map(|heading| heading.id.as_str()).collect();
        for version in versions {
            let lang = &version.page.lang;
            let own: BTreeSet<&SourceId> = version.sources.iter().collect();
            differences.extend(sources.symmetric_difference(&own).map(|id| format!("{lang}/{}: source {id}", page.id)));
            let own: BTreeSet<_> = version.figures.iter().map(|figure| (&figure.id, &figure.point)).collect();
            differences
                .extend(figures.symmetric_difference(&own).map(|(id, _)| format!("{lang}/{}: figure {id}", page.id)));
            let own: Vec<&str> = version.outline.iter().map(|heading| heading.id.as_str()).collect();
            if own != headings {
                differences.push(format!("{lang}/{}: headings {own:?}", page.id));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
