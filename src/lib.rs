//! Sourcebook compiles Markdown pages and a library of sources into a static, multilingual site in which every statement shows its source.
//!
//! It is a compiler: load → parse → link → check and render → publish. `docs/architecture.md` has the picture.
//! Rooms stand on floors: a room uses only rooms below it, in this order from the ground up. `tests/suite/floors.rs` holds them to it.

pub mod actor;
pub mod audit;
pub mod base64;
pub mod book;
pub mod bundle;
pub mod changes;
pub mod chart;
pub mod check;
pub mod citation;
pub mod cli;
pub mod compile;
pub mod date;
pub mod desk;
pub mod diagnostic;
pub mod editorial;
pub mod evidence;
pub mod exchange;
pub mod external;
pub mod figure;
pub mod glossary;
pub mod ids;
pub mod ledger;
pub mod links;
pub mod locale;
pub mod lsp;
pub mod manifest;
pub mod manuscript;
pub mod map;
pub mod markdown;
pub mod media;
pub mod moving;
pub mod number;
pub mod numeral;
pub mod press;
pub mod publish;
pub mod review;
pub mod revision;
pub mod scaffold;
pub mod schema;
pub mod search;
pub mod serve;
pub mod signature;
pub mod site;
pub mod social;
pub mod span;
pub mod tidy;
pub mod timeline;
pub mod translation;
pub mod verify;
pub mod webfont;
pub mod wording;
pub mod workspace;
pub mod xml;
