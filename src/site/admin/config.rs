//! The configuration of Sveltia CMS: which files it opens, and with which forms.
//!
//! Pages are opened in all languages side by side. Sources and figures are opened where a file holds one record (`sources/added/`, `figures/added/`):
//! the large files of a library are for people who see the whole of them. Terms are few, so their files are opened whole.
//! JSON is YAML, so the file needs no writer of its own, and `editor.js` reads it with what browsers have.

use super::field::{Field, values};
use super::forms::{self, Languages};
use crate::workspace::config::{Config, Editor};
use serde_json::{Value, json};

/// How deep pages may lie.
const DEPTH: u8 = 20;

/// The file.
pub(super) fn text(config: &Config, editor: &Editor) -> String {
    let languages: Vec<(String, String)> = config
        .languages
        .iter()
        .map(|language| {
            let tag = language.lang.as_str();
            (tag.to_owned(), language.name.as_deref().unwrap_or(tag).to_owned())
        })
        .collect();
    let content = &config.content_dir;
    let all = json!({
        "backend": backend(editor),
        "app_title": config.title,
        "media_folder": "static",
        "public_folder": "/static",
        "show_preview_links": false,
        "i18n": {
            "structure": "multiple_folders",
            "locales": languages.iter().map(|(tag, _)| tag).collect::<Vec<_>>(),
            "initial_locales": "default",
        },
        "output": { "omit_empty_optional_fields": true },
        "editor": { "preview": false },
        "collections": [
            pages(content),
            records("sources", "New sources", content, forms::source(&languages)),
            records("figures", "New figures", content, forms::figure(&languages)),
            terms(content, &languages),
        ],
    });
    format!("{all:#}\n")
}

fn backend(editor: &Editor) -> Value {
    let mut backend = json!({ "name": editor.backend.name(), "repo": editor.repo, "branch": editor.branch });
    let urls = [("api_root", &editor.api_url), ("base_url", &editor.auth_url)];
    if let Value::Object(fields) = &mut backend {
        fields.extend(urls.into_iter().filter_map(|(name, url)| Some((name.to_owned(), json!(url.as_ref()?)))));
    }
    backend
}

fn pages(content: &str) -> Value {
    json!({
        "name": "pages",
        "label": "Pages",
        "label_singular": "Page",
        "folder": format!("{content}/{{{{locale}}}}"),
        "nested": { "depth": DEPTH, "subfolders": false },
        "i18n": true,
        "create": true,
        "delete": false,
        "format": "page pages",
        "slug": { "editable": ["create"], "pattern": ["^[a-z0-9]+(-[a-z0-9]+)*$", "letters a–z, digits and hyphens"] },
        "fields": values(forms::page()),
    })
}

/// Records of which a file holds one.
fn records(name: &str, label: &str, content: &str, fields: Vec<Field>) -> Value {
    json!({
        "name": name,
        "label": label,
        "folder": format!("{content}/{name}/added"),
        "create": true,
        "delete": false,
        "format": format!("record {name}"),
        "identifier_field": "id",
        "slug": { "template": "{{id}}", "editable": false },
        "fields": values(fields),
    })
}

fn terms(content: &str, languages: &Languages) -> Value {
    let file = |name: &str, label: &str, format: &str, fields: Vec<Field>| {
        json!({
            "name": name,
            "label": label,
            "file": format!("{content}/terms/{name}.yaml"),
            "format": format,
            "fields": values(fields),
        })
    };
    let meanings = file("terms", "Meanings", "records terms", forms::terms(languages));
    let names = languages
        .iter()
        .map(|(tag, name)| file(tag, &format!("Names: {name}"), "records names", forms::names_of_terms()));
    json!({
        "name": "terms",
        "label": "Terms",
        "files": std::iter::once(meanings).chain(names).collect::<Vec<_>>(),
    })
}
