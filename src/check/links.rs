//! SB321, SB430, SB501, SB502, SB506: links and pictures lead somewhere.

use super::{actors, each_inline};
use crate::book::{Book, LinkMiss, Version};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::markdown::tree::{InlineKind, Target};
use crate::span::Span;

/// Every link of a page leads to a page, and to a place that it has.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    each_inline(version, |inline| match &inline.kind {
        InlineKind::Link { target, .. } => diagnostics.extend(target_problem(book, version, target, inline.span)),
        InlineKind::Image { url, .. } if book.image(&version.page, url).is_none() => {
            diagnostics.push(
                Diagnostic::new(Code::SB506, inline.span, format!("there is no picture `{url}`")).help(
                    "put it beside the page and write its path from there; PNG, JPEG, GIF, WebP and AVIF are shown",
                ),
            );
        }
        _ => {}
    });
}

fn target_problem(book: &Book, version: &Version, target: &Target, span: Span) -> Option<Diagnostic> {
    match target {
        Target::Page { path, anchor } if book.leads_to_made(&version.page, path).is_some() => {
            let anchor = anchor.as_deref()?;
            let problem = format!("links to a place of a page that the site makes are not known: `#{anchor}`");
            Some(Diagnostic::new(Code::SB502, span, problem).help("link to the page as a whole"))
        }
        Target::Page { path, anchor } => match book.follow(&version.page, path) {
            Ok(index) => {
                let anchor = anchor.as_deref()?;
                let view = book.view_in(book.page(index)?, &version.page.lang)?;
                anchor_problem(view.version, anchor, span)
            }
            Err(LinkMiss::NotAPage) => Some(
                Diagnostic::new(Code::SB501, span, format!("`{path}` is not a page"))
                    .help("write the path to its Markdown file, from this one: `../actors/hamas.md`"),
            ),
            Err(LinkMiss::NoPage(near)) => {
                Some(Diagnostic::new(Code::SB501, span, format!("there is no page `{path}`")).help(near.map_or_else(
                    || "write the page, or take the link out".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                )))
            }
            Err(LinkMiss::Draft) => Some(
                Diagnostic::new(Code::SB501, span, format!("the page `{path}` is a draft"))
                    .help("publish it (`status: published`), take the link out, or use `--drafts`"),
            ),
        },
        Target::Anchor(anchor) => anchor_problem(version, anchor, span),
        Target::Term(id) => super::terms::unknown(book, id, span),
        Target::Event(id) if book.library.event(id).is_none() => {
            let help = match book.library.near_event(id) {
                Some(near) => format!("did you mean `event:{near}`?"),
                None => format!("add a record `{id}:` to a file in {}/events", book.config.content_dir),
            };
            Some(Diagnostic::new(Code::SB321, span, format!("there is no event `{id}`")).help(help))
        }
        Target::Actor(id) => actors::unknown(book, id.as_str(), span),
        Target::Event(_) | Target::External(_) | Target::Refused(_) => None,
    }
}

fn anchor_problem(version: &Version, anchor: &str, span: Span) -> Option<Diagnostic> {
    let anchors = version.anchors();
    if anchors.contains(anchor) {
        return None;
    }
    let help = match did_you_mean(anchor, anchors.iter().copied()) {
        Some(near) => format!("did you mean `#{near}`?"),
        None if anchors.is_empty() => "the page has no headings".to_owned(),
        None => {
            format!("its places are {}", anchors.iter().map(|id| format!("`#{id}`")).collect::<Vec<_>>().join(", "))
        }
    };
    Some(Diagnostic::new(Code::SB502, span, format!("the page has no place `#{anchor}`")).help(help))
}
