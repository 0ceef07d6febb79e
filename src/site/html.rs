//! HTML that was written by the renderer. Text gets into it only escaped; markup only from the program's own text.

use crate::chart::svg::Svg;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Write;

/// A piece of HTML, safe to be written as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing yet, with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Escaped text.
    pub fn escaped(text: &str) -> Self {
        let mut html = Self::with_capacity(text.len());
        html.text(text);
        html
    }

    /// Adds text, escaped.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        let is_special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
        while let Some((before, after)) = rest.bytes().position(is_special).and_then(|at| rest.split_at_checked(at)) {
            self.0.push_str(before);
            let mut chars = after.chars();
            self.0.push_str(match chars.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                Some('"') => "&quot;",
                _ => "&#39;",
            });
            rest = chars.as_str();
        }
        self.0.push_str(rest);
        self
    }

    /// Adds markup of the program's own; being static, it cannot hold anybody's text.
    pub fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Opens an element; attribute values are escaped, attributes with an empty name are left out.
    pub fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes.iter().filter(|(name, _)| !name.is_empty()) {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
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
    pub fn element(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], text: &str) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// Adds HTML.
    pub fn html(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// Adds a drawing, whose text its own writer escaped.
    pub fn drawing(&mut self, drawing: &Svg) -> &mut Self {
        self.0.push_str(drawing.as_str());
        self
    }

    /// Adds data for machines. It is no script, so no policy stops it, and no text in it can end it.
    pub fn json_block(&mut self, data: &impl Serialize) -> &mut Self {
        self.0.push_str("<script type=\"application/ld+json\">");
        // Strings and numbers always serialise.
        let data = serde_json::to_string(data).unwrap_or_default();
        let mut rest = data.as_str();
        // The two separators of lines are the only letters of interest that begin with this byte.
        let may_be_special = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xE2);
        while let Some((before, after)) = rest.bytes().position(may_be_special).and_then(|at| rest.split_at_checked(at))
        {
            self.0.push_str(before);
            let mut chars = after.chars();
            match chars.next() {
                Some(c @ ('<' | '>' | '&' | '\u{2028}' | '\u{2029}')) => {
                    // Writing to a string cannot fail.
                    let _ = write!(self.0, "\\u{:04x}", u32::from(c));
                }
                c => self.0.extend(c),
            }
            rest = chars.as_str();
        }
        self.0.push_str(rest);
        self.close("script")
    }

    /// Takes the white space at the end away, so that a mark stands at its word.
    pub fn trim_end(&mut self) -> &mut Self {
        self.0.truncate(self.0.trim_end().len());
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: usize) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }

    /// The markup as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for Html {
    fn schema_name() -> Cow<'static, str> {
        "Html".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "html"})
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn data_cannot_end_their_block() {
        let data = serde_json::json!({"name": "</script><!-- <b> & \u{2028}", "שם": "צה\"ל"});
        let mut html = Html::new();
        html.json_block(&data);
        let inner = html.as_str().strip_prefix("<script type=\"application/ld+json\">").unwrap();
        let inner = inner.strip_suffix("</script>").unwrap();
        assert!(!inner.contains(['<', '>', '&', '\u{2028}']), "{inner}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(inner).unwrap(), data);
    }

    #[test]
    fn text_is_escaped_everywhere() {
        let mut html = Html::new();
        html.open("a", &[("href", "x\"onclick='y'")]).text("<script>&\"'</script>").close("a");
        assert_eq!(
            html.as_str(),
            "<a href=\"x&quot;onclick=&#39;y&#39;\">&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;</a>"
        );
    }
}
