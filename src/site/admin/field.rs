//! A field of a form, as Sveltia CMS is told of it.

use serde_json::{Value, json};

/// A field, put together step by step.
#[derive(Debug, Clone)]
pub(super) struct Field(serde_json::Map<String, Value>);

/// The part of a text in several languages that is said to be of none: a plain text in the file. `editor.js` knows the name.
const PLAIN: &str = "any";

/// The hidden field in which a file goes along as it was. `editor.js` knows the name.
const ORIGINAL: &str = "file-as-it-was";

/// What an id may be made of, as a pattern.
const ID: &str = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

/// What a date may be, as a pattern: a day, a month, a year, about it, or an interval.
const DATE: &str = "^~?-?[0-9]{1,4}(-[0-9]{2}){0,2}(/~?[0-9]{1,4}(-[0-9]{2}){0,2})?$";

impl Field {
    fn of(name: &str, label: &str, widget: &str) -> Self {
        let mut field = Self(serde_json::Map::new());
        field.set("name", json!(name)).set("label", json!(label)).set("widget", json!(widget));
        if widget != "hidden" {
            field.set("required", json!(false));
        }
        field
    }

    fn set(&mut self, key: &str, value: Value) -> &mut Self {
        self.0.insert(key.to_owned(), value);
        self
    }

    fn with(mut self, key: &str, value: Value) -> Self {
        self.set(key, value);
        self
    }

    /// The file as it was.
    pub(super) fn original() -> Self {
        Self::of(ORIGINAL, "The file as it was", "hidden")
    }

    /// A few words on one line.
    pub(super) fn line(name: &str, label: &str) -> Self {
        Self::of(name, label, "string")
    }

    /// The name by which others speak of a record.
    pub(super) fn id(hint: &str) -> Self {
        let told = "letters a–z, digits, hyphens, beginning with a letter or digit";
        Self::line("id", "Id").with_pattern(ID, told).required().hint(hint)
    }

    /// A date as the files write it.
    pub(super) fn date(name: &str, label: &str) -> Self {
        Self::line(name, label).with_pattern(DATE, "a date such as 2024-02-16, 2024-02, 2024 or ~1948")
    }

    /// Running text.
    pub(super) fn text(name: &str, label: &str) -> Self {
        Self::of(name, label, "text").with("use_emoji_autocomplete", json!(false))
    }

    /// Yes or no.
    pub(super) fn switch(name: &str, label: &str) -> Self {
        Self::of(name, label, "boolean")
    }

    /// One of some words.
    pub(super) fn choice<'a>(name: &str, label: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        Self::of(name, label, "select").with("options", words.into_iter().collect())
    }

    /// Several texts.
    pub(super) fn texts(name: &str, label: &str, item: &str) -> Self {
        Self::of(name, label, "list").with("field", Self::text("item", item).value())
    }

    /// Several records.
    pub(super) fn records(name: &str, label: &str, fields: Vec<Self>) -> Self {
        Self::of(name, label, "list").with("collapsed", json!("auto")).with("fields", values(fields))
    }

    /// A text in several languages, or one that stands for all.
    pub(super) fn words(name: &str, label: &str, languages: &[(String, String)]) -> Self {
        let plain = Self::line(PLAIN, "In every language, or in that of the document");
        let each = languages.iter().map(|(lang, name)| Self::line(lang, name));
        Self::of(name, label, "object").with("fields", values(std::iter::once(plain).chain(each)))
    }

    /// What is filled in has a form, which is told to whoever misses it.
    pub(super) fn with_pattern(self, pattern: &str, told: &str) -> Self {
        self.with("pattern", json!([pattern, told]))
    }

    /// It must be filled in.
    pub(super) fn required(self) -> Self {
        self.with("required", json!(true))
    }

    /// What one should know to fill it in.
    pub(super) fn hint(self, hint: &str) -> Self {
        self.with("hint", json!(hint))
    }

    /// Every language has its own.
    pub(super) fn in_each_language(self) -> Self {
        self.with("i18n", json!(true))
    }

    pub(super) fn value(self) -> Value {
        Value::Object(self.0)
    }
}

/// Fields as a list.
pub(super) fn values(fields: impl IntoIterator<Item = Field>) -> Value {
    fields.into_iter().map(Field::value).collect()
}
