//! Names in Markdown: of pages, of what terms mean, and of wordings that are no file.

use super::{Finder, Mention, Role, Thing};
use crate::book::reading::Piece;
use crate::book::{Book, navigation, reading};
use crate::ids::{ActorId, SourceId, ThemeId};
use crate::markdown::citation::Cite;
use crate::markdown::tree::{DrawingKind, DrawingRef, Inline, InlineKind, Target};
use crate::span::Span;

/// Those of every page, and of the definitions of terms. The glossary is made of these, so it is left aside.
pub(super) fn of_pages(book: &Book) -> Vec<Mention> {
    let mut found = Vec::new();
    for (page, _, version) in book.versions() {
        if book.is_glossary(page) {
            continue;
        }
        let page = &version.page;
        let mut finder = Finder::new(book.files.text(page.file));
        if let Some(actor) = &page.front.actor {
            let thing = Thing::Actor(actor.value.clone());
            finder.note(actor.span, "", actor.value.as_str(), thing, Role::Names);
        }
        reading::pieces(page, &mut |piece| match piece {
            Piece::Inline(inline) => of_inline(inline, &page.path, book, &mut finder),
            // The fact box stands in the head of the page, which named the actor.
            Piece::Drawing { span, drawing } if page.fact_box.as_ref().is_none_or(|(own, _)| *own != span) => {
                of_drawing(span, drawing, &mut finder);
            }
            Piece::Drawing { .. } => {}
        });
        found.extend(finder.found);
    }
    let home = format!("{}.md", navigation::GLOSSARY);
    for line in book.terms.definitions() {
        found.extend(within(&line.content, book.files.text(line.span.file), &home, book));
    }
    found
}

/// Those of a line of Markdown; `text` is what its spans point into, `home` the path of the page that it is shown on.
pub fn within(content: &[Inline], text: &str, home: &str, book: &Book) -> Vec<Mention> {
    let mut finder = Finder::new(text);
    reading::within(content, &mut |inline| of_inline(inline, home, book, &mut finder));
    finder.found
}

fn of_inline(inline: &Inline, home: &str, book: &Book, finder: &mut Finder<'_>) {
    match &inline.kind {
        InlineKind::Cite(group) => group.cites.iter().for_each(|cite| of_cite(cite, book, finder)),
        InlineKind::Figure(reference) => {
            let thing = Thing::Figure(reference.id.clone());
            finder.note(inline.span, "", reference.id.as_str(), thing, Role::Names);
        }
        InlineKind::Link { target, .. } => of_link(inline.span, target, home, finder),
        _ => {}
    }
}

/// The source by its id of today, whichever it is named by.
pub(super) fn source_of(book: &Book, id: &SourceId) -> SourceId {
    book.library.source(id).map_or_else(|| id.clone(), |source| source.id.clone())
}

fn of_cite(cite: &Cite, book: &Book, finder: &mut Finder<'_>) {
    let source = source_of(book, &cite.source);
    finder.note(cite.key_span, "", cite.source.as_str(), Thing::Source(source.clone()), Role::Names);
    if let Some(quote) = &cite.quote {
        finder.note(cite.key_span, "#", quote.as_str(), Thing::Quote(source, quote.clone()), Role::Names);
    }
}

fn of_link(span: Span, target: &Target, home: &str, finder: &mut Finder<'_>) {
    let named = match target {
        Target::Term(id) => Some(("term:", id.as_str(), Thing::Term(id.clone()))),
        Target::Event(id) => Some(("event:", id.as_str(), Thing::Event(id.clone()))),
        Target::Actor(id) => Some(("actor:", id.as_str(), Thing::Actor(id.clone()))),
        Target::Page { path, .. } => {
            navigation::resolve(home, path).map(|page| ("](", path.as_str(), Thing::Page(page)))
        }
        Target::External(_) | Target::Anchor(_) | Target::Refused(_) => None,
    };
    if let Some((mark, name, thing)) = named {
        finder.note(span, mark, name, thing, Role::Names);
    }
}

fn of_drawing(span: Span, drawing: &DrawingRef, finder: &mut Finder<'_>) {
    let id = drawing.id.as_str();
    let thing = match drawing.kind {
        DrawingKind::Chart => Some(Thing::Chart(drawing.id.clone())),
        DrawingKind::Map => Some(Thing::Map(drawing.id.clone())),
        DrawingKind::Timeline => ThemeId::parse(id).map(Thing::Theme),
        DrawingKind::Facts | DrawingKind::Leaders | DrawingKind::Designations => ActorId::parse(id).map(Thing::Actor),
        DrawingKind::Actors | DrawingKind::Who => Some(Thing::Group(drawing.id.clone())),
    };
    if let Some(thing) = thing {
        finder.note(span, &format!("{}:", drawing.kind.name()), id, thing, Role::Names);
    }
}
