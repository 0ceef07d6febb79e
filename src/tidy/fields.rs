//! The order of fields: that in which the documentation shows them.

use super::edit::Edit;
use super::meaning::{of_entry, of_items, record};
use super::sheet::Sheet;
use crate::schema::{self, Sort};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::shape::{Kind, Shape};

/// Every record whose fields stand in another order, as it should be; of records in each other the outermost.
pub(super) fn ordered(text: &str, sort: &Sort, shape: &Shape) -> Vec<Edit> {
    let Some(sheet) = Sheet::read(text) else { return Vec::new() };
    let shape = Kind::Record(shape.clone());
    let kind = if sort.by_id { Kind::ByName(Box::new(shape)) } else { shape };
    let mut edits = Vec::new();
    order(&sheet, &sheet.root, Some(&kind), &mut edits);
    edits
}

fn order(sheet: &Sheet<'_>, node: &Node, kind: Option<&Kind>, edits: &mut Vec<Edit>) {
    match &node.value {
        Value::List(items) => {
            for item in items {
                order(sheet, item, kind.map(of_items), edits);
            }
        }
        Value::Map(entries) => {
            let edit = kind.and_then(record).and_then(|shape| reordered(sheet, node, entries, shape));
            match edit {
                Some(edit) => edits.push(edit),
                None => entries.iter().for_each(|(key, value)| order(sheet, value, of_entry(kind, &key.text), edits)),
            }
        }
        _ => {}
    }
}

/// The record with its fields in order; `None` where they are, where it has fields that nobody knows, or where something stands between them of which
/// nobody can say to which field it belongs: a comment, a blank line.
fn reordered(sheet: &Sheet<'_>, node: &Node, entries: &[(Key, Node)], shape: &Shape) -> Option<Edit> {
    let places: Vec<usize> =
        entries.iter().map(|(key, _)| schema::place(shape.what, &key.text)).collect::<Option<_>>()?;
    if places.is_sorted() {
        return None;
    }
    let start = entries.first()?.0.span.range().start;
    let (parts, between, end) =
        if sheet.is_flow(node) { in_braces(sheet, node, entries)? } else { in_lines(sheet, entries)? };
    let mut parts: Vec<(usize, &str)> = places.into_iter().zip(parts).collect();
    parts.sort_by_key(|(place, _)| *place);
    let parts: Vec<&str> = parts.into_iter().map(|(_, part)| part).collect();
    Some(Edit::new(start..end, parts.join(&between)))
}

/// The fields, what stands between them, and where the last ends.
type Parts<'t> = (Vec<&'t str>, String, usize);

fn in_braces<'t>(sheet: &Sheet<'t>, node: &Node, entries: &[(Key, Node)]) -> Option<Parts<'t>> {
    if sheet.slice(node.span.range()).contains('\n') || entries.iter().any(|(_, value)| value.value == Value::Null) {
        return None;
    }
    let ends: Vec<usize> = entries.iter().map(|(_, value)| value.span.range().end).collect();
    let parts = entries.iter().zip(&ends).map(|((key, _), end)| sheet.slice(key.span.range().start..*end));
    let parts: Vec<&str> = parts.collect();
    let commas =
        entries.iter().skip(1).zip(&ends).all(|((key, _), end)| sheet.slice(*end..key.span.range().start) == ", ");
    commas.then_some((parts, ", ".to_owned(), *ends.last()?))
}

fn in_lines<'t>(sheet: &Sheet<'t>, entries: &[(Key, Node)]) -> Option<Parts<'t>> {
    let starts: Vec<usize> = entries.iter().map(|(key, _)| key.span.range().start).collect();
    let column = starts.first().map(|first| first - sheet.line_start(*first))?;
    for start in starts.iter().skip(1) {
        sheet.indent(*start).filter(|indent| *indent == column)?;
    }
    let (key, value) = entries.last()?;
    let end = sheet.line_end(sheet.end_of(value).max(key.span.range().end));
    let breaks = starts.iter().skip(1).map(|start| sheet.line_start(*start).saturating_sub(1));
    let ends: Vec<usize> = breaks.chain(std::iter::once(end)).collect();
    let parts: Vec<&str> = starts.iter().zip(&ends).map(|(start, end)| sheet.slice(*start..*end)).collect();
    let is_loose = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    // What stands behind the last field in its own column may be a part of it.
    let below = sheet.slice(end..sheet.text.len()).lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or("");
    let is_commented =
        below.trim_start().starts_with('#') && below.len() - below.trim_start().len() >= column && column > 0;
    if is_commented || parts.iter().any(|part| part.split('\n').any(is_loose)) {
        return None;
    }
    Some((parts, format!("\n{}", " ".repeat(column)), end))
}
