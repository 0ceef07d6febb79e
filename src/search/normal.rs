//! Text → words in their normal form. `static/search.js` does the same, step by step; `tests/search/words.tsv` holds both to it.
//!
//! A word is a run of letters and digits. Inside it may stand: marks (vowel points, harakat), signs that show nothing, the mark of a Hebrew
//! abbreviation (צה״ל), an apostrophe that is no elision (B’Tselem), the sign between groups of digits (1,200). Of ideographs, which have no blanks
//! between words, every two neighbours are a word.

use crate::letters::{is_alphanumeric, lower};
use icu::normalizer::DecomposingNormalizerBorrowed;
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its normal form; never empty.
    pub word: String,
}

/// What French writes together with the next word.
const ELISIONS: &[&str] = &["c", "d", "j", "l", "m", "n", "qu", "s", "t"];

/// Letters that Hebrew writes together with the next word: before a quotation mark they are no abbreviation.
const HEBREW_PREFIXES: &str = "ושבכלמה";

/// The words of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let cutter = Cutter { text, chars: text.char_indices().collect() };
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = cutter.at(at) {
        let mut end = at + 1;
        if is_ideograph(c) {
            while cutter.at(end).is_some_and(is_ideograph) {
                end += 1;
            }
            let pairs = at..(end - 1).max(at + 1);
            tokens.extend(pairs.filter_map(|pair| cutter.token(pair, (pair + 2).min(end))));
        } else if is_alphanumeric(c) {
            while cutter.goes_on(at, end) {
                end += 1;
            }
            tokens.extend(cutter.token(at, end).filter(|token| !cutter.is_particle(at, end, &token.word)));
        }
        at = end;
    }
    tokens
}

/// The normal form of a word: compatible forms made one, small letters, without marks, one form of each letter.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    let normalizer = DecomposingNormalizerBorrowed::new_nfkd();
    for c in normalizer.normalize_iter(word.chars()).flat_map(lower) {
        match one_form(c) {
            Form::Letter(c) if is_alphanumeric(c) && !is_mark(c) => folded.push(c),
            Form::Letter(_) => {}
            Form::Letters(letters) => folded.push_str(letters),
        }
    }
    // Signs that stood apart have become neighbours, and neighbours have an order.
    normalizer.normalize(&folded).into_owned()
}

enum Form {
    Letter(char),
    Letters(&'static str),
}

/// One form of letters that are written in several.
fn one_form(c: char) -> Form {
    Form::Letter(match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' | 'ہ' | 'ۃ' | 'ھ' | 'ە' => 'ه',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ł' => 'l',
        'ı' => 'i',
        'ς' => 'σ',
        'ß' => return Form::Letters("ss"),
        'æ' => return Form::Letters("ae"),
        'œ' => return Form::Letters("oe"),
        'þ' => return Form::Letters("th"),
        // The stroke that stretches Arabic words, and what transliterations write for hamza and ayin.
        '\u{640}' | '\u{2B9}'..='\u{2BF}' => return Form::Letters(""),
        other => other,
    })
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c).saturating_sub(u32::from(zero)), 10).unwrap_or(c)
}

struct Cutter<'t> {
    text: &'t str,
    chars: Vec<(usize, char)>,
}

