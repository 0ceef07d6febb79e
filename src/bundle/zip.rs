//! A zip: names in order, one date for all, one mode for all, so that the same edition gives the same bytes.
//!
//! Files are packed each by itself, in parallel, and put together in order. Uses its sister modules, `date`, `manifest` and `site::edition`.

use super::{BundleError, Seal};
use crate::date::Day;
use crate::manifest::{self, Manifest};
use crate::site::edition::Edition;
use ::zip::result::ZipError;
use ::zip::write::{PreparedZipFile, SimpleFileOptions};
use ::zip::{CompressionMethod, DateTime, System, ZipWriter};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Cursor;

impl From<ZipError> for BundleError {
    fn from(error: ZipError) -> Self {
        Self::Packing(error.to_string())
    }
}

/// Packs an edition, or what an update brings of it, and the manifest with its seal into a folder `top`.
pub(super) fn pack(
    edition: &Edition,
    manifest: &Manifest,
    top: &str,
    seal: Option<Seal<'_>>,
) -> Result<Vec<u8>, BundleError> {
    let list = manifest.to_json();
    let seal = seal.map(|seal| seal(list.as_bytes()));
    let brought: Option<BTreeSet<&str>> =
        manifest.update.as_ref().map(|update| update.brings.iter().map(String::as_str).collect());
    let files = edition
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
        .filter(|(path, _)| brought.as_ref().is_none_or(|brought| brought.contains(path)));
    let seal = seal.as_ref().map(|seal| (manifest::SEAL, seal.as_bytes()));
    let mut files: Vec<(&str, &[u8])> = files.chain([(manifest::NAME, list.as_bytes())]).chain(seal).collect();
    files.sort_unstable_by_key(|(path, _)| *path);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .unix_permissions(0o644)
        .system(System::Unix)
        .last_modified_time(edition.stamp.date.and_then(midnight).unwrap_or(DateTime::DEFAULT));
    let packed: Vec<PreparedZipFile> = files
        .into_par_iter()
        .map(|(path, bytes)| PreparedZipFile::from_data(format!("{top}/{path}"), options, bytes))
        .collect::<Result<_, _>>()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_prepared_files(packed)?;
    Ok(writer.finish()?.into_inner())
}

/// The beginning of a day as zips write it; `None` before 1980 and after 2107. It has no time zone.
pub(super) fn midnight(day: Day) -> Option<DateTime> {
    DateTime::from_date_and_time(day.year(), day.month(), day.day(), 0, 0, 0).ok()
}
