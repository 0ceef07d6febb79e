//! A page, or a section with all its pages, at another address; and a source, a figure or a term under another name: in every language, with what is recorded of
//! translations and of figures.
//!
//! 1. [`paths`] says where files go and how the address of a link must change for that.
//! 2. [`links`] finds the bytes of those addresses, in pages, in definitions of terms and in wordings that are kept.
//! 3. [`head`] leaves the old address in the page's head, so that it leads to the new one.
//! 4. [`records`] gives mended wordings their new names, so that what was current stays current.
//! 5. [`plan`] puts it together. Every page is read again: whatever else would have changed stops the whole. Nothing is written here.
//! 6. [`renaming`] does the same with the names of records, wherever the book knows them to be mentioned; [`lock`] tells the lock file of figures.
//!
//! Uses `book` and what is below it.

mod head;
mod links;
mod lock;
mod paths;
mod plan;
mod records;
mod renaming;

pub use plan::{Plan, plan};
pub use renaming::{Renamed, kind_of, rename};

/// Why a page cannot be moved, and how to mend that.
pub type Refusal = (String, String);

/// Texts at places of a file; each is put there instead of what stands there.
type Edits = std::collections::BTreeMap<(usize, usize), String>;

/// A text with edits. None of them reaches into another.
fn edited(text: &str, edits: &Edits) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for ((start, end), new) in edits {
        out.push_str(text.get(at..*start)?);
        out.push_str(new);
        at = *end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
