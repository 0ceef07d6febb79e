//! Text → folded words with their places.

use crate::letters::{is_alphanumeric, lower};
use icu::normalizer::DecomposingNormalizer;
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordAt {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is compared by.
    pub folded: String,
    /// Whether only blanks or strokes lie between the word before and this one, so that a phrase may run on.
    pub joined: bool,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<WordAt> {
    let mut words: Vec<WordAt> = Vec::new();
    let mut start = None;
    let mut joined = true;
    for (at, c) in text.char_indices() {
        if is_ideograph(c) {
            // No blank stands between the words of Chinese and Japanese: each character is a word, and a phrase is some in a row.
            if let Some(start) = start.take() {
                words.extend(word(text, start..at, std::mem::replace(&mut joined, true)));
            }
            words.extend(word(text, at..at + c.len_utf8(), std::mem::replace(&mut joined, true)));
            continue;
        }
        let begun = start.and_then(|start| text.get(start..at)).unwrap_or("");
        if is_alphanumeric(c) || (start.is_some() && (is_point(c) || is_inner(begun, c, text.get(at..).unwrap_or(""))))
        {
            start.get_or_insert(at);
        } else {
            if let Some(start) = start.take() {
                words.extend(word(text, start..at, std::mem::replace(&mut joined, true)));
            }
            joined &= c.is_whitespace() || is_joint(c);
        }
    }
    if let Some(start) = start {
        words.extend(word(text, start..text.len(), joined));
    }
    words
}

fn word(text: &str, range: Range<usize>, joined: bool) -> Option<WordAt> {
    let folded = fold(text.get(range.clone())?);
    Some(WordAt { range, folded, joined })
}

/// Folds one word: small letters, without vowel points and hamzas, final letters in their middle form.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let decomposed = DecomposingNormalizer::new_nfd().normalize(word);
    let kept = decomposed.chars().filter(|c| !is_point(*c) && !matches!(c, '׳' | '״' | '\'' | '"' | '’' | '”'));
    kept.flat_map(lower).map(one_form).collect()
}

/// One form of letters that are written in several.
fn one_form(c: char) -> char {
    match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        'ٱ' => 'ا',
        // Persian and Urdu write these letters in another form than Arabic.
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' | 'ہ' | 'ۃ' => 'ه',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        other => other,
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit((u32::from(c)).saturating_sub(u32::from(zero)), 10).unwrap_or(c)
}

/// A character that stands for a word or a syllable: Chinese, and Japanese kana.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// Vowel points, cantillation, harakat, hamzas that were part of a letter, the stroke that stretches Arabic words.
fn is_point(c: char) -> bool {
    matches!(c, '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}')
}

/// The mark of a Hebrew abbreviation stands within its word: צה״ל, ג׳יהאד. After letters that are written together with a word the same sign
/// opens a quotation, unless a single letter follows: ו״המדינה״, but ש״ס.
fn is_inner(begun: &str, c: char, from: &str) -> bool {
    let mut after = from.chars().skip(1);
    let next_is_letter = after.next().is_some_and(is_hebrew);
    if !next_is_letter || !begun.chars().next_back().is_some_and(is_hebrew) {
        return false;
    }
    match c {
        '׳' | '\'' | '’' => true,
        '״' | '"' | '”' => !after.next().is_some_and(is_hebrew) || begun.contains(|c| !"ושבכלמה".contains(c)),
        _ => false,
    }
}

fn is_hebrew(c: char) -> bool {
    ('\u{05D0}'..='\u{05EA}').contains(&c)
}

/// Strokes and apostrophes: `on-going`, `l’occupation`, `בית־המשפט`.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{2011}' | '־' | '’' | '\'' | '\u{ad}' | '\u{200c}'..='\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let words = words(text).into_iter();
        words.map(|word| (if word.joined { " " } else { "|" }).to_owned() + &word.folded).collect()
    }

    #[test]
    fn words_are_cut_and_folded() {
        let cases = [
            ("The on-going War", " the on going war"),
            ("so. Far", " so|far"),
            ("L’Œuvre d’État", " l œuvre d e\u{301}tat"),
            ("צה״ל ו״המדינה״ ש״ס, דו״חות", " צהל ו|המדינה|שס|דוחות"),
            ("בית־הדין, שָׁלוֹם", " בית הדינ|שלומ"),
            ("الأُمَّة والعــام", " الامه والعام"),
            ("إسرائيل ٤٢", " اسراييل 42"),
            ("غیرنظامیان می‌گویند ۴۲", " غيرنظاميان مي گويند 42"),
            ("加沙：停火UNRWA", " 加 沙|停 火 unrwa"),
            ("Über Ёлка", " u\u{308}ber е\u{308}лка"),
        ];
        for (text, expected) in cases {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn words_keep_their_places() {
        let text = "על הָעִיר, עזה";
        let ranges: Vec<&str> = words(text).iter().map(|word| text.get(word.range.clone()).unwrap()).collect();
        assert_eq!(ranges, ["על", "הָעִיר", "עזה"]);
    }
}
