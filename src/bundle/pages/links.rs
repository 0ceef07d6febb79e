//! Where the links of a page lead.

use crate::site::address;
use crate::site::edition::{Edition, OutPath};
use crate::site::volume::Volume;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bundle) enum Target {
    /// To a page of the same volume, and there to an element.
    Leaf {
        /// Which page.
        index: usize,
        /// The `id` of the element, as it is written there.
        fragment: Option<String>,
    },
    /// To another file of the edition: a picture, a page that the volume leaves out.
    File(OutPath),
    /// To an address elsewhere.
    Elsewhere(String),
    /// Nowhere: the edition has no such file.
    Nowhere,
}

/// Says where a link leads that stands on the page `from`.
pub(in crate::bundle) fn target(edition: &Edition, volume: &Volume, from: &OutPath, href: &str) -> Target {
    if let Some(scheme) = scheme_of(href) {
        let opens = ["http", "https", "mailto", "tel", "data"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return if opens { Target::Elsewhere(href.to_owned()) } else { Target::Nowhere };
    }
    let Some(path) = resolve(from, href) else { return Target::Nowhere };
    match volume.leaves.iter().position(|leaf| leaf.path == path) {
        Some(index) => {
            let fragment = href.split_once('#').map(|(_, fragment)| decode(fragment));
            Target::Leaf { index, fragment: fragment.filter(|fragment| !fragment.is_empty()) }
        }
        None if edition.get(path.as_str()).is_some() => Target::File(path),
        None => Target::Nowhere,
    }
}

/// The file that a relative link means, whether or not there is one. A link to a folder means its `index.html`.
pub(super) fn resolve(from: &OutPath, href: &str) -> Option<OutPath> {
    let path = href.split(['#', '?']).next().unwrap_or_default();
    if scheme_of(href).is_some() || path.starts_with('/') {
        return None;
    }
    if path.is_empty() {
        return Some(from.clone());
    }
    let mut file = address::resolve(from, path)?;
    if path.ends_with('/') || path.ends_with("..") || path == "." {
        file.push_str(if file.is_empty() { "index.html" } else { "/index.html" });
    }
    OutPath::parse(&file)
}

/// `https` of `https://…`; a path has none.
fn scheme_of(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let ok = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    ok.then_some(scheme)
}

/// A fragment with its percent signs read: `%D7%90` is `א`. What is no text stays as it stands.
fn decode(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.split_at_checked(2).filter(|_| *first == b'%');
        let byte = digits.and_then(|(digits, after)| {
            let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
            Some((u8::from_str_radix(digits, 16).ok()?, after))
        });
        let (byte, after) = byte.unwrap_or((*first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Lang;
    use crate::site::volume::Leaf;
    use std::collections::BTreeMap;

    fn path(text: &str) -> OutPath {
        OutPath::parse(text).unwrap()
    }

    fn volume(leaves: &[&str]) -> Volume {
        let leaf =
            |text: &&str| Leaf { path: path(text), title: String::new(), level: 0, continues: false, gathers: false };
        Volume {
            lang: Lang::parse("en").unwrap(),
            dir: "ltr",
            zero: '0',
            title: String::new(),
            description: None,
            about_html: None,
            live_url: None,
            words: BTreeMap::new(),
            search_found: String::new(),
            leaves: leaves.iter().map(leaf).collect(),
        }
    }

    #[test]
    fn every_link_leads_where_it_says() {
        let mut edition = Edition::default();
        for file in ["en/index.html", "en/war/a/index.html", "en/search/index.html", "static/a.svg"] {
            edition.add(path(file), b"".as_slice());
        }
        let volume = volume(&["en/index.html", "en/war/a/index.html"]);
        let leaf = |index, fragment: &str| Target::Leaf {
            index,
            fragment: Some(fragment).filter(|fragment| !fragment.is_empty()).map(str::to_owned),
        };
        let cases = [
            ("#c-1", leaf(1, "c-1")),
            ("", leaf(1, "")),
            ("index.html#%D7%90", leaf(1, "א")),
            ("#100%", leaf(1, "100%")),
            ("../../index.html?choose", leaf(0, "")),
            ("../../", leaf(0, "")),
            ("../..", leaf(0, "")),
            ("../../search/index.html", Target::File(path("en/search/index.html"))),
            ("../../../static/a.svg#x", Target::File(path("static/a.svg"))),
            ("../../../../a", Target::Nowhere),
            ("/en/index.html", Target::Nowhere),
            ("//example.org/a", Target::Nowhere),
            ("missing.html", Target::Nowhere),
            ("https://example.org/a#b", Target::Elsewhere("https://example.org/a#b".to_owned())),
            ("MAILTO:a@example.org", Target::Elsewhere("MAILTO:a@example.org".to_owned())),
            ("javascript:alert(1)", Target::Nowhere),
        ];
        for (href, expected) in cases {
            assert_eq!(target(&edition, &volume, &path("en/war/a/index.html"), href), expected, "{href}");
        }
    }
}
