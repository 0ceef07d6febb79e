//! Compressed copies beside the files of an edition, for hosts that send such copies as they are (`[build] compress`).
//!
//! The same bytes on every machine: no clock and no name of a system goes into them. Pictures and other data that are compressed already, and
//! files so small that a copy saves nothing, have none.

use crate::site::edition::{Edition, OutPath};
use crate::workspace::config::Compression;
use brotli::enc::BrotliEncoderParams;
use flate2::GzBuilder;
use rayon::prelude::*;
use std::io::{self, Write};
use std::sync::Arc;

/// Files that are text, by the end of their names.
const TEXT: &[&str] =
    &["bib", "css", "csv", "html", "js", "json", "md", "mjs", "ris", "svg", "txt", "webmanifest", "xml", "yaml"];

/// A smaller file goes into one packet either way.
const SMALLEST: usize = 1024;

/// The last two steps make a file 3 % smaller and take ten times as long.
const BROTLI_QUALITY: i32 = 9;

/// The system that wrote a gzip file: none is named.
const NO_SYSTEM: u8 = 255;

/// Adds the copies.
pub fn compress(edition: &mut Edition, formats: &[Compression]) {
    let files: Vec<(&OutPath, &Arc<[u8]>)> = edition.iter().filter(|(path, bytes)| is_worth_it(path, bytes)).collect();
    let jobs: Vec<(&OutPath, &Arc<[u8]>, Compression)> =
        files.into_iter().flat_map(|(path, bytes)| formats.iter().map(move |format| (path, bytes, *format))).collect();
    let copies: Vec<(OutPath, Vec<u8>)> =
        jobs.into_par_iter().filter_map(|(path, bytes, format)| copy(path, bytes, format)).collect();
    for (path, bytes) in copies {
        // A site's own copy, if it has one, stays.
        edition.add(path, bytes);
    }
}

fn is_worth_it(path: &OutPath, bytes: &[u8]) -> bool {
    let kind = path.as_str().rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
    bytes.len() >= SMALLEST && kind.is_some_and(|kind| TEXT.contains(&kind.as_str()))
}

/// The copy of a file; none where it would not be smaller.
fn copy(path: &OutPath, bytes: &[u8], format: Compression) -> Option<(OutPath, Vec<u8>)> {
    let path = OutPath::parse(&format!("{path}.{}", format.name()))?;
    let copy = match format {
        Compression::Brotli => brotli(bytes),
        Compression::Gzip => gzip(bytes),
    };
    // Writing to memory does not fail; if it did, a host would send the file itself.
    copy.ok().filter(|copy| copy.len() < bytes.len()).map(|copy| (path, copy))
}

fn brotli(mut bytes: &[u8]) -> io::Result<Vec<u8>> {
    let parameters =
        BrotliEncoderParams { quality: BROTLI_QUALITY, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut copy = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut copy, &parameters)?;
    Ok(copy)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer =
        GzBuilder::new().mtime(0).operating_system(NO_SYSTEM).write(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    const BOTH: &[Compression] = &[Compression::Brotli, Compression::Gzip];

    fn edition(files: &[(&str, &[u8])]) -> Edition {
        let mut edition = Edition::default();
        for (path, bytes) in files {
            assert!(edition.add(OutPath::parse(path).unwrap(), *bytes));
        }
        edition
    }

    #[test]
    fn a_copy_gives_back_the_file() {
        let page = "<p>رقم שלום 15 people</p>\n".repeat(400);
        let mut whole = edition(&[("en/index.html", page.as_bytes())]);
        compress(&mut whole, BOTH);
        let mut text = String::new();
        flate2::read::GzDecoder::new(&whole.get("en/index.html.gz").unwrap()[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, page);
        let mut bytes = Vec::new();
        brotli::BrotliDecompress(&mut &whole.get("en/index.html.br").unwrap()[..], &mut bytes).unwrap();
        assert_eq!(bytes, page.as_bytes());
    }

    #[test]
    fn a_copy_says_nothing_of_day_and_machine() {
        let copy = gzip(&[b'a'; 2000]).unwrap();
        assert_eq!(copy[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
    }

    #[test]
    fn what_a_copy_does_not_help_has_none() {
        let text = [b' '; SMALLEST];
        let files: &[(&str, &[u8])] = &[
            ("a.txt", &text),
            ("small.txt", &text[1..]),
            ("picture.png", &text),
            ("_headers", &text),
            ("own.css", &text),
            ("own.css.gz", b"mine"),
        ];
        let mut whole = edition(files);
        compress(&mut whole, &[Compression::Gzip]);
        let paths: Vec<&str> = whole.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["_headers", "a.txt", "a.txt.gz", "own.css", "own.css.gz", "picture.png", "small.txt"]);
        assert_eq!(&whole.get("own.css.gz").unwrap()[..], b"mine");
    }
}
