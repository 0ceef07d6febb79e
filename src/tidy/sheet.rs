//! A text of YAML with the places of its values, as rules look at it.

use super::nowhere;
use crate::diagnostic::Code;
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::yaml::{self, Excerpt};
use std::ops::Range;

/// A text and its values.
pub(super) struct Sheet<'t> {
    pub(super) text: &'t str,
    pub(super) root: Node,
}

impl<'t> Sheet<'t> {
    /// Reads a text. `None` where it is no YAML, or has what only programs write (anchors, tags, several documents): it is left alone.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let excerpt = Excerpt { file: nowhere(), text, offset: 0 };
        let root = yaml::read(excerpt, Code::SB106).ok().filter(|_| yaml::is_plain(text))?;
        Some(Self { text, root })
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// Where the line begins that holds a place.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.slice(0..at).rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the line ends that holds a place, its line break not counted.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.slice(at..self.text.len()).find('\n').map_or(self.text.len(), |length| at + length)
    }

    /// The spaces before a place, if nothing else stands before it on its line.
    pub(super) fn indent(&self, at: usize) -> Option<usize> {
        let before = self.slice(self.line_start(at)..at);
        before.bytes().all(|byte| byte == b' ').then_some(before.len())
    }

    /// Whether a value is written between brackets or braces.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.slice(node.span.range()).starts_with(['[', '{'])
    }

    /// The entries of a group of fields in lines of their own.
    pub(super) fn block_map<'n>(&self, node: &'n Node) -> Option<&'n [(Key, Node)]> {
        match &node.value {
            Value::Map(entries) if !self.is_flow(node) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list in lines of their own.
    pub(super) fn block_list<'n>(&self, node: &'n Node) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(items) if !self.is_flow(node) => Some(items),
            _ => None,
        }
    }

    /// Where the last value in a value ends. Of what stands in lines of its own the end says nothing: comments behind it count to it.
    pub(super) fn end_of(&self, node: &Node) -> usize {
        let last = match &node.value {
            Value::Map(entries) if !self.is_flow(node) => {
                entries.last().map(|(key, node)| self.end_of(node).max(key.span.range().end))
            }
            Value::List(items) if !self.is_flow(node) => items.last().map(|node| self.end_of(node)),
            _ => None,
        };
        last.unwrap_or(node.span.range().end)
    }

    /// The places of all words and values, in order.
    pub(super) fn scalars(&self) -> Vec<Range<usize>> {
        fn gather(node: &Node, found: &mut Vec<Range<usize>>) {
            match &node.value {
                Value::List(items) => items.iter().for_each(|item| gather(item, found)),
                Value::Map(entries) => {
                    for (key, node) in entries {
                        found.push(key.span.range());
                        gather(node, found);
                    }
                }
                Value::Text { .. } | Value::Number(_) | Value::Bool(_) | Value::Null => found.push(node.span.range()),
            }
        }
        let mut found = Vec::new();
        gather(&self.root, &mut found);
        found.sort_by_key(|range| (range.start, range.end));
        found
    }

    /// The comments, in order, each from its `#` on.
    pub(super) fn comments(&self) -> Vec<&'t str> {
        let mut comments = Vec::new();
        let mut scalars = self.scalars().into_iter().filter(|range| !range.is_empty()).peekable();
        let mut at = 0;
        while at < self.text.len() {
            while scalars.next_if(|range| range.end <= at).is_some() {}
            if let Some(range) = scalars.peek().filter(|range| range.start <= at) {
                at = range.end;
                continue;
            }
            let next = scalars.peek().map_or(self.text.len(), |range| range.start);
            let free = self.slice(at..next);
            match free.find('#').map(|mark| at + mark) {
                Some(mark) if self.slice(0..mark).is_empty() || self.slice(0..mark).ends_with([' ', '\t', '\n']) => {
                    let end = self.line_end(mark);
                    comments.push(self.slice(mark..end).trim_end());
                    at = end.max(mark + 1);
                }
                Some(mark) => at = mark + 1,
                None => at = next.max(at + 1),
            }
        }
        comments
    }
}
