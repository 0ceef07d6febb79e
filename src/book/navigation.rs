//! Sections, the order of reading, and paths between pages as editors write them.

use super::{Book, BookPage, PageIndex};
use crate::ids::{Lang, PageId};

/// The address, below a language's, of the page on which the site says what it rests on. The site makes it; no file is it.
pub const SOURCING: &str = "sourcing";

/// The address, below a language's, of the page that tells how figures have changed.
pub const CHANGES: &str = "changes";

/// The address, below a language's, of the page that tells translators what is behind, which the site makes where `book.toml` asks for it.
pub const TRANSLATION_STATUS: &str = "translation-status";

/// The address, below a language's, of the timeline, which the site makes where there are events.
pub const TIMELINE: &str = "timeline";

/// The address, below a language's, of the who's who, which the site makes where there are actors.
pub const PEOPLE: &str = "people";

/// The address, below a language's, of the page on which one searches, with the index of all pages.
pub const SEARCH: &str = "search";

/// The address, below a language's, of the page on which readers take copies and learn to check them.
pub const OFFLINE: &str = "offline";

/// A page that the site makes. Pages of the book link to those that [`Book::leads_to_made`] knows as if they were files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Made {
    /// The timeline of all events.
    Timeline,
    /// The who's who.
    People,
    /// The list of all sources.
    Library,
    /// The list of all figures.
    Figures,
    /// The page on which the site says what it rests on.
    Sourcing,
    /// The page that tells how figures have changed.
    Changes,
    /// The page on which one searches.
    Search,
    /// The page on which readers take copies.
    Offline,
    /// The page that tells how far a translation is behind.
    TranslationStatus,
}

/// The address, below a language's, of the page on which the site explains its terms. The site makes it from the records of terms.
pub const GLOSSARY: &str = "glossary";

/// The page that `path` in the file `from` means: both relative to the language's folder. `None` when that is no Markdown file there.
pub fn resolve(from: &str, path: &str) -> Option<PageId> {
    PageId::from_file(&resolve_path(from, path)?)
}

/// The file that `path` in the file `from` means; `None` when it leaves the language's folder.
pub fn resolve_path(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path that an editor writes in the file `from` to link to a page.
pub fn relative_file(from: &str, to: &PageId, book: &Book) -> String {
    let has_children = book.find(to).is_some_and(|page| !page.children.is_empty());
    let file = match (to.is_home(), has_children) {
        (true, _) => "index.md".to_owned(),
        (false, true) => format!("{to}/index.md"),
        (false, false) => format!("{to}.md"),
    };
    relative(from, &file)
}

/// The folder in which a page lies in the built site, with `/` at its end.
pub fn folder_of(lang: &Lang, id: &PageId) -> String {
    if id.is_home() { format!("{lang}/") } else { format!("{lang}/{id}/") }
}

/// The path from one file to another, both relative to the same folder.
pub fn relative(from: &str, to: &str) -> String {
    let (mut from, mut to) = (from, to);
    while let (Some((folder, rest)), Some((other, other_rest))) = (from.split_once('/'), to.split_once('/'))
        && folder == other
    {
        (from, to) = (rest, other_rest);
    }
    let up = from.matches('/').count();
    let mut path = String::with_capacity(up * 3 + to.len());
    (0..up).for_each(|_| path.push_str("../"));
    path.push_str(to);
    path
}

/// Fills in parents, children, previous and next. Pages come in the order of reading: each section's page, then its pages.
pub fn arrange(pages: &mut [BookPage], index_of: impl Fn(&PageId) -> Option<PageIndex>) {
    let last = pages.len().saturating_sub(1);
    for index in 0..pages.len() {
        let Some(page) = pages.get_mut(index) else { continue };
        let parent = page.id.parent().and_then(|id| index_of(&id));
        page.parent = parent;
        page.previous = index.checked_sub(1).map(PageIndex);
        page.next = (index < last).then_some(PageIndex(index + 1));
        if let Some(parent) = parent.and_then(|parent| pages.get_mut(parent.0)) {
            parent.children.push(PageIndex(index));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_resolve_like_files() {
        let to = |from, path| resolve(from, path).map(|id| id.as_str().to_owned());
        assert_eq!(to("actors/hamas.md", "../war/index.md").as_deref(), Some("war"));
        assert_eq!(to("actors/hamas.md", "israel.md").as_deref(), Some("actors/israel"));
        assert_eq!(to("index.md", "actors/hamas.md").as_deref(), Some("actors/hamas"));
        assert_eq!(to("actors/hamas.md", "../index.md").as_deref(), Some(""));
        assert_eq!(to("index.md", "../he/index.md"), None);
        assert_eq!(to("index.md", "actors/"), None);
    }

    #[test]
    fn relative_paths_are_short() {
        assert_eq!(relative("actors/hamas.md", "war/index.md"), "../war/index.md");
        assert_eq!(relative("actors/hamas.md", "actors/israel.md"), "israel.md");
        assert_eq!(relative("index.md", "actors/hamas.md"), "actors/hamas.md");
        assert_eq!(relative("a/b/c.md", "a/d.md"), "../d.md");
    }
}
