//! Text and its direction → pictures: what a site shows of a page where somebody shares it, the cover of a book, and icons.
//!
//! 1. [`typeface`]: the fonts, those that the program carries and those of the site; never those of the machine.
//! 2. `line` puts the letters of a line into the order in which they are seen, and shapes them; `wrap` breaks text into lines.
//! 3. [`card`] says where everything stands, mirrored where the text runs to the left; `canvas` fills outlines and writes the file.
//! 4. [`cover`] is the same for a book, higher than wide.
//! 5. [`icon`] draws the theme's icon at the sizes that phones ask for.
//!
//! The same words and fonts give the same bytes. Knows nothing of pages. Uses the direction of `locale`.

mod canvas;
pub mod card;
pub mod cover;
pub mod icon;
mod line;
pub mod typeface;
mod wrap;

#[cfg(test)]
mod tests;
