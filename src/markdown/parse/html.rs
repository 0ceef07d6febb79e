//! Comments and tags in raw HTML. Comments are for editors; a tag is refused, with what to write instead.

use crate::diagnostic::Code;
use crate::markdown::problem::Problem;
use std::ops::Range;

/// A stretch of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// `<!-- … -->`, with what stands between.
    Comment { range: Range<usize>, inner: Range<usize> },
    /// `<!-- …` to the end of the text.
    Unclosed(Range<usize>),
    /// Anything else.
    Other(Range<usize>),
}

/// Divides raw HTML into comments and the rest.
pub(super) fn parts(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(start) = html.get(from..).and_then(|rest| rest.find("<!--")).map(|at| from + at) {
        if start > from {
            parts.push(Part::Other(from..start));
        }
        let open = start + 4;
        let rest = html.get(open..).unwrap_or("");
        // `<!-->` and `<!--->` are whole comments.
        let short = [">", "->"].iter().find(|end| rest.starts_with(**end)).map(|end| (0, end.len()));
        let Some((length, end)) = short.or_else(|| rest.find("-->").map(|at| (at, 3))) else {
            parts.push(Part::Unclosed(start..html.len()));
            return parts;
        };
        from = open + length + end;
        parts.push(Part::Comment { range: start..from, inner: open..open + length });
    }
    if from < html.len() {
        parts.push(Part::Other(from..html.len()));
    }
    parts
}

/// What a comment says about sources: `None` for an ordinary comment, the reason for `uncited: reason`; the reason may be empty.
pub(super) fn uncited_reason(comment: &str) -> Option<String> {
    let comment = comment.trim();
    let rest =
        comment.get(7..).filter(|_| comment.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("uncited")))?;
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
        return None;
    }
    // Without its colon it is still meant; the empty reason makes it an error.
    let reason = rest.trim_start().strip_prefix(':').unwrap_or("");
    Some(reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An opening or closing tag, or another construct in angle brackets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TagAt {
    pub(super) range: Range<usize>,
    /// In lower case; empty for what has no name.
    pub(super) name: String,
    pub(super) closing: bool,
}

/// The first tag of a text.
pub(super) fn first_tag(html: &str) -> Option<TagAt> {
    let start = html.find('<')?;
    let rest = html.get(start + 1..)?;
    let closing = rest.starts_with('/');
    let name: String =
        rest.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let length = rest.find('>').map_or(rest.find('\n').unwrap_or(rest.len()), |at| at + 1);
    Some(TagAt { range: start..start + 1 + length, name: name.to_ascii_lowercase(), closing })
}

/// What is said of a tag.
pub(super) fn refuse_tag(tag: &TagAt) -> Problem {
    let message = match (tag.name.as_str(), tag.closing) {
        ("", _) => "raw HTML is not read".to_owned(),
        (name, false) => format!("the HTML tag `<{name}>` is not read"),
        (name, true) => format!("the HTML tag `</{name}>` is not read"),
    };
    Problem::new(Code::SB503, tag.range.clone(), message).help(instead(&tag.name))
}

fn instead(name: &str) -> &'static str {
    match name {
        "b" | "strong" => "write `**words**`",
        "i" | "em" | "cite" => "write `*words*`",
        "s" | "del" | "strike" => "write `~~words~~`",
        "a" => "write `[words](address)`",
        "img" | "picture" | "figure" | "svg" => "write `![description](file)`",
        "br" => "end the line with a backslash",
        "hr" => "write `---` between blank lines",
        "p" => "leave a blank line between paragraphs",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write `## Words`",
        "ul" | "ol" | "li" => "write each item on a line that begins with `- ` or `1. `",
        "table" | "tr" | "td" | "th" => "write a table with `|` between its cells",
        "blockquote" | "q" => "write `> words`",
        "code" | "pre" | "kbd" => "write the words between backticks",
        "sup" | "sub" => "write a citation `[@key]` or a footnote `[^1]`, or the sign itself, such as ²",
        "div" | "aside" | "section" | "details" | "summary" => "use a callout, as in `> [!note] Title`",
        "iframe" | "video" | "audio" | "embed" | "object" => "link to it, as in `[words](https://…)`",
        _ => "write it in Markdown, or put a backslash before `<` to show the sign itself",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_tags() {
        let comment = |range, inner| Part::Comment { range, inner };
        assert_eq!(parts("<!-- a -->"), [comment(0..10, 4..7)]);
        assert_eq!(parts("<!-- a --> <b>"), [comment(0..10, 4..7), Part::Other(10..14)]);
        assert_eq!(parts("<b><!--a\nb-->"), [Part::Other(0..3), comment(3..13, 7..10)]);
        assert_eq!(parts("<!-->x"), [comment(0..5, 4..4), Part::Other(5..6)]);
        assert_eq!(parts("<!-- a"), [Part::Unclosed(0..6)]);
    }

    #[test]
    fn reasons() {
        let cases = [
            (" uncited: summary of the section ", Some("summary of the section")),
            (" Uncited:\n  over\n  lines ", Some("over lines")),
            ("uncited:", Some("")),
            ("uncited because", Some("")),
            (" לא ", None),
            (" uncitedness ", None),
            (" todo: x ", None),
            ("", None),
        ];
        for (comment, reason) in cases {
            assert_eq!(uncited_reason(comment).as_deref(), reason, "{comment}");
        }
    }

    #[test]
    fn tags_are_named() {
        let name = |html| first_tag(html).map(|tag| (tag.name, tag.closing));
        assert_eq!(name("x <DIV class=a>"), Some(("div".into(), false)));
        assert_eq!(name("</b>"), Some(("b".into(), true)));
        assert_eq!(name("<!DOCTYPE html>"), Some((String::new(), false)));
        assert_eq!(name("x"), None);
    }
}
