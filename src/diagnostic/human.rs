//! Diagnostics for people at a terminal.
//!
//! Each report is a title, the place, the line with a mark under it, the way out, and other places that matter. A paragraph of Markdown is one
//! line of any length; annotate-snippets draws only the part around the mark, provided that the mark itself is short: `excerpt` sees to it.
//! Uses `span` and its sister modules only.

use super::{Diagnostic, Severity};
use crate::span::{Files, SourceFile, Span};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use std::ops::Range;

/// How wide the drawn part of a line is.
const WIDTH: usize = 120;
/// How many characters are marked at most; of a longer stretch, the beginning.
const MARKED: usize = 80;
/// How many lines are marked at most; of a longer stretch, the first.
const MARKED_LINES: usize = 8;
/// Of a line with more bytes only the part around the mark is handed over: the whole would be gone through for every mark in it, and a page may be one line.
const LONG: usize = 4096;
/// How many bytes that part has on each side of where the mark begins.
const AROUND: usize = 1024;

/// Writes the diagnostics for a terminal, an empty line between two of them.
pub fn render(diagnostics: &[Diagnostic], files: &Files, color: bool) -> String {
    let renderer = if color { Renderer::styled().hyperlink(false) } else { Renderer::plain() }.term_width(WIDTH);
    let reports: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| {
            let report = renderer.render(&groups(diagnostic, files));
            report.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
        })
        .collect();
    reports.join("\n")
}

/// The report itself with its help, then one group for each other place.
fn groups<'a>(diagnostic: &Diagnostic, files: &Files) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(safe(&diagnostic.message)).id(diagnostic.code.id());
    let main = Group::with_title(title)
        .elements(diagnostic.span.map(|span| snippet(span, files, AnnotationKind::Primary)).unwrap_or_default())
        .elements(diagnostic.help.as_ref().map(|help| Level::HELP.message(safe(help))));
    let related = diagnostic.related.iter().map(|related| {
        Group::with_title(Level::NOTE.secondary_title(safe(&related.message))).elements(snippet(
            related.span,
            files,
            AnnotationKind::Context,
        ))
    });
    std::iter::once(main).chain(related).collect()
}

/// The place and the text there; nothing where the file is not known.
fn snippet<'a>(span: Span, files: &Files, kind: AnnotationKind) -> Vec<Element<'a>> {
    let Some(file) = files.get(span.file) else { return Vec::new() };
    let path = safe(file.path());
    let start = file.position(span.start as usize);
    if let Some((text, marked)) = part_of_long_line(file, start.line, span) {
        let place = Origin::path(path).line(start.line).char_column(start.column);
        return vec![place.into(), Snippet::source(text).line_start(start.line).annotation(kind.span(marked)).into()];
    }
    let (first_line, text, marked) = excerpt(file, span);
    vec![Snippet::source(text).path(path).line_start(first_line).annotation(kind.span(marked)).into()]
}

/// What is drawn of a long line, and the bytes of it to mark; `None` where the line is not long.
fn part_of_long_line(file: &SourceFile, line: usize, span: Span) -> Option<(String, Range<usize>)> {
    let line = file.line(line);
    if line.len() <= LONG {
        return None;
    }
    let before = file.text().get(..span.start as usize)?;
    let start = (before.len() - before.rfind('\n').map_or(0, |at| at + 1)).min(line.len());
    let boundary = |at: usize| (at..=line.len()).find(|at| line.is_char_boundary(*at)).unwrap_or(line.len());
    let before = replace_controls(line.get(boundary(start.saturating_sub(AROUND))..start).unwrap_or(""));
    let rest = line.get(start..boundary(start.saturating_add(AROUND).min(line.len()))).unwrap_or("");
    let length = span.range().len().min(rest.len());
    let marked: String = rest.get(..boundary(start + length) - start).unwrap_or(rest).chars().take(MARKED).collect();
    let end = before.len() + replace_controls(&marked).len();
    let range = before.len()..end;
    Some((before + &replace_controls(rest), range))
}

