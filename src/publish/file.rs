//! One file instead of a folder: a report, an export. Uses its sister modules only.

use super::error::PublishError;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file in one step. A file that is there is replaced only when `ours` recognises it as an older one of the same kind.
pub fn write(path: &Path, bytes: &[u8], ours: impl FnOnce(&[u8]) -> bool) -> Result<(), PublishError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Err(PublishError::NotAFile(path.to_path_buf())),
        Ok(_) => {
            let old = fs::read(path).map_err(PublishError::io("read", path))?;
            if !old.is_empty() && old != bytes && !ours(&old) {
                return Err(PublishError::ForeignFile(path.to_path_buf()));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(PublishError::io("write", path)(error)),
    }
    let Some(name) = path.file_name() else { return Err(PublishError::NotAFile(path.to_path_buf())) };
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(PublishError::io("make the folder", parent))?;
    }
    let mut stage = OsString::from(".");
    stage.push(name);
    stage.push(".sourcebook-stage");
    let stage = path.with_file_name(stage);
    let written = fill(&stage, bytes).and_then(|()| fs::rename(&stage, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&stage);
        PublishError::io("write", path)(error)
    })
}

fn fill(stage: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a killed run left there, or a link that somebody laid: it is taken away, and never written through.
    let _ = fs::remove_file(stage);
    let mut file = File::create_new(stage)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_older_one_of_its_kind_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/report.csv");
        let ours = |bytes: &[u8]| bytes.starts_with(b"id,");
        write(&path, b"id,1", ours).unwrap();
        write(&path, b"id,2", ours).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"id,2");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "a stage was left");
        fs::write(&path, "notes").unwrap();
        assert!(matches!(write(&path, b"id,3", ours), Err(PublishError::ForeignFile(_))));
        assert_eq!(fs::read(&path).unwrap(), b"notes");
        assert!(matches!(write(folder.path(), b"id,3", ours), Err(PublishError::NotAFile(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "kept").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        std::os::unix::fs::symlink(&target, folder.path().join(".new.sourcebook-stage")).unwrap();
        write(&folder.path().join("new"), b"x", |_| true).unwrap();
        assert!(matches!(write(&link, b"x", |_| true), Err(PublishError::NotAFile(_))));
        assert_eq!(fs::read(&target).unwrap(), b"kept");
    }
}
