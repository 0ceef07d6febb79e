//! By which names a sentence speaks of a source or of the party that it speaks for, and whether a text has one of them.
//!
//! 1. [`Words`] folds a text into words: small letters without accents, vowel points and hamzas, Hebrew letters in their middle form.
//! 2. [`Names`] are those of a source: its authors, publisher and authority, the party in the reader's language, and what its record adds
//!    under `names:`. What stands in brackets is a name of its own: "Islamic Resistance Movement (Hamas)".
//! 3. [`Names::stand_in`] finds them though they are inflected: `Israel’s`, `israélienne`, `בישראל`, `ולצה״ל`, `الإسرائيلي`, `للجيش`.
//!
//! A name says that a sentence speaks of somebody, not how; that is left to people. Works on text and records.

use super::record::{Author, Source};
use crate::letters::{is_alphanumeric, lower};
use crate::locale::{Locale, Vocabulary};
use crate::workspace::Localized;
use icu::normalizer::DecomposingNormalizer;

/// How many letters an ending may have: `Israel` in `israéliennes`.
const LONGEST_ENDING: usize = 7;

/// The words of a text, folded.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(Vec<String>);

/// Names of a source and of whoever it speaks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(Vec<Words>);

impl Names {
    /// The names of a source, for a reader of the locale's language; names in other languages may stand in the text, too.
    pub fn of(source: &Source, locale: &Locale) -> Self {
        let mut names = Self::of_makers(source);
        for (_, name) in &source.names {
            names.add(name);
        }
        if let Some(party) = &source.affiliation {
            names.add(&party.replace('-', " "));
            names.add(locale.term(Vocabulary::Affiliation, party).unwrap_or(""));
        }
        names
    }

    /// The names of those who made a source.
    fn of_makers(source: &Source) -> Self {
        let mut names = Self::default();
        for author in &source.authors {
            match author {
                Author::Person { family, .. } => names.add_localized(family),
                Author::Body(name) => names.add_localized(name),
            }
        }
        for maker in source.publisher.iter().chain(&source.authority) {
            names.add_localized(maker);
        }
        names
    }

    /// Adds a name in every language in which it is written.
    pub fn add_localized(&mut self, name: &Localized) {
        name.texts().for_each(|text| self.add(text));
    }

    /// Adds a name, and what stands in its brackets, or after a semicolon, as another.
    pub fn add(&mut self, name: &str) {
        for part in name.split(['(', ')', '（', '）', ';', '؛']) {
            let mut words = Words::of(part).0;
            if words.first().is_some_and(|word| ARTICLES.contains(&word.as_str())) {
                words.remove(0);
            }
            let words = Words(words);
            if words.0.iter().any(|word| word.chars().count() > 1) && !self.0.contains(&words) {
                self.0.push(words);
            }
        }
    }

    /// Adds the names of another.
    pub fn join(&mut self, other: &Self) {
        for words in &other.0 {
            if !self.0.contains(words) {
                self.0.push(words.clone());
            }
        }
    }

    /// Whether one of them stands in a text.
    pub fn stand_in(&self, text: &Words) -> bool {
        self.0.iter().any(|name| (0..text.0.len()).any(|at| name.stands_at(text.0.get(at..).unwrap_or_default())))
    }
}

/// Articles before a name.
const ARTICLES: &[&str] = &["the", "a", "an", "le", "la", "les", "l"];

impl Words {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let decomposed = DecomposingNormalizer::new_nfd().normalize(text);
        let mut words = Vec::new();
        let mut word = String::new();
        let mut chars = decomposed.chars().peekable();
        while let Some(c) = chars.next() {
            if is_point(c) {
                continue;
            }
            // The mark of a Hebrew abbreviation stands within the word: צה״ל.
            let inner = matches!(c, '׳' | '״' | '\'' | '"' | '’' | '”')
                && word.chars().next_back().is_some_and(is_hebrew)
                && chars.peek().is_some_and(|next| is_hebrew(*next));
            if is_alphanumeric(c) {
                word.extend(lower(c).map(fold));
            } else if !inner && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        }
        words.extend((!word.is_empty()).then_some(word));
        Self(words)
    }

    /// The words, folded.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether these words, as a name, begin a text.
    fn stands_at(&self, text: &[String]) -> bool {
        let Some((last, before)) = self.0.split_last() else { return false };
        let fit = |(name, word): (&String, &String)| is_word(name, word, 0);
        text.len() > before.len()
            && before.iter().zip(text).all(fit)
            && text.get(before.len()).is_some_and(|word| is_word(last, word, LONGEST_ENDING))
    }

    /// The first few words, for looking a name up.
    pub fn first(&self, count: usize) -> Option<Self> {
        self.0.get(..count).map(|words| Self(words.to_vec()))
    }
}

fn is_point(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'..='\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}' | '\u{200B}'..='\u{200F}' | '\u{AD}' | '\u{61C}')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, 'א'..='ת')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6FF}')
}

/// One form for letters that change within a word.
fn fold(c: char) -> char {
    match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        c => c,
    }
}

