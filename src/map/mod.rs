//! Maps: which part of the world is shown, with which names, and the drawing of it.
//!
//! In: YAML records ([`read`]) and files of outlines, lines and places ([`data`]), which a script takes from published data. Out: typed
//! [`MapRecord`]s, and, from a [`draw::Sheet`] whose words are already chosen, an SVG. Nothing is asked for over a network, and no
//! coordinate is known here that does not stand in a file.
//! Uses `workspace` (values with places), `citation` (how records are read) and `chart` (how SVG is written).

pub mod data;
pub mod draw;
pub mod read;
pub mod record;

pub use data::MapData;
pub use record::MapRecord;
