//! Actors: who takes part, who leads them, what they say they want, and who lists them as what.
//!
//! In: YAML records. Out: typed [`Actor`]s, whose every fact names its sources, and [`Group`]s of them that are shown together.
//! Knows nothing of pages. Uses `workspace` (values with places) and `citation` (how a record names its sources).

pub mod read;
pub mod record;

pub use record::{Actor, Group};
