//! Addresses at which the site makes pages of its own.

use super::Book;
use super::catalogue::FOLDER;
use super::navigation::{CHANGES, GLOSSARY, OFFLINE, PEOPLE, SEARCH, SOURCING, TIMELINE, TRANSLATION_STATUS};
use super::register::FIGURES;
use crate::ids::PageId;

impl Book {
    /// Whose an address is where no page may lie, and what stands there.
    pub fn owner_of(&self, id: &PageId) -> Option<(&'static str, String)> {
        let folder = id.as_str().split('/').next();
        if folder == Some(TIMELINE) && self.has_timeline() {
            let there = format!("the timeline stands at `{TIMELINE}`, the events of each theme below it");
            return Some(("the timeline", there));
        }
        if folder == Some(FOLDER) {
            let there = format!("the list of sources stands at `{FOLDER}`, the page of each source below it");
            return Some(("the library of sources", there));
        }
        let there = match id.as_str() {
            SOURCING => format!("the site makes a page at `{SOURCING}` that says what it rests on"),
            GLOSSARY => format!("the site makes a page at `{GLOSSARY}` of the terms in `terms/`"),
            FIGURES => format!("the site makes a page at `{FIGURES}` that lists all figures"),
            SEARCH => format!("the page on which one searches stands at `{SEARCH}`"),
            OFFLINE => format!("the site makes a page at `{OFFLINE}` for those who take a copy of it"),
            PEOPLE if self.has_people() => format!("the who's who stands at `{PEOPLE}`"),
            _ if folder == Some(TRANSLATION_STATUS) && self.config.translation_status => {
                format!("the site makes pages at `{TRANSLATION_STATUS}` that tell how far translations are behind")
            }
            _ if folder == Some(CHANGES) && self.has_changes() => {
                format!("the site makes pages at `{CHANGES}` that tell how figures have changed")
            }
            _ => return None,
        };
        Some(("the site itself", there))
    }
}
