//! What the commands `new …` write: the files with which something begins. One file a kind of thing.
//!
//! Works on what was read and says what is to be written; the disk is touched by whoever asks. Nothing that is there is written over.
//! Uses `workspace` and `locale`.

pub mod language;
pub mod page;
pub mod record;
pub mod starter;
