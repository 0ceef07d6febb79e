//! Shapes → JSON Schema.
//!
//! Draft 7, and of it only words that draft 4 had, too, but for the examples: the YAML servers know any draft, Taplo promises draft 4.
//! A description cannot stand beside a reference there, so a field is written out where it stands; only groups of fields within lists and choices
//! are referred to.

use super::{Sort, about};
use crate::ids::Lang;
use crate::workspace::shape::{Field, Kind, Named, Shape};
use serde_json::{Map, Value, json};
use std::cell::RefCell;

/// How a schema begins that was written by the program.
pub const MARK: &str = "Written by `sourcebook schema` from what the program reads; changes are lost";

/// What a language tag is.
const LANGUAGE: &str = "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

/// What an id is.
const ID: &str = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

/// The schema of a kind of file, for a site in these languages.
pub fn write(sort: &Sort, languages: &[Lang]) -> String {
    let writer = Writer { languages, definitions: RefCell::default() };
    let record = writer.record(&(sort.shape)());
    let mut schema = if sort.by_id { keyed(ID, &record) } else { record };
    let definitions = writer.definitions.into_inner();
    if !definitions.is_empty() {
        schema.insert("definitions".to_owned(), definitions.into());
    }
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("$comment".to_owned(), json!(MARK));
    schema.insert("title".to_owned(), json!(sort.title));
    schema.insert("description".to_owned(), json!(format!("{}. See {}", sort.title, sort.guide)));
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

type Schema = Map<String, Value>;

/// A schema of one word more than nothing.
fn schema(values: Value) -> Schema {
    match values {
        Value::Object(schema) => schema,
        _ => Schema::new(),
    }
}

/// Values under keys of a certain form, and under no others.
fn keyed(pattern: &str, value: &Schema) -> Schema {
    schema(json!({ "type": "object", "patternProperties": { pattern: value }, "additionalProperties": false }))
}

struct Writer<'a> {
    languages: &'a [Lang],
    /// Groups of fields that are referred to, by their names.
    definitions: RefCell<Schema>,
}

impl Writer<'_> {
    fn record(&self, shape: &Shape) -> Schema {
        let mut properties = Map::new();
        for field in &shape.fields {
            properties.insert(field.name.to_owned(), self.field(shape, field).into());
        }
        let mut record = schema(json!({ "type": "object", "properties": properties, "additionalProperties": false }));
        let alone = |names: &&Vec<&str>| names.len() == 1;
        let required: Vec<&str> = shape.needed.iter().filter(alone).flatten().copied().collect();
        if !required.is_empty() {
            record.insert("required".to_owned(), json!(required));
        }
        let any_of = |names: &Vec<&str>| json!({ "anyOf": names.iter().map(|name| json!({ "required": [name] })).collect::<Vec<_>>() });
        let choices: Vec<Value> = shape.needed.iter().filter(|names| names.len() > 1).map(any_of).collect();
        if !choices.is_empty() {
            record.insert("allOf".to_owned(), choices.into());
        }
        record
    }

    fn field(&self, shape: &Shape, field: &Field) -> Schema {
        let words = about(shape.what, field.name).unwrap_or("");
        let described = match &field.hint {
            Some(hint) if !words.contains(hint.as_str()) => format!("{words} ({hint})"),
            _ => words.to_owned(),
        };
        let mut schema = self.kind(&field.kind);
        schema.insert("description".to_owned(), json!(described));
        schema
    }

    /// What stands within a list or a choice.
    fn inner(&self, kind: &Kind) -> Schema {
        let name = match kind {
            Kind::Record(shape) => shape.what,
            Kind::Named(_) => "forms",
            kind => return self.kind(kind),
        };
        let name = name.trim_start_matches("the ").trim_start_matches("an ").trim_start_matches("a ").replace(' ', "-");
        let group = Value::from(self.kind(kind));
        let known = self.definitions.borrow().get(&name).cloned();
        match known {
            Some(known) if known != group => return self.kind(kind),
            Some(_) => {}
            None => drop(self.definitions.borrow_mut().insert(name.clone(), group)),
        }
        schema(json!({ "$ref": format!("#/definitions/{name}") }))
    }

    fn kind(&self, kind: &Kind) -> Schema {
        match kind {
            Kind::Unsaid => Schema::new(),
            Kind::Text => schema(json!({ "type": ["string", "number"] })),
            Kind::Word(words) => {
                schema(json!({ "enum": words.iter().flat_map(|word| spellings(word)).collect::<Vec<_>>() }))
            }
            Kind::Boolean => schema(json!({ "type": "boolean" })),
            Kind::Integer(range) => {
                let mut integer = schema(json!({ "type": "integer" }));
                if *range != (i64::MIN..=i64::MAX) {
                    integer.insert("minimum".to_owned(), json!(range.start()));
                    integer.insert("maximum".to_owned(), json!(range.end()));
                }
                integer
            }
            Kind::Some(one) => {
                let one = self.inner(one);
                schema(json!({ "anyOf": [one, { "type": "array", "items": one }] }))
            }
            Kind::Exactly(count, one) => {
                schema(json!({ "type": "array", "items": self.inner(one), "minItems": count, "maxItems": count }))
            }
            Kind::ByLanguage(one) => {
                let one = self.inner(one);
                let mut map = keyed(LANGUAGE, &one);
                let own = self.languages.iter().map(|lang| (lang.to_string(), one.clone().into()));
                map.insert("properties".to_owned(), Value::Object(own.collect()));
                map
            }
            Kind::ByName(one) => schema(json!({ "type": "object", "additionalProperties": self.inner(one) })),
            Kind::Named(values) => {
                let described = |named: &Named| {
                    let mut value = self.kind(&named.kind);
                    value.insert("description".to_owned(), json!(named.about));
                    (named.name.clone(), value.into())
                };
                let properties: Map<String, Value> = values.iter().map(described).collect();
                schema(json!({ "type": "object", "properties": properties, "additionalProperties": false }))
            }
            Kind::Record(shape) => self.record(shape),
            Kind::Either(kinds) => {
                schema(json!({ "anyOf": kinds.iter().map(|kind| self.inner(kind)).collect::<Vec<_>>() }))
            }
        }
    }
}

/// A word as it may be written: YAML takes `1` for a number.
fn spellings(word: &str) -> Vec<Value> {
    let number = word.parse::<i64>().ok().map(Value::from);
    std::iter::once(Value::from(word)).chain(number).collect()
}
