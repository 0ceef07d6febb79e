//! What a program reads in a string: the citations, group by group, in a form in which two programs can be compared.

use serde::Deserialize;
use sourcebook::diagnostic::Severity;
use sourcebook::markdown::citation::{Cite, CiteGroup, CiteMode};
use sourcebook::markdown::tree::Footnote;
use sourcebook::markdown::{Block, BlockKind, Inline, InlineKind, Origin, parse};
use sourcebook::span::Files;
use std::collections::BTreeSet;
use std::fmt;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Vec<Citation>>")]
pub struct Reading {
    groups: Vec<Vec<Citation>>,
    /// The codes of what was refused.
    refused: BTreeSet<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Mode {
    Normal,
    AuthorInText,
    SuppressAuthor,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Citation {
    id: String,
    mode: Mode,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    locator: String,
    #[serde(default)]
    suffix: String,
}

impl From<Vec<Vec<Citation>>> for Reading {
    fn from(groups: Vec<Vec<Citation>>) -> Self {
        let groups = groups.into_iter().map(|group| group.into_iter().map(Citation::tidy).collect()).collect();
        Self { groups, refused: BTreeSet::new() }
    }
}

impl Reading {
    /// What we read.
    pub fn of(text: &str) -> Self {
        let file = Files::default().add("corpus.md", text);
        let parsed = parse(text, Origin::Verbatim { file, offset: 0 });
        let mut walk = Walk { footnotes: &parsed.value.footnotes, groups: Vec::new() };
        walk.blocks(&parsed.value.blocks);
        let refused = parsed.diagnostics.iter().filter(|said| said.severity == Severity::Error);
        Self { refused: refused.map(|said| said.code.id()).collect(), ..Self::from(walk.groups) }
    }

    /// The same without what follows the keys.
    pub fn without_tails(&self) -> Self {
        let mut reading = self.clone();
        for citation in reading.groups.iter_mut().flatten() {
            citation.label.clear();
            citation.locator.clear();
            citation.suffix.clear();
        }
        reading
    }
}

impl Citation {
    /// One form for what means the same: blanks, the comma after the key, the two kinds of dash in a range.
    fn tidy(self) -> Self {
        let locator = words(&self.locator.replace('–', "-"));
        Self {
            prefix: words(&self.prefix),
            locator: locator.chars().filter(|&c| !is_direction_mark(c)).collect(),
            suffix: words(&self.suffix),
            ..self
        }
    }
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn words(text: &str) -> String {
    let single = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let blank = |c: char| c == ' ' || is_direction_mark(c);
    single.trim_start_matches(|c| blank(c) || matches!(c, ',' | '،')).trim_end_matches(blank).to_owned()
}

/// The citations of a tree in reading order; a footnote's are read where it is called.
struct Walk<'a> {
    footnotes: &'a [Footnote],
    groups: Vec<Vec<Citation>>,
}

impl Walk<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.inlines(content),
                BlockKind::Drawing { caption, .. } => self.inlines(caption),
                BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Quote(inner) => self.blocks(inner),
                BlockKind::Callout { title, blocks, .. } => {
                    self.inlines(title);
                    self.blocks(blocks);
                }
                BlockKind::Table { head, rows, .. } => {
                    let cells = head.iter().chain(rows.iter().flat_map(|row| &row.cells));
                    cells.for_each(|cell| self.inlines(&cell.content));
                }
                BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
                    self.inlines(inner);
                }
                InlineKind::Link { content, .. } => self.inlines(content),
                InlineKind::Cite(group) => self.groups.push(group.cites.iter().map(|cite| ours(group, cite)).collect()),
                InlineKind::FootnoteRef(label) => {
                    let footnotes = self.footnotes;
                    if let Some(note) = footnotes.iter().find(|note| note.label == *label) {
                        self.blocks(&note.blocks);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Our citation in pandoc's terms: relation and quotation are part of its id.
fn ours(group: &CiteGroup, cite: &Cite) -> Citation {
    let relation = cite.relation.map_or(String::new(), |relation| format!("{}:", relation.name()));
    let quote = cite.quote.as_ref().map_or(String::new(), |quote| format!("#{quote}"));
    let mode = match group.mode {
        _ if cite.suppress_author => Mode::SuppressAuthor,
        CiteMode::Narrative => Mode::AuthorInText,
        CiteMode::Bracketed => Mode::Normal,
    };
    let (label, locator) = match &cite.locator {
        Some(locator) => (locator.label.name().to_owned(), locator.value.clone()),
        None => Default::default(),
    };
    let or_none = |words: &Option<String>| words.clone().unwrap_or_default();
    Citation {
        id: format!("{relation}{}{quote}", cite.source),
        mode,
        prefix: or_none(&cite.prefix),
        label,
        locator,
        suffix: or_none(&cite.suffix),
    }
}

/// `prefix “see”, @a, page “3”; -@b`
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.refused.is_empty() {
            return write!(f, "an error: {}", self.refused.iter().copied().collect::<Vec<_>>().join(", "));
        }
        if self.groups.is_empty() {
            return f.write_str("no citation");
        }
        let group = |group: &Vec<Citation>| group.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        f.write_str(&self.groups.iter().map(group).collect::<Vec<_>>().join(" · "))
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.prefix.is_empty() {
            write!(f, "prefix “{}”, ", self.prefix)?;
        }
        match self.mode {
            Mode::Normal => write!(f, "@{}", self.id)?,
            Mode::AuthorInText => write!(f, "@{} in the sentence", self.id)?,
            Mode::SuppressAuthor => write!(f, "-@{}", self.id)?,
        }
        if !self.locator.is_empty() {
            let label = if self.label.is_empty() { "place" } else { &self.label };
            write!(f, ", {label} “{}”", self.locator)?;
        }
        if !self.suffix.is_empty() {
            write!(f, ", suffix “{}”", self.suffix)?;
        }
        Ok(())
    }
}
