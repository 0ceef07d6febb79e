//! The citations of a page in a style that does not only count: by author and date, or in notes.
//!
//! The engine sees the whole page, for it tells `2020a` from `2020b`, and a first note from a later one. What it lacks is done to its
//! output: words before and after a citation, an author left out, an author's name in the sentence.

use super::Formatter;
use super::door::{self, Asked, Request};
use super::project::{self, LOCATOR_MARK, Projection};
use super::walk::{self, Adjust, Purpose, Reader};
use crate::citation::Source;
use crate::citation::entry::{self, Entry, Piece, Role, Run, Value};
use crate::ids::SourceId;
use crate::locale::{Key, Locale};
use crate::markdown::locator::Locator;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A citation as it is written.
#[derive(Debug, Clone)]
pub struct Cited<'a> {
    /// The source.
    pub source: &'a Source,
    /// The place in it.
    pub locator: Option<&'a Locator>,
    /// Words before.
    pub prefix: Option<&'a str>,
    /// Words after.
    pub suffix: Option<&'a str>,
    /// Whether the author is left out.
    pub suppress_author: bool,
}

/// The citations of one bracket, or one in the sentence.
#[derive(Debug, Clone, Default)]
pub struct Bracket<'a> {
    /// In the order in which they are written.
    pub cites: Vec<Cited<'a>>,
    /// Whether the first one's author is named by the sentence.
    pub in_sentence: bool,
}

/// What is printed for a bracket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CiteText {
    /// The author's name as part of the sentence.
    pub name: Vec<Piece>,
    /// The rest.
    pub parts: Vec<CitePart>,
}

/// A part of what is printed for a bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitePart {
    /// The style's words around citations.
    Words(Run),
    /// A citation, by its place in the bracket as it was written.
    Cite {
        /// The place.
        index: usize,
        /// What is printed.
        pieces: Vec<Piece>,
        /// Whether the style printed nothing, so that this was made without it.
        by_hand: bool,
    },
}

/// The citations and the list of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageText {
    /// By bracket, in the order of the page.
    pub brackets: Vec<CiteText>,
    /// The list, in the order of the style.
    pub list: Vec<(SourceId, Arc<Entry>)>,
    /// Whether the engine stumbled, so that all of this was made without the style.
    pub by_hand: bool,
}

