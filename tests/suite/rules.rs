//! Rules about sources that one example cannot show: what is never published, what stays quiet, in which languages.

use crate::support::Site;

/// A record with a kept copy, and its text.
const COPY: &str = "copied:\n  type: pamphlet\n  lang: en\n  title: A leaflet\n  snapshot: {path: snapshots/leaflet.pdf, text-path: snapshots/leaflet.txt}\n  quotes: [{id: q1, exact: kept words}]\n  checked: stored-page\n";

#[test]
fn kept_copies_are_held_against_their_records_and_never_published() {
    let site = Site::base();
    site.put("content/sources/copies.yaml", COPY)
        .put("content/snapshots/leaflet.pdf", b"%PDF\xff\x00 kept words")
        .put("content/snapshots/leaflet.txt", "Only kept words.\n")
        .put("content/en/documents/declaration.md", "---\ntitle: D\n---\nKept words [@copied#q1].\n");
    let built = site.build();
    for (path, bytes) in &built.files {
        assert!(!path.contains("snapshot"), "{path}");
        assert!(!bytes.windows(15).any(|window| window == b"Only kept words"), "{path}");
    }
}
