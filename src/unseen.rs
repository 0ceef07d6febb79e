//! Characters of a text that nobody sees: they turn the direction of what follows, split a word that looks whole, or are no characters at all.
//!
//! What languages need is let be: joiners between letters that join, marks of direction where letters run both ways, isolates that are closed, selectors behind
//! signs and ideographs, soft hyphens within words. Uses nothing else of the program.

use icu::properties::CodePointMapData;
use icu::properties::props::{GeneralCategory, Script};

/// What a character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// It turns the direction of what follows.
    Turns,
    /// It is not seen, and the text says something else than it shows.
    Hides,
    /// No text has it.
    Breaks,
}

/// A character that harms, and the byte at which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unseen {
    /// The byte.
    pub at: usize,
    /// The character.
    pub c: char,
    /// What it does.
    pub harm: Harm,
}

/// Finds such characters in a line, or in a text that stands by itself.
pub fn find(text: &str) -> Vec<Unseen> {
    let mut found = Vec::new();
    if !text.contains(is_suspect) {
        return found;
    }
    let runs_both_ways = text.contains(is_right_to_left);
    let mut isolates = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let harm = match c {
            '\u{2066}'..='\u{2068}' => {
                isolates.push((at, c));
                None
            }
            '\u{2069}' => isolates.pop().is_none().then_some(Harm::Turns),
            '\u{202a}'..='\u{202e}' => Some(Harm::Turns),
            '\u{200e}' | '\u{200f}' | '\u{61c}' => (!runs_both_ways).then_some(Harm::Hides),
            c if breaks(c) => Some(Harm::Breaks),
            c if is_suspect(c) => (!is_needed(before, c, after)).then_some(Harm::Hides),
            _ => None,
        };
        found.extend(harm.map(|harm| Unseen { at, c, harm }));
        before = Some(c);
    }
    found.extend(isolates.into_iter().map(|(at, c)| Unseen { at, c, harm: Harm::Turns }));
    found.sort_by_key(|unseen| unseen.at);
    found
}

/// Whether a character is ever one of these: all others need no second look.
pub fn is_suspect(c: char) -> bool {
    // What most texts are made of: Latin, Hebrew and Arabic letters, digits, stops.
    if matches!(c, ' '..='~' | '\u{5b0}'..='\u{5ea}' | '\u{61f}'..='\u{66f}') {
        return false;
    }
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}'
    ) || breaks(c)
}

/// Control characters other than those that part words and lines, and places of Unicode that will never be a character.
fn breaks(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether writing needs the character where it stands.
fn is_needed(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        '\u{ad}' => before.is_alphabetic() && after.is_some_and(char::is_alphabetic),
        // Letters that join or stack; signs that a joiner makes one of; after a virama at the end of a word.
        '\u{200c}' | '\u{200d}' => joins(before) || (c == '\u{200d}' && is_sign(before)),
        '\u{34f}' => is_mark(before),
        '\u{180b}'..='\u{180f}' => script(before) == Script::Mongolian,
        '\u{fe00}'..='\u{fe0d}' => script(before) == Script::Han || (!before.is_alphanumeric() && !before.is_ascii()),
        '\u{fe0e}' | '\u{fe0f}' => is_sign(before) || matches!(before, '0'..='9' | '#' | '*' | '\u{a9}' | '\u{ae}'),
        '\u{e0100}'..='\u{e01ef}' => script(before) == Script::Han,
        // The letters of a flag stand behind a black one.
        '\u{e0020}'..='\u{e007f}' => {
            matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}') && is_flag_part(before, c)
        }
        _ => false,
    }
}

/// A tag that is no flag begins behind anything else, so its first letter is told; what follows belongs to it.
fn is_flag_part(before: char, c: char) -> bool {
    before == '\u{1f3f4}' || matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}' | '\u{e007f}')
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{61b}' | '\u{61d}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Letters whose shape a joiner changes, and marks on them.
fn joins(c: char) -> bool {
    is_right_to_left(c)
        || matches!(c, '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{a8e0}'..='\u{a8ff}')
}

fn is_mark(c: char) -> bool {
    matches!(
        CodePointMapData::<GeneralCategory>::new().get(c),
        GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark
    )
}

/// Pictures, arrows and the like, and what stands behind them.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{203c}'..='\u{2049}' | '\u{20e3}' | '\u{2100}'..='\u{2bff}' | '\u{3030}'..='\u{303d}' | '\u{3297}'..='\u{3299}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn harms(text: &str) -> Vec<Harm> {
        find(text).into_iter().map(|unseen| unseen.harm).collect()
    }

    #[test]
    fn what_languages_need_is_let_be() {
        for text in [
            "plain words, “quoted” – 1\u{a0}400\u{202f}%",
            "می\u{200c}خواهم",
            "ق\u{200d}",
            "क्\u{200d}ष",
            "צה\u{200f}״ל",
            "אב\u{200e} (OCHA)",
            "א \u{2066}New York\u{2069} ב",
            "ba\u{ad}by",
            "❤\u{fe0f} 👩\u{200d}🚒 1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}",
            "בָ\u{34f}ֽ",
        ] {
            assert_eq!(harms(text), Vec::<Harm>::new(), "{text:?}");
        }
    }

    #[test]
    fn what_deceives_is_found() {
        for (text, expected) in [
            ("a\u{202e}b\u{202c}", vec![Harm::Turns, Harm::Turns]),
            ("a\u{2067}b", vec![Harm::Turns]),
            ("a\u{2069}b", vec![Harm::Turns]),
            ("Ha\u{200b}mas", vec![Harm::Hides]),
            ("wo\u{200d}rds", vec![Harm::Hides]),
            ("wo\u{200e}rds", vec![Harm::Hides]),
            ("wo\u{fe0f}rds", vec![Harm::Hides]),
            ("a\u{ad}", vec![Harm::Hides]),
            ("wo\u{2028}rds", vec![Harm::Hides]),
            ("a\u{0}\u{7f}\u{85}\u{ffff}", vec![Harm::Breaks; 4]),
        ] {
            assert_eq!(harms(text), expected, "{text:?}");
        }
        assert_eq!(find("אa\u{e0068}\u{e006f}").first().map(|unseen| unseen.at), Some(3));
    }
}
