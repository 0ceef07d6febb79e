//! Where a thing is defined, and where it is named.

use super::view::View;
use crate::book::mentions::{Mention, Role, Thing};
use crate::span::Span;
use lsp_types::{GotoDefinitionResponse, Location, ReferenceContext, TextDocumentPositionParams};

/// The record of what is named here; of a link to a page, the page in the same language, at the place that the link names.
pub(super) fn definition(view: &View<'_>, place: &TextDocumentPositionParams) -> Option<GotoDefinitionResponse> {
    let mention = view.mention(place)?;
    let span = match &mention.thing {
        Thing::Page(_) => page(view, mention)?,
        thing => view.snapshot.mentions().definition(thing)?.span,
    };
    view.location(span).map(GotoDefinitionResponse::Scalar)
}

fn page(view: &View<'_>, mention: &Mention) -> Option<Span> {
    let Thing::Page(id) = &mention.thing else { return None };
    let book = view.book();
    let shown = book.view_in(book.find(id)?, &view.language(mention.span.file)?.lang)?.version;
    let after = book.files.text(mention.span.file).get(mention.span.end as usize..).unwrap_or("");
    let anchor = after.strip_prefix('#').and_then(|rest| rest.split([')', ' ', '"', '>']).next());
    let heading = anchor.and_then(|anchor| shown.outline.iter().find(|heading| heading.id == anchor));
    Some(heading.map_or_else(|| Span::start_of(shown.page.file), |heading| heading.span))
}

/// Every place that names what is named here; its record among them where that is asked for.
pub(super) fn references(
    view: &View<'_>,
    place: &TextDocumentPositionParams,
    context: ReferenceContext,
) -> Option<Vec<Location>> {
    let thing = &view.mention(place)?.thing;
    let named = view.snapshot.mentions().of_thing(thing);
    let named = named.filter(|mention| context.include_declaration || mention.role == Role::Names);
    Some(named.filter_map(|mention| view.location(mention.span)).collect())
}
