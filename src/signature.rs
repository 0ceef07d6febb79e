//! Signatures in the form of minisign: who made a file, and what they said of it.
//!
//! Keys are read by the crate of minisign's author; it signs with chance in it, so the signature itself is made here: Ed25519 without chance, the
//! same every time. Signatures are checked by the small crate of the same author. Uses `base64`.

use crate::base64::encode;
use blake2::{Blake2b512, Digest};
use minisign::SecretKeyBox;
use minisign_verify::{Error, PublicKey, Signature};
use ring::signature::Ed25519KeyPair;
use std::fmt;
use std::panic::catch_unwind;

/// A key that signs.
pub struct Key {
    /// The number by which signatures name their key.
    number: [u8; 8],
    pair: Ed25519KeyPair,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("number", &self.number).finish_non_exhaustive()
    }
}

/// Why there is no signature, or why it is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The file is no secret key.
    NoSecretKey,
    /// It is locked, and the password is not right.
    Password,
    /// The text is no public key.
    NoPublicKey,
    /// The text is no signature.
    NoSignature,
    /// It was made with another key.
    OtherKey,
    /// The file is not the one that was signed, or the comment is not the one that was signed.
    Wrong,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSecretKey => "it is no secret key of minisign (`minisign -G` makes one)",
            Self::Password => "the password of the key is not right",
            Self::NoPublicKey => {
                "it is no public key of minisign: a line of 56 letters that begins with RW, or the file that holds it"
            }
            Self::NoSignature => "it is no signature of minisign",
            Self::OtherKey => "the signature was made with another key",
            Self::Wrong => "the signature does not fit: this is not the file that was signed",
        })
    }
}

impl std::error::Error for SignatureError {}

/// Where the key and the number lie in a secret key: after algorithms, salt and limits.
const NUMBER: std::ops::Range<usize> = 54..62;
const SEED: std::ops::Range<usize> = 62..94;
const PUBLIC: std::ops::Range<usize> = 94..126;

impl Key {
    /// Reads the text of a secret key; `password` is asked only where one locks it.
    pub fn read(text: &str, password: impl FnOnce() -> Option<String>) -> Result<Self, SignatureError> {
        let text = text.to_owned();
        let open = |password: Option<String>| {
            let boxed = SecretKeyBox::from(text.clone());
            // The crate cuts strings by place: what it panics on is no key.
            catch_unwind(move || match password {
                Some(password) => boxed.into_secret_key(Some(password)),
                None => boxed.into_unencrypted_secret_key(),
            })
            .unwrap_or_else(|_| Err(minisign::PError::new(minisign::ErrorKind::Io, "no key")))
        };
        let key = match open(None) {
            Ok(key) => key,
            Err(_) if !is_locked(&text) => return Err(SignatureError::NoSecretKey),
            Err(_) => {
                let password = password().ok_or(SignatureError::NoSecretKey)?;
                open(Some(password)).map_err(|_| SignatureError::Password)?
            }
        };
        let bytes = key.to_bytes();
        let part = |range| bytes.get(range).ok_or(SignatureError::NoSecretKey);
        let number = part(NUMBER)?.try_into().map_err(|_| SignatureError::NoSecretKey)?;
        let pair = Ed25519KeyPair::from_seed_and_public_key(part(SEED)?, part(PUBLIC)?);
        Ok(Self { number, pair: pair.map_err(|_| SignatureError::NoSecretKey)? })
    }

    /// The signature of some bytes, with a comment that is signed, too.
    pub fn sign(&self, bytes: &[u8], comment: &str) -> String {
        let comment: String = comment.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let comment = comment.trim();
        let signature = self.pair.sign(&Blake2b512::digest(bytes));
        let line = [b"ED".as_slice(), &self.number, signature.as_ref()].concat();
        let whole = self.pair.sign(&[signature.as_ref(), comment.as_bytes()].concat());
        format!(
            "untrusted comment: signature of a Sourcebook bundle\n{}\ntrusted comment: {comment}\n{}\n",
            encode(&line),
            encode(whole.as_ref())
        )
    }
}

