//! SVG as it is written: elements with attributes, text escaped. Attributes only, no style: a strict policy allows them.

use std::fmt::Write;

/// A drawing, safe to be written into a page as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Svg(String);

/// The value of an attribute.
#[derive(Debug, Clone, Copy)]
pub enum Attribute<'a> {
    /// Words, escaped when they are written.
    Text(&'a str),
    /// A length, with one decimal.
    Length(f64),
}

impl Svg {
    /// Opens an element.
    pub fn open(&mut self, tag: &'static str, attributes: &[(&'static str, Attribute<'_>)]) -> &mut Self {
        self.start(tag, attributes);
        self.0.push('>');
        self
    }

    /// Adds an element with nothing in it.
    pub fn empty(&mut self, tag: &'static str, attributes: &[(&'static str, Attribute<'_>)]) -> &mut Self {
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

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // No control character may stand in XML.
                c if c.is_control() => self.0.push(' '),
                c => self.0.push(c),
            }
        }
        self
    }

    /// Adds an element that holds only text.
    pub fn element(
        &mut self,
        tag: &'static str,
        attributes: &[(&'static str, Attribute<'_>)],
        text: &str,
    ) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// Adds words at a point, which lies at their start, middle or end.
    pub fn label(&mut self, class: &str, (x, y): (f64, f64), anchor: &str, text: &str) -> &mut Self {
        self.element(
            "text",
            &[
                ("class", Attribute::Text(class)),
                ("x", Attribute::Length(x)),
                ("y", Attribute::Length(y)),
                ("text-anchor", Attribute::Text(anchor)),
            ],
            text,
        )
    }

    /// Adds a drawing to this one.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn start(&mut self, tag: &'static str, attributes: &[(&'static str, Attribute<'_>)]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            match value {
                Attribute::Text(text) => {
                    self.text(text);
                }
                Attribute::Length(length) => self.0.push_str(&number(*length)),
            }
            self.0.push('"');
        }
    }
}

/// A length with at most one decimal.
pub fn number(length: f64) -> String {
    let rounded = (length * 10.0).round() / 10.0;
    let mut text = String::new();
    // Writing to a string cannot fail. Adding zero turns -0 into 0.
    let _ = write!(text, "{}", rounded + 0.0);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_lengths_are_short() {
        let mut svg = Svg::default();
        svg.open("text", &[("x", Attribute::Length(1.04)), ("class", Attribute::Text("a\"<b"))])
            .text("1 < 2 & \u{7}")
            .close("text");
        assert_eq!(svg.as_str(), "<text x=\"1\" class=\"a&quot;&lt;b\">1 &lt; 2 &amp;  </text>");
        assert_eq!(number(-0.01), "0");
        assert_eq!(number(12.345), "12.3");
    }
}
