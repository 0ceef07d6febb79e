#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod foreign;
mod records;
mod round_trip;
