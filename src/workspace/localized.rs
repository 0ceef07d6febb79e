//! A text that may stand in several languages: `L` in the data files.

use super::fields::Fields;
use super::node::{Node, Value};
use super::shape::Kind;
use crate::ids::Lang;

/// One text, or one per language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Localized {
    /// The same for every language, or in the record's own.
    Plain(String),
    /// By language, in the order of the file. Never empty.
    ByLang(Vec<(Lang, String)>),
}

impl Localized {
    /// The text for a reader of `lang`: theirs, else the first of `fallbacks` that is there, else the first at all; with its language where that is known.
    pub fn pick(&self, lang: &Lang, fallbacks: &[&Lang]) -> (&str, Option<&Lang>) {
        match self {
            Self::Plain(text) => (text, None),
            Self::ByLang(texts) => {
                let of = |wanted: &Lang| texts.iter().find(|(lang, _)| lang == wanted);
                std::iter::once(lang)
                    .chain(fallbacks.iter().copied())
                    .find_map(of)
                    .or_else(|| texts.first())
                    .map_or(("", None), |(lang, text)| (text.as_str(), Some(lang)))
            }
        }
    }

    /// The text in every language in which it is written.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (plain, by_lang) = match self {
            Self::Plain(text) => (Some(text.as_str()), [].as_slice()),
            Self::ByLang(texts) => (None, texts.as_slice()),
        };
        plain.into_iter().chain(by_lang.iter().map(|(_, text)| text.as_str()))
    }

    /// The text in exactly that language.
    pub fn exact(&self, lang: &Lang) -> Option<&str> {
        match self {
            Self::Plain(_) => None,
            Self::ByLang(texts) => texts.iter().find(|(other, _)| other == lang).map(|(_, text)| text.as_str()),
        }
    }
}

impl Fields<'_, '_> {
    /// A text, or a text per language.
    pub fn localized(&mut self, name: &'static str) -> Option<Localized> {
        self.holds(name, Kind::localized);
        let node = self.node(name)?;
        self.read_localized(name, node)
    }

    /// Any number of texts, or any number per language: `[one, two]`, `{en: one, he: [אחד, שניים]}`.
    pub fn localized_texts(&mut self, name: &'static str) -> Vec<(Option<Lang>, String)> {
        self.holds(name, || {
            let texts = || Kind::Text.some();
            Kind::Either(vec![texts(), Kind::ByLanguage(Box::new(texts()))])
        });
        let mut texts = Vec::new();
        match self.node(name) {
            Some(Node { value: Value::Map(entries), .. }) => {
                for (key, node) in entries {
                    match Lang::parse(&key.text) {
                        Some(lang) => self.add_texts(name, Some(&lang), node, &mut texts),
                        None => self.wrong(
                            key.span,
                            format!("`{}` is not a language tag", key.text),
                            "`[one, two]`, or `{en: [one, two], he: …}`",
                        ),
                    }
                }
            }
            Some(node) => self.add_texts(name, None, node, &mut texts),
            None => {}
        }
        texts
    }

    fn add_texts(&mut self, name: &str, lang: Option<&Lang>, node: &Node, texts: &mut Vec<(Option<Lang>, String)>) {
        let nodes = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for node in nodes {
            match node.as_text().map(str::trim).filter(|text| !text.is_empty()) {
                Some(text) => texts.push((lang.cloned(), text.to_owned())),
                None => self.wrong(
                    node.span,
                    format!("`{name}` holds texts, not {}", node.kind()),
                    "`[one, two]`, or `{en: [one, two], he: …}`",
                ),
            }
        }
    }

    fn read_localized(&mut self, name: &str, node: &Node) -> Option<Localized> {
        let Value::Map(entries) = &node.value else {
            return match node.as_text().map(str::trim) {
                Some("") => {
                    self.wrong(node.span, format!("`{name}` is empty"), "write a value, or leave the field out");
                    None
                }
                Some(text) => Some(Localized::Plain(text.to_owned())),
                None => {
                    self.wrong(
                        node.span,
                        format!("`{name}` is text, not {}", node.kind()),
                        "words, or `{en: words, he: …}`",
                    );
                    None
                }
            };
        };
        let mut texts = Vec::new();
        for (key, value) in entries {
            let Some(lang) = Lang::parse(&key.text) else {
                self.wrong(
                    key.span,
                    format!("`{}` is not a language tag", key.text),
                    "`{en: words, he: …}`; a text with `: ` in it must stand in quotation marks",
                );
                continue;
            };
            match value.as_text().map(str::trim).filter(|text| !text.is_empty()) {
                Some(text) => texts.push((lang, text.to_owned())),
                None => self.wrong(
                    value.span,
                    format!("`{name}` in `{lang}` is text, not {}", value.kind()),
                    "write the words",
                ),
            }
        }
        (!texts.is_empty()).then_some(Localized::ByLang(texts))
    }
}
