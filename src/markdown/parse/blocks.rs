//! Paragraphs when they close: callouts, drawings, images, comments about sources; and raw HTML.

use super::builder::Builder;
use super::frame::{Drawing, Frame, Kind};
use crate::markdown::tree::{BlockKind, CalloutKind, Inline, InlineKind};
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
        let drawing = match frame.drawing {
            Some(drawing) if !frame.inlines.iter().all(is_blank) => {
                let mut words = self.misplaced_drawing(drawing);
                words.append(&mut frame.inlines);
                frame.inlines = words;
                None
            }
            drawing => drawing,
        };
        let content = trimmed(frame.inlines, exact);
        match drawing {
            Some(drawing) => {
                self.check_drawing(&drawing);
                let Drawing { kind, which, caption, .. } = drawing;
                self.block(BlockKind::Drawing { kind, drawing: which.ok(), caption }, range, frame.uncited);
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
}

/// The inlines before the first line break, and those after it.
fn divide_at_break(mut inlines: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    let first = inlines.iter().position(|inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak));
    let rest = first.map_or_else(Vec::new, |first| inlines.split_off(first));
    (inlines, rest.into_iter().skip(1).collect())
}

pub(super) fn is_blank(inline: &Inline) -> bool {
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
pub(super) fn plain_text(inlines: &[Inline]) -> String {
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
