//! Inlines → pandoc's Markdown. Writing to a string cannot fail.

use super::Writer;
use crate::figure::phrase::phrase;
use crate::ids::SourceId;
use crate::locale::{Key, Piece};
use crate::markdown::citation::{Cite, CiteGroup, CiteMode};
use crate::markdown::locator::{Label, Locator};
use crate::markdown::tree::{FigureRef, Inline, InlineKind, Target};
use std::collections::BTreeSet;
use std::fmt::Write;

impl<'a> Writer<'a> {
    /// Inlines as one line; a break of the author's own begins another.
    pub(super) fn inlines(&mut self, content: &'a [Inline]) -> String {
        let mut cited = BTreeSet::new();
        collect_cited(content, &mut cited);
        let mut out = String::new();
        self.write(content, &cited, &mut out);
        guard_start(out.trim())
    }

    fn write(&mut self, content: &'a [Inline], cited: &BTreeSet<&SourceId>, out: &mut String) {
        for inline in content {
            self.inline(inline, cited, out);
        }
    }

    fn wrapped(&mut self, mark: &str, content: &'a [Inline], cited: &BTreeSet<&SourceId>, out: &mut String) {
        let mut inner = String::new();
        self.write(content, cited, &mut inner);
        // A mark has no meaning beside a space.
        let words = inner.trim();
        let (before, after) = (inner.len() - inner.trim_start().len(), inner.len() - inner.trim_end().len());
        out.push_str(inner.get(..before).unwrap_or(""));
        if !words.is_empty() {
            let _ = write!(out, "{mark}{words}{mark}");
            out.push_str(inner.get(inner.len() - after..).unwrap_or(""));
        }
    }

    fn inline(&mut self, inline: &'a Inline, cited: &BTreeSet<&SourceId>, out: &mut String) {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Html(words) => out.push_str(&escape(words)),
            InlineKind::Code(words) => out.push_str(&code(words)),
            InlineKind::Emphasis(inner) => self.wrapped("*", inner, cited, out),
            InlineKind::Strong(inner) => self.wrapped("**", inner, cited, out),
            InlineKind::Strikethrough(inner) => self.wrapped("~~", inner, cited, out),
            InlineKind::Link { target, content } => {
                let mut words = String::new();
                self.write(content, cited, &mut words);
                match address(target) {
                    Some(address) => {
                        let _ = write!(out, "[{words}](<{address}>)");
                    }
                    None => {
                        self.omit(inline.span, "a link to a term or an event is its words alone");
                        out.push_str(&words);
                    }
                }
            }
            InlineKind::Image { url, description } => {
                self.omit(inline.span, "a picture is named, and not copied");
                let _ = write!(out, "![{}](<{}>)", escape(description), encoded(url));
            }
            InlineKind::Cite(group) => self.cite(group, out),
            InlineKind::CitationNeeded { reason } => {
                let label = escape(self.view.text_language.locale.text(Key::CitationNeeded));
                let reason = if reason.is_empty() { String::new() } else { format!(": {}", escape(reason)) };
                let _ = write!(out, "[{label}{reason}]{{.needed}}");
            }
            InlineKind::Figure(reference) => self.figure(reference, cited, out),
            InlineKind::FootnoteRef(label) => {
                let known = self.footnotes.iter().position(|other| other == label);
                let index = known.unwrap_or_else(|| {
                    self.footnotes.push(label);
                    self.footnotes.len() - 1
                });
                let _ = write!(out, "[^{}]", index + 1);
            }
            InlineKind::SoftBreak => out.push(' '),
            InlineKind::HardBreak => out.push_str("\\\n"),
        }
    }

    fn cite(&mut self, group: &'a CiteGroup, out: &mut String) {
        if let (CiteMode::Narrative, [cite]) = (group.mode, group.cites.as_slice()) {
            let key = self.marked_key(cite);
            let place = self.place(cite).trim_start_matches(", ").to_owned();
            out.push_str(&key);
            if !place.is_empty() {
                let _ = write!(out, " [{place}]");
            }
            return;
        }
        let cites: Vec<String> = group
            .cites
            .iter()
            .map(|cite| {
                let prefix = cite.prefix.as_ref().map(|words| escape(words) + " ").unwrap_or_default();
                format!("{prefix}{}{}", self.marked_key(cite), self.place(cite))
            })
            .collect();
        // Two brackets side by side are a link.
        if out.ends_with(']') {
            out.push(' ');
        }
        let _ = write!(out, "[{}]", cites.join("; "));
    }

    fn marked_key(&mut self, cite: &'a Cite) -> String {
        let key = self.key(cite);
        let minus = if cite.suppress_author { "-" } else { "" };
        if is_bare(&key) { format!("{minus}@{key}") } else { format!("{minus}@{{{key}}}") }
    }

    /// Place and words after a key. Pandoc knows labels in the page's language alone, and few of them; a page needs none.
    fn place(&self, cite: &Cite) -> String {
        let locale = &self.view.text_language.locale;
        let english = locale.lang().as_str().split('-').next() == Some("en");
        let locator = cite.locator.as_ref().map(|locator| match locator.label {
            _ if english => format!(", {{{locator}}}"),
            Label::Page => format!(", {{{}}}", locator.value),
            _ => format!(", {}", escape(&told(locale, locator))),
        });
        let suffix = cite.suffix.as_ref().map(|words| format!(", {}", escape(words)));
        locator.into_iter().chain(suffix).collect()
    }

    /// A figure in words; its source is cited where the text around it does not.
    fn figure(&mut self, reference: &FigureRef, cited: &BTreeSet<&SourceId>, out: &mut String) {
        let locale = &self.view.text_language.locale;
        let figure = self.book.library.figure(reference).ok().zip(self.book.source_language());
        let told = figure.and_then(|(figure, source)| {
            Some((phrase(&figure, reference.form, locale, &source.lang)?, figure.source.value.clone()))
        });
        // What the library does not have is an error elsewhere, and shows here which.
        let Some((words, source)) = told else {
            let _ = write!(out, "\\[={}\\]", reference.id);
            return;
        };
        let _ = write!(out, "[{}]{{.figure data-figure=\"{}\"}}", escape(&words), reference.id);
        let source = self.book.library.source(&source);
        if let Some(source) = source.filter(|source| !cited.contains(&source.id)) {
            let key = source.id.as_str();
            let key = if is_bare(key) { format!("@{key}") } else { format!("@{{{key}}}") };
            let _ = write!(out, " [{key}]");
        }
    }
}

