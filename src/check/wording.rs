//! SB432, SB433, SB602, SB604, SB605, SB606: the site's own voice: names that it does not use, and words that need somebody who says them.
//!
//! Words in quotations, titles and citations are not the page's own. A word that needs attribution has it where its sentence, or one that
//! shares its citation, cites and names somebody: whoever made a source, a party, an actor, or a name of the list. A name that stands
//! right beside the word is what the word is said of, and does not count.

use crate::book::voice::{Passage, Role, passages};
use crate::book::{Book, Language, Version};
use crate::citation::record::Author;
use crate::diagnostic::{Code, Diagnostic};
use crate::editorial::{HouseStyle, LoadedWord, Needs};
use crate::ledger::{Claim, Word};
use crate::locale::Vocabulary;
use crate::span::Span;
use crate::wording::Phrases;
use crate::workspace::Localized;
use std::ops::Range;

/// Every page of every language, each by the list of its own.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let voices: Vec<Voice<'_>> = book.languages.iter().map(|language| Voice::of(book, language)).collect();
    let judge = |language: &Language, version: &Version, found: &mut Vec<Diagnostic>| {
        if let Some(voice) = voices.iter().find(|voice| voice.language.lang == language.lang) {
            found.extend(voice.version(version));
        }
    };
    super::every_version(book, judge, diagnostics);
}

/// What a language's pages may not say, and who may be named.
struct Voice<'a> {
    book: &'a Book,
    language: &'a Language,
    style: Option<&'a HouseStyle>,
    names: Phrases<()>,
}

impl<'a> Voice<'a> {
    fn of(book: &'a Book, language: &'a Language) -> Self {
        let style = book.house_styles.iter().find(|style| style.lang == language.lang);
        let names = style.map(|style| names(book, language, style)).unwrap_or_default();
        Self { book, language, style, names }
    }

    fn version(&self, version: &Version) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.style.is_none() && !self.book.terms.glossary.avoids(&self.language.lang) {
            return found;
        }
        for passage in passages(version) {
            self.avoided(&passage, &mut found);
            let Some(style) = self.style else { continue };
            for (words, word) in style.find(&passage.words) {
                let Some((range, span)) = place(&passage, &words) else { continue };
                if passage.setting(&range).is_none() && !self.has_what_it_needs(word, &words, span, &passage, version) {
                    found.push(problem(word, span));
                }
            }
        }
        found
    }

    /// Names that the site does not use.
    fn avoided(&self, passage: &Passage, found: &mut Vec<Diagnostic>) {
        for at in self.book.terms.glossary.avoided(&passage.words, &self.language.lang) {
            let Some((range, span)) = place(passage, &at.words) else { continue };
            if passage.setting(&range).is_some_and(|setting| at.naming.allow_in.contains(&setting)) {
                continue;
            }
            let code = if at.avoided.is_error { Code::SB433 } else { Code::SB432 };
            let message = format!("the site does not say “{}”: {}", at.avoided.term, at.avoided.why);
            found.push(Diagnostic::new(code, span, message).help(format!("write “{}”", at.avoided.instead)));
        }
    }

    fn has_what_it_needs(
        &self,
        word: &LoadedWord,
        words: &Range<usize>,
        span: Span,
        passage: &Passage,
        version: &Version,
    ) -> bool {
        // A heading names what its section is about; a position says in its title whose it is.
        word.needs == Needs::Attribution
            && (passage.role != Role::Text || self.is_attributed(words, span, passage, version))
    }

    fn is_attributed(&self, words: &Range<usize>, span: Span, passage: &Passage, version: &Version) -> bool {
        let claims = &version.page.claims;
        let Some(own) = claims.iter().find(|claim| holds(claim.span, span)) else { return false };
        if own.marks.is_empty() {
            return false;
        }
        let shares = |claim: &&Claim| claim.marks.iter().any(|mark| own.marks.contains(mark));
        let sharing: Vec<&Claim> = claims.iter().filter(shares).collect();
        if sharing.iter().any(|claim| claim.words.iter().any(|word| matches!(word, Word::Author(_)))) {
            return true;
        }
        self.names.find(&passage.words).into_iter().any(|name| {
            let beside = follows(passage, &name.words, words) || follows(passage, words, &name.words);
            let named = place(passage, &name.words).map(|(_, span)| span);
            !beside && named.is_some_and(|named| sharing.iter().any(|claim| holds(claim.span, named)))
        })
    }
}

/// Who may be named: makers of sources, parties, actors, and the names of the list.
fn names(book: &Book, language: &Language, style: &HouseStyle) -> Phrases<()> {
    let mut names = Phrases::default();
    let mut add = |name: &str| {
        for part in name.split(['(', ')', ';', '؛']).filter(|part| part.trim().chars().count() > 1) {
            names.add(part, ());
        }
    };
    for source in book.library.sources() {
        let makers = source.authors.iter().map(|author| match author {
            Author::Body(name) => name,
            Author::Person { family, .. } => family,
        });
        let makers = makers.chain(&source.authority).chain(&source.publisher);
        makers.flat_map(Localized::texts).for_each(&mut add);
        source.names.iter().for_each(|(_, name)| add(name));
        let party = source.affiliation.as_deref();
        party.and_then(|party| language.locale.term(Vocabulary::Affiliation, party)).into_iter().for_each(&mut add);
    }
    for actor in book.library.actors() {
        let names = std::iter::once(&actor.name).chain(&actor.full_name).chain(&actor.short);
        names.flat_map(|name| name.value.texts()).for_each(&mut add);
    }
    style.names.iter().for_each(|name| add(name));
    names
}

/// Whether some words follow others with nothing but a blank between.
fn follows(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> bool {
    first.end == second.start && passage.words.get(second.start).is_some_and(|word| word.joined)
}

fn place(passage: &Passage, words: &Range<usize>) -> Option<(Range<usize>, Span)> {
    let range = passage.range(words)?;
    let span = passage.span(&range)?;
    Some((range, span))
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn problem(word: &LoadedWord, span: Span) -> Diagnostic {
    let (code, needs, mend) = match word.needs {
        Needs::Attribution => {
            (Code::SB602, "needs somebody who says so", "name who says so and cite it, quote the word, or write")
        }
        Needs::Quotation => (Code::SB604, "is a party's word", "put it in quotation marks, or write"),
        Needs::Replacement => (Code::SB605, "is not the site's word", "write"),
        Needs::Date => (Code::SB606, "means the day on which it is read", "give the date, or write"),
    };
    Diagnostic::new(code, span, format!("“{}” {needs}: {}", word.word, word.why))
        .help(format!("{mend}: {}", word.instead))
}
