//! The text of a page: tree → HTML. Classes are listed in `docs/themes.md`.
//!
//! 1. Blocks are written in order; what stands in several languages is isolated (`<bdi>`, `lang`, `dir`).
//! 2. Every citation and figure is noted in [`Marks`], from which the lists at the page's end are made.
//! 3. A block that mentions a source for the first time is preceded by a note for the margin: who says so.
//!
//! What the book cannot resolve was an error before anything is rendered; here it becomes plain words.

mod actors;
mod blocks;
mod cites;
mod inlines;
mod styled;

use super::address::{self, Profile};
use super::context::NoteEntry;
use super::edition::OutPath;
use super::faces::Faces;
use super::html::Html;
use super::marks::Marks;
use super::page::PageWriter;
use super::places::Places;
use super::translation::Beside;
use super::words;
use crate::book::{Book, View};
use crate::citation::csl::Class;
use crate::citation::csl::cites::PageText;
use crate::ids::SourceId;
use crate::locale::{Key, Locale};
use crate::manuscript::Line;
use crate::markdown::locator::Locator;
use crate::markdown::tree::{Block, BlockKind, CalloutKind, Inline};
use crate::span::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A source that is named for the first time, by a citation or by a figure taken from it.
struct FirstMention<'a> {
    number: usize,
    source: SourceId,
    locator: Option<&'a Locator>,
}

/// Renders the text of one page.
pub(super) struct Body<'a> {
    book: &'a Book,
    places: &'a Places,
    view: View<'a>,
    faces: &'a Faces<'a>,
    profile: Profile,
    from: &'a OutPath,
    /// The marks so far.
    pub(super) marks: Marks<'a>,
    introduced: BTreeSet<SourceId>,
    first_mentions: Vec<FirstMention<'a>>,
    /// By label, in the order in which the text refers to them.
    footnotes: Vec<(&'a str, Html)>,
    /// What the style prints for citations, where they are no numbers.
    page_text: Option<Arc<PageText>>,
    /// The brackets written so far.
    brackets: usize,
    /// The notes of citations so far.
    pub(super) notes: Vec<NoteEntry>,
    position_groups: usize,
    tables: usize,
    /// What the source says now, where the page is a translation that is behind.
    beside: Beside,
}

impl<'a> Body<'a> {
    pub(super) fn new(writer: &PageWriter<'a>, view: View<'a>, faces: &'a Faces<'a>) -> Self {
        let PageWriter { book, places, profile, from, .. } = *writer;
        Self {
            book,
            places,
            view,
            faces,
            profile,
            from,
            marks: Marks::default(),
            introduced: BTreeSet::new(),
            first_mentions: Vec::new(),
            footnotes: Vec::new(),
            page_text: book.page_text(view.version),
            brackets: 0,
            notes: Vec::new(),
            position_groups: 0,
            tables: 0,
            beside: Beside::of(book, view),
        }
    }

