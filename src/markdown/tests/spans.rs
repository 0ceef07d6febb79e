//! Whatever the text: no panic, spans on character boundaries, children within their parents, and nothing slow.

use super::print::{complaint, document, read};
use crate::markdown::tree::{Block, BlockKind, Cell, Inline, InlineKind};
use crate::markdown::{Origin, parse, parse_inlines};
use crate::span::Span;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn check_span(text: &str, span: Span, parent: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what} {span:?} cuts {text:?}");
    assert!(parent.start <= span.start && span.end <= parent.end, "{what} {span:?} leaves {parent:?} in {text:?}");
}

fn check_blocks(text: &str, blocks: &[Block], parent: Span) {
    let mut last = parent.start;
    for block in blocks {
        check_span(text, block.span, parent, "block");
        assert!(last <= block.span.start, "blocks out of order in {text:?}: {block:?}");
        last = block.span.end;
        match &block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Drawing { caption: content, .. } => {
                check_inlines(text, content, block.span);
            }
            BlockKind::List { items, .. } => {
                for item in items {
                    check_span(text, item.span, block.span, "item");
                    check_blocks(text, &item.blocks, item.span);
                }
            }
            BlockKind::Quote(blocks) => check_blocks(text, blocks, block.span),
            BlockKind::Callout { title, blocks, .. } => {
                check_inlines(text, title, block.span);
                check_blocks(text, blocks, block.span);
            }
            BlockKind::Table { head, rows, .. } => {
                check_cells(text, head, block.span);
                for row in rows {
                    check_span(text, row.span, block.span, "row");
                    check_cells(text, &row.cells, row.span);
                }
            }
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn check_cells(text: &str, cells: &[Cell], parent: Span) {
    for cell in cells {
        check_span(text, cell.span, parent, "cell");
        check_inlines(text, &cell.content, cell.span);
    }
}

fn check_inlines(text: &str, inlines: &[Inline], parent: Span) {
    let mut last = parent.start;
    for inline in inlines {
        check_span(text, inline.span, parent, "inline");
        assert!(last <= inline.span.start, "inlines out of order in {text:?}: {inline:?}");
        last = inline.span.end;
        match &inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => check_inlines(text, inner, inline.span),
            InlineKind::Cite(group) => {
                assert!(!group.cites.is_empty());
                for cite in &group.cites {
                    check_span(text, cite.span, inline.span, "cite");
                    check_span(text, cite.key_span, cite.span, "key");
                    let key = &text[cite.key_span.range()];
                    assert!(key.contains(cite.source.as_str()), "{key:?} is not {:?} in {text:?}", cite.source);
                }
            }
            InlineKind::Text(words) => assert!(!words.is_empty(), "empty text in {text:?}"),
            _ => {}
        }
    }
}

fn check(text: &str) {
    let parsed = read(text);
    let whole = Span::new(super::print::file(), 0, text.len());
    check_blocks(text, &parsed.value.blocks, whole);
    for footnote in &parsed.value.footnotes {
        check_span(text, footnote.span, whole, "footnote");
        check_blocks(text, &footnote.blocks, footnote.span);
    }
    let mut seen = Vec::new();
    for diagnostic in &parsed.diagnostics {
        let span = diagnostic.span.unwrap();
        check_span(text, span, whole, "diagnostic");
        assert!(!span.range().is_empty(), "{diagnostic:?} at nothing in {text:?}");
        assert!(diagnostic.code != crate::diagnostic::Code::SB108, "a panic on {text:?}");
        assert!(!diagnostic.message.ends_with('.'));
        let shown = (span, diagnostic.code);
        assert!(!seen.contains(&shown), "twice {} in {text:?}", complaint(text, diagnostic));
        seen.push(shown);
    }
    let line = parse_inlines(text, Origin::Verbatim { file: super::print::file(), offset: 0 });
    check_inlines(text, &line.value.0, whole);
    for diagnostic in &line.diagnostics {
        check_span(text, diagnostic.span.unwrap(), whole, "diagnostic of a line");
    }
    // Reading is a function of the text; where it stands only moves the spans.
    let moved = parse(text, Origin::Whole(whole));
    assert_eq!(document(&moved.value), document(&parsed.value));
    assert_eq!(moved.diagnostics.len(), parsed.diagnostics.len());
}

#[allow(clippy::too_many_lines, reason = "a list of words")]
fn pages() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "[",
        "]",
        "[@",
        "@a",
        "[@a]",
        "[@a; @b, p. 3]",
        "[see @a",
        "; ",
        "@b ",
        "[p. 3]",
        " [p. 3]",
        "[-@c#q1]",
        "@{",
        "}",
        "{p. 3}",
        "[@?",
        "[@? why]",
        "[=",
        "[=a]",
        "[=a:full]",
        "[=s@2023-01-01:short]",
        ":",
        "![",
        "![x](chart:a)",
        "](",
        "(",
        ")",
        "](x.md#y)",
        "](javascript:x)",
        "[x](https://x.org)",
        "[^1]",
        "[^1]: ",
        "[^@a]",
        "[@a]: x\n",
        "[[@a]]",
        "> ",
        "> [!note] ",
        "[!position] x",
        "[!tip]",
        "\n",
        "\n\n",
        "\n> ",
        "\n\n> ",
        "- ",
        "\n- ",
        "\n  ",
        "\n    ",
        "1. ",
        "\n2) ",
        "## ",
        "\n### h {#i}\n",
        "# ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "\n```\n",
        "| a | b |\n|---|---|\n",
        "| ",
        " |\n",
        "\\|",
        "\\",
        "\\[",
        "\\@",
        "<!-- ",
        "-->",
        "<!-- uncited: x -->",
        "\n<!-- uncited: y -->\n",
        "<!-- uncited -->",
        "<b>",
        "</b>",
        "<div>",
        "\n<div>\n",
        "<https://x.org>",
        "<a@b.org>",
        "&amp;",
        "&#64;",
        "a@b.org",
        "---\n",
        "***\n",
        "כתב",
        "עמ׳ 3",
        "ראו @a, ",
        "يقول",
        "، ص ٣",
        "\u{200f}",
        "\u{a0}",
        "é",
        "🙂",
        "words and words ",
        ".",
        ",",
        "'",
        "\"",
        "!",
        "=",
        "\r\n",
        "\t",
        "\u{0}",
    ]);
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn any_page_is_read(text in pages()) {
        check(&text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC*") {
        check(&text);
    }
}

#[test]
fn deep_nesting_does_no_harm() {
    let cases = [
        "> ".repeat(5_000) + "words [@a]",
        "- ".repeat(2_000) + "words [@a]",
        "*a ".repeat(5_000) + &"b* ".repeat(5_000),
        "[".repeat(20_000) + "@a" + &"]".repeat(20_000),
        "![".repeat(5_000) + "x" + &"](y.png)".repeat(5_000),
        "[a](".repeat(5_000),
        "@{".repeat(5_000),
        "(1)(".repeat(3_000),
    ];
    for text in cases {
        let parsed = read(&text);
        assert!(document(&parsed.value).len() > 10, "{}", &text[..20]);
    }
    let deep = "> ".repeat(150) + "words [@a]";
    assert!(document(&read(&deep).value).contains("words ⟨[@a]⟩"));
}

#[test]
fn time_grows_with_the_text() {
    let lines = [
        "[@a, p. 3] and @b [p. 4] and [=c:full] ",
        "[text [@a] more](x.md) ",
        "[@a][@b][@c] ",
        "[see @a, [b] c] [@a ",
        "@a [",
        "<!-- uncited: x --> <b> ",
        "[^1] [^@a] ",
        "[@a; @b; @c; @d; @e; @f, (((( ",
        "\\[@a\\] &amp;@b ",
        "![x](chart:y) ",
    ];
    for line in lines {
        let time = |count: usize| {
            let text = line.repeat(count);
            let start = Instant::now();
            let _ = read(&text);
            start.elapsed()
        };
        let (short, long) = (time(500), time(4_000));
        assert!(long < short * 40 + Duration::from_millis(200), "{line}: {short:?} for 500, {long:?} for 4000");
    }
}
