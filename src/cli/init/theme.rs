//! `sourcebook init --theme`: what one wants to change of the theme, copied into the site.

use crate::cli::root::RootArguments;
use crate::cli::translate::store::{self, Step};
use crate::cli::{Exit, report};
use crate::diagnostic::did_you_mean;
use crate::site::theme::{Piece, pieces};
use std::fs;
use std::path::Path;

/// Lists the pieces of the theme, or copies those that are named.
pub(super) fn run(root: &RootArguments, names: &[String]) -> Result<Exit, Exit> {
    if names.is_empty() {
        list(&pieces());
        return Ok(Exit::Done);
    }
    copy(root, names)
}

fn list(pieces: &[Piece]) {
    let width = pieces.iter().map(|piece| piece.name.chars().count()).max().unwrap_or_default();
    for piece in pieces {
        report::out(&format!("{:width$}  {}\n", piece.name, piece.about));
    }
    report::help(
        "`sourcebook init --theme NAME…` copies what you want to change into the site; docs/themes.md is the guide",
    );
}

fn copy(root: &RootArguments, names: &[String]) -> Result<Exit, Exit> {
    let pieces = pieces();
    let wanted = wanted(&pieces, names)?;
    let root = root.find().ok_or(Exit::Usage)?;
    let (kept, new): (Vec<&Piece>, Vec<&Piece>) =
        wanted.into_iter().partition(|piece| fs::symlink_metadata(root.join(&piece.path)).is_ok());
    let steps: Vec<Step> = new.iter().map(|piece| write(piece)).collect();
    store::apply(&root, &steps)?;
    for piece in &new {
        report::say(&format!("Wrote {}: {}", piece.path, piece.about));
    }
    for piece in &kept {
        report::say(&format!("  {} was there already, and is as it was", piece.path));
    }
    next(&root, &new);
    Ok(Exit::Done)
}

/// The pieces that are asked for, each once; all names that are wrong are told.
fn wanted<'p>(pieces: &'p [Piece], names: &[String]) -> Result<Vec<&'p Piece>, Exit> {
    let mut wanted: Vec<&Piece> = Vec::new();
    let mut is_wrong = false;
    for name in names {
        let name = name.trim_start_matches("./");
        let mut found: Vec<&Piece> = pieces.iter().filter(|piece| is_meant(piece, name)).collect();
        if found.is_empty() {
            // A part by the name of its file alone.
            found = pieces.iter().filter(|piece| piece.name.rsplit('/').next() == Some(name)).collect();
        }
        if found.is_empty() {
            is_wrong = true;
            report::error(&format!("the theme has no `{name}`"));
            let near = did_you_mean(name, pieces.iter().map(|piece| piece.name.as_str()));
            report::help(&near.map_or_else(
                || "`sourcebook init --theme` lists what there is".to_owned(),
                |near| format!("did you mean `{near}`?"),
            ));
        }
        for piece in found {
            if !wanted.contains(&piece) {
                wanted.push(piece);
            }
        }
    }
    if is_wrong { Err(Exit::Usage) } else { Ok(wanted) }
}

/// Whether a name means a piece: its own name, its path in a site, or a pattern with `*`.
fn is_meant(piece: &Piece, name: &str) -> bool {
    [piece.name.as_str(), piece.path.as_str()]
        .into_iter()
        .any(|own| own == name || (name.contains('*') && fits(own, name)))
}

/// Whether a text is what a pattern says, in which each `*` stands for anything.
fn fits(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((head, rest)) => text.strip_prefix(head).is_some_and(|tail| {
            let mut ends = tail.char_indices().map(|(at, _)| at).chain(std::iter::once(tail.len()));
            ends.any(|at| tail.get(at..).is_some_and(|tail| fits(tail, rest)))
        }),
    }
}

fn write(piece: &Piece) -> Step {
    Step::Write { path: piece.path.clone(), before: String::new(), after: piece.text.clone() }
}

/// What is to be done next.
fn next(root: &Path, new: &[&Piece]) {
    if new.is_empty() {
        return;
    }
    if new.iter().any(|piece| piece.path == crate::workspace::CUSTOM_STYLE) {
        report::help("in static/custom.css keep the colours that you change, and take the other lines away");
    }
    if new.iter().any(|piece| piece.path.starts_with("templates/")) {
        report::help(
            "change the copies; whatever you do not change is better taken away again, so that it follows the theme",
        );
        report::help("docs/template-context.md lists what templates are given");
    }
    if new.iter().any(|piece| piece.name == "sourcebook.css") {
        report::help(
            "a whole style sheet no longer follows the theme: for a few rules or colours `sourcebook init --theme colours` is enough",
        );
    }
    let root = root.display();
    report::help(&format!(
        "`sourcebook serve --root {root}` shows what you change at once; `sourcebook check` says what is wrong"
    ));
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_anything() {
        let cases = [
            ("partials/source.html", "partials/*", true),
            ("partials/source.html", "*source*", true),
            ("partials/source.html", "*.css", false),
            ("sheet.css", "*.css", true),
            ("sheet.css", "*", true),
            ("sheet.css", "sheet", false),
            ("aXbXc", "a*b*c", true),
            ("ab", "a*b*b", false),
        ];
        for (text, pattern, expected) in cases {
            assert_eq!(fits(text, pattern), expected, "{text} {pattern}");
        }
    }
}
