//! A page as pandoc's Markdown, with its bibliography beside it.
//!
//! Citations keep their grammar, which is pandoc's; a quotation or a relation in a key is an alias of the entry (`other-ids`), which pandoc
//! resolves and filters such as `cito` read. Figures are written out and cite their source where nothing near them does. Callouts and
//! positions become divisions. [`blocks`] and [`inlines`] write the text; here the head, the bibliography and what is left out.

mod blocks;
mod inlines;

use super::csl;
use super::json;
use super::tree::text;
use crate::book::{Book, View};
use crate::citation::Source;
use crate::ids::SourceId;
use crate::locale::Direction;
use crate::markdown::citation::Cite;
use crate::span::Span;
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::quote::quoted;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A page for pandoc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PandocPage {
    /// The page.
    pub markdown: String,
    /// Its sources, as pandoc's CSL-JSON.
    pub bibliography: String,
    /// What has no form in pandoc, and where it stands.
    pub omissions: Vec<(Span, &'static str)>,
}

/// Writes a page as a reader of the view's language gets it; `bibliography` is the name of the file beside it.
pub fn page(book: &Book, view: View<'_>, bibliography: &str) -> PandocPage {
    let mut writer = Writer { book, view, aliases: BTreeMap::new(), footnotes: Vec::new(), omissions: Vec::new() };
    let page = &view.version.page;
    let summary = page.summary.as_ref().map(|line| writer.inlines(&line.content));
    let facts: Vec<String> = page.key_facts.iter().map(|line| writer.inlines(&line.content)).collect();
    let body = writer.blocks(&page.body.blocks);
    let footnotes = writer.footnotes();
    let lang = &view.text_language.lang;
    let mut head = vec![("title", inlines::escape(&page.front.title.value)), ("lang", lang.as_str().to_owned())];
    if view.text_language.locale.direction() == Direction::Rtl {
        head.push(("dir", "rtl".to_owned()));
    }
    head.extend(summary.map(|summary| ("abstract", summary)));
    head.push(("bibliography", bibliography.to_owned()));
    let mut markdown = String::from("---\n");
    for (name, words) in head {
        // Writing to a string cannot fail.
        let _ = writeln!(markdown, "{name}: {}", quoted(&words));
    }
    markdown.push_str("link-citations: true\n---\n\n");
    if !facts.is_empty() {
        markdown.push_str("::: {.key-facts}\n");
        for fact in facts {
            let _ = writeln!(markdown, "- {fact}");
        }
        markdown.push_str(":::\n\n");
    }
    markdown.push_str(&body);
    markdown.push_str(&footnotes);
    let bibliography = writer.bibliography();
    PandocPage { markdown, bibliography, omissions: writer.omissions }
}

struct Writer<'a> {
    book: &'a Book,
    view: View<'a>,
    /// What sources are called besides their ids.
    aliases: BTreeMap<&'a SourceId, BTreeSet<String>>,
    /// Labels of footnotes in the order of their first mark.
    footnotes: Vec<&'a str>,
    omissions: Vec<(Span, &'static str)>,
}

impl<'a> Writer<'a> {
    fn omit(&mut self, span: Span, what: &'static str) {
        self.omissions.push((span, what));
    }

    /// The key of a citation, which is an alias where it says more than the source.
    fn key(&mut self, cite: &'a Cite) -> String {
        let mut key = cite.source.as_str().to_owned();
        if let Some(quote) = &cite.quote {
            key = format!("{key}#{quote}");
        }
        if let Some(relation) = cite.relation {
            key = format!("{}:{key}", relation.name());
        }
        if let Some(source) = self.book.library.source(&cite.source)
            && key != source.id.as_str()
        {
            self.aliases.entry(&source.id).or_default().insert(key.clone());
        }
        key
    }

    /// The sources of the page, each with what it is called here.
    fn bibliography(&self) -> String {
        let sources = self.view.version.sources.iter().filter_map(|id| self.book.library.source(id));
        let items: Vec<Node> = sources.map(|source| self.item(source)).collect();
        match items.first() {
            Some(first) => json::indented(&Node { span: first.span, value: Value::List(items.clone()) }, 0) + "\n",
            None => "[]\n".to_owned(),
        }
    }

    fn item(&self, source: &Source) -> Node {
        let mut item = csl::item(source, &Vec::new());
        if let (Value::Map(entries), Some(aliases)) = (&mut item.value, self.aliases.get(&source.id)) {
            let names: Vec<&str> = aliases.iter().map(String::as_str).collect();
            let key = Key { text: "other-ids".to_owned(), span: source.span };
            entries.insert(1, (key, text(source.span, names.join(" "))));
        }
        item
    }
}
