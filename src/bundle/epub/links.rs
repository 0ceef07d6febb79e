//! Where the links of a chapter lead: to the place in another chapter, to an address elsewhere, or, where the book does not have it, to the site
//! itself. What leads nowhere becomes plain words.

use super::super::pages::{Element, Node, Target, target};
use super::chapter::Chapter;
use super::package::Picture;
use crate::media;
use crate::site::edition::{Edition, OutPath};
use crate::site::volume::Volume;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of pictures that every reading program shows.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/svg+xml"];

/// The places of a book.
pub(super) struct Links<'a> {
    edition: &'a Edition,
    volume: &'a Volume,
    /// The path and the ids of each chapter, by the number of its leaf.
    places: BTreeMap<usize, (String, BTreeSet<String>)>,
}

impl<'a> Links<'a> {
    /// The places of these chapters.
    pub(super) fn new(edition: &'a Edition, volume: &'a Volume, chapters: &BTreeMap<usize, Chapter>) -> Self {
        let place = |(index, chapter): (&usize, &Chapter)| (*index, (chapter.path.clone(), chapter.ids.clone()));
        Self { edition, volume, places: chapters.iter().map(place).collect() }
    }

    /// Leads every link of a chapter where it is meant to lead.
    pub(super) fn lead(&self, chapter: &mut Chapter) {
        let from = (chapter.source.clone(), chapter.path.clone());
        chapter.body.retain(&mut |element| !self.is_only_a_dead_link(element, &from));
        let mut pictures = BTreeSet::new();
        chapter.body.change(&mut |element| {
            if element.is("a") {
                self.lead_link(element, &from);
            } else if element.is("img") {
                pictures.extend(self.take_picture(element, &from.0));
            }
        });
        chapter.pictures = pictures;
    }

    fn lead_link(&self, link: &mut Element, from: &(OutPath, String)) {
        let Some(href) = link.take("href") else { return };
        match self.address(&href, from) {
            Some(address) => link.set("href", &address),
            None => {
                "span".clone_into(&mut link.name);
                link.attributes.retain(|(name, _)| matches!(name.as_str(), "class" | "id" | "lang" | "dir"));
            }
        }
    }

    /// What is written into the book for an address.
    fn address(&self, href: &str, (source, path): &(OutPath, String)) -> Option<String> {
        match target(self.edition, self.volume, source, href) {
            Target::Leaf { index, fragment } => {
                let (to, ids) = self.places.get(&index)?;
                let fragment = fragment.filter(|fragment| ids.contains(fragment)).map(|fragment| encode(&fragment));
                match (to == path, fragment) {
                    (true, None) => None,
                    (true, Some(fragment)) => Some(format!("#{fragment}")),
                    (false, None) => Some(to.clone()),
                    (false, Some(fragment)) => Some(format!("{to}#{fragment}")),
                }
            }
            Target::Elsewhere(address) => address_elsewhere(&address),
            Target::File(file) => self.volume.live(&file),
            Target::Nowhere => None,
        }
    }

    /// An entry of a list or a line that was nothing but a link, to what is not there.
    fn is_only_a_dead_link(&self, element: &Element, from: &(OutPath, String)) -> bool {
        let mut said = element.children.iter().filter(|child| match child {
            Node::Text(text) => !text.trim().is_empty(),
            Node::Element(_) => true,
        });
        let link = said.next().and_then(Node::as_element).filter(|link| link.is("a"));
        (element.is("li") || element.is("p"))
            && said.next().is_none()
            && link.and_then(|link| link.get("href")).is_some_and(|href| self.address(href, from).is_none())
    }

    /// Leads a picture to its file in the book. One that not every program can show is told in words.
    fn take_picture(&self, picture: &mut Element, source: &OutPath) -> Option<OutPath> {
        let src = picture.take("src").unwrap_or_default();
        let alt = picture.take("alt").unwrap_or_default();
        match target(self.edition, self.volume, source, &src) {
            Target::File(file) if media_type(&file).is_some() => {
                picture.set("src", &path_of(&file));
                picture.set("alt", &alt);
                Some(file)
            }
            _ => {
                *picture = Element::new("span").with("class", "alt").holding(alt.as_str());
                None
            }
        }
    }
}

/// The pictures that the chapters show, each once.
pub(super) fn pictures(chapters: &[Chapter]) -> Vec<Picture> {
    let all: BTreeSet<&OutPath> = chapters.iter().flat_map(|chapter| &chapter.pictures).collect();
    let picture = |source: &OutPath| {
        Some(Picture { source: source.clone(), path: path_of(source), media_type: media_type(source)? })
    };
    all.into_iter().filter_map(picture).collect()
}

fn path_of(picture: &OutPath) -> String {
    format!("pictures/{picture}")
}

fn media_type(path: &OutPath) -> Option<&'static str> {
    Some(media::of(path.as_str())).filter(|kind| PICTURES.contains(kind))
}

/// An address that a reading program can open.
fn address_elsewhere(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto" | "tel").then(|| address.to_owned())
}

/// A fragment as it stands in an address: letters of every script are, blanks and percent signs are not.
fn encode(fragment: &str) -> String {
    fragment.replace('%', "%25").replace(' ', "%20")
}
