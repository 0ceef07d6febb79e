//! Walks the folders of a site and reads its files. The only code that reads the disk.
//!
//! Symbolic links are not followed: nothing outside the root can reach the site. Order never depends on the file system. Names that some computer
//! cannot keep are told of by `portable`, and those that editors make on the way are passed over (`byproduct`).

use super::byproduct::is_byproduct;
use super::portable;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Files, Span};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;
use std::sync::Arc;
use walkdir::WalkDir;

/// Text files larger than this are refused, whatever they are.
pub const MAX_TEXT: u64 = 64 << 20;

/// So many files may lie in a folder and those below it.
const MAX_FILES: usize = 500_000;

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

/// Why a pipe, a device or a folder is not read.
const NO_FILE: &str = "it is no ordinary file";

/// Why a file is not read, before its limit.
const TOO_LARGE: &str = "it is larger than";

/// Why a link is not read.
const LINK: &str = "it is a symbolic link, and links are not followed";

/// All regular files below a folder, by path. Byproducts of editors are passed over. What else cannot be a file of the site is passed over with a diagnostic at its
/// own place: links, pipes and devices, and names that some computer cannot keep.
pub fn walk(root: &Path, folder: &str, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
    walk_to(MAX_FILES, root, folder, files, diagnostics)
}

fn walk_to(most: usize, root: &Path, folder: &str, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
    match folder_at(root, folder) {
        Ok(true) => {}
        Ok(false) => return Vec::new(),
        Err(problem) => {
            diagnostics.push(unreadable(files, folder, &problem));
            return Vec::new();
        }
    }
    let base = root.join(folder);
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let entries = WalkDir::new(&base)
        .follow_links(false)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_byproduct(&entry.file_name().to_string_lossy()));
    for entry in entries {
        if found.len() >= most {
            let problem = format!("it has more than {most} files");
            diagnostics.push(unreadable(files, folder, &problem).help("take out what is no part of the site"));
            return Vec::new();
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().and_then(|path| path.strip_prefix(&base).ok()).unwrap_or(Path::new(""));
                let problem = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                problems.push((path.to_string_lossy().into_owned(), problem));
                continue;
            }
        };
        let relative = entry.path().strip_prefix(&base).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else {
            problems.push((relative.to_string_lossy().into_owned(), "its name is not Unicode".to_owned()));
            continue;
        };
        let path = parts.join("/");
        if entry.file_type().is_symlink() {
            problems.push((path, LINK.to_owned()));
        } else if entry.file_type().is_file() {
            found.push(Found { path, full: entry.into_path() });
        } else if !entry.file_type().is_dir() {
            problems.push((path, "it is neither a file nor a folder".to_owned()));
        }
    }
    problems.sort();
    for (path, problem) in problems {
        let path = if path.is_empty() { folder.to_owned() } else { format!("{folder}/{path}") };
        diagnostics.push(unreadable(files, &path, &problem));
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    portable::sift(folder, found, files, diagnostics)
}

