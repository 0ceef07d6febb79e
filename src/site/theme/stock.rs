//! The default theme: its files, which are built into the program, and what each is for.

use super::colours;
use crate::workspace::CUSTOM_STYLE;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The theme's style sheet, in `static/`.
pub(super) const SHEET: &str = "sourcebook.css";
/// What one asks for to get them.
const COLOURS: &str = "colours";

/// Something of the theme that a site may have in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What one calls it: `page.html`, `partials/source.html`, `sourcebook.css`, `colours`.
    pub name: String,
    /// Where it lies in a site.
    pub path: String,
    /// What it is for.
    pub about: String,
    /// What it is now.
    pub text: String,
}

/// Every template by name.
pub(super) fn templates() -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| Some(std::str::from_utf8(bytes).ok()?.to_owned());
    embedded(&TEMPLATES).into_iter().filter_map(|(path, bytes)| Some((path.to_owned(), text(bytes)?))).collect()
}

/// Every static file by path.
pub(super) fn assets() -> Vec<(&'static str, &'static [u8])> {
    embedded(&ASSETS)
}

/// The theme's style sheet as it was written.
pub(super) fn sheet() -> &'static str {
    let file = ASSETS.get_file(SHEET);
    file.and_then(|file| std::str::from_utf8(file.contents()).ok()).unwrap_or_default()
}

/// Everything that a site may have in its own way: the colours, the templates and their parts, the static files.
pub fn pieces() -> Vec<Piece> {
    let about = "every colour, light and dark: put after the style sheet, which need not be copied".to_owned();
    let colours =
        Piece { name: COLOURS.to_owned(), path: CUSTOM_STYLE.to_owned(), about, text: colours::sheet(sheet()) };
    let (parts, whole): (Vec<_>, Vec<_>) = templates().into_iter().partition(|(name, _)| name.contains('/'));
    let templates = whole.into_iter().chain(parts).map(|(name, text)| Piece {
        path: format!("templates/{name}"),
        about: first_comment(&text),
        name,
        text,
    });
    let statics = assets().into_iter().filter_map(|(name, bytes)| {
        let text = std::str::from_utf8(bytes).ok()?.to_owned();
        Some(Piece { name: name.to_owned(), path: format!("static/{name}"), about: first_comment(&text), text })
    });
    std::iter::once(colours).chain(templates).chain(statics).collect()
}

/// The first sentence of the first comment, which says what a file is for.
fn first_comment(text: &str) -> String {
    let ends = [("{#", "#}"), ("/*", "*/"), ("<!--", "-->")];
    let head = text.get(..text.len().min(200)).unwrap_or(text);
    let found = ends.iter().filter_map(|(open, close)| Some((head.find(open)?, *open, *close))).min();
    let line = text.lines().next().and_then(|line| line.strip_prefix("//"));
    let comment = match (found, line) {
        (_, Some(line)) => line,
        (Some((at, open, close)), None) => {
            let rest = text.get(at + open.len()..).unwrap_or_default();
            rest.split_once(close).map_or(rest, |(comment, _)| comment)
        }
        (None, None) => return String::new(),
    };
    let comment = comment.trim_matches(|c: char| c.is_whitespace() || ['-', '/', '*', '!'].contains(&c));
    let words = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = words.find(". ").map_or(words.len(), |end| end + 1);
    words.get(..end).unwrap_or(&words).trim_end_matches('.').to_owned()
}

/// Every file below `dir`, by path.
fn embedded(dir: &'static Dir<'static>) -> Vec<(&'static str, &'static [u8])> {
    let mut found = Vec::new();
    let mut open = vec![dir];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        found.extend(dir.files().filter_map(|file| file.path().to_str().map(|path| (path, file.contents()))));
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::{first_comment, pieces};

    #[test]
    fn every_piece_says_what_it_is_for() {
        for piece in pieces() {
            assert!(!piece.about.is_empty() && piece.about.chars().count() < 240, "{}: {}", piece.name, piece.about);
        }
    }

    #[test]
    fn the_first_sentence_of_the_first_comment_is_taken() {
        assert_eq!(first_comment("{#- The frame: head,\n  footer. More. -#}\n<p>"), "The frame: head, footer");
        assert_eq!(first_comment("/* A sheet. */ p {}"), "A sheet");
        assert_eq!(first_comment("// Cards.\nlet x;"), "Cards");
        assert_eq!(first_comment("<svg/>"), "");
    }
}
