//! The addresses of other hosts that a book leads to, and where it does: those of its sources, and those in its pages.
//!
//! What somebody else's page has taken the place of (`url-status: usurped`) is left out, since nothing is learnt from its being there; so is what
//! `[external] skip` names.

use super::{Book, reading};
use crate::citation::Source;
use crate::markdown::tree::{InlineKind, Target};
use crate::span::Span;
use crate::workspace::config::External;

/// An address, and one place from which the book leads there.
#[derive(Debug, Clone)]
pub struct Address<'a> {
    /// The address as it was written, without `#…`: the place within a document is the browser's business.
    pub url: String,
    /// Where it is written.
    pub span: Span,
    /// What it is to the book.
    pub role: Role<'a>,
}

/// What an address is to the book.
#[derive(Debug, Clone, Copy)]
pub enum Role<'a> {
    /// Where a source is.
    Source(&'a Source),
    /// Where a source's DOI leads.
    Doi(&'a Source),
    /// Where an archive keeps a copy of a source.
    Copy(&'a Source),
    /// Where a publisher corrected a source or took it back.
    Notice(&'a Source),
    /// A link in a page.
    Link,
}

/// Every address with every place: the sources by id, then the pages in the order of reading.
pub fn addresses(book: &Book) -> Vec<Address<'_>> {
    let mut found = Vec::new();
    for source in book.library.sources() {
        source_addresses(source, &mut found);
    }
    for (_, _, version) in book.versions() {
        reading::inlines(&version.page, &mut |inline| {
            if let InlineKind::Link { target, .. } = &inline.kind
                && let Target::External(url) = &**target
                && is_web(url)
            {
                found.push(Address { url: whole(url), span: inline.span, role: Role::Link });
            }
        });
    }
    let External { skip, .. } = &book.config.external;
    found.retain(|address| !skip.iter().any(|start| address.url.starts_with(start.as_str())));
    found
}

fn source_addresses<'a>(source: &'a Source, found: &mut Vec<Address<'a>>) {
    let mut add = |url: &str, span, role| found.push(Address { url: whole(url), span, role });
    let url = source.url.as_ref();
    if let Some(url) = url.filter(|_| source.url_status.is_worth_a_visit()) {
        add(&url.value, url.span, Role::Source(source));
    }
    if let Some(doi) = &source.doi {
        let address = doi_address(&doi.value);
        if url.is_none_or(|url| url.value != address) {
            add(&address, doi.span, Role::Doi(source));
        }
    }
    for copy in &source.archive {
        add(&copy.url, copy.span, Role::Copy(source));
    }
    for notice in [&source.corrected, &source.retracted].into_iter().flatten() {
        if let Some(url) = &notice.url {
            add(url, notice.span, Role::Notice(source));
        }
    }
}

/// The address at which a DOI is looked up. What would end the path of an address is written by its number.
fn doi_address(doi: &str) -> String {
    let mut url = "https://doi.org/".to_owned();
    for c in doi.chars() {
        match c {
            '%' => url.push_str("%25"),
            '#' => url.push_str("%23"),
            '?' => url.push_str("%3F"),
            c => url.push(c),
        }
    }
    url
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn whole(url: &str) -> String {
    url.split('#').next().unwrap_or(url).to_owned()
}
