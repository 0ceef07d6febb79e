//! Citations → marks. A bracket of bare citations is sorted, and three or more numbers in a row become one mark: `3–5, 8`.
//!
//! A citation that says something of its own (a place, a quotation, a relation, words) keeps a mark of its own, and its bracket stays as
//! it was written: a merged mark could not say which of its sources is meant. Every citation keeps its place (`c-7`) whether or not its
//! mark is shared, so that lists and other pages can lead to it.
//!
//! A mark of several leads to the first of them. The numbers follow one another, and so do their entries in the list, where the style
//! sheet marks them all; the card shows them all.

use super::{Body, Html, words};
use crate::citation::csl::Class;
use crate::ids::SourceId;
use crate::locale::Key;
use crate::markdown::citation::{Cite, CiteGroup};
use crate::site::marks::source_anchor;
use crate::workspace::config::Grouping;

/// So many numbers in a row are worth a dash.
const RUN: usize = 3;

/// Which citations of a bracket share a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sharing {
    /// None: each says something of its own.
    Nothing,
    /// Those of one source.
    Source,
    /// Those whose numbers follow one another.
    Row,
}

/// A citation with its number and its place on the page.
pub(super) struct Numbered<'a> {
    pub(super) number: usize,
    pub(super) source: SourceId,
    pub(super) anchor: String,
    pub(super) cite: &'a Cite,
}

impl<'a> Body<'a> {
    pub(super) fn cite(&mut self, group: &'a CiteGroup, html: &mut Html) {
        match self.book.citation_class() {
            Class::Numbers => self.cite_by_number(group, html),
            Class::AuthorDate => self.cite_by_name(group, html),
            Class::Notes => self.cite_in_note(group, html),
        }
    }

    fn cite_by_number(&mut self, group: &'a CiteGroup, html: &mut Html) {
        self.name(group, html);
        let mut cites = self.numbered(group);
        if cites.is_empty() {
            return;
        }
        let sharing = self.sharing(group);
        if sharing != Sharing::Nothing {
            cites.sort_by_key(|cite| cite.number);
        }
        for cite in &cites {
            self.introduce(cite.number, &cite.source, cite.cite.locator.as_ref());
        }
        html.trim_end();
        // Isolated: after a year in a right-to-left sentence the mark would else join its digits.
        html.open("sup", &[("class", "cite"), ("dir", self.locale().direction().name())]);
        for (index, mark) in marks(&cites, sharing).into_iter().enumerate() {
            if index > 0 {
                let comma = self.locale().text(Key::Comma).trim();
                html.element("span", &[("class", "sep")], comma);
            }
            self.mark(mark, html);
        }
        html.close("sup");
    }

    fn sharing(&self, group: &CiteGroup) -> Sharing {
        match self.book.config.source_groups {
            _ if !group.cites.iter().all(is_bare) => Sharing::Nothing,
            // In a list that is divided, entries whose numbers follow one another need not stand together.
            Grouping::Kind => Sharing::Source,
            Grouping::None => Sharing::Row,
        }
    }

    /// The citations of a bracket as they are written, each noted.
    pub(super) fn numbered(&mut self, group: &'a CiteGroup) -> Vec<Numbered<'a>> {
        let mut cites = Vec::new();
        for cite in &group.cites {
            let Some(source) = self.book.library.source(&cite.source) else { continue };
            let Some(number) = self.view.version.number_of(&source.id) else { continue };
            let anchor = self.marks.cite(&source.id, cite);
            cites.push(Numbered { number, source: source.id.clone(), anchor, cite });
        }
        cites
    }

    /// One link: a number, or the first and the last of several.
    fn mark(&mut self, cites: &[Numbered<'a>], html: &mut Html) {
        let [first, others @ ..] = cites else { return };
        let last = others.last().unwrap_or(first);
        let several = last.number > first.number;
        // A range of numbers runs to the right in every script.
        let (target, label, dir) = if several {
            let target = self.marks.run(&first.source, first.number, last.number);
            (target, words::citation_run_label(self.locale(), first.number, last.number), "dir")
        } else {
            (source_anchor(&first.source), words::cite_label(self.locale(), first.number, first.cite), "")
        };
        let href = format!("#{target}");
        html.open(
            "a",
            &[("id", &first.anchor), ("href", &href), ("role", "doc-noteref"), ("aria-label", &label), (dir, "ltr")],
        );
        for other in others {
            html.element("span", &[("id", &other.anchor)], "");
        }
        html.number(first.number);
        if several {
            html.text("–").number(last.number);
        }
        html.close("a");
    }
}

/// Whether a citation names a source and says nothing else.
fn is_bare(cite: &Cite) -> bool {
    cite.prefix.is_none()
        && cite.relation.is_none()
        && cite.quote.is_none()
        && cite.locator.is_none()
        && cite.suffix.is_none()
}

/// The citations of a bracket mark by mark; where they share any, they come sorted.
fn marks<'b, 'a>(cites: &'b [Numbered<'a>], sharing: Sharing) -> Vec<&'b [Numbered<'a>]> {
    let same = |a: &Numbered<'_>, b: &Numbered<'_>| a.number == b.number;
    match sharing {
        Sharing::Nothing => cites.chunks(1).collect(),
        Sharing::Source => cites.chunk_by(same).collect(),
        Sharing::Row => cites
            .chunk_by(|a, b| b.number - a.number <= 1)
            .flat_map(|row| if row.chunk_by(same).count() >= RUN { vec![row] } else { row.chunk_by(same).collect() })
            .collect(),
    }
}
