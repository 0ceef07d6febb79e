//! The table of contents, and where the parts of the book begin that readers look for. Twice: as EPUB 3 has it, and as the NCX of EPUB 2, which
//! older devices read alone.

use super::super::pages::escape;
use super::TITLE_PATH;
use super::chapter::{self, Chapter, Matter};
use crate::site::volume::Volume;
use crate::xml::Xml;
use std::fmt::Write;
use std::iter::Peekable;

/// Where the table lies in the book.
pub(super) const PATH: &str = "nav.xhtml";

/// Where the table of EPUB 2 lies.
pub(super) const NCX_PATH: &str = "toc.ncx";

/// What the tables tell.
pub(super) struct Navigation<'a> {
    /// What the book was made from.
    pub volume: &'a Volume,
    /// Its pages.
    pub chapters: &'a [Chapter],
}

/// A chapter with those that are below it.
struct Branch<'a> {
    chapter: &'a Chapter,
    below: Vec<Self>,
}

impl Navigation<'_> {
    /// Writes the table of contents and the landmarks.
    pub(super) fn write(&self) -> String {
        let title = self.volume.words.get("table_of_contents").map_or("", String::as_str);
        let mut body = format!("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>{}</h1>\n", escape(title));
        self.write_list(&self.branches(), &mut body);
        body.push_str("</nav>\n<nav epub:type=\"landmarks\" hidden=\"\">\n<ol>\n");
        for (kind, path, title) in self.landmarks(title) {
            // Writing to a string cannot fail.
            let _ = writeln!(body, "<li><a epub:type=\"{kind}\" href=\"{}\">{}</a></li>", escape(path), escape(title));
        }
        body.push_str("</ol>\n</nav>");
        chapter::document(self.volume.lang.as_str(), self.volume.dir, title, &body)
    }

    /// Writes the table of EPUB 2. `identifier` is the book's own.
    pub(super) fn write_ncx(&self, identifier: &str) -> String {
        const NONE: &[(&str, &str)] = &[];
        let mut xml = Xml::document();
        xml.open(
            "ncx",
            &[
                ("xmlns", "http://www.daisy.org/z3986/2005/ncx/"),
                ("version", "2005-1"),
                ("xml:lang", self.volume.lang.as_str()),
                ("dir", self.volume.dir),
            ],
        );
        xml.open("head", NONE).empty("meta", &[("name", "dtb:uid"), ("content", identifier)]).close("head");
        xml.open("docTitle", NONE).element("text", NONE, &self.volume.title).close("docTitle");
        xml.open("navMap", NONE);
        write_points(&self.branches(), &mut xml);
        xml.close("navMap").close("ncx");
        xml.into_file()
    }

    fn branches(&self) -> Vec<Branch<'_>> {
        branches(&mut self.chapters.iter().filter(|chapter| !chapter.continues).peekable(), 0)
    }

    fn write_list(&self, branches: &[Branch<'_>], out: &mut String) {
        out.push_str("<ol>\n");
        for Branch { chapter, below } in branches {
            let own = if chapter.lang == self.volume.lang.as_str() {
                String::new()
            } else {
                format!(" lang=\"{}\" dir=\"{}\"", escape(&chapter.lang), escape(&chapter.dir))
            };
            let _ = write!(out, "<li><a href=\"{}\"{own}>{}</a>", chapter.path, escape(&chapter.title));
            if !below.is_empty() {
                out.push('\n');
                self.write_list(below, out);
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n");
    }

    /// The kind, the path and the title of what readers look for.
    fn landmarks<'b>(&'b self, contents: &'b str) -> Vec<(&'static str, &'b str, &'b str)> {
        let first = |matter: Matter| self.chapters.iter().find(move |chapter| chapter.matter == matter);
        let kinds = [(Matter::Text, "bodymatter"), (Matter::Glossary, "glossary"), (Matter::Sources, "bibliography")];
        let chapters = kinds.iter().filter_map(|(matter, kind)| {
            let chapter = first(*matter)?;
            Some((*kind, chapter.path.as_str(), chapter.title.as_str()))
        });
        [("titlepage", TITLE_PATH, self.volume.title.as_str()), ("toc", "#toc", contents)]
            .into_iter()
            .chain(chapters)
            .collect()
    }
}

/// Takes chapters from `level` on, each with what is deeper than it.
fn branches<'a>(chapters: &mut Peekable<impl Iterator<Item = &'a Chapter>>, level: usize) -> Vec<Branch<'a>> {
    let mut found = Vec::new();
    while let Some(chapter) = chapters.next_if(|chapter| chapter.level >= level) {
        found.push(Branch { chapter, below: branches(chapters, chapter.level + 1) });
    }
    found
}

fn write_points(branches: &[Branch<'_>], xml: &mut Xml) {
    const NONE: &[(&str, &str)] = &[];
    for Branch { chapter, below } in branches {
        xml.open("navPoint", &[("id", &chapter.name)]);
        xml.open("navLabel", NONE).element("text", NONE, &chapter.title).close("navLabel");
        xml.empty("content", &[("src", &chapter.path)]);
        write_points(below, xml);
        xml.close("navPoint");
    }
}
