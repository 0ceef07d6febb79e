//! What hosts, search engines and browsers are told of a site besides its pages: files with names that others have fixed.
//!
//! 1. [`counterparts`] says in which languages a page exists and where readers of all others go; pages and sitemap ask the same.
//! 2. [`sitemap`] lists the pages, [`robots`] says where that list is.
//! 3. [`policy`] is what a page may load, as the pages themselves and [`headers`] say it.
//! 4. [`redirects`] are the old addresses, for hosts that answer for them.
//! 5. [`manifest`] is what a telephone is told when the site is put among its programs.
//! 6. [`compress`] adds compressed copies, for hosts that send them.
//!
//! All of it follows from the book: no clock, and nothing that an editor wrote but addresses, which cannot hold a line break.

pub mod compress;
pub(super) mod counterparts;
mod headers;
mod manifest;
pub mod policy;
mod redirects;
mod robots;
mod sitemap;

use super::address::Profile;
use super::edition::OutPath;
use super::gathering::Put;
use super::renderer::{Job, Renderer};
use crate::ids::Lang;
pub(super) use manifest::{Icon, icons};

/// The files of a site that is hosted. A copy for a disk needs none.
pub(super) fn files(renderer: &Renderer<'_>, jobs: &[(usize, Job<'_>)], icons: &[Icon], put: Put<'_>) {
    if renderer.options.profile == Profile::Files {
        return;
    }
    let base = renderer.book.config.base_url.as_deref();
    let mut files = vec![
        ("_headers".to_owned(), headers::file(renderer.book)),
        ("_redirects".to_owned(), redirects::file(base, &renderer.moved())),
        ("robots.txt".to_owned(), robots::file(base)),
    ];
    let languages = renderer.book.languages.iter();
    files.extend(languages.map(|language| (manifest::path(&language.lang), manifest::file(language, icons))));
    if let Some(base) = base {
        files.extend(sitemap::files(base, &renderer.listed(jobs)));
    }
    for (path, text) in files {
        if let Some(path) = OutPath::parse(&path) {
            put(path, text);
        }
    }
}

/// Where the manifest of a language lies.
pub(super) fn manifest_path(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&manifest::path(lang))
}

/// The path of a site on its host, from `/` to `/`.
pub(super) fn path_of(base: &str) -> &str {
    let after = base.split_once("://").map_or(base, |(_, rest)| rest);
    after.find('/').and_then(|at| after.get(at..)).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn a_site_may_lie_below_a_path() {
        assert_eq!(path_of("https://example.org/"), "/");
        assert_eq!(path_of("https://example.org:8080/some/path/"), "/some/path/");
    }
}
