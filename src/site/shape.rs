//! The shape of values: which fields they have, of what kind, what for. Read from the schemas that their types give of themselves.
//!
//! Knows nothing of sites.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Text, which the template escapes.
    Text,
    /// HTML, which is written with `safe`.
    Html,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// Texts by key.
    Words,
    /// Several of a kind.
    List(Box<Kind>),
    /// Fields of its own, by the name of the part.
    Part(String),
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What templates call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it may be null.
    pub optional: bool,
    /// What it is for.
    pub about: String,
}

/// Fields that stand together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub about: String,
    /// In the order of the type.
    pub fields: Vec<Field>,
}

impl Part {
    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// The parts of some types by name.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) parts: BTreeMap<String, Part>,
}

/// Gathers types.
pub(super) struct Schemas(SchemaGenerator);

impl Default for Schemas {
    fn default() -> Self {
        Self(SchemaSettings::draft2020_12().for_serialize().into_generator())
    }
}

impl Schemas {
    /// Adds a type; the name of its part.
    pub(super) fn of<T: JsonSchema>(&mut self) -> String {
        let schema = self.0.subschema_for::<T>();
        reference(schema.as_value()).unwrap_or_default()
    }

    /// Everything that was added, and what that is made of.
    pub(super) fn finish(mut self) -> Shape {
        let definitions = self.0.take_definitions(true);
        let parts = definitions.iter().filter_map(|(name, schema)| Some((name.clone(), part(schema.as_object()?))));
        Shape { parts: parts.collect() }
    }
}

fn part(schema: &Map<String, Value>) -> Part {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut fields: Vec<Field> =
        properties.into_iter().flatten().map(|(name, schema)| field(name.clone(), schema)).collect();
    // A schema keeps its properties by name; what it requires stands in the order of the type.
    let order: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    fields.sort_by_key(|field| order.iter().position(|name| *name == field.name));
    Part { about: about(schema), fields }
}

fn field(name: String, schema: &Value) -> Field {
    let about = schema.as_object().map(about).unwrap_or_default();
    let choices = schema.get("anyOf").and_then(Value::as_array);
    let is_null = |choice: &Value| choice.get("type").and_then(Value::as_str) == Some("null");
    let (optional, inner) = match choices {
        Some(choices) => (choices.iter().any(is_null), choices.iter().find(|choice| !is_null(choice))),
        None => (types(schema).any(|name| name == "null"), Some(schema)),
    };
    Field { name, kind: inner.map_or(Kind::Text, kind), optional, about }
}

fn kind(schema: &Value) -> Kind {
    if let Some(name) = reference(schema) {
        return Kind::Part(name);
    }
    match types(schema).find(|name| *name != "null") {
        Some("array") => Kind::List(Box::new(schema.get("items").map_or(Kind::Text, kind))),
        Some("boolean") => Kind::Flag,
        Some("integer" | "number") => Kind::Number,
        Some("object") => Kind::Words,
        _ if schema.get("format").and_then(Value::as_str) == Some("html") => Kind::Html,
        _ => Kind::Text,
    }
}

/// The one type that a schema names, or all of them.
fn types(schema: &Value) -> impl Iterator<Item = &str> {
    let named = schema.get("type");
    let one = named.and_then(Value::as_str);
    let several = named.and_then(Value::as_array);
    one.into_iter().chain(several.into_iter().flatten().filter_map(Value::as_str))
}

fn reference(schema: &Value) -> Option<String> {
    Some(schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?.to_owned())
}

fn about(schema: &Map<String, Value>) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ")
}
