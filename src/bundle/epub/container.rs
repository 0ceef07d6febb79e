//! The container: a zip whose first file says, unpacked, what it is, and whose second says where the book begins.
//!
//! One date for all files, from the edition. Uses `bundle::zip` for it, `bundle::archive`, `manifest` and `site::edition`.

use super::super::BundleError;
use super::super::archive::Archive;
use super::super::zip::midnight;
use super::package;
use crate::manifest::Manifest;
use crate::site::edition::{Edition, OutPath, Stamp};
use ::zip::write::{PreparedZipFile, SimpleFileOptions};
use ::zip::{CompressionMethod, DateTime, System, ZipWriter};
use rayon::prelude::*;
use std::io::Cursor;

/// The folder of the book within the container.
const FOLDER: &str = "EPUB";

/// The file that says what kind of zip this is.
const MIMETYPE_PATH: &str = "mimetype";
const MIMETYPE: &[u8] = b"application/epub+zip";

/// Where the list of all files is: beside the book, because it is no part of it.
const MANIFEST_PATH: &str = "META-INF/manifest.json";

/// Says where the package document is.
const CONTAINER_PATH: &str = "META-INF/container.xml";
const CONTAINER: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"#;

/// A file of the book.
#[derive(Debug)]
pub(super) struct Member {
    /// Its path below the folder of the book.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Member {
    /// A file.
    pub(super) fn new(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.to_owned(), bytes: bytes.into() }
    }
}

/// Packs the files of a book in the order in which they come, with a list by which it can be proved that they are whole.
pub(super) fn pack(members: Vec<Member>, stamp: &Stamp) -> Result<Vec<u8>, BundleError> {
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .unix_permissions(0o644)
        .system(System::Unix)
        .last_modified_time(stamp.date.and_then(midnight).unwrap_or(DateTime::DEFAULT));
    // Programs that look at the first bytes alone know the file by this one, so nothing may be done to it.
    let stored = packed.compression_method(CompressionMethod::Stored).compression_level(None);
    let mut files = vec![Member::new(CONTAINER_PATH, CONTAINER)];
    files.extend(members.into_iter().map(|member| Member { path: format!("{FOLDER}/{}", member.path), ..member }));
    let manifest = manifest(&files, stamp);
    files.insert(1, Member::new(MANIFEST_PATH, manifest.to_json()));
    let book: Vec<PreparedZipFile> = files
        .into_par_iter()
        .map(|Member { path, bytes }| PreparedZipFile::from_data(path, packed, &bytes))
        .collect::<Result<_, _>>()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_prepared_files([PreparedZipFile::from_data(MIMETYPE_PATH, stored, MIMETYPE)?])?;
    writer.add_prepared_files(book)?;
    Ok(writer.finish()?.into_inner())
}

/// The list of all files but itself.
fn manifest(files: &[Member], stamp: &Stamp) -> Manifest {
    let mut listed = Edition::new(stamp.clone());
    let all = files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice()));
    for (path, bytes) in all.chain([(MIMETYPE_PATH, MIMETYPE)]) {
        if let Some(path) = OutPath::parse(path) {
            listed.add(path, bytes);
        }
    }
    Manifest::of(&listed)
}

/// Whether these are the bytes of a book that Sourcebook made.
pub(in crate::bundle) fn recognises(bytes: &[u8]) -> bool {
    let package = format!("{FOLDER}/{}", package::PATH);
    Archive::open(Cursor::new(bytes)).is_ok_and(|archive| archive.paths().any(|path| path == package))
}
