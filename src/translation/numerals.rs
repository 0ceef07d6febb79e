//! The numbers in a text, in whatever digits they are written: `41,234`, `٤١٬٢٣٤` and `41 234` are one number.

use std::collections::BTreeSet;

/// Where the ten digits of a script begin.
const ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10,
];

/// A digit of any script as one of ours.
pub fn digit(c: char) -> Option<char> {
    let point = u32::from(c);
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&point))?;
    char::from_digit(point - zero, 10)
}

/// Whether a number may go on after it, if digits follow.
fn joins(c: char) -> bool {
    matches!(c, ',' | '.' | '٬' | '٫' | '’' | '\'')
}

/// Whether it may stand between groups of three digits.
fn groups(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

/// The numbers of a text, each by its digits alone: which mark groups them and which parts the decimals is a matter of the language.
pub fn numbers(text: &str) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).collect();
    let digit_at = |at: usize| chars.get(at).and_then(|c| digit(*c));
    let three_at = |at: usize| (at..at + 3).all(|at| digit_at(at).is_some()) && digit_at(at + 3).is_none();
    let mut found = BTreeSet::new();
    let mut number = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match digit(c) {
            Some(digit) => number.push(digit),
            None if number.is_empty() => {}
            None if joins(c) && digit_at(at + 1).is_some() => {}
            None if groups(c) && three_at(at + 1) => {}
            None => {
                found.insert(std::mem::take(&mut number));
            }
        }
        at += 1;
    }
    if !number.is_empty() {
        found.insert(number);
    }
    found
}

/// Marks of direction, which stand beside signs and are not seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}')
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn one_number_in_many_scripts() {
        for text in ["41,234", "٤١٬٢٣٤", "41\u{202f}234", "41.234", "४१,२३४", "41’234", "\u{200e}41,234"]
        {
            assert_eq!(numbers(text).into_iter().collect::<Vec<_>>(), ["41234"], "{text}");
        }
    }

    #[test]
    fn numbers_beside_each_other_stay_two() {
        let found = |text: &str| numbers(text).into_iter().collect::<Vec<_>>();
        assert_eq!(found("1996–2017, 26 and 12.5%"), ["125", "1996", "2017", "26"]);
        assert_eq!(found("in 2023, 2024 and 350\u{a0}km"), ["2023", "2024", "350"]);
        assert_eq!(found("none"), [""; 0]);
    }
}
