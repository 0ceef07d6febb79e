//! Where sentences end, in any of the scripts that the site is written in.
//!
//! Unicode's rules (UAX 29) cut after `Dr.` and `No. 5`, so these are our own: a stop ends a sentence unless what follows goes on in lower
//! case, what precedes is an abbreviation or an initial, or the stop lies in a bracket or a quotation that began within the sentence.
//! Works on characters alone.

use crate::letters::{is_alphabetic, is_alphanumeric};
use std::ops::Range;

/// Abbreviations after which a sentence goes on, whatever follows.
const TITLES: &[&str] = &[
    "adm", "approx", "brig", "ca", "capt", "cf", "cmdr", "col", "dr", "e.g", "eg", "env", "gen", "gov", "hon", "i.e",
    "ie", "lt", "maj", "me", "messrs", "mgr", "mlle", "mm", "mme", "mr", "mrs", "ms", "mt", "pr", "pres", "prof",
    "rep", "rev", "sen", "sgt", "st", "ste", "viz", "vs", //
    "bzw", "ee", "gral", "sra", "srta", "sres", "dra", "им", "гр", "гг",
];

/// Abbreviations after which a sentence goes on when a number follows: `No. 5`, but "He said no. Later …".
const BEFORE_NUMBERS: &[&str] = &[
    "app", "apr", "art", "arts", "aug", "chap", "ch", "dec", "doc", "éd", "ed", "feb", "fig", "figs", "jan", "janv",
    "juil", "jul", "jun", "mar", "no", "nos", "nov", "oct", "op", "par", "para", "paras", "pp", "pt", "res", "sec",
    "secs", "sect", "sep", "sept", "vol", "vols", //
    "nr", "abs", "rn", "bd", "núm", "núms", "pág", "págs", "cap", "ст", "стр", "гл", "рис", "табл",
];

/// Nouns that German counts with a number and a full stop: `7. Oktober`, `20. Jahrhundert`.
const COUNTED: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
    "Jahrhunderts",
    "Sitzung",
    "Generalversammlung",
    "Tag",
    "Jahrestag",
];

/// Abbreviations that may also end a sentence: they do where a word follows that commonly begins one.
const EITHER: &[&str] =
    &["al", "bros", "co", "corp", "dept", "ed", "eds", "esq", "etc", "inc", "jr", "ltd", "sr", "univ"];

/// Words that commonly begin a sentence and seldom follow an abbreviation.
const STARTERS: &[&str] = &[
    "According",
    "After",
    "All",
    "Although",
    "An",
    "Another",
    "As",
    "At",
    "Before",
    "Both",
    "But",
    "By",
    "During",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "If",
    "In",
    "It",
    "Its",
    "Many",
    "Most",
    "No",
    "On",
    "Others",
    "She",
    "Since",
    "Some",
    "That",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Under",
    "We",
    "When",
    "While",
    "With",
    "À",
    "Après",
    "Au",
    "Aux",
    "Avant",
    "Ce",
    "Ces",
    "Cet",
    "Cette",
    "Dans",
    "De",
    "Depuis",
    "Des",
    "Du",
    "Elle",
    "Elles",
    "En",
    "Il",
    "Ils",
    "La",
    "Le",
    "Les",
    "Leur",
    "Mais",
    "On",
    "Pour",
    "Sa",
    "Selon",
    "Ses",
    "Son",
    "Un",
    "Une",
];

/// Words before a single letter that make it a name rather than an initial: "in Area C."
const LETTERED: &[&str] = &[
    "annex", "annexe", "appendix", "area", "areas", "category", "class", "group", "part", "phase", "plan", "section",
    "type", "zone", "zones",
];

