//! Styles: the built-in one, and the site's own.

use super::memo::{self, Content};
use hayagriva::citationberg::IndependentStyle;
use std::sync::{Arc, LazyLock};

/// The built-in style. A test reads it.
static OWN: LazyLock<Option<Arc<IndependentStyle>>> =
    LazyLock::new(|| IndependentStyle::from_xml(OWN_TEXT).ok().map(Arc::new));
const OWN_TEXT: &str = include_str!("sourcebook.csl");

/// How sources are cited and listed.
#[derive(Debug, Clone)]
pub struct Style {
    /// The style of lists.
    lists: Option<Arc<IndependentStyle>>,
    is_own: bool,
    content: Content,
}

impl Default for Style {
    /// The built-in style.
    fn default() -> Self {
        Self { lists: OWN.clone(), is_own: true, content: memo::content(&OWN_TEXT) }
    }
}

impl Style {
    /// The style that formats entries.
    pub(super) fn of_lists(&self) -> Option<&IndependentStyle> {
        self.lists.as_deref()
    }

    /// Whether this is the built-in style.
    pub(super) fn is_own(&self) -> bool {
        self.is_own
    }

    /// What the style says, hashed.
    pub(super) fn content(&self) -> Content {
        self.content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_style_can_be_read() {
        IndependentStyle::from_xml(OWN_TEXT).unwrap();
    }
}
