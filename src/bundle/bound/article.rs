//! A page → an article among others.

use crate::base64;
use crate::bundle::pages::{self, Element, Node, Page, Space, Target, target};
use crate::media;
use crate::site::edition::{Edition, OutPath};
use crate::site::volume::{Leaf, Volume};
use std::collections::BTreeSet;

/// Attributes that name elements of the same page, one or several.
const REFERENCES: [&str; 12] = [
    "for",
    "headers",
    "list",
    "aria-labelledby",
    "aria-describedby",
    "aria-details",
    "aria-controls",
    "aria-owns",
    "aria-flowto",
    "aria-errormessage",
    "data-term",
    "data-marks",
];

/// The pages of a volume, read.
pub(in crate::bundle) struct Book<'a> {
    edition: &'a Edition,
    volume: &'a Volume,
    pages: Vec<Option<Page>>,
    /// The ids of each page, as they are written there.
    ids: Vec<BTreeSet<String>>,
}

/// A page among others.
pub(in crate::bundle) struct Article {
    /// Its number, by which its ids are told apart.
    pub index: usize,
    /// What is in it.
    pub element: Element,
    /// How many characters its text has.
    pub length: usize,
}

/// The id of an article.
pub(in crate::bundle) fn id_of(index: usize) -> String {
    format!("p{index}")
}

impl<'a> Book<'a> {
    /// Reads the pages. One that cannot be read is left out, and so are links to it.
    pub(in crate::bundle) fn read(edition: &'a Edition, volume: &'a Volume) -> Self {
        let read = |leaf: &Leaf| {
            let mut page = pages::read(edition, leaf)?;
            if leaf.continues || page_title(&page.main) == volume.title {
                behead(&mut page.main);
            }
            Some(page)
        };
        let pages: Vec<Option<Page>> = volume.leaves.iter().map(read).collect();
        let ids = pages.iter().map(|page| page.as_ref().map(|page| ids(&page.main)).unwrap_or_default()).collect();
        Self { edition, volume, pages, ids }
    }

    /// The articles, in the order of reading.
    pub(in crate::bundle) fn into_articles(mut self) -> Vec<Article> {
        let pages = std::mem::take(&mut self.pages);
        let leaves = pages.into_iter().zip(&self.volume.leaves).enumerate();
        leaves.filter_map(|(index, (page, leaf))| Some(self.article(index, page?, leaf))).collect()
    }

    fn article(&self, index: usize, page: Page, leaf: &Leaf) -> Article {
        let mut element = page.main;
        element.take("id");
        element.change(&mut |element| self.fit(element, index, &leaf.path));
        element.retain(&mut |element| !element.is("source"));
        self.name(&mut element, index, leaf);
        element.change(&mut demote);
        element.set("lang", &page.lang);
        element.set("dir", &page.dir);
        let length = element.text().chars().count();
        Article { index, element, length }
    }

    /// Makes the frame of a page that of an article, named after its title.
    fn name(&self, element: &mut Element, index: usize, leaf: &Leaf) {
        "article".clone_into(&mut element.name);
        element.take("tabindex");
        element.set("id", &id_of(index));
        let classes = element.take("class").unwrap_or_default();
        let continues = if leaf.continues { " continues" } else { "" };
        element.set("class", format!("leaf{continues} {classes}").trim_end());
        let mut title = None;
        element.change(&mut |heading| {
            if title.is_none() && heading.is("h1") {
                let id = heading.get("id").map_or_else(|| format!("{}-title", id_of(index)), str::to_owned);
                heading.set("id", &id);
                title = Some(id);
            }
        });
        let own = id_of(index);
        match &title {
            Some(id) => element.set("aria-labelledby", id),
            None => element.set("aria-label", &self.part_title(index, leaf)),
        }
        // What every page has, such as its list of sources, is called after the page, too: there are many of them now.
        for child in &mut element.children {
            if let Node::Element(inner) = child {
                inner.change(&mut |part| tell_apart(part, title.as_deref().unwrap_or(&own), &leaf.title));
            }
        }
    }

    /// What a page without a title is called: the title of those before it, and which of them it is.
    fn part_title(&self, index: usize, leaf: &Leaf) -> String {
        let before = self.volume.leaves.iter().take(index).rev();
        match before.take_while(|before| before.title == leaf.title).count() {
            0 => leaf.title.clone(),
            parts => format!("{} ({})", leaf.title, parts + 1),
        }
    }