/// The sentences, in order, without the blanks around them.
pub(super) fn sentences(text: &[char]) -> Vec<Range<usize>> {
    let pairs = pairs(text);
    let mut sentences = Vec::new();
    // Pairs around the place we are at, outermost first.
    let mut around: Vec<Pair> = Vec::new();
    let mut upcoming = pairs.into_iter().peekable();
    let mut start = skip_blanks(text, 0);
    let mut from = start;
    while let Some(at) = next_stop(text, from) {
        while let Some(pair) = upcoming.next_if(|pair| pair.open <= at) {
            around.push(pair);
        }
        let stops_end = at + text.iter().skip(at).take_while(|&&c| is_stop(c)).count();
        let end = skip_closers(text, stops_end);
        while around.last().is_some_and(|pair| pair.close < end) {
            around.pop();
        }
        // A bracket after the first word began within the sentence.
        let within = around.last().is_some_and(|pair| says_something(text, start..pair.open));
        if !within && ends_sentence(text, start, at, stops_end, end) {
            sentences.push(start..end);
            start = skip_blanks(text, end);
            from = start;
        } else {
            from = stops_end;
        }
    }
    let end = text.iter().rposition(|&c| !is_blank(c)).map_or(0, |last| last + 1);
    if start < end {
        sentences.push(start..end);
    }
    sentences
}

fn next_stop(text: &[char], from: usize) -> Option<usize> {
    text.get(from..)?.iter().position(|c| is_stop(*c)).map(|place| from + place)
}

/// Whether some characters hold a letter or a digit.
pub(super) fn says_something(text: &[char], range: Range<usize>) -> bool {
    text.get(range).is_some_and(|text| text.iter().any(|c| is_alphanumeric(*c)))
}

/// Whether the stops from `at` to `stops_end`, with the quotes and brackets up to `end`, end the sentence that begins at `start`.
fn ends_sentence(text: &[char], start: usize, at: usize, stops_end: usize, end: usize) -> bool {
    let Some(&after) = text.get(end) else { return true };
    let stop = text.get(at).copied().unwrap_or('.');
    if matches!(stop, '。' | '！' | '？') {
        return true;
    }
    if !after.is_whitespace() {
        return false; // 29.7, example.org, U.S.-backed
    }
    let before = at.checked_sub(1).and_then(|index| text.get(index)).copied();
    if matches!(before, Some('[' | '(')) {
        return false; // […]
    }
    let word = word_from(text, end);
    let Some(first) = word.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    let single_full_stop = stop == '.' && stops_end == at + 1 && end == stops_end;
    !(single_full_stop && is_abbreviation(text, start, at, &word))
}

/// Whether the word before the full stop at `at` is shortened by it, when `next` is the word after.
fn is_abbreviation(text: &[char], start: usize, at: usize, next: &str) -> bool {
    let token = token_before(text, start, at);
    let begins = at - token.len();
    let before_token = text.get(start..begins).unwrap_or_default();
    let sentence_so_far = text.get(start..at).unwrap_or_default();
    if sentence_so_far.len() <= 3 && sentence_so_far.iter().all(|c| c.is_numeric())
        || token.len() == 1 && begins == start
    {
        return true; // the number of an item: "1. …", "a. …"
    }
    if token.is_empty() && before_token.last().is_some_and(|c| c.is_numeric()) {
        return COUNTED.contains(&next);
    }
    let number_follows = next.starts_with(|c: char| c.is_numeric()) || is_roman(next);
    let starter_follows = STARTERS.contains(&next);
    if let [letter] = token[..] {
        let word_before = token_before(before_token, 0, trim_blanks(before_token));
        let word_before: String = word_before.iter().flat_map(|c| c.to_lowercase()).collect();
        let named = LETTERED.contains(&word_before.as_str());
        // "1948 م." is a year of the common era, not an initial.
        let era = matches!(letter, 'م' | 'ه')
            && before_token.iter().rfind(|c| !is_blank(**c)).is_some_and(|c| c.is_numeric());
        return !starter_follows && !named && !era;
    }
    let lower: String = token.iter().flat_map(|c| c.to_lowercase()).collect();
    let acronym = lower.contains('.') && lower.split('.').all(|part| part.chars().count() == 1);
    TITLES.contains(&lower.as_str())
        || (BEFORE_NUMBERS.contains(&lower.as_str()) && number_follows)
        || ((acronym || EITHER.contains(&lower.as_str())) && !starter_follows)
}

/// The letters and inner full stops right before `at`.
fn token_before(text: &[char], start: usize, at: usize) -> &[char] {
    let text = text.get(start..at).unwrap_or_default();
    let begins = text.iter().rposition(|c| !is_alphabetic(*c) && *c != '.').map_or(0, |index| index + 1);
    text.get(begins..).unwrap_or_default()
}

