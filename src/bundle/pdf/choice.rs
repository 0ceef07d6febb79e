//! Which pages are printed.

use crate::bundle::BundleError;
use crate::site::edition::{Edition, OutPath};
use crate::site::volume::{Leaf, Volume};

/// Says which of the names is that of no page.
pub(in crate::bundle) fn check(edition: &Edition, names: &[String]) -> Result<(), BundleError> {
    let mut known: Vec<String> = Vec::new();
    for volume in &edition.volumes {
        let own = volume.leaves.iter().filter(|leaf| !leaf.continues).map(|leaf| name_of(volume, &leaf.path));
        known.extend(own.filter(|name| !known.contains(name)).collect::<Vec<_>>());
    }
    match names.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(BundleError::NoPage { name: name.clone(), known }),
        None => Ok(()),
    }
}

/// The volume with the pages that are asked for, each with those below it; without names, all but the lists that gather what is in the others.
/// `None` where that is no page.
pub(super) fn choose(volume: &Volume, names: &[String]) -> Option<Volume> {
    let mut chosen = volume.clone();
    chosen.leaves.retain(|leaf| match names {
        [] => !leaf.gathers,
        names => names.iter().any(|name| is_below(volume, leaf, name)),
    });
    (!chosen.leaves.is_empty()).then_some(chosen)
}

/// What the part of a site is called that is printed, where it is not all.
pub(super) fn name(names: &[String]) -> Option<String> {
    let last = |name: &String| name.rsplit('/').next().unwrap_or(name).to_owned();
    (!names.is_empty()).then(|| names.iter().map(last).collect::<Vec<_>>().join("-"))
}

fn is_below(volume: &Volume, leaf: &Leaf, name: &str) -> bool {
    let own = name_of(volume, &leaf.path);
    own == name || own.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
}

/// `humanitarian/food` of `he/humanitarian/food/index.html`.
fn name_of(volume: &Volume, path: &OutPath) -> String {
    let path = path.as_str();
    let below = path.strip_prefix(volume.lang.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
    below.strip_suffix("/index.html").or_else(|| below.strip_suffix(".html")).unwrap_or(below).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Lang;
    use std::collections::BTreeMap;

    const HOME: &str = "index";

    fn volume(lang: &str, pages: &[&str]) -> Volume {
        let leaf = |page: &&str| Leaf {
            path: OutPath::parse(&format!("{lang}/{page}index.html")).unwrap(),
            title: String::new(),
            level: 0,
            continues: page.contains("/page/"),
            gathers: page.starts_with("sources/"),
        };
        Volume {
            lang: Lang::parse(lang).unwrap(),
            dir: "ltr",
            zero: '0',
            title: String::new(),
            description: None,
            about_html: None,
            live_url: None,
            words: BTreeMap::new(),
            search_found: String::new(),
            leaves: pages.iter().map(leaf).collect(),
        }
    }

    fn chosen(names: &[&str]) -> Option<Vec<String>> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let volume = volume("en", &["", "war/", "war/a/", "warning/", "sources/", "sources/page/2/"]);
        let chosen = choose(&volume, &names)?;
        Some(chosen.leaves.iter().map(|leaf| name_of(&chosen, &leaf.path)).collect())
    }

    #[test]
    fn a_page_brings_those_below_it() {
        let cases: [(&[&str], Option<&[&str]>); 6] = [
            (&[], Some(&[HOME, "war", "war/a", "warning"])),
            (&["war"], Some(&["war", "war/a"])),
            (&["war/a", HOME], Some(&[HOME, "war/a"])),
            (&["sources"], Some(&["sources", "sources/page/2"])),
            (&["warn"], None),
            (&[""], None),
        ];
        for (names, expected) in cases {
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            assert_eq!(chosen(names), expected, "{names:?}");
        }
    }

    #[test]
    fn a_name_that_no_language_has_is_refused_with_those_that_there_are() {
        let mut edition = Edition::default();
        edition.volumes = vec![volume("en", &["", "war/"]), volume("he", &["", "law/", "sources/page/2/"])];
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(check(&edition, &names(&["law", "war", HOME])).is_ok());
        let Err(BundleError::NoPage { name, known }) = check(&edition, &names(&["law", "wars"])) else { panic!() };
        assert_eq!((name.as_str(), known), ("wars", names(&[HOME, "war", "law"])));
    }

    #[test]
    fn a_part_is_called_after_its_pages() {
        assert_eq!(name(&[]), None);
        assert_eq!(name(&["war/a".to_owned(), "law".to_owned()]).as_deref(), Some("a-law"));
    }
}
