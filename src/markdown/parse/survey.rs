//! The first look at a text: where links and images stand, which of our brackets lie inside them, which footnotes are defined.

use super::address::is_drawing;
use crate::markdown::dialect::Bracket;
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// A link or an image that is not inside another.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) range: Range<usize>,
    pub(super) image: bool,
}

/// What the first look found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    links: Vec<Link>,
    /// Our brackets inside links, in order.
    pub(super) brackets_in_links: Vec<(Range<usize>, Bracket)>,
    footnotes: BTreeMap<String, String>,
}

impl Survey {
    /// Looks at a text; one without links and footnotes is not read at all.
    pub(super) fn of(text: &str, options: Options) -> Self {
        let mut survey = Self::default();
        if !["](", "][", "[^"].iter().any(|mark| text.contains(mark)) {
            return survey;
        }
        let mut brackets = Vec::new();
        let note = |link: BrokenLink| -> Option<(CowStr, CowStr)> {
            if let Some(bracket) = Bracket::of(&link.reference) {
                brackets.push((link.span, bracket));
            }
            None
        };
        for (event, range) in Parser::new_with_broken_link_callback(text, options, Some(note)).into_offset_iter() {
            match event {
                Event::Start(Tag::Link { .. }) => survey.add_link(range, false),
                // The caption of a drawing is text on the page: citations may stand in it.
                Event::Start(Tag::Image { dest_url, .. }) if !is_drawing(&dest_url) => survey.add_link(range, true),
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    survey.footnotes.entry(fold(&label)).or_insert_with(|| label.to_string());
                }
                _ => {}
            }
        }
        brackets.retain(|(range, _)| survey.link_around(range).is_some());
        brackets.sort_by_key(|(range, _)| (range.start, range.end));
        survey.brackets_in_links = brackets;
        survey
    }

    fn add_link(&mut self, range: Range<usize>, image: bool) {
        if self.links.last().is_none_or(|last| last.range.end <= range.start) {
            self.links.push(Link { range, image });
        }
    }

    /// The link or image whose words hold this range.
    pub(super) fn link_around(&self, range: &Range<usize>) -> Option<&Link> {
        let after = self.links.partition_point(|link| link.range.start < range.start);
        let link = after.checked_sub(1).and_then(|index| self.links.get(index))?;
        (range.end <= link.range.end).then_some(link)
    }

    /// Whether this byte lies in one of our brackets inside a link.
    pub(super) fn in_bracket_in_link(&self, at: usize) -> bool {
        let after = self.brackets_in_links.partition_point(|(range, _)| range.start <= at);
        let found = after.checked_sub(1).and_then(|index| self.brackets_in_links.get(index));
        found.is_some_and(|(range, _)| at < range.end)
    }

    /// The label of a defined footnote, as its definition spells it.
    pub(super) fn footnote(&self, label: &str) -> Option<&str> {
        self.footnotes.get(&fold(label)).map(String::as_str)
    }

    /// The labels of all footnotes.
    pub(super) fn footnotes(&self) -> impl Iterator<Item = &str> {
        self.footnotes.values().map(String::as_str)
    }
}

fn fold(label: &str) -> String {
    label.to_lowercase()
}
