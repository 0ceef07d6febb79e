//! Spacing of Markdown. Lines are never broken anew: where they break is a part of every comparison of two versions.

use super::edit::{Edit, Rule, settle};
use super::meaning::is_same_markdown;
use super::nowhere;
use crate::markdown;
use crate::markdown::tree::BlockKind;
use crate::span::Origin;

/// The body of a page as it should be.
pub(super) fn tidy(text: &str) -> String {
    let rules: [Rule<'_>; 3] = [&line_ends, &blank_lines, &blocks];
    settle(text, &rules, &is_same_markdown)
}

/// The lines of a text, each with its place, without their ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line.strip_suffix('\n').unwrap_or(line))
    })
}

/// Nothing stands at the end of a line but a hard break, which is two spaces before another line of the same paragraph.
fn line_ends(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut lines = lines(text).peekable();
    while let Some((at, line)) = lines.next() {
        let kept = line.trim_end_matches([' ', '\t']);
        let is_followed = lines.peek().is_some_and(|(_, next)| !next.trim().is_empty());
        let is_break = is_followed && line.ends_with("  ") && !kept.is_empty();
        if !is_break {
            edits.push(Edit::new(at + kept.len()..at + line.len(), ""));
        }
    }
    edits
}

/// One blank line is enough; there is none before the first block and none behind the last, which ends with its line.
fn blank_lines(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut was_blank = true;
    let mut end = 0;
    for (at, line) in lines(text) {
        let is_blank = line.trim().is_empty();
        if is_blank && was_blank {
            edits.push(Edit::new(at..(at + line.len() + 1).min(text.len()), ""));
        }
        if !is_blank {
            end = at + line.len();
        }
        was_blank = is_blank;
    }
    if end == 0 {
        return vec![Edit::new(0..text.len(), "")];
    }
    edits.retain(|edit| edit.range.end <= end);
    edits.push(Edit::new(end..text.len(), "\n"));
    edits
}

/// Two blocks are apart from each other. What follows a heading may follow it at once.
fn blocks(text: &str) -> Vec<Edit> {
    let document = markdown::parse(text, Origin::Verbatim { file: nowhere(), offset: 0 }).value;
    let blocks =
        document.blocks.iter().map(|block| (block.span.range(), matches!(block.kind, BlockKind::Heading { .. })));
    let notes = document.footnotes.iter().map(|note| (note.span.range(), false));
    let mut places: Vec<_> = blocks.chain(notes).collect();
    places.sort_by_key(|(range, _)| (range.start, range.end));
    let mut edits = Vec::new();
    for ((one, is_heading), (next, _)) in places.iter().zip(places.iter().skip(1)) {
        let written = text.get(one.clone()).unwrap_or("").trim_end().len();
        let gap = one.start + written..next.start;
        let between = text.get(gap.clone()).unwrap_or("-");
        if !is_heading && between.trim_matches([' ', '\t']) == "\n" {
            edits.push(Edit::new(gap, format!("\n{}", between.trim_start_matches([' ', '\t']))));
        }
    }
    edits
}
