//! XML as it is written: elements with attributes. Text gets into it only escaped, and without what XML cannot hold.
//!
//! Uses nothing else of the program. What the elements mean is for those who write drawings and feeds.

/// The line that a file of XML begins with.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// A piece of XML, safe to be written as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xml(String);

impl Xml {
    /// The beginning of a file.
    pub fn document() -> Self {
        Self(DECLARATION.to_owned())
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => self.0.push(c),
                _ => {}
            }
        }
        self
    }

    /// Opens an element.
    pub fn open<V: AsRef<str>>(&mut self, tag: &'static str, attributes: &[(&'static str, V)]) -> &mut Self {
        self.start(tag, attributes);
        self.0.push('>');
        self
    }

    /// Adds an element with nothing in it.
    pub fn empty<V: AsRef<str>>(&mut self, tag: &'static str, attributes: &[(&'static str, V)]) -> &mut Self {
        self.start(tag, attributes);
        self.0.push_str("/>");
        self
    }

    /// Closes an element.
    pub fn close(&mut self, tag: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// Adds an element that holds only text.
    pub fn element<V: AsRef<str>>(
        &mut self,
        tag: &'static str,
        attributes: &[(&'static str, V)],
        text: &str,
    ) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// Adds XML.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup of a file, which ends with a line break.
    pub fn into_file(mut self) -> String {
        self.0.push('\n');
        self.0
    }

    fn start<V: AsRef<str>>(&mut self, tag: &'static str, attributes: &[(&'static str, V)]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value.as_ref());
            self.0.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn no_text_ends_its_element() {
        let mut xml = Xml::default();
        xml.element("title", &[("a", "\"<'>&")], "</title><b>&\u{0}\u{8}\u{fffe}שלום\n");
        assert_eq!(xml.as_str(), "<title a=\"&quot;&lt;'&gt;&amp;\">&lt;/title&gt;&lt;b&gt;&amp;שלום\n</title>");
    }
}
