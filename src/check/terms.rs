//! SB430, SB431: terms exist, and every language of the site names and explains them.

use crate::book::{Book, Language};
use crate::diagnostic::{Code, Diagnostic};
use crate::glossary::Term;
use crate::ids::TermId;
use crate::span::Span;

/// A term that is named and does not exist.
pub(super) fn unknown(book: &Book, id: &TermId, span: Span) -> Option<Diagnostic> {
    let glossary = &book.terms.glossary;
    if glossary.term(id).is_some() {
        return None;
    }
    let help = match glossary.near(id) {
        Some(near) => format!("did you mean `term:{near}`?"),
        None => format!("add a record `{id}:` to {}/terms/terms.yaml", book.config.content_dir),
    };
    Some(Diagnostic::new(Code::SB430, span, format!("there is no term `{id}`")).help(help))
}

/// Names belong to terms that exist, terms name what exists, and every language has a name and a definition for each.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let glossary = &book.terms.glossary;
    for naming in glossary.namings() {
        diagnostics.extend(unknown(book, &naming.id, naming.span));
    }
    for term in glossary.terms() {
        diagnostics.extend(term.see.iter().filter_map(|other| unknown(book, &other.value, other.span)));
        if let Some(page) = term.page.as_ref().filter(|page| book.find(&page.value).is_none()) {
            diagnostics.push(
                Diagnostic::new(Code::SB501, page.span, format!("there is no page `{}`", page.value))
                    .help("a page's path without language and `.md`, such as `actors/hamas`"),
            );
        }
        diagnostics.extend(book.languages.iter().flat_map(|language| untranslated(book, term, language)));
    }
}

fn untranslated(book: &Book, term: &Term, language: &Language) -> Vec<Diagnostic> {
    let lang = &language.lang;
    let folder = format!("{}/terms", book.config.content_dir);
    let nameless = book.terms.glossary.naming(&term.id, lang).is_none().then(|| {
        Diagnostic::new(Code::SB431, term.span, format!("the term `{}` has no name in `{lang}`", term.id))
            .help(format!("add `{}: {{term: …}}` to {folder}/{lang}.yaml", term.id))
    });
    let unexplained = term.definition.iter().all(|(other, _)| other != lang).then(|| {
        Diagnostic::new(Code::SB431, term.span, format!("the term `{}` is not explained in `{lang}`", term.id))
            .help(format!("add `{lang}: …` to its `definition`"))
    });
    nameless.into_iter().chain(unexplained).collect()
}
