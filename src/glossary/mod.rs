//! The terms of a site: what each means, by which name each language calls it, and by which it does not.
//!
//! 1. [`read`] reads `terms/terms.yaml` (meanings, shared by all languages) and `terms/<language>.yaml` (names), strictly.
//! 2. [`Glossary`] files them by id and finds names in running text, whatever letters are written together with them.
//!
//! Knows nothing of pages. Uses `wording` (phrases in text), `citation` (how a record names its sources) and `workspace`.

pub mod read;
mod record;

pub use record::{Avoided, Naming, Setting, Term};

use crate::ids::{Lang, TermId};
use crate::span::FileId;
use crate::wording::{Phrases, WordAt, words};
use std::collections::{BTreeMap, BTreeSet};

/// All terms.
#[derive(Debug, Default)]
pub struct Glossary {
    terms: BTreeMap<TermId, Term>,
    languages: BTreeMap<Lang, Lexicon>,
}

/// The names of a language.
#[derive(Debug, Default)]
struct Lexicon {
    namings: BTreeMap<TermId, Naming>,
    approved: Phrases<TermId>,
    avoided: Phrases<(TermId, usize)>,
}

/// An avoided name in a text.
#[derive(Debug)]
pub struct AvoidedAt<'g> {
    /// Its words, by their places among those of the text.
    pub words: std::ops::Range<usize>,
    /// The term's names.
    pub naming: &'g Naming,
    /// What is said of the avoided one.
    pub avoided: &'g Avoided,
}

impl Glossary {
    /// Files terms and names; of two with one id, which are reported where they are read, the first stays.
    pub fn new(terms: Vec<Term>, namings: Vec<Naming>) -> Self {
        let mut glossary = Self::default();
        for term in terms {
            glossary.terms.entry(term.id.clone()).or_insert(term);
        }
        for naming in namings {
            let lexicon = glossary.languages.entry(naming.lang.clone()).or_default();
            if lexicon.namings.contains_key(&naming.id) {
                continue;
            }
            for name in std::iter::once(&naming.term).chain(&naming.forms) {
                lexicon.approved.add(name, naming.id.clone());
            }
            for (index, avoided) in naming.avoid.iter().enumerate() {
                lexicon.avoided.add(&avoided.term, (naming.id.clone(), index));
            }
            lexicon.namings.insert(naming.id.clone(), naming);
        }
        glossary
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a file holds terms.
    pub fn is_in(&self, file: FileId) -> bool {
        self.terms.values().any(|term| term.span.file == file)
    }

    /// The terms by id.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.terms.values()
    }

    /// The names of all languages.
    pub fn namings(&self) -> impl Iterator<Item = &Naming> {
        self.languages.values().flat_map(|lexicon| lexicon.namings.values())
    }

    /// A term by its id.
    pub fn term(&self, id: &TermId) -> Option<&Term> {
        self.terms.get(id)
    }

    /// The names of a term in a language.
    pub fn naming(&self, id: &TermId, lang: &Lang) -> Option<&Naming> {
        self.languages.get(lang)?.namings.get(id)
    }

    /// The term id nearest to a misspelt one.
    pub fn near(&self, wrong: &TermId) -> Option<&str> {
        crate::diagnostic::did_you_mean(wrong.as_str(), self.terms.keys().map(TermId::as_str))
    }

    /// The terms that a text of a language names, each once, in the order of their ids: what a translator should call them is in [`Self::naming`].
    pub fn terms_in(&self, text: &str, lang: &Lang) -> Vec<&Term> {
        let ids: BTreeSet<&TermId> = self.named(&words(text), lang).into_iter().collect();
        ids.into_iter().filter_map(|id| self.term(id)).collect()
    }

    /// The terms that the words of a text name, in their order.
    pub fn named(&self, words: &[WordAt], lang: &Lang) -> Vec<&TermId> {
        let Some(lexicon) = self.languages.get(lang) else { return Vec::new() };
        lexicon.approved.find(words).into_iter().flat_map(|found| found.values).collect()
    }

    /// Whether there are names that a language's texts avoid.
    pub fn avoids(&self, lang: &Lang) -> bool {
        self.languages.get(lang).is_some_and(|lexicon| !lexicon.avoided.is_empty())
    }

