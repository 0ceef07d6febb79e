//! The bytes of a page → the tree of its `<main>`.

use super::Page;
use super::tree::{Element, Node, Space};
use scraper::{ElementRef, Html, node};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So deep may elements lie in each other. What lies deeper is kept as its text, because walks over the tree use the stack.
const DEEPEST: usize = 300;

/// Elements that are no text, whatever stands in them.
const NO_TEXT: [&str; 15] = [
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "link",
    "meta",
    "base",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
    "frameset",
];

/// Reads a page. What the parser panics on is no page.
pub(super) fn page(html: &str) -> Option<Page> {
    catch_unwind(AssertUnwindSafe(|| main_of(&Html::parse_document(html)))).ok().flatten()
}

fn main_of(document: &Html) -> Option<Page> {
    let found =
        document.tree.nodes().find(|node| node.value().as_element().is_some_and(|main| main.name() == "main"))?;
    let main = ElementRef::wrap(found)?;
    let nearest = |name: &str| {
        let around = found.ancestors().filter_map(ElementRef::wrap);
        std::iter::once(main)
            .chain(around)
            .find_map(|element| element.value().attr(name))
            .unwrap_or_default()
            .to_owned()
    };
    Some(Page { lang: nearest("lang"), dir: nearest("dir"), main: element(main, 0) })
}

fn element(from: ElementRef<'_>, depth: usize) -> Element {
    let own = from.value();
    let space = match &*own.name.ns {
        "http://www.w3.org/2000/svg" => Space::Svg,
        "http://www.w3.org/1998/Math/MathML" => Space::MathMl,
        _ => Space::Html,
    };
    Element { name: own.name().to_owned(), space, attributes: attributes(own), children: children(from, depth) }
}

/// The attributes, those left out that say by which address a name is meant: [`super::write`] says it itself.
fn attributes(element: &node::Element) -> Vec<(String, String)> {
    let named = element.attrs.iter().filter_map(|(name, value)| {
        let name = match &*name.ns {
            "" => name.local.to_string(),
            "http://www.w3.org/1999/xlink" if &*name.local == "href" => "href".to_owned(),
            "http://www.w3.org/XML/1998/namespace" => format!("xml:{}", name.local),
            _ => return None,
        };
        (name != "xmlns").then(|| (name, value.to_string()))
    });
    let mut attributes: Vec<(String, String)> = Vec::new();
    for (name, value) in named {
        if attributes.iter().all(|(own, _)| *own != name) {
            attributes.push((name, value));
        }
    }
    attributes
}

fn children(from: ElementRef<'_>, depth: usize) -> Vec<Node> {
    let mut children: Vec<Node> = Vec::new();
    for child in from.children() {
        if let Some(inner) = ElementRef::wrap(child) {
            if NO_TEXT.contains(&inner.value().name()) {
                continue;
            }
            if depth < DEEPEST {
                children.push(Node::Element(element(inner, depth + 1)));
            } else {
                add_text(&mut children, &inner.text().collect::<String>());
            }
        } else if let Some(text) = child.value().as_text() {
            add_text(&mut children, text);
        }
    }
    children
}

/// Text beside text is one text, so that a tree that was written and read is the same tree.
fn add_text(children: &mut Vec<Node>, text: &str) {
    match children.last_mut() {
        _ if text.is_empty() => {}
        Some(Node::Text(last)) => last.push_str(text),
        _ => children.push(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_holds() {
        let read = |html: &str| page(html).map(|page| (page.lang, page.dir));
        let said = |lang: &str, dir: &str| Some((lang.to_owned(), dir.to_owned()));
        assert_eq!(read("<html lang=en dir=ltr><main><p lang=he dir=rtl>"), said("en", "ltr"));
        assert_eq!(read("<html lang=en dir=ltr><main lang=he dir=rtl>"), said("he", "rtl"));
        assert_eq!(read("<html lang=en dir=ltr><p>No page"), None);
    }

    #[test]
    fn what_lies_too_deep_keeps_its_text() {
        let html = format!("<main>{}deep<p>deeper</p>", "<div>".repeat(3_000));
        let main = page(&html).unwrap().main;
        assert_eq!(main.text(), "deepdeeper");
        let mut most = 0;
        let mut at = Some(&main);
        while let Some(element) = at {
            most += 1;
            at = element.elements().next();
        }
        assert_eq!(most, DEEPEST + 1);
    }

    #[test]
    fn scripts_and_remarks_are_no_text() {
        let main =
            page("<main>a<script>b</script><!-- c --><style>d</style>e<svg><style>f</style></svg>").unwrap().main;
        assert_eq!(main.text(), "ae");
        assert_eq!(main.children.first(), Some(&Node::Text("ae".to_owned())));
    }
}
