//! How editors are told which schema belongs to which file.

use super::SORTS;
use crate::workspace::BOOK;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// The schemas and the files of a site.
#[derive(Debug, Clone, Copy)]
pub struct Wiring<'a> {
    /// The folder of the schemas, from the site's folder.
    pub schemas: &'a str,
    /// The folder of the content, from there.
    pub content: &'a str,
}

impl Wiring<'_> {
    /// `.vscode/settings.json`: which files the YAML extension checks with which schema.
    pub fn settings(&self) -> String {
        let mut schemas = Map::new();
        for sort in SORTS.iter().filter(|sort| !sort.files.is_empty()) {
            let mut files: Vec<String> = sort.files.iter().map(|files| format!("{}/{files}", self.content)).collect();
            let value = if files.len() == 1 { files.pop().into() } else { json!(files) };
            schemas.insert(format!("./{}/{}", self.schemas, sort.file()), value);
        }
        let settings: Value = json!({ "yaml.schemas": schemas });
        let mut text = serde_json::to_string_pretty(&settings).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The first line of `book.toml`, for Taplo and what is built on it.
    pub fn directive(&self) -> String {
        format!("#:schema ./{}/book.schema.json", self.schemas)
    }

    /// All that is to be added, for people.
    pub fn told(&self) -> String {
        let mut text = String::new();
        let folder = self.schemas;
        let _ = writeln!(text, "VS Code and whatever reads its settings: .vscode/settings.json\n\n{}", self.settings());
        let _ = writeln!(
            text,
            "Any editor with yaml-language-server: a first line in the file, with the path from there, such as\n"
        );
        let _ = writeln!(text, "# yaml-language-server: $schema=../../{folder}/sources.schema.json\n");
        let _ = writeln!(text, "{BOOK}: its first line, or the same in .taplo.toml\n\n{}\n", self.directive());
        let _ =
            writeln!(text, "[[rule]]\ninclude = [\"{BOOK}\"]\n[rule.schema]\npath = \"./{folder}/book.schema.json\"");
        text
    }
}
