//! What pages are called, and which of them a reader is shown who types the beginning of a title.
//!
//! A page of a volume has the title that the volume gives it. The rest (search, lists by kind and year, single sources) are called what their
//! heads say, without the name of the site, which would stand behind every suggestion. Of pages with one title in one language, such as the
//! parts of a long list, only the first is suggested; one that only leads elsewhere is not. Uses `media` and `site::edition`.

use crate::media;
use crate::site::edition::Edition;
use rayon::prelude::*;
use scraper::Html;
use std::collections::{BTreeMap, BTreeSet};

/// What a page is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// Its title.
    pub text: String,
    /// Whether it is suggested.
    pub suggested: bool,
}

/// The titles of all pages, by path.
pub(super) fn of(edition: &Edition) -> BTreeMap<&str, Title> {
    let pages: Vec<(&str, &[u8])> = edition
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
        .filter(|(path, _)| media::of(path) == "text/html")
        .collect();
    let mut heads: BTreeMap<&str, Head> =
        pages.into_par_iter().map(|(path, bytes)| (path, Head::read(bytes))).collect();
    let mut titles = BTreeMap::new();
    let mut known: BTreeSet<(Option<&str>, String)> = BTreeSet::new();
    let mut add = |path, lang, text: String, leads_elsewhere: bool| {
        let suggested = !leads_elsewhere && !text.is_empty() && known.insert((lang, text.clone()));
        titles.insert(path, Title { text, suggested });
    };
    for volume in &edition.volumes {
        for leaf in &volume.leaves {
            let path = leaf.path.as_str();
            if let Some((path, head)) = heads.remove_entry(path) {
                add(path, Some(volume.lang.as_str()), plain(&leaf.title), head.leads_elsewhere);
            }
        }
    }
    for (path, head) in heads {
        let folder = path.split('/').next();
        let volume = edition.volumes.iter().find(|volume| folder == Some(volume.lang.as_str()));
        let text = match volume {
            Some(volume) => without_site(&head.title, &plain(&volume.title)).to_owned(),
            None => head.title,
        };
        add(path, volume.and(folder), text, head.leads_elsewhere);
    }
    titles
}

/// What the head of a page says of it.
#[derive(Debug, Default)]
struct Head {
    title: String,
    leads_elsewhere: bool,
}

impl Head {
    fn read(page: &[u8]) -> Self {
        // The pictures in the body have titles, too.
        let end = page.windows(5).position(|tag| tag.eq_ignore_ascii_case(b"<body")).unwrap_or(page.len());
        let text = String::from_utf8_lossy(page.get(..end).unwrap_or(page));
        let document = Html::parse_document(&text);
        let mut head = Self::default();
        for node in document.tree.root().descendants() {
            let Some(element) = node.value().as_element() else { continue };
            match element.name() {
                "title" if head.title.is_empty() => {
                    let words: String =
                        node.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect();
                    head.title = plain(&words);
                }
                "meta" => {
                    head.leads_elsewhere |=
                        element.attr("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
                }
                _ => {}
            }
        }
        head
    }
}

/// `Hamas – The site` without the site. The home page, whose title is that of the site, keeps it.
fn without_site<'a>(title: &'a str, site: &str) -> &'a str {
    let own = title.strip_suffix(site).map(str::trim_end).and_then(|rest| rest.strip_suffix(['–', '—', '-', '|', '·']));
    own.map(str::trim_end).filter(|own| !own.is_empty()).unwrap_or(title)
}

/// A title on one line.
fn plain(title: &str) -> String {
    let words: Vec<&str> =
        title.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_heads_say() {
        let head = Head::read(
            "<!DOCTYPE html><head><title> A &amp;\nב – Site</title><META HTTP-EQUIV=Refresh content=0></head><body><svg><title>x</title></svg>".as_bytes(),
        );
        assert_eq!((head.title.as_str(), head.leads_elsewhere), ("A & ב – Site", true));
        let none = Head::read(b"\xff<body><title>x</title>");
        assert_eq!((none.title.as_str(), none.leads_elsewhere), ("", false));
    }

    #[test]
    fn the_name_of_the_site_does_not_stand_behind_every_title() {
        assert_eq!(without_site("Hamas – The site", "The site"), "Hamas");
        assert_eq!(without_site("The site", "The site"), "The site");
        assert_eq!(without_site("Beside The site", "The site"), "Beside The site");
        assert_eq!(without_site("Other", ""), "Other");
    }
}