/// Whether a word of a text is a word of a name, with particles before it and an ending of so many letters.
fn is_word(name: &str, word: &str, ending: usize) -> bool {
    match name.chars().next() {
        Some(c) if is_hebrew(c) => {
            let name_without = name.strip_prefix('ה').filter(|rest| rest.chars().count() >= 3);
            stems(word, 3, |c| matches!(c, 'ו' | 'ה' | 'ב' | 'כ' | 'ל' | 'מ' | 'ש')).any(|stem| {
                [Some(name), name_without].into_iter().flatten().any(|name| inflects(name, stem, ending.min(4)))
            })
        }
        Some(c) if is_arabic(c) => {
            let name = without_article(name);
            let particles = stems(word, 2, |c| matches!(c, 'و' | 'ف' | 'ب' | 'ك' | 'ل' | 'س'));
            // للجيش is ل and الجيش.
            let joined = word.trim_start_matches(['و', 'ف']).strip_prefix("لل");
            particles.map(without_article).chain(joined).any(|stem| inflects(name, stem, ending.min(4)))
        }
        // A last vowel falls before an ending: Égypte, égyptien.
        _ => {
            let stem = name.strip_suffix(['e', 'a']).filter(|stem| ending > 0 && stem.chars().count() >= 4);
            inflects(name, word, ending) || stem.is_some_and(|stem| inflects(stem, word, ending))
        }
    }
}

/// A word, and what remains of it without one or more of its first letters.
fn stems(word: &str, most: usize, is_particle: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let particles = word.chars().take(most).take_while(|c| is_particle(*c)).count();
    word.char_indices().map(|(at, _)| at).take(particles + 1).filter_map(|at| word.get(at..))
}

fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2).unwrap_or(word)
}

/// Whether a word is a name, or begins with one that is long enough to take an ending; a short one takes that of an adjective (מצרי, قطرية).
fn inflects(name: &str, word: &str, ending: usize) -> bool {
    let Some(rest) = word.strip_prefix(name) else { return false };
    let letters = name.chars().count();
    let takes = letters >= 4 || (letters == 3 && rest.starts_with(['י', 'ي']));
    rest.is_empty() || (takes && rest.chars().count() <= ending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(list: &[&str]) -> Names {
        let mut names = Names::default();
        for name in list {
            names.add(name);
        }
        names
    }

    /// Names, texts in which they stand, texts in which they do not.
    fn check(list: &[&str], with: &[&str], without: &[&str]) {
        let names = names(list);
        for text in with {
            assert!(names.stand_in(&Words::of(text)), "{list:?} stand in {text:?}: {:?}", Words::of(text));
        }
        for text in without {
            assert!(!names.stand_in(&Words::of(text)), "{list:?} do not stand in {text:?}");
        }
    }

    #[test]
    fn english_and_french() {
        check(
            &["Israel", "IDF"],
            &["Israel says so.", "the Israeli military", "Israel’s army", "ISRAEL", "the IDF's list", "by Israelis"],
            &["the army says so", "Idfu is a town", "nobody"],
        );
        check(
            &["Israël", "Égypte", "autorités de Gaza"],
            &["l’armée israélienne", "Selon Israël,", "le gouvernement égyptien", "les autorités de Gaza", "d’Israël"],
            &["l’armée", "les autorités de la ville", "Gaza"],
        );
        check(
            &["the Palestine Liberation Organization", "Islamic Resistance Movement (Hamas)"],
            &["The Palestine Liberation Organization", "Hamas’s charter", "the Islamic Resistance Movement"],
            &["the Organization", "a movement of resistance", "Palestine"],
        );
        check(
            &["Ministry of Health in Gaza"],
            &["Gaza: the Ministry of Health in Gaza counts"],
            &["the ministry", "Gaza"],
        );
        check(&["United Nations"], &["the United Nations’ count"], &["nations united", "the united front"]);
        check(&["UN"], &["the UN says"], &["until then", "unrest"]);
    }

    #[test]
    fn hebrew() {
        check(
            &["ישראל", "צה״ל", "חמאס", "הכנסת", "הג׳יהאד האסלאמי הפלסטיני"],
            &[
                "ישראל הודיעה",
                "לפי הצבא הישראלי",
                "בישראל נמסר",
                "שישראל אמרה",
                "ושבישראל",
                "דובר צה\"ל",
                "לצה״ל נודע",
                "שחמאס הודיע",
                "מחמאס נמסר",
                "חוק של הכנסת",
                "לכנסת הוגש",
                "הג'יהאד האסלאמי הפלסטיני",
                "לג׳יהאד האסלאמי הפלסטיני",
            ],
            &["הצבא הודיע", "משרד הבריאות", "צהלה", "הג׳יהאד"],
        );
        check(&["משרד הבריאות בעזה"], &["לפי משרד הבריאות בעזה", "ממשרד הבריאות בעזה"], &["משרד הבריאות", "משרד החוץ"]);
        check(&["לבנון", "פת״ח"], &["הצבא הלבנוני", "בלבנון", "פת\"ח"], &["לבן", "שער"]);
    }

    #[test]
    fn arabic() {
        check(
            &["إسرائيل", "حماس", "الجيش الإسرائيلي", "وزارة الصحة في غزة", "السلطة الفلسطينية"],
            &[
                "قالت إسرائيل",
                "اسرائيل",
                "الحكومة الإسرائيلية",
                "وبحسب الإسرائيليين",
                "لإسرائيل",
                "للجيش الإسرائيلي",
                "وحماس تنفي",
                "لحماس",
                "فحماس",
                "وِزارَةُ الصحّةِ في غزّة",
                "لوزارة الصحة في غزة",
                "السلطة الفلسطينية",
                "للسلطة الفلسطينية",
            ],
            &["قال الجيش", "وزارة الصحة", "حمص", "السلطة"],
        );
    }

    proptest! {
        #[test]
        fn any_name_stands_in_a_text_that_has_it(name in "[\\p{Latin}א-תء-ي]{2,8}( [\\p{Latin}א-תء-ي]{2,8}){0,2}", before in "\\PC{0,20}", after in "\\PC{0,20}") {
            let names = names(&[&name]);
            let text = format!("{before} {name} {after}");
            prop_assert!(names.stand_in(&Words::of(&text)) || names == Names::default());
        }
    }
}
