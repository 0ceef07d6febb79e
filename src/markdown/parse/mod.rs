//! pulldown-cmark's events → the tree.
//!
//! 1. [`survey`] runs over the text once, where it holds links or footnotes, and notes where links stand: a bracket inside one is never taken
//!    for a citation, or the link would be lost. It also notes which footnotes are defined.
//! 2. pulldown-cmark runs again; its broken-link callback says yes to every bracket that is ours ([`brackets::is_ours`]), and only that.
//! 3. [`builder`] keeps a stack of open nodes ([`frame`]) and closes them into the tree. [`brackets`] reads our brackets, [`words`] finds
//!    citations in the running text, [`links`] and [`address`] see to links and images, [`comments`] and [`html`] to raw HTML, [`blocks`]
//!    to paragraphs, callouts and drawings, [`outline`] to headings and footnotes. [`shrink`] gives back the room that nothing needs.
//!
//! Everything takes time in proportion to the text, and nests no deeper than [`builder::MOST_NESTED`].

mod address;
mod blocks;
mod brackets;
mod builder;
mod comments;
mod frame;
mod html;
mod links;
mod outline;
mod shrink;
mod source;
mod survey;
mod words;

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::tree::{Block, BlockKind, Document, Inline, InlineKind, Uncited};
pub use crate::span::Origin;
use builder::Builder;
use pulldown_cmark::{BrokenLink, CowStr, Options, Parser};
use source::Source;
use std::panic::{AssertUnwindSafe, catch_unwind};
use survey::Survey;

/// A value and what was wrong on the way to it.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// What could be read.
    pub value: T,
    /// What could not.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a page's body.
pub fn parse(text: &str, origin: Origin) -> Parsed<Document> {
    let source = Source { text, origin, lead: 0, length: text.len() };
    guard(source, || {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_HEADING_ATTRIBUTES;
        run(source, options, true)
    })
}

/// Reads one line of text, such as a summary: inlines, and an `uncited` comment at the end.
pub fn parse_inlines(text: &str, origin: Origin) -> Parsed<(Vec<Inline>, Option<Uncited>)> {
    // A heading is the one block that holds inlines and nothing else, whatever they begin with (`2023. …`, `- …`).
    let mut line = format!("{LINE_LEAD}{}", text.replace(['\n', '\r'], " "));
    if text.trim_end().ends_with('#') {
        // A heading loses the `#` at its end, unless something follows.
        line.push_str(" <!---->");
    }
    let source = Source { text: &line, origin, lead: LINE_LEAD.len(), length: text.len() };
    let parsed = guard(source, || run(source, Options::ENABLE_STRIKETHROUGH, false));
    let mut inlines = Vec::new();
    let mut uncited = None;
    for block in parsed.value.blocks {
        uncited = uncited.or(block.uncited);
        if let BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) = block.kind {
            inlines.extend(content);
        }
    }
    shrink::inlines(&mut inlines);
    Parsed { value: (inlines, uncited), diagnostics: parsed.diagnostics }
}

const LINE_LEAD: &str = "# ";

fn run(source: Source, options: Options, page: bool) -> Parsed<Document> {
    let text = source.text;
    let survey = Survey::of(text, options);
    let callback = |link: BrokenLink| {
        let ours = survey.link_around(&link.span).is_none() && brackets::is_ours(text, &link);
        ours.then(|| (CowStr::from(""), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(callback));
    let mut builder = Builder::new(source, &survey, page);
    builder.shadowing_definitions(parser.reference_definitions());
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    let mut parsed = builder.finish();
    shrink::document(&mut parsed.value);
    parsed
}

/// Runs the parser; should the library under it panic, the page becomes its own text with a diagnostic.
fn guard(source: Source, run: impl FnOnce() -> Parsed<Document>) -> Parsed<Document> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let span = source.span(source.lead..source.text.len());
        let words = Inline { span, kind: InlineKind::Text(source.slice(source.lead..source.text.len()).to_owned()) };
        let block = Block { span, kind: BlockKind::Paragraph(vec![words]), uncited: None };
        Parsed {
            value: Document { blocks: vec![block], footnotes: Vec::new() },
            diagnostics: vec![
                Diagnostic::new(Code::SB108, span, "the Markdown of this text cannot be read")
                    .help("take out what was added last, and report this to the makers of Sourcebook"),
            ],
        }
    })
}
