//! Which files of the site that lies in an output folder were made by which recipe, as a build leaves it behind for the next one. Uses `site::edition` and its sister modules only.
//!
//! A list belongs to one state of the folder, and is of no use in any other. It lies beside the receipt and may be deleted like it.

use super::seal;
use crate::site::edition::{OutPath, Recipe, Recipes};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The list for a folder whose files lie as `seen` says: its digest, the state, then the recipes with their files, each on a line.
pub(super) fn write(recipes: &Recipes, seen: &str) -> String {
    let mut text = format!("{seen}\n");
    for (recipe, paths) in recipes {
        text.push_str(recipe.as_str());
        for path in paths {
            // Writing to a string cannot fail.
            let _ = write!(text, "\t{path}");
        }
        text.push('\n');
    }
    seal::seal(&text)
}

/// What a list says of a folder whose files lie as `seen` says; nothing where it is of another state, or not as it was written.
pub(super) fn read(path: &Path, seen: &str) -> Recipes {
    fs::read(path).ok().and_then(|bytes| parse(&bytes, seen)).unwrap_or_default()
}

fn parse(bytes: &[u8], seen: &str) -> Option<Recipes> {
    let (_, lines) = seal::open(bytes)?.split_once('\n').filter(|(state, _)| *state == seen)?;
    let recipe = |line: &str| {
        let mut parts = line.split('\t');
        let recipe = Recipe::named(parts.next()?);
        Some((recipe, parts.map(OutPath::parse).collect::<Option<Vec<_>>>()?))
    };
    lines.lines().map(recipe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_of_one_state_and_whole() {
        let path = |path: &str| OutPath::parse(path).unwrap();
        let recipes: Recipes = [
            (Recipe::named("0a"), vec![path("en/index.html")]),
            (Recipe::named("0b"), vec![path("data/a.bib"), path("data/b.bib")]),
            (Recipe::named("0c"), Vec::new()),
        ]
        .into();
        let text = write(&recipes, "as it was");
        assert_eq!(parse(text.as_bytes(), "as it was"), Some(recipes));
        assert_eq!(parse(text.as_bytes(), "otherwise"), None);
        assert_eq!(parse(text.replace("a.bib", "b.bib").as_bytes(), "as it was"), None);
        assert_eq!(parse(text.trim_end().as_bytes(), "as it was"), None);
        assert_eq!(parse(b"", "as it was"), None);
    }
}
