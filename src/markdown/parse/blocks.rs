//! Paragraphs when they close: callouts, drawings, images, comments about sources; and raw HTML.

use super::builder::{Builder, Drawing, Frame, Kind};
use super::html::{self, Part};
use super::links;
use super::source::Run;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::problem::Problem;
use crate::markdown::tree::{BlockKind, CalloutKind, Inline, InlineKind, Uncited};
use std::ops::Range;

impl Builder<'_> {
    /// Whether the next inline is the first of a quotation.
    pub(super) fn at_start_of_quote(&self) -> bool {
        let first = self.top.inlines.is_empty() && self.top.run.is_empty() && self.top.drawing.is_none();
        first
            && matches!(self.top.kind, Kind::Paragraph { callout: None })
            && matches!(self.below_top(), Some(Frame { kind: Kind::Quote { callout: None, .. }, blocks, .. }) if blocks.is_empty())
    }

    /// Closes a paragraph into what it is: running text, a drawing, the head of a callout, or nothing.
    pub(super) fn close_paragraph(&mut self, mut frame: Frame, callout: Option<CalloutKind>) {
        let exact = self.source.is_exact();
        let mut range = frame.range;
        if let Some(kind) = callout {
            let (title, body) = divide_at_break(frame.inlines);
            frame.inlines = body;
            let empty = frame.inlines.is_empty() && frame.drawing.is_none();
            if let Kind::Quote { callout, uncited } = &mut self.top.kind {
                *callout = Some((kind, trimmed(title, exact)));
                if empty {
                    *uncited = frame.uncited.take();
                }
            }
            if empty {
                return;
            }
            if let Some(first) = frame.inlines.first() {
                range.start = self.start_of(first, &range);
            }
        }
        let content = trimmed(frame.inlines, exact);
        match frame.drawing {
            Some(drawing) if content.is_empty() => {
                self.check_drawing(&drawing);
                let Drawing { kind, id, caption, .. } = drawing;
                self.block(BlockKind::Drawing { kind, id, caption }, range, frame.uncited);
            }
            Some(drawing) => {
                let mut all = self.misplaced_drawing(drawing);
                all.extend(content);
                self.block(BlockKind::Paragraph(all), range, frame.uncited);
            }
            None if content.is_empty() => {
                // Only a comment stood here.
                if let Some(uncited) = frame.uncited {
                    self.attach(uncited);
                }
            }
            None => self.block(BlockKind::Paragraph(content), range, frame.uncited),
        }
    }

    /// Inlines without blanks at their ends.
    pub(super) fn trimmed(&self, inlines: Vec<Inline>) -> Vec<Inline> {
        trimmed(inlines, self.source.is_exact())
    }

    /// The first byte of an inline, where spans are exact.
    fn start_of(&self, inline: &Inline, range: &Range<usize>) -> usize {
        let whole = self.span(range.clone());
        let offset = usize::try_from(inline.span.start.saturating_sub(whole.start)).unwrap_or(0);
        (range.start + offset).min(range.end)
    }

    pub(super) fn close_image(&mut self, url: String, words: Vec<Inline>, range: Range<usize>) {
        let Some((kind, id)) = links::drawing(&url) else {
            self.closed_to_citations = self.closed_to_citations.saturating_sub(1);
            let description = plain_text(&words);
            if description.trim().is_empty() {
                let problem = Problem::new(Code::SB511, range.clone(), "this image has no description");
                self.report(problem.help("say in the brackets what it shows, as in `![what it shows](file)`"));
            }
            if links::check_image(&url).is_ok() {
                self.inline(InlineKind::Image { url, description }, range);
            } else if !description.is_empty() {
                self.inline(InlineKind::Text(description), range);
            }
            return;
        };
        let drawing = Drawing { range: range.clone(), url, kind, id, caption: self.trimmed(words) };
        let alone = matches!(
            self.top.kind,
            Kind::Paragraph { callout: None } | Kind::Item | Kind::Root | Kind::Quote { .. } | Kind::Footnote { .. }
        ) && self.top.drawing.is_none()
            && self.top.inlines.iter().all(is_blank);
        if alone {
            self.flush();
            self.top.drawing = Some(drawing);
        } else {
            for inline in self.misplaced_drawing(drawing) {
                self.flush();
                self.push_inline(inline);
            }
        }
    }

    /// A drawing within a line: its caption is kept.
    fn misplaced_drawing(&mut self, drawing: Drawing) -> Vec<Inline> {
        if let Err(refusal) = links::check_image(&drawing.url) {
            self.refuse(refusal, &drawing.url, "", &drawing.range);
        }
        drawing.caption
    }

    fn check_drawing(&mut self, drawing: &Drawing) {
        let word = drawing.kind.name();
        if drawing.id.is_none() {
            let problem =
                Problem::new(Code::SB504, drawing.range.clone(), format!("`{}` names no {word}", drawing.url));
            self.report(problem.help(format!("write the id of its record, as in `![caption]({word}:id)`")));
        }
        if drawing.caption.iter().all(is_blank) {
            let problem = Problem::new(Code::SB511, drawing.range.clone(), format!("this {word} has no caption"));
            self.report(
                problem.help(format!("say in the brackets what it shows, as in `![what it shows]({word}:id)`")),
            );
        }
    }

    /// A tag or a comment within a line.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if let [Part::Comment { inner, .. }] = html::parts(html).as_slice() {
            if let Some(reason) = html::uncited_reason(html.get(inner.clone()).unwrap_or("")) {
                self.uncited_inline(reason, range);
            }
            return;
        }
        if let Some(tag) = html::first_tag(html) {
            let opened = self.open_tags.iter().rposition(|open| *open == tag.name);
            match (tag.closing, opened) {
                // Its opening tag has been reported.
                (true, Some(index)) => drop(self.open_tags.remove(index)),
                (closing, _) => {
                    let mut problem = html::refuse_tag(&tag);
                    problem.range = range.clone();
                    self.report(problem);
                    if !closing {
                        self.open_tags.push(tag.name);
                    }
                }
            }
        }
        self.inline(InlineKind::Html(html.to_owned()), range);
    }

    fn uncited_inline(&mut self, reason: String, range: Range<usize>) {
        self.flush();
        let Some(uncited) = self.checked_uncited(reason, range) else { return };
        // In emphasis or a link: the comment speaks for the paragraph around.
        let frame = self.frame_of_words();
        match &frame.uncited {
            None => frame.uncited = Some(uncited),
            Some(_) => self.second_uncited(&uncited),
        }
    }

    /// An `uncited` comment on a line of its own.
    pub(super) fn uncited_block(&mut self, reason: String, range: Range<usize>) {
        if let Some(uncited) = self.checked_uncited(reason, range) {
            self.attach(uncited);
        }
    }

    fn checked_uncited(&mut self, reason: String, range: Range<usize>) -> Option<Uncited> {
        let span = self.span(range);
        if reason.is_empty() {
            self.diagnostics.push(
                Diagnostic::new(Code::SB503, span, "this comment does not say why no source is needed")
                    .help("write the reason after a colon, as in `<!-- uncited: summary of the section -->`"),
            );
            return None;
        }
        Some(Uncited { span, reason })
    }

    /// Gives the comment to the block before it.
    fn attach(&mut self, uncited: Uncited) {
        let slot = match (self.top.blocks.last_mut(), &mut self.top.kind) {
            (Some(block), _) if !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Rule) => {
                Some(&mut block.uncited)
            }
            (None, Kind::Quote { callout: Some(_), uncited }) => Some(uncited),
            _ => None,
        };
        match slot {
            Some(slot @ None) => *slot = Some(uncited),
            Some(Some(_)) => self.second_uncited(&uncited),
            None => self.diagnostics.push(
                Diagnostic::new(
                    Code::SB503,
                    uncited.span,
                    "no paragraph stands before this comment that it could speak for",
                )
                .help("put it at the end of the paragraph that needs no source"),
            ),
        }
    }

    fn second_uncited(&mut self, uncited: &Uncited) {
        self.diagnostics.push(
            Diagnostic::new(Code::SB503, uncited.span, "the paragraph before has already said why it needs no source")
                .help("take one of the two comments out"),
        );
    }

    /// Reports the first tag of a block of HTML, and a citation that is lost in it.
    pub(super) fn refuse_html(&mut self, html: &str, run: &Run, offset: usize) {
        let lead = html.len() - html.trim_start().len();
        let place = |range: Range<usize>| run.place(offset + range.start..offset + range.end);
        let Some(tag) = html::first_tag(html) else {
            let range = place(lead..lead + html.trim().len());
            let problem = Problem::new(Code::SB503, range, "words on the line of a comment are HTML to Markdown");
            self.report(problem.help("put the comment on a line of its own, or at the paragraph's end"));
            return;
        };
        let problem = html::refuse_tag(&tag);
        self.report(Problem { range: place(tag.range), ..problem });
        let lost = ["[@", "[-@", "[="].iter().filter_map(|mark| html.find(mark)).min();
        if let Some(start) = lost {
            let length = html.get(start..).and_then(|rest| rest.find(']')).map_or(2, |length| length + 1);
            let problem =
                Problem::new(Code::SB206, place(start..start + length), "a citation or figure inside HTML is not read");
            self.report(problem.help("take the HTML away, or leave a blank line before the text"));
        }
    }
}

