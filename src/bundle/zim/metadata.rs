//! What the file says of itself, in the names and lengths that openZIM wants. Uses its sister modules, `site::edition`, `site::volume`, and
//! `social::icon` to draw the icon.
//!
//! Nothing is made up: who made the site is who `book.toml` names, else the site itself; a site that names no date has none.

use super::entry::{Body, Entries, Entry, Space};
use super::languages;
use crate::site::edition::Edition;
use crate::site::volume::Volume;
use crate::social::icon::{Icon, Shape};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// The name of the entry in which a file says what made it, and the beginning of what ours say.
pub(super) const SCRAPER: (&str, &str) = ("Scraper", "Sourcebook ");

const TITLE_LIMIT: usize = 30;
const DESCRIPTION_LIMIT: usize = 80;
const LONG_DESCRIPTION_LIMIT: usize = 4000;
const ICON: &str = "static/favicon.svg";
const ICON_SIZE: u16 = 48;

/// The entries that describe the file.
pub(super) fn entries(edition: &Edition, name: &str, content: &Entries) -> Entries {
    let volumes = &edition.volumes;
    let languages = languages::of(volumes.iter().map(|volume| &volume.lang));
    let site = volumes.first().map_or(name, |volume| &volume.title);
    let authors = edition.authors.join(", ");
    let maker = if authors.is_empty() { site } else { &authors };
    let about = volumes.first().and_then(|volume| volume.description.as_deref());
    let texts = [
        ("Counter", Some(count(content))),
        ("Creator", Some(maker.to_owned())),
        ("Date", edition.stamp.date.map(|day| day.to_string())),
        ("Description", Some(about.map_or_else(|| shorten(site, DESCRIPTION_LIMIT), describe))),
        // All of the site is in it: pages, pictures, data.
        ("Flavour", Some("maxi".to_owned())),
        ("Language", Some(languages.join(","))),
        ("LongDescription", Some(describe_all(volumes)).filter(|text| !text.is_empty())),
        ("Name", Some(format!("{name}_{}", languages.join("-")))),
        ("Publisher", Some(maker.to_owned())),
        (SCRAPER.0, Some(SCRAPER.1.to_owned() + env!("CARGO_PKG_VERSION"))),
        ("Source", volumes.first().and_then(|volume| volume.live_url.clone())),
        ("Tags", Some("_ftindex:no;_pictures:yes;_videos:no;_details:yes".to_owned())),
        ("Title", Some(entitle(site))),
    ];
    let texts = texts.into_iter().filter_map(|(key, text)| Some((key, Entry::data("text/plain", text?.into_bytes()))));
    let icon = edition.get(ICON).and_then(|svg| Icon::read(svg)?.draw(ICON_SIZE, Shape::Own));
    let icon = icon.map(|png| ("Illustration_48x48@1", Entry::data("image/png", png)));
    texts.chain(icon).map(|(key, entry)| ((Space::Metadata, key.to_owned()), entry)).collect()
}

/// How many files there are of each kind.
fn count(content: &Entries) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in content.values() {
        if let Body::Data { kind, .. } = &entry.body {
            *kinds.entry(kind).or_default() += 1;
        }
    }
    kinds.into_iter().map(|(kind, count)| format!("{kind}={count}")).collect::<Vec<_>>().join(";")
}

/// The title, or what stands before its colon, or the beginning of that.
fn entitle(title: &str) -> String {
    if title.chars().count() <= TITLE_LIMIT {
        return title.to_owned();
    }
    shorten(title.split([':', '：']).next().unwrap_or(title).trim_end(), TITLE_LIMIT)
}

/// The first sentence of what the site is about, or its beginning.
fn describe(about: &str) -> String {
    if about.chars().count() <= DESCRIPTION_LIMIT {
        return about.to_owned();
    }
    shorten(about.unicode_sentences().next().unwrap_or(about).trim_end(), DESCRIPTION_LIMIT)
}

/// The title and what the site is about in every language.
fn describe_all(volumes: &[Volume]) -> String {
    let describe = |volume: &Volume| match &volume.description {
        Some(about) => format!("{}\n{about}", volume.title),
        None => volume.title.clone(),
    };
    shorten(&volumes.iter().map(describe).collect::<Vec<_>>().join("\n\n"), LONG_DESCRIPTION_LIMIT)
}

/// As many whole words as there is room for.
fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut length = 1;
    for word in text.split_word_bounds() {
        length += word.chars().count();
        if length > limit {
            break;
        }
        short.push_str(word);
    }
    short.truncate(short.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_descriptions_have_room_for_themselves() {
        assert_eq!(entitle("Declarations: a sourced one"), "Declarations: a sourced one");
        assert_eq!(entitle("The Israel–Hamas war: a sourced background"), "The Israel–Hamas war");
        assert_eq!(entitle("A title that goes on and on, and on, and on: yes"), "A title that goes on and on…");
        assert_eq!(entitle(&"x".repeat(40)), "…");
        let about = "The history, the actors and the humanitarian situation of the Israel–Hamas war. Every statement shows its source.";
        assert_eq!(describe(about), "The history, the actors and the humanitarian situation of the Israel–Hamas war.");
        assert_eq!(describe("ההיסטוריה."), "ההיסטוריה.");
        for limit in 1..60 {
            assert!(shorten(about, limit).chars().count() <= limit, "{limit}");
        }
    }
}
