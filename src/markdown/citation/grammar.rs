//! Text between brackets → citations.
//!
//! ```text
//! group = cite { ";" cite }
//! cite  = [ prefix ] [ "-" ] "@" key [ tail ]
//! tail  = [ "," ] "{" [ locator ] "}" [ [ "," ] suffix ] | [ "," ] locator [ [ "," ] suffix ] | [ "," ] suffix
//! ```
//! The comma may be Arabic (،), the semicolon too (؛). A backslash before a mark takes its meaning away.

use super::key::{KeyAt, key_at, read_key};
use super::plain::{ends_entity, plain};
use super::{Cite, CiteGroup, CiteMode};
use crate::diagnostic::Code;
use crate::markdown::locator::Locator;
use crate::markdown::problem::Problem;
use crate::span::Span;
use std::ops::Range;

/// How a range of the text that is read becomes a place in a file.
pub(crate) type Place<'a> = &'a dyn Fn(Range<usize>) -> Span;

/// Reads what stands between the brackets of `[see @a, p. 3; @b]`; `place` makes spans of byte ranges of `text`.
pub fn parse_group(text: &str, place: &dyn Fn(Range<usize>) -> Span) -> Result<CiteGroup, Problem> {
    if let Some(brace) = unbalanced_brace(text) {
        let message = "this brace has no partner";
        return Err(malformed(brace..brace + 1, message)
            .help("close it with `}`, or write `\\{` for a brace that is only a mark"));
    }
    let mut cites = Vec::new();
    for part in parts(text) {
        cites.push(parse_cite(text, part, place)?);
    }
    Ok(CiteGroup { mode: CiteMode::Bracketed, cites })
}

/// Reads a citation in the sentence: `@a`, `-@a`, `@a [p. 3]`, and nothing else.
pub fn parse_narrative(text: &str, place: &dyn Fn(Range<usize>) -> Span) -> Result<CiteGroup, Problem> {
    let no_key = || malformed(0..text.len(), "this citation names no source");
    let found = key_at(text, 0, None).filter(|found| found.whole.start == 0).ok_or_else(no_key)?;
    let mut cite = narrative_cite(text, &found, place)?;
    let rest = text.get(found.whole.end..).unwrap_or("").trim();
    if let Some(inner) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let (locator, suffix) = locator_and_suffix(inner).ok_or_else(no_key)?;
        cite.locator = Some(locator);
        cite.suffix = suffix;
        cite.span = place(0..text.len());
    } else if !rest.is_empty() {
        return Err(no_key());
    }
    Ok(CiteGroup { mode: CiteMode::Narrative, cites: vec![cite] })
}

/// The citation of a key that stands in the sentence.
pub(crate) fn narrative_cite(text: &str, found: &KeyAt, place: Place) -> Result<Cite, Problem> {
    cite_of_key(text, found, text.get(found.whole.end..).unwrap_or(""), place)
}

/// Reads the bracket after a narrative key: a locator, and perhaps words after it. `None` when it begins with anything else.
pub(crate) fn locator_and_suffix(text: &str) -> Option<(Locator, Option<String>)> {
    if unbalanced_brace(text).is_some() || parts(text).len() > 1 {
        return None;
    }
    let tail = parse_tail(text).ok()?;
    tail.locator.map(|locator| (locator, tail.suffix))
}

/// Reads what follows a key, for the printer to see whether its text reads back.
pub(super) fn read_tail(text: &str) -> Option<(Option<Locator>, Option<String>)> {
    parse_tail(text).ok().map(|tail| (tail.locator, tail.suffix))
}

fn malformed(range: Range<usize>, message: impl Into<String>) -> Problem {
    Problem::new(Code::SB203, range, message)
}

/// The first brace without a partner.
fn unbalanced_brace(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, c) in unescaped(text) {
        match c {
            '{' => open.push(at),
            '}' if open.pop().is_none() => return Some(at),
            _ => {}
        }
    }
    open.pop()
}

/// The characters that no backslash stands before.
fn unescaped(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    text.char_indices().filter(move |(_, c)| {
        let here = !escaped;
        escaped = here && *c == '\\';
        here && *c != '\\'
    })
}

/// The ranges between semicolons outside braces.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, c) in unescaped(text) {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ';' | '؛' if depth == 0 && !ends_entity(text, at) => {
                parts.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(start..text.len());
    parts
}

fn parse_cite(text: &str, part: Range<usize>, place: Place) -> Result<Cite, Problem> {
    let words = text.get(part.clone()).unwrap_or("");
    let trimmed = trimmed_range(words, &part);
    let Some(found) = key_at(words, 0, None) else {
        return Err(no_key(text, &trimmed));
    };
    let tail_text = words.get(found.whole.end..).unwrap_or("");
    if found.unclosed {
        let at = part.start + found.whole.start;
        return Err(malformed(at..part.end, "the brace after `@` is never closed").help("close it, as in `@{key}`"));
    }
    let outer = shift(&found, part.start);
    let mut cite = cite_of_key(text, &outer, tail_text, place)?;
    if let Some(second) = second_key(tail_text) {
        let at = outer.whole.end;
        let first = text.get(outer.whole).unwrap_or("");
        let other = tail_text.get(second.clone()).unwrap_or("");
        return Err(malformed(
            at + second.start..at + second.end,
            "two sources stand here without a semicolon between them",
        )
        .help(format!("write `[{first}; {other}]`")));
    }
    let tail = parse_tail(tail_text).map_err(|problem| moved(problem, outer.whole.end))?;
    cite.span = place(trimmed);
    cite.prefix = words_of(words.get(..found.whole.start).unwrap_or(""));
    cite.locator = tail.locator;
    cite.suffix = tail.suffix;
    Ok(cite)
}

