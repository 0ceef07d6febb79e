//! What a word may be without the letters that Hebrew and Arabic write together with it.
//!
//! Hebrew: ו, then ש (also כש, מש, לכש), then one of ב כ ל מ, then the article ה. Arabic: و or ف, then ب, ك or ل, then the article ال (لل after ل).
//! Nothing is taken off for good: כיבוש begins with a letter that may be a prefix and is none. So a word has several readings, and it is
//! one of the phrases' words when any reading is; a wrong reading meets no phrase. Broken plurals and endings are left to `forms`.

/// So many letters are left of a Hebrew word, and of an Arabic one.
const SHORTEST_HEBREW: usize = 2;
const SHORTEST_ARABIC: usize = 3;

/// The readings of a folded word of a text, itself first.
pub fn readings(word: &str) -> Vec<&str> {
    match script(word) {
        Script::Hebrew => hebrew(word),
        Script::Arabic => arabic(word),
        Script::Other => vec![word],
    }
}

/// A word of a phrase without its article: in a text the article may be swallowed (`בגדה`, `للاحتلال`) or left out.
pub fn without_article(word: &str) -> Option<&str> {
    match script(word) {
        Script::Hebrew => word.strip_prefix('ה').filter(|rest| long(rest, SHORTEST_HEBREW + 1)),
        Script::Arabic => word.strip_prefix("ال").filter(|rest| long(rest, SHORTEST_ARABIC)),
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

fn hebrew(word: &str) -> Vec<&str> {
    let mut readings = vec![word];
    for prefixes in [["ו"].as_slice(), &["ש", "כש", "מש", "לכש"], &["ב", "כ", "ל", "מ"], &["ה"]] {
        take_off(&mut readings, prefixes, SHORTEST_HEBREW);
    }
    readings
}

fn arabic(word: &str) -> Vec<&str> {
    let mut readings = vec![word];
    take_off(&mut readings, &["و", "ف"], SHORTEST_ARABIC);
    take_off(&mut readings, &["لل"], SHORTEST_ARABIC);
    take_off(&mut readings, &["ب", "ك", "ل"], SHORTEST_ARABIC);
    take_off(&mut readings, &["ال"], SHORTEST_ARABIC);
    readings
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
