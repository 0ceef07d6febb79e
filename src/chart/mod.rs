//! Charts: which series are drawn, how, over what time. Drawn when the site is built.
//!
//! 1. Records ([`record`], read by [`read`]) say which series are shown and how.
//! 2. Whoever knows languages and pages makes a [`plot`] of one: numbers as positions ([`scale`] names them), words in the reader's language.
//! 3. [`draw`] writes it as SVG ([`svg`]).
//!
//! Knows nothing of pages. Uses `workspace` (values with places) and `date`.

mod draw;
pub mod plot;
pub mod read;
pub mod record;
pub mod scale;
pub mod svg;

pub use draw::{Drawn, Place, draw};
pub use record::ChartRecord;
