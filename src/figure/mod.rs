//! Figures: numbers that somebody counted, with their date and who counted.
//!
//! In: YAML records and CSV series. Out: typed [`Figure`]s ([`record`], read by [`read`]), [`Series`] ([`series`]) and the words for them in a language ([`phrase`]).
//! Knows nothing of pages. Uses `workspace`, `citation` (locators, ids), `locale`, `date`, `number`.

pub mod phrase;
pub mod read;
pub mod record;
pub mod series;

pub use record::Figure;
pub use series::Series;