/// The sources of a page by id, ready for the engine.
type Projections<'a> = BTreeMap<&'a str, (&'a Source, Projection)>;

impl Formatter {
    /// The citations and the list of a page; `also` are sources that the page lists and no bracket cites.
    pub fn page(&self, brackets: &[Bracket<'_>], also: &[&Source], locale: &Locale) -> PageText {
        let terms = self.terms.of(locale);
        let reader = Reader { locale, terms: &terms };
        let mut projections = Projections::new();
        let cited = brackets.iter().flat_map(|bracket| &bracket.cites).map(|cite| cite.source);
        for source in cited.chain(also.iter().copied()) {
            projections.entry(source.id.as_str()).or_insert_with(|| (source, project::project(source, locale, &terms)));
        }
        let requests: Vec<Request<'_>> = brackets
            .iter()
            .map(|bracket| Request {
                asked: bracket.cites.iter().filter_map(|cite| asked(cite, &projections)).collect(),
                // What is put between, before or after citations must not be moved or drawn together.
                is_plain: bracket.cites.iter().all(is_plain) && !bracket.in_sentence,
            })
            .collect();
        let also_items: Vec<_> =
            also.iter().filter_map(|source| Some(&projections.get(source.id.as_str())?.1.item)).collect();
        let rendered = door::page(&self.style, &terms, &requests, &also_items);
        let Some(rendered) = rendered else { return self.page_by_hand(brackets, also, locale) };
        let texts = brackets.iter().zip(&rendered.citations).map(|(bracket, tree)| {
            let adjust = Adjust { bracket, comma: locale.text(Key::Comma), notes: self.style.cites_in_notes() };
            let of = |item: usize| {
                let index = item / rendered.each;
                let cite = bracket.cites.get(index)?;
                Some((index, &projections.get(cite.source.id.as_str())?.1, cite.locator))
            };
            let text = walk::citation(tree, &of, reader, adjust);
            self.complete(text, bracket, locale)
        });
        let list = match rendered.list {
            Some(items) => items
                .into_iter()
                .filter_map(|(key, tree)| {
                    let (source, projection) = projections.get(key.as_str())?;
                    Some((source.id.clone(), Arc::new(walk::entry(&tree, projection, reader, Purpose::Entry))))
                })
                .filter(|(_, entry)| !entry.is_empty())
                .collect(),
            None => Vec::new(),
        };
        let mut page = PageText { brackets: texts.collect(), list, by_hand: false };
        self.list_the_rest(&mut page, brackets, also, locale);
        page
    }

    /// A source of which the style makes no entry is listed all the same.
    fn list_the_rest(&self, page: &mut PageText, brackets: &[Bracket<'_>], also: &[&Source], locale: &Locale) {
        let cited = brackets.iter().flat_map(|bracket| &bracket.cites).map(|cite| cite.source);
        for source in cited.chain(also.iter().copied()) {
            if page.list.iter().all(|(id, _)| *id != source.id) {
                let made = self.entry(source, locale);
                page.list.push((source.id.clone(), Arc::new(made.entry.clone())));
            }
        }
    }

    fn page_by_hand(&self, brackets: &[Bracket<'_>], also: &[&Source], locale: &Locale) -> PageText {
        let texts = brackets.iter().map(|bracket| self.complete(CiteText::default(), bracket, locale)).collect();
        let mut page = PageText { brackets: texts, list: Vec::new(), by_hand: true };
        self.list_the_rest(&mut page, brackets, also, locale);
        page
    }

    /// Adds the citations of which the style printed nothing.
    fn complete(&self, mut text: CiteText, bracket: &Bracket<'_>, locale: &Locale) -> CiteText {
        for (index, cite) in bracket.cites.iter().enumerate() {
            let printed =
                text.parts.iter().any(|part| matches!(part, CitePart::Cite { index: at, .. } if *at == index));
            if printed {
                continue;
            }
            let (name, lang) = entry::short_name(cite.source, locale);
            let value = |role, text: String, lang| Piece::Value(Value { role, lang, runs: vec![Run::plain(text)] });
            let mut pieces = vec![value(Role::Name, entry::clean(&name), lang)];
            if let Some(date) = &cite.source.date {
                pieces.push(Piece::Words(Run::plain(locale.text(Key::Comma))));
                pieces.push(value(Role::Date, locale.date(date), None));
            }
            // Within the style's brackets, and parted as it parts the others.
            let last = text.parts.iter().rposition(|part| matches!(part, CitePart::Cite { .. }));
            let at = last.map_or(text.parts.len(), |last| last + 1);
            text.parts.insert(at, CitePart::Cite { index, pieces, by_hand: true });
            if last.is_some() {
                let styled = self.style.of_citations().and_then(|(style, _)| style.citation.layout.delimiter.clone());
                let parting = styled.unwrap_or_else(|| locale.text(Key::Comma).to_owned());
                text.parts.insert(at, CitePart::Words(Run::plain(parting)));
            }
        }
        text
    }
}

/// A place as it is printed: with a dash between two numbers.
pub(super) fn place(locator: &Locator) -> String {
    entry::clean(&locator.value).replace("--", "–")
}

fn is_plain(cite: &Cited<'_>) -> bool {
    cite.prefix.is_none() && cite.suffix.is_none() && !cite.suppress_author
}

fn asked<'a>(cite: &Cited<'_>, projections: &'a Projections<'_>) -> Option<Asked<'a>> {
    let item = &projections.get(cite.source.id.as_str())?.1.item;
    let locator = cite.locator.map(|locator| {
        let value = place(locator);
        // Like the numbers of a record: what is none is kept from being read as one.
        let value = if project::is_counted(&value) { value } else { format!("{value}{LOCATOR_MARK} {LOCATOR_MARK}") };
        (locator.label.name(), value)
    });
    Some(Asked { item, locator })
}
