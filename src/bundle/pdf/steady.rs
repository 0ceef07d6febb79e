//! The same document gives the same file: what a printer writes into it of its own clock becomes the day up to which the content tells.
//!
//! A PDF counts its bytes, so nothing in it may become longer or shorter.

use super::CREATOR;
use crate::date::Day;

/// What every PDF begins with.
const START: &[u8] = b"%PDF-";

/// The dates of a PDF, as it names them.
const DATES: [&[u8]; 2] = [b"/CreationDate (D:", b"/ModDate (D:"];

/// The day of a file whose content names none: as in books.
const NO_DAY: &str = "1980-01-01";

/// The file with the content's own date in place of the printer's.
pub(super) fn with_date(mut bytes: Vec<u8>, date: Option<Day>) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(START) {
        return Err("what was printed is no PDF".to_owned());
    }
    let day = date.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
    // `20261120000000+00'00'`: year to second, and how far from Greenwich.
    let stamp: Vec<u8> = day.bytes().filter(u8::is_ascii_digit).chain(*b"000000+00'00'").collect();
    for key in DATES {
        let mut from = 0;
        while let Some(at) = find(&bytes, key, from) {
            from = at + key.len();
            let written = bytes.get_mut(from..).unwrap_or_default();
            let length = written.iter().take_while(|byte| **byte != b')').count();
            let digits = written.iter_mut().take(length).zip(stamp.iter().copied().chain(std::iter::repeat(b' ')));
            digits.for_each(|(old, new)| *old = new);
        }
    }
    Ok(bytes)
}

/// Whether a file is one that was made here.
pub(in crate::bundle) fn recognises(bytes: &[u8]) -> bool {
    let program = CREATOR.split_inclusive('/').next().unwrap_or(CREATOR);
    bytes.starts_with(START) && find(bytes, format!("/Creator ({program}").as_bytes(), 0).is_some()
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let at = bytes.get(from..)?.windows(wanted.len()).position(|window| window == wanted)?;
    Some(from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "%PDF-1.4\n1 0 obj\n<</Creator (Sourcebook/0.1.0)\n/Producer (Skia/PDF m148)\n/CreationDate (D:20261126073411+01'00')\n\
                           /ModDate (D:20261126073411+01'00')>>\nendobj\nxref\n%%EOF\n";

    #[test]
    fn the_date_is_the_contents_own_and_no_byte_moves() {
        let day = Day::parse("2026-11-20");
        assert!(day.is_some());
        for (date, expected) in [(day, "20261120000000+00'00'"), (None, "19800101000000+00'00'")] {
            let steady = String::from_utf8(with_date(PRINTED.into(), date).unwrap()).unwrap();
            assert_eq!(steady, PRINTED.replace("20261126073411+01'00'", expected));
        }
        let short = "%PDF-1.4 /CreationDate (D:2026) /ModDate (D:";
        let steady = String::from_utf8(with_date(short.into(), None).unwrap()).unwrap();
        assert_eq!(steady, short.replace("2026", "1980"));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert_eq!(with_date(b"<html>".to_vec(), None).unwrap_err(), "what was printed is no PDF");
    }

    #[test]
    fn our_own_files_are_known_again() {
        assert!(recognises(PRINTED.as_bytes()));
        assert!(recognises(PRINTED.replace("0.1.0", "9.8").as_bytes()));
        assert!(!recognises(PRINTED.replace("Sourcebook", "Chromium").as_bytes()));
        assert!(!recognises(b"/Creator (Sourcebook/0.1.0)"));
    }
}
