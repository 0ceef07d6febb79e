//! What a page says at one time, as a short mark: as long as the mark is the same, so are its words and its numbers, whatever the clock says.

use super::present::shown_on;
use super::{Book, Version};
use sha2::{Digest as _, Sha256};
use std::fmt::Write;

/// So many bytes of the digest are shown.
const BYTES: usize = 4;

impl Book {
    /// Eight hexadecimal digits over the passages of a page and the numbers that it shows.
    pub fn state_of(&self, version: &Version) -> String {
        let mut said = String::new();
        // Writing to a string cannot fail.
        for hash in version.hashes() {
            let _ = writeln!(said, "{hash}");
        }
        for id in shown_on(self, version) {
            if let Some(figure) = self.library.figure_by_id(id) {
                let _ = writeln!(said, "{id} {} {:?} {}", figure.value, figure.range, figure.when);
            }
            for point in self.library.series(id).into_iter().flat_map(|series| &series.points) {
                let _ = writeln!(said, "{id} {} {:?} {}", point.value, point.range, point.date);
            }
        }
        let mut mark = String::new();
        for byte in Sha256::digest(said).iter().take(BYTES) {
            let _ = write!(mark, "{byte:02x}");
        }
        mark
    }
}
