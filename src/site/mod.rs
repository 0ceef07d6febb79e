//! Book → pages.

pub mod edition;
