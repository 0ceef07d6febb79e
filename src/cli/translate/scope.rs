//! Which translations are meant.

use crate::book::{Book, BookPage, Version};
use crate::cli::names::{self, Unknown};
use crate::translation::Status;

/// A page in one language, and its source.
#[derive(Clone, Copy)]
pub(super) struct Translated<'a> {
    pub(super) page: &'a BookPage,
    pub(super) source: &'a Version,
    pub(super) version: &'a Version,
    pub(super) status: &'a Status,
}

/// The languages that are translated into: the one that is named, or all.
pub(super) fn languages(book: &Book, named: Option<&str>) -> Result<Vec<usize>, Unknown> {
    let targets = 1..book.languages.len();
    let Some(named) = named else { return Ok(targets.collect()) };
    let found = book.languages.iter().position(|language| language.lang.as_str() == named);
    match found {
        Some(0) => Err((
            format!("`{named}` is the language that the others are translated from"),
            "name the language of a translation".to_owned(),
        )),
        Some(slot) => Ok(vec![slot]),
        None => {
            let known = book.languages.iter().skip(1).map(|language| language.lang.as_str());
            Err((format!("the site has no language `{named}`"), names::near(named, known)))
        }
    }
}

/// The translations of some pages into some languages, language by language.
pub(super) fn translations<'a>(book: &'a Book, languages: &[usize], page: Option<&BookPage>) -> Vec<Translated<'a>> {
    let pages = || book.pages.iter().filter(|other| page.is_none_or(|page| page.id == other.id));
    let of = |slot: usize| pages().filter_map(move |page| translated(page, slot));
    languages.iter().flat_map(|slot| of(*slot)).collect()
}

fn translated(page: &BookPage, slot: usize) -> Option<Translated<'_>> {
    let source = page.versions.first()?.as_ref()?;
    let version = page.versions.get(slot)?.as_ref()?;
    let status = version.translation.as_ref()?;
    Some(Translated { page, source, version, status })
}

/// One translation by the names of its language and page.
pub(super) fn one<'a>(book: &'a Book, lang: &str, page: &str) -> Result<Translated<'a>, Unknown> {
    let languages = languages(book, Some(lang))?;
    let page = names::page_named(book, page)?;
    translations(book, &languages, Some(page)).first().copied().ok_or_else(|| {
        let path = format!("{}/{lang}/{}.md", book.config.content_dir, page.id.name());
        (format!("`{}` is not translated into `{lang}`", page.id.name()), format!("a translation is a file `{path}`"))
    })
}
