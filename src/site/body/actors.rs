//! What is told of actors on a page: the fact box at its head, and drawings in its text. Each fact has a mark like a citation.

use super::{Body, Html};
use crate::book::actors::{Ground, Told, item_place};
use crate::citation::csl::Class;
use crate::citation::entry::short_name;
use crate::locale::Key;
use crate::markdown::tree::{DrawingKind, DrawingRef, Inline};
use crate::site::actors::{self, Teller};
use crate::site::marks::source_anchor;
use crate::site::words::{self, WithLang};

impl<'a> Body<'a> {
    /// The fact box of the actor that the page is about.
    pub(in crate::site) fn fact_box(&mut self) -> Option<Html> {
        let (_, drawing) = self.view.version.page.fact_box.as_ref()?;
        let mut html = Html::new();
        self.actors(drawing, &[], &mut html);
        Some(html)
    }

    /// A drawing of actors, with its caption.
    pub(in crate::site) fn actors(&mut self, drawing: &DrawingRef, caption: &'a [Inline], html: &mut Html) {
        let kind = drawing.kind;
        let place = self.marks.drawing(kind, &[]);
        let drawn = self.draw_actors(drawing, &place);
        let caption = self.inlines(caption);
        let named = format!("{place}-name");
        let label = if kind == DrawingKind::Facts { "aria-labelledby" } else { "" };
        html.open("figure", &[("class", &format!("drawing drawing-{}", kind.name())), ("id", &place), (label, &named)]);
        html.html(&drawn);
        if !caption.is_empty() {
            html.markup("<figcaption>").html(&caption).markup("</figcaption>");
        }
        html.markup("</figure>\n");
    }

    fn draw_actors(&mut self, drawing: &DrawingRef, place: &str) -> Html {
        let (book, locale, view, profile, from) = (self.book, self.locale(), self.view, self.profile, self.from);
        let link = |actor: &_| actors::link(book, profile, &view.language.lang, from, actor);
        let mut marks = |number: usize, told: &Told<'a>| self.grounds(drawing.kind, place, number, told);
        Teller { book, locale, link: &link, marks: &mut marks }.draw(drawing, place)
    }

    /// The marks of what is told: a number a source, leading into the page's list.
    fn grounds(&mut self, kind: DrawingKind, place: &str, number: usize, told: &Told<'a>) -> Html {
        let locale = self.locale();
        let numbered = self.book.citation_class() == Class::Numbers;
        let mut links = Html::new();
        let grounds: Vec<(usize, Ground<'a>)> = told.item.grounds(&self.book.library).into_iter().enumerate().collect();
        // Several places in one source share its mark.
        for same in grounds.chunk_by(|(_, one), (_, other)| one.source == other.source) {
            let Some(((index, ground), others)) = same.split_first() else { continue };
            let Some(source) = self.book.library.source(ground.source) else { continue };
            let Some(listed) = self.view.version.number_of(ground.source) else { continue };
            let anchor = item_place(place, number, *index);
            self.marks.fact(&anchor, kind, *ground);
            let href = format!("#{}", source_anchor(ground.source));
            let (role, label) = if numbered {
                let place = ground.locator.map(|locator| words::place(locale, locator));
                let parts: Vec<String> = std::iter::once(words::citation_label(locale, listed)).chain(place).collect();
                ("doc-noteref", parts.join(locale.text(Key::Comma)))
            } else {
                ("doc-biblioref", String::new())
            };
            match (links.is_empty(), numbered) {
                (true, _) => {}
                (false, true) => {
                    links.element("span", &[("class", "sep")], locale.text(Key::Comma).trim());
                }
                (false, false) => {
                    links.text("; ");
                }
            }
            let aria = if label.is_empty() { "" } else { "aria-label" };
            links.open("a", &[("id", &anchor), ("href", &href), ("role", role), (aria, &label)]);
            for (index, ground) in others {
                let anchor = item_place(place, number, *index);
                self.marks.fact(&anchor, kind, *ground);
                links.element("span", &[("id", &anchor)], "");
            }
            if numbered {
                links.number(listed);
            } else {
                let (name, lang) = short_name(source, locale);
                links.html(&words::isolated_sentence(&name, WithLang::of(lang.as_ref(), self.book), locale));
            }
            links.close("a");
        }
        let mut html = Html::new();
        if links.is_empty() {
            return html;
        }
        if numbered {
            html.open("sup", &[("class", "cite"), ("dir", locale.direction().name())]).html(&links).close("sup");
        } else {
            html.text(" ").open("span", &[("class", "citation")]).text("(").html(&links).text(")").close("span");
        }
        html
    }
}
