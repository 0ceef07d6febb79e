//! Inlines → HTML. What runs the other way is isolated; what cites or counts is marked.

use super::{Body, Html, address, words};
use crate::book::Language;
use crate::book::glossary;
use crate::book::navigation::GLOSSARY;
use crate::figure::phrase::phrase;
use crate::ids::{EventId, PageId, TermId};
use crate::locale::Key;
use crate::markdown::tree::{FigureRef, Inline, InlineKind, Target};
use crate::site::actors;
use crate::site::bidi;
use crate::site::edition::OutPath;
use crate::site::frame;
use crate::site::marks::figure_anchor;
use crate::site::words::WithLang;

impl<'a> Body<'a> {
    pub(super) fn inlines(&mut self, content: &'a [Inline]) -> Html {
        let mut html = Html::new();
        for inline in content {
            self.inline(inline, &mut html);
        }
        html
    }

    fn inline(&mut self, inline: &'a Inline, html: &mut Html) {
        match &inline.kind {
            InlineKind::Text(text) => bidi::write(html, text, self.locale().direction()),
            InlineKind::Code(text) => {
                html.element("code", &[("dir", "ltr")], text);
            }
            InlineKind::Emphasis(inner) => self.wrapped("em", inner, html),
            InlineKind::Strong(inner) => self.wrapped("strong", inner, html),
            InlineKind::Strikethrough(inner) => self.wrapped("s", inner, html),
            InlineKind::Link { target, content } => self.link(target, content, html),
            InlineKind::Image { url, description } => self.image(url, description, html),
            InlineKind::Cite(group) => self.cite(group, html),
            InlineKind::CitationNeeded { reason } => {
                let label = self.locale().text(Key::CitationNeeded);
                let title = if reason.is_empty() { "" } else { "title" };
                html.open("span", &[("class", "needed"), (title, reason)])
                    .text("[")
                    .text(label)
                    .text("]")
                    .close("span");
            }
            InlineKind::Figure(reference) => self.figure(reference, html),
            InlineKind::FootnoteRef(label) => self.footnote_mark(label, html),
            InlineKind::SoftBreak => {
                html.text("\n");
            }
            InlineKind::HardBreak => {
                html.markup("<br>");
            }
            InlineKind::Html(text) => {
                html.text(text);
            }
        }
    }

    fn wrapped(&mut self, tag: &'static str, inner: &'a [Inline], html: &mut Html) {
        let inner = self.inlines(inner);
        html.open(tag, &[]).html(&inner).close(tag);
    }

    fn link(&mut self, target: &'a Target, content: &'a [Inline], html: &mut Html) {
        let inner = self.inlines(content);
        match target {
            Target::External(url) => {
                html.open("a", &[("class", "external"), ("rel", "noopener"), ("href", url)]).html(&inner).close("a");
            }
            Target::Anchor(anchor) => {
                let link = address::link(self.profile, self.from, self.from, Some(anchor));
                html.open("a", &[("href", &link)]).html(&inner).close("a");
            }
            Target::Page { path, anchor } => match self.page_link(path, anchor.as_deref()) {
                Some((link, None)) => {
                    html.open("a", &[("href", &link)]).html(&inner).close("a");
                }
                Some((link, Some(other))) => {
                    html.open("a", &[("href", &link), ("hreflang", other.locale.lang().as_str())])
                        .html(&inner)
                        .close("a");
                    html.text(" ").open("span", &[("class", "untranslated")]);
                    html.text(&words::untranslated(&self.view.language.locale, other)).close("span");
                }
                None => {
                    html.html(&inner);
                }
            },
            Target::Event(id) => match self.event_link(id) {
                Some(link) => {
                    html.open("a", &[("href", &link)]).html(&inner).close("a");
                }
                None => {
                    html.html(&inner);
                }
            },
            Target::Actor(id) => {
                let actor = self.book.library.actor(id.as_str());
                let to = actor.and_then(|actor| {
                    actors::link(self.book, self.profile, &self.view.language.lang, self.from, actor)
                });
                match to {
                    Some(url) => html.open("a", &[("href", &url)]).html(&inner).close("a"),
                    None => html.html(&inner),
                };
            }
            Target::Term(id) => self.term(id, &inner, html),
            Target::Refused(_) => {
                html.html(&inner);
            }
        }
    }

    /// The link to an event on the timeline.
    pub(super) fn event_link(&self, id: &EventId) -> Option<String> {
        Some(self.places.event(&self.view.language.lang, id)?.link(self.profile, self.from))
    }

