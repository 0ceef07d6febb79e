//! A file → entries with their fields. The crate `biblatex` reads the syntax and TeX.

use super::bounds::{self, Strings};
use super::fields::interpret;
use super::{VERBATIM, tex};
use crate::diagnostic::{Code, Diagnostic};
use crate::exchange::draft::Draft;
use crate::exchange::own;
use crate::span::{FileId, Span};
use crate::workspace::Placed;
use biblatex::{Bibliography, Chunks, ChunksExt, Pair, ParseError, RawBibliography, RawChunk, RawEntry, Spanned};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Whether a text begins as a file of this format does.
pub(in crate::exchange) fn is_like(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| {
        line.strip_prefix('@').is_some_and(|rest| {
            let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            name > 0 && rest.get(name..).is_some_and(|rest| rest.trim_start().starts_with('{'))
        })
    })
}

/// Reads a file.
pub(in crate::exchange) fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let unreadable = |range: Option<std::ops::Range<usize>>, message: String, help| {
        let range = range.unwrap_or(0..0);
        Diagnostic::new(Code::SB250, Span::new(file, range.start, range.end), message).help(help)
    };
    let raw = match guarded(|| RawBibliography::parse(text)) {
        Ok(raw) => raw,
        Err((range, message)) => {
            let message = format!("this is not BibLaTeX: {message}");
            diagnostics.push(unreadable(range, message, "mend this line, or the one before it"));
            return Vec::new();
        }
    };
    let strings = match Strings::of(&raw) {
        Ok(strings) => strings,
        Err((range, message)) => {
            diagnostics.push(unreadable(Some(range), message, "write out what it stands for"));
            return Vec::new();
        }
    };
    if raw.entries.is_empty() && raw.abbreviations.is_empty() && !text.trim().is_empty() {
        let help = "export the entries as BibLaTeX, or name the format with `--format`";
        let message = "this is not BibLaTeX: there is no entry";
        diagnostics.push(Diagnostic::new(Code::SB250, Span::start_of(file), message).help(help));
    }
    let reader =
        Reader { file, strings, by_key: raw.entries.iter().rev().map(|entry| (entry.v.key.v, entry)).collect() };
    raw.entries
        .iter()
        .filter(|entry| !entry.v.kind.v.eq_ignore_ascii_case("xdata"))
        .filter_map(|entry| reader.draft(entry, diagnostics))
        .collect()
}

type Failure = (Option<std::ops::Range<usize>>, String);

/// What the crate panics on is a fault in the file like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParseError>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err((Some(error.span), error.kind.to_string())),
        Err(_) => Err((None, "it cannot be read".to_owned())),
    }
}

struct Reader<'a> {
    file: FileId,
    strings: Strings<'a>,
    by_key: BTreeMap<&'a str, &'a Spanned<RawEntry<'a>>>,
}

/// A field as it stands in the file, and what it says.
pub(super) struct Field {
    pub(super) span: Span,
    pub(super) text: String,
    pub(super) chunks: Chunks,
}

impl<'a> Reader<'a> {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn draft(&self, entry: &'a Spanned<RawEntry<'a>>, diagnostics: &mut Vec<Diagnostic>) -> Option<Draft> {
        let key = &entry.v.key;
        let span = if key.v.is_empty() { self.span(&entry.v.kind.span) } else { self.span(&key.span) };
        let mut draft = Draft::new(
            span,
            (!key.v.is_empty()).then(|| Placed { value: key.v.to_owned(), span: self.span(&key.span) }),
        );
        let fields = match self.fields(entry, &mut draft) {
            Ok(fields) => fields,
            Err((range, message)) => {
                let span = range.map_or(span, |range| self.span(&range));
                diagnostics.push(
                    Diagnostic::new(Code::SB251, span, format!("the entry `{}` cannot be read: {message}", key.v))
                        .help("it was left out; mend it here, and import it again"),
                );
                return None;
            }
        };
        interpret(&entry.v.kind.v.to_ascii_lowercase(), self.span(&entry.v.kind.span), fields, &mut draft);
        own::merge(&mut draft, super::native);
        Some(draft)
    }

