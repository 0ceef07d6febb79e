//! Brackets that are ours: citations, figures, demands for a citation, heads of callouts; and the ways in which Markdown takes them for
//! something else.

use super::builder::Builder;
use super::frame::Kind;
use super::words::{LONGEST, too_long};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::citation::{CiteMode, key_at, locator_and_suffix, parse_group};
use crate::markdown::dialect::{self, Bracket};
use crate::markdown::locator::Locator;
use crate::markdown::problem::Problem;
use crate::markdown::tree::{Inline, InlineKind};
use pulldown_cmark::{BrokenLink, LinkType, RefDefs};
use std::ops::Range;

/// How far before a bracket the key of `@key [p. 3]` is looked for.
const LOOK_BACK: usize = 200;

/// Whether a bracket that Markdown leaves alone is one of ours.
pub(super) fn is_ours(text: &str, link: &BrokenLink) -> bool {
    if link.link_type == LinkType::Reference {
        let (first, second) = two_labels(text.get(link.span.clone()).unwrap_or(""));
        return [first, second]
            .into_iter()
            .any(|label| Bracket::of(label).is_some_and(|bracket| bracket != Bracket::CalloutHead));
    }
    Bracket::of(&link.reference).is_some()
        || (follows_key(text, link.span.start) && locator_and_suffix(&link.reference).is_some())
}

/// The labels of `[first][second]`.
fn two_labels(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches('!');
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    inner.rsplit_once("][").unwrap_or((inner, ""))
}

