//! Words that are forms of one word, put together by a key that they share.
//!
//! Where Snowball has a stemmer for the language, the key is the stem; Latin words on a site in other letters are mostly English ones and are
//! stemmed so. Hebrew and Arabic are written together with the words before them and take endings: the key is the shortest reading that the
//! site itself attests, without its ending. Whatever is wrongly put together costs little, because a word's own form is always ranked first.

use super::normal::fold;
use crate::wording::stem::{ARABIC, HEBREW, Prefixes};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;

/// So many letters are left of a word without its prefixes, and without its ending.
const SHORTEST: usize = 3;

/// A reading must be at least so often met as an eighth of the word: משלה is no reading of ממשלה because it stands somewhere once.
const RARER: u32 = 8;

/// Endings of Hebrew words in their normal form, the longer before the shorter.
const HEBREW_ENDINGS: &[&str] = &["ימ", "ות", "ה", "ת", "י"];

/// Endings of Arabic words in their normal form.
const ARABIC_ENDINGS: &[&str] = &["ات", "ون", "ين", "ها", "هم", "ه", "ي"];

/// So many endings stand one behind the other: فلسطيني‌ين.
const ENDINGS: usize = 3;

/// How often each word stands in the site, without its endings.
pub type Counts = HashMap<String, u32>;

/// Finds the keys of a language's words.
pub struct Classes {
    own: Option<Stemmer>,
    foreign: Option<Stemmer>,
    affixes: Option<Affixes>,
}

#[derive(Clone, Copy)]
struct Affixes {
    prefixes: Prefixes,
    endings: &'static [&'static str],
    /// Whether a character is of the script.
    is_own: fn(char) -> bool,
}

impl Classes {
    /// The classes of a language.
    pub fn of(lang: &str) -> Self {
        let primary = lang.split('-').next().unwrap_or(lang);
        let own = algorithm(primary);
        Self {
            foreign: (own.is_none() || primary == "ru").then(|| Stemmer::create(Algorithm::English)),
            own: own.map(Stemmer::create),
            affixes: match primary {
                "he" => {
                    Some(Affixes { prefixes: HEBREW, endings: HEBREW_ENDINGS, is_own: |c| matches!(c, 'א'..='ת') })
                }
                "ar" => {
                    Some(Affixes { prefixes: ARABIC, endings: ARABIC_ENDINGS, is_own: |c| matches!(c, 'ء'..='ۓ') })
                }
                _ => None,
            },
        }
    }

    /// What is taken off the beginning of a word that the index does not have; `None` in languages that write nothing there.
    pub fn prefixes(&self) -> Option<&Prefixes> {
        self.affixes.as_ref().map(|affixes| &affixes.prefixes)
    }

    /// Counts a word that stands so often in the site: with other endings it attests the same.
    pub fn count(&self, counts: &mut Counts, word: &str, often: u32) {
        if let Some(affixes) = &self.affixes {
            let base = affixes.base(word);
            match counts.get_mut(base) {
                Some(count) => *count += often,
                None => drop(counts.insert(base.to_owned(), often)),
            }
        }
    }

    /// The key of a word: `word` in its normal form, `written` in small letters as it stands in a text.
    pub fn key(&self, word: &str, written: &str, counts: &Counts) -> String {
        let first = word.chars().next();
        if let Some(affixes) = self.affixes.filter(|affixes| first.is_some_and(affixes.is_own)) {
            return affixes.key(word, counts);
        }
        let is_latin = first.is_some_and(|c| c.is_ascii_alphabetic());
        let stemmer = if is_latin && self.foreign.is_some() { &self.foreign } else { &self.own };
        stemmer.as_ref().map_or_else(|| word.to_owned(), |stemmer| fold(&stemmer.stem(written)))
    }
}

impl Affixes {
    /// A word without its endings.
    fn base<'w>(&self, word: &'w str) -> &'w str {
        let mut bare = word;
        for _ in 0..ENDINGS {
            let rest = self.endings.iter().find_map(|ending| bare.strip_suffix(ending));
            match rest.filter(|rest| rest.chars().count() >= SHORTEST) {
                Some(rest) => bare = rest,
                None => break,
            }
        }
        bare
    }

    fn key(&self, word: &str, counts: &Counts) -> String {
        let count = |word: &str| counts.get(self.base(word)).copied().unwrap_or(0);
        let own = count(word);
        let is_attested = |reading: &&str| {
            let with_article = count(&format!("{}{reading}", self.prefixes.article));
            reading.chars().count() >= SHORTEST && (count(reading) + with_article).saturating_mul(RARER) >= own.max(1)
        };
        let readings = self.prefixes.readings(word).into_iter().skip(1).filter(is_attested);
        let bare = readings.min_by_key(|reading| (reading.chars().count(), *reading)).unwrap_or(word);
        self.base(bare).to_owned()
    }
}

fn algorithm(lang: &str) -> Option<Algorithm> {
    Some(match lang {
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::normal::tokens;

    /// Whether the words of a text, which is all that the site says, share a key.
    fn meet(lang: &str, text: &str) -> bool {
        let classes = Classes::of(lang);
        let words = tokens(text);
        let mut counts = Counts::new();
        for token in &words {
            classes.count(&mut counts, &token.word, 1);
        }
        let keys = words.iter().map(|token| {
            let written = text.get(token.range.clone()).unwrap().to_lowercase();
            classes.key(&token.word, &written, &counts)
        });
        let mut keys: Vec<String> = keys.collect();
        keys.dedup();
        keys.len() == 1
    }

    #[test]
    fn forms_of_a_word_meet() {
        let same = [
            ("he", "ממשלה והממשלה לממשלות שבממשלה ממשלת"),
            ("he", "חטופים החטופים לחטופי חטופה חטוף"),
            ("he", "ישראל ישראלים הישראלית לישראל"),
            ("he", "עזה בעזה שבעזה"),
            ("ar", "احتلال والاحتلال للاحتلال بالاحتلال"),
            ("ar", "فلسطين فلسطيني الفلسطينيين والفلسطينية"),
            ("ar", "مستشفى المستشفيات بالمستشفى"),
            ("en", "hostage hostages"),
            ("en", "displaced displacing"),
            ("fr", "réfugié réfugiés réfugiées"),
            ("de", "Krieg Krieges Kriege"),
            ("es", "rehén rehenes"),
            ("ru", "заложник заложники заложников"),
            ("he", "hospital hospitals"),
        ];
        for (lang, words) in same {
            assert!(meet(lang, words), "{lang}: {words}");
        }
    }

    #[test]
    fn other_words_do_not() {
        let different = [
            ("he", "ממשלה ממשלה ממשלה ממשלה ממשלה ממשלה ממשלה ממשלה ממשלה משלה"),
            ("he", "לבנון לבנון לבנון לבנון לבנון לבנון לבנון לבנון לבנון בנון"),
            ("ar", "حماس حمص"),
            ("en", "aid raid"),
            ("fa", "کتاب کتابها"),
        ];
        for (lang, words) in different {
            assert!(!meet(lang, words), "{lang}: {words}");
        }
    }
}
