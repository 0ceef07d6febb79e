//! Figures: numbers that somebody counted, with their date and who counted.
//!
//! In: YAML records and CSV series. Out: typed [`Figure`]s ([`record`], read by [`read`]), [`Series`] ([`series`]) and the words for them in a language ([`phrase`]).
//! [`derive`] reads how a number is worked out from others.
//! Knows nothing of pages. Uses `workspace`, `citation` (locators, ids), `locale`, `date`, `number`.

pub mod derive;
pub mod phrase;
mod points;
pub mod read;
pub mod record;
pub mod series;

pub use record::Figure;
pub use series::Series;
