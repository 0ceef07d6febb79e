//! Events → tree, with a stack of open nodes.

use super::Parsed;
use super::frame::{Frame, Kind};
use super::source::Source;
use super::survey::Survey;
use super::words::OpenBracket;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::problem::Problem;
use crate::markdown::tree::{
    Alignment, Block, BlockKind, Cell, Document, Footnote, Inline, InlineKind, Item, Row, Uncited,
};
use crate::span::Span;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::ops::Range;

/// How deep quotations, lists and emphasis nest; what is nested deeper is kept without its frame, and reported. Whoever walks a tree needs stack for each.
pub(super) const MOST_NESTED: usize = 50;

/// So many footnotes of a page may have footnotes themselves: a footnote is read where it is referred to, within all that lead to it.
pub(super) const MOST_NOTES_WITH_NOTES: usize = 16;

/// The tree as far as it is built.
pub(super) struct Builder<'a> {
    pub(super) source: Source<'a>,
    pub(super) survey: &'a Survey,
    /// Whether a whole page is read, not a line.
    pub(super) page: bool,
    /// The innermost open node.
    pub(super) top: Frame,
    below: Vec<Frame>,
    footnotes: Vec<Footnote>,
    pub(super) footnote_labels: BTreeMap<String, Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
    nested: usize,
    /// Open nodes that nest too deep and have no frame.
    skipped: usize,
    /// Whether that was reported.
    told_of_depth: bool,
    /// Where the footnotes begin that have footnotes themselves.
    pub(super) notes_with_notes: BTreeSet<usize>,
    /// Open nodes inside a bracket that was already read.
    pub(super) ignored: usize,
    /// Open images; only the outermost has a frame.
    pub(super) images: usize,
    /// Open links and images, in whose words nothing can be cited.
    pub(super) closed_to_citations: usize,
    /// Whether the open link has been reported and its words are not looked at.
    pub(super) silenced: bool,
    /// Square brackets that are open in the block's text.
    pub(super) open_brackets: Vec<OpenBracket>,
    /// The end of the last row of adjacent brackets that was reported.
    pub(super) row_end: usize,
    /// HTML tags that were refused in this block and are still open.
    pub(super) open_tags: Vec<String>,
    pub(super) heading_ids: BTreeMap<String, Span>,
    pub(super) last_level: u8,
    pub(super) refused_definitions: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: Source<'a>, survey: &'a Survey, page: bool) -> Self {
        Self {
            source,
            survey,
            page,
            top: Frame::new(Kind::Root, 0..source.text.len()),
            below: Vec::new(),
            footnotes: Vec::new(),
            footnote_labels: BTreeMap::new(),
            diagnostics: Vec::new(),
            nested: 0,
            skipped: 0,
            told_of_depth: false,
            notes_with_notes: BTreeSet::new(),
            ignored: 0,
            images: 0,
            closed_to_citations: 0,
            silenced: false,
            open_brackets: Vec::new(),
            row_end: 0,
            open_tags: Vec::new(),
            heading_ids: BTreeMap::new(),
            last_level: 1,
            refused_definitions: BTreeSet::new(),
        }
    }

    pub(super) fn finish(mut self) -> Parsed<Document> {
        self.close_implicit();
        while !self.below.is_empty() {
            self.pop();
        }
        self.report_brackets_in_links();
        Parsed { value: Document { blocks: self.top.blocks, footnotes: self.footnotes }, diagnostics: self.diagnostics }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.source.span(range)
    }

    /// Reports what is wrong at a range of the text.
    pub(super) fn report(&mut self, problem: Problem) {
        let span = self.span(problem.range.clone());
        self.diagnostics.push(problem.at(span));
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event, range: Range<usize>) {
        if self.ignored > 0 {
            match event {
                Event::Start(_) => self.ignored += 1,
                Event::End(_) => self.ignored -= 1,
                _ => {}
            }
            return;
        }
        // The last words of a line may come with a range that reaches over the blanks after them.
        let range = match &event {
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => self.source.trim_end(range),
            Event::Text(words) if !words.ends_with([' ', '\t']) => self.source.trim_end(range),
            _ => range,
        };
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, range),
            Event::Code(code) => self.inline(InlineKind::Code(code.into_string()), range),
            Event::Html(html) => self.top.run.push(&html, range, &self.source),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak => self.inline(InlineKind::SoftBreak, range),
            Event::HardBreak => self.inline(InlineKind::HardBreak, range),
            Event::Rule => {
                self.close_implicit();
                self.block(BlockKind::Rule, range, None);
            }
            // Not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if let Kind::Code { text, .. } = &mut self.top.kind {
            text.push_str(words);
            return;
        }
        self.extend(&range);
        self.top.run.push(words, range, &self.source);
    }

    /// The node around the innermost one.
    pub(super) fn below_top(&self) -> Option<&Frame> {
        self.below.last()
    }

    /// The innermost node that is no emphasis, link or image.
    pub(super) fn frame_of_words(&mut self) -> &mut Frame {
        let outside = |frame: &Frame| {
            !matches!(
                frame.kind,
                Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Link(_) | Kind::Image { .. }
            )
        };
        if outside(&self.top) {
            return &mut self.top;
        }
        self.below.iter_mut().rev().find(|frame| outside(frame)).unwrap_or(&mut self.top)
    }

    /// Widens what the innermost node's inlines take up.
    pub(super) fn extend(&mut self, range: &Range<usize>) {
        let extent = self.top.extent.get_or_insert_with(|| range.clone());
        extent.start = extent.start.min(range.start);
        extent.end = extent.end.max(range.end);
    }

    /// Adds an inline after the words that wait.
    pub(super) fn inline(&mut self, kind: InlineKind, range: Range<usize>) {
        self.flush();
        self.extend(&range);
        let span = self.span(range);
        self.push_inline(Inline { span, kind });
    }

    /// Adds an inline; text joins the text before it.
    pub(super) fn push_inline(&mut self, inline: Inline) {
        if let (Some(Inline { span, kind: InlineKind::Text(before) }), InlineKind::Text(words)) =
            (self.top.inlines.last_mut(), &inline.kind)
        {
            before.push_str(words);
            *span = span.to(inline.span);
            return;
        }
        self.top.inlines.push(inline);
    }

    /// Adds a block to the innermost node that holds blocks.
    pub(super) fn block(&mut self, kind: BlockKind, range: Range<usize>, uncited: Option<Uncited>) {
        let span = self.span(self.source.trim_end(range));
        self.top.blocks.push(Block { span, kind, uncited });
    }

    pub(super) fn push(&mut self, kind: Kind, range: Range<usize>) {
        let frame = Frame::new(kind, range);
        self.below.push(mem::replace(&mut self.top, frame));
    }

    /// Where the footnote begins whose definition is open.
    pub(super) fn footnote_around(&self) -> Option<usize> {
        let mut open = self.below.iter().chain([&self.top]);
        open.find(|frame| matches!(frame.kind, Kind::Footnote { .. })).map(|frame| frame.range.start)
    }

    /// Opens a node that may nest, unless it would nest too deep.
    fn nest(&mut self, kind: Kind, range: Range<usize>) {
        if self.nested >= MOST_NESTED {
            self.skipped += 1;
            if !mem::replace(&mut self.told_of_depth, true) {
                let place = self.source.trim_end(range);
                let help = format!(
                    "take quotations, lists or emphasis apart; at most {MOST_NESTED} are read within each other"
                );
                self.report(Problem::new(Code::SB517, place, "this is nested too deep").help(help));
            }
        } else {
            self.nested += 1;
            self.push(kind, range);
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.start_inline(Kind::Emphasis, range),
            Tag::Strong => self.start_inline(Kind::Strong, range),
            Tag::Strikethrough => self.start_inline(Kind::Strikethrough, range),
            Tag::Link { link_type, dest_url, id, .. } => self.start_link(link_type, &dest_url, &id, range),
            Tag::Image { link_type, dest_url, id, .. } => {
                self.start_image(link_type, dest_url.into_string(), &id, range);
            }
            Tag::TableRow => self.push(Kind::Row { head: false, cells: Vec::new() }, range),
            Tag::TableHead => self.push(Kind::Row { head: true, cells: Vec::new() }, range),
            Tag::TableCell => self.push(Kind::Cell, range),
            Tag::Item if matches!(self.top.kind, Kind::List { .. }) => {
                self.nested += 1;
                self.push(Kind::Item, range);
            }
            block => self.start_block(block, range),
        }
    }

    fn start_inline(&mut self, kind: Kind, range: Range<usize>) {
        self.flush();
        self.extend(&range);
        self.nest(kind, range);
    }

    fn start_block(&mut self, tag: Tag, range: Range<usize>) {
        self.close_implicit();
        match tag {
            Tag::Paragraph => {
                if let (Kind::Item, Some(Frame { kind: Kind::List { loose, .. }, .. })) =
                    (&self.top.kind, self.below.last_mut())
                {
                    *loose = true;
                }
                self.push(Kind::Paragraph { callout: None }, range);
            }
            Tag::Heading { level, id, .. } => {
                self.push(Kind::Heading { level: level as u8, id: id.map(pulldown_cmark::CowStr::into_string) }, range);
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.push(Kind::Code { language, text: String::new() }, range);
            }
            Tag::HtmlBlock => self.push(Kind::Html, range),
            Tag::BlockQuote(_) => self.nest(Kind::Quote { callout: None, uncited: None }, range),
            Tag::List(start) => self.nest(Kind::List { start, loose: false, items: Vec::new() }, range),
            Tag::FootnoteDefinition(label) => {
                let repeated = self.check_footnote_definition(&label, &range);
                self.nest(Kind::Footnote { label: label.into_string(), repeated }, range);
            }
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                self.push(Kind::Table { alignments, head: Vec::new(), rows: Vec::new(), uncited: None }, range);
            }
            // An item of a list that nests too deep; what else there is, is not switched on.
            _ => self.skipped += 1,
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image if self.images > 1 => self.images -= 1,
            TagEnd::Image => {
                self.images = 0;
                self.pop();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Link => self.pop(),
            _ if self.skipped > 0 => {
                self.close_implicit();
                self.skipped -= 1;
            }
            _ => {
                self.nested = self.nested.saturating_sub(1);
                self.pop();
            }
        }
    }

    /// Closes the innermost node and gives it to the one below.
    fn pop(&mut self) {
        match self.top.kind {
            Kind::Html | Kind::Code { .. } => {}
            _ => self.flush(),
        }
        self.close_implicit();
        let Some(parent) = self.below.pop() else { return };
        let frame = mem::replace(&mut self.top, parent);
        self.close(frame);
    }

    fn close(&mut self, mut frame: Frame) {
        let range = frame.range.clone();
        match frame.kind {
            Kind::Root => self.top.blocks.append(&mut frame.blocks),
            Kind::Quote { callout, uncited } => {
                let kind = match callout {
                    Some((kind, title)) => BlockKind::Callout { kind, title, blocks: frame.blocks },
                    None => BlockKind::Quote(frame.blocks),
                };
                self.block(kind, range, uncited);
            }
            Kind::List { start, loose, items } => {
                self.block(BlockKind::List { start, tight: !loose, items }, range, None);
            }
            Kind::Item => {
                let span = self.span(self.source.trim_end(range));
                if let Kind::List { items, .. } = &mut self.top.kind {
                    items.push(Item { span, blocks: frame.blocks });
                }
            }
            Kind::Footnote { label, repeated } => {
                let span = self.span(self.source.trim_end(range));
                if !repeated {
                    self.footnotes.push(Footnote { label, span, blocks: frame.blocks });
                }
            }
            Kind::Table { alignments, head, rows, uncited } => {
                self.block(BlockKind::Table { alignments, head, rows }, range, uncited);
            }
            Kind::Row { head: is_head, cells } => {
                let span = self.span(self.source.trim_end(range));
                if let Kind::Table { head, rows, .. } = &mut self.top.kind {
                    if is_head { *head = cells } else { rows.push(Row { span, cells }) }
                }
            }
            Kind::Cell => self.close_cell(frame),
            Kind::Paragraph { callout } => {
                self.end_of_words();
                self.close_paragraph(frame, callout);
            }
            Kind::Heading { level, id } => {
                self.end_of_words();
                self.check_heading(level, id.as_deref(), &range);
                let content = self.trimmed(frame.inlines);
                self.block(BlockKind::Heading { level, id, content }, range, frame.uncited);
            }
            Kind::Code { language, text } => self.block(BlockKind::Code { language, text }, range, None),
            Kind::Html => self.close_html(&frame.run),
            Kind::Emphasis => self.inline(InlineKind::Emphasis(frame.inlines), range),
            Kind::Strong => self.inline(InlineKind::Strong(frame.inlines), range),
            Kind::Strikethrough => self.inline(InlineKind::Strikethrough(frame.inlines), range),
            Kind::Link(target) => {
                self.closed_to_citations = self.closed_to_citations.saturating_sub(1);
                self.silenced = false;
                self.inline(InlineKind::Link { target: Box::new(target), content: frame.inlines }, range);
            }
            Kind::Image { url } => self.close_image(url, frame.inlines, range),
        }
    }

    fn close_cell(&mut self, frame: Frame) {
        self.end_of_words();
        // A missing cell stands behind the end of its row.
        let row = self.source.trim_end(self.top.range.clone());
        let range = self.source.trim_end(frame.range);
        let span = self.span(range.start.min(row.end)..range.end.min(row.end));
        if let (Some(uncited), Some(Frame { kind: Kind::Table { uncited: of_table, .. }, .. })) =
            (frame.uncited, self.below.last_mut())
        {
            of_table.get_or_insert(uncited);
        }
        let content = self.trimmed(frame.inlines);
        if let Kind::Row { cells, .. } = &mut self.top.kind {
            cells.push(Cell { span, content });
        }
    }

    /// Closes the paragraph that inlines in a node of blocks make up, as in a tight list.
    pub(super) fn close_implicit(&mut self) {
        if !self.top.kind.holds_blocks() {
            return;
        }
        self.flush();
        self.end_of_words();
        let Some(extent) = self.top.extent.take() else { return };
        let mut frame = Frame::new(Kind::Paragraph { callout: None }, extent);
        mem::swap(&mut frame.inlines, &mut self.top.inlines);
        frame.uncited = self.top.uncited.take();
        frame.drawing = self.top.drawing.take();
        self.close_paragraph(frame, None);
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Start,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
    }
}
