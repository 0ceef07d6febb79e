//! SVG as it is written: XML whose lengths are short. Attributes only, no style: a strict policy allows them.

use crate::xml::Xml;
use std::borrow::Cow;
use std::fmt::Write;

/// A drawing, safe to be written into a page as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Svg(Xml);

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
        self.0.open(tag, &written(attributes));
        self
    }

    /// Adds an element with nothing in it.
    pub fn empty(&mut self, tag: &'static str, attributes: &[(&'static str, Attribute<'_>)]) -> &mut Self {
        self.0.empty(tag, &written(attributes));
        self
    }

    /// Closes an element.
    pub fn close(&mut self, tag: &'static str) -> &mut Self {
        self.0.close(tag);
        self
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.0.text(text);
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
        self.0.append(&other.0);
        self
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

fn written<'a>(attributes: &[(&'static str, Attribute<'a>)]) -> Vec<(&'static str, Cow<'a, str>)> {
    let write = |value: &Attribute<'a>| match *value {
        Attribute::Text(text) => Cow::Borrowed(text),
        Attribute::Length(length) => Cow::Owned(number(length)),
    };
    attributes.iter().map(|(name, value)| (*name, write(value))).collect()
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
        assert_eq!(svg.as_str(), "<text x=\"1\" class=\"a&quot;&lt;b\">1 &lt; 2 &amp; </text>");
        assert_eq!(number(-0.01), "0");
        assert_eq!(number(12.345), "12.3");
    }
}
