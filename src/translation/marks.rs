//! What a passage holds besides its words, and what its words count: all that must be the same in every language.

use super::numerals;
use crate::ids::{QuoteId, SourceId};
use crate::markdown::parse_inlines;
use crate::markdown::tree::{FigureRef, Inline, InlineKind, Target};
use crate::span::{Origin, Span};
use std::collections::BTreeSet;

/// The marks of a passage, each kind in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The sources, and the stored quotations of them.
    pub sources: Vec<(SourceId, Option<QuoteId>)>,
    /// The citations whole, with their places in the sources.
    pub citations: Vec<String>,
    /// The figures.
    pub figures: Vec<FigureRef>,
    /// The labels of the footnotes.
    pub footnotes: Vec<String>,
    /// Where links and images lead, as written.
    pub links: Vec<String>,
    /// Calls for a source.
    pub needed: usize,
    /// What is read, without the marks.
    pub words: String,
}

impl Marks {
    /// The marks of inlines.
    pub fn of(content: &[Inline]) -> Self {
        let mut marks = Self::default();
        marks.add(content);
        marks
    }

    /// The marks of a wording that stands nowhere any more.
    pub fn of_text(text: &str, nowhere: Span) -> Self {
        let (content, _) = parse_inlines(text, Origin::Whole(nowhere)).value;
        let mut marks = Self::of(&content);
        marks.take_footnotes();
        marks
    }

    /// A wording alone does not define its footnotes, so their marks were taken for words.
    fn take_footnotes(&mut self) {
        let mut from = 0;
        while let Some(start) = self.words.get(from..).and_then(|rest| rest.find("[^")).map(|at| at + from) {
            let Some(length) = self.words.get(start..).and_then(|rest| rest.find(']')) else { return };
            self.footnotes.extend(self.words.get(start + 2..start + length).map(str::to_owned));
            self.words.replace_range(start..=start + length, "");
            from = start;
        }
    }

    /// A text without marks.
    pub fn of_words(text: &str) -> Self {
        Self { words: text.to_owned(), ..Self::default() }
    }

    /// The numbers in its words.
    pub fn numbers(&self) -> BTreeSet<String> {
        numerals::numbers(&self.words)
    }

    /// What names the passage in every language; empty where it has nothing of the kind.
    pub fn anchors(&self) -> Vec<String> {
        let sources = self.sources.iter().map(|(source, quote)| match quote {
            Some(quote) => format!("@{source}#{quote}"),
            None => format!("@{source}"),
        });
        let figures = self.figures.iter().map(|figure| format!("={}", figure.id));
        let mut anchors: Vec<String> = sources.chain(figures).collect();
        anchors.extend(self.footnotes.iter().map(|label| format!("^{label}")));
        anchors.sort();
        anchors
    }

    fn add(&mut self, content: &[Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(words) | InlineKind::Code(words) => self.words.push_str(words),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.words.push(' '),
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
                    self.add(inner);
                }
                InlineKind::Link { target, content } => {
                    self.links.push(address(target));
                    self.add(content);
                }
                InlineKind::Image { url, description } => {
                    self.links.push(url.to_string());
                    self.words.push_str(description);
                }
                InlineKind::Cite(group) => {
                    self.citations.push(group.to_string());
                    self.sources.extend(group.cites.iter().map(|cite| (cite.source.clone(), cite.quote.clone())));
                }
                InlineKind::CitationNeeded { .. } => self.needed += 1,
                InlineKind::Figure(figure) => self.figures.push((**figure).clone()),
                InlineKind::FootnoteRef(label) => self.footnotes.push(label.clone()),
                InlineKind::Html(_) => {}
            }
        }
    }
}

fn address(target: &Target) -> String {
    match target {
        Target::External(url) | Target::Refused(url) => url.clone(),
        Target::Page { path, anchor: Some(anchor) } => format!("{path}#{anchor}"),
        Target::Page { path, anchor: None } => path.clone(),
        Target::Anchor(anchor) => format!("#{anchor}"),
        Target::Term(term) => format!("term:{term}"),
        Target::Event(event) => format!("event:{event}"),
        Target::Actor(actor) => format!("actor:{actor}"),
    }
}
