//! The tree on one line, for tests to compare: spans are left out.

use crate::diagnostic::Diagnostic;
use crate::markdown::tree::{Block, BlockKind, Document, Inline, InlineKind, SeriesPoint, Target};
use crate::markdown::{Origin, Parsed, parse, parse_inlines};
use crate::span::{FileId, Files};

pub(super) fn file() -> FileId {
    Files::default().add("a.md", "")
}

pub(super) fn read(text: &str) -> Parsed<Document> {
    parse(text, Origin::Verbatim { file: file(), offset: 0 })
}

/// The tree and the diagnostics of a page.
pub(super) fn show(text: &str) -> String {
    let parsed = read(text);
    let mut shown = document(&parsed.value);
    for diagnostic in &parsed.diagnostics {
        shown.push('\n');
        shown.push_str(&complaint(text, diagnostic));
    }
    shown
}

/// The inlines and the diagnostics of a line.
pub(super) fn show_line(text: &str) -> String {
    let parsed = parse_inlines(text, Origin::Verbatim { file: file(), offset: 0 });
    let (content, uncited) = &parsed.value;
    let mut shown = inlines(content);
    if let Some(uncited) = uncited {
        shown.push_str(&format!(" uncited({})", uncited.reason));
    }
    for diagnostic in &parsed.diagnostics {
        shown.push('\n');
        shown.push_str(&complaint(text, diagnostic));
    }
    shown
}

/// `SB203 ‹where› message | help`
pub(super) fn complaint(text: &str, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.span.and_then(|span| text.get(span.range())).unwrap_or("?");
    let help = diagnostic.help.as_deref().map_or(String::new(), |help| format!(" | {help}"));
    format!("{} ‹{place}› {}{help}", diagnostic.code, diagnostic.message)
}

/// The codes of a page's diagnostics.
pub(super) fn codes(text: &str) -> Vec<&'static str> {
    read(text).diagnostics.iter().map(|diagnostic| diagnostic.code.id()).collect()
}

pub(super) fn document(document: &Document) -> String {
    let mut shown = blocks(&document.blocks);
    for footnote in &document.footnotes {
        shown.push_str(&format!(" ^{}({})", footnote.label, blocks(&footnote.blocks)));
    }
    shown
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    let shown = match &block.kind {
        BlockKind::Heading { level, id, content } => {
            format!("h{level}{}({})", id.as_ref().map_or(String::new(), |id| format!("#{id}")), inlines(content))
        }
        BlockKind::Paragraph(content) => format!("p({})", inlines(content)),
        BlockKind::List { start, tight, items } => {
            let items: Vec<_> = items.iter().map(|item| format!("li({})", blocks(&item.blocks))).collect();
            let kind = start.map_or("ul".to_owned(), |start| format!("ol{start}"));
            format!("{kind}{}({})", if *tight { "" } else { "-loose" }, items.join(" "))
        }
        BlockKind::Quote(inner) => format!("quote({})", blocks(inner)),
        BlockKind::Callout { kind, title, blocks: inner } => {
            format!("{}[{}]({})", kind.name(), inlines(title), blocks(inner))
        }
        BlockKind::Table { alignments, head, rows } => {
            let row = |cells: &[crate::markdown::tree::Cell]| {
                cells.iter().map(|cell| inlines(&cell.content)).collect::<Vec<_>>().join("|")
            };
            let rows: Vec<_> = rows.iter().map(|cells| row(&cells.cells)).collect();
            format!("table{}({} / {})", alignments.len(), row(head), rows.join(" / "))
        }
        BlockKind::Code { language, text } => format!("code:{language}({})", text.trim_end()),
        BlockKind::Rule => "rule".to_owned(),
        BlockKind::Drawing { kind, drawing, caption } => {
            format!(
                "{}:{}({})",
                kind.name(),
                drawing.as_ref().map_or("?", |drawing| drawing.id.as_str()),
                inlines(caption)
            )
        }
        BlockKind::Html(text) => format!("html({text})"),
    };
    match &block.uncited {
        Some(uncited) => format!("{shown}!uncited({})", uncited.reason),
        None => shown,
    }
}

fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match &inline.kind {
        InlineKind::Text(text) => text.clone(),
        InlineKind::Code(code) => format!("`{code}`"),
        InlineKind::Emphasis(inner) => format!("em({})", inlines(inner)),
        InlineKind::Strong(inner) => format!("strong({})", inlines(inner)),
        InlineKind::Strikethrough(inner) => format!("del({})", inlines(inner)),
        InlineKind::Link { target, content } => format!("a({} → {})", inlines(content), self::target(target)),
        InlineKind::Image { url, description } => format!("img({description} → {url})"),
        InlineKind::Cite(group) => format!("⟨{group}⟩"),
        InlineKind::CitationNeeded { reason } => format!("⟨?{reason}⟩"),
        InlineKind::Figure(figure) => {
            let point = match &figure.point {
                Some(SeriesPoint::At(date)) => format!("@{date}"),
                Some(SeriesPoint::Latest) => "@latest".to_owned(),
                None => String::new(),
            };
            format!("⟨={}{point}:{:?}⟩", figure.id, figure.form)
        }
        InlineKind::FootnoteRef(label) => format!("⟨^{label}⟩"),
        InlineKind::SoftBreak => "⏎".to_owned(),
        InlineKind::HardBreak => "⏎⏎".to_owned(),
        InlineKind::Html(html) => format!("html({html})"),
    }
}

fn target(target: &Target) -> String {
    match target {
        Target::External(url) => url.clone(),
        Target::Page { path, anchor } => format!("page {path} {}", anchor.as_deref().unwrap_or("-")),
        Target::Anchor(anchor) => format!("here {anchor}"),
        Target::Term(id) => format!("term {id}"),
        Target::Event(id) => format!("event {id}"),
        Target::Actor(id) => format!("actor {id}"),
        Target::Refused(url) => format!("refused {url}"),
    }
}