    /// Fits one element into the file.
    fn fit(&self, element: &mut Element, index: usize, from: &OutPath) {
        let mark = |id: &str| format!("{}-{id}", id_of(index));
        for (name, value) in &mut element.attributes {
            if name == "id" {
                *value = mark(value);
            } else if REFERENCES.contains(&name.as_str()) {
                *value = value.split_ascii_whitespace().map(mark).collect::<Vec<_>>().join(" ");
            } else if value.contains("url(#") {
                *value = value.replace("url(#", &format!("url(#{}-", id_of(index)));
            }
        }
        if element.is("a") {
            self.lead(element, from);
        } else if element.space == Space::Svg
            && let Some(href) = element.take("href")
        {
            let within = href.strip_prefix('#').map(|id| format!("#{}", mark(id)));
            element.set("href", &within.unwrap_or_default());
        } else if element.is("img") {
            self.embed(element, from);
        }
        element.take("style");
    }

    /// Lets a link lead to where its page stands in this file. What is in no file that the reader has becomes the words alone, unless the site
    /// itself has it and is known.
    fn lead(&self, link: &mut Element, from: &OutPath) {
        let Some(href) = link.get("href") else { return };
        let address = match target(self.edition, self.volume, from, href) {
            Target::Leaf { index, fragment } => self.anchor(index, fragment),
            Target::Elsewhere(url) if !url.starts_with("data:") => Some(url),
            Target::File(path) => self.volume.live(&path),
            Target::Elsewhere(_) | Target::Nowhere => None,
        };
        for name in ["hreflang", "target", "download"] {
            link.take(name);
        }
        match address {
            Some(address) => {
                if address.starts_with('#') {
                    link.take("rel");
                }
                link.set("href", &address);
            }
            None => {
                "span".clone_into(&mut link.name);
                link.attributes.retain(|(name, _)| matches!(name.as_str(), "id" | "class" | "lang" | "dir"));
            }
        }
    }

    fn anchor(&self, index: usize, fragment: Option<String>) -> Option<String> {
        let ids = self.ids.get(index).filter(|_| self.volume.leaves.get(index).is_some())?;
        let id = fragment.filter(|id| ids.contains(id));
        Some(match id {
            Some(id) => format!("#{}-{}", id_of(index), id.replace('%', "%25")),
            None => format!("#{}", id_of(index)),
        })
    }

    /// Puts a picture into its element; one that is not there becomes what it says.
    fn embed(&self, image: &mut Element, from: &OutPath) {
        let src = image.take("src").unwrap_or_default();
        let file = match target(self.edition, self.volume, from, &src) {
            Target::File(path) => self.edition.get(path.as_str()).and_then(|bytes| data(&path, bytes)),
            Target::Elsewhere(url) if url.starts_with("data:image/") => Some(url),
            _ => None,
        };
        for name in ["srcset", "sizes", "loading", "decoding"] {
            image.take(name);
        }
        match file {
            Some(file) => image.set("src", &file),
            None => {
                let alt = image.take("alt").unwrap_or_default();
                *image = Element::new("span").holding(alt.as_str());
            }
        }
    }
}

/// A picture or a typeface as an address that holds it.
pub(super) fn data(path: &OutPath, bytes: &[u8]) -> Option<String> {
    let kind = media::of(path.as_str());
    if !(kind.starts_with("image/") || kind.starts_with("font/")) {
        return None;
    }
    Some(format!("data:{kind};base64,{}", base64::encode(bytes)))
}

fn ids(element: &Element) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    element.each(&mut |element| ids.extend(element.get("id").map(str::to_owned)));
    ids.remove("main");
    ids
}

fn page_title(main: &Element) -> String {
    let mut title = None;
    main.each(&mut |element| title = title.take().or_else(|| element.is("h1").then(|| element.text())));
    title.unwrap_or_default()
}

/// Takes the title away, where the page goes on with the one before it or has the title of the whole.
fn behead(main: &mut Element) {
    let is_head = |element: &Element| element.is("h1") || element.has_class("summary") || element.has_class("meta");
    main.retain(&mut |element| !is_head(element));
    main.retain(&mut |element| {
        let empty = element.text().trim().is_empty();
        !(empty && (element.has_class("page-head") || element.has_class("about-page")))
    });
}

/// Gives a part that assistive programs list the name of its page behind its own.
fn tell_apart(part: &mut Element, page: &str, title: &str) {
    if !["nav", "section", "aside"].iter().any(|name| part.is(name)) {
        return;
    }
    if let Some(names) = part.take("aria-labelledby") {
        part.set("aria-labelledby", &format!("{names} {page}"));
    } else if let Some(label) = part.take("aria-label") {
        part.set("aria-label", &format!("{label} · {title}"));
    }
}

