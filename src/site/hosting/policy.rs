//! What a page may load and be loaded into: its Content-Security-Policy, in one place for the pages, the headers and the preview.

/// What every page says of itself, since not every host can be told: nothing but files of the site's own, nothing inline.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/// What only a host can say: browsers heed it in a header alone.
const ONLY_IN_HEADER: &str = "frame-ancestors 'none'";

/// The same for a preview, which shows pages side by side.
pub fn in_frames_of_its_own() -> String {
    format!("{POLICY}; frame-ancestors 'self'")
}

/// The policy as a header.
pub fn header() -> String {
    format!("{POLICY}; {ONLY_IN_HEADER}")
}
