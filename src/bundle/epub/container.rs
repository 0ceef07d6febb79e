//! The container: a zip whose first file says, unpacked, what it is, and whose second says where the book begins.
//!
//! One date for all files, from the edition. Uses `bundle::zip` for it, and `site::edition`.

use super::super::BundleError;
use super::super::zip::midnight;
use super::package;
use crate::site::edition::Stamp;
use ::zip::write::{PreparedZipFile, SimpleFileOptions};
use ::zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};
use rayon::prelude::*;
use std::io::{Cursor, Read};

/// The folder of the book within the container.
const FOLDER: &str = "EPUB";

/// Says where the package document is.
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

/// Packs the files of a book in the order in which they come.
pub(super) fn pack(members: Vec<Member>, stamp: &Stamp) -> Result<Vec<u8>, BundleError> {
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .unix_permissions(0o644)
        .system(System::Unix)
        .last_modified_time(stamp.date.and_then(midnight).unwrap_or(DateTime::DEFAULT));
    // Programs that look at the first bytes alone know the file by this one, so nothing may be done to it.
    let stored = packed.compression_method(CompressionMethod::Stored).compression_level(None);
    let mut files = vec![
        PreparedZipFile::from_data("mimetype", stored, b"application/epub+zip")?,
        PreparedZipFile::from_data("META-INF/container.xml", packed, CONTAINER.as_bytes())?,
    ];
    let book: Vec<PreparedZipFile> = members
        .into_par_iter()
        .map(|Member { path, bytes }| PreparedZipFile::from_data(format!("{FOLDER}/{path}"), packed, &bytes))
        .collect::<Result<_, _>>()?;
    files.extend(book);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_prepared_files(files)?;
    Ok(writer.finish()?.into_inner())
}

/// Whether these are the bytes of a book that Sourcebook made.
pub(in crate::bundle) fn recognises(bytes: &[u8]) -> bool {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Ok(package) = zip.by_name(&format!("{FOLDER}/{}", package::PATH)) else { return false };
    let mut text = String::new();
    let read = package.take(package::LONGEST).read_to_string(&mut text);
    read.is_ok() && package::is_ours(&text)
}
