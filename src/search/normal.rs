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
    let mut tokens = Vec::new();
    cut(text, &mut |range| {
        let word = fold(text.get(range.clone()).unwrap_or_default());
        if !word.is_empty() {
            tokens.push(Token { range, word });
        }
    });
    tokens
}

/// Hands over where the words of a text stand. One whose normal form is empty is no word.
pub fn cut(text: &str, take: &mut impl FnMut(Range<usize>)) {
    let cutter = Cutter { text };
    let mut at = 0;
    while let Some((start, c)) = cutter.begins(at) {
        at = if is_ideograph(c) {
            let end = cutter.end(start, is_ideograph);
            cutter.pairs(start, end, take);
            end
        } else {
            let end = cutter.end_of_word(start);
            if !cutter.is_particle(start, end) {
                take(start..end);
            }
            end
        };
    }
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

/// Places are bytes of the text, at which a character begins.
struct Cutter<'t> {
    text: &'t str,
}

impl<'t> Cutter<'t> {
    fn before(&self, place: usize) -> &'t str {
        self.text.get(..place).unwrap_or_default()
    }

    fn rest(&self, place: usize) -> &'t str {
        self.text.get(place..).unwrap_or_default()
    }

    fn at(&self, place: usize) -> Option<char> {
        self.rest(place).chars().next()
    }

    /// The place of the character after the one at a place.
    fn next(&self, place: usize) -> usize {
        place + self.at(place).map_or(0, char::len_utf8)
    }

    /// The first character of the next word, and its place.
    fn begins(&self, place: usize) -> Option<(usize, char)> {
        let mut rest = self.rest(place).char_indices();
        rest.find(|(_, c)| is_alphanumeric(*c) || is_ideograph(*c)).map(|(skipped, c)| (place + skipped, c))
    }

    /// Where the characters of a kind end that begin at a place.
    fn end(&self, place: usize, is: fn(char) -> bool) -> usize {
        self.rest(place).find(|c| !is(c)).map_or(self.text.len(), |length| place + length)
    }

    fn end_of_word(&self, start: usize) -> usize {
        let mut end = self.end(start, is_letter);
        while self.goes_on(start, end) {
            end = self.end(self.next(end), is_letter);
        }
        end
    }

    /// Hands over every two neighbours of some characters, or the one that stands alone.
    fn pairs(&self, start: usize, end: usize, take: &mut impl FnMut(Range<usize>)) {
        let starts = self.before(end).get(start..).unwrap_or_default().char_indices().map(|(place, _)| start + place);
        for (start, end) in starts.clone().zip(starts.skip(2).chain([end])) {
            take(start..end);
        }
    }

    /// Whether the word that begins at `start` has the character at `place` in it.
    fn goes_on(&self, start: usize, place: usize) -> bool {
        let Some(c) = self.at(place) else { return false };
        if is_ideograph(c) {
            return false;
        }
        is_alphanumeric(c) || is_mark(c) || shows_nothing(c) || self.is_inner(start, place, c) || self.groups(place, c)
    }

    /// Whether a quotation mark or an apostrophe stands within a word.
    fn is_inner(&self, start: usize, place: usize, c: char) -> bool {
        if !is_apostrophe(c) && !is_quotation(c) {
            return false;
        }
        let next = self.next(place);
        let (Some(before), Some(after)) = (self.letter_before(place), self.at(next)) else { return false };
        if is_hebrew(before) && is_hebrew(after) {
            let mut begun = self.before(place).get(start..).unwrap_or_default().chars();
            let is_word = begun.any(|c| is_hebrew(c) && !HEBREW_PREFIXES.contains(c));
            return is_apostrophe(c) || is_word || !self.letter_from(self.next(next)).is_some_and(is_hebrew);
        }
        is_latin(before)
            && is_latin(after)
            && is_apostrophe(c)
            && !self.is_elision(start, place)
            && !self.is_genitive(next)
    }

    /// Whether the word before an apostrophe is elided: `l’occupation`.
    fn is_elision(&self, start: usize, apostrophe: usize) -> bool {
        let word = fold(self.before(apostrophe).get(start..).unwrap_or_default());
        let next = self.at(self.next(apostrophe)).map(|c| fold(c.encode_utf8(&mut [0; 4]))).unwrap_or_default();
        ELISIONS.contains(&word.as_str()) && next.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])
    }

    /// Whether an s stands alone: `Israel’s`.
    fn is_genitive(&self, place: usize) -> bool {
        let mut rest = self.rest(place).chars();
        matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(|c| is_alphanumeric(c) || is_mark(c))
    }

    /// Whether a word is only what is left of one: the article before an apostrophe, the s after it.
    fn is_particle(&self, start: usize, end: usize) -> bool {
        let mut rest = self.rest(end).chars();
        let opens = rest.next().is_some_and(is_apostrophe) && rest.next().is_some_and(is_latin);
        let mut begun = self.before(start).chars().rev();
        let closes = begun.next().is_some_and(is_apostrophe) && begun.next().is_some_and(is_latin);
        (opens && self.is_elision(start, end))
            || (closes && fold(self.before(end).get(start..).unwrap_or_default()) == "s")
    }

    /// Whether a sign stands between groups of three digits.
    fn groups(&self, place: usize, c: char) -> bool {
        if !matches!(c, ',' | '.' | '٬' | '\'' | '’' | '\u{A0}' | '\u{202F}' | '\u{2009}') {
            return false;
        }
        let mut rest = self.rest(self.next(place)).chars();
        self.before(place).ends_with(is_digit)
            && rest.by_ref().take(3).filter(|c| is_digit(*c)).count() == 3
            && !rest.next().is_some_and(is_digit)
    }

    fn letter_before(&self, place: usize) -> Option<char> {
        self.before(place).chars().rev().find(|c| !is_mark(*c) && !shows_nothing(*c))
    }

    fn letter_from(&self, place: usize) -> Option<char> {
        self.rest(place).chars().find(|c| !is_mark(*c) && !shows_nothing(*c))
    }
}

/// A letter or a digit that is no ideograph.
fn is_letter(c: char) -> bool {
    is_alphanumeric(c) && !is_ideograph(c)
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
    c >= '\u{3005}'
        && matches!(c, '\u{3005}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
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
