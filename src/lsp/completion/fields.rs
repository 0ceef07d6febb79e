//! Fields of records, of the head of a page and of `book.toml`, and what they may hold.
//!
//! The parser of the file knows: a word that nobody uses is put where one is typing, and what the parser offers in its stead is offered to the editor. So no list of
//! fields stands anywhere but where they are read.

use super::Offer;
use super::names::Namer;
use crate::diagnostic::{Code, Diagnostic};
use crate::lsp::view::View;
use crate::manuscript::alone;
use crate::workspace::config::{self, Config};
use crate::workspace::fields::offered;
use crate::workspace::node::{Node, Value};
use crate::workspace::yaml::{self, Excerpt};
use crate::workspace::{BOOK, Role, front_matter, toml};
use lsp_types::CompletionItemKind as Kind;
use std::ops::Range;

/// A field, and a word, that no record has.
const PROBE: &str = "sourcebook-probe";

/// What may stand at a byte of a file.
pub(super) fn offers(
    view: &View<'_>,
    (path, is_page): (&str, bool),
    text: &str,
    offset: usize,
) -> Option<(Range<usize>, Vec<Offer>)> {
    let line = Line::at(text, offset)?;
    let namer = Namer::of(view, path)?;
    let asker = Asker { config: &view.book().config, path, is_page, text };
    let offers = match line.key {
        Some(key) => asker.values(&namer, &line, key),
        None => {
            // The items of a list may be words, records, or either.
            let words = line.parent(text).map(|key| asker.values(&namer, &line, key)).unwrap_or_default();
            words.into_iter().chain(asker.fields(&namer, &line)).collect()
        }
    };
    Some((line.word, offers))
}

/// The line at which one types.
struct Line<'t> {
    /// Where it begins.
    start: usize,
    /// The letters around the cursor.
    word: Range<usize>,
    /// What stands before them.
    before: &'t str,
    /// The field whose value is being typed.
    key: Option<&'t str>,
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

impl<'t> Line<'t> {
    fn at(text: &'t str, offset: usize) -> Option<Self> {
        let (before, after) = (text.get(..offset)?, text.get(offset..)?);
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let written = before.len() - before.trim_end_matches(is_of_word).len();
        let rest: usize = after.chars().take_while(|c| is_of_word(*c)).map(char::len_utf8).sum();
        let from = (offset - written).max(start);
        let before = text.get(start..from)?;
        Some(Self { start, word: from..offset + rest, before, key: key(before) })
    }

    /// The field in whose list, on lines of its own, one is typing.
    fn parent(&self, text: &'t str) -> Option<&'t str> {
        if !self.before.trim_start().starts_with('-') {
            return None;
        }
        let depth = self.before.len() - self.before.trim_start().len();
        let above = text.get(..self.start)?.lines().rev();
        let mut above = above.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '-']));
        let line = above.find(|line| line.len() - line.trim_start().len() <= depth)?;
        line.trim_start().strip_suffix(':')
    }
}

/// The field whose value begins at the end of a text: `key: `, `key = "`, `key: [one, `.
fn key(before: &str) -> Option<&str> {
    let inner = before.trim_end().trim_end_matches(['"', '\'']).trim_end();
    let inner = match inner.rfind(['[', '{']) {
        // Within a list the field stands before it; within a group it is one of the group's own.
        Some(open) if inner.get(open..).is_some_and(|rest| rest.starts_with('[') && !rest.contains(']')) => {
            inner.get(..open)?.trim_end()
        }
        _ => inner,
    };
    let name = inner.strip_suffix([':', '='])?.trim_end();
    let start = name
        .rfind(|c: char| !is_of_word(c))
        .map_or(0, |at| at + name.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    name.get(start..).filter(|name| !name.is_empty())
}

/// The other fields of the record that holds the probe.
fn beside_probe(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Value::Map(entries) if entries.iter().any(|(key, _)| key.text == PROBE) => {
            Some(entries.iter().map(|(key, _)| key.text.clone()).collect())
        }
        Value::Map(entries) => entries.iter().find_map(|(_, node)| beside_probe(node)),
        Value::List(items) => items.iter().find_map(beside_probe),
        _ => None,
    }
}

struct Asker<'a> {
    config: &'a Config,
    path: &'a str,
    is_page: bool,
    text: &'a str,
}

