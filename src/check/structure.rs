//! SB507, SB510 and SB701: headings have ids of their own, folders have names, addresses have one page.

use crate::book::outline::is_taken;
use crate::book::{Book, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::PageId;
use crate::span::Span;
use std::collections::BTreeMap;

/// No heading takes an id that the page itself uses.
pub(super) fn page(_book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    for heading in version.outline.iter().filter(|heading| is_taken(&heading.id)) {
        diagnostics.push(
            Diagnostic::new(Code::SB507, heading.span, format!("the page itself uses the id `{}`", heading.id))
                .help("choose another; `main` and ids that begin with `page-`, `c-`, `n-`, `s-`, `f-`, `t-`, `u-`, `fn-` or `fr-` are taken"),
        );
    }
}

/// Every folder has an index page, and no two pages want one address.
pub(super) fn sections(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut unnamed: BTreeMap<PageId, Span> = BTreeMap::new();
    for page in &book.pages {
        let Some(version) = page.versions.iter().flatten().next() else { continue };
        let span = Span::start_of(version.page.file);
        let mut parent = page.id.parent();
        while let Some(id) = parent {
            if book.find(&id).is_none() && !book.is_draft(&id) {
                unnamed.entry(id.clone()).or_insert(span);
            }
            parent = id.parent();
        }
    }
    let lang = book.source_language().map_or("", |language| language.lang.as_str());
    for (id, span) in unnamed {
        let file = if id.is_home() { "index.md".to_owned() } else { format!("{id}/index.md") };
        let file = format!("{}/{lang}/{file}", book.config.content_dir);
        let message = if id.is_home() {
            "the site has no home page".to_owned()
        } else {
            format!("the folder `{id}` has no name")
        };
        diagnostics.push(
            Diagnostic::new(Code::SB510, span, message).help(format!("write `{file}` with the title of the section")),
        );
    }
    aliases(book, diagnostics);
}

fn aliases(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<PageId, Span> = BTreeMap::new();
    for page in &book.pages {
        for alias in book.aliases(page) {
            let taken = book
                .find(&alias.value)
                .and_then(|other| other.versions.iter().flatten().next())
                .map(|version| Span::start_of(version.page.file))
                .or_else(|| seen.get(&alias.value).copied());
            match taken {
                Some(other) => diagnostics.push(
                    Diagnostic::new(Code::SB701, alias.span, format!("the address `{}` is taken", alias.value))
                        .help("take the alias out, or rename the other page")
                        .related(other, "by this page"),
                ),
                None => {
                    seen.insert(alias.value, alias.span);
                }
            }
        }
    }
}
