//! A name for all that was read: the same files give the same name, on any machine and at any time.

use super::front_matter::split;
use super::{EDITOR, FIGURES, Workspace};
use crate::span::FileId;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The SHA-256 over every file of the site and the program's version.
///
/// The lock file of figures is left out, because a build may write it: whoever knows what it becomes adds it.
pub(super) fn of(workspace: &Workspace) -> Sha256 {
    with(workspace, |_, text| text)
}

/// The same over all but what stands in the pages below their front matter.
pub(super) fn around_pages(workspace: &Workspace) -> Sha256 {
    let pages: BTreeSet<FileId> = workspace.pages.iter().map(|page| page.file).collect();
    with(workspace, |file, text| if pages.contains(&file) { head(file, text) } else { text })
}

/// A page up to its body; where it has no head, the whole.
fn head(file: FileId, text: &str) -> &str {
    split(file, text).ok().and_then(|split| text.get(..split.body_offset)).unwrap_or(text)
}

fn with<'w>(workspace: &'w Workspace, what: impl Fn(FileId, &'w str) -> &'w str) -> Sha256 {
    let mut texts: Vec<(&str, &[u8])> =
        workspace.files.iter().map(|(id, file)| (file.path(), what(id, file.text()).as_bytes())).collect();
    texts.retain(|(path, _)| *path != FIGURES);
    texts.sort_unstable();
    let mut digest = Sha256::new();
    add(&mut digest, "sourcebook", env!("CARGO_PKG_VERSION").as_bytes());
    // Each by itself, so that all cores have something to do.
    let digests: Vec<_> = texts.par_iter().map(|(_, bytes)| Sha256::digest(bytes)).collect();
    for ((path, _), own) in texts.iter().zip(digests) {
        add(&mut digest, path, &own);
    }
    for (path, bytes) in &workspace.assets {
        add(&mut digest, &format!("static/{path}"), bytes);
    }
    for (path, bytes) in &workspace.editor {
        add(&mut digest, &format!("{EDITOR}/{path}"), bytes);
    }
    for ((lang, path), bytes) in &workspace.images {
        add(&mut digest, &format!("{lang}/{path}"), bytes);
    }
    let fonts = workspace.language_fonts.iter().map(|(_, place, bytes)| (place, bytes));
    for (place, bytes) in workspace.social_fonts.iter().map(|(place, bytes)| (place, bytes)).chain(fonts) {
        add(&mut digest, &place.value, bytes);
    }
    digest
}

/// Lengths keep one file's end apart from the next one's beginning.
pub(super) fn add(digest: &mut Sha256, path: &str, bytes: &[u8]) {
    for part in [path.as_bytes(), bytes] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_which_file_matters() {
        let of = |parts: &[(&str, &str)]| {
            let mut digest = Sha256::new();
            for (path, text) in parts {
                add(&mut digest, path, text.as_bytes());
            }
            digest.finalize()
        };
        assert_eq!(of(&[("a", "b")]), of(&[("a", "b")]));
        assert_ne!(of(&[("a", "bc"), ("d", "e")]), of(&[("a", "b"), ("cd", "e")]));
        assert_ne!(of(&[("a", "b"), ("c", "d")]), of(&[("a", "d"), ("c", "b")]));
    }
}
