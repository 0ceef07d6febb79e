//! The headings of a page and the ids by which links find them.
//!
//! Ids come from the editor's braces; a translation without them takes those of the source page, heading by heading, so that `#leaders`
//! means the same place in every language; what is left gets an id from its words, letters of any script kept.

use super::reading::plain_text;
use crate::markdown::tree::{BlockKind, Document, Inline};
use crate::span::Span;
use std::collections::BTreeMap;

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Where it stands; the renderer finds its id by this.
    pub span: Span,
    /// 2 for `##`.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its words, without citations.
    pub text: String,
}

struct Bare<'a> {
    span: Span,
    level: u8,
    id: Option<&'a str>,
    content: &'a [Inline],
}

/// Whether an id is one that the page itself uses: for its parts, its marks and its lists.
pub fn is_taken(id: &str) -> bool {
    id == "main"
        || ["page-", "c-", "cn-", "d-", "n-", "s-", "f-", "r-", "t-", "u-", "fn-", "fr-"]
            .iter()
            .any(|prefix| id.starts_with(prefix))
}

/// The headings of a page; `source` are those of the same page in the source language.
pub fn outline(document: &Document, source: Option<&[Heading]>) -> Vec<Heading> {
    let bare: Vec<Bare<'_>> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { level, id, content } => {
                Some(Bare { span: block.span, level: *level, id: id.as_deref(), content })
            }
            _ => None,
        })
        .collect();
    let same_shape = source.filter(|source| {
        source.len() == bare.len() && source.iter().zip(&bare).all(|(source, own)| source.level == own.level)
    });
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for id in bare.iter().filter_map(|heading| heading.id) {
        used.insert(id.to_owned(), 1);
    }
    bare.iter()
        .enumerate()
        .map(|(index, heading)| {
            let text = plain_text(heading.content);
            let inherited = same_shape.and_then(|source| source.get(index)).map(|source| source.id.as_str());
            let id = match (heading.id, inherited) {
                (Some(id), _) => id.to_owned(),
                (None, Some(id)) if !used.contains_key(id) => {
                    used.insert(id.to_owned(), 1);
                    id.to_owned()
                }
                _ => unique(&slug(&text), &mut used),
            };
            Heading { span: heading.span, level: heading.level, id, text }
        })
        .collect()
}

fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    match slug.trim_end_matches('-') {
        "" => "section".to_owned(),
        slug if is_taken(slug) => format!("h-{slug}"),
        slug => slug.to_owned(),
    }
}

fn unique(slug: &str, used: &mut BTreeMap<String, usize>) -> String {
    let count = used.entry(slug.to_owned()).or_insert(0);
    *count += 1;
    if *count == 1 {
        return slug.to_owned();
    }
    let mut number = *count;
    loop {
        let id = format!("{slug}-{number}");
        if !used.contains_key(&id) {
            used.insert(id.clone(), 1);
            return id;
        }
        number += 1;
    }
}
