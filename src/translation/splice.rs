//! Puts a new wording in the place of an old one, byte by byte: whatever is not that passage stays as it is.
//!
//! Where a passage is not in the page yet, it is put after the one that it follows in the source, if that can be done by the letter: a paragraph
//! after a paragraph, an item after an item, a row after a row. Whoever calls this cuts the new text again and sees that nothing else changed.

use super::block::{Block, Kind, indent};
use crate::workspace::quote::quoted;
use crate::workspace::yaml::start_of_value;

/// The page with a new wording of a passage.
pub fn replaced(page: &str, passage: &Block, wording: &str) -> Option<String> {
    let start = passage.span.start as usize;
    let begins = if passage.kind().is_head() { start_of_value(page, start) } else { start };
    let (before, after) = (page.get(..begins)?, page.get(passage.span.end as usize..)?);
    let lead = indent(page, start);
    Some(format!("{before}{}{after}", laid_out(passage.kind(), wording, &lead)))
}

/// The page with a passage that it did not have, after the one that is before it. `heading` is the mark and the id of a heading.
pub fn inserted(page: &str, before: &Block, kind: Kind, wording: &str, heading: Option<(u8, &str)>) -> Option<String> {
    let end_of_line = |at: usize| at + page.get(at..).and_then(|rest| rest.find('\n')).unwrap_or(page.len() - at);
    let line_end = end_of_line(before.span.end as usize);
    let start = before.span.start as usize;
    let (at, text) = match (kind, before.kind()) {
        (Kind::KeyFact, Kind::KeyFact) | (Kind::Item, Kind::Item) => {
            let mark = page.get(page.get(..start)?.rfind('\n').map_or(0, |at| at + 1)..start)?;
            (line_end, format!("\n{mark}{}", laid_out(kind, wording, &indent(page, start))))
        }
        (Kind::Row, Kind::Row) => (line_end, format!("\n{}{}", indent(page, start), laid_out(kind, wording, ""))),
        (Kind::Row, Kind::TableHead) => {
            // The line that divides the head from the rows.
            (end_of_line(line_end + 1), format!("\n{}{}", indent(page, start), laid_out(kind, wording, "")))
        }
        (Kind::Within(_), Kind::Within(_)) if kind == before.kind() => {
            let lead = indent(page, start);
            (line_end, format!("\n{}\n{lead}{}", lead.trim_end(), laid_out(kind, wording, &lead)))
        }
        (Kind::Paragraph | Kind::Drawing | Kind::Code, other) if !other.is_head() => {
            (end_of_chunk(page, line_end), format!("\n\n{}", laid_out(kind, wording, "")))
        }
        (Kind::Heading, other) if !other.is_head() => {
            let (level, id) = heading?;
            let marks = "#".repeat(level.into());
            (end_of_chunk(page, line_end), format!("\n\n{marks} {} {{#{id}}}", laid_out(kind, wording, "")))
        }
        _ => return None,
    };
    Some(format!("{}{text}{}", page.get(..at)?, page.get(at..)?))
}

/// Where the lines without a blank one between them end.
fn end_of_chunk(page: &str, line_end: usize) -> usize {
    let mut end = line_end;
    for line in page.get(line_end..).unwrap_or("").split_inclusive('\n').skip(1) {
        if line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    // The break before the blank line, or before the end of the file, belongs to what follows.
    let lines = page.get(..end).unwrap_or("").trim_end_matches(['\n', '\r']).len();
    lines.max(line_end.min(page.trim_end().len()))
}

/// A wording as it stands in a page: in quotation marks in the front matter; else line by line behind what holds it.
fn laid_out(kind: Kind, wording: &str, lead: &str) -> String {
    let wording = wording.trim();
    let is_one_line = matches!(kind, Kind::Heading | Kind::Callout(_) | Kind::Row | Kind::TableHead);
    if kind.is_head() {
        quoted(&wording.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" "))
    } else if is_one_line {
        wording.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        let mut lines = wording.lines();
        let mut out = lines.next().unwrap_or("").to_owned();
        for line in lines {
            out.push('\n');
            out.push_str(if line.is_empty() { lead.trim_end() } else { lead });
            out.push_str(line);
        }
        out
    }
}
