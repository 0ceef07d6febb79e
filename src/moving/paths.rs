//! Where files go, and what a link must say for that. Paths are relative to the folder of a language; the rule is the same in each.

use crate::book::navigation::{relative, resolve_path};
use crate::ids::PageId;

/// From where to where.
#[derive(Debug)]
pub(super) struct Paths<'a> {
    pub(super) from: &'a PageId,
    pub(super) to: &'a PageId,
}

impl Paths<'_> {
    /// Where a file lies afterwards: the page's own, whatever lies in its folder, or any other.
    pub(super) fn file(&self, path: &str) -> String {
        let Some(rest) = path.strip_prefix(self.from.as_str()) else { return path.to_owned() };
        let goes = rest == ".md" || rest.starts_with('/');
        if goes { format!("{}{rest}", self.to) } else { path.to_owned() }
    }

    /// The address of a page afterwards; `None` where it stays.
    pub(super) fn page(&self, id: &PageId) -> Option<PageId> {
        let rest = id.as_str().strip_prefix(self.from.as_str())?;
        let goes = rest.is_empty() || rest.starts_with('/');
        if goes { PageId::parse(&format!("{}{rest}", self.to)) } else { None }
    }

    /// What a link in a file must say afterwards; `None` where what it says stays right.
    pub(super) fn link(&self, file: &str, path: &str) -> Option<String> {
        let target = self.file(&resolve_path(file, path)?);
        let file = self.file(file);
        (resolve_path(&file, path).as_ref() != Some(&target)).then(|| relative(&file, &target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_where_they_led() {
        let (from, to) = (PageId::parse("war").unwrap(), PageId::parse("history/the-war").unwrap());
        let paths = Paths { from: &from, to: &to };
        let link = |file, path| paths.link(file, path);
        assert_eq!(link("index.md", "war/index.md").as_deref(), Some("history/the-war/index.md"));
        assert_eq!(link("history/index.md", "../war/gaza.md").as_deref(), Some("the-war/gaza.md"));
        assert_eq!(link("war/gaza.md", "../index.md").as_deref(), Some("../../index.md"));
        assert_eq!(link("war/gaza.md", "../history/index.md").as_deref(), Some("../index.md"));
        assert_eq!(link("war/gaza.md", "index.md"), None);
        assert_eq!(link("war/gaza.md", "map.png"), None);
        assert_eq!(link("index.md", "warfare.md"), None);
        assert_eq!(link("warfare/index.md", "../index.md"), None);
        let page = |id| paths.page(&PageId::parse(id).unwrap()).map(|id| id.to_string());
        assert_eq!(page("war/gaza").as_deref(), Some("history/the-war/gaza"));
        assert_eq!(page("warfare"), None);
        assert_eq!(paths.file("war.md"), "history/the-war.md");
    }
}
