//! The scripts and the page that the preview adds to a site, by their addresses. They run in the editor's browser and are part of no built site.

/// Below it lies everything that is the preview's own; no site has such a folder.
pub(super) const FOLDER: &str = "/__sourcebook/";

/// The script in every page.
pub(super) const SCRIPT_PATH: &str = "/__sourcebook/live.js";

/// The page that shows a text in several languages.
pub(super) const BESIDE_PATH: &str = "/__sourcebook/beside";

/// That page.
pub(super) const BESIDE: &str = include_str!("beside.html");

/// What that page may load: itself, and pages of the site in frames.
pub(super) const BESIDE_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SCRIPTS: &[(&str, &str)] = &[
    ("live.js", include_str!("live.js")),
    ("swap.js", include_str!("swap.js")),
    ("desk.js", include_str!("desk.js")),
    ("marks.js", include_str!("marks.js")),
    ("beside.js", include_str!("beside.js")),
];

/// The script at an address.
pub(super) fn script(address: &str) -> Option<&'static str> {
    let name = address.strip_prefix(FOLDER)?;
    SCRIPTS.iter().find(|(known, _)| *known == name).map(|(_, script)| *script)
}
