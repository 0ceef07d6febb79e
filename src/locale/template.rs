//! A string with placeholders: `Reviewed on {date} by {name}`. Read once, filled often.

use super::pseudo::{CLOSE, OPEN};

/// One part of a filled string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words of the site's own.
    Text(&'a str),
    /// What was filled in. Its direction may be another one: HTML wraps it in `<bdi>`.
    Arg {
        /// The placeholder's name.
        name: &'a str,
        /// The value, written out for the language.
        value: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Placeholder(String),
}

/// A string cut at its placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    /// As it stands in the file.
    raw: String,
    parts: Vec<Part>,
}

impl Template {
    /// Cuts a string; braces around anything but a name of lower-case letters stay text.
    pub(super) fn parse(raw: String) -> Self {
        let mut parts = Vec::new();
        let mut rest = raw.as_str();
        let mut text = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            match after.split_once('}') {
                Some((name, behind)) if is_name(name) => {
                    if !text.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut text)));
                    }
                    parts.push(Part::Placeholder(name.to_owned()));
                    rest = behind;
                }
                _ => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text.push_str(rest);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Self { raw, parts }
    }

    pub(super) fn raw(&self) -> &str {
        &self.raw
    }

    /// The same with other words between the placeholders, in the brackets of [`super::pseudo`]. What has no letters is no words: `{lo}–{hi}`.
    pub(super) fn with_words(&self, change: &dyn Fn(&str) -> String) -> Self {
        let is_words = |part: &Part| matches!(part, Part::Text(text) if text.contains(char::is_alphabetic));
        if !self.parts.iter().any(is_words) {
            return self.clone();
        }
        let part = |part: &Part| match part {
            Part::Text(text) => change(text),
            Part::Placeholder(name) => format!("{{{name}}}"),
        };
        Self::parse(format!("{OPEN}{}{CLOSE}", self.parts.iter().map(part).collect::<String>()))
    }

    /// The names of the placeholders, in order.
    pub(super) fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Placeholder(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// Fills the placeholders. One without a value stays as it is written, so that the lack is seen.
    pub(super) fn fill(&self, value_of: impl Fn(&str) -> Option<String>) -> Vec<Piece<'_>> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => Piece::Text(text),
                Part::Placeholder(name) => {
                    Piece::Arg { name, value: value_of(name).unwrap_or_else(|| format!("{{{name}}}")) }
                }
            })
            .collect()
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// The pieces one after the other.
pub(super) fn join(pieces: &[Piece<'_>]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Arg { value, .. } => value.as_str(),
        })
        .collect()
}

/// The pieces one after the other, what was filled in between first strong isolate and pop directional isolate: for plain text in any direction.
pub(super) fn join_isolated(pieces: &[Piece<'_>]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Arg { value, .. } => {
                text.push('\u{2068}');
                text.push_str(value);
                text.push('\u{2069}');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_cut_out() {
        let template = Template::parse("US${n} by {name}{x y}{".to_owned());
        assert_eq!(template.placeholders().collect::<Vec<_>>(), ["n", "name"]);
        let pieces = template.fill(|name| (name == "n").then(|| "5".to_owned()));
        assert_eq!(join(&pieces), "US$5 by {name}{x y}{");
        assert_eq!(join_isolated(&pieces), "US$\u{2068}5\u{2069} by \u{2068}{name}\u{2069}{x y}{");
    }
}
