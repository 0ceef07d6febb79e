//! `book.toml`: whoever reads it, and what a page of an editor may ask of it.

use super::told::{Sheet, text};
use sourcebook::workspace::Role;
use sourcebook::workspace::config;

pub fn run(bytes: &[u8]) {
    let sheet = Sheet::new("book.toml", &text(bytes));
    let mut diagnostics = Vec::new();
    let config = config::read(sheet.file, sheet.text(), &mut diagnostics);
    sheet.hold(&diagnostics);
    assert!(config.is_some() || !diagnostics.is_empty(), "nothing is wrong, and there is no site");
    let Some(config) = config else { return };
    assert!(!config.languages.is_empty(), "a site without a language");
    for folder in [&config.content_dir, &config.build_dir] {
        let leaves = folder.starts_with('/') || folder.split('/').any(|part| part == "..");
        assert!(!leaves, "{folder} leads out of the site's folder");
    }
    for language in &config.languages {
        assert!(Role::of(&format!("{}/index.md", language.lang), &config).is_ok());
    }
}
