//! Sources in and out: BibLaTeX, CSL-JSON, RIS.
//!
//! Pure functions on text and records. [`export`] writes sources and says what their fields could not say to other programs; [`import`] reads a
//! file into sources and says what found no place in a record. One file a format, with both directions side by side:
//! [`biblatex`], [`csl`], [`ris`]. What a format has no field for goes into a field of our own ([`own`]), so that the way out and back loses nothing.
//! [`coins()`] and [`schema_org`] put sources into pages for machines; [`pandoc`] writes a whole page with its sources,
//! [`status`] how its translations stand.
//! Entries on their way in are gathered as a [`draft`] and judged by the strict reader of the library's own records; [`yaml`] writes them as an
//! editor would.
//! Uses the rooms of the records, and the library of a book. Knows no disk.

mod biblatex;
mod coins;
mod csl;
mod draft;
mod import;
mod json;
pub mod keys;
mod languages;
mod own;
pub mod pandoc;
pub mod po;
mod ris;
pub mod schema_org;
pub mod status;
mod tree;
pub mod yaml;

pub use coins::coins;
pub use import::{Import, Known, amended, import};

use crate::citation::Source;
use crate::ids::{Lang, SourceId};
use crate::span::Span;
use crate::workspace::Localized;
use crate::workspace::node::{Key, Node, Value};
use tree::Entries;

/// A format of other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `.bib`
    Biblatex,
    /// `.json`
    CslJson,
    /// The same in YAML; read only.
    CslYaml,
    /// `.ris`
    Ris,
}

impl Format {
    /// The formats that are written.
    pub const WRITTEN: &'static [Self] = &[Self::Biblatex, Self::CslJson, Self::Ris];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Biblatex => "BibLaTeX",
            Self::CslJson => "CSL-JSON",
            Self::CslYaml => "CSL YAML",
            Self::Ris => "RIS",
        }
    }

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Biblatex => "bib",
            Self::CslJson => "csl.json",
            Self::CslYaml => "yaml",
            Self::Ris => "ris",
        }
    }

    /// The format of a file, by the end of its name or else by what it holds.
    pub fn guess(name: &str, text: &str) -> Option<Self> {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("bib" | "bibtex" | "biblatex") => return Some(Self::Biblatex),
            Some("json") => return Some(Self::CslJson),
            Some("yaml" | "yml") => return Some(Self::CslYaml),
            Some("ris") => return Some(Self::Ris),
            _ => {}
        }
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with(['[', '{']) {
            Some(Self::CslJson)
        } else if ris::is_like(text) {
            Some(Self::Ris)
        } else if text.lines().any(|line| line.trim_end() == "references:") {
            Some(Self::CslYaml)
        } else {
            biblatex::is_like(text).then_some(Self::Biblatex)
        }
    }

    /// The field that holds what the others cannot say.
    pub fn own_field(self) -> &'static str {
        match self {
            Self::Biblatex => "the field `sourcebook`",
            Self::CslJson | Self::CslYaml => "`custom.sourcebook`",
            Self::Ris => "a `U1` line",
        }
    }

    fn native(self, source: &Source) -> Entries {
        let draft = match self {
            Self::Biblatex => biblatex::native(source),
            Self::CslJson | Self::CslYaml => csl::native(source),
            Self::Ris => ris::native(source),
        };
        draft.map(|draft| draft.fields).unwrap_or_default()
    }
}

/// Whom an export is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Somebody who may bring it back: what other programs cannot say goes along in a field of our own.
    Sourcebook,
    /// Readers with other programs: only what these understand.
    Others,
}

/// Something that did not come along, or only in part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// Of which source.
    pub source: SourceId,
    /// Which field, by its name where it comes from.
    pub field: String,
    /// Where it stands, for what comes from a file.
    pub span: Option<Span>,
    /// What becomes of it.
    pub fate: &'static str,
}

/// Sources in a format of other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The file.
    pub text: String,
    /// What the format's own fields do not say, by source.
    pub losses: Vec<Loss>,
}