/// The first word from `at` on.
fn word_from(text: &[char], at: usize) -> String {
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().skip_while(|c| !is_alphanumeric(**c)).take_while(|c| is_alphanumeric(**c)).collect()
}

fn is_roman(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '‽' | '।' | '։' | '。' | '！' | '？')
}

/// Marks of direction and other characters without width; they stand wherever an editor's program put them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{61C}' | '\u{FEFF}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn skip_blanks(text: &[char], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().position(|&c| !is_blank(c)).unwrap_or(rest.len())
}

fn trim_blanks(text: &[char]) -> usize {
    text.iter().rposition(|&c| !is_blank(c)).map_or(0, |last| last + 1)
}

/// Past the quotes and brackets that close after a stop; French sets a blank before `»`.
fn skip_closers(text: &[char], mut at: usize) -> usize {
    loop {
        match (text.get(at), text.get(at + 1)) {
            (Some(&c), _)
                if is_invisible(c) || matches!(c, ')' | ']' | '}' | '"' | '\'' | '”' | '“' | '’' | '»' | '›' | '״') =>
            {
                at += 1;
            }
            (Some(c), Some('»')) if c.is_whitespace() => at += 2,
            _ => return at,
        }
    }
}

/// A bracket or a quotation mark and the one that closes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    open: usize,
    close: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Round,
    Square,
    Quote,
}

