//! Walks the folders of a site and reads its files. The only code that reads the disk.
//!
//! Symbolic links are not followed: nothing outside the root can reach the site. Order never depends on the file system.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Files, Span};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// Text files larger than this are refused: no page or record comes near it, and offsets must fit their type.
const MAX_TEXT: u64 = 128 * 1024 * 1024;

/// A file that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its path relative to the folder that was walked, with `/`.
    pub path: String,
    /// Where it is.
    pub full: PathBuf,
}

/// What a file is, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Its SHA-256 in hexadecimal digits, lower case.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

impl Digest {
    /// The digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: format!("{:x}", Sha256::digest(bytes)), bytes: bytes.len() as u64 }
    }
}

/// All regular files below a folder, by path. Hidden files and editors' backups are passed over; so are symbolic links, with a diagnostic.
pub fn walk(root: &Path, folder: &str, place: FileId, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
    let base = root.join(folder);
    match fs::symlink_metadata(&base) {
        Ok(found) if found.is_dir() => {}
        Ok(found) => {
            let problem = if found.is_symlink() {
                "it is a symbolic link, and links are not followed"
            } else {
                "it is no folder"
            };
            diagnostics.push(unreadable(place, folder, problem));
            return Vec::new();
        }
        Err(_) => return Vec::new(),
    }
    let mut found = Vec::new();
    let entries = WalkDir::new(&base)
        .follow_links(false)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy()));
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(|| folder.to_owned(), |path| path.display().to_string());
                diagnostics.push(unreadable(place, &path, &error.to_string()));
                continue;
            }
        };
        let relative = entry.path().strip_prefix(&base).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else {
            diagnostics.push(unreadable(place, &relative.to_string_lossy(), "its name is not Unicode"));
            continue;
        };
        let path = parts.join("/");
        if entry.file_type().is_symlink() {
            diagnostics.push(unreadable(
                place,
                &format!("{folder}/{path}"),
                "it is a symbolic link, and links are not followed",
            ));
        } else if entry.file_type().is_file() {
            found.push(Found { path, full: entry.into_path() });
        } else if !entry.file_type().is_dir() {
            diagnostics.push(unreadable(place, &format!("{folder}/{path}"), "it is neither a file nor a folder"));
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Whether a file or folder of that name is hidden, or an editor's backup.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || name.starts_with('#')
}

/// Why a path below the root names no file that may be read; `None` where it does. Links are not followed.
pub fn obstacle(root: &Path, path: &str) -> Option<&'static str> {
    let mut here = root.to_path_buf();
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|part| matches!(*part, "" | "." | "..")) || path.contains(['\\', ':', '\0']) {
        return Some("it does not lie in the site's folder");
    }
    for part in parts {
        here.push(part);
        match fs::symlink_metadata(&here) {
            Ok(found) if found.is_symlink() => return Some("it is a symbolic link, and links are not followed"),
            Ok(_) => {}
            Err(_) => return Some("there is no such file"),
        }
    }
    if here.is_file() { None } else { Some("it is no file") }
}

/// Reads a text file into `files`; `None` (with a diagnostic) when it is no text.
pub fn read_text(full: &Path, path: &str, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<FileId> {
    add_text(read_bytes(full, MAX_TEXT), path, files, diagnostics)
}

/// Reads a text file at the root that a site need not have.
pub fn read_text_if_any(
    root: &Path,
    name: &str,
    place: FileId,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    let full = root.join(name);
    let found = fs::symlink_metadata(&full).ok()?;
    if found.is_file() {
        return read_text(&full, name, files, diagnostics);
    }
    diagnostics.push(unreadable(place, name, "it is no ordinary file"));
    None
}

/// Adds what was read as text; split from reading so that many files can be read at once.
pub fn add_text(
    bytes: Result<Vec<u8>, String>,
    path: &str,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    let help = "save the file as UTF-8 text";
    match bytes.map(String::from_utf8) {
        Ok(Ok(text)) => Some(files.add(path, text)),
        Ok(Err(error)) => {
            let at = error.utf8_error().valid_up_to();
            // What could be read is shown, and the place where it stops.
            let id = files.add(path, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let message = format!("`{path}` cannot be read: here it is not UTF-8");
            diagnostics.push(Diagnostic::new(Code::SB108, Span::new(id, at, at), message).help(help));
            None
        }
        Err(problem) => {
            let id = files.add(path, "");
            let message = format!("`{path}` cannot be read: {problem}");
            diagnostics.push(Diagnostic::new(Code::SB108, Span::start_of(id), message).help(help));
            None
        }
    }
}

/// Reads a text file's bytes.
pub fn read_text_bytes(full: &Path) -> Result<Vec<u8>, String> {
    read_bytes(full, MAX_TEXT)
}

/// Measures a file of any size, piece by piece.
pub fn digest(full: &Path) -> Result<Digest, String> {
    let mut file = fs::File::open(full).map_err(|error| error.to_string())?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        let length = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.to_string()),
        };
        hash.update(buffer.get(..length).unwrap_or_default());
        bytes += length as u64;
    }
    Ok(Digest { sha256: format!("{:x}", hash.finalize()), bytes })
}

/// Reads a file that is passed on as it is.
pub fn read_asset(full: &Path, path: &str, place: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Arc<[u8]>> {
    match read_bytes(full, u64::MAX) {
        Ok(bytes) => Some(bytes.into()),
        Err(problem) => {
            diagnostics.push(unreadable(place, path, &problem));
            None
        }
    }
}

fn read_bytes(full: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let size = fs::metadata(full).map_err(|error| error.to_string())?.len();
    if size > limit {
        return Err(format!("it is larger than {} MB", limit / 1024 / 1024));
    }
    fs::read(full).map_err(|error| error.to_string())
}

fn unreadable(place: FileId, path: &str, problem: &str) -> Diagnostic {
    Diagnostic::new(Code::SB108, Span::start_of(place), format!("`{path}` cannot be read: {problem}"))
        .help("replace it by an ordinary file, or move it out of the site")
}
