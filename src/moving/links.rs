//! Where the addresses of links and pictures stand, byte by byte.

use super::paths::Paths;
use super::{Edits, edited};
use crate::book::reading;
use crate::manuscript::Page;
use crate::markdown::tree::{Inline, InlineKind, Target};
use crate::markdown::{Origin, parse_inlines};
use crate::span::{FileId, Span};

/// A link whose address cannot be found in the text as it means it.
pub(super) struct Unfound {
    pub(super) span: Span,
    pub(super) path: String,
}

/// The path of a link to a page, or of a picture.
pub(super) fn path_of(inline: &Inline) -> Option<&str> {
    match &inline.kind {
        InlineKind::Link { target, .. } => match &**target {
            Target::Page { path, .. } => Some(path),
            _ => None,
        },
        InlineKind::Image { url, .. } => Some(url),
        _ => None,
    }
}

/// What must be edited in a page.
pub(super) fn of_page(page: &Page, text: &str, paths: &Paths<'_>, edits: &mut Edits) -> Vec<Unfound> {
    let mut unfound = Vec::new();
    reading::inlines(page, &mut |inline| unfound.extend(mend(inline, &page.path, text, paths, edits)));
    unfound
}

/// What must be edited in a line of Markdown that stands in a file of records; `home` is the page that it is shown on.
pub(super) fn of_line(
    content: &[Inline],
    home: &str,
    text: &str,
    paths: &Paths<'_>,
    edits: &mut Edits,
) -> Vec<Unfound> {
    let mut unfound = Vec::new();
    reading::within(content, &mut |inline| unfound.extend(mend(inline, home, text, paths, edits)));
    unfound
}

/// A wording of a passage as it is afterwards; `home` is the page that it stands on.
pub(super) fn in_wording(wording: &str, home: &str, file: FileId, paths: &Paths<'_>) -> String {
    let content = parse_inlines(wording, Origin::Verbatim { file, offset: 0 }).value.0;
    let mut edits = Edits::new();
    of_line(&content, home, wording, paths, &mut edits);
    edited(wording, &edits).unwrap_or_else(|| wording.to_owned())
}

fn mend(inline: &Inline, home: &str, text: &str, paths: &Paths<'_>, edits: &mut Edits) -> Option<Unfound> {
    let path = path_of(inline)?;
    let new = paths.link(home, path)?;
    let range = inline.span.range();
    let mut places = places(text, path, &["]("]);
    places.retain(|(start, end)| range.start <= *start && *end <= range.end);
    if places.is_empty() {
        // `[words][name]`: the address stands where the name is explained.
        places = self::places(text, path, &["]:"]);
    }
    let is_found = !places.is_empty();
    edits.extend(places.into_iter().map(|place| (place, new.clone())));
    (!is_found).then(|| Unfound { span: inline.span, path: path.to_owned() })
}

/// Where a path stands as the address of a link, after one of these signs.
fn places(text: &str, path: &str, signs: &[&str]) -> Vec<(usize, usize)> {
    let is_address = |at: usize| {
        let before = text.get(..at).unwrap_or("").trim_end();
        let before = before.strip_suffix('<').map_or(before, str::trim_end);
        let after = text.get(at + path.len()..).unwrap_or("").chars().next();
        signs.iter().any(|sign| before.ends_with(sign))
            && after.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '#' | '>'))
    };
    text.match_indices(path).map(|(at, _)| at).filter(|at| is_address(*at)).map(|at| (at, at + path.len())).collect()
}