    /// The avoided names among the words of a text. One that is part of an approved name is none.
    pub fn avoided(&self, words: &[WordAt], lang: &Lang) -> Vec<AvoidedAt<'_>> {
        let Some(lexicon) = self.languages.get(lang) else { return Vec::new() };
        let found = lexicon.avoided.find(words);
        if found.is_empty() {
            return Vec::new();
        }
        let approved = lexicon.approved.find(words);
        let within = |place: &std::ops::Range<usize>| {
            approved
                .iter()
                .any(|name| name.words.start <= place.start && place.end <= name.words.end && name.words != *place)
        };
        let found = found.into_iter().filter(|found| !within(&found.words));
        found
            .flat_map(|found| {
                let words = found.words;
                found.values.iter().filter_map(move |(id, index)| {
                    let naming = lexicon.namings.get(id)?;
                    Some(AvoidedAt { words: words.clone(), naming, avoided: naming.avoid.get(*index)? })
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Files;

    const TERMS: &str = "\
west-bank:
  definition: {en: A territory., he: שטח.}
  uncited: explains a word
occupation:
  definition: {en: Rule., he: שלטון.}
  sources: [{source: hague-1907, locator: Art. 42}]
  see: [west-bank]
";

    const HEBREW: &str = "\
west-bank:
  term: הגדה המערבית
  avoid:
    - {term: יהודה ושומרון, use: הגדה המערבית, why: שם של צד}
    - {term: השטחים, use: הגדה המערבית, why: שם של צד, level: error}
occupation: {term: כיבוש, forms: [השטחים הכבושים]}
";

    fn glossary(terms: &str, hebrew: &str) -> (Glossary, Vec<String>) {
        let mut files = Files::default();
        let mut said = Vec::new();
        let hebrew_file = files.add("terms/he.yaml", hebrew);
        let file = files.add("terms/terms.yaml", terms);
        let terms = read::terms(file, terms, &mut said);
        let namings = read::namings(&Lang::parse("he").unwrap(), hebrew_file, hebrew, &mut said);
        (Glossary::new(terms, namings), said.into_iter().map(|one| one.message).collect())
    }

    fn named(text: &str) -> Vec<String> {
        let (glossary, said) = glossary(TERMS, HEBREW);
        assert_eq!(said, Vec::<String>::new());
        let terms = glossary.terms_in(text, &Lang::parse("he").unwrap());
        terms.into_iter().map(|term| term.id.to_string()).collect()
    }

    #[test]
    fn terms_are_found_in_a_text() {
        assert_eq!(named("הכיבוש נמשך בגדה המערבית, ומהכיבוש"), ["occupation", "west-bank"]);
        assert_eq!(named("בגדה. המערבית"), Vec::<String>::new());
    }

    #[test]
    fn an_avoided_name_within_an_approved_one_is_none() {
        let (glossary, _) = glossary(TERMS, HEBREW);
        let text = words("ביהודה ושומרון ובשטחים הכבושים, ובשטחים");
        let lang = Lang::parse("he").unwrap();
        let found = glossary.avoided(&text, &lang).into_iter();
        let found: Vec<_> = found.map(|at| (at.words, at.avoided.term.as_str(), at.avoided.is_error)).collect();
        assert_eq!(found, [(0..2, "יהודה ושומרון", false), (4..5, "השטחים", true)]);
    }

    #[test]
    fn what_a_record_lacks_is_said_field_by_field() {
        let (_, said) = glossary(
            "a b: {definition: {en: x}, uncited: y}\nempty: {}\nplain: {definition: words, source: x}\n",
            "x: {forms: [y]}\ny: {term: z, avoid: [{term: v}], allow-in: [poem]}\n",
        );
        assert_eq!(
            said,
            [
                "`a b` cannot be an id",
                "`definition` is missing",
                "the term has no source",
                "`definition` is a text for each language, not text",
                "the term has no source",
                "a term has no field `source`",
                "a name of a term has no `term`",
                "an avoided name has no `use`",
                "an avoided name has no `why`",
                "`poem` is no setting",
            ]
        );
    }
}
