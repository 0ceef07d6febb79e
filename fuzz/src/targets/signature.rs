//! Keys and signatures in the form of minisign. Nothing that is no signature of this file is believed.

use super::told::text;
use sourcebook::signature::{Key, is_public_key, verify};

/// A key, and what it signed: `hello`.
const PUBLIC: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let _ = is_public_key(&text);
    let _ = Key::read(&text, || None);
    assert!(verify(PUBLIC, &text, b"nobody signed this").is_err());
    let (public, signature) = text.split_once("\n\n").unwrap_or((&text, &text));
    if let Ok(comment) = verify(public, signature, b"nobody signed this") {
        panic!("a signature of what nobody signed: {comment}");
    }
}