/// All pairs, by the place where they open. What never closes, or closes without having opened, is none.
fn pairs(text: &[char]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut open: Vec<(Bracket, usize)> = Vec::new();
    for (at, &c) in text.iter().enumerate() {
        if is_plain(c) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|index| text.get(index)).copied();
        match bracket(before, c, text.get(at + 1).copied()) {
            Some((kind, true)) => open.push((kind, at)),
            Some((kind, false)) => {
                if let Some(depth) = open.iter().rposition(|(own, _)| *own == kind) {
                    pairs.extend(open.get(depth).map(|&(_, start)| Pair { open: start, close: at }));
                    open.truncate(depth);
                }
            }
            None => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

/// A blank or a letter: what most texts are made of, and no bracket.
fn is_plain(c: char) -> bool {
    matches!(c, ' ' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}')
}

/// What a character opens (`true`) or closes, by itself or by its neighbours.
fn bracket(before: Option<char>, c: char, after: Option<char>) -> Option<(Bracket, bool)> {
    let letter = |c: Option<char>| c.is_some_and(is_alphanumeric);
    match c {
        '(' | '（' => Some((Bracket::Round, true)),
        ')' | '）' => Some((Bracket::Round, false)),
        '[' => Some((Bracket::Square, true)),
        ']' => Some((Bracket::Square, false)),
        '«' | '„' | '「' | '『' | '《' => Some((Bracket::Quote, true)),
        '»' | '」' | '』' | '》' => Some((Bracket::Quote, false)),
        // Between letters it is the mark of a Hebrew acronym: צה"ל.
        '"' | '״' if letter(before) && letter(after) => None,
        // Hebrew opens with ” and German closes with “: the neighbours tell.
        '"' | '״' | '“' | '”' => {
            let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '־'))
                || (c == '“' && letter(after));
            Some((Bracket::Quote, opens && after.is_some_and(|c| !c.is_whitespace())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Splits the text and compares with what it says itself: `|` stands where a sentence ends.
    fn check(expected: &str) {
        let text: Vec<char> = expected.replace('|', "").chars().collect();
        let found: Vec<String> = sentences(&text).into_iter().map(|range| text[range].iter().collect()).collect();
        let wanted: Vec<&str> = expected.split('|').map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn english() {
        check("One.| Two!| Three?| Four");
        check("Dr. Smith met Gen. Jones at St. Mary’s, e.g. on 5 May.| He left.");
        check("See No. 5 and Art. 2, para. 54, pp. 3–5.| He said no.| Later he said yes.");
        check("J. K. Rowling and U. Thant spoke.| Others did not.");
        check("The U.S. Army left.| They went to the U.S.| The war went on.| It began at 6 a.m. local time.");
        check("It rose by 29.7 per cent, to 1.5 million.| In 2024 it fell.| 2025 was calm.");
        check("He wavered … and left.| She did not…| Then she did.");
        check("The court found […] Israel bound.| It said (p. 3) so.");
        check("They came from Area C.| Israeli forces stayed.");
        check("Hamas, Fatah, etc. signed.| Egypt, Qatar, etc.| The talks went on.");
        check("See example.org/a.b for more.| End.");
        check("1. First of all, this.| B. Then that.");
        check("Abdullah et al. found more.| In May it grew.");
        check("Resolution No. XII. of 1990 stands.");
    }

    #[test]
    fn quotes_and_brackets() {
        check("“We left.”| “We stayed.”| He nodded.");
        check("He wrote “Stop. Go.” in his diary.| Then he slept.");
        check("He said: “We left. We will not return.”| Then he sat.");
        check("“Why?” he asked.| She said: “Because.”");
        check("He left (see below. Or above) at noon.| (She stayed.)| They met.");
        check("(One.| Two.)| Three.");
        check("An open ( bracket.| Never closes.");
        check("He said \"Stop. Go.\" twice.| End.");
        check("Alles „Ende. Anfang.“ hier.| Neu.");
    }

    #[test]
    fn hebrew() {
        check("צה\"ל נסוג.| הממשלה אישרה זאת.| האם כך?| כן!");
        check("י. רבין נאם.| הוא אמר: \"נלך. נחזור.\"| אחר כך הלך.");
        check("ההסכם (ראו להלן. ושם) נחתם ב־13.9.1993.| הוא פקע.");
        check("עמ׳ 5 וס׳ 2.| ״כן.״| לא.");
        check("א. סעיף ראשון.| סוף.");
    }

    #[test]
    fn arabic() {
        check("هل حدث ذلك؟| نعم.| قال د. محمد ذلك.| وانتهى الأمر.");
        check("وقعت النكبة عام 1948 م.| ثم نزح السكان.");
        check("قال: «غادرنا. لن نعود.»| ثم جلس.");
        check("یہ پہلا جملہ ہے۔| یہ دوسرا ہے۔");
        check("انتهى.\u{200F}| وبدأ.");
    }

    #[test]
    fn french() {
        check("M. Dupont et Mme Durand sont venus.| Ils sont repartis.");
        check("Il a dit\u{A0}: «\u{A0}Nous partons. Adieu.\u{A0}»| Puis il est parti\u{202F}!| Pourquoi\u{202F}?");
        check("Voir l’art. 2, p. 3.| Fin.");
        check("«\u{A0}Nous partons.\u{A0}»| Elle reste.");
    }

    #[test]
    fn german_russian_spanish_and_chinese() {
        check("Am 7. Oktober 2023 griff die Hamas an.| Es war das 20. Jahrhundert.| Im Jahr 2024.| Danach kam Ruhe.");
        check("Laut Abs. 2, Nr. 5 bzw. Art. 51 gilt das.| Das „Ende. Anfang.“ hier.| Neu.");
        check(
            "Согласно ст. 51 Устава, это право.| 7 октября 2023 г. началась война.| Он сказал: «Мы ушли. Навсегда.»| Конец.",
        );
        check("El Sr. Pérez y EE. UU. firmaron el art. 5.| ¿Por qué?| ¡Basta!| Fin.");
        check("他说：“我们走了。我们不回来。”|然后他走了。|停火（见下文。或上文）生效。|结束！");
    }

    #[test]
    fn nothing_and_odd_things() {
        check("");
        check("   ");
        check("…");
        check("?!| .");
        check("中文。|第二句！|第三。");
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_hold_every_word(text in "([A-Za-z0-9 .!?…()\"“”«»א-ת؟،]|\\PC){0,80}") {
            let text: Vec<char> = text.chars().collect();
            let found = sentences(&text);
            let mut end = 0;
            for range in &found {
                prop_assert!(range.start >= end && range.end > range.start && range.end <= text.len());
                prop_assert!(!text[end..range.start].iter().any(|c| c.is_alphanumeric()));
                end = range.end;
            }
            prop_assert!(!text[end..].iter().any(|c| c.is_alphanumeric()));
        }
    }
}