fn told(locale: &crate::locale::Locale, locator: &Locator) -> String {
    let pieces = locale.locator(locator.label.name(), &locator.value, locator.is_plural());
    let pieces = pieces.map(|pieces| {
        let words = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => *text,
            Piece::Arg { value, .. } => value.as_str(),
        });
        words.collect::<String>()
    });
    pieces.unwrap_or_else(|| locator.to_string())
}

fn collect_cited<'a>(content: &'a [Inline], cited: &mut BTreeSet<&'a SourceId>) {
    for inline in content {
        match &inline.kind {
            InlineKind::Cite(group) => cited.extend(group.cites.iter().map(|cite| &cite.source)),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => collect_cited(inner, cited),
            _ => {}
        }
    }
}

fn address(target: &Target) -> Option<String> {
    match target {
        Target::External(url) => Some(encoded(url)),
        Target::Page { path, anchor: None } => Some(encoded(path)),
        Target::Page { path, anchor: Some(anchor) } => Some(encoded(&format!("{path}#{anchor}"))),
        Target::Anchor(anchor) => Some(encoded(&format!("#{anchor}"))),
        Target::Term(_) | Target::Event(_) | Target::Actor(_) | Target::Refused(_) => None,
    }
}

/// An address between pointed brackets.
fn encoded(address: &str) -> String {
    address.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E").replace(['\n', '\r'], "")
}

/// Code between more backticks than it holds.
fn code(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{words}{pad}{ticks}")
}

/// Whether pandoc reads the key whole without braces: letters and digits, with single marks between them.
fn is_bare(key: &str) -> bool {
    key.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        && key.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && !key.as_bytes().windows(2).any(|pair| pair.iter().all(|b| b.is_ascii_punctuation() && *b != b'_'))
}

/// Words as Markdown: each mark that could mean something has a backslash before it.
pub(super) fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    let mut before = ' ';
    for c in words.chars() {
        let means = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '$' | '@' | '^' | '~' | '"'
            | '\'' | '&' => true,
            // Dashes and dots that pandoc would draw together.
            '-' | '.' => before == c,
            _ => false,
        };
        if means {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
        before = c;
    }
    escaped
}

/// A line must not begin like a list, a definition, a heading or a fence.
fn guard_start(line: &str) -> String {
    if line.starts_with(['-', '+', ':', '=', '%', '(']) {
        return format!("\\{line}");
    }
    let letters = line.len() - line.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let (number, rest) = line.split_at_checked(letters).unwrap_or((line, ""));
    let is_number = number.len() == 1
        || number.bytes().all(|b| b.is_ascii_digit())
        || number.bytes().all(|b| b"ivxlcdmIVXLCDM".contains(&b));
    if !number.is_empty() && is_number && rest.starts_with(['.', ')']) {
        return format!("{number}\\{rest}");
    }
    line.to_owned()
}
