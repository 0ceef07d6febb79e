//! dates, numbers, plurals
