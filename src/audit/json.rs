//! The ledger as JSON: one array, a line a statement. Programs read it whole, people compare two of them line by line.

use super::Entry;

/// Writes statements in the order given.
pub fn render(entries: &[Entry]) -> String {
    let lines: Vec<String> = entries
        .iter()
        // Strings and numbers always serialise.
        .map(|entry| serde_json::to_string(entry).unwrap_or_default())
        .collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// Whether a file is one that [`render`] wrote.
pub fn is_ours(bytes: &[u8]) -> bool {
    bytes == b"[]\n" || bytes.starts_with(b"[\n{\"id\":\"")
}
