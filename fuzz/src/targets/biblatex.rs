//! BibLaTeX, as reference managers write it.

use super::traded::traded;
use sourcebook::exchange::Format;

pub fn run(bytes: &[u8]) {
    traded(Format::Biblatex, bytes);
}
