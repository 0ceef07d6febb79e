//! Pages in languages that nobody speaks: every page of the source language once more, its words changed and everything else as it was.
//!
//! The tree is changed and not the text, so citations, figures, ids and markup cannot be harmed.

use super::{Line, Manuscript, Page, claims};
use crate::locale::pseudo::{CLOSE, OPEN, Pseudo};
use crate::markdown::tree::{Block, BlockKind, CalloutKind, Inline, InlineKind};
use crate::span::Span;
use crate::workspace::Placed;
use crate::workspace::config::{Config, LanguageConfig};

/// What such a page says of itself.
const ABOUT: &str = "This is no language. The program made it of the source language, to show which words cannot be translated and what does not \
                     fit: whatever has plain letters is not translated, and a text without its brackets is cut off. It is not for readers.";

/// Adds the languages to a site, which thereby loses its address: such a site is for its editors, and in no list of pages.
pub fn add(config: &mut Config, manuscript: &mut Manuscript) {
    let Some(source) = config.languages.first().cloned() else { return };
    config.base_url = None;
    let pages: Vec<Page> = manuscript.pages.iter().filter(|page| page.lang == source.lang).cloned().collect();
    for pseudo in Pseudo::ALL {
        let Some(lang) = pseudo.lang().filter(|lang| !config.has_language(lang.as_str())) else { continue };
        config.languages.push(LanguageConfig {
            lang: lang.clone(),
            span: source.span,
            // What it is called must be read in every language.
            name: Some(lang.to_string()),
            title: Some(pseudo.text(source.title.as_ref().unwrap_or(&config.title))),
            description: source.description.as_ref().or(config.description.as_ref()).map(|words| pseudo.text(words)),
            format_locale: Some(Placed { value: pseudo.format_locale().to_owned(), span: source.span }),
            second_calendar: None,
            rtl: None,
            fonts: Vec::new(),
        });
        manuscript.strings.extend(pseudo.strings(config.file));
        manuscript.pages.extend(pages.iter().cloned().map(|page| changed(Page { lang: lang.clone(), ..page }, pseudo)));
    }
}

fn changed(mut page: Page, pseudo: Pseudo) -> Page {
    page.front.title.value = pseudo.text(&page.front.title.value);
    for Line { content, .. } in page.summary.iter_mut().chain(&mut page.key_facts) {
        whole(content, pseudo);
    }
    blocks(&mut page.body.blocks, pseudo);
    for footnote in &mut page.body.footnotes {
        blocks(&mut footnote.blocks, pseudo);
    }
    // The statements are those of the page as it now is.
    page.claims = claims(page.summary.as_ref(), &page.key_facts, &page.body);
    page.body.blocks.insert(0, about(page.front.title.span, pseudo));
    page
}

fn about(span: Span, pseudo: Pseudo) -> Block {
    let text = Inline { span, kind: InlineKind::Text(pseudo.text(ABOUT)) };
    let paragraph = Block { span, kind: BlockKind::Paragraph(vec![text]), uncited: None };
    let kind = BlockKind::Callout { kind: CalloutKind::Note, title: Vec::new(), blocks: vec![paragraph] };
    Block { span, kind, uncited: None }
}

fn blocks(blocks: &mut [Block], pseudo: Pseudo) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => whole(content, pseudo),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self::blocks(&mut item.blocks, pseudo)),
            BlockKind::Quote(inner) => self::blocks(inner, pseudo),
            BlockKind::Callout { title, blocks, .. } => {
                whole(title, pseudo);
                self::blocks(blocks, pseudo);
            }
            BlockKind::Table { head, rows, .. } => {
                let cells = head.iter_mut().chain(rows.iter_mut().flat_map(|row| &mut row.cells));
                cells.for_each(|cell| whole(&mut cell.content, pseudo));
            }
            BlockKind::Drawing { caption, .. } => whole(caption, pseudo),
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

/// Inlines that are a text of their own.
fn whole(content: &mut Vec<Inline>, pseudo: Pseudo) {
    let (Some(first), Some(last)) =
        (content.first().map(|inline| inline.span), content.last().map(|inline| inline.span))
    else {
        return;
    };
    inlines(content, pseudo);
    let bracket = |span, mark: char| Inline { span, kind: InlineKind::Text(mark.to_string()) };
    content.insert(0, bracket(first, OPEN));
    content.push(bracket(last, CLOSE));
}

fn inlines(content: &mut [Inline], pseudo: Pseudo) {
    for inline in content {
        match &mut inline.kind {
            InlineKind::Text(text) => *text = pseudo.letters(text),
            InlineKind::Image { description, .. } => *description = pseudo.text(description).into(),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => inlines(inner, pseudo),
            InlineKind::Code(_)
            | InlineKind::Cite(_)
            | InlineKind::CitationNeeded { .. }
            | InlineKind::Figure(_)
            | InlineKind::FootnoteRef(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Html(_) => {}
        }
    }
}