    /// The fields of an entry, inherited ones among them.
    fn fields(&self, entry: &'a Spanned<RawEntry<'a>>, draft: &mut Draft) -> Result<BTreeMap<String, Field>, Failure> {
        if let Some(fault) = bounds::fault(entry, &self.by_key) {
            return Err((None, fault));
        }
        let family = self.family(entry);
        let prepared: Vec<Vec<Vec<String>>> = family.iter().map(|entry| prepare(&entry.v)).collect();
        let depth = prepared.iter().flatten().flatten().map(|text| tex::depth(text)).max().unwrap_or(0);
        if depth > tex::MAX_DEPTH {
            return Err((None, format!("braces are nested {depth} deep")));
        }
        let entries = family
            .iter()
            .zip(&prepared)
            .map(|(entry, texts)| Spanned { v: self.replaced(&entry.v, texts), span: entry.span.clone() });
        let raw = RawBibliography {
            preamble: String::new(),
            entries: entries.collect(),
            abbreviations: self.strings.needed(&family),
        };
        let bibliography = guarded(|| Bibliography::from_raw(raw))?;
        let Some(read) = bibliography.into_vec().pop() else { return Ok(BTreeMap::new()) };
        let mut places: BTreeMap<String, (Span, String)> = BTreeMap::new();
        for pair in &entry.v.fields {
            let written: String = pair.value.v.iter().map(|chunk| raw_text(&chunk.v)).collect();
            // One value without its braces, or several that are joined.
            let range = match pair.value.v.as_slice() {
                [one] => &one.span,
                _ => &pair.value.span,
            };
            let place = (self.span(range), written);
            let name = pair.key.v.to_ascii_lowercase();
            if let Some((earlier, _)) = places.insert(name.clone(), place) {
                draft.leave(&name, earlier);
            }
        }
        let field = |(name, chunks): (String, Chunks)| {
            let hidden = bounds::HIDDEN.iter().find(|(_, other)| *other == name);
            let name = hidden.map_or(name, |(own, _)| (*own).to_owned());
            let (span, written) = places.get(&name).cloned().unwrap_or((draft.span, String::new()));
            let text = tex::reveal(&chunks.format_verbatim()).trim().to_owned();
            if !VERBATIM.contains(&name.as_str())
                && name != own::NAME
                && let Some(command) = tex::unread_command(&text, &written)
            {
                draft.problems.push(
                    Diagnostic::new(Code::SB253, span, format!("the TeX command `{command}` is not known here"))
                        .help("it was kept as it stands; write what it means into the record"),
                );
            }
            (name, Field { span, text, chunks })
        };
        Ok(read.fields.into_iter().map(field).collect())
    }

    /// The entry and before it those that it inherits from, each once.
    fn family(&self, entry: &'a Spanned<RawEntry<'a>>) -> Vec<&'a Spanned<RawEntry<'a>>> {
        let mut family = vec![entry];
        let mut known = BTreeSet::from([entry.v.key.v]);
        let mut at = 0;
        while let Some(next) = family.get(at) {
            at += 1;
            let keys = next.v.fields.iter().filter(|pair| bounds::is_link(pair.key.v)).flat_map(bounds::keys);
            let parents: Vec<_> = keys
                .filter_map(|key| self.by_key.get(key).copied())
                .filter(|parent| known.insert(parent.v.key.v))
                .collect();
            family.extend(parents);
        }
        family.reverse();
        family
    }

    /// The entry with its texts as the crate reads them, and what leads it astray under other names.
    fn replaced<'t>(&self, entry: &RawEntry<'t>, texts: &'t [Vec<String>]) -> RawEntry<'t> {
        let mut entry = entry.clone();
        // Only keys that were followed here are followed there.
        let is_followed =
            |pair: &Pair<'_>| pair.value.v.len() == 1 && bounds::keys(pair).all(|key| self.by_key.contains_key(key));
        for (pair, texts) in entry.fields.iter_mut().zip(texts) {
            for (chunk, text) in pair.value.v.iter_mut().zip(texts) {
                if let RawChunk::Normal(raw) = &mut chunk.v {
                    *raw = text;
                }
            }
            let hidden = bounds::HIDDEN.iter().find(|(name, _)| pair.key.v.eq_ignore_ascii_case(name));
            if let Some((_, other)) = hidden.filter(|_| !bounds::is_link(pair.key.v) || !is_followed(pair)) {
                pair.key.v = other;
            }
        }
        entry
    }
}

pub(super) fn raw_text<'a>(chunk: &RawChunk<'a>) -> &'a str {
    match chunk {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    }
}

fn prepare(entry: &RawEntry<'_>) -> Vec<Vec<String>> {
    let texts = entry.fields.iter().map(|pair| {
        let address = VERBATIM.iter().any(|name| pair.key.v.eq_ignore_ascii_case(name));
        pair.value.v.iter().map(|chunk| tex::prepare(raw_text(&chunk.v), address)).collect()
    });
    texts.collect()
}