/// The number of the first line to draw, the lines, and the bytes of them to mark.
fn excerpt(file: &SourceFile, span: Span) -> (usize, String, Range<usize>) {
    let (start, end) = (file.position(span.start as usize), file.position(span.end as usize));
    // A stretch that ends with a line break ends on the line before.
    let ends_before = end.column == 1 && end.line > start.line;
    let last_line = if ends_before { end.line - 1 } else { end.line };
    let end_column = if ends_before { usize::MAX } else { end.column };

    let drawn: Vec<String> =
        (start.line..=last_line).take(MARKED_LINES + 1).map(|line| replace_controls(file.line(line))).collect();
    let whole =
        drawn.len() > 1 && drawn.len() <= MARKED_LINES && drawn.iter().all(|line| line.chars().count() <= MARKED);
    let first = drawn.first().map_or("", String::as_str);
    let from = byte_of(first, start.column);
    if whole {
        let last = drawn.last().map_or("", String::as_str);
        let text = drawn.join("\n");
        let to = text.len() - last.len() + byte_of(last, end_column);
        (start.line, text, from..to)
    } else {
        let end_column = if start.line == last_line { end_column } else { usize::MAX };
        let to = byte_of(first, end_column.min(start.column.saturating_add(MARKED)));
        (start.line, first.to_owned(), from..to.max(from))
    }
}

/// Where the character of that column begins; the end of the line for columns beyond it.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column - 1).map_or(line.len(), |(byte, _)| byte)
}

/// Replaces the control characters that annotate-snippets lets through, character by character so that columns stay.
fn replace_controls(line: &str) -> String {
    line.replace(|c| matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}'), "\u{fffd}")
}

