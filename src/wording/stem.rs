//! What a word may be without the letters that Hebrew and Arabic write together with it.
//!
//! Hebrew: ו, then ש (also כש, מש, לכש), then one of ב כ ל מ, then the article ה. Arabic: و or ف, then ب, ك or ل, then the article ال (لل after ل).
//! Nothing is taken off for good: כיבוש begins with a letter that may be a prefix and is none. So a word has several readings, and it is
//! one of the phrases' words when any reading is; a wrong reading meets no phrase. Broken plurals and endings are left to `forms`.

/// The letters that a language writes together with the next word.
#[derive(Debug, Clone, Copy)]
pub struct Prefixes {
    /// At most one of each group, in this order.
    pub groups: &'static [&'static [&'static str]],
    /// The article, which is the last of them.
    pub article: &'static str,
    /// So many letters are left of a word.
    pub shortest: usize,
}

/// Those of Hebrew.
pub const HEBREW: Prefixes =
    Prefixes {
        groups: &[&["ו"], &["ש", "כש", "מש", "לכש"], &["ב", "כ", "ל", "מ"], &["ה"]], article: "ה", shortest: 2
    };

/// Those of Arabic.
pub const ARABIC: Prefixes =
    Prefixes { groups: &[&["و", "ف"], &["لل"], &["ب", "ك", "ل"], &["ال"]], article: "ال", shortest: 3 };

/// The readings of a folded word of a text, itself first.
pub fn readings(word: &str) -> Vec<&str> {
    match script(word) {
        Script::Hebrew => HEBREW.readings(word),
        Script::Arabic => ARABIC.readings(word),
        Script::Other => vec![word],
    }
}

/// A word of a phrase without its article: in a text the article may be swallowed (`בגדה`, `للاحتلال`) or left out.
pub fn without_article(word: &str) -> Option<&str> {
    match script(word) {
        Script::Hebrew => word.strip_prefix(HEBREW.article).filter(|rest| long(rest, HEBREW.shortest + 1)),
        Script::Arabic => word.strip_prefix(ARABIC.article).filter(|rest| long(rest, ARABIC.shortest)),
        Script::Other => None,
    }
}

enum Script {
    Hebrew,
    Arabic,
    Other,
}

fn script(word: &str) -> Script {
    match word.chars().next() {
        Some('\u{05D0}'..='\u{05EA}') => Script::Hebrew,
        Some('\u{0620}'..='\u{06FF}') => Script::Arabic,
        _ => Script::Other,
    }
}

fn long(rest: &str, letters: usize) -> bool {
    rest.chars().count() >= letters
}

/// Adds what is left of each reading when one of some prefixes is taken off.
fn take_off(readings: &mut Vec<&str>, prefixes: &[&str], letters: usize) {
    for index in 0..readings.len() {
        let Some(&reading) = readings.get(index) else { continue };
        for rest in prefixes.iter().filter_map(|prefix| reading.strip_prefix(prefix)) {
            if long(rest, letters) && !readings.contains(&rest) {
                readings.push(rest);
            }
        }
    }
}

impl Prefixes {
    /// The readings of a folded word, itself first.
    pub fn readings<'w>(&self, word: &'w str) -> Vec<&'w str> {
        let mut readings = vec![word];
        for prefixes in self.groups {
            take_off(&mut readings, prefixes, self.shortest);
        }
        readings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::fold::fold;

    /// Whether a word of a text may be a word of a phrase.
    fn meets(text: &str, phrase: &str) -> bool {
        let (text, phrase) = (fold(text), fold(phrase));
        let readings = readings(&text);
        readings.contains(&phrase.as_str()) || without_article(&phrase).is_some_and(|bare| readings.contains(&bare))
    }

    #[test]
    fn prefixes_are_seen_through() {
        let same = [
            ("והממשלה", "ממשלה"),
            ("לכשהממשלה", "ממשלה"),
            ("שבממשלה", "ממשלה"),
            ("ומהכיבוש", "כיבוש"),
            ("לכיבוש", "הכיבוש"),
            ("בגדה", "הגדה"),
            ("ולצה״ל", "צה\"ל"),
            ("בעזה", "עזה"),
            ("והפסקת", "הפסקת"),
            ("والاحتلال", "احتلال"),
            ("للاحتلال", "الاحتلال"),
            ("بالاحتلال", "احتلال"),
            ("فالنكبة", "النكبة"),
            ("ولحماس", "حماس"),
            ("كالهدنة", "هدنة"),
            ("وبإسرائيل", "إسرائيل"),
        ];
        for (text, phrase) in same {
            assert!(meets(text, phrase), "{text} {phrase}");
        }
    }

    #[test]
    fn letters_of_the_word_itself_are_not_taken_for_prefixes() {
        let different = [
            ("משלה", "ממשלה"),
            ("יבוש", "כיבוש"),
            ("ממשלתי", "ממשלה"),
            ("של", "ל"),
            ("חתול", "احتلال"),
            ("ولد", "لد"),
            ("حتلال", "احتلال"),
            ("occupations", "occupation"),
        ];
        for (text, phrase) in different {
            assert!(!meets(text, phrase), "{text} {phrase}");
        }
    }
}