/// The inlines before the first line break, and those after it.
fn divide_at_break(mut inlines: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    let first = inlines.iter().position(|inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak));
    let rest = first.map_or_else(Vec::new, |first| inlines.split_off(first));
    (inlines, rest.into_iter().skip(1).collect())
}

fn is_blank(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(words) => words.trim().is_empty(),
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        _ => false,
    }
}

/// Inlines without the blanks that a comment or a callout's head leaves at their ends; `exact` where spans follow the words.
fn trimmed(mut inlines: Vec<Inline>, exact: bool) -> Vec<Inline> {
    while inlines.last().is_some_and(is_blank) {
        inlines.pop();
    }
    let lead = inlines.iter().take_while(|inline| is_blank(inline)).count();
    inlines.drain(..lead);
    if let Some(Inline { span, kind: InlineKind::Text(words) }) = inlines.last_mut() {
        let kept = words.trim_end().len();
        if exact {
            span.end = span.end.saturating_sub(u32::try_from(words.len() - kept).unwrap_or(0));
        }
        words.truncate(kept);
    }
    if let Some(Inline { span, kind: InlineKind::Text(words) }) = inlines.first_mut() {
        let cut = words.len() - words.trim_start().len();
        if exact {
            span.start += u32::try_from(cut).unwrap_or(0);
        }
        words.drain(..cut);
    }
    inlines
}

/// The words of inlines without their marks.
fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => {
                text.push_str(&plain_text(inner));
            }
            InlineKind::Image { description, .. } => text.push_str(description),
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(' '),
            InlineKind::Cite(_)
            | InlineKind::CitationNeeded { .. }
            | InlineKind::Figure(_)
            | InlineKind::FootnoteRef(_)
            | InlineKind::Html(_) => {}
        }
    }
    text
}
