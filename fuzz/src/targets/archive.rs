//! A zip from a stranger: it is looked at, nothing is unpacked, and what is said of it is text.

use super::manifest::tell;
use sourcebook::verify::zip;
use std::io::Cursor;

pub fn run(bytes: &[u8]) {
    match zip::look(Cursor::new(bytes)) {
        Ok(copy) => {
            for path in copy.seen.keys() {
                assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".."), "{path} leads out");
            }
            tell(&copy);
        }
        Err(error) => {
            let told = error.to_string();
            assert!(!told.chars().any(char::is_control), "{told:?} moves the cursor");
        }
    }
}
