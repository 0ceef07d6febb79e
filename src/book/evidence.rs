//! What supports what: the marks of a page in reading order, and which of them cover a statement.
//!
//! One walk, [`marks`], gives every citation and every shown figure its number on the page, and so its address; whoever links to a mark
//! (lists, source pages, the ledger) asks here, and the renderer counts along the same walk.

use super::reading::Piece;
use super::{Book, Version, drawings, reading};
use crate::citation::entry::short_name;
use crate::citation::{self, Source};
use crate::figure::phrase::phrase;
use crate::ids::SourceId;
use crate::ledger::{Claim, Word};
use crate::locale::{Key, Locale};
use crate::markdown::citation::{Cite, CiteGroup, CiteMode};
use crate::markdown::tree::{BlockKind, CalloutKind, DrawingRef, FigureRef, Inline, InlineKind};
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// A citation, a figure or a drawing at its place on a page.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// The bracket, the figure or the drawing.
    pub span: Span,
    /// Its number among its kind on the page, from 1.
    pub number: usize,
    /// What it is.
    pub kind: MarkKind<'a>,
}

/// What a mark is.
#[derive(Debug, Clone, Copy)]
pub enum MarkKind<'a> {
    /// A citation; those of one bracket share its span.
    Cite(&'a Cite),
    /// A figure, which brings its source with it.
    Figure(&'a FigureRef),
    /// A drawing, which brings the sources of all that it shows.
    Drawing(&'a DrawingRef),
}

impl<'a> Mark<'a> {
    /// The id of its place on the page.
    pub fn anchor(&self) -> String {
        match self.kind {
            MarkKind::Cite(_) => cite_place(self.number),
            MarkKind::Figure(_) => figure_place(self.number),
            MarkKind::Drawing(..) => drawing_place(self.number),
        }
    }

    /// What no other mark of the page has: its kind, and its number among those of that kind.
    pub fn key(&self) -> (u8, usize) {
        let kind = match self.kind {
            MarkKind::Cite(_) => 0,
            MarkKind::Figure(_) => 1,
            MarkKind::Drawing(..) => 2,
        };
        (kind, self.number)
    }

    /// The citation.
    pub fn cite(&self) -> Option<&'a Cite> {
        match self.kind {
            MarkKind::Cite(cite) => Some(cite),
            MarkKind::Figure(_) | MarkKind::Drawing(..) => None,
        }
    }

    /// The sources that it brings, in order, each once.
    pub fn sources<'b>(&self, book: &'b Book) -> Vec<&'b Source> {
        let library = &book.library;
        match self.kind {
            MarkKind::Cite(cite) => library.source(&cite.source).into_iter().collect(),
            MarkKind::Figure(reference) => {
                library.figure(reference).map(|figure| library.sources_of(&figure)).unwrap_or_default()
            }
            MarkKind::Drawing(drawing) => drawings::sources(library, drawing),
        }
    }
}

/// The id of the place of a citation, counted from 1.
pub fn cite_place(number: usize) -> String {
    format!("c-{number}")
}

/// The id of the place of a figure, counted from 1.
pub fn figure_place(number: usize) -> String {
    format!("n-{number}")
}

/// The id of the place of a drawing, counted from 1.
pub fn drawing_place(number: usize) -> String {
    format!("d-{number}")
}

/// Every mark of a page, in reading order.
pub fn marks(version: &Version) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let (mut cites, mut figures, mut drawings) = (0, 0, 0);
    reading::pieces(&version.page, &mut |piece| match piece {
        Piece::Inline(Inline { kind: InlineKind::Cite(group), span }) => {
            for cite in &group.cites {
                cites += 1;
                marks.push(Mark { span: *span, number: cites, kind: MarkKind::Cite(cite) });
            }
        }
        Piece::Inline(Inline { kind: InlineKind::Figure(reference), span }) => {
            figures += 1;
            marks.push(Mark { span: *span, number: figures, kind: MarkKind::Figure(reference) });
        }
        Piece::Drawing { span, drawing } => {
            drawings += 1;
            marks.push(Mark { span, number: drawings, kind: MarkKind::Drawing(drawing) });
        }
        Piece::Inline(_) => {}
    });
    marks
}

/// A statement, and whose it is.
#[derive(Debug, Clone)]
pub struct Stated<'a> {
    /// The statement.
    pub claim: &'a Claim,
    /// Whose position it is, where it stands in one: it is never told without that.
    pub position: Option<Arc<str>>,
}

/// A statement with what covers it.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// The statement, and whose it is.
    pub stated: Stated<'a>,
    /// Its citations and figures.
    pub marks: Vec<Mark<'a>>,
}

impl<'a> Deref for Statement<'a> {
    type Target = Stated<'a>;

    fn deref(&self) -> &Stated<'a> {
        &self.stated
    }
}

