//! A page of the volume → a chapter: the same words in the same order, with everything open that the site folds, and nothing that does
//! something there alone.

use super::super::pages::{self, Element, Space, Syntax, escape};
use super::{STYLE_PATH, notes};
use crate::site::edition::{Edition, OutPath};
use crate::site::volume::{Leaf, Volume};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Attributes that mean nothing in a book: for scripts, for the keyboard, for networks.
const LEFT_OUT: [&str; 8] =
    ["tabindex", "rel", "target", "download", "focusable", "aria-current", "loading", "decoding"];

/// A page as a part of the book.
#[derive(Debug)]
pub(super) struct Chapter {
    /// What the package document calls it.
    pub name: String,
    /// Its path in the book.
    pub path: String,
    /// The page that it was made from.
    pub source: OutPath,
    /// What it is called.
    pub title: String,
    /// 0 for what stands beside the home page, 1 for the pages of a section, and so on.
    pub level: usize,
    /// Whether it goes on with the chapter before it, and has no title of its own.
    pub continues: bool,
    /// The language of its text.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// What it is to the book.
    pub matter: Matter,
    /// Whether there is a drawing in it.
    pub drawn: bool,
    /// The ids of its elements.
    pub ids: BTreeSet<String>,
    /// The pictures that it shows.
    pub pictures: BTreeSet<OutPath>,
    /// What is in it.
    pub body: Element,
}

/// What a chapter is to the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// A part of what the book tells.
    Text,
    /// The list of all sources.
    Sources,
    /// What its terms mean.
    Glossary,
}

impl Matter {
    fn of(main: &Element) -> Self {
        let mut has_terms = false;
        main.each(&mut |element| has_terms |= element.is("section") && element.has_class("terms"));
        match (main.has_class("library"), has_terms) {
            (true, _) => Self::Sources,
            (_, true) => Self::Glossary,
            _ => Self::Text,
        }
    }

    /// The kind of part as reading programs know it, and as those know it who read aloud.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("chapter", "doc-chapter"),
            Self::Sources => ("bibliography", "doc-bibliography"),
            Self::Glossary => ("glossary", "doc-glossary"),
        }
    }
}

/// Makes a chapter of a page; its links lead nowhere yet.
pub(super) fn read(edition: &Edition, leaf: &Leaf, index: usize) -> Option<Chapter> {
    let page = pages::read(edition, leaf)?;
    let matter = Matter::of(&page.main);
    let mut body = page.main;
    open(&mut body);
    notes::mark(&mut body);
    let (kind, role) = matter.kind();
    let mut section = Element::new("section").with("epub:type", kind).with("role", role);
    section.attributes.extend(body.get("class").map(|class| ("class".to_owned(), class.to_owned())));
    section.children = body.children;
    let mut ids = BTreeSet::new();
    let mut drawn = false;
    section.each(&mut |element| {
        ids.extend(element.get("id").map(str::to_owned));
        drawn |= element.space == Space::Svg;
    });
    let name = format!("page-{:03}", index + 1);
    Some(Chapter {
        path: format!("{name}.xhtml"),
        name,
        source: leaf.path.clone(),
        title: leaf.title.clone(),
        level: leaf.level,
        continues: leaf.continues,
        lang: page.lang,
        dir: page.dir,
        matter,
        drawn,
        ids,
        pictures: BTreeSet::new(),
        body: section,
    })
}

/// Opens what is folded, and takes away what only a page of the site has a use for.
fn open(main: &mut Element) {
    // The margin repeats, for wide screens, what the entries say.
    main.retain(&mut |element| !element.has_class("margin"));
    let mut seen = BTreeSet::new();
    main.change(&mut |element| {
        if element.is("table")
            && element.has_class("comparison")
            && let Some(unfolded) = pages::unfold(element)
        {
            *element = unfolded;
        }
        match element.name.as_str() {
            // Some programs hide what stands aside, until it is asked for.
            "details" | "aside" if element.space == Space::Html => "div".clone_into(&mut element.name),
            "summary" if element.space == Space::Html => {
                "p".clone_into(&mut element.name);
                let class = [element.get("class").unwrap_or_default(), "unfolded"].join(" ");
                element.set("class", class.trim());
            }
            _ => {}
        }
        element.attributes.retain(|(name, _)| !LEFT_OUT.contains(&name.as_str()) && !name.starts_with("data-"));
        // Two elements with one id are an error to XML, whatever a theme has written.
        if element.get("id").is_some_and(|id| !seen.insert(id.to_owned())) {
            element.take("id");
        }
    });
}

impl Chapter {
    /// The file of the chapter.
    pub(super) fn write(&self) -> String {
        document(&self.lang, &self.dir, &self.title, &pages::write(&self.body, Syntax::Xhtml))
    }
}

/// The first page: what this is, how old it is, and where the site itself is.
pub(super) fn title_page(volume: &Volume) -> String {
    let mut body = "<section epub:type=\"titlepage\" class=\"title-page\">\n".to_owned();
    let mut line = |name: &str, class: &str, html: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(body, "<{name} class=\"{class}\">{html}</{name}>");
    };
    line("h1", "title", &escape(&volume.title));
    if let Some(description) = &volume.description {
        line("p", "description", &escape(description));
    }
    if let Some(about) = &volume.about_html {
        line("p", "about", about);
    }
    body.push_str("</section>");
    document(volume.lang.as_str(), volume.dir, &volume.title, &body)
}

/// A file of XHTML; `body` is ready.
pub(super) fn document(lang: &str, dir: &str, title: &str, body: &str) -> String {
    let (lang, title) = (escape(lang), escape(title));
    let dir = if dir == "rtl" { "rtl" } else { "ltr" };
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"{dir}\">\n\
         <head>\n\
         <meta charset=\"utf-8\"/>\n\
         <title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"{STYLE_PATH}\"/>\n\
         </head>\n\
         <body>\n\
         {body}\n\
         </body>\n\
         </html>\n"
    )
}
