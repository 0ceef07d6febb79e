//! Names that people type: which page is meant, and what else there is.

use crate::book::{Book, BookPage};
use crate::diagnostic;
use crate::ids::PageId;

/// How many names are told to whoever asks for another.
const NAMED: usize = 12;

/// What is wrong with a name, and how to mend it.
pub(super) type Unknown = (String, String);

/// The page that an option names.
pub(super) fn page<'a>(book: &'a Book, name: &str) -> Result<&'a BookPage, Unknown> {
    page_named(book, name).map_err(|(message, help)| (format!("--page: {message}"), help))
}

/// The page of a name such as `actors/hamas`, or `index` for the home page.
pub(super) fn page_named<'a>(book: &'a Book, name: &str) -> Result<&'a BookPage, Unknown> {
    let file = PageId::from_file(name);
    let found = book.pages.iter().find(|page| page.id.name() == name || Some(&page.id) == file.as_ref());
    found.ok_or_else(|| {
        let known = book.pages.iter().map(|page| page.id.name());
        (format!("the site has no page `{name}`"), near(name, known))
    })
}

/// The name that may be meant, or those that there are.
pub(super) fn near<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = diagnostic::did_you_mean(wrong, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let named: Vec<&str> = known.clone().take(NAMED).collect();
    let more = known.skip(NAMED).count();
    let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("it has {}{rest}", named.join(", "))
}
