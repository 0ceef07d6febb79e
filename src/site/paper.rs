//! Files that stand alone, to be printed or filled in: the sheets of fact-checkers and of translators.
//!
//! The style sheet is part of the file, and the policy in its head allows that one by its hash and nothing else: no script, nothing from anywhere.

use super::GENERATOR;
use super::theme::Theme;
use crate::base64;
use crate::book::navigation::folder_of;
use crate::book::{Book, BookPage, Language};
use crate::diagnostic::Diagnostic;
use crate::locale::{Direction, Locale};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What `partials/alone.html` gets, and the words of the language.
#[derive(Serialize, JsonSchema)]
pub(super) struct Paper<'a> {
    /// Language of the sheet.
    lang: &'a str,
    /// Direction of that language.
    dir: &'static str,
    /// The words of the interface that have no placeholders, by key: `t.contents`.
    t: BTreeMap<&'static str, String>,
    /// Title of the sheet.
    title: String,
    /// Name and version of the program.
    generator: &'static str,
    /// The style sheet, which stands in the file.
    style: String,
    /// Its hash, which the policy in the head names.
    style_hash: String,
}

impl<'a> Paper<'a> {
    /// A file in a language, in these style sheets of the theme.
    pub(super) fn new(
        theme: &Theme,
        styles: &[&str],
        language: Option<&'a Language>,
        title: String,
    ) -> Result<Self, Diagnostic> {
        let styles: Vec<String> = styles.iter().map(|name| theme.render_style(name)).collect::<Result<_, _>>()?;
        let style = styles.join("\n");
        let locale = language.map(|language| &language.locale);
        Ok(Self {
            lang: language.map_or("en", |language| language.lang.as_str()),
            dir: locale.map_or(Direction::Ltr, Locale::direction).name(),
            t: locale.map(Locale::plain_strings).unwrap_or_default(),
            title,
            generator: GENERATOR,
            style_hash: base64::encode(&Sha256::digest(&style)),
            style,
        })
    }
}

/// Whether a file is one of these, of a class.
pub(super) fn is_of_class(bytes: &[u8], class: &str) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default());
    head.contains("<meta name=\"generator\" content=\"Sourcebook") && head.contains(&format!("<html class=\"{class}\""))
}

/// Where a page stands on the site, for whoever has only the paper.
pub(super) fn address(book: &Book, page: &BookPage, language: &Language) -> String {
    let folder = folder_of(&language.lang, &page.id);
    book.config.base_url.as_ref().map_or_else(|| folder.clone(), |base| format!("{base}{folder}"))
}