/// Writes sources in a format. A title in another language than `reader`'s is told in that one, too, where the format can.
pub fn export(format: Format, sources: &[&Source], audience: Audience, reader: Option<&Lang>) -> Export {
    let mut losses = Vec::new();
    let entries: Vec<String> = sources
        .iter()
        .map(|source| {
            let native = format.native(source);
            let rest = own::rest(source, &native);
            losses.extend(rest.iter().filter_map(|(key, node)| loss(source, key, node, &native)));
            match audience {
                Audience::Sourcebook => entry_with(format, source, &rest, reader),
                Audience::Others => entry(format, source, reader),
            }
        })
        .collect();
    Export { text: file(format, &entries.iter().map(String::as_str).collect::<Vec<_>>()), losses }
}

/// A source as an entry of a file for readers with other programs.
pub fn entry(format: Format, source: &Source, reader: Option<&Lang>) -> String {
    entry_with(format, source, &Vec::new(), reader)
}

fn entry_with(format: Format, source: &Source, own: &Entries, reader: Option<&Lang>) -> String {
    match format {
        Format::Biblatex => biblatex::entry(source, own, reader),
        Format::CslJson | Format::CslYaml => csl::entry(source, own),
        Format::Ris => ris::entry(source, own),
    }
}

/// Entries as a file.
pub fn file(format: Format, entries: &[&str]) -> String {
    match format {
        Format::Biblatex | Format::Ris => entries.join("\n"),
        Format::CslJson | Format::CslYaml => csl::file(entries),
    }
}

/// The title in the reader's language, where the document's own is another.
fn translated<'a>(source: &'a Source, reader: Option<&Lang>) -> Option<&'a str> {
    let reader = reader.filter(|reader| **reader != source.lang)?;
    source.title.exact(reader).filter(|title| *title != original(&source.title, &source.lang))
}

fn loss(source: &Source, key: &Key, node: &Node, native: &Entries) -> Option<Loss> {
    let shown = tree::field(native, &key.text);
    let elsewhere = || native.iter().any(|(other, words)| other.text != key.text && tree::same(words, node));
    let fate = match (&node.value, shown) {
        // Not a loss: what other programs take for the field is in another of ours.
        (Value::Null, _) => return None,
        (_, None) if elsewhere() => "goes by another name there",
        (_, None) => "has no field of its own there",
        (Value::Map(texts), Some(shown)) => match texts.as_slice() {
            // Only our record says which language that is.
            [(_, only)] if tree::same(only, shown) => return None,
            _ => "is told in one language only",
        },
        (Value::List(_), Some(_)) => "is told in one language only",
        (_, Some(_)) => "is told less exactly",
    };
    Some(Loss { source: source.id.clone(), field: key.text.clone(), span: None, fate })
}

/// A text of a source in the document's own language, or else the first there is.
fn original<'a>(words: &'a Localized, lang: &Lang) -> &'a str {
    words.pick(lang, &[]).0
}

/// The stored quotations, for a field of remarks: “words” (p. 3).
fn quotations(source: &Source) -> String {
    let quotes = source.quotes.iter().map(|quote| {
        let words = original(&quote.exact, &source.lang);
        match &quote.locator {
            Some(locator) => format!("“{words}” ({locator})"),
            None => format!("“{words}”"),
        }
    });
    quotes.collect::<Vec<_>>().join("; ")
}

/// A DOI without the address or the word before it.
fn bare_doi(doi: &str) -> &str {
    let doi = doi.trim();
    let starts = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "DOI:"];
    starts.iter().find_map(|start| doi.strip_prefix(start)).unwrap_or(doi).trim()
}

/// The record of an archived copy; the archive is known by its address.
fn copy(span: Span, url: &str, at: Option<(Span, String)>) -> Node {
    let archives =
        [("//web.archive.org/", "wayback"), ("//perma.cc/", "perma"), ("//ghostarchive.org/", "ghostarchive")];
    let by = archives.iter().find(|(host, _)| url.contains(host)).map(|(_, by)| *by);
    let field = |name: &str, span: Span, words: &str| (Key { text: name.to_owned(), span }, tree::text(span, words));
    let mut entries = vec![field("url", span, url)];
    entries.extend(at.map(|(span, at)| field("at", span, &at)));
    entries.extend(by.map(|by| field("by", span, by)));
    Node { span, value: Value::List(vec![Node { span, value: Value::Map(entries) }]) }
}

#[cfg(test)]
mod tests;
