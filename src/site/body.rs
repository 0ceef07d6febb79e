//! The text of a page: tree → HTML. Classes are listed in `docs/themes.md`.
//!
//! 1. Blocks are written in order; what stands in several languages is isolated (`<bdi>`, `lang`, `dir`).
//! 2. Every citation and figure is noted in [`Marks`], from which the lists at the page's end are made.
//! 3. A block that mentions a source for the first time is preceded by a note for the margin: who says so.
//!
//! What the book cannot resolve was an error before anything is rendered; here it becomes plain words.

use super::address::{self, Profile};
use super::bidi;
use super::edition::OutPath;
use super::html::Html;
use super::marks::{Marks, figure_anchor, source_anchor};
use super::words::{self, WithLang};
use crate::book::{Book, Heading, View};
use crate::citation::entry::short_name;
use crate::figure::phrase::phrase;
use crate::ids::SourceId;
use crate::locale::{Direction, Key, Locale};
use crate::manuscript::Line;
use crate::markdown::citation::{Cite, CiteGroup, CiteMode};
use crate::markdown::tree::{
    Alignment, Block, BlockKind, CalloutKind, Cell, FigureRef, Inline, InlineKind, Item, Row, Target,
};
use crate::number::Number;
use std::collections::BTreeSet;

/// Renders the text of one page.
pub(super) struct Body<'a> {
    book: &'a Book,
    view: View<'a>,
    profile: Profile,
    from: &'a OutPath,
    /// The marks so far.
    pub(super) marks: Marks<'a>,
    introduced: BTreeSet<SourceId>,
    first_mentions: Vec<(usize, SourceId, &'a Cite)>,
    footnotes: Vec<&'a str>,
    position_groups: usize,
    tables: usize,
}

impl<'a> Body<'a> {
    pub(super) fn new(book: &'a Book, view: View<'a>, profile: Profile, from: &'a OutPath) -> Self {
        Self {
            book,
            view,
            profile,
            from,
            marks: Marks::default(),
            introduced: BTreeSet::new(),
            first_mentions: Vec::new(),
            footnotes: Vec::new(),
            position_groups: 0,
            tables: 0,
        }
    }

