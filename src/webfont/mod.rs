//! A font of a site's own → what browsers are given of it: the letters that pages show, packed as WOFF2.
//!
//! 1. [`face`] reads a font and says what it draws, or why it cannot be given away.
//! 2. [`letters`] are what a text shows, and what fonts need besides to show it: other forms of letters, marks, the rest of an alphabet.
//! 3. [`subset`] cuts the font down to them. What joins and places letters stays, so that a text looks as it does in the whole font. [`memo`] keeps what was cut.
//! 4. [`script`] are the letters that a font of a language must have.
//!
//! The same font and letters give the same bytes. Knows nothing of pages. Uses nothing of the project.

pub mod face;
pub mod letters;
pub mod memo;
pub mod script;
pub mod subset;
