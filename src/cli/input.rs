//! A file that somebody names on the command line, outside the site.

use super::{Exit, report};
use crate::span::{FileId, Files};
use crate::workspace::disk;
use std::io::Read;

/// What comes on standard input, where it is no more than a file may be.
pub(super) fn standard() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(disk::MAX_TEXT + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > disk::MAX_TEXT { Err(disk::too_large(disk::MAX_TEXT)) } else { Ok(bytes) }
}

/// Takes its text in, or says why it cannot be read.
pub(super) fn take(name: &str, bytes: Result<Vec<u8>, String>, files: &mut Files) -> Result<FileId, Exit> {
    if let Err(problem) = &bytes {
        report::error(&format!("{name} cannot be read: {problem}"));
        return Err(Exit::Usage);
    }
    let mut problems = Vec::new();
    disk::add_text(bytes.map(String::from_utf8), name, files, &mut problems).ok_or_else(|| {
        report::problems(&problems, files);
        Exit::Content
    })
}
