//! Numbers and words as short strings of printable characters, which a script holds without an escape and a host compresses well.
//!
//! A number is written in digits of base 46, the most significant first. The last digit is one of the first 46 signs, those before it of the other
//! 46: so a number says where it ends, and small numbers, which most are, take one sign.

use std::sync::LazyLock;

/// The base.
pub const BASE: u32 = 46;

/// Printable ASCII in order, but for the blank, which separates, and for what a string would escape.
pub fn signs() -> impl Iterator<Item = char> {
    ('!'..='~').filter(|c| !matches!(c, '"' | '\\'))
}

static SIGNS: LazyLock<Vec<char>> = LazyLock::new(|| signs().collect());

/// Writes numbers.
#[derive(Debug, Clone, Default)]
pub struct Packer {
    packed: String,
}

impl Packer {
    /// Adds a number.
    pub fn number(&mut self, number: u32) -> &mut Self {
        if number >= BASE {
            self.before_last(number / BASE);
        }
        self.digit(number % BASE)
    }

    /// Adds the digits of a number before its last.
    fn before_last(&mut self, number: u32) {
        if number >= BASE {
            self.before_last(number / BASE);
        }
        self.digit(number % BASE + BASE);
    }

    fn digit(&mut self, digit: u32) -> &mut Self {
        self.packed.extend(usize::try_from(digit).ok().and_then(|digit| SIGNS.get(digit)));
        self
    }

    /// Adds text that holds no sign of its own.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.packed.push_str(text);
        self
    }

    /// Adds the sign between two lists.
    pub fn part(&mut self) -> &mut Self {
        self.packed.push(' ');
        self
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.packed
    }
}

/// Words in order, each as the number of letters that it shares with the one before and the rest of it.
pub fn front_coded<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut packer = Packer::default();
    let mut last = "";
    for word in words {
        let shared = last.chars().zip(word.chars()).take_while(|(a, b)| a == b).count().min(45);
        if !packer.is_empty() {
            packer.part();
        }
        packer.number(u32::try_from(shared).unwrap_or(0));
        packer.text(word.char_indices().nth(shared).and_then(|(place, _)| word.get(place..)).unwrap_or_default());
        last = word;
    }
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As the script reads them.
    fn numbers(packed: &str) -> Vec<u32> {
        let signs: Vec<char> = signs().collect();
        let mut numbers = Vec::new();
        let mut value = 0;
        for c in packed.chars() {
            let digit = u32::try_from(signs.iter().position(|sign| *sign == c).unwrap()).unwrap();
            value = value * BASE + digit % BASE;
            if digit < BASE {
                numbers.push(value);
                value = 0;
            }
        }
        numbers
    }

    #[test]
    fn words_are_front_coded() {
        assert_eq!(front_coded(["gaza", "gazan", "gaze", "עזה"].into_iter()), "!gaza &n %e !עזה");
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_they_were_written(written in proptest::collection::vec(0u32..2_000_000, 0..20)) {
            let mut packer = Packer::default();
            for number in &written {
                packer.number(*number);
            }
            prop_assert_eq!(numbers(&packer.finish()), written);
        }
    }
}