    /// A term leads to the glossary; the first on a page also names its entry in the page's own list, which the script shows as a card.
    fn term(&mut self, id: &TermId, inner: &Html, html: &mut Html) {
        let (reader, anchor) = (&self.view.language.lang, glossary::anchor(id));
        let to = PageId::parse(GLOSSARY).and_then(|page| address::of_page(reader, &page));
        let (Some(to), Some(_)) = (to, self.book.terms.name(id, reader)) else {
            html.html(inner);
            return;
        };
        let link = address::link(self.profile, self.from, &to, Some(&anchor));
        let place = if self.book.is_glossary(self.view.page) { None } else { self.marks.term(id) };
        match place {
            Some(place) => {
                let attributes = [("class", "term"), ("id", &place), ("data-term", &anchor), ("href", &link)];
                html.open("a", &attributes.map(|(name, value)| (name, value)))
            }
            None => html.open("a", &[("class", "term"), ("href", &link)]),
        };
        html.html(inner).close("a");
    }

    /// The link to a page, and the language it is in when it has not been translated into the reader's.
    fn page_link(&self, path: &str, anchor: Option<&str>) -> Option<(String, Option<&'a Language>)> {
        if let Some(made) = self.book.leads_to_made(&self.view.version.page, path) {
            let to = frame::path_of(made, &self.view.language.lang)?;
            return Some((address::link(self.profile, self.from, &to, None), None));
        }
        let index = self.book.follow(&self.view.version.page, path).ok()?;
        let page = self.book.page(index)?;
        let to = address::of_page(&self.view.language.lang, &page.id)?;
        let link = address::link(self.profile, self.from, &to, anchor);
        let target = self.book.view_in(page, &self.view.language.lang)?;
        // On an untranslated page every page it links to may be, and its banner says so once.
        let other = (target.is_fallback() && !self.view.is_fallback()).then_some(target.text_language);
        Some((link, other))
    }

    fn image(&mut self, url: &str, description: &str, html: &mut Html) {
        let found = self.book.image(&self.view.version.page, url);
        let to = found.and_then(|(lang, path)| OutPath::parse(&format!("{lang}/{path}")));
        match to {
            Some(to) => {
                let link = address::link(self.profile, self.from, &to, None);
                html.open("img", &[("src", &link), ("alt", description), ("loading", "lazy")]);
            }
            None => {
                html.text(description);
            }
        }
    }

    fn figure(&mut self, reference: &'a FigureRef, html: &mut Html) {
        let Ok(figure) = self.book.library.figure(reference) else { return };
        let Some(source_lang) = self.book.source_language().map(|language| &language.lang) else { return };
        let Some(written) = phrase(&figure, reference.form, self.locale(), source_lang) else { return };
        let Some(source) = self.book.library.source(&figure.source.value) else { return };
        if let Some(number) = self.view.version.number_of(&source.id) {
            self.introduce(number, &source.id, None);
        }
        let anchor = self.marks.figure(&source.id, reference);
        let href = format!("#{}", figure_anchor(reference));
        html.open("a", &[("class", "figure"), ("id", &anchor), ("href", &href)]);
        html.html(&words::isolated_sentence(&written, WithLang::default(), self.locale())).close("a");
    }

    /// Written where it is first referred to, because its marks are counted there.
    fn footnote(&mut self, label: &str) -> Html {
        let mut html = Html::new();
        let definition = self.view.version.page.body.footnotes.iter().find(|footnote| footnote.label == label);
        if let Some(definition) = definition {
            self.blocks(&definition.blocks, &mut html);
        }
        html
    }

    fn footnote_mark(&mut self, label: &'a str, html: &mut Html) {
        let known = self.footnotes.iter().position(|(other, _)| *other == label);
        let index = known.unwrap_or_else(|| {
            let index = self.footnotes.len();
            self.footnotes.push((label, Html::new()));
            let body = self.footnote(label);
            if let Some((_, written)) = self.footnotes.get_mut(index) {
                *written = body;
            }
            index
        });
        let number = index + 1;
        let id = format!("fr-{number}");
        // Only the first mark of a footnote can be what its backlink leads to.
        let id_attribute = if known.is_none() { "id" } else { "" };
        html.trim_end();
        html.open("sup", &[("dir", "ltr")]);
        html.open(
            "a",
            &[("class", "footnote"), (id_attribute, &id), ("href", &format!("#fn-{number}")), ("role", "doc-noteref")],
        );
        html.text("*").number(number).markup("</a></sup>");
    }
}
