//! Blocks → HTML.

use super::{Body, Html, address, words};
use crate::book::Heading;
use crate::book::actors::is_of_actors;
use crate::book::drawings as drawings_shown;
use crate::citation::Source;
use crate::citation::csl::Class;
use crate::citation::entry::short_name;
use crate::ids::{DrawingId, ThemeId};
use crate::locale::Key;
use crate::markdown::tree::{
    Alignment, Block, BlockKind, CalloutKind, Cell, DrawingKind, DrawingRef, Inline, Item, Row,
};
use crate::number::Number;
use crate::site::marks::source_anchor;
use crate::site::words::WithLang;
use crate::site::{datasets, drawings, timeline};
use crate::span::Span;

impl<'a> Body<'a> {
    pub(super) fn block(&mut self, block: &'a Block, html: &mut Html) {
        match &block.kind {
            BlockKind::Heading { level, content, .. } => self.heading(block, *level, content, html),
            BlockKind::Paragraph(content) => {
                let inner = self.inlines(content);
                html.markup("<p>").html(&inner).markup("</p>\n");
                self.changed(block.span, html);
            }
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items, html),
            BlockKind::Quote(blocks) => {
                html.markup("<blockquote>");
                self.blocks(blocks, html);
                html.markup("</blockquote>\n");
            }
            BlockKind::Callout { kind, title, blocks } => self.callout(*kind, title, blocks, html),
            BlockKind::Table { alignments, head, rows } => {
                self.changed(block.span, html);
                self.table(alignments, head, rows, html);
            }
            BlockKind::Code { language, text } => {
                let class = if language.is_empty() { "" } else { "class" };
                html.markup("<pre tabindex=\"0\">").open("code", &[(class, &format!("language-{language}"))]);
                html.text(text).markup("</code></pre>\n");
                self.changed(block.span, html);
            }
            BlockKind::Rule => {
                html.markup("<hr>\n");
            }
            BlockKind::Drawing { drawing, caption, .. } => {
                if let Some(drawing) = drawing {
                    self.drawing(drawing, caption, html);
                }
                self.changed(block.span, html);
            }
            BlockKind::Html(text) => {
                html.element("pre", &[("tabindex", "0")], text);
            }
        }
    }

    fn drawing(&mut self, drawing: &DrawingRef, caption: &'a [Inline], html: &mut Html) {
        if is_of_actors(drawing.kind) {
            return self.actors(drawing, caption, html);
        }
        let sources = drawings_shown::sources(&self.book.library, drawing);
        let place = self.marks.drawing(drawing.kind, &sources);
        html.open("figure", &[("class", &format!("drawing drawing-{}", drawing.kind.name())), ("id", &place)]);
        match drawing.kind {
            DrawingKind::Chart => {
                let chart = self.book.library.chart(&drawing.id);
                if let (Some(chart), Some(source)) = (chart, self.book.source_language()) {
                    let files =
                        datasets::links(self.profile, self.from, |ending| datasets::of_chart(&chart.id, ending));
                    html.html(&drawings::chart(self.book, self.locale(), &source.lang, chart, &place, &files));
                }
            }
            DrawingKind::Timeline => {
                let events = drawings_shown::events(&self.book.library, drawing);
                html.html(&timeline::compact(self.book, self.view, &events, &|event| self.event_link(&event.id)));
            }
            DrawingKind::Map => {
                let map = self.book.library.map(&drawing.id);
                if let (Some(map), Some(source)) = (map, self.book.source_language()) {
                    html.html(&drawings::map(self.book, self.locale(), &source.lang, map, &place));
                }
            }
            // Drawn elsewhere.
            _ => {}
        }
        let caption = self.inlines(caption);
        html.markup("<figcaption>").html(&caption);
        match drawing.kind {
            // Each event has its own marks; here one gets on to the others.
            DrawingKind::Timeline => {
                html.html(&self.way_to_timeline(&drawing.id));
            }
            _ if !sources.is_empty() => {
                html.text(" ").html(&self.drawn_from(&sources));
            }
            _ => {}
        }
        html.markup("</figcaption></figure>\n");
    }

    /// The link to the timeline of a theme, or of everything.
    fn way_to_timeline(&self, id: &DrawingId) -> Html {
        let mut html = Html::new();
        let theme = ThemeId::parse(id.as_str()).and_then(|theme| self.book.library.theme(&theme));
        let to = address::of_timeline(&self.view.language.lang, theme.map(|theme| &theme.id), 0);
        if let Some(to) = to.filter(|_| self.book.has_timeline()) {
            let link = address::link(self.profile, self.from, &to, None);
            html.text(" ").element("a", &[("href", &link)], self.locale().text(Key::WholeTimeline));
        }
        html
    }

    /// "Sources: 3, 7": the numbers lead to the list at the page's end.
    fn drawn_from(&self, sources: &[&Source]) -> Html {
        let locale = self.locale();
        let mut html = Html::new();
        html.open("span", &[("class", "drawn-from")]).text(locale.text(Key::Sources)).text(": ");
        let numbered = self.book.citation_class() == Class::Numbers;
        let numbers = sources
            .iter()
            .filter_map(|source| Some((source, words::source_number(self.book, self.view, source, locale)?)));
        for (index, (source, number)) in numbers.enumerate() {
            if index > 0 {
                html.text(locale.text(Key::Comma));
            }
            if numbered {
                html.html(&number);
            } else {
                let (name, lang) = short_name(source, locale);
                let name = words::isolated_sentence(&name, WithLang::of(lang.as_ref(), self.book), locale);
                html.open("a", &[("href", &format!("#{}", source_anchor(&source.id)))]).html(&name).close("a");
            }
        }
        html.close("span");
        html
    }

    fn heading(&mut self, block: &'a Block, level: u8, content: &'a [Inline], html: &mut Html) {
        let tag = match level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        };
        // The outline is in the order of the page.
        let outline = &self.view.version.outline;
        let found = outline.binary_search_by_key(&block.span, |heading| heading.span).ok();
        let heading: Option<&Heading> = found.and_then(|index| outline.get(index));
        let inner = self.inlines(content);
        match heading {
            Some(heading) => {
                html.open(tag, &[("id", &heading.id)]).html(&inner).text(" ");
                let link = address::link(self.profile, self.from, self.from, Some(&heading.id));
                let label = format!("{}: {}", self.locale().text(Key::LinkToSection), heading.text);
                html.element("a", &[("class", "anchor"), ("href", &link), ("aria-label", &label)], "#");
            }
            None => {
                html.open(tag, &[]).html(&inner);
            }
        }
        html.close(tag).markup("\n");
        self.changed_words(content, html);
    }

    /// What the source says now of a heading or a title, which begins with its first word.
    fn changed_words(&self, content: &[Inline], html: &mut Html) {
        if let Some(first) = content.first() {
            self.changed(first.span, html);
        }
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &'a [Item], html: &mut Html) {
        let tag = if start.is_some() { "ol" } else { "ul" };
        match start.filter(|start| *start != 1) {
            Some(start) => html.open(tag, &[("start", &start.to_string())]),
            None => html.open(tag, &[]),
        };
        for item in items {
            html.markup("<li>");
            for (index, block) in item.blocks.iter().enumerate() {
                match &block.kind {
                    BlockKind::Paragraph(content) if tight => {
                        let inner = self.inlines(content);
                        if index > 0 {
                            html.markup("<br>");
                        }
                        html.html(&inner);
                        self.changed(block.span, html);
                    }
                    _ => self.block(block, html),
                }
            }
            html.markup("</li>\n");
        }
        html.close(tag).markup("\n");
    }

    pub(super) fn positions(&mut self, run: &'a [Block], html: &mut Html) {
        self.position_groups += 1;
        // Which side a phone shows first alternates from block to block, by rule and not by taste.
        let start = if self.position_groups % 2 == 1 { "1" } else { "2" };
        html.open("div", &[("class", "positions"), ("data-start", start)]);
        for block in run {
            let BlockKind::Callout { title, blocks, .. } = &block.kind else { continue };
            html.open("section", &[("class", "position")]);
            let name = self.inlines(title);
            if !name.is_empty() {
                html.open("p", &[("class", "position-name")]);
                html.html(&words::sentence(self.locale(), Key::AccordingTo, &[("name", words::strong(&name))]));
                html.close("p");
                self.changed_words(title, html);
            }
            self.blocks(blocks, html);
            html.close("section");
        }
        html.markup("</div>\n");
    }

    fn callout(&mut self, kind: CalloutKind, title: &'a [Inline], blocks: &'a [Block], html: &mut Html) {
        html.open("div", &[("class", &format!("callout callout-{}", kind.name())), ("role", "note")]);
        let own = self.inlines(title);
        html.open("p", &[("class", "callout-title")]);
        if own.is_empty() {
            html.text(words::callout_title(self.locale(), kind));
        } else {
            html.html(&own);
        }
        html.close("p");
        self.changed_words(title, html);
        self.blocks(blocks, html);
        html.close("div").markup("\n");
    }

    fn table(&mut self, alignments: &[Alignment], head: &'a [Cell], rows: &'a [Row], html: &mut Html) {
        // Regions need names of their own.
        self.tables += 1;
        let label = format!("{} {}", self.locale().text(Key::Table), self.locale().number(&Number::from(self.tables)));
        html.open("div", &[("class", "table"), ("role", "region"), ("tabindex", "0"), ("aria-label", &label)]);
        html.markup("<table><thead><tr>");
        for (index, cell) in head.iter().enumerate() {
            self.cell("th", cell, alignments.get(index).copied(), None, html);
        }
        html.markup("</tr></thead><tbody>\n");
        for row in rows {
            html.markup("<tr>");
            for (index, cell) in row.cells.iter().enumerate() {
                let ends = (index + 1 == row.cells.len()).then_some(row.span);
                self.cell("td", cell, alignments.get(index).copied(), ends, html);
            }
            html.markup("</tr>\n");
        }
        html.markup("</tbody></table></div>\n");
    }

    /// `ends` is the row that ends with the cell, and says there what its source says now.
    fn cell(
        &mut self,
        tag: &'static str,
        cell: &'a Cell,
        alignment: Option<Alignment>,
        ends: Option<Span>,
        html: &mut Html,
    ) {
        let inner = self.inlines(&cell.content);
        let class = match alignment {
            Some(Alignment::Start) => "start",
            Some(Alignment::Center) => "center",
            Some(Alignment::End) => "end",
            Some(Alignment::None) | None => "",
        };
        // A head without words is a corner, not a heading.
        let tag = if tag == "th" && inner.is_empty() { "td" } else { tag };
        html.open(
            tag,
            &[(if class.is_empty() { "" } else { "class" }, class), (if tag == "th" { "scope" } else { "" }, "col")],
        );
        html.html(&inner);
        if let Some(row) = ends {
            self.changed(row, html);
        }
        html.close(tag);
    }
}
