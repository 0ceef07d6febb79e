//! What a page may load and be loaded into: its Content-Security-Policy, in one place for the pages, the headers and the preview.
//!
//! The web editor is the one page that may do more, and what it may do concerns no other.

use crate::workspace::config::{Backend, Editor};
use url::Url;

/// What every page says of itself, since not every host can be told: nothing but files of the site's own, nothing inline.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/// What only a host can say: browsers heed it in a header alone.
const ONLY_IN_HEADER: &str = "frame-ancestors 'none'";

/// The folder of the web editor.
pub const EDITOR: &str = "admin";

/// The same for a preview, which shows pages side by side.
pub fn in_frames_of_its_own() -> String {
    format!("{POLICY}; frame-ancestors 'self'")
}

/// The policy as a header.
pub fn header() -> String {
    format!("{POLICY}; {ONLY_IN_HEADER}")
}

/// What the web editor says of itself: scripts of the site's own; the styles that they make; the repository's host, and pictures of those who sign in there.
pub fn of_editor(editor: &Editor) -> String {
    let api = editor.api_url.as_deref().unwrap_or_else(|| editor.backend.api());
    let host = Url::parse(api).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization());
    let people = match (editor.backend, &editor.api_url) {
        (Backend::GitHub, None) => "https://avatars.githubusercontent.com",
        _ => host.as_str(),
    };
    format!(
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data: blob: {people}; font-src 'self'; connect-src 'self' data: {host}; base-uri 'none'; form-action 'none'"
    )
}

/// The editor's policy as a header.
pub fn header_of_editor(editor: &Editor) -> String {
    format!("{}; {ONLY_IN_HEADER}", of_editor(editor))
}

/// Whether an address is the editor's, which says itself what it may load.
pub fn is_of_editor(address: &str) -> bool {
    address.strip_prefix('/').and_then(|path| path.strip_prefix(EDITOR)).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::is_of_editor;

    #[test]
    fn the_editor_is_one_folder() {
        assert!(is_of_editor("/admin/") && is_of_editor("/admin/config.yml"));
        for other in ["/", "/admin", "/administration/", "/en/admin/", "admin/"] {
            assert!(!is_of_editor(other), "{other}");
        }
    }
}