/// Whether there is a folder of that path below the root, and no link on the way.
fn folder_at(root: &Path, folder: &str) -> Result<bool, String> {
    let mut here = root.to_path_buf();
    for part in folder.split('/') {
        here.push(part);
        match fs::symlink_metadata(&here) {
            Ok(found) if found.is_symlink() => return Err(LINK.to_owned()),
            Ok(found) if !found.is_dir() => return Err("it is no folder".to_owned()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok(true)
}

/// Why a path below the root names no file that may be read; `None` where it does. Links are not followed.
pub fn obstacle(root: &Path, path: &str) -> Option<&'static str> {
    let mut here = root.to_path_buf();
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|part| matches!(*part, "" | "." | "..")) || path.contains(['\\', ':', '\0']) {
        return Some("it does not lie in the site's folder");
    }
    if parts.iter().any(|part| portable::fault(part).is_some()) {
        return Some("it has a name that some computers cannot keep");
    }
    for part in parts {
        here.push(part);
        match fs::symlink_metadata(&here) {
            Ok(found) if found.is_symlink() => return Some(LINK),
            Ok(_) => {}
            Err(_) => return Some("there is no such file"),
        }
    }
    if here.is_file() { None } else { Some("it is no file") }
}

/// Reads a text file into `files`; `None` (with a diagnostic) when it is no text.
pub fn read_text(full: &Path, path: &str, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<FileId> {
    add_text(read_text_bytes(full, MAX_TEXT).map(String::from_utf8), path, files, diagnostics)
}

/// Reads a text file at the root that a site need not have.
pub fn read_text_if_any(
    root: &Path,
    name: &str,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    let full = root.join(name);
    fs::symlink_metadata(&full).ok()?;
    read_text(&full, name, files, diagnostics)
}

/// What was read of a file, and whether it is text.
pub type Decoded = Result<Result<String, FromUtf8Error>, String>;

/// Adds what was read as text; split from reading so that many files can be read at once.
pub fn add_text(read: Decoded, path: &str, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<FileId> {
    match read {
        Ok(Ok(text)) => Some(files.add(path, text)),
        Ok(Err(error)) => {
            let at = error.utf8_error().valid_up_to();
            // What could be read is shown, and the place where it stops.
            let id = files.add(path, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let message = format!("`{path}` cannot be read: here it is not UTF-8");
            diagnostics
                .push(Diagnostic::new(Code::SB108, Span::new(id, at, at), message).help("save the file as UTF-8 text"));
            None
        }
        Err(problem) => {
            diagnostics.push(unreadable(files, path, &problem));
            None
        }
    }
}

/// Reads the bytes of a text file of the site, where they are no more than `limit`.
pub fn read_text_bytes(full: &Path, limit: u64) -> Result<Vec<u8>, String> {
    read_to_end(open(full)?, limit)
}

/// Reads the bytes of a text that somebody names on the command line: it may be a pipe, and lie behind a link.
pub fn read_named_bytes(path: &Path) -> Result<Vec<u8>, String> {
    read_to_end(File::open(path).map_err(|error| error.to_string())?, MAX_TEXT)
}

/// Measures a file of any size, piece by piece.
pub fn digest(full: &Path) -> Result<Digest, String> {
    let mut file = open(full)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        let length = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.to_string()),
        };
        hash.update(buffer.get(..length).unwrap_or_default());
        bytes += length as u64;
    }
    Ok(Digest { sha256: format!("{:x}", hash.finalize()), bytes })
}

/// Reads a file that is passed on as it is.
pub fn read_asset(full: &Path) -> Result<Arc<[u8]>, String> {
    read_to_end(open(full)?, u64::MAX).map(Arc::from)
}

/// Opens an ordinary file. Since its folder was walked, something else may have taken its place: no link is followed, and no pipe is waited for.
fn open(full: &Path) -> Result<File, String> {
    let file = open_as_it_is(full)?;
    match file.metadata() {
        Ok(found) if found.is_file() => Ok(file),
        Ok(_) => Err(NO_FILE.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(unix)]
fn open_as_it_is(full: &Path) -> Result<File, String> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
    OpenOptions::new().read(true).custom_flags(flags).open(full).map_err(|error| match fs::symlink_metadata(full) {
        Ok(found) if found.is_symlink() => LINK.to_owned(),
        Ok(found) if !found.is_file() => NO_FILE.to_owned(),
        _ => error.to_string(),
    })
}

#[cfg(not(unix))]
fn open_as_it_is(full: &Path) -> Result<File, String> {
    match fs::symlink_metadata(full) {
        Ok(found) if found.is_symlink() => Err(LINK.to_owned()),
        Ok(found) if !found.is_file() => Err(NO_FILE.to_owned()),
        Ok(_) => OpenOptions::new().read(true).open(full).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

/// Why a file is not read that has more bytes than such a file may have.
pub fn too_large(limit: u64) -> String {
    format!("{TOO_LARGE} {} MB", limit >> 20)
}

/// All of a file that is no larger than a limit, also where it grows meanwhile.
fn read_to_end(file: File, limit: u64) -> Result<Vec<u8>, String> {
    let too_large = || self::too_large(limit);
    let size = file.metadata().map_err(|error| error.to_string())?.len();
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error: io::Error| error.to_string())?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

/// That a file cannot be read, at the file itself.
pub fn unreadable(files: &mut Files, path: &str, problem: &str) -> Diagnostic {
    let place = Span::start_of(files.add(path, ""));
    unreadable_at(place, path, problem)
}

/// The same where the file is named.
pub fn unreadable_at(place: Span, path: &str, problem: &str) -> Diagnostic {
    let help = if problem.starts_with(TOO_LARGE) {
        "divide it into several files"
    } else {
        "replace it by an ordinary file, or move it out of the site"
    };
    Diagnostic::new(Code::SB108, place, format!("`{path}` cannot be read: {problem}")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_end_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            fs::create_dir_all(folder.path().join("content")).unwrap();
            fs::write(folder.path().join("content").join(name), "").unwrap();
        }
        let walk = |most| {
            let (mut files, mut diagnostics) = (Files::default(), Vec::new());
            let found = walk_to(most, folder.path(), "content", &mut files, &mut diagnostics).len();
            (found, diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect::<Vec<_>>())
        };
        assert_eq!(walk(4), (3, Vec::new()));
        assert_eq!(walk(2), (0, vec!["`content` cannot be read: it has more than 2 files".to_owned()]));
    }
}
