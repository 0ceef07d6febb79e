//! The package document: what the book is called, in which language and direction it runs, what is in it and in which order.
//!
//! It claims nothing that the edition does not say: no author, no publisher, no conformance that nobody has tested. Uses `ids` and `xml`.

use super::chapter::Chapter;
use super::{COVER_PATH, STYLE_PATH, TITLE_PATH, XHTML, navigation};
use crate::ids::urn;
use crate::site::edition::{OutPath, Stamp};
use crate::site::volume::Volume;
use crate::xml::Xml;

/// Where the document lies in the book.
pub(super) const PATH: &str = "package.opf";

/// The day of a book whose content names none: the first that a zip can tell.
const NO_DAY: &str = "1980-01-01";

/// What holds of every book: all of it can be read as text, and nothing in it moves or sounds.
const ACCESS: &[(&str, &str)] = &[
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "displayTransformability"),
    ("schema:accessibilityFeature", "ARIA"),
    ("schema:accessibilityFeature", "unlocked"),
    ("schema:accessibilityHazard", "none"),
];

/// What holds where there are drawings or pictures; no site is published with one that has no description.
const ACCESS_TO_PICTURES: &[(&str, &str)] = &[
    ("schema:accessMode", "visual"),
    ("schema:accessModeSufficient", "textual,visual"),
    ("schema:accessibilityFeature", "alternativeText"),
];

/// No attributes.
const NONE: &[(&str, &str)] = &[];

/// A file of the edition that goes into the book as it is.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    /// Its file in the edition.
    pub source: OutPath,
    /// Its path in the book.
    pub path: String,
    /// What kind of file it is.
    pub media_type: &'static str,
}

/// What the package document tells of.
pub(super) struct Package<'a> {
    /// What the book was made from.
    pub volume: &'a Volume,
    /// When, and of what.
    pub stamp: &'a Stamp,
    /// Its pages.
    pub chapters: &'a [Chapter],
    /// What they show.
    pub pictures: &'a [Picture],
    /// Whether it has a cover.
    pub has_cover: bool,
}

impl Package<'_> {
    /// A name that no other book has, nor an older one of the same site: made from all that the book was made of.
    pub(super) fn identifier(&self) -> String {
        urn(&format!("{} {}", self.stamp.inputs, self.volume.lang.as_str()))
    }

    /// Writes the document.
    pub(super) fn write(&self) -> String {
        let mut xml = Xml::document();
        xml.open(
            "package",
            &[
                ("xmlns", "http://www.idpf.org/2007/opf"),
                ("version", "3.0"),
                ("unique-identifier", "id"),
                ("xml:lang", self.volume.lang.as_str()),
                ("dir", self.volume.dir),
            ],
        );
        self.metadata(&mut xml);
        self.manifest(&mut xml);
        xml.open("spine", &[("toc", "ncx"), ("page-progression-direction", self.volume.dir)]);
        for name in ["title-page", "nav"].into_iter().chain(self.chapters.iter().map(|chapter| chapter.name.as_str())) {
            xml.empty("itemref", &[("idref", name)]);
        }
        xml.close("spine").close("package");
        xml.into_file()
    }

    fn metadata(&self, xml: &mut Xml) {
        let day = self.stamp.date.map(|day| day.to_string());
        xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
        xml.element("dc:identifier", &[("id", "id")], &self.identifier());
        xml.element("dc:title", NONE, &self.volume.title);
        xml.element("dc:language", NONE, self.volume.lang.as_str());
        if let Some(description) = &self.volume.description {
            xml.element("dc:description", NONE, description);
        }
        if let Some(day) = &day {
            xml.element("dc:date", NONE, day);
        }
        let mut meta = |property: &str, text: &str| {
            xml.element("meta", &[("property", property)], text);
        };
        meta("dcterms:modified", &format!("{}T00:00:00Z", day.as_deref().unwrap_or(NO_DAY)));
        let has_pictures = !self.pictures.is_empty() || self.chapters.iter().any(|chapter| chapter.drawn);
        for (property, text) in ACCESS.iter().chain(ACCESS_TO_PICTURES.iter().filter(|_| has_pictures)) {
            meta(property, text);
        }
        if let Some(summary) = self.volume.words.get("book_accessibility") {
            meta("schema:accessibilitySummary", summary);
        }
        if self.has_cover {
            // As EPUB 2 has it: older shelves look nowhere else.
            xml.empty("meta", &[("name", "cover"), ("content", "cover")]);
        }
        xml.close("metadata");
    }

    fn manifest(&self, xml: &mut Xml) {
        xml.open("manifest", NONE);
        let mut item = |id: &str, path: &str, media_type: &str, properties: Option<&str>| {
            let mut attributes = vec![("id", id), ("href", path), ("media-type", media_type)];
            attributes.extend(properties.map(|properties| ("properties", properties)));
            xml.empty("item", &attributes);
        };
        item("nav", navigation::PATH, XHTML, Some("nav"));
        item("ncx", navigation::NCX_PATH, "application/x-dtbncx+xml", None);
        item("style", STYLE_PATH, "text/css", None);
        if self.has_cover {
            item("cover", COVER_PATH, "image/png", Some("cover-image"));
        }
        item("title-page", TITLE_PATH, XHTML, None);
        for chapter in self.chapters {
            item(&chapter.name, &chapter.path, XHTML, chapter.drawn.then_some("svg"));
        }
        for (number, picture) in self.pictures.iter().enumerate() {
            item(&format!("picture-{}", number + 1), &picture.path, picture.media_type, None);
        }
        xml.close("manifest");
    }
}
