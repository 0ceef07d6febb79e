//! The house's words: what the site does not say in its own voice, and what such a word needs instead.
//!
//! Each language has a list of its own, `style/<language>.yaml`, with a reason and a suggestion for every word, because words weigh
//! differently in each. Finds them in running text; whether a sentence gives them what they need is judged by whoever asks.
//! Uses `wording` (phrases in text) and `workspace`.

pub mod read;

use crate::ids::Lang;
use crate::span::Span;
use crate::wording::{Phrases, WordAt};
use std::ops::Range;

/// What a word needs before the site may say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Needs {
    /// Somebody who says so, named in the sentence, and a citation.
    Attribution,
    /// Quotation marks.
    Quotation,
    /// Another word: the site never says it.
    Replacement,
    /// A date: the word means the day on which it is read.
    Date,
}

impl Needs {
    /// Every need, by the word of the files.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("attribution", Self::Attribution),
        ("quotation", Self::Quotation),
        ("replacement", Self::Replacement),
        ("date", Self::Date),
    ];
}

/// A word or phrase of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedWord {
    /// The word.
    pub word: String,
    /// Where it is listed.
    pub span: Span,
    /// Other forms of it.
    pub forms: Vec<String>,
    /// Phrases in which it means nothing: names.
    pub except: Vec<String>,
    /// What it needs.
    pub needs: Needs,
    /// Why.
    pub why: String,
    /// What to write instead.
    pub instead: String,
}

/// The list of a language.
#[derive(Debug)]
pub struct HouseStyle {
    /// The language.
    pub lang: Lang,
    /// Further names of those who say things, besides those that sources and parties have.
    pub names: Vec<String>,
    words: Vec<LoadedWord>,
    /// By their place among the words; none for a name that holds one.
    phrases: Phrases<Option<usize>>,
}

impl HouseStyle {
    /// Makes the list.
    pub fn new(lang: Lang, names: Vec<String>, words: Vec<LoadedWord>) -> Self {
        let mut phrases = Phrases::default();
        for (index, word) in words.iter().enumerate() {
            for form in std::iter::once(&word.word).chain(&word.forms) {
                phrases.add(form, Some(index));
            }
            for name in &word.except {
                phrases.add(name, None);
            }
        }
        Self { lang, names, words, phrases }
    }

    /// The loaded words among those of a text, each with its place.
    pub fn find(&self, words: &[WordAt]) -> Vec<(Range<usize>, &LoadedWord)> {
        let found = self.phrases.find(words).into_iter();
        found
            .filter(|found| !found.values.contains(&None))
            .filter_map(|found| {
                let index = found.values.iter().flatten().next()?;
                Some((found.words, self.words.get(*index)?))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Files;
    use crate::wording::words;

    fn found(yaml: &str, text: &str) -> Vec<(String, Needs)> {
        let mut files = Files::default();
        let file = files.add("style/en.yaml", yaml);
        let mut said = Vec::new();
        let style = read::read_file(&Lang::parse("en").unwrap(), file, yaml, &mut said).unwrap();
        assert!(said.is_empty(), "{said:?}");
        let words = words(text);
        style.find(&words).into_iter().map(|(_, word)| (word.word.clone(), word.needs)).collect()
    }

    #[test]
    fn words_are_found_in_their_forms_and_not_in_names() {
        let yaml = "\
words:
  so far: {needs: date, why: w, instead: i}
  resistance: {forms: [resisted], except: [Islamic Resistance Movement], needs: attribution, why: w, instead: i}
";
        assert_eq!(
            found(yaml, "The Islamic Resistance Movement resisted so far; resistance."),
            [
                ("resistance".to_owned(), Needs::Attribution),
                ("so far".to_owned(), Needs::Date),
                ("resistance".to_owned(), Needs::Attribution)
            ]
        );
    }

    #[test]
    fn what_a_list_lacks_is_said() {
        let mut files = Files::default();
        let yaml = "names: [a]\nword: {}\nwords:\n  grim: {needs: silence}\n";
        let file = files.add("style/en.yaml", yaml);
        let mut said = Vec::new();
        read::read_file(&Lang::parse("en").unwrap(), file, yaml, &mut said);
        let said: Vec<&str> = said.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "`needs` cannot be `silence`",
                "a word has no `why`",
                "a word has no `instead`",
                "a list of words has no field `word`"
            ]
        );
    }
}
