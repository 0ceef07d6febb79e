//! Values of templates that are made once and shared by all pages that show them. Uses nothing else of the program.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::marker::PhantomData;
use tera::Value;

/// A value that templates are given as it is: who hands it on copies nothing.
#[derive(Debug)]
pub(super) struct Shared<T> {
    value: Value,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self { value: Value::from_serializable(&value), of: PhantomData }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), of: PhantomData }
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Shared<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
