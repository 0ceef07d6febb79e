//! Tests of the whole parser: text in, the tree on one line out, with each diagnostic on a line of its own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::format_push_string)]

mod citations;
mod collisions;
mod pages;
mod print;
mod spans;
