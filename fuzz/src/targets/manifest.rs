//! The list of what a copy holds, and what is said of a copy: lists of fingerprints beside it, too. No stranger's letters move the cursor.

use super::told::text;
use sourcebook::manifest::{Entry, Manifest};
use sourcebook::verify::{Copy, Seen, compare, sums, words};

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let _ = (sums::parse(&text), sums::look_up(&text, "copy.zip", &"0".repeat(64)));
    let Some(manifest) = Manifest::parse(bytes) else { return };
    assert_eq!(Manifest::parse(manifest.to_json().as_bytes()).as_ref(), Some(&manifest));
    // A copy with every second file changed, and one that nobody listed.
    let found = |(index, entry): (usize, &Entry)| {
        let sha256 = if index % 2 == 0 { entry.sha256.clone() } else { "0".repeat(64) };
        (entry.path.clone(), Seen::Read { size: entry.size, sha256 })
    };
    let mut copy = Copy {
        seen: manifest.files.iter().enumerate().map(found).chain([("\u{202e}new\n".to_owned(), Seen::Large)]).collect(),
        manifest,
        list: bytes.to_vec(),
        seal: None,
        is_packed: false,
    };
    tell(&copy);
    copy.is_packed = true;
    tell(&copy);
}

/// What is said of a copy.
pub fn tell(copy: &Copy) {
    let report = compare(copy);
    let told = words::tell(&report, &copy.manifest);
    assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "{told:?} moves the cursor");
    let _ = copy.manifest.bytes();
}
