//! A record as YAML, in the shape in which editors write them, and a file of records with one more at its end.

use crate::ids::Lang;
use crate::workspace::quote::quoted;

/// A record under its id, or under its name in a file of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    id: String,
    fields: Vec<(&'static str, Value)>,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A name, a number, a date, an address: bare where YAML lets it.
    Word(String),
    /// A text for people.
    Text(String),
    /// A text for each language.
    ByLang(Vec<(Lang, String)>),
    /// Several of a kind.
    List(Vec<Value>),
    /// A record within it.
    Group(Vec<(&'static str, Value)>),
}

impl Record {
    /// A record without fields.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), fields: Vec::new() }
    }

    /// Adds a field, where there is something to say.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Option<Value>) -> Self {
        self.fields.extend(value.map(|value| (name, value)));
        self
    }

    /// The record as lines.
    pub fn text(&self) -> String {
        let fields = self.fields.iter().map(|(name, value)| format!("  {name}: {}\n", value.text()));
        std::iter::once(format!("{}:\n", self.id)).chain(fields).collect()
    }
}

impl Value {
    /// The value in one line.
    fn text(&self) -> String {
        let joined = |parts: Vec<String>| parts.join(", ");
        match self {
            Self::Word(word) if is_bare(word) => word.clone(),
            Self::Word(text) | Self::Text(text) => quoted(text),
            Self::ByLang(texts) => {
                format!(
                    "{{{}}}",
                    joined(texts.iter().map(|(lang, text)| format!("{lang}: {}", quoted(text))).collect())
                )
            }
            Self::List(values) => format!("[{}]", joined(values.iter().map(Self::text).collect())),
            Self::Group(fields) => {
                format!(
                    "{{{}}}",
                    joined(fields.iter().map(|(name, value)| format!("{name}: {}", value.text())).collect())
                )
            }
        }
    }
}

/// Whether YAML reads a word as itself, in whatever stands around it.
fn is_bare(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '~' | ':'))
        && !word.ends_with(':')
        && !matches!(
            word.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
        )
}

/// A file of records with one more at its end. What is in it stays byte for byte; `head` is what a new file begins with.
pub fn at_end(old: &str, head: &str, record: &str) -> String {
    let is_windows = old.contains("\r\n");
    let gap = match old {
        "" if head.is_empty() => "",
        "" => "\n",
        _ if old.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let begin = if old.is_empty() { head } else { "" };
    let new = format!("{begin}{gap}{record}");
    let new = if is_windows { new.replace('\n', "\r\n") } else { new };
    format!("{old}{new}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_written_as_an_editor_would() {
        let lang = |tag: &str| Lang::parse(tag).unwrap();
        let word = |text: &str| Value::Word(text.to_owned());
        let record = Record::new("births-2023")
            .with(
                "label",
                Some(Value::ByLang(vec![(lang("en"), "Births: “all”".to_owned()), (lang("ar"), "ولادات".to_owned())])),
            )
            .with("value", Some(word("1.5")))
            .with("caveat", None)
            .with("as-of", Some(word("2023-10/2024-02")))
            .with("url", Some(word("https://example.org/a?b=c#d")))
            .with("note", Some(Value::Text("yes".to_owned())))
            .with(
                "sources",
                Some(Value::List(vec![
                    word("a"),
                    Value::Group(vec![("source", word("b")), ("locator", Value::Text("p. 3".to_owned()))]),
                ])),
            );
        assert_eq!(
            record.text(),
            "births-2023:\n  label: {en: \"Births: “all”\", ar: \"ولادات\"}\n  value: 1.5\n  as-of: 2023-10/2024-02\n  url: \"https://example.org/a?b=c#d\"\n  note: \"yes\"\n  sources: [a, {source: b, locator: \"p. 3\"}]\n"
        );
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let cases = [
            ("", "# New.\n", "# New.\n\na:\n"),
            ("", "", "a:\n"),
            ("b:\n", "# New.\n", "b:\n\na:\n"),
            ("b: {}", "", "b: {}\n\na:\n"),
            ("b:\r\n", "", "b:\r\n\r\na:\r\n"),
        ];
        for (old, head, new) in cases {
            assert_eq!(at_end(old, head, "a:\n"), new, "{old:?}");
        }
    }
}
