//! The list of sources at a page's end: each entry once, in the order of its number, with the ways back into the text.
//!
//! Marks that name the same place, quotation and relation share a passage, which stands in the entry with its own ways back; the script
//! shows in a mark's card only the passage that names the mark.

use super::body::Body;
use super::context::{Backlink, PassageEntry, SourceEntry, SourceGroup};
use super::credentials;
use super::entry::PieceWriter;
use super::faces::Faces;
use super::html::Html;
use super::marks::{Mark, What, source_anchor};
use super::page::PageWriter;
use super::sentences::Sentences;
use super::shared::Shared;
use super::words::{self, WithLang};
use crate::book::{Book, View};
use crate::citation::Source;
use crate::citation::read::KINDS;
use crate::citation::ways::Passage;
use crate::figure::phrase::phrase;
use crate::ids::QuoteId;
use crate::locale::{Key, Locale, Vocabulary};
use crate::markdown::locator::Locator;
use crate::markdown::tree::{FigureForm, FigureRef};
use crate::workspace::config::Grouping;

/// The entries of a page's sources.
pub(super) fn entries(
    writer: &PageWriter<'_>,
    view: View<'_>,
    faces: &Faces<'_>,
    body: &Body<'_>,
    sentences: &Sentences<'_>,
) -> Vec<SourceEntry> {
    let (book, locale) = (writer.book, &view.language.locale);
    listed(book, view)
        .into_iter()
        .filter_map(|Listed { number, source, html }| {
            let face = faces.get(writer.language, source)?;
            let with = WithLang::of(Some(&source.lang), book);
            let (passages, backlinks) =
                Marked { book, source, locale, sentences }.entry(body.marks.of_source(&source.id));
            Some(SourceEntry {
                id: source_anchor(&source.id),
                number,
                url: writer.source_url(locale.lang(), &source.id),
                runs: body.marks.runs_of(&source.id).to_vec(),
                entry_html: html.map(Shared::from).or_else(|| face.entry.clone())?,
                coins: face.coins.clone(),
                lang: source.lang.as_str().to_owned(),
                dir: with.dir.unwrap_or("ltr"),
                notices: credentials::notices(book, view, source),
                kind: face.kind.clone(),
                speaks_for: face.speaks_for.clone(),
                passages,
                note: face.note.clone(),
                links: face.links.clone(),
                gone: face.gone.clone(),
                checked: face.checked.clone(),
                backlinks,
            })
        })
        .collect()
}

/// A source with what its entry says.
struct Listed<'a> {
    number: Option<usize>,
    source: &'a Source,
    /// Where the style writes it otherwise on other pages.
    html: Option<Html>,
}

/// The sources of a page in the order of its list: that of their numbers, or the style's.
fn listed<'a>(book: &'a Book, view: View<'a>) -> Vec<Listed<'a>> {
    let Some(page) = book.page_text(view.version) else {
        let numbered = view.version.sources.iter().zip(1..);
        let listed = numbered.filter_map(|(id, number)| {
            Some(Listed { number: Some(number), source: book.library.source(id)?, html: None })
        });
        return listed.collect();
    };
    // Which letter a year has depends on the names of the page, so the entries are in its language.
    let locale = &view.text_language.locale;
    let listed = page.list.iter().filter_map(|(id, entry)| {
        let source = book.library.source(id)?;
        let mut html = Html::new();
        let writer = PieceWriter { book, locale, descriptive: source.title_descriptive };
        if view.is_fallback() {
            html.open("bdi", &words::attributes(WithLang::of(Some(locale.lang()), book)));
            writer.pieces(&entry.pieces, &mut html);
            html.close("bdi");
        } else {
            writer.pieces(&entry.pieces, &mut html);
        }
        Some(Listed { number: None, source, html: Some(html) })
    });
    listed.collect()
}

/// The page's sources by their kind, where the site wants its list divided.
pub(super) fn groups(book: &Book, view: View<'_>) -> Vec<SourceGroup> {
    if book.config.source_groups == Grouping::None {
        return Vec::new();
    }
    let locale = &view.language.locale;
    let kinds: Vec<Option<&str>> = listed(book, view).iter().map(|listed| listed.source.kind).collect();
    let members =
        |kind: Option<&str>| kinds.iter().enumerate().filter(|(_, own)| **own == kind).map(|(at, _)| at).collect();
    let named = KINDS.iter().map(|kind| SourceGroup {
        title: locale.term(Vocabulary::SourceGroup, kind).unwrap_or(kind).to_owned(),
        members: members(Some(kind)),
    });
    let others = SourceGroup { title: locale.text(Key::OtherSources).to_owned(), members: members(None) };
    named.chain(std::iter::once(others)).filter(|group| !group.members.is_empty()).collect()
}

