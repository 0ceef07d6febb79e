//! What translators are told of the words that the editors decided about: how the terms in a text are called in their language, and how they are not.

use crate::book::Book;
use crate::glossary::Naming;
use crate::ids::Lang;

/// The terms that a text of the source names, each with its name in the language and the names to avoid.
pub(super) fn terms(book: &Book, words: &str, lang: &Lang) -> Vec<String> {
    let Some(source) = book.source_language().map(|language| &language.lang) else { return Vec::new() };
    let glossary = &book.terms.glossary;
    let named = glossary.terms_in(words, source).into_iter();
    named
        .filter_map(|term| Some((glossary.naming(&term.id, source)?, glossary.naming(&term.id, lang))))
        .flat_map(|(known, own)| match own {
            Some(own) => {
                let called = format!("Term: “{}” is “{}”", known.term, own.term);
                std::iter::once(called).chain(avoided(own)).collect()
            }
            None => vec![format!("Term: “{}” has no name in this language yet", known.term)],
        })
        .collect()
}

/// The names that a language does not use, and why.
pub(super) fn avoided(naming: &Naming) -> Vec<String> {
    let avoided = naming.avoid.iter();
    avoided.map(|avoided| format!("Not: “{}”, but “{}”: {}", avoided.term, avoided.instead, avoided.why)).collect()
}
