//! A tree → text that is read back as the same tree, by the rules of HTML or of XML.

use super::tree::{Element, Node, Space};

/// How a tree is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bundle) enum Syntax {
    /// As browsers read `text/html`.
    Html,
    /// As XML: every element is closed, other markup says what it is, and nothing stands in it that XML cannot hold. The element that it
    /// stands in must say that it is XHTML, and by `xmlns:epub` what `epub:` means where the tree has such attributes.
    Xhtml,
}

/// Elements of HTML that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Writes an element with all that is in it.
pub(in crate::bundle) fn write(element: &Element, syntax: Syntax) -> String {
    let mut out = String::new();
    write_element(element, Space::Html, syntax, &mut out);
    out
}

/// Text as it stands in an element or between the quotation marks of an attribute, by the rules of either syntax.
pub(in crate::bundle) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    write_text(text, Syntax::Xhtml, &mut out);
    out
}

fn write_element(element: &Element, around: Space, syntax: Syntax, out: &mut String) {
    // A name that is none cannot be written; what it frames can.
    if !is_name(&element.name) {
        write_children(element, around, syntax, out);
        return;
    }
    out.push('<');
    out.push_str(&element.name);
    if element.space != around && syntax == Syntax::Xhtml {
        write_attribute("xmlns", element.space.address(), syntax, out);
    }
    for (name, value) in element.attributes.iter().filter(|(name, _)| is_attribute(name)) {
        write_attribute(name, value, syntax, out);
    }
    let is_html = element.space == Space::Html;
    if is_html && VOID.contains(&element.name.as_str()) {
        out.push_str(if syntax == Syntax::Html { ">" } else { "/>" });
        return;
    }
    if !is_html && element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    // The first line break of these is not read as text.
    let eats_break = is_html && matches!(element.name.as_str(), "pre" | "textarea" | "listing");
    if syntax == Syntax::Html
        && eats_break
        && matches!(element.children.first(), Some(Node::Text(text)) if text.starts_with('\n'))
    {
        out.push('\n');
    }
    write_children(element, element.space, syntax, out);
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

fn write_children(element: &Element, space: Space, syntax: Syntax, out: &mut String) {
    for child in &element.children {
        match child {
            Node::Text(text) => write_text(text, syntax, out),
            Node::Element(element) => write_element(element, space, syntax, out),
        }
    }
}

fn write_attribute(name: &str, value: &str, syntax: Syntax, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            // XML reads them as blanks.
            '\n' if syntax == Syntax::Xhtml => out.push_str("&#10;"),
            '\t' if syntax == Syntax::Xhtml => out.push_str("&#9;"),
            c => write_char(c, syntax, out),
        }
    }
    out.push('"');
}

fn write_text(text: &str, syntax: Syntax, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' if syntax == Syntax::Xhtml => out.push_str("&quot;"),
            c => write_char(c, syntax, out),
        }
    }
}

fn write_char(c: char, syntax: Syntax, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\r' => out.push_str("&#13;"),
        '\0' => out.push('\u{FFFD}'),
        c if syntax == Syntax::Xhtml && !in_xml(c) => out.push('\u{FFFD}'),
        c => out.push(c),
    }
}

/// Whether XML can hold a character.
fn in_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Names with a colon only where XML knows what they mean.
fn is_attribute(name: &str) -> bool {
    match name.split_once(':') {
        Some(("xml" | "epub", name)) => is_name(name),
        Some(_) => false,
        None => is_name(name),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    /// Reads XML with one element in `<main>`: the names of its elements, its text, and the first attribute `title`.
    fn as_xml(xml: &str) -> (Vec<String>, String, Option<String>) {
        let mut reader = Reader::from_str(xml);
        let (mut names, mut text, mut title) = (Vec::new(), String::new(), None);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) | Event::Empty(tag) => {
                    names.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap());
                    for attribute in tag.attributes() {
                        let attribute = attribute.unwrap();
                        if attribute.key.as_ref() == b"title" {
                            title = Some(attribute.unescape_value().unwrap().into_owned());
                        }
                    }
                }
                Event::Text(part) => text.push_str(&part.decode().unwrap()),
                Event::GeneralRef(part) => {
                    let name = part.decode().unwrap();
                    match part.resolve_char_ref().unwrap() {
                        Some(c) => text.push(c),
                        None => text.push_str(quick_xml::escape::resolve_predefined_entity(&name).expect("an entity")),
                    }
                }
                Event::Eof => return (names, text, title),
                _ => {}
            }
        }
    }

    /// Any text that a page can hold: HTML has no NUL and reads a carriage return as a line break unless it is written by its number.
    fn any_text() -> impl Strategy<Value = String> {
        let char = prop_oneof![
            any::<char>(),
            prop::sample::select(vec![
                '&', '<', '>', '"', '\'', '\n', '\t', ']', ';', '#', 'x', 'א', '\u{a0}', '\u{2067}'
            ])
        ];
        prop::collection::vec(char, 0..40)
            .prop_map(|chars| chars.into_iter().filter(|c| *c != '\0' && *c != '\r').collect())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in any_text(), title in any_text(), pre in any::<bool>()) {
            let name = if pre { "pre" } else { "p" };
            let mut inner = Element::new(name).with("title", &title);
            if !text.is_empty() {
                inner = inner.holding(text.as_str());
            }
            let main = Element::new("main").holding(inner);
            let html = write(&main, Syntax::Html);
            prop_assert_eq!(&parse::page(&html).unwrap().main, &main, "{}", html);
            let kept = |text: &str| -> String { text.chars().map(|c| if in_xml(c) { c } else { '\u{FFFD}' }).collect() };
            let xml = write(&main, Syntax::Xhtml);
            let (names, read, read_title) = as_xml(&xml);
            prop_assert_eq!(names, ["main", name]);
            prop_assert_eq!(read, kept(&text), "{}", xml);
            prop_assert_eq!(read_title, Some(kept(&title)), "{}", xml);
        }

        #[test]
        fn any_page_gives_xml(html in any_text()) {
            if let Some(page) = parse::page(&format!("<main>{html}")) {
                as_xml(&write(&page.main, Syntax::Xhtml));
            }
        }
    }

    #[test]
    fn each_syntax_has_its_own_ends() {
        let html = "<main><p>a<br>b<a title=\"&quot;\" hidden=\"\"></a></p><svg viewBox=\"0 0 1 1\"><path d=\"M0\"></path><foreignObject><p>c</p></foreignObject></svg></main>";
        let main = parse::page(html).unwrap().main;
        insta::assert_snapshot!(format!("{}\n{}", write(&main, Syntax::Html), write(&main, Syntax::Xhtml)), @r#"
<main><p>a<br>b<a hidden="" title="&quot;"></a></p><svg viewBox="0 0 1 1"><path d="M0"/><foreignObject><p>c</p></foreignObject></svg></main>
<main><p>a<br/>b<a hidden="" title="&quot;"></a></p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0"/><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">c</p></foreignObject></svg></main>
"#);
    }

    #[test]
    fn names_that_are_none_are_not_written() {
        let main = parse::page("<main><p @click=1 a\"b=2 xlink:href=3 xml:lang=4 id=5>a<o:p>b</o:p></p>").unwrap().main;
        assert_eq!(write(&main, Syntax::Xhtml), "<main><p id=\"5\" xml:lang=\"4\">ab</p></main>");
    }
}
