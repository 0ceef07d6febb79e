//! Raw HTML as it comes: comments that speak about sources, comments that are dropped, tags that are refused.

use super::builder::Builder;
use super::frame::Kind;
use super::html::{self, Part};
use super::source::Run;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::problem::Problem;
use crate::markdown::tree::{BlockKind, InlineKind, Uncited};
use std::mem;
use std::ops::Range;

impl Builder<'_> {
    /// A block of HTML that is complete.
    pub(super) fn close_html(&mut self, run: &Run) {
        let mut refused = false;
        for part in html::parts(&run.text) {
            match part {
                html::Part::Comment { range: comment, inner } => {
                    let words = run.text.get(inner).unwrap_or("");
                    if let Some(reason) = html::uncited_reason(words) {
                        self.uncited_block(reason, run.place(comment));
                    }
                }
                html::Part::Unclosed(comment) => {
                    let place = run.place(comment.start..comment.start + 4);
                    self.report(
                        Problem::new(Code::SB503, place, "this comment is never closed and hides all that follows")
                            .help("end it with `-->`"),
                    );
                }
                html::Part::Other(other) => {
                    let words = run.text.get(other.clone()).unwrap_or("");
                    if words.trim().is_empty() {
                        continue;
                    }
                    if !mem::replace(&mut refused, true) {
                        self.refuse_html(words, run, other.start);
                    }
                    let lead = words.len() - words.trim_start().len();
                    let words = words.trim();
                    let place = run.place(other.start + lead..other.start + lead + words.len());
                    self.block(BlockKind::Html(words.to_owned()), place, None);
                }
            }
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
    pub(super) fn attach(&mut self, uncited: Uncited) {
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
