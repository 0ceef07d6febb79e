//! Languages that nobody speaks, made of a language that the site has: what is left in plain letters cannot be translated, and what does not fit
//! is seen before a translator has begun.
//!
//! `en-XA` has accents on every letter, is a third longer and keeps its words in `⟦⟧`; `ar-XB` runs to the left. Placeholders, plural forms and
//! whatever has no letters stay as they are.

use super::read::SiteStrings;
use super::strings::{Forms, MEASURE, Strings, plural_rules};
use crate::ids::Lang;
use crate::span::FileId;
use std::sync::Arc;

/// Where a text begins.
pub const OPEN: char = '⟦';
/// Where it ends.
pub const CLOSE: char = '⟧';

/// How words are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pseudo {
    /// Accents on every letter.
    Accented,
    /// Letters that run to the left.
    Turned,
}

/// The letters `a` to `z`; a vowel is written twice, which makes a text a third longer.
const ACCENTED: [char; 26] = [
    'á', 'ƀ', 'ç', 'đ', 'é', 'ƒ', 'ğ', 'ĥ', 'í', 'ĵ', 'ķ', 'ļ', 'ɱ', 'ñ', 'ó', 'ƥ', 'ʠ', 'ŕ', 'š', 'ţ', 'ú', 'ṽ', 'ŵ',
    'ẋ', 'ý', 'ž',
];
const CAPITALS: [char; 26] = [
    'Á', 'Ɓ', 'Ç', 'Đ', 'É', 'Ƒ', 'Ğ', 'Ĥ', 'Í', 'Ĵ', 'Ķ', 'Ļ', 'Ḿ', 'Ñ', 'Ó', 'Ƥ', 'Ɋ', 'Ŕ', 'Š', 'Ţ', 'Ú', 'Ṽ', 'Ŵ',
    'Ẋ', 'Ý', 'Ž',
];
const TURNED: [char; 26] = [
    'ا', 'ب', 'ث', 'د', 'ع', 'ف', 'ج', 'ه', 'ي', 'چ', 'ك', 'ل', 'م', 'ن', 'و', 'پ', 'ق', 'ر', 'س', 'ت', 'ؤ', 'ڤ', 'ص',
    'خ', 'ى', 'ز',
];

impl Pseudo {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Accented, Self::Turned];

    /// The tag of the language: the regions `XA` and `XB` belong to nobody.
    pub fn lang(self) -> Option<Lang> {
        Lang::parse(match self {
            Self::Accented => "en-XA",
            Self::Turned => "ar-XB",
        })
    }

    /// The locale of its numbers and dates.
    pub fn format_locale(self) -> &'static str {
        match self {
            Self::Accented => "en-GB",
            Self::Turned => "ar-u-nu-latn",
        }
    }

    /// Words in this language, as part of a text.
    pub fn letters(self, text: &str) -> String {
        let mut changed = String::with_capacity(text.len() * 2);
        for c in text.chars() {
            let place =
                usize::try_from(u32::from(c.to_ascii_lowercase()).wrapping_sub(u32::from('a'))).unwrap_or(usize::MAX);
            let letters = match self {
                Self::Accented if c.is_ascii_uppercase() => CAPITALS,
                Self::Accented => ACCENTED,
                Self::Turned => TURNED,
            };
            let other = letters.get(place).copied();
            changed.push(other.unwrap_or(c));
            if let Some(vowel) = other.filter(|_| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')) {
                changed.push(vowel);
            }
        }
        changed
    }

    /// A whole text in this language, so that a piece that was cut off or put together is seen. What has no letters stays.
    pub fn text(self, text: &str) -> String {
        if !text.contains(char::is_alphabetic) {
            return text.to_owned();
        }
        let words = text.trim();
        let (before, after) = text.split_once(words).unwrap_or_default();
        format!("{before}{OPEN}{}{CLOSE}{after}", self.letters(words))
    }

    /// The words of the program in this language, as a site's own file would bring them.
    pub fn strings(self, file: FileId) -> Option<SiteStrings> {
        let english = Strings::measure()?;
        let forms = |own: &Forms| own.with_words(&|words| self.letters(words));
        let texts = english.texts.iter().map(|(key, own)| (*key, forms(own))).collect();
        let names = english
            .names
            .iter()
            .map(|(section, names)| (*section, names.iter().map(|(name, own)| (name.clone(), forms(own))).collect()));
        let strings = Strings {
            autonym: None,
            texts,
            names: names.collect(),
            // The forms are English, and so is the choice among them.
            rules: plural_rules(MEASURE)?,
        };
        let text = format!("{self:?}").into();
        Some(SiteStrings { lang: self.lang()?, file, text, strings: Arc::new(strings) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Key;
    use super::*;
    use crate::span::Files;

    fn file() -> FileId {
        Files::default().add("book.toml".to_owned(), String::new())
    }

    #[test]
    fn a_text_is_accented_longer_and_in_brackets() {
        assert_eq!(Pseudo::Accented.text(" Sources: 12 "), " ⟦Šóóúúŕçééš: 12⟧ ");
        assert_eq!(Pseudo::Turned.text("Sources: 12"), "⟦سووؤؤرثععس: 12⟧");
        assert_eq!(Pseudo::Accented.text("12–15"), "12–15");
        let long = "Every statement shows its source, every figure its date and who counted.";
        let (before, after) = (long.chars().count(), Pseudo::Accented.text(long).chars().count());
        assert!((13 * before..=15 * before).contains(&(10 * after)), "{before} → {after}");
    }

    #[test]
    fn every_letter_is_changed_and_whole() {
        for letter in ('a'..='z').chain('A'..='Z') {
            for pseudo in Pseudo::ALL {
                let changed = pseudo.letters(&letter.to_string());
                assert!(changed.chars().all(|c| c.is_alphabetic() && !c.is_ascii()), "{letter} → {changed}");
            }
        }
    }

    #[test]
    fn strings_keep_their_places_and_forms() {
        let english = Strings::measure().unwrap();
        for pseudo in Pseudo::ALL {
            let made = pseudo.strings(file()).unwrap().strings;
            for key in Key::ALL {
                let (own, made) = (&english.texts[key], &made.texts[key]);
                assert_eq!(own.0.len(), made.0.len(), "{}", key.name());
                for ((category, own), (other, made)) in own.0.iter().zip(&made.0) {
                    assert_eq!(category, other);
                    assert!(own.placeholders().eq(made.placeholders()), "{}: {}", key.name(), made.raw());
                    assert!(made.raw().starts_with(OPEN) || own.raw() == made.raw(), "{}: {}", key.name(), made.raw());
                }
            }
        }
    }
}
