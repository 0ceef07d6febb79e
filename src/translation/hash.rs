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
        let mut digest = Sha256::new();
        digest.update(kind.name().as_bytes());
        digest.update([0]);
        let normalizer = ComposingNormalizer::new_nfc();
        let words = text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
        // Nothing composes with a blank, so each word may be composed by itself.
        for (number, word) in words.enumerate() {
            if number > 0 {
                digest.update(b" ");
            }
            digest.update(if word.is_ascii() { word.into() } else { normalizer.normalize(word) }.as_bytes());
        }
        let mut bytes = [0; BYTES];
        for (byte, of) in bytes.iter_mut().zip(digest.finalize()) {
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

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
