//! The style sheet of the file: the theme's, and what only this file has.

use crate::bundle::bound::{self, Article, id_of};
use crate::site::edition::Edition;
use std::fmt::Write;

/// What the file's own parts look like.
const OWN: &str = include_str!("page.css");

/// All rules of the file, as they stand in it.
pub(super) fn sheet(edition: &Edition, articles: &[Article]) -> String {
    let mut sheet = bound::theme(edition);
    sheet.push('\n');
    sheet.push_str(OWN);
    for Article { index, length, .. } in articles {
        // As high as so much text is in a column, so that the bar of the window tells roughly where one is before all is laid out.
        let height = 10 + length / 30;
        let _ = writeln!(sheet, "#{}{{contain-intrinsic-block-size:auto {height}rem}}", id_of(*index));
    }
    bound::inline(&sheet)
}
