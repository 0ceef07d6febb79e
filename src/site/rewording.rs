//! What changed in a passage since it was translated, for those who work on the translation: its kind in a word, and word by word.

use super::html::Html;
use crate::locale::Key;
use crate::translation::Change;
use crate::translation::diff::{self, Piece};

/// The word for what changed.
pub(super) fn kind_of(change: Change) -> Key {
    match change {
        Change::Link => Key::StatusLink,
        Change::Cosmetic => Key::StatusCosmetic,
        Change::Text => Key::StatusText,
        Change::Citation => Key::StatusCitation,
        Change::Figure => Key::StatusFigure,
    }
}

/// A wording with what it says now and what it said before.
pub(super) fn difference(old: &str, new: &str) -> Html {
    let mut html = Html::new();
    for piece in diff::words(old, new) {
        match piece {
            Piece::Same(text) => html.text(&text),
            Piece::Old(text) => html.element("del", &[], &text),
            Piece::New(text) => html.element("ins", &[], &text),
        };
    }
    html
}