    /// The locale of the text, which is not the reader's on an untranslated page.
    fn locale(&self) -> &'a Locale {
        &self.view.text_language.locale
    }

    /// A summary or a key fact.
    pub(super) fn line(&mut self, line: &'a Line) -> Html {
        let html = self.inlines(&line.content);
        self.first_mentions.clear();
        html
    }

    /// The body.
    pub(super) fn body(&mut self) -> Html {
        let mut html = Html::new();
        self.top_blocks(&self.view.version.page.body.blocks, &mut html);
        html
    }

    /// The footnotes that the text refers to; `None` where there are none.
    pub(super) fn footnotes(&mut self) -> Option<Html> {
        if self.footnotes.is_empty() {
            return None;
        }
        let mut html = Html::new();
        html.open("section", &[("class", "footnotes"), ("role", "doc-endnotes")]).markup("<ol>");
        let mut index = 0;
        // Footnotes may refer to others, so the list can grow while it is written.
        while let Some(&label) = self.footnotes.get(index) {
            index += 1;
            let number = index.to_string();
            html.open("li", &[("id", &format!("fn-{number}"))]);
            let definition = self.view.version.page.body.footnotes.iter().find(|footnote| footnote.label == label);
            if let Some(definition) = definition {
                self.blocks(&definition.blocks, &mut html);
            }
            let back = self.locale().text(Key::BackToText);
            html.element(
                "a",
                &[
                    ("class", "back"),
                    ("role", "doc-backlink"),
                    ("href", &format!("#fr-{number}")),
                    ("aria-label", back),
                ],
                "↑",
            );
            html.close("li");
        }
        html.markup("</ol></section>");
        Some(html)
    }

    /// Blocks of the page itself, each preceded by its note for the margin.
    fn top_blocks(&mut self, blocks: &'a [Block], html: &mut Html) {
        for run in runs(blocks) {
            let mut block_html = Html::new();
            self.run(run, &mut block_html);
            self.margin(html);
            html.html(&block_html);
        }
    }

    fn blocks(&mut self, blocks: &'a [Block], html: &mut Html) {
        for run in runs(blocks) {
            self.run(run, html);
        }
    }

    /// One block, or the positions of one contested point.
    fn run(&mut self, run: &'a [Block], html: &mut Html) {
        if run.first().is_some_and(is_position) {
            self.positions(run, html);
        } else {
            for block in run {
                self.block(block, html);
            }
        }
    }

    /// Who says so, once per source and in short.
    fn margin(&mut self, html: &mut Html) {
        if self.first_mentions.is_empty() {
            return;
        }
        html.open("div", &[("class", "margin"), ("aria-hidden", "true")]);
        for (number, id, cite) in std::mem::take(&mut self.first_mentions) {
            let Some(source) = self.book.library.source(&id) else { continue };
            html.markup("<p>").open("span", &[("class", "number")]).number(number).close("span").text(" ");
            let (name, lang) = short_name(source, self.locale());
            html.html(&words::isolated(&name, WithLang::of(lang.as_ref(), self.book)));
            if let Some(date) = &source.date {
                html.text(self.locale().text(Key::Comma)).element("bdi", &[], &self.locale().date(date));
            }
            if let Some(locator) = &cite.locator {
                html.text(self.locale().text(Key::Comma)).element("bdi", &[], &words::place(self.locale(), locator));
            }
            html.markup("</p>");
        }
        html.close("div");
    }

    fn block(&mut self, block: &'a Block, html: &mut Html) {
        match &block.kind {
            BlockKind::Heading { level, content, .. } => self.heading(block, *level, content, html),
            BlockKind::Paragraph(content) => {
                let inner = self.inlines(content);
                html.markup("<p>").html(&inner).markup("</p>\n");
            }
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items, html),
            BlockKind::Quote(blocks) => {
                html.markup("<blockquote>");
                self.blocks(blocks, html);
                html.markup("</blockquote>\n");
            }
            BlockKind::Callout { kind, title, blocks } => self.callout(*kind, title, blocks, html),
            BlockKind::Table { alignments, head, rows } => self.table(alignments, head, rows, html),
            BlockKind::Code { language, text } => {
                let class = if language.is_empty() { "" } else { "class" };
                html.markup("<pre tabindex=\"0\">").open("code", &[(class, &format!("language-{language}"))]);
                html.text(text).markup("</code></pre>\n");
            }
            BlockKind::Rule => {
                html.markup("<hr>\n");
            }
            BlockKind::Drawing { kind, caption, .. } => {
                html.open("figure", &[("class", &format!("drawing drawing-{}", kind.name()))]);
                let caption = self.inlines(caption);
                html.markup("<figcaption>").html(&caption).markup("</figcaption></figure>\n");
            }
            BlockKind::Html(text) => {
                html.element("pre", &[("tabindex", "0")], text);
            }
        }
    }

    fn heading(&mut self, block: &'a Block, level: u8, content: &'a [Inline], html: &mut Html) {
        let tag = match level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        };
        let heading: Option<&Heading> = self.view.version.outline.iter().find(|heading| heading.span == block.span);
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
                    }
                    _ => self.block(block, html),
                }
            }
            html.markup("</li>\n");
        }
        html.close(tag).markup("\n");
    }

    fn positions(&mut self, run: &'a [Block], html: &mut Html) {
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
            self.cell("th", cell, alignments.get(index).copied(), html);
        }
        html.markup("</tr></thead><tbody>\n");
        for row in rows {
            html.markup("<tr>");
            for (index, cell) in row.cells.iter().enumerate() {
                self.cell("td", cell, alignments.get(index).copied(), html);
            }
            html.markup("</tr>\n");
        }
        html.markup("</tbody></table></div>\n");
    }

    fn cell(&mut self, tag: &'static str, cell: &'a Cell, alignment: Option<Alignment>, html: &mut Html) {
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
        html.html(&inner).close(tag);
    }

    fn inlines(&mut self, content: &'a [Inline]) -> Html {
        let mut html = Html::new();
        for inline in content {
            self.inline(inline, &mut html);
        }
        html
    }

    fn inline(&mut self, inline: &'a Inline, html: &mut Html) {
        match &inline.kind {
            InlineKind::Text(text) => match self.locale().direction() {
                Direction::Rtl => bidi::text(html, text),
                Direction::Ltr => {
                    html.text(text);
                }
            },
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
            Target::Term(_) | Target::Event(_) | Target::Refused(_) => {
                html.html(&inner);
            }
        }
    }

    /// The link to a page, and the language it is in when it has not been translated into the reader's.
    fn page_link(&self, path: &str, anchor: Option<&str>) -> Option<(String, Option<&'a crate::book::Language>)> {
        let index = self.book.follow(&self.view.version.page, path).ok()?;
        let page = self.book.page(index)?;
        let to = address::of_page(&self.view.language.lang, &page.id)?;
        let link = address::link(self.profile, self.from, &to, anchor);
        let slot = self.book.languages.iter().position(|language| language.lang == self.view.language.lang)?;
        let target = self.book.view(page, slot)?;
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

    fn cite(&mut self, group: &'a CiteGroup, html: &mut Html) {
        if group.mode == CiteMode::Narrative
            && let Some(cite) = group.cites.first().filter(|cite| !cite.suppress_author)
            && let Some(source) = self.book.library.source(&cite.source)
        {
            let (name, lang) = short_name(source, self.locale());
            html.html(&words::isolated(&name, WithLang::of(lang.as_ref(), self.book)));
        }
        let mut links = Vec::new();
        for cite in &group.cites {
            let Some(source) = self.book.library.source(&cite.source) else { continue };
            let Some(number) = self.view.version.number_of(&source.id) else { continue };
            let anchor = self.marks.cite(&source.id, cite);
            if self.introduced.insert(source.id.clone()) {
                self.first_mentions.push((number, source.id.clone(), cite));
            }
            links.push((number, source_anchor(&source.id), anchor, cite));
        }
        if links.is_empty() {
            return;
        }
        html.trim_end();
        // Isolated: after a year in a right-to-left sentence the mark would else join its digits.
        html.open("sup", &[("class", "cite"), ("dir", self.locale().direction().name())]);
        for (index, (number, target, anchor, cite)) in links.iter().enumerate() {
            if index > 0 {
                html.open("span", &[("class", "sep")]).text(",").close("span");
            }
            let label = words::cite_label(self.locale(), *number, cite);
            html.open(
                "a",
                &[("id", anchor), ("href", &format!("#{target}")), ("role", "doc-noteref"), ("aria-label", &label)],
            );
            html.number(*number).close("a");
        }
        html.close("sup");
    }

    fn figure(&mut self, reference: &'a FigureRef, html: &mut Html) {
        let Ok(figure) = self.book.library.figure(reference) else { return };
        let Some(source_lang) = self.book.source_language().map(|language| &language.lang) else { return };
        let Some(words) = phrase(&figure, reference.form, self.locale(), source_lang) else { return };
        let anchor = self.marks.figure(reference);
        let href = format!("#{}", figure_anchor(reference));
        html.open("a", &[("class", "figure"), ("id", &anchor), ("href", &href)]).element("bdi", &[], &words).close("a");
    }

    fn footnote_mark(&mut self, label: &'a str, html: &mut Html) {
        let known = self.footnotes.iter().position(|other| *other == label);
        let index = known.unwrap_or_else(|| {
            self.footnotes.push(label);
            self.footnotes.len() - 1
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

fn is_position(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Callout { kind: CalloutKind::Position, .. })
}

/// Blocks one by one, positions of one point together.
fn runs(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|a, b| is_position(a) && is_position(b))
}