impl Asker<'_> {
    /// The text with something else in the place of a word.
    fn with(&self, word: &Range<usize>, with: &str) -> String {
        let mut text = self.text.to_owned();
        text.replace_range(word.clone(), with);
        text
    }

    /// What the file's parser says of a text.
    fn ask(&self, text: &str) -> Vec<Diagnostic> {
        let file = self.config.file;
        if self.path == BOOK {
            let mut said = Vec::new();
            config::read(file, text, &mut said);
            return said;
        }
        let below = self.path.strip_prefix(&format!("{}/", self.config.content_dir)).unwrap_or(self.path);
        Role::of(below, self.config).map(|role| alone::problems(&role, file, text)).unwrap_or_default()
    }

    /// The fields that stand in one record with the probe.
    fn written(&self, text: &str) -> Vec<String> {
        let file = self.config.file;
        let node = if self.path == BOOK {
            toml::read(file, text).ok()
        } else if self.is_page {
            front_matter::split(file, text).ok().and_then(|split| yaml::read(split.head, Code::SB104).ok())
        } else {
            yaml::read(Excerpt { file, text, offset: 0 }, Code::SB106).ok()
        };
        node.as_ref().and_then(beside_probe).unwrap_or_default()
    }

    fn fields(&self, namer: &Namer<'_>, line: &Line<'_>) -> Vec<Offer> {
        let (with, after) =
            if self.path == BOOK { (format!("{PROBE} = 1"), " = ") } else { (format!("{PROBE}: x"), ": ") };
        // The rest of the line belongs to what is typed anew.
        let end = self.text.get(line.word.end..).and_then(|rest| rest.find(['\n', '\r', ',', '}']));
        let end = end.map_or(self.text.len(), |end| line.word.end + end);
        let text = self.with(&(line.word.start..end), &with);
        let written = self.written(&text);
        let said = self.ask(&text);
        let about = said.iter().filter(|one| one.message.contains(PROBE));
        let after = if end > line.word.end { "" } else { after };
        let mut offers = Vec::new();
        for one in about {
            if one.message.ends_with("is not a language tag") {
                let languages = namer.languages().into_iter().filter(|offer| !written.contains(&offer.text));
                offers.extend(languages.map(|offer| Offer { text: format!("{}{after}", offer.text), ..offer }));
            }
            let known = one.help.as_deref().map(offered).unwrap_or_default();
            let missing = known.into_iter().filter(|name| !written.iter().any(|other| other == name));
            offers.extend(missing.map(|name| Offer::new(format!("{name}{after}"), Kind::FIELD, "")));
        }
        offers
    }

    fn values(&self, namer: &Namer<'_>, line: &Line<'_>, key: &str) -> Vec<Offer> {
        let is_figures = self.path.contains("/figures/");
        match key {
            "superseded-by" if is_figures => namer.figures(),
            "source" | "sources" | "via" | "chain" | "supersedes" | "superseded-by" => namer.sources(),
            "quote" => self.source_beside(line).map(|source| namer.quotes(source)).unwrap_or_default(),
            "counter-figures" | "figures" | "size" => namer.figures(),
            "series" => namer.series(),
            "see" => namer.terms(),
            "events" => namer.events(),
            "themes" => namer.themes(),
            "actor" | "actors" | "part-of" => namer.actors(),
            "page" => namer.addresses(),
            "lang" | "language" => namer.languages(),
            _ => self.words(line, key),
        }
    }

    /// The words that a field takes, where they are a fixed set.
    fn words(&self, line: &Line<'_>, key: &str) -> Vec<Offer> {
        let said = self.ask(&self.with(&line.word, PROBE));
        let own = |one: &&Diagnostic| {
            one.message.contains(PROBE) || one.message.contains(&format!("`{key}` is true or false"))
        };
        let mut offers = Vec::new();
        for one in said.iter().filter(own) {
            let help = one.help.as_deref().unwrap_or_default();
            if one.message.contains("is true or false") {
                offers.extend(["true", "false"].map(|word| Offer::new(word, Kind::VALUE, "")));
            }
            let words = offered(help).into_iter();
            offers.extend(words.map(|word| Offer::new(word, Kind::ENUM_MEMBER, "")));
        }
        offers
    }

    /// The source that the record names whose quotation is asked for.
    fn source_beside(&self, line: &Line<'_>) -> Option<&str> {
        let before = self.text.get(..line.word.start)?;
        let named = before.rfind("source: ").and_then(|at| before.get(at + "source: ".len()..))?;
        let id: &str = named.split(|c: char| !is_of_word(c)).next()?;
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_a_value_is_found() {
        let cases = [
            ("  source: ", Some("source")),
            ("  - {locator: p. 3, source: ", Some("source")),
            ("chain: [one, ", Some("chain")),
            ("  title: {", None),
            ("  title: {en: ", Some("en")),
            ("language = \"", Some("language")),
            ("  ", None),
            ("  - ", None),
            ("a: [x] ", None),
        ];
        for (before, expected) in cases {
            assert_eq!(key(before), expected, "{before}");
        }
        let text = "a:\n  sources:\n    - one\n    - ";
        assert_eq!(Line::at(text, text.len()).unwrap().parent(text), Some("sources"));
    }
}
