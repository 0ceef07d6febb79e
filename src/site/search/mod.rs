//! Search as readers meet it: the page with the form and the index of everything, and the files of which the script finds.
//!
//! 1. [`page`] is the page. Without JavaScript its index is the way to every page; with it, it stands below the hits.
//! 2. [`records`] gathers what can be found, of pages in the words that [`told`] tells.
//! 3. [`files`] has `search` make an index of it, for each language beside its page.

pub(super) mod page;
mod records;
mod told;

use super::address;
use super::edition::OutPath;
use super::frame::{Place, paths_of};
use super::gathering::Put;
use super::renderer::Renderer;
use crate::book::navigation::Made;
use crate::locale::{Key, Locale};
use crate::number::Number;
use crate::search::files::{Words, files as index_files};

/// What the script says.
const SAID: &[Key] = &[Key::SearchNone, Key::SearchMore, Key::SearchEverything, Key::Filters];

/// How many things were found, in words, with `{n}` for the number, which only a script knows.
pub(super) fn found(locale: &Locale) -> String {
    locale.fill_plain(Key::SearchFound, &[("n", "{n}".into())])
}

/// Makes the files of the search in a language. The words of the whole language are held at once.
pub(super) fn files(renderer: &Renderer<'_>, language: usize, put: Put<'_>) -> Option<()> {
    let reader = renderer.book.languages.get(language)?;
    let locale = &reader.locale;
    let page = address::of_search(&reader.lang)?;
    let paths = paths_of(Made::Search, renderer.book);
    let frame = renderer.frame(language, &page, Place::Made(Made::Search, &paths))?;
    let mut texts: std::collections::BTreeMap<&'static str, String> =
        SAID.iter().map(|key| (key.name(), locale.text(*key).to_owned())).collect();
    texts.insert(Key::SearchFound.name(), found(locale));
    let kinds =
        [Key::AllPages, Key::AllPages, Key::Glossary, Key::People, Key::Timeline, Key::AllSources, Key::AllFigures];
    let words = Words {
        lang: reader.lang.to_string(),
        dir: locale.direction().name(),
        digits: (0..10_usize).map(|digit| locale.number(&Number::from(digit))).collect(),
        texts,
        kinds: kinds.map(|key| locale.text(key).to_owned()).to_vec(),
    };
    let folder = page.as_str().strip_suffix("index.html")?;
    index_files(&records::records(renderer, language, &page, &frame), &words, &mut |name, text| {
        if let Some(path) = OutPath::parse(&format!("{folder}{name}")) {
            put(path, text);
        }
    });
    Some(())
}