/// Text that a terminal shows and does not obey.
fn safe(text: &str) -> String {
    text.lines().map(|line| normalize_untrusted_str(&replace_controls(line))).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use insta::assert_snapshot;

    /// The report for `wrong`, the first occurrence of a text in a file.
    fn report(text: &str, wrong: &str) -> String {
        let mut files = Files::default();
        let id = files.add("content/en/page.md", text);
        let start = text.find(wrong).unwrap();
        let span = Span::new(id, start, start + wrong.len());
        let diagnostic = Diagnostic::new(Code::SB201, span, "no source “x”").help("add content/sources/x.yml");
        render(&[diagnostic], &files, false)
    }

    #[test]
    fn left_to_right() {
        assert_snapshot!(report("one\ntwo [@x] three\n", "[@x]"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:2:5
          |
        2 | two [@x] three
          |     ^^^^
          |
          = help: add content/sources/x.yml
        ");
    }

    /// Not the whole line is gone through for each of its marks; where the mark stands is said all the same.
    #[test]
    fn a_page_in_one_line() {
        let text = format!("one\n{}@x {}", "א ".repeat(5000), "ב ".repeat(5000));
        let said = report(&text, "@x");
        assert!(said.starts_with("error[SB201]: no source “x”\n --> content/en/page.md:2:10001\n"), "{said}");
        assert!(said.contains("א @x ב") && said.contains("^^") && said.len() < 1500, "{said}");
        let said = report(&format!("{}@x", "a ".repeat(5000)), "@x");
        assert!(said.contains("content/en/page.md:1:10001\n") && said.contains("a @x\n"), "{said}");
    }

    #[test]
    fn hebrew_and_arabic() {
        assert_snapshot!(report("שורה\n\nשָׁלוֹם עולם [@x] סוף\n", "[@x]"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:3:14
          |
        3 | שָׁלוֹם עולם [@x] סוף
          |           ^^^^
          |
          = help: add content/sources/x.yml
        ");
        assert_snapshot!(report("---\nلا إله [@x] نهاية\n", "[@x]"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:2:8
          |
        2 | لا إله [@x] نهاية
          |        ^^^^
          |
          = help: add content/sources/x.yml
        ");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let hebrew = "מילה ".repeat(200);
        assert_snapshot!(report(&format!("{hebrew}[@x] {hebrew}"), "[@x]"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:1:1001
          |
        1 | ...לה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה [@x] מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מי...
          |                                                         ^^^^
          |
          = help: add content/sources/x.yml
        ");
        assert_snapshot!(report(&format!("{hebrew}\n"), &hebrew), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:1:1
          |
        1 | מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מילה מיל...
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: add content/sources/x.yml
        ");
        let english = "word ".repeat(200);
        assert_snapshot!(report(&format!("{english}\n{english}"), &format!("{english}\nword")), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:1:1
          |
        1 | word word word word word word word word word word word word word word word word word word word word word word wor...
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: add content/sources/x.yml
        ");
        assert_snapshot!(report(&format!("{english}x"), "x"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:1:1001
          |
        1 | ...ord word word word word word word word word word word x
          |                                                          ^
          |
          = help: add content/sources/x.yml
        ");
    }

    #[test]
    fn several_lines() {
        assert_snapshot!(report("one\ntwo\nthree\nfour", "wo\nthree\nfo"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:2:2
          |
        2 |   two
          |  __^
        3 | | three
        4 | | four
          | |__^
          |
          = help: add content/sources/x.yml
        ");
        assert_snapshot!(report("one\ntwo\nthree\n", "two\nthree\n"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:2:1
          |
        2 | / two
        3 | | three
          | |_____^
          |
          = help: add content/sources/x.yml
        ");
        assert_snapshot!(report("1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:1:1
          |
        1 | 1
          | ^
          |
          = help: add content/sources/x.yml
        ");
    }

    #[test]
    fn no_width() {
        assert_snapshot!(report("", ""), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:1:1
          |
        1 |
          | ^
          |
          = help: add content/sources/x.yml
        ");
        assert_snapshot!(report("---\ntitle: x\n", ""), @r"
        error[SB201]: no source “x”
         --> content/en/page.md:1:1
          |
        1 | ---
          | ^
          |
          = help: add content/sources/x.yml
        ");
        let mut files = Files::default();
        let id = files.add("a.md", "one\n");
        let diagnostic = Diagnostic::new(Code::SB104, Span::new(id, 4, 4), "not closed");
        assert_snapshot!(render(&[diagnostic], &files, false), @r"
        error[SB104]: not closed
         --> a.md:2:1
          |
        2 |
          | ^
        ");
    }

    #[test]
    fn control_characters_are_shown_not_obeyed() {
        let mut files = Files::default();
        let id = files.add("a\u{1b}.md", "\u{1b}[31mred\u{202e}\u{0}\tx\rx\u{9b}");
        let span = Span::new(id, 0, 5);
        let diagnostic = Diagnostic::new(Code::SB104, span, "bad \u{1b}]0;title\u{7}").help("no \u{9b}31m\nplease");
        let report = render(&[diagnostic], &files, false);
        assert!(report.chars().all(|c| c == '\n' || !c.is_control()), "{report:?}");
        assert_snapshot!(report, @r"
        error[SB104]: bad ␛]0;title␇
         --> a␛.md:1:1
          |
        1 | ␛[31mred�␀    x␍x�
          | ^^^^^
          |
          = help: no �31m
                  please
        ");
    }

    #[test]
    fn related_places_and_no_place() {
        let mut files = Files::default();
        let a = files.add("content/sources/a.yml", "title: A\nid: x\n");
        let b = files.add("content/sources/b.yml", "id: x\n");
        let twice = Diagnostic::new(Code::SB107, Span::new(b, 4, 5), "two sources are called “x”")
            .help("rename one of them")
            .related(Span::new(a, 13, 14), "the first is here");
        let mut nowhere = Diagnostic::new(Code::SB207, Span::start_of(a), "nothing to see").help("look\nelsewhere");
        nowhere.span = None;
        assert_snapshot!(render(&[twice, nowhere.clone()], &files, false), @r"
        error[SB107]: two sources are called “x”
         --> content/sources/b.yml:1:5
          |
        1 | id: x
          |     ^
          |
          = help: rename one of them
        note: the first is here
         --> content/sources/a.yml:2:5
          |
        2 | id: x
          |     -

        warning[SB207]: nothing to see
         |
         = help: look
                 elsewhere
        ");
        nowhere.help = None;
        assert_snapshot!(render(&[nowhere.clone()], &files, false), @"warning[SB207]: nothing to see");
        assert!(render(&[nowhere], &files, true).contains("\u{1b}["));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "(\\PC|[\n\r\t\u{0}אش]){0,60}", start in 0usize..80, length in 0usize..80) {
            let mut files = Files::default();
            let id = files.add("a.md", text.as_str());
            let diagnostic = Diagnostic::new(Code::SB104, Span::new(id, start, start + length), text.as_str())
                .related(Span::new(id, length, start), text);
            render(&[diagnostic], &files, true);
        }
    }
}
