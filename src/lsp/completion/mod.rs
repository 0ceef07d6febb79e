//! What may stand where one is typing.
//!
//! What is being typed is not whole yet, so no parser knows it: [`cursor`] looks at the letters before it, and says what is begun. What may follow is asked of the
//! book ([`names`]); the fields of a record are asked of its own parser ([`fields`]).

mod cursor;
mod fields;
mod names;

use super::position::Lines;
use super::view::View;
use crate::workspace::{BOOK, front_matter};
use cursor::Begun;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, TextDocumentPositionParams, TextEdit,
};
use std::ops::Range;

/// Something that may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    /// What is written.
    text: String,
    /// What it is.
    kind: CompletionItemKind,
    /// What it means, in a line.
    detail: String,
}

impl Offer {
    fn new(text: impl Into<String>, kind: CompletionItemKind, detail: impl Into<String>) -> Self {
        Self { text: text.into(), kind, detail: detail.into() }
    }
}

/// Offers for the place at which an editor types.
pub(super) fn complete(view: &View<'_>, place: &TextDocumentPositionParams) -> Option<CompletionList> {
    let document = view.documents.get(&place.text_document.uri)?;
    let path = view.path(&document.uri)?;
    let text = document.text.as_ref();
    let lines = Lines::new(text, view.encoding);
    let offset = lines.offset(place.position);
    let (replaced, offers) = offers(view, &path, text, offset)?;
    let range = lines.range(replaced);
    let items = offers.into_iter().enumerate().map(|(order, offer)| CompletionItem {
        // Whoever knows the words of a title finds its key.
        filter_text: Some(format!("{} {}", offer.text, offer.detail)),
        sort_text: Some(format!("{order:05}")),
        label: offer.text.clone(),
        kind: Some(offer.kind),
        detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, offer.text))),
        ..CompletionItem::default()
    });
    Some(CompletionList { is_incomplete: false, items: items.collect() })
}

/// The bytes that an offer takes the place of, and the offers.
fn offers(view: &View<'_>, path: &str, text: &str, offset: usize) -> Option<(Range<usize>, Vec<Offer>)> {
    let content = format!("{}/", view.book().config.content_dir);
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_page = path.starts_with(&content) && extension == "md";
    let is_data = path == BOOK || (path.starts_with(&content) && matches!(extension, "yaml" | "yml"));
    if !is_page && !is_data {
        return None;
    }
    // Markdown stands in fields of records, too, so what it begins is looked for everywhere.
    if let Some(Begun { replaced, what }) = cursor::begun(text, offset) {
        let offers = names::offers(view, path, &what);
        return Some((replaced, offers));
    }
    let file = view.book().config.file;
    let is_in_head = || front_matter::split(file, text).is_ok_and(|split| offset < split.body_offset);
    (is_data || is_in_head()).then(|| fields::offers(view, (path, is_page), text, offset)).flatten()
}
