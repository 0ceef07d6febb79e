//! The name of a wording: 48 bits of SHA-256 over its kind and its words. Rewrapping a paragraph does not change it.

use super::block::Kind;
use icu::normalizer::ComposingNormalizer;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// How many bytes of the digest are kept: a page has hundreds of passages, not millions.
const BYTES: usize = 6;

/// A wording, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; BYTES]);

impl Hash {
    /// The hash of a passage.
    pub fn of(kind: Kind, text: &str) -> Self {
        let mut whole = String::with_capacity(kind.name().len() + 1 + text.len());
        whole.push_str(kind.name());
        whole.push('\0');
        let normalizer = ComposingNormalizer::new_nfc();
        let words = text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
        // Nothing composes with a blank, so each word may be composed by itself.
        for (number, word) in words.enumerate() {
            if number > 0 {
                whole.push(' ');
            }
            if word.is_ascii() || word.chars().all(is_composed) {
                whole.push_str(word);
            } else {
                whole.push_str(&normalizer.normalize(word));
            }
        }
        let mut bytes = [0; BYTES];
        for (byte, of) in bytes.iter_mut().zip(Sha256::digest(whole)) {
            *byte = of;
        }
        Self(bytes)
    }

    /// Reads twelve hexadecimal digits, lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != BYTES * 2 || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let number = u64::from_str_radix(text, 16).ok()?;
        let mut bytes = [0; BYTES];
        for (byte, of) in bytes.iter_mut().zip(number.to_be_bytes().into_iter().skip(8 - BYTES)) {
            *byte = of;
        }
        Some(Self(bytes))
    }
}

/// Whether a character is composed already, whatever stands beside it of its kind: what most texts are made of.
fn is_composed(c: char) -> bool {
    c < '\u{300}'
        || matches!(c, '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{660}'..='\u{669}' | '\u{2010}'..='\u{2027}')
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that is passed over stands for itself, beside any other of them.
    #[test]
    fn what_is_composed_stays_as_it_is() {
        let normalizer = ComposingNormalizer::new_nfc();
        let chars: Vec<char> = ('\0'..'\u{3000}').filter(|c| is_composed(*c)).collect();
        assert!(chars.len() > 800);
        for one in &chars {
            for other in chars.iter().step_by(7) {
                let text: String = [*one, *other, *one].iter().collect();
                assert!(normalizer.is_normalized(&text), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_wording_has_one_name_however_it_is_wrapped_and_composed() {
        let of = |text: &str| Hash::of(Kind::Paragraph, text);
        assert_eq!(of("caf\u{e9} 1948\nשלום"), of(" cafe\u{301}  1948\tשלום "));
        assert_ne!(of("cafe 1948"), of("caf\u{e9} 1948"));
        assert_ne!(of("a b"), of("ab"));
        assert_eq!(of("a b"), Hash::parse(&of("a b").to_string()).unwrap());
        assert_ne!(of("a b"), Hash::of(Kind::Item, "a b"));
    }
}