/// A heading one level lower: the first is the title of the whole.
fn demote(element: &mut Element) {
    if element.space != Space::Html {
        return;
    }
    if let Some(level) = element.name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok())
        && (1..=5).contains(&level)
    {
        element.name = format!("h{}", level + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Lang;
    use std::collections::BTreeMap;

    fn book(files: &[(&str, &str)], leaves: &[(&str, bool)], live_url: Option<&str>) -> String {
        let path = |text: &str| OutPath::parse(text).unwrap();
        let mut edition = Edition::default();
        for (name, text) in files {
            edition.add(path(name), text.as_bytes());
        }
        let leaf = |(name, continues): &(&str, bool)| Leaf {
            path: path(name),
            title: "Title".to_owned(),
            level: 0,
            continues: *continues,
            gathers: false,
        };
        let volume = Volume {
            lang: Lang::parse("en").unwrap(),
            dir: "ltr",
            zero: '0',
            title: "Book".to_owned(),
            description: None,
            about_html: None,
            live_url: live_url.map(str::to_owned),
            words: BTreeMap::new(),
            search_found: String::new(),
            leaves: leaves.iter().map(leaf).collect(),
        };
        let articles = Book::read(&edition, &volume).into_articles();
        let written = articles.iter().map(|article| pages::write(&article.element, pages::Syntax::Html));
        written.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn pages_become_articles_that_lead_to_each_other() {
        let files = [
            (
                "en/a/index.html",
                "<html lang=en dir=ltr><main id=main class='page frame'><h1>A</h1><p id=x aria-labelledby='y z'><a href=../b/index.html#n>B</a><a href=../b/index.html#missing>B</a><a href=#main>up</a><a href=https://example.org rel=noopener>e</a><a class=w href=../search/index.html>s</a><img src=../i.svg alt=I></p><svg><rect fill='url(#g)'/><use href='#x'/></svg>",
            ),
            ("en/b/index.html", "<html lang=en dir=ltr><main lang=he dir=rtl><h1>B</h1><h2 id=n>N</h2><h6>six</h6>"),
            ("en/search/index.html", ""),
            ("en/i.svg", "<svg/>"),
        ];
        insta::assert_snapshot!(book(&files, &[("en/a/index.html", false), ("en/b/index.html", false)], None), @r##"
<article id="p0" class="leaf page frame" aria-labelledby="p0-title" lang="en" dir="ltr"><h2 id="p0-title">A</h2><p aria-labelledby="p0-y p0-z" id="p0-x"><a href="#p1-n">B</a><a href="#p1">B</a><a href="#p0">up</a><a href="https://example.org" rel="noopener">e</a><span class="w">s</span><img alt="I" src="data:image/svg+xml;base64,PHN2Zy8+"></p><svg><rect fill="url(#p0-g)"/><use href="#p0-x"/></svg></article>
<article dir="rtl" lang="he" id="p1" class="leaf" aria-labelledby="p1-title"><h2 id="p1-title">B</h2><h3 id="p1-n">N</h3><h6>six</h6></article>
"##);
    }

    #[test]
    fn what_is_on_the_site_alone_is_led_to_there() {
        let files = [
            ("en/a/index.html", "<main><a hreflang=he href=../../he/index.html>he</a><a href=missing.html>m</a>"),
            ("he/index.html", ""),
        ];
        let written = book(&files, &[("en/a/index.html", false)], Some("https://example.org/war/"));
        assert!(written.contains("<a href=\"https://example.org/war/he/\">he</a><span>m</span>"), "{written}");
    }

    #[test]
    fn what_goes_on_has_no_title_of_its_own() {
        let page = "<main><div class=page-head><h1>T</h1><p class=summary>S</div><p>text";
        let files = [("en/a/index.html", page), ("en/b/index.html", page)];
        let written = book(&files, &[("en/a/index.html", false), ("en/b/index.html", true)], None);
        assert_eq!(written.matches("<h2").count(), 1, "{written}");
        assert_eq!(written.matches("summary").count(), 1, "{written}");
        assert!(written.contains("aria-label=\"Title (2)\""), "{written}");
    }

    #[test]
    fn headings_go_down_one_level() {
        let down = |name: &str| {
            let mut element = Element::new(name);
            demote(&mut element);
            element.name
        };
        assert_eq!(["h1", "h5", "h6", "hr", "p"].map(down), ["h2", "h6", "h6", "hr", "p"]);
    }
}
