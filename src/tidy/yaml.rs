//! Spacing and quotation marks of YAML, and the rules in their order.

use super::edit::{Edit, Rule, settle};
use super::meaning::is_same_yaml;
use super::sheet::Sheet;
use super::{fields, layout};
use crate::schema::Sort;
use crate::workspace::node::{Node, Value};

/// A file of records, or the head of a page, as it should be.
pub(super) fn tidy(text: &str, sort: &Sort) -> String {
    let shape = (sort.shape)();
    let order = |text: &str| fields::ordered(text, sort, &shape);
    let apart = |text: &str| if sort.by_id { records(text) } else { Vec::new() };
    let rules: [Rule<'_>; 6] = [&lines, &layout::indented, &spaces, &quotes, &order, &apart];
    settle(text, &rules, &|one, other| is_same_yaml(sort, one, other))
}

/// Nothing stands at the end of a line, one blank line is enough, and the last line ends.
fn lines(text: &str) -> Vec<Edit> {
    let Some(sheet) = Sheet::read(text) else { return Vec::new() };
    // In a text of several lines they are the text's.
    let texts: Vec<_> = sheet.scalars().into_iter().filter(|range| sheet.slice(range.clone()).contains('\n')).collect();
    let is_within = |at: usize| texts.iter().any(|range| range.start <= at && at < range.end);
    let mut edits = Vec::new();
    let (mut at, mut was_blank) = (0, true);
    let end = text.trim_end().len();
    for line in text.get(..end).unwrap_or("").split_inclusive('\n') {
        let words = line.trim_end();
        let (from, to) = (at + words.len(), at + line.trim_end_matches('\n').len());
        at += line.len();
        if is_within(from) {
            was_blank = false;
        } else if words.is_empty() && was_blank {
            edits.push(Edit::new(at - line.len()..at, ""));
        } else {
            edits.push(Edit::new(from..to, ""));
            was_blank = words.is_empty();
        }
    }
    if end < text.len() || end > 0 {
        edits.push(Edit::new(end..text.len(), if end == 0 { "" } else { "\n" }));
    }
    edits
}

/// One space behind `:` and `,`, none within brackets and braces.
fn spaces(text: &str) -> Vec<Edit> {
    let Some(sheet) = Sheet::read(text) else { return Vec::new() };
    let mut edits = Vec::new();
    spaces_of(&sheet, &sheet.root, &mut edits);
    edits
}

fn spaces_of(sheet: &Sheet<'_>, node: &Node, edits: &mut Vec<Edit>) {
    let range = node.span.range();
    let is_flow = sheet.is_flow(node);
    if is_flow && sheet.slice(range.clone()).contains('\n') {
        return;
    }
    let mut gap = |from: usize, to: usize, sign: &str, wanted: &str| {
        let written = sheet.slice(from..to);
        if from <= to && written.trim_matches(' ') == sign {
            edits.push(Edit::new(from..to, wanted));
        }
    };
    let mut before = range.start + 1;
    match &node.value {
        Value::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                let (key, value_range) = (key.span.range(), value.span.range());
                if is_flow {
                    let (sign, wanted) = if index == 0 { ("", "") } else { (",", ", ") };
                    gap(before, key.start, sign, wanted);
                    before = value_range.end;
                }
                if value.value != Value::Null {
                    gap(key.end, value_range.start, ":", ": ");
                }
            }
        }
        Value::List(items) if is_flow => {
            for (index, item) in items.iter().enumerate() {
                let (sign, wanted) = if index == 0 { ("", "") } else { (",", ", ") };
                gap(before, item.span.range().start, sign, wanted);
                before = item.span.range().end;
            }
        }
        _ => {}
    }
    if is_flow {
        let last = range.end.saturating_sub(1);
        gap(before, last, "", "");
        gap(before, last, ",", "");
    }
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|(_, value)| spaces_of(sheet, value, edits)),
        Value::List(items) => items.iter().for_each(|item| spaces_of(sheet, item, edits)),
        _ => {}
    }
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
}

/// A text stands between the marks of which it has none itself.
fn quotes(text: &str) -> Vec<Edit> {
    let Some(sheet) = Sheet::read(text) else { return Vec::new() };
    let mut edits = Vec::new();
    for range in sheet.scalars() {
        let written = sheet.slice(range.clone());
        let within = |mark: char| written.strip_prefix(mark)?.strip_suffix(mark);
        if let Some(inner) = within('\'')
            && inner.contains("''")
            && !inner.contains(['"', '\\', '\n'])
        {
            edits.push(Edit::new(range, format!("\"{}\"", inner.replace("''", "'"))));
        } else if let Some(inner) = within('"')
            && inner.contains("\\\"")
            && !inner.contains(['\'', '\n'])
            && !inner.replace("\\\"", "").contains('\\')
        {
            edits.push(Edit::new(range, format!("'{}'", inner.replace("\\\"", "\""))));
        }
    }
    edits
}

/// Where most records have a blank line before them, all have.
fn records(text: &str) -> Vec<Edit> {
    let Some(sheet) = Sheet::read(text) else { return Vec::new() };
    let Some(entries) = sheet.block_map(&sheet.root) else { return Vec::new() };
    let heads: Vec<usize> = entries.iter().skip(1).map(|(key, _)| head(&sheet, key.span.range().start)).collect();
    let (apart, close): (Vec<usize>, Vec<usize>) =
        heads.into_iter().partition(|head| sheet.slice(0..*head).ends_with("\n\n"));
    if apart.len() <= close.len() {
        return Vec::new();
    }
    close.into_iter().map(|head| Edit::new(head..head, "\n")).collect()
}

/// Where the comments begin that stand right before a record.
fn head(sheet: &Sheet<'_>, record: usize) -> usize {
    let mut head = sheet.line_start(record);
    while head > 0 {
        let above = sheet.line_start(head - 1);
        if !sheet.slice(above..head).starts_with('#') {
            break;
        }
        head = above;
    }
    head
}
