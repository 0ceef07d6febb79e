//! Words and phrases of a language, found in running text though they are inflected.
//!
//! 1. [`fold`] cuts a text into words and folds each: small letters, no vowel points, one form of a letter.
//! 2. [`stem`] says which words a folded word may be, once the letters that Hebrew and Arabic write together with it are taken off; other words are compared as they are.
//! 3. [`phrases`] finds many phrases in one walk over the words.
//!
//! Works on text alone; knows nothing of terms, styles or pages, and uses nothing else of the program.

pub mod fold;
pub mod phrases;
pub mod stem;

pub use fold::{WordAt, is_ideograph, words};
pub use phrases::{Found, Phrases};
