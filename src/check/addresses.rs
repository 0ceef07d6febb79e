//! SB246 and SB247: every source has an address of its own, and no page wants one of those that the site makes.

use crate::book::Book;
use crate::book::catalogue::{FOLDER, address};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::SourceId;
use crate::span::Span;
use std::collections::BTreeMap;

/// No two sources, nor a source and an older id of another, come to one address.
pub(super) fn sources(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<String, (&SourceId, &SourceId, Span)> = BTreeMap::new();
    let ids = book.library.sources().map(|source| (&source.id, &source.id, source.span));
    let aliases = book
        .library
        .sources()
        .flat_map(|source| source.aliases.iter().map(move |alias| (&alias.value, &source.id, alias.span)));
    for (id, owner, span) in ids.chain(aliases) {
        let address = address(id);
        match taken.get(&address) {
            // An older id that differs by its capitals alone leads to the same page, and one that is taken whole is reported elsewhere.
            Some((_, other, _)) if *other == owner => {}
            Some((other, _, _)) if *other == id => {}
            Some((other, _, first)) => diagnostics.push(
                Diagnostic::new(
                    Code::SB246,
                    span,
                    format!(
                        "the pages of the sources `{other}` and `{id}` would have one address, `{FOLDER}/{address}`"
                    ),
                )
                .help("give one of them another id: capitals do not tell addresses apart")
                .related(*first, "the other is here"),
            ),
            None => {
                taken.insert(address, (id, owner, span));
            }
        }
    }
}

/// No page and no alias lies where the site makes pages of its own.
pub(super) fn pages(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for page in book.pages.iter().filter(|page| !book.is_glossary(page)) {
        let file = page.versions.iter().flatten().next().map(|version| Span::start_of(version.page.file));
        let own = file.map(|span| (page.id.clone(), span, "rename the file or its folder"));
        let aliases = book.aliases(page).into_iter();
        let aliases = aliases.map(|alias| (alias.value, alias.span, "take the alias out"));
        diagnostics.extend(own.into_iter().chain(aliases).filter_map(|(id, span, help)| {
            let (owner, there) = book.owner_of(&id)?;
            let problem = format!("the address `{id}` belongs to {owner}");
            Some(Diagnostic::new(Code::SB247, span, problem).help(format!("{help}; {there}")))
        }));
    }
}
