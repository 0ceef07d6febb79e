//! SB430, SB431, SB435: terms exist, every language of the site names and explains them, and translations use those names.

use crate::book::{Book, BookPage, Language, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::glossary::Term;
use crate::ids::TermId;
use crate::ledger::Word;
use crate::span::Span;
use crate::wording::words;
use rayon::prelude::*;
use std::collections::BTreeMap;

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

/// Names belong to terms that exist, terms name what exists, and every language that has begun has a name and a definition for each.
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
        diagnostics.extend(book.begun().flat_map(|language| untranslated(book, term, language)));
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

/// What the source page names, its translations name, too, by an approved name or form.
pub(super) fn translations(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    if book.terms.glossary.namings().next().is_none() {
        return;
    }
    let pages: Vec<&BookPage> = book.pages.iter().filter(|page| !book.is_glossary(page)).collect();
    let lost: Vec<Vec<Diagnostic>> = pages
        .par_iter()
        .map(|page| {
            let mut versions = page.versions.iter();
            let Some(source) = versions.next().and_then(Option::as_ref) else { return Vec::new() };
            let terms = named(book, source);
            versions.flatten().flat_map(|version| lost_in(book, &terms, source, version)).collect()
        })
        .collect();
    diagnostics.extend(lost.into_iter().flatten());
}

/// The terms that the statements of a page name, each with the first statement that does.
fn named<'a>(book: &'a Book, version: &Version) -> BTreeMap<&'a TermId, usize> {
    let mut named = BTreeMap::new();
    for (index, claim) in version.page.claims.iter().enumerate() {
        for word in &claim.words {
            if let Word::Text(text) = word {
                for id in book.terms.glossary.named(&words(text), &version.page.lang) {
                    named.entry(id).or_insert(index);
                }
            }
        }
    }
    named
}

fn lost_in(book: &Book, terms: &BTreeMap<&TermId, usize>, source: &Version, translation: &Version) -> Vec<Diagnostic> {
    let own = named(book, translation);
    let lang = &translation.page.lang;
    let lost = terms.iter().filter(|(id, _)| !own.contains_key(*id));
    let lost = lost.filter_map(|(id, index)| {
        let naming = book.terms.glossary.naming(id, lang)?;
        let said = source.page.claims.get(*index)?;
        // Where both have as many statements, the one in the same place is its translation.
        let aligned = source.page.claims.len() == translation.page.claims.len();
        let place = translation.page.claims.get(*index).filter(|_| aligned).map(|claim| claim.span);
        let place = place.or_else(|| paired(source, translation, said.span));
        let place = place.unwrap_or_else(|| Span::start_of(translation.page.file));
        let message = format!("the source page names the term `{id}`, and this translation does not");
        let file = format!("{}/terms/{lang}.yaml", book.config.content_dir);
        Some(
            Diagnostic::new(Code::SB435, place, message)
                .help(format!("write “{}”, or add the form that stands here to {file}", naming.term))
                .related(said.span, "it is named here"),
        )
    });
    lost.collect()
}

/// The passage of the translation that translates the one in which something stands.
fn paired(source: &Version, translation: &Version, said: Span) -> Option<Span> {
    let status = translation.translation.as_ref()?;
    let holds = |span: Span| span.start <= said.start && said.start < span.end;
    let at = source.blocks().iter().position(|block| holds(block.span))?;
    let passage = status.passages.iter().find(|passage| passage.source == at)?;
    translation.blocks().get(passage.translation?).map(|own| own.span)
}