/// Whether `@key` stands before this byte, with a blank between them or without.
fn follows_key(text: &str, at: usize) -> bool {
    let from = (at.saturating_sub(LOOK_BACK)..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    let before = text.get(from..at).unwrap_or("");
    let words = before.trim_end_matches(|c: char| c.is_whitespace() || c == '>');
    let Some(mark) = words.rfind('@') else { return false };
    key_at(words, mark, None).is_some_and(|found| !found.unclosed && found.whole.end == words.len())
}

impl Builder<'_> {
    /// Reads a bracket of ours, at its place among the events.
    pub(super) fn bracket(&mut self, range: Range<usize>, label: &str, link_type: LinkType, image: bool) {
        let mut range = range;
        if image {
            // `killed![@a]` is an exclamation and a citation.
            self.inline(InlineKind::Text("!".into()), range.start..range.start + 1);
            range.start += 1;
        }
        if link_type == LinkType::ReferenceUnknown || range.start < self.row_end {
            self.adjacent(&range);
            self.literal(&range, None);
            return;
        }
        if self.source.slice(range.clone()).ends_with("[]") {
            range.end -= 2;
        }
        let after = self.source.slice(range.end..(range.end + 2).min(self.source.text.len()));
        if link_type == LinkType::CollapsedUnknown && after == "[]" {
            let problem =
                Problem::new(Code::SB204, range.start..range.end + 2, "an empty bracket stands right after this one");
            self.report(problem.help(format!("write `[{label}]` alone")));
        }
        match Bracket::of(label) {
            Some(Bracket::Citation) => self.citation(range, label),
            Some(Bracket::Needed) => self.needed(range, label),
            Some(Bracket::Figure) => self.figure(range, label),
            Some(Bracket::CalloutHead) => self.callout_head(&range, label),
            None => self.place_of_narrative(&range, label),
        }
    }

    fn citation(&mut self, range: Range<usize>, label: &str) {
        // pulldown-cmark lets some pass that other Markdown programs do not.
        if label.chars().count() > LONGEST {
            self.report(too_long(Code::SB203, range.clone()));
            self.literal(&range, Some(label));
            return;
        }
        let places = Places::of(self.source.slice(range.clone()), label);
        let source = self.source;
        let group = parse_group(label, &|part| source.span(places.place(&range, part)));
        match group {
            Ok(group) => {
                self.report_doubled(&range, label);
                self.inline(InlineKind::Cite(group), range);
            }
            Err(mut problem) => {
                problem.range = places.place(&range, problem.range);
                self.report(problem);
                self.literal(&range, Some(label));
            }
        }
    }

    fn needed(&mut self, range: Range<usize>, label: &str) {
        let reason = dialect::read_needed(label);
        let why = reason.trim_end_matches('.');
        let message = if why.is_empty() { "citation needed".into() } else { format!("citation needed: {why}") };
        let problem = Problem::new(Code::SB207, range.clone(), message);
        self.report(problem.help("find a source and write its id here, as in `[@key]`"));
        self.inline(InlineKind::CitationNeeded { reason }, range);
    }

    fn figure(&mut self, range: Range<usize>, label: &str) {
        let places = Places::of(self.source.slice(range.clone()), label);
        match dialect::read_figure(label) {
            Ok(figure) => {
                self.report_doubled(&range, label);
                self.inline(InlineKind::Figure(Box::new(figure)), range);
            }
            Err(mut problem) => {
                problem.range = places.place(&range, problem.range);
                self.report(problem);
                self.literal(&range, Some(label));
            }
        }
    }

    /// `[!kind]`, which means something at the start of a quotation only.
    fn callout_head(&mut self, range: &Range<usize>, label: &str) {
        if !self.at_start_of_quote() {
            self.literal(range, Some(label));
            return;
        }
        match dialect::read_callout(label) {
            Ok(kind) => self.top.kind = Kind::Paragraph { callout: Some(kind) },
            Err(mut problem) => {
                problem.range = range.clone();
                self.report(problem);
                self.literal(range, Some(label));
            }
        }
    }

    /// `[p. 3]` after `@key `.
    fn place_of_narrative(&mut self, range: &Range<usize>, label: &str) {
        self.flush();
        self.extend(range);
        let end = self.span(range.clone());
        let blank = self.top.inlines.last().is_some_and(|gap| match &gap.kind {
            InlineKind::SoftBreak => true,
            InlineKind::Text(words) => words.chars().all(char::is_whitespace),
            _ => false,
        });
        let key = self.top.inlines.len().checked_sub(1 + usize::from(blank));
        let Some(Inline { span, kind: InlineKind::Cite(group) }) = key.and_then(|key| self.top.inlines.get_mut(key))
        else {
            return self.literal(range, Some(label));
        };
        match (group.mode, group.cites.as_mut_slice(), locator_and_suffix(label)) {
            (CiteMode::Narrative, [cite], Some((locator, suffix))) if cite.locator.is_none() => {
                cite.locator = Some(locator);
                cite.suffix = suffix;
                cite.span = cite.span.to(end);
                *span = span.to(end);
                if blank {
                    self.top.inlines.pop();
                }
            }
            _ => self.literal(range, Some(label)),
        }
    }

    /// Keeps a bracket as the text it is.
    fn literal(&mut self, range: &Range<usize>, label: Option<&str>) {
        let words = match label {
            Some(label) => format!("[{label}]"),
            None => self.source.slice(range.clone()).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        self.inline(InlineKind::Text(words), range.clone());
    }

    /// `[@key]{.class}`, which makes a span of the bracket elsewhere, and of the citation one in the sentence. A heading may have attributes.
    pub(super) fn report_attributes(&mut self, end: usize) {
        let Some(rest) = self.source.slice(end..self.source.text.len()).strip_prefix('{') else { return };
        let Some(inner) = rest
            .split(['}', '\n'])
            .next()
            .filter(|inner| rest.get(inner.len()..).is_some_and(|rest| rest.starts_with('}')))
        else {
            return;
        };
        let name = inner.split('=').next().unwrap_or("").trim();
        let pair = inner.contains('=') && !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-');
        let attributes = inner.trim_start().starts_with(['.', '#', ':']) || pair;
        if attributes && !matches!(self.top.kind, Kind::Heading { .. }) {
            let message =
                format!("other Markdown programs read `{{{inner}}}` as attributes, and the citation as another");
            let problem = Problem::new(Code::SB206, end..end + inner.len() + 2, message);
            self.report(problem.help("take it out: a citation or a figure has no class, id or language of its own"));
        }
    }

    /// `[[@key]]`
    fn report_doubled(&mut self, range: &Range<usize>, label: &str) {
        self.report_attributes(range.end);
        let before = self.source.char_before(range.start);
        let after = self.source.slice(range.end..self.source.text.len()).chars().next();
        if before == Some('[') && after == Some(']') {
            let message = format!("Markdown may read `[[{label}]]` as a link");
            self.report(
                Problem::new(Code::SB206, range.start - 1..range.end + 1, message).help(format!("write `[{label}]`")),
            );
        }
    }

    /// `[@a][@b]`, and whatever stands right after it, reported once.
    fn adjacent(&mut self, range: &Range<usize>) {
        if range.start < self.row_end {
            return;
        }
        let mut labels = Vec::new();
        let (first, second) = two_labels(self.source.slice(range.clone()));
        labels.extend([first, second]);
        let mut end = range.end;
        while let Some(inner) = self.source.slice(end..self.source.text.len()).strip_prefix('[') {
            match inner.split_once(']') {
                Some((label, _)) if !label.contains(['[', '\n']) => {
                    labels.push(label);
                    end += label.len() + 2;
                }
                _ => break,
            }
        }
        let help = format!("write `{}`", joined(&labels));
        self.row_end = end;
        self.report(
            Problem::new(
                Code::SB204,
                range.start..end,
                "Markdown reads brackets without a space between them as one link",
            )
            .help(help),
        );
    }

    /// `[@key](…)`: whether a link's words are a citation or a figure and nothing else; then it is reported.
    pub(super) fn report_shadowed(&mut self, link_type: LinkType, range: &Range<usize>) -> bool {
        let words = self.source.slice(range.clone());
        let mark = ["[@", "[-@", "[="].iter().any(|mark| words.starts_with(mark));
        if !mark || matches!(link_type, LinkType::Shortcut | LinkType::Collapsed) {
            // A definition that captures a citation is reported where it stands.
            return mark;
        }
        let label = words.trim_start_matches('[').split(']').next().unwrap_or("");
        let help = match label.strip_prefix('@') {
            Some(name) => {
                format!("write `[{label}]` with a space after it, or `[\\@{name}](…)` for a link that cites nothing")
            }
            None => format!("write `[{label}]` with a space after it"),
        };
        let message = format!("Markdown reads `[{label}]` with what follows it as a link");
        self.report(Problem::new(Code::SB206, range.clone(), message).help(help));
        true
    }

    /// `[@key]: …`, which makes every `[@key]` of the page a link.
    pub(super) fn shadowing_definitions(&mut self, definitions: &RefDefs) {
        let mut found: Vec<(Range<usize>, String)> = definitions
            .iter()
            .filter(|(label, _)| Bracket::of(label).is_some())
            .map(|(label, definition)| (definition.span.clone(), label.to_owned()))
            .collect();
        found.sort_by_key(|(range, _)| range.start);
        for (range, label) in found {
            let range = self.source.trim_end(range);
            let message = format!("Markdown reads `[{label}]:` as the definition of a link");
            self.report(
                Problem::new(Code::SB206, range, message).help("put something other than a colon after the bracket"),
            );
        }
    }

    /// Citations and figures that stand inside links; they were left as text, so that the link survives.
    pub(super) fn report_brackets_in_links(&mut self) {
        for (range, bracket) in &self.survey.brackets_in_links {
            let Some(link) = self.survey.link_around(range).filter(|_| *bracket != Bracket::CalloutHead) else {
                continue;
            };
            let place = if link.image { "the description of an image" } else { "the words of a link" };
            let message = format!("a {} cannot stand in {place}", bracket.noun());
            let after = if link.image { "put it into the text" } else { "put it after the link, with a space between" };
            self.diagnostics.push(Diagnostic::new(Code::SB205, self.source.span(range.clone()), message).help(after));
        }
    }
}

/// What was meant by a row of brackets.
fn joined(labels: &[&str]) -> String {
    let cites = |label: &&str| Bracket::of(label) == Some(Bracket::Citation);
    match labels {
        labels if labels.iter().all(cites) => format!("[{}]", labels.join("; ")),
        [key, place] if cites(key) && Locator::parse(place).is_some() => format!("[{key}, {place}]"),
        labels => labels.iter().map(|label| format!("[{label}]")).collect::<Vec<_>>().join(" "),
    }
}

/// Where each byte of a bracket's label stands in the text of the bracket.
enum Places {
    /// The label stands there as it is, this many bytes after the start.
    Verbatim(usize),
    /// Line breaks or backslashes were taken out; the place of each byte, and of the end.
    Mapped(Vec<usize>),
    Unknown,
}

impl Places {
    fn of(bracket: &str, label: &str) -> Self {
        let inner = bracket.strip_prefix('[').unwrap_or(bracket);
        let lead = bracket.len() - inner.trim_start().len();
        if bracket.get(lead..lead + label.len()) == Some(label) {
            return Self::Verbatim(lead);
        }
        Self::align(bracket, label, lead).map_or(Self::Unknown, Self::Mapped)
    }

    /// Walks through both: a space of the label stands for a stretch of blanks, line breaks and marks of quotation; `|` for `\|`.
    fn align(bracket: &str, label: &str, lead: usize) -> Option<Vec<usize>> {
        let mut places = Vec::with_capacity(label.len() + 1);
        let mut at = lead;
        for c in label.chars() {
            let rest = bracket.get(at..)?;
            let length = if c == ' ' {
                let mut broken = false;
                let blank = |c: char| {
                    broken |= c == '\n' || c == '\r';
                    matches!(c, ' ' | '\t' | '\n' | '\r') || (broken && c == '>')
                };
                rest.len() - rest.trim_start_matches(blank).len()
            } else if c == '|' && rest.starts_with('\\') {
                at += rest.find('|')?;
                1
            } else {
                rest.starts_with(c).then_some(c.len_utf8())?
            };
            places.resize(places.len() + c.len_utf8(), at);
            at += length;
        }
        places.push(at);
        Some(places)
    }

    /// The place in the text of a part of the label; the whole bracket where it is not known.
    fn place(&self, bracket: &Range<usize>, part: Range<usize>) -> Range<usize> {
        match self {
            Self::Verbatim(lead) => bracket.start + lead + part.start..bracket.start + lead + part.end,
            Self::Mapped(places) => match (places.get(part.start), places.get(part.end)) {
                (Some(start), Some(end)) => bracket.start + start..bracket.start + end,
                _ => bracket.clone(),
            },
            Self::Unknown => bracket.clone(),
        }
    }
}
