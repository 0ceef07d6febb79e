//! Indentation: two spaces a level, lists as well; one space behind a dash.

use super::edit::Edit;
use super::sheet::Sheet;
use crate::workspace::node::{Node, Value};
use std::collections::BTreeMap;

/// How far a level stands from the one that holds it.
const STEP: usize = 2;

/// Every record whose lines stand otherwise than they should, as it should be.
pub(super) fn indented(text: &str) -> Vec<Edit> {
    let Some(sheet) = Sheet::read(text) else { return Vec::new() };
    let Some(entries) = sheet.block_map(&sheet.root) else { return Vec::new() };
    let starts = entries.iter().map(|(key, _)| sheet.line_start(key.span.range().start));
    let ends = starts.clone().skip(1).chain(std::iter::once(text.len()));
    let units = entries.iter().zip(starts.zip(ends));
    units
        .filter_map(|((key, value), (start, end))| {
            let mut lines = Lines { sheet: &sheet, lines: BTreeMap::new() };
            lines.entry(key.span.range().start, value, 0)?;
            let written = lines.written(start, end);
            (written != sheet.slice(start..end)).then(|| Edit::new(start..end, written))
        })
        .collect()
}

/// How a line begins.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// The spaces before its first sign.
    indent: usize,
    /// So many dashes, each with its space.
    dashes: usize,
    /// Where in the text its key or value begins.
    content: usize,
}

/// The lines on which something begins, by their places.
struct Lines<'s, 't> {
    sheet: &'s Sheet<'t>,
    lines: BTreeMap<usize, Line>,
}

impl Lines<'_, '_> {
    /// A key that is the first on its line, and its value. `None` where it is written in a way that is not understood.
    fn entry(&mut self, key: usize, value: &Node, indent: usize) -> Option<()> {
        self.sheet.indent(key)?;
        self.begin(key, Line { indent, dashes: 0, content: key });
        self.value(key, value, indent)
    }

    fn begin(&mut self, at: usize, line: Line) {
        self.lines.insert(self.sheet.line_start(at), line);
    }

    /// The value of a key: what stands in lines of its own stands one step further.
    fn value(&mut self, key: usize, value: &Node, indent: usize) -> Option<()> {
        let is_block = self.sheet.block_map(value).is_some() || self.sheet.block_list(value).is_some();
        if !is_block {
            return Some(());
        }
        let is_below = self.sheet.line_start(value.span.range().start) > key;
        is_below.then_some(())?;
        self.block(value, indent + STEP, None)
    }

    /// A group or a list; its first line may have begun already, with dashes.
    fn block(&mut self, node: &Node, indent: usize, mut begun: Option<Line>) -> Option<()> {
        if let Some(entries) = self.sheet.block_map(node) {
            for (key, value) in entries {
                let at = key.span.range().start;
                match begun.take() {
                    Some(line) => {
                        self.begin(at, Line { content: at, ..line });
                        self.value(at, value, indent)?;
                    }
                    None => self.entry(at, value, indent)?,
                }
            }
        }
        for item in self.sheet.block_list(node).unwrap_or_default() {
            let at = item.span.range().start;
            let dash = self.sheet.slice(0..at).trim_end_matches(' ').strip_suffix('-').map(str::len)?;
            let line = match begun.take() {
                Some(line) => Line { dashes: line.dashes + 1, ..line },
                None => {
                    self.sheet.indent(dash)?;
                    Line { indent, dashes: 1, content: at }
                }
            };
            match &item.value {
                Value::Null => return None,
                Value::Map(_) | Value::List(_) if !self.sheet.is_flow(item) => {
                    self.block(item, indent + STEP, Some(line))?;
                }
                _ => self.begin(at, Line { content: at, ..line }),
            }
        }
        Some(())
    }

    /// The lines between two places as they should be. What goes on on further lines moves with the line on which it begins, and a comment with the
    /// line that it stands over, or in.
    fn written(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        let mut at = start;
        let mut shift = 0;
        for line in self.sheet.slice(start..end).split_inclusive('\n') {
            let words = line.trim_start_matches(' ');
            let indent = line.len() - words.len();
            if let Some(own) = self.lines.get(&at) {
                let column = own.indent + own.dashes * STEP;
                shift = difference(column, own.content - at);
                out.push_str(&" ".repeat(own.indent));
                out.push_str(&"- ".repeat(own.dashes));
                out.push_str(self.sheet.slice(own.content..at + line.len()));
            } else if words.trim().is_empty() {
                out.push_str(line);
            } else {
                let over = self.lines.range(at..end).next().filter(|_| words.starts_with('#'));
                let shift = match over {
                    Some((place, over)) if self.first_sign(*place) == indent => difference(over.indent, indent),
                    _ => shift,
                };
                out.push_str(&" ".repeat(indent.saturating_add_signed(shift)));
                out.push_str(words);
            }
            at += line.len();
        }
        out
    }

    /// The spaces at the beginning of a line.
    fn first_sign(&self, line: usize) -> usize {
        let line = self.sheet.slice(line..self.sheet.text.len());
        line.len() - line.trim_start_matches(' ').len()
    }
}

fn difference(wanted: usize, written: usize) -> isize {
    let size = |count: usize| isize::try_from(count).unwrap_or_default();
    size(wanted) - size(written)
}
