//! Where pages lie in an edition, and how one links to another. Links are relative, so a site works below any address and from a disk.

use super::edition::OutPath;
use crate::book::catalogue::{FOLDER, address};
use crate::book::navigation::{PEOPLE, SEARCH, TIMELINE, folder_of, relative, resolve_path};
use crate::ids::{Lang, PageId, SourceId, ThemeId};
use std::fmt::Write;

/// How links to a folder's page are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// `../gaza/`: what every static host serves without a redirect.
    #[default]
    Folders,
    /// `../gaza/index.html`: what a disk needs.
    Files,
}

/// The folder of the theme's and the site's static files.
pub const STATIC: &str = "static";

/// Where a page lies. `None` only for an address that could not be written, which [`PageId`] and [`Lang`] do not allow.
pub fn of_page(lang: &Lang, id: &PageId) -> Option<OutPath> {
    OutPath::parse(&format!("{}index.html", folder_of(lang, id)))
}

/// Where the who's who lies.
pub fn of_people(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{PEOPLE}/index.html"))
}

/// Where the page lies on which one searches.
pub fn of_search(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{SEARCH}/index.html"))
}

/// Where the page of a source lies, in an edition in which each has one.
pub fn of_source(lang: &Lang, id: &SourceId) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{FOLDER}/{}/index.html", address(id)))
}

/// Where a part of the timeline lies, from 0: of all events, or of those of a theme.
pub fn of_timeline(lang: &Lang, theme: Option<&ThemeId>, part: usize) -> Option<OutPath> {
    let theme = theme.map(|theme| format!("{theme}/")).unwrap_or_default();
    OutPath::parse(&format!("{lang}/{TIMELINE}/{theme}{}index.html", of_part(part)))
}

/// The folder of a part, from 0, of what runs over several pages.
pub(super) fn of_part(part: usize) -> String {
    if part == 0 { String::new() } else { format!("page/{}/", part + 1) }
}

/// The link from one file to another.
pub fn link(profile: Profile, from: &OutPath, to: &OutPath, anchor: Option<&str>) -> String {
    let mut link = relative(from.as_str(), to.as_str());
    if profile == Profile::Folders
        && let Some(folder) =
            link.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))
    {
        link.truncate(folder.len());
        if link.is_empty() {
            link.push_str("./");
        }
    }
    match anchor {
        Some(anchor) if from == to => to_place("", anchor),
        Some(anchor) => to_place(&link, anchor),
        None => link,
    }
}

/// The link to a place on a page to which `link` leads from another.
pub fn to_place(link: &str, anchor: &str) -> String {
    [link, "#", &encode_fragment(anchor)].concat()
}

/// The path that a relative one in the file `from` means; `None` when it leaves the edition.
pub fn resolve(from: &OutPath, path: &str) -> Option<String> {
    resolve_path(from.as_str(), path)
}

/// The link from a file to the folder of static files, with `/` at its end.
pub fn to_static(from: &OutPath) -> String {
    format!("{}{STATIC}/", "../".repeat(from.as_str().matches('/').count()))
}

/// The absolute address of a file.
pub fn absolute(base_url: &str, to: &OutPath) -> String {
    let path = to.as_str();
    format!("{base_url}{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// Fills the places `{name}` of an address; what is put there means nothing in an address.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = template.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{name}}}"), &encode(value, |c| c.is_ascii_alphanumeric()));
    }
    filled
}

/// Letters of any script stay as they are in a fragment; what would end it or hide in it does not.
fn encode_fragment(anchor: &str) -> String {
    encode(anchor, |c| c.is_alphanumeric() || c == ':')
}

/// Escapes what is no such letter, and none of the signs that mean nothing anywhere in an address.
fn encode(text: &str, stays: fn(char) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        if stays(c) || matches!(c, '-' | '_' | '.' | '~') {
            encoded.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lang: &str, id: &str) -> OutPath {
        of_page(&Lang::parse(lang).unwrap(), &PageId::parse(id).unwrap()).unwrap()
    }

    #[test]
    fn links_are_relative_in_both_profiles() {
        let cases = [
            ("en", "actors/hamas", "en", "war", None, "../../war/", "../../war/index.html"),
            ("en", "actors/hamas", "en", "actors", None, "../", "../index.html"),
            ("en", "", "he", "", None, "../he/", "../he/index.html"),
            ("en", "war", "en", "war", None, "./", "index.html"),
            ("en", "war", "en", "war", Some("תולדות"), "#תולדות", "#תולדות"),
            ("en", "war", "ar", "war", Some("a b"), "../../ar/war/#a%20b", "../../ar/war/index.html#a%20b"),
        ];
        for (from_lang, from, to_lang, to, anchor, hosted, offline) in cases {
            let (from, to) = (page(from_lang, from), page(to_lang, to));
            assert_eq!(link(Profile::Folders, &from, &to, anchor), hosted);
            assert_eq!(link(Profile::Files, &from, &to, anchor), offline);
        }
    }

    #[test]
    fn static_files_are_found_from_any_depth() {
        assert_eq!(to_static(&page("en", "actors/hamas")), "../../../static/");
        assert_eq!(to_static(&OutPath::parse("index.html").unwrap()), "static/");
    }

    #[test]
    fn what_is_put_into_an_address_means_nothing_there() {
        let values = [("title", "7 October & “סיכום” {url}"), ("url", "https://example.org/a b/?x=1&y#z")];
        assert_eq!(
            fill("mailto:a@example.org?subject={title}&body={url}", &values),
            "mailto:a@example.org?subject=7%20October%20%26%20%E2%80%9C%D7%A1%D7%99%D7%9B%D7%95%D7%9D%E2%80%9D%20%7Burl%7D&body=https%3A%2F%2Fexample.org%2Fa%20b%2F%3Fx%3D1%26y%23z"
        );
        assert_eq!(fill("https://example.org/report", &values), "https://example.org/report");
    }
}
