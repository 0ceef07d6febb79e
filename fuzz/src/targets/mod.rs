//! What is tried on every input: one function a door of the program, over its public interface.
//!
//! A function takes whatever bytes there are. It must neither panic nor hang nor fill the memory, and holds what comes out against a law: places lie in
//! the text, what was written reads back the same, HTML is balanced. libFuzzer is handed them by `fuzz_targets/`; `tests/suite/fuzz.rs` runs them over
//! `tests/fixtures/fuzz/`, where everything lies that was ever found. Uses `sourcebook` and the standard library, so that the tests can take it in as it is.

mod archive;
mod biblatex;
mod book;
mod citation;
mod csl;
mod html;
mod manifest;
mod markdown;
mod page;
mod po;
mod record;
mod ris;
mod series;
mod signature;
mod site;
mod style;
mod template;
mod told;
mod traded;

/// What is tried on an input.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its file in `fuzz_targets/` and of its folder of fixtures.
pub const TARGETS: &[(&str, Target)] = &[
    ("archive", archive::run),
    ("biblatex", biblatex::run),
    ("book", book::run),
    ("citation", citation::run),
    ("csl", csl::run),
    ("manifest", manifest::run),
    ("markdown", markdown::run),
    ("page", page::run),
    ("po", po::run),
    ("record", record::run),
    ("ris", ris::run),
    ("series", series::run),
    ("signature", signature::run),
    ("site", site::run),
    ("style", style::run),
    ("template", template::run),
];

/// The target of that name. The tests of findings know the targets, and not this.
#[allow(dead_code, reason = "the suite takes this file in for the list alone")]
///
/// # Panics
/// Where there is none.
pub fn target(name: &str) -> Target {
    let found = TARGETS.iter().find(|(own, _)| *own == name);
    found.unwrap_or_else(|| panic!("there is no target `{name}`")).1
}
