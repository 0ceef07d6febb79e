//! RIS, as databases write it.

use super::traded::traded;
use sourcebook::exchange::Format;

pub fn run(bytes: &[u8]) {
    traded(Format::Ris, bytes);
}
