//! What kind of character one is, asked hundreds of millions of times in a build: the standard library's own answers, kept as bits. Uses nothing.
//!
//! The standard library searches its tables for every character beyond ASCII, and most of ours are Hebrew and Arabic.

use std::sync::LazyLock;

/// Characters below this one are in the tables: all scripts of today.
const END: u32 = 0x1_0000;

/// A bit for each character.
struct Bits(Vec<u64>);

impl Bits {
    fn of(is: fn(char) -> bool) -> Self {
        let word = |word: u32| {
            let bit = |bit: u32| u64::from(char::from_u32(word * 64 + bit).is_some_and(is)) << bit;
            (0..64).map(bit).sum()
        };
        Self((0..END / 64).map(word).collect())
    }

    /// `None` for characters that are in no table.
    fn get(&self, c: char) -> Option<bool> {
        let number = u32::from(c);
        self.0.get((number / 64) as usize).map(|word| word >> (number % 64) & 1 == 1)
    }
}

static ALPHABETIC: LazyLock<Bits> = LazyLock::new(|| Bits::of(char::is_alphabetic));
static ALPHANUMERIC: LazyLock<Bits> = LazyLock::new(|| Bits::of(char::is_alphanumeric));
static CAPITAL: LazyLock<Bits> = LazyLock::new(|| Bits::of(|c| c.to_lowercase().ne([c])));

/// [`char::is_alphabetic`].
#[must_use]
pub fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    ALPHABETIC.get(c).unwrap_or_else(|| c.is_alphabetic())
}

/// [`char::is_alphanumeric`].
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    ALPHANUMERIC.get(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// Whether [`char::to_lowercase`] gives something else.
fn is_capital(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_uppercase();
    }
    CAPITAL.get(c).unwrap_or(true)
}

/// [`char::to_lowercase`].
pub fn lower(c: char) -> impl Iterator<Item = char> {
    let capital = is_capital(c).then(|| c.to_lowercase());
    let own = if capital.is_some() { None } else { Some(c) };
    capital.into_iter().flatten().chain(own)
}

/// [`str::to_lowercase`].
#[must_use]
pub fn lowercase(text: &str) -> String {
    if text.chars().any(is_capital) { text.to_lowercase() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}");
        }
    }

    #[test]
    fn words_are_lowered_as_a_whole() {
        for word in ["ΟΔΟΣ", "Été", "שלום", "İ", "plain"] {
            assert_eq!(lowercase(word), word.to_lowercase());
        }
    }
}