impl Statement<'_> {
    /// The sources that it cites itself, figures left aside, each once.
    pub fn cited(&self) -> Vec<&SourceId> {
        let mut sources: Vec<&SourceId> = Vec::new();
        for cite in self.marks.iter().filter_map(Mark::cite) {
            if !sources.contains(&&cite.source) {
                sources.push(&cite.source);
            }
        }
        sources
    }
}

impl Stated<'_> {
    /// Its words as a reader of the page gets them: figures written out and sources named in the language of the page.
    pub fn told(&self, book: &Book, locale: &Locale) -> String {
        told(&self.claim.words, book, locale)
    }

    /// Its words, or some of them, away from its page: what stands in a position is told as that of whose it is.
    pub fn as_whose(&self, words: String, locale: &Locale) -> String {
        let Some(name) = self.position.as_deref() else { return words };
        let whose = locale.fill_plain(Key::AccordingTo, &[("name", name.into())]);
        locale.fill_plain(Key::LabelValue, &[("label", (&whose).into()), ("value", (&words).into())])
    }
}

/// Words as a reader gets them: figures written out and sources named in the language of the text.
pub fn told(words: &[Word], book: &Book, locale: &Locale) -> String {
    let texts = words.iter().map(|word| if let Word::Text(text) = word { text.len() } else { 0 });
    let mut told = String::with_capacity(texts.sum());
    for word in words {
        match word {
            Word::Text(text) => told.push_str(text),
            Word::Figure(reference) => {
                let figure = book.library.figure(reference).ok().zip(book.source_language());
                let words = figure.and_then(|(figure, source)| phrase(&figure, reference.form, locale, &source.lang));
                // What the library does not have is an error elsewhere, and shows here which.
                told.push_str(&words.unwrap_or_else(|| format!("[={}]", reference.id)));
            }
            Word::Author(id) => {
                let name = book.library.source(id).map(|source| short_name(source, locale).0);
                told.push_str(&name.unwrap_or_else(|| format!("@{id}")));
            }
        }
    }
    told
}

/// The statements of a page, each with what covers it.
///
/// A footnote stands for what it cites. Marks in a folded YAML text share the place of the whole text, so there each covers all of it.
pub fn statements(version: &Version) -> Vec<Statement<'_>> {
    covered(version, marks(version))
}

/// The same where the [`marks`] of the page are at hand.
pub fn covered<'a>(version: &'a Version, mut marks: Vec<Mark<'a>>) -> Vec<Statement<'a>> {
    // Stable, so that the marks of one place stay in reading order.
    marks.sort_by_key(|mark| mark.span);
    let footnotes = footnotes(version);
    let positions = positions(version);
    let covering = |place: &Span| {
        let (first, end) = match footnotes.get(place) {
            Some(body) => (Span { end: body.start, ..*body }, Span { start: body.end, ..*body }),
            None => (*place, Span { end: place.end.saturating_add(1), ..*place }),
        };
        let from = marks.partition_point(|mark| mark.span < first);
        marks.iter().skip(from).take_while(move |mark| mark.span < end)
    };
    let statement = |claim: &'a Claim| {
        let mut found: Vec<Mark<'a>> = Vec::new();
        for place in &claim.marks {
            // Where one mark of a place is, all of them are.
            if found.iter().any(|mark| mark.span == *place) {
                continue;
            }
            for mark in covering(place) {
                if found.iter().all(|other| other.key() != mark.key()) {
                    found.push(*mark);
                }
            }
        }
        Statement { marks: found, stated: Stated { claim, position: position_of(&positions, claim.span) } }
    };
    version.page.claims.iter().map(statement).collect()
}

/// The positions of a page by where they begin, each with whose it is.
fn positions(version: &Version) -> BTreeMap<u32, (Span, Arc<str>)> {
    let mut positions = BTreeMap::new();
    reading::blocks(&version.page.body, &mut |block| {
        if let BlockKind::Callout { kind: CalloutKind::Position, title, .. } = &block.kind {
            positions.insert(block.span.start, (block.span, reading::plain_text(title).into()));
        }
    });
    positions
}

fn position_of(positions: &BTreeMap<u32, (Span, Arc<str>)>, span: Span) -> Option<Arc<str>> {
    let (_, (around, name)) = positions.range(..=span.start).next_back()?;
    // What stands in the head of a page has no place among its blocks.
    (around.file == span.file && span.end <= around.end).then(|| Arc::clone(name))
}

/// The body of the footnote that each reference means, by the reference's place.
fn footnotes(version: &Version) -> BTreeMap<Span, Span> {
    let bodies: BTreeMap<&str, Span> =
        version.page.body.footnotes.iter().map(|footnote| (footnote.label.as_str(), footnote.span)).collect();
    let mut found = BTreeMap::new();
    if !bodies.is_empty() {
        reading::inlines(&version.page, &mut |inline| {
            if let InlineKind::FootnoteRef(label) = &inline.kind
                && let Some(body) = bodies.get(label.as_str())
            {
                found.insert(inline.span, *body);
            }
        });
    }
    found
}

