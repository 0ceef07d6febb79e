//! Which files a change has touched, for `check --changed-since`. Uses `revision`.
//!
//! A page is touched in all its languages at once: who rewrites a passage has made its translations old.

use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::revision::{Repository, RevisionError};
use crate::workspace::{self, TRANSLATIONS};
use std::collections::BTreeSet;
use std::path::Path;

/// What was touched.
pub(super) struct Changed {
    content: String,
    names: BTreeSet<String>,
}

impl Changed {
    /// What is not as it was when today's state went off from the revision of that name.
    pub(super) fn since(root: &Path, name: &str) -> Result<Self, RevisionError> {
        let repository = Repository::of(root)?;
        let revision = repository.since(name)?;
        let content = workspace::config_of(root).map(|config| config.content_dir).unwrap_or_default();
        let files = repository.changed_since(&revision)?;
        let names = files.iter().map(|path| name_of(path, &content)).collect();
        Ok(Self { content, names })
    }

    /// Leaves out what is only strange in files that nobody has touched.
    pub(super) fn keep(&self, compilation: &mut Compilation) {
        let files = &compilation.files;
        let is_told = |found: &Diagnostic| {
            let path = found.span.and_then(|span| files.get(span.file)).map(|file| name_of(file.path(), &self.content));
            found.severity == Severity::Error || path.is_none_or(|path| self.names.contains(&path))
        };
        compilation.diagnostics.retain(is_told);
    }
}

/// A file's name without its language and kind, where it is a page or what is kept of its translation; else its path.
fn name_of(path: &str, content: &str) -> String {
    let below = |folder: &str, ending: &str| {
        let (_, page) = path.strip_prefix(folder)?.strip_prefix('/')?.split_once('/')?;
        page.strip_suffix(ending)
    };
    below(content, ".md").or_else(|| below(TRANSLATIONS, ".yaml")).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_page_has_one_name_in_all_languages() {
        for path in ["content/en/war/index.md", "content/he/war/index.md", "translations/ar/war/index.yaml"] {
            assert_eq!(name_of(path, "content"), "war/index", "{path}");
        }
        for path in ["content/sources/press.yaml", "book.toml", "static/en/x.md"] {
            assert_eq!(name_of(path, "content"), path);
        }
    }
}
