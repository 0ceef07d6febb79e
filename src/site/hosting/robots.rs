//! `robots.txt`: everybody may read everything, and where the list of pages is.

use super::sitemap::SITEMAP;

/// The file. Crawlers read it at the root of a host only.
pub(super) fn file(base: Option<&str>) -> String {
    let pages = base.map(|base| format!("\nSitemap: {base}{SITEMAP}\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{pages}")
}