/// The sources of a record as a citation in a text that is made of it.
pub fn citation(evidence: &[citation::Evidence], span: Span) -> Inline {
    let cites = evidence.iter().map(|evidence| Cite {
        span: evidence.source.span,
        key_span: evidence.source.span,
        prefix: None,
        suppress_author: false,
        relation: None,
        source: evidence.source.value.clone(),
        quote: evidence.quote.as_ref().map(|quote| quote.value.clone()),
        locator: evidence.locator.clone(),
        suffix: None,
    });
    let group = CiteGroup { mode: CiteMode::Bracketed, cites: cites.collect() };
    Inline { span, kind: InlineKind::Cite(group) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{LinkOptions, link};
    use crate::{manuscript, workspace};

    fn book(files: &[(&str, &str)]) -> Book {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (space, _) = workspace::load(folder.path()).map_err(|error| error.diagnostics).unwrap();
        let (manuscript, _) = manuscript::parse_workspace(&space);
        link(space.files, space.config, space.images, manuscript, LinkOptions::default()).0
    }

    const SOURCES: &str = "a: {type: report, lang: en, title: A, author: [{org: An office}], checked: stored-page}\n\
                           b: {type: report, lang: en, title: B, checked: stored-page}\n\
                           c: {type: report, lang: en, title: C, checked: stored-page}\n\
                           d: {type: report, lang: en, title: D, checked: stored-page}\n";

    #[test]
    fn a_statement_is_told_as_it_is_read() {
        let book = book(&[
            ("book.toml", "[book]\ntitle = \"T\"\n"),
            ("content/sources/all.yaml", SOURCES),
            ("content/figures/all.yaml", "f: {label: F, value: 1234, unit: people, as-of: 2024, source: a}\n"),
            (
                "content/en/index.md",
                "---\ntitle: T\n---\n@a [p. 3] counted [=f:short], *then* [=f:asof]. [=no] of them [@b].\n\n\
                 | [=f] | of x |\n|---|---|\n| [=f:full] | a [@c]. |\n",
            ),
        ]);
        let (_, language, version) = book.versions().next().unwrap();
        let told: Vec<String> =
            statements(version).iter().map(|statement| statement.told(&book, &language.locale)).collect();
        let expected = ["An office counted 1,234 people, then 2024.", "[=no] of them.", "1,234 people (2024) · a."];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_statement_has_its_own_marks_and_those_of_its_footnote() {
        let page = "---\ntitle: T\nsummary: \"First [@d].\"\n---\nOne [@a; @b, p. 3]. Two.[^n] Three [@a].\n\n[^n]: Says so [@c].\n";
        let book = book(&[
            ("book.toml", "[book]\ntitle = \"T\"\n"),
            ("content/sources/all.yaml", SOURCES),
            ("content/en/index.md", page),
        ]);
        let (_, _, version) = book.versions().next().unwrap();
        let told: Vec<(String, Vec<(String, String)>)> = statements(version)
            .iter()
            .map(|statement| {
                let marks = statement.marks.iter();
                let marks = marks.map(|mark| (mark.anchor(), mark.cite().unwrap().source.to_string())).collect();
                (statement.claim.text(), marks)
            })
            .collect();
        let pair = |anchor: &str, source: &str| (anchor.to_owned(), source.to_owned());
        assert_eq!(
            told,
            [
                ("First.".to_owned(), vec![pair("c-1", "d")]),
                ("One.".to_owned(), vec![pair("c-2", "a"), pair("c-3", "b")]),
                ("Two.".to_owned(), vec![pair("c-4", "c")]),
                ("Three.".to_owned(), vec![pair("c-5", "a")]),
                ("Says so.".to_owned(), vec![pair("c-4", "c")]),
            ]
        );
    }

    #[test]
    fn a_statement_in_a_position_knows_whose_it_is() {
        let page = "---\ntitle: T\n---\nOutside [@a].\n\n> [!position] The *north*\n> Ours [@b]. Truly [@c].\n\n> [!position] The south\n> No, ours [@d].\n\nAfter [@a].\n";
        let book = book(&[
            ("book.toml", "[book]\ntitle = \"T\"\n"),
            ("content/sources/all.yaml", SOURCES),
            ("content/en/index.md", page),
        ]);
        let (_, _, version) = book.versions().next().unwrap();
        let whose: Vec<Option<Arc<str>>> =
            statements(version).into_iter().map(|statement| statement.stated.position).collect();
        let north = Some("The north".into());
        assert_eq!(whose, [None, north.clone(), north, Some("The south".into()), None]);
    }
}
