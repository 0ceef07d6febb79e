//! Citations in a style that does not count them: `(Cohen 2020a, 110)` in the text, or a note.
//!
//! Every citation keeps its place (`c-7`), as where citations are numbers: by author and date each is a link to its entry; the mark of a
//! note is the place of all citations in it.

use super::cites::Numbered;
use super::{Body, Html, words};
use crate::citation::csl::cites::{CitePart, CiteText};
use crate::citation::entry::{Piece, short_name};
use crate::markdown::citation::CiteGroup;
use crate::site::context::NoteEntry;
use crate::site::entry::PieceWriter;
use crate::site::marks::source_anchor;
use crate::site::words::WithLang;

impl<'a> Body<'a> {
    /// What the style prints for the next bracket of the page.
    pub(super) fn next_bracket(&mut self) -> CiteText {
        let text = self.page_text.as_ref().and_then(|page| page.brackets.get(self.brackets)).cloned();
        self.brackets += 1;
        text.unwrap_or_default()
    }

    /// By author and date.
    pub(super) fn cite_by_name(&mut self, group: &'a CiteGroup, html: &mut Html) {
        let text = self.next_bracket();
        let cites = self.numbered(group);
        if cites.is_empty() {
            return;
        }
        self.introduce_all(&cites);
        if text.name.is_empty() {
            self.name(group, html);
        } else {
            self.writer(None).pieces(&text.name, html);
        }
        html.trim_end();
        if !html.is_empty() {
            html.text(" ");
        }
        html.open("span", &[("class", "citation")]);
        for part in &text.parts {
            match part {
                CitePart::Words(run) => self.writer(None).words(run, html),
                CitePart::Cite { index, pieces, .. } => {
                    let Some(cite) = cites.get(*index) else { continue };
                    self.cited(cite, pieces, &[("id", &cite.anchor)], html);
                }
            }
        }
        html.close("span");
    }

    /// In a note.
    pub(super) fn cite_in_note(&mut self, group: &'a CiteGroup, html: &mut Html) {
        let text = self.next_bracket();
        self.name(group, html);
        let cites = self.numbered(group);
        let Some((first, others)) = cites.split_first() else { return };
        self.introduce_all(&cites);
        let mut note = Html::new();
        for part in &text.parts {
            match part {
                CitePart::Words(run) => self.writer(None).words(run, &mut note),
                CitePart::Cite { index, pieces, .. } => {
                    let Some(cite) = cites.get(*index) else { continue };
                    self.cited(cite, pieces, &[], &mut note);
                }
            }
        }
        let number = self.notes.len() + 1;
        let id = format!("cn-{number}");
        let label = words::note_label(self.locale(), number);
        html.trim_end();
        html.open("sup", &[("class", "cite"), ("dir", self.locale().direction().name())]);
        let href = format!("#{id}");
        html.open("a", &[("id", &first.anchor), ("href", &href), ("role", "doc-noteref"), ("aria-label", &label)]);
        for other in others {
            html.element("span", &[("id", &other.anchor)], "");
        }
        html.number(number).close("a").close("sup");
        self.notes.push(NoteEntry { id, html: note, back: format!("#{}", first.anchor) });
    }

    /// A citation leads to its entry; what leads elsewhere stands beside that link, for links do not stand in links.
    fn cited(&self, cite: &Numbered<'a>, pieces: &[Piece], more: &[(&'static str, &str)], html: &mut Html) {
        let end = pieces.iter().position(|piece| matches!(piece, Piece::Link { .. })).unwrap_or(pieces.len());
        let (before, rest) = pieces.split_at_checked(end).unwrap_or((pieces, &[]));
        let href = format!("#{}", source_anchor(&cite.source));
        let attributes: Vec<(&'static str, &str)> =
            more.iter().copied().chain([("href", href.as_str()), ("role", "doc-biblioref")]).collect();
        html.open("a", &attributes);
        self.writer(Some(cite)).pieces(before, html);
        html.close("a");
        self.writer(Some(cite)).pieces(rest, html);
    }

    fn introduce_all(&mut self, cites: &[Numbered<'a>]) {
        for cite in cites {
            self.introduce(cite.number, &cite.source, cite.cite.locator.as_ref());
        }
    }

    /// The author's name as part of the sentence.
    pub(super) fn name(&self, group: &CiteGroup, html: &mut Html) {
        if let Some(cite) = group.named()
            && let Some(source) = self.book.library.source(&cite.source)
        {
            let (name, lang) = short_name(source, self.locale());
            html.html(&words::isolated_sentence(&name, WithLang::of(lang.as_ref(), self.book), self.locale()));
        }
    }

    fn writer(&self, of: Option<&Numbered<'a>>) -> PieceWriter<'a> {
        let source = of.and_then(|cite| self.book.library.source(&cite.source));
        let descriptive = source.is_some_and(|source| source.title_descriptive);
        PieceWriter { book: self.book, locale: self.locale(), descriptive }
    }
}