    /// The locale of the text, which is not the reader's on an untranslated page.
    fn locale(&self) -> &'a Locale {
        &self.view.text_language.locale
    }

    /// A summary or a key fact.
    pub(super) fn line(&mut self, line: &'a Line) -> Html {
        let html = self.inlines(&line.content);
        // There is no margin beside the head of a page; the text introduces its sources anew.
        self.first_mentions.clear();
        self.introduced.clear();
        html
    }

    /// A key fact, with what the source says now.
    pub(super) fn key_fact(&mut self, line: &'a Line) -> Html {
        let mut html = self.line(line);
        self.changed(line.span, &mut html);
        html
    }

    /// What the source says now of the passage that begins where this does.
    fn changed(&self, span: Span, html: &mut Html) {
        if let Some(changed) = self.beside.changed_at(span.start) {
            html.html(changed);
        }
    }

    /// What is not translated and belongs before this byte.
    fn missing(&mut self, until: u32, html: &mut Html) {
        for missing in self.beside.missing_until(until) {
            html.html(&missing);
        }
    }

    /// The body.
    pub(super) fn body(&mut self) -> Html {
        let mut html = Html::new();
        let page = &self.view.version.page;
        // A title and a summary hold words only; what is to be said of them stands first.
        self.changed(page.front.title.span, &mut html);
        if let Some(summary) = &page.summary {
            self.changed(summary.span, &mut html);
        }
        self.missing(page.body.blocks.first().map_or(u32::MAX, |block| block.span.start), &mut html);
        self.top_blocks(&page.body.blocks, &mut html);
        self.missing(u32::MAX, &mut html);
        html
    }

    /// A line that is no block of the text, with its note for the margin.
    pub(super) fn line_with_margin(&mut self, content: &'a [Inline]) -> (Html, Html) {
        let line = self.inlines(content);
        let mut margin = Html::new();
        self.margin(&mut margin);
        (line, margin)
    }

    /// The footnotes that the text refers to; `None` where there are none.
    pub(super) fn footnotes(&self) -> Option<Html> {
        if self.footnotes.is_empty() {
            return None;
        }
        let mut html = Html::new();
        html.open("section", &[("class", "footnotes"), ("role", "doc-endnotes")]).markup("<ol>");
        for (index, (_, body)) in self.footnotes.iter().enumerate() {
            let number = (index + 1).to_string();
            html.open("li", &[("id", &format!("fn-{number}"))]).html(body);
            let back = self.locale().text(Key::BackToText);
            html.element(
                "a",
                &[
                    ("class", "back"),
                    ("role", "doc-backlink"),
                    ("href", &format!("#fr-{number}")),
                    ("aria-label", back),
                ],
                "↑",
            );
            html.close("li");
        }
        html.markup("</ol></section>");
        Some(html)
    }

    /// Blocks of the page itself, each preceded by its note for the margin.
    fn top_blocks(&mut self, blocks: &'a [Block], html: &mut Html) {
        for run in runs(blocks) {
            let mut block_html = Html::new();
            self.run(run, &mut block_html);
            self.margin(html);
            html.html(&block_html);
            self.missing(run.last().map_or(0, |block| block.span.end), html);
        }
    }

    /// A paragraph of the page without its element, and the note for the margin that stands before it.
    pub(super) fn paragraph(&mut self, block: &'a Block) -> (Html, Html) {
        let inner = match &block.kind {
            BlockKind::Paragraph(content) => self.inlines(content),
            _ => Html::new(),
        };
        let mut margin = Html::new();
        self.margin(&mut margin);
        (margin, inner)
    }

    /// Notes a source for the margin, the first time.
    fn introduce(&mut self, number: usize, source: &SourceId, locator: Option<&'a Locator>) {
        if self.introduced.insert(source.clone()) {
            self.first_mentions.push(FirstMention { number, source: source.clone(), locator });
        }
    }

    fn blocks(&mut self, blocks: &'a [Block], html: &mut Html) {
        for run in runs(blocks) {
            self.run(run, html);
        }
    }

    /// One block, or the positions of one contested point.
    fn run(&mut self, run: &'a [Block], html: &mut Html) {
        if run.first().is_some_and(is_position) {
            self.positions(run, html);
        } else {
            for block in run {
                self.block(block, html);
            }
        }
    }

    /// Who says so, once per source and in short.
    fn margin(&mut self, html: &mut Html) {
        if self.first_mentions.is_empty() {
            return;
        }
        let language = self.book.slot_of(&self.view.text_language.lang);
        html.open("div", &[("class", "margin"), ("aria-hidden", "true")]);
        for FirstMention { number, source: id, locator } in std::mem::take(&mut self.first_mentions) {
            let Some(source) = self.book.library.source(&id) else { continue };
            html.markup("<p>");
            if self.book.citation_class() == Class::Numbers {
                html.open("span", &[("class", "number")]).number(number).close("span").text(" ");
            }
            let face = language.and_then(|language| self.faces.get(language, source));
            html.html(
                &face.map(|face| words::with_place(face.short.clone(), self.locale(), locator)).unwrap_or_default(),
            );
            html.markup("</p>");
        }
        html.close("div");
    }
}

fn is_position(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Callout { kind: CalloutKind::Position, .. })
}

/// Blocks one by one, positions of one point together.
fn runs(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|a, b| is_position(a) && is_position(b))
}
