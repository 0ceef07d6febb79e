//! [`Record`] → its file: one line a passage, so that two people's work merges line by line. The same bytes for the same record.

use super::Hash;
use super::read::FORM;
use super::record::{Entry, Record};
use crate::ids::PageId;
use crate::workspace::TRANSLATIONS;
use crate::workspace::front_matter::Method;
use crate::workspace::quote::quoted;
use std::fmt::Write;

const HEAD: &str = "# Written by `sourcebook translate`: which wording of the source each passage was translated from. Keep it with the site.\n# Only `ok` is for people: what may differ in a passage, and why. docs/translating.md of Sourcebook says more.\n";

/// Writes the file's text.
pub fn write(page: &PageId, record: &Record) -> String {
    let mut text = format!("{HEAD}version: {}\npage: {}\n", FORM.version, quoted(page.name()));
    text.push_str(if record.entries.is_empty() { "passages: []\n" } else { "passages:\n" });
    for entry in &record.entries {
        // Writing into a text cannot fail.
        let _ = write_entry(&mut text, entry);
    }
    text
}

/// Where the wording of a hash is kept, relative to the site's folder.
pub fn wording_path(hash: Hash) -> String {
    let hash = hash.to_string();
    format!("{TRANSLATIONS}/source/{}/{hash}.md", hash.get(..2).unwrap_or(""))
}

fn write_entry(text: &mut String, entry: &Entry) -> std::fmt::Result {
    let Entry { at, source, translation, method, on, review, exempt } = entry;
    write!(text, "  - {{at: {}, source: \"{source}\", translation: \"{translation}\"", quoted(&at.to_string()))?;
    write!(text, ", method: {}, on: {on}", name(*method))?;
    if let Some(review) = review {
        write!(text, ", review: {{by: {}, on: {}, of: \"{}\"}}", quoted(&review.by), review.on, review.of)?;
    }
    if !exempt.is_empty() {
        let reasons: Vec<String> =
            exempt.iter().map(|(exemption, why)| format!("{}: {}", exemption.name(), quoted(why))).collect();
        write!(text, ", ok: {{{}}}", reasons.join(", "))?;
    }
    text.push_str("}\n");
    Ok(())
}

/// The word for a method.
pub fn name(method: Method) -> &'static str {
    Method::ALL.iter().find(|(_, other)| *other == method).map_or("", |(name, _)| name)
}
