//! Links, images and drawings as they open and close.

use super::address::{self, Refusal};
use super::blocks::{is_blank, plain_text};
use super::builder::Builder;
use super::frame::{Drawing, Kind};
use crate::diagnostic::Code;
use crate::markdown::problem::Problem;
use crate::markdown::tree::{Inline, InlineKind, Target};
use pulldown_cmark::LinkType;
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn start_link(&mut self, link_type: LinkType, url: &str, id: &str, range: Range<usize>) {
        if is_ours(link_type) {
            self.ignored = 1;
            self.bracket(range, id, link_type, false);
            return;
        }
        self.flush();
        self.extend(&range);
        let target = address::target(url, link_type).unwrap_or_else(|refusal| {
            self.refuse(refusal, url, id, &range);
            Target::Refused(url.to_owned())
        });
        self.silenced =
            matches!(link_type, LinkType::Autolink | LinkType::Email) || self.report_shadowed(link_type, &range);
        self.closed_to_citations += 1;
        self.push(Kind::Link(target), range);
    }

    pub(super) fn start_image(&mut self, link_type: LinkType, url: String, id: &str, range: Range<usize>) {
        if is_ours(link_type) {
            self.ignored = 1;
            self.bracket(range, id, link_type, true);
            return;
        }
        self.images += 1;
        if self.images > 1 {
            return;
        }
        self.flush();
        self.extend(&range);
        if address::is_drawing(&url) {
            self.push(Kind::Image { url }, range);
            return;
        }
        if let Err(refusal) = address::check_image(&url) {
            self.refuse(refusal, &url, id, &range);
        }
        self.closed_to_citations += 1;
        self.push(Kind::Image { url }, range);
    }

    /// Reports a refused address, once for each definition.
    pub(super) fn refuse(&mut self, refusal: Refusal, url: &str, id: &str, range: &Range<usize>) {
        if !id.is_empty() && !self.refused_definitions.insert(id.to_lowercase()) {
            return;
        }
        let at = self.source.slice(range.clone()).rfind(url).filter(|_| !url.is_empty());
        let place = at.map_or_else(|| range.clone(), |at| range.start + at..range.start + at + url.len());
        self.report(Problem::new(refusal.code, place, refusal.message).help(refusal.help));
    }

    pub(super) fn close_image(&mut self, url: String, words: Vec<Inline>, range: Range<usize>) {
        let Some((kind, which)) = address::drawing(&url) else {
            self.closed_to_citations = self.closed_to_citations.saturating_sub(1);
            let description = plain_text(&words);
            if description.trim().is_empty() {
                let problem = Problem::new(Code::SB511, range.clone(), "this image has no description");
                self.report(problem.help("say in the brackets what it shows, as in `![what it shows](file)`"));
            }
            if address::check_image(&url).is_ok() {
                self.inline(InlineKind::Image { url: url.into(), description: description.into() }, range);
            } else if !description.is_empty() {
                self.inline(InlineKind::Text(description), range);
            }
            return;
        };
        let drawing = Drawing { range: range.clone(), url, kind, which, caption: self.trimmed(words) };
        self.flush();
        let alone = matches!(
            self.top.kind,
            Kind::Paragraph { callout: None } | Kind::Item | Kind::Root | Kind::Quote { .. } | Kind::Footnote { .. }
        ) && self.top.drawing.is_none()
            && self.top.inlines.iter().all(is_blank);
        if alone {
            self.top.inlines.clear();
            self.top.drawing = Some(drawing);
        } else {
            for inline in self.misplaced_drawing(drawing) {
                self.push_inline(inline);
            }
        }
    }

    /// A drawing within a line: its caption is kept.
    pub(super) fn misplaced_drawing(&mut self, drawing: Drawing) -> Vec<Inline> {
        if let Err(refusal) = address::check_image(&drawing.url) {
            self.refuse(refusal, &drawing.url, "", &drawing.range);
        }
        drawing.caption
    }

    pub(super) fn check_drawing(&mut self, drawing: &Drawing) {
        let word = drawing.kind.name();
        if let Err(refusal) = &drawing.which {
            let problem = Problem::new(refusal.code, drawing.range.clone(), refusal.message.clone());
            self.report(problem.help(refusal.help));
        }
        if drawing.caption.iter().all(is_blank) {
            let problem = Problem::new(Code::SB511, drawing.range.clone(), format!("this {word} has no caption"));
            self.report(
                problem.help(format!("say in the brackets what it shows, as in `![what it shows]({word}:id)`")),
            );
        }
    }
}

/// Whether the callback said yes to it.
fn is_ours(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown)
}
