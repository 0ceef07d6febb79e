//! Events: what happened, when, and who says so.
//!
//! In: YAML records. Out: typed [`Event`]s, which a timeline lists and a chart marks, and the [`Theme`]s by which they are chosen. Knows
//! nothing of pages.
//! Uses `workspace` (values with places) and `citation` (how a record names its sources).

pub mod read;
pub mod record;

pub use record::{Event, Theme};
