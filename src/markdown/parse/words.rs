//! Running text: citations in the sentence, and brackets that Markdown left as text though something of ours stands in them.

use super::builder::{Builder, MOST_NOTES_WITH_NOTES};
use super::frame::Kind;
use super::source::Run;
use crate::diagnostic::{Code, did_you_mean};
use crate::markdown::citation::{CiteGroup, CiteMode, KeyAt, key_at, narrative_cite};
use crate::markdown::problem::Problem;
use crate::markdown::tree::{Inline, InlineKind};
use std::mem;
use std::ops::Range;

/// How far behind an unclosed bracket a key may stand for the bracket to be meant for it.
const NEAR: usize = 24;

/// The longest label that Markdown takes.
pub(super) const LONGEST: usize = 999;

/// A bracket that Markdown does not take.
pub(super) fn too_long(code: Code, range: Range<usize>) -> Problem {
    Problem::new(code, range, "this bracket is too long for Markdown to read")
        .help("divide it into two, with words between")
}

/// A `[` in the text without its `]` so far.
#[derive(Debug)]
pub(super) struct OpenBracket {
    at: usize,
    /// The first key directly within it.
    key: Option<Range<usize>>,
    figure: bool,
}

impl Builder<'_> {
    /// Reads the words that wait, and adds them.
    pub(super) fn flush(&mut self) {
        if self.top.run.is_empty() {
            return;
        }
        let run = mem::take(&mut self.top.run);
        let keys = self.keys(&run);
        if self.closed_to_citations > 0 {
            self.report_keys_in_link(&run, &keys);
            self.push_words(&run, 0..run.text.len());
            return;
        }
        self.follow_brackets(&run, &keys);
        let mut done = 0;
        for found in keys {
            let source = self.source;
            let cite = narrative_cite(&run.text, &found, &|range| source.span(run.place(range)));
            match cite {
                Ok(cite) => {
                    self.push_words(&run, done..found.whole.start);
                    done = found.whole.end;
                    let group = CiteGroup { mode: CiteMode::Narrative, cites: vec![cite] };
                    let place = run.place(found.whole);
                    self.report_attributes(place.end);
                    let span = self.span(place);
                    self.push_inline(Inline { span, kind: InlineKind::Cite(group) });
                }
                Err(mut problem) => {
                    problem.range = run.place(problem.range);
                    self.report(problem);
                }
            }
        }
        self.push_words(&run, done..run.text.len());
    }

    fn push_words(&mut self, run: &Run, range: Range<usize>) {
        if let Some(words) = run.text.get(range.clone()).filter(|words| !words.is_empty()) {
            let span = self.span(run.place(range));
            self.push_inline(Inline { span, kind: InlineKind::Text(words.to_owned()) });
        }
    }

    /// The keys in a run that stand in the text as they are, without a backslash.
    fn keys(&mut self, run: &Run) -> Vec<KeyAt> {
        let mut keys = Vec::new();
        let mut from = 0;
        let before = self.source.char_before(run.place(0..0).start);
        while let Some(found) = key_at(&run.text, from, before) {
            from = found.whole.end;
            let mark = found.whole.start + usize::from(found.suppress_author);
            // `\[@key]` is text: the backslash speaks for the bracket and what it holds.
            let bracket = found
                .whole
                .start
                .checked_sub(1)
                .filter(|at| run.text.get(*at..).is_some_and(|rest| rest.starts_with('[')));
            let escaped =
                run.is_escaped(mark, &self.source) || bracket.is_some_and(|at| run.is_escaped(at, &self.source));
            if escaped || !run.is_verbatim(found.whole.clone()) {
                from = mark + 1;
            } else if found.unclosed {
                let place = run.place(mark..mark + 2);
                self.report(
                    Problem::new(Code::SB203, place, "the brace after `@` is never closed")
                        .help("close it, as in `@{key}`, or write `\\@`"),
                );
                from = mark + 2;
            } else {
                keys.push(found);
            }
        }
        keys
    }

    fn report_keys_in_link(&mut self, run: &Run, keys: &[KeyAt]) {
        for found in keys {
            let place = run.place(found.whole.clone());
            if !self.silenced && !self.survey.in_bracket_in_link(place.start) {
                self.report(
                    Problem::new(Code::SB205, place, "a citation cannot stand inside a link or an image")
                        .help("put it after the link, or write `\\@` where nothing is cited"),
                );
            }
        }
    }

    /// Follows the square brackets of a run, and reports those that were meant to be ours.
    fn follow_brackets(&mut self, run: &Run, keys: &[KeyAt]) {
        let mut keys = keys.iter().peekable();
        for (at, _) in run.text.match_indices(['[', ']']) {
            while let Some(found) = keys.next_if(|found| found.whole.start < at) {
                self.key_in_bracket(run, found);
            }
            if run.is_escaped(at, &self.source) {
                continue;
            }
            let place = run.place(at..at + 1);
            let rest = run.text.get(at + 1..).unwrap_or("");
            if run.text.get(at..).is_some_and(|rest| rest.starts_with('[')) {
                let figure = rest.strip_prefix('=').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
                self.open_brackets.push(OpenBracket { at: place.start, key: None, figure });
            } else if let Some(open) = self.open_brackets.pop() {
                self.close_bracket(&open, place.end);
            }
        }
        for found in keys {
            self.key_in_bracket(run, found);
        }
    }

    fn key_in_bracket(&mut self, run: &Run, found: &KeyAt) {
        if let Some(open) = self.open_brackets.last_mut() {
            open.key.get_or_insert_with(|| run.place(found.whole.clone()));
        }
    }

    fn close_bracket(&mut self, open: &OpenBracket, end: usize) {
        let range = open.at..end;
        let inner = self.source.slice(open.at + 1..end - 1);
        if let Some(label) = inner.strip_prefix('^').filter(|label| self.page && !label.trim().is_empty()) {
            let problem = self.undefined_footnote(label, range);
            self.report(problem);
            return;
        }
        if open.key.is_none() && !open.figure {
            return;
        }
        // Letters beyond ASCII count for two or three there.
        let problem = if inner.len() > LONGEST && !inner.contains('[') {
            too_long(code(open), range)
        } else {
            Problem::new(code(open), range, "a bracket within a bracket keeps this one from being read")
                .help("put all sources into one bracket, as in `[@a; @b]`, and write `\\[` and `\\]` for brackets that are only marks")
        };
        self.report(problem);
    }

    fn undefined_footnote(&self, label: &str, range: Range<usize>) -> Problem {
        if label.starts_with('@') || label.starts_with("-@") {
            return shadowed_by_footnote(label, range);
        }
        let help = match did_you_mean(label, self.survey.footnotes()) {
            Some(near) => format!("did you mean `[^{near}]`?"),
            None => format!("define it in a paragraph of its own, as in `[^{label}]: words`"),
        };
        Problem::new(Code::SB509, range, format!("the footnote `{label}` is not defined")).help(help)
    }

    /// At the end of a block's text: brackets that were never closed.
    pub(super) fn end_of_words(&mut self) {
        self.open_tags.clear();
        for open in mem::take(&mut self.open_brackets) {
            let near = open.key.as_ref().filter(|key| key.start.saturating_sub(open.at) <= NEAR);
            let end = match near {
                Some(key) => key.end,
                None if open.figure => open.at + 2,
                None => continue,
            };
            // A cell is closed when its row is the innermost open node.
            let help = if matches!(self.top.kind, Kind::Row { .. }) {
                "close it with `]`, in the same cell; a bar that ends no cell is written `\\|`"
            } else {
                "close it with `]`, in the same paragraph"
            };
            self.report(Problem::new(code(&open), open.at..end, "this bracket is never closed").help(help));
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str, range: Range<usize>) {
        if label.starts_with('@') || label.starts_with("-@") {
            self.report(shadowed_by_footnote(label, range.clone()));
        }
        if let Some(note) = self.footnote_around() {
            let is_known = self.notes_with_notes.contains(&note);
            if !is_known && self.notes_with_notes.len() >= MOST_NOTES_WITH_NOTES {
                let message = "too many footnotes of this page have footnotes themselves";
                let help = format!("write the words of this one into the other; {MOST_NOTES_WITH_NOTES} may have one");
                self.report(Problem::new(Code::SB517, range.clone(), message).help(help));
                self.inline(InlineKind::Text(format!("[^{label}]")), range);
                return;
            }
            self.notes_with_notes.insert(note);
        }
        let label = self.survey.footnote(label).unwrap_or(label).to_owned();
        self.inline(InlineKind::FootnoteRef(label), range);
    }
}

fn shadowed_by_footnote(label: &str, range: Range<usize>) -> Problem {
    Problem::new(Code::SB206, range, format!("Markdown reads `[^{label}]` as a footnote"))
        .help(format!("write `[{label}]`"))
}

fn code(open: &OpenBracket) -> Code {
    if open.figure { Code::SB304 } else { Code::SB203 }
}