impl Cutter<'_> {
    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(_, c)| *c)
    }

    fn byte(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.text.len(), |(byte, _)| *byte)
    }

    fn token(&self, start: usize, end: usize) -> Option<Token> {
        let range = self.byte(start)..self.byte(end);
        let word = fold(self.text.get(range.clone())?);
        (!word.is_empty()).then_some(Token { range, word })
    }

    /// Whether the word that begins at `start` has the character at `index` in it.
    fn goes_on(&self, start: usize, index: usize) -> bool {
        let Some(c) = self.at(index) else { return false };
        if is_ideograph(c) {
            return false;
        }
        is_alphanumeric(c) || is_mark(c) || shows_nothing(c) || self.is_inner(start, index, c) || self.groups(index, c)
    }

    /// Whether a quotation mark or an apostrophe stands within a word.
    fn is_inner(&self, start: usize, index: usize, c: char) -> bool {
        if !is_apostrophe(c) && !is_quotation(c) {
            return false;
        }
        let (Some(before), Some(after)) = (self.letter_before(index), self.at(index + 1)) else { return false };
        if is_hebrew(before) && is_hebrew(after) {
            let begun = self.chars.get(start..index).unwrap_or_default();
            let is_word = begun.iter().any(|(_, c)| is_hebrew(*c) && !HEBREW_PREFIXES.contains(*c));
            return is_apostrophe(c) || is_word || !self.letter_after(index + 2).is_some_and(is_hebrew);
        }
        is_latin(before)
            && is_latin(after)
            && is_apostrophe(c)
            && !self.is_elision(start, index)
            && !self.is_genitive(index + 1)
    }

    /// Whether the word before an apostrophe is elided: `l’occupation`.
    fn is_elision(&self, start: usize, apostrophe: usize) -> bool {
        let word = self.token(start, apostrophe).map_or_else(String::new, |token| token.word);
        let next = self.at(apostrophe + 1).map(|c| fold(c.encode_utf8(&mut [0; 4]))).unwrap_or_default();
        ELISIONS.contains(&word.as_str()) && next.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])
    }

    /// Whether an s stands alone: `Israel’s`.
    fn is_genitive(&self, index: usize) -> bool {
        matches!(self.at(index), Some('s' | 'S'))
            && !self.at(index + 1).is_some_and(|c| is_alphanumeric(c) || is_mark(c))
    }

    /// Whether a word is only what is left of one: the article before an apostrophe, the s after it.
    fn is_particle(&self, start: usize, end: usize, word: &str) -> bool {
        let opens = self.at(end).is_some_and(is_apostrophe) && self.at(end + 1).is_some_and(is_latin);
        let closes =
            start > 1 && self.at(start - 1).is_some_and(is_apostrophe) && self.at(start - 2).is_some_and(is_latin);
        (opens && self.is_elision(start, end)) || (closes && word == "s")
    }

    /// Whether a sign stands between groups of three digits.
    fn groups(&self, index: usize, c: char) -> bool {
        let is_digit = |index: usize| self.at(index).is_some_and(is_digit);
        matches!(c, ',' | '.' | '٬' | '\'' | '’' | '\u{A0}' | '\u{202F}' | '\u{2009}')
            && index.checked_sub(1).is_some_and(is_digit)
            && (index + 1..index + 4).all(is_digit)
            && !is_digit(index + 4)
    }

    fn letter_before(&self, index: usize) -> Option<char> {
        self.chars.get(..index)?.iter().rev().map(|(_, c)| *c).find(|c| !is_mark(*c) && !shows_nothing(*c))
    }

    fn letter_after(&self, index: usize) -> Option<char> {
        self.chars.get(index..)?.iter().map(|(_, c)| *c).find(|c| !is_mark(*c) && !shows_nothing(*c))
    }
}

/// Accents, vowel points, cantillation, harakat. Named by their ranges, so that no version of Unicode matters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}'
        | '\u{6EA}'..='\u{6ED}' | '\u{8D3}'..='\u{8FF}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// Soft hyphens, and what controls direction.
fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A character that stands for a word or a syllable: Chinese, and Japanese kana.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '׳' | '\'' | '’' | '‘')
}

fn is_quotation(c: char) -> bool {
    matches!(c, '״' | '"' | '”' | '“')
}

fn is_hebrew(c: char) -> bool {
    ('\u{5D0}'..='\u{5EA}').contains(&c)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> String {
        tokens(text).into_iter().map(|token| token.word).collect::<Vec<_>>().join(" ")
    }

    /// The same file tests the script.
    #[test]
    fn words_have_the_normal_form_of_the_vectors() {
        let vectors = include_str!("../../tests/search/words.tsv");
        let mut seen = 0;
        for line in vectors.lines().filter(|line| !line.starts_with('#')) {
            let (text, expected) = line.split_once('\t').unwrap();
            assert_eq!(words(text), expected, "{text}");
            seen += 1;
        }
        assert!(seen > 40, "{seen}");
    }

    #[test]
    fn tokens_keep_their_places() {
        let text = "ב־עזה, הָעִיר 1,200 加沙地";
        let places: Vec<&str> = tokens(text).iter().map(|token| text.get(token.range.clone()).unwrap()).collect();
        assert_eq!(places, ["ב", "עזה", "הָעִיר", "1,200", "加沙", "沙地"]);
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own(text in "\\PC{0,12}|[א-ת״'׳ְ-ֽ]{0,8}|[ء-يً-ٟ٠-٩]{0,8}|[a-zà-ÿœßİ’']{0,8}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn words_are_found_again_in_their_normal_form(text in "\\PC{0,40}") {
            for token in tokens(&text) {
                prop_assert_eq!(fold(text.get(token.range).unwrap()), token.word);
            }
        }
    }
}
