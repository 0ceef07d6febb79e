//! Blocks → pandoc's Markdown. Writing to a string cannot fail.

use super::Writer;
use super::inlines::escape;
use crate::locale::{Arg, Key, Piece, Vocabulary};
use crate::markdown::tree::{Alignment, Block, BlockKind, CalloutKind, Cell, Inline, Item, Row};
use std::fmt::Write;

impl<'a> Writer<'a> {
    /// Blocks, a blank line after each.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) -> String {
        let mut out = String::new();
        let mut rest = blocks;
        while let [block, after @ ..] = rest {
            let run = rest.iter().take_while(|block| is_position(block)).count();
            if let (true, Some((positions, after))) = (run > 0, rest.split_at_checked(run)) {
                let inner: String = positions.iter().map(|block| self.block(block)).collect();
                let _ = write!(out, ":::: {{.positions}}\n{inner}::::\n\n");
                rest = after;
            } else {
                out.push_str(&self.block(block));
                rest = after;
            }
        }
        out
    }

    fn block(&mut self, block: &'a Block) -> String {
        match &block.kind {
            BlockKind::Heading { level, content, .. } => {
                let outline = &self.view.version.outline;
                let found = outline.iter().find(|heading| heading.span == block.span);
                let id = found.map(|heading| format!(" {{#{}}}", heading.id)).unwrap_or_default();
                let words = self.inlines(content).replace("\\\n", " ");
                format!("{} {words}{id}\n\n", "#".repeat(usize::from((*level).max(1))))
            }
            BlockKind::Paragraph(content) => format!("{}\n\n", self.inlines(content)),
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items),
            BlockKind::Quote(blocks) => format!("{}\n", prefixed(&self.blocks(blocks), "> ", "> ")),
            BlockKind::Callout { kind, title, blocks } => self.callout(*kind, title, blocks),
            BlockKind::Table { alignments, head, rows } => self.table(alignments, head, rows),
            BlockKind::Code { language, text } => {
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2);
                let fence = "`".repeat(longest + 1);
                let text = if text.ends_with('\n') || text.is_empty() { text.clone() } else { format!("{text}\n") };
                format!("{fence}{}\n{text}{fence}\n\n", language.split_whitespace().next().unwrap_or(""))
            }
            BlockKind::Rule => "* * *\n\n".to_owned(),
            BlockKind::Drawing { caption, .. } => {
                self.omit(block.span, "a drawing is its caption alone");
                format!("::: {{.drawing}}\n{}\n:::\n\n", self.inlines(caption))
            }
            BlockKind::Html(text) => format!("{}\n\n", escape(text)),
        }
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &'a [Item]) -> String {
        let mut out = String::new();
        for (item, number) in items.iter().zip(start.unwrap_or(1)..) {
            let mark = if start.is_some() { format!("{number}. ") } else { "- ".to_owned() };
            let indent = " ".repeat(mark.len().max(4));
            let mark = format!("{mark:4}");
            let blocks = self.blocks(&item.blocks);
            let blocks = if tight && item.blocks.len() == 1 { blocks.trim_end().to_owned() + "\n" } else { blocks };
            out.push_str(&prefixed(&blocks, &mark, &indent));
        }
        // Whatever follows must not be read as part of the list.
        out + "\n<!-- -->\n\n"
    }

    fn callout(&mut self, kind: CalloutKind, title: &'a [Inline], blocks: &'a [Block]) -> String {
        let locale = &self.view.text_language.locale;
        let own = self.inlines(title);
        let head = if kind == CalloutKind::Position {
            let pieces = locale.fill_pieces(Key::AccordingTo, &[("name", Arg::Text(""))]);
            let words = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => escape(text),
                Piece::Arg { .. } => format!("**{own}**"),
            });
            words.collect::<String>()
        } else {
            let words = if own.is_empty() {
                escape(locale.term(Vocabulary::Callout, kind.name()).unwrap_or_default())
            } else {
                own
            };
            format!("**{words}**")
        };
        let class =
            if kind == CalloutKind::Position { "position".to_owned() } else { format!("callout .{}", kind.name()) };
        format!("::: {{.{class}}}\n{head}\n\n{}:::\n\n", self.blocks(blocks))
    }

    fn table(&mut self, alignments: &[Alignment], head: &'a [Cell], rows: &'a [Row]) -> String {
        let mut line = |cells: &'a [Cell]| {
            let cells = cells.iter().map(|cell| self.inlines(&cell.content).replace("\\\n", " "));
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let head = line(head);
        let rules = alignments.iter().map(|alignment| match alignment {
            Alignment::None => "---",
            Alignment::Start => ":--",
            Alignment::Center => ":-:",
            Alignment::End => "--:",
        });
        let rules = format!("| {} |\n", rules.collect::<Vec<_>>().join(" | "));
        let rows: String = rows.iter().map(|row| line(&row.cells)).collect();
        format!("{head}{rules}{rows}\n")
    }

    /// The footnotes that were marked, and those that these mark.
    pub(super) fn footnotes(&mut self) -> String {
        let mut out = String::new();
        let mut written = 0;
        while let Some(label) = self.footnotes.get(written).copied() {
            written += 1;
            let footnote = self.view.version.page.body.footnotes.iter().find(|footnote| footnote.label == label);
            let blocks = footnote.map(|footnote| self.blocks(&footnote.blocks)).unwrap_or_default();
            out.push_str(&prefixed(&blocks, &format!("[^{written}]: "), "    "));
            out.push('\n');
        }
        out
    }
}

fn is_position(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Callout { kind: CalloutKind::Position, .. })
}

/// The lines of a text, with one prefix before the first and another before the rest; blank lines stay blank where the prefix is.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (index, line) in text.trim_end().lines().enumerate() {
        let prefix = if index == 0 { first } else { rest };
        out.push_str(format!("{prefix}{line}").trim_end());
        out.push('\n');
    }
    out
}