/// The marks of a source on a page.
struct Marked<'a> {
    book: &'a Book,
    source: &'a Source,
    locale: &'a Locale,
    sentences: &'a Sentences<'a>,
}

/// What a mark says of a source besides naming it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    quote: Option<QuoteId>,
    locator: Option<Locator>,
    details: Vec<String>,
}

impl Marked<'_> {
    /// The passages that marks name, and the ways back to those that name none.
    fn entry(&self, marks: &[Mark<'_>]) -> (Vec<PassageEntry>, Vec<Backlink>) {
        let mut bare = Vec::new();
        let mut passages: Vec<(Named, Vec<(usize, &Mark<'_>)>)> = Vec::new();
        for (index, mark) in marks.iter().enumerate() {
            match self.named(mark) {
                None => bare.push(self.backlink(index, mark)),
                Some(named) => match passages.iter_mut().find(|(known, _)| *known == named) {
                    Some((_, marks)) => marks.push((index, mark)),
                    None => passages.push((named, vec![(index, mark)])),
                },
            }
        }
        let passages = passages.iter().map(|(named, marks)| self.passage(named, marks)).collect();
        (passages, bare)
    }

    fn named(&self, mark: &Mark<'_>) -> Option<Named> {
        let (quote, locator) = match mark.what {
            What::Cite(cite) => (cite.quote.clone(), cite.locator.clone()),
            What::Figure(reference) => {
                let figure = self.book.library.figure(reference).ok()?;
                (figure.quote.clone(), figure.locator.clone())
            }
            What::Fact(_, ground) => (ground.quote.cloned(), ground.locator.cloned()),
            What::Drawing(_) => return None,
        };
        let stored = quote.as_ref().and_then(|id| self.source.quote(id));
        let place = Passage { quote: stored, locator: locator.as_ref() }.place();
        let details = match mark.what {
            What::Cite(cite) => words::cite_details(self.locale, cite, place),
            What::Figure(_) | What::Drawing(_) | What::Fact(..) => {
                place.map(|place| words::place(self.locale, place)).into_iter().collect()
            }
        };
        (quote.is_some() || !details.is_empty()).then_some(Named { quote, locator, details })
    }

    fn passage(&self, named: &Named, marks: &[(usize, &Mark<'_>)]) -> PassageEntry {
        let quote = named.quote.as_ref().and_then(|id| self.source.quote(id));
        let passage = Passage { quote, locator: named.locator.as_ref() };
        let anchors: Vec<&str> = marks.iter().map(|(_, mark)| mark.anchor.as_str()).collect();
        PassageEntry {
            marks: anchors.join(" "),
            detail_html: (!named.details.is_empty()).then(|| self.details(&named.details)),
            quote: quote.map(|quote| credentials::quote(self.book, self.source, quote, self.locale)),
            links: credentials::passage_links(self.source, passage, self.locale),
            backlinks: marks.iter().map(|(index, mark)| self.backlink(*index, mark)).collect(),
        }
    }

    fn details(&self, details: &[String]) -> Html {
        let mut html = Html::new();
        for (index, detail) in details.iter().enumerate() {
            if index > 0 {
                html.text(self.locale.text(Key::Comma));
            }
            html.html(&words::isolated_sentence(detail, WithLang::default(), self.locale));
        }
        html
    }

    /// The way back to a mark; to a figure with the number that stands there, to a drawing with what it is.
    fn backlink(&self, index: usize, mark: &Mark<'_>) -> Backlink {
        let detail = match mark.what {
            What::Cite(_) => None,
            What::Figure(reference) => self.number(reference),
            What::Drawing(kind) | What::Fact(kind, _) => Some(words::drawing_name(kind, self.locale).to_owned()),
        };
        self.sentences.backlink(index, &mark.anchor, detail.as_deref())
    }

    fn number(&self, reference: &FigureRef) -> Option<String> {
        let figure = self.book.library.figure(reference).ok()?;
        phrase(&figure, FigureForm::Value, self.locale, &self.book.source_language()?.lang)
    }
}
