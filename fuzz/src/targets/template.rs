//! A template of a site's own, in the place of one of the theme's: the first byte says of which. It comes to an end, and what is wrong has its place.

use super::site::made_with;
use super::told;
use sourcebook::diagnostic::has_errors;
use sourcebook::site::theme::pieces;

pub fn run(bytes: &[u8]) {
    let Some((which, rest)) = bytes.split_first() else { return };
    let templates: Vec<String> =
        pieces().into_iter().map(|piece| piece.path).filter(|path| path.starts_with("templates/")).collect();
    let path = &templates[usize::from(*which) % templates.len()];
    let made = made_with(path, &told::text(rest));
    told::hold(&made.files, &made.diagnostics);
    assert!(made.edition.is_some() || has_errors(&made.diagnostics), "nothing is wrong, and there is no site");
}