/// Whether a secret key says of itself that a password locks it: it begins with `EdScB2`.
fn is_locked(text: &str) -> bool {
    text.lines().nth(1).is_some_and(|line| line.starts_with("RWRTY0Iy"))
}

/// Whether a text is a public key: its line alone.
pub fn is_public_key(line: &str) -> bool {
    PublicKey::from_base64(line).is_ok()
}

/// Checks a signature, and gives back the comment that was signed with it. `public` is a public key as text: its line alone, or the file that holds it.
pub fn verify(public: &str, signature: &str, bytes: &[u8]) -> Result<String, SignatureError> {
    let public = public.trim();
    let key = PublicKey::decode(public)
        .or_else(|_| PublicKey::from_base64(public))
        .map_err(|_| SignatureError::NoPublicKey)?;
    let signature = Signature::decode(signature).map_err(|_| SignatureError::NoSignature)?;
    key.verify(bytes, &signature, false).map_err(|error| match error {
        Error::UnexpectedKeyId => SignatureError::OtherKey,
        _ => SignatureError::Wrong,
    })?;
    Ok(signature.trusted_comment().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use minisign::KeyPair;
    use std::io::Cursor;

    fn no_password() -> Option<String> {
        None
    }

    #[test]
    fn what_is_signed_here_is_believed_elsewhere() {
        let pair = KeyPair::generate_unencrypted_keypair().unwrap();
        let public = pair.pk.to_box().unwrap().into_string();
        let key = Key::read(&pair.sk.to_box(None).unwrap().into_string(), no_password).unwrap();
        let signature = key.sign(b"a bundle", "content of 2026-11-20\nsha256:00");
        // Without chance: the same every time.
        assert_eq!(signature, key.sign(b"a bundle", "content of 2026-11-20\nsha256:00"));
        assert_eq!(verify(&public, &signature, b"a bundle").unwrap(), "content of 2026-11-20 sha256:00");
        assert_eq!(verify(&pair.pk.to_base64(), &signature, b"a bundle").unwrap(), "content of 2026-11-20 sha256:00");
        let boxed = minisign::SignatureBox::from_string(&signature).unwrap();
        minisign::verify(&pair.pk, &boxed, Cursor::new(b"a bundle"), true, false, false).unwrap();

        assert_eq!(verify(&public, &signature, b"a bundlE"), Err(SignatureError::Wrong));
        let forged = signature.replace("2026-11-20", "2027-11-20");
        assert_eq!(verify(&public, &forged, b"a bundle"), Err(SignatureError::Wrong));
        let other = KeyPair::generate_unencrypted_keypair().unwrap().pk.to_base64();
        assert_eq!(verify(&other, &signature, b"a bundle"), Err(SignatureError::OtherKey));
        assert_eq!(verify(&public, "hello", b"a bundle"), Err(SignatureError::NoSignature));
        assert_eq!(verify("hello", &signature, b"a bundle"), Err(SignatureError::NoPublicKey));
    }

    #[test]
    fn a_locked_key_is_opened_by_its_password() {
        let pair = KeyPair::generate_encrypted_keypair(Some("correct horse".to_owned())).unwrap();
        let text = pair.sk.to_box(None).unwrap().into_string();
        let open = |password: &str| Key::read(&text, || Some(password.to_owned())).map(|key| key.sign(b"x", "y"));
        assert!(verify(&pair.pk.to_base64(), &open("correct horse").unwrap(), b"x").is_ok());
        assert_eq!(open("battery staple"), Err(SignatureError::Password));
    }

    #[test]
    fn what_is_no_key_is_said_to_be_none() {
        for text in ["", "\n", "untrusted comment: x\nAAAA\n", "untrusted comment: ü\nRWQAAA==\n", "ü"] {
            assert_eq!(Key::read(text, no_password).map(|_| ()), Err(SignatureError::NoSecretKey), "{text:?}");
        }
    }
}
