//! TOML → [`Node`]. The only place that knows the `toml` crate.

use super::node::{Key, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use toml::de::{DeTable, DeValue};

/// Reads `book.toml`; everything that is wrong with its syntax comes back at once.
pub fn read(file: FileId, text: &str) -> Result<Node, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let span = Span::new(file, 0, text.len());
        return Ok(Node { span, value: map(table.into_inner(), file) });
    }
    Err(errors
        .iter()
        .map(|error| {
            let range = error.span().unwrap_or(0..0);
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            Diagnostic::new(
                Code::SB102,
                Span::new(file, range.start, range.end),
                format!("this is not TOML: {message}"),
            )
            .help("`key = \"value\"` on a line of its own, below its `[section]`")
        })
        .collect())
}

fn map(table: DeTable<'_>, file: FileId) -> Value {
    let mut entries: Vec<(Key, Node)> = table
        .into_iter()
        .map(|(key, value)| {
            let key_span = key.span();
            let value_span = value.span();
            let key = Key { text: key.get_ref().to_string(), span: Span::new(file, key_span.start, key_span.end) };
            let node = Node {
                span: Span::new(file, value_span.start, value_span.end),
                value: convert(value.into_inner(), file),
            };
            (key, node)
        })
        .collect();
    // The table is kept by name; languages and the like are shown in the order of the file.
    entries.sort_by_key(|(key, _)| key.span.start);
    Value::Map(entries)
}

fn convert(value: DeValue<'_>, file: FileId) -> Value {
    match value {
        DeValue::String(text) => Value::Text { text: text.into_owned(), verbatim: None },
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Float(number) => Value::Number(number.to_string()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(date) => Value::Text { text: date.to_string(), verbatim: None },
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| {
                    let span = item.span();
                    Node { span: Span::new(file, span.start, span.end), value: convert(item.into_inner(), file) }
                })
                .collect(),
        ),
        DeValue::Table(table) => map(table, file),
    }
}
