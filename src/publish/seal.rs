//! A text that the program keeps for itself, under its hash: one that was cut or changed is known for it. Uses `manifest` only.

use crate::manifest;

/// The text with its hash on a line before it.
pub(super) fn seal(text: &str) -> String {
    format!("{}\n{text}", manifest::hash(text.as_bytes()))
}

/// The text under a hash; `None` where it is not as it was sealed.
pub(super) fn open(bytes: &[u8]) -> Option<&str> {
    let (hash, text) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
    (manifest::hash(text.as_bytes()) == hash).then_some(text)
}
