//! A file that somebody names on the command line, outside the site.

use super::{Exit, report};
use crate::span::{FileId, Files};
use crate::workspace::disk;

/// Takes its text in, or says why it cannot be read.
pub(super) fn take(name: &str, bytes: Result<Vec<u8>, String>, files: &mut Files) -> Result<FileId, Exit> {
    if let Err(problem) = &bytes {
        report::error(&format!("{name} cannot be read: {problem}"));
        return Err(Exit::Usage);
    }
    let mut problems = Vec::new();
    disk::add_text(bytes, name, files, &mut problems).ok_or_else(|| {
        report::problems(&problems, files);
        Exit::Content
    })
}