fn no_key(text: &str, range: &Range<usize>) -> Problem {
    let words = text.get(range.clone()).unwrap_or("");
    if range.start >= range.end {
        return malformed(0..text.len(), "a semicolon in this citation has no source on one side")
            .help("take the semicolon out");
    }
    let message = if words.contains('@') {
        format!("`{words}` names no source")
    } else {
        format!("`{words}` stands between semicolons and names no source")
    };
    malformed(range.clone(), message).help("write the source's id right after `@`, as in `[see @key, p. 3; @other]`")
}

fn cite_of_key(text: &str, found: &KeyAt, after: &str, place: Place) -> Result<Cite, Problem> {
    let braced = text.get(found.key.start.saturating_sub(1)..).is_some_and(|rest| rest.starts_with('{'));
    let key = read_key(text, found, if braced { "" } else { after })?;
    if !braced && after.starts_with('#') {
        return Err(malformed(found.key.end..found.key.end + 1, "no quotation is named after `#`")
            .help("write its id, as in `@key#q1`"));
    }
    Ok(Cite {
        span: place(found.whole.clone()),
        key_span: place(found.key.clone()),
        prefix: None,
        suppress_author: found.suppress_author,
        relation: key.relation,
        source: key.source,
        quote: key.quote,
        locator: None,
        suffix: None,
    })
}

fn shift(found: &KeyAt, by: usize) -> KeyAt {
    let moved = |range: &Range<usize>| range.start + by..range.end + by;
    KeyAt { whole: moved(&found.whole), key: moved(&found.key), ..found.clone() }
}

fn moved(mut problem: Problem, by: usize) -> Problem {
    problem.range = problem.range.start + by..problem.range.end + by;
    problem
}

/// A second key in what follows a key, outside braces.
fn second_key(tail: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(found) = key_at(tail, from, None) {
        let depth = unescaped(tail.get(..found.whole.start)?).fold(0_usize, |depth, (_, c)| match c {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        });
        if depth == 0 {
            return Some(found.whole);
        }
        from = found.whole.end;
    }
    None
}

struct Tail {
    locator: Option<Locator>,
    suffix: Option<String>,
}

fn parse_tail(text: &str) -> Result<Tail, Problem> {
    let start = skip_comma(text);
    let rest = text.get(start..).unwrap_or("");
    if let Some(inner) = rest.strip_prefix('{') {
        let length = closing_brace(inner).unwrap_or(inner.len());
        let words = inner.get(..length).unwrap_or("");
        let locator = Locator::parse_braced(words).filter(stays);
        if locator.is_none() && !words.trim().is_empty() {
            return Err(malformed(
                start + 1..start + 1 + length,
                format!("`{}` is no place that can be counted", words.trim()),
            )
            .help("begin it with a label, as in `{p. A}`, or write the words after a comma without braces"));
        }
        return Ok(Tail { locator, suffix: words_of(inner.get(length + 1..).unwrap_or("")) });
    }
    match Locator::parse_start(rest) {
        Some((locator, length)) => {
            Ok(Tail { locator: Some(locator), suffix: words_of(rest.get(length..).unwrap_or("")) })
        }
        None => Ok(Tail { locator: None, suffix: words_of(rest) }),
    }
}

/// Whether a place still ends with its brace where it is printed: a backslash at its end would take the brace's meaning away.
fn stays(locator: &Locator) -> bool {
    let printed = locator.to_string();
    closing_brace(&format!("{printed}}}")) == Some(printed.len())
        && Locator::parse_braced(&printed).as_ref() == Some(locator)
}

/// The bytes of blanks and one comma.
fn skip_comma(text: &str) -> usize {
    let trimmed = text.trim_start_matches(is_blank);
    let rest = trimmed.strip_prefix([',', '،']).unwrap_or(trimmed);
    text.len() - rest.trim_start_matches(is_blank).len()
}

/// The place of the `}` that closes a brace opened just before.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in unescaped(text) {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn trimmed_range(words: &str, part: &Range<usize>) -> Range<usize> {
    let trimmed = words.trim_matches(is_blank);
    let start = part.start + (words.len() - words.trim_start_matches(is_blank).len());
    start.min(part.end)..(start + trimmed.len()).min(part.end)
}

/// Words before or after a citation, as plain text: without the commas and blanks around them, without marks and backslashes.
fn words_of(text: &str) -> Option<String> {
    let text = text.trim_matches(is_blank).trim_start_matches(|c| is_blank(c) || matches!(c, ',' | '،'));
    // Markdown knows no backslash before an Arabic mark.
    let words = plain(&text.replace("\\؛", "؛").replace("\\،", "،"));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches(is_blank);
    (!words.is_empty()).then(|| words.to_owned())
}
