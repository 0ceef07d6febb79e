//! A file of another program → sources: an id for each, none twice, and what the library has already is pointed out.

use super::draft::{Draft, Left};
use super::{Format, Loss, biblatex, csl, keys, ris, tree};
use crate::book::Library;
use crate::citation::{Source, read};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, SourceId};
use crate::span::{FileId, Span};
use crate::workspace::node::{Key, Node, Value};
use std::collections::BTreeMap;

/// What became of a file.
#[derive(Debug, Default)]
pub struct Import {
    /// The sources, in the order of the file.
    pub sources: Vec<Source>,
    /// What found no place in a record.
    pub losses: Vec<Loss>,
    /// What was wrong with the file or its entries.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is done with an entry that the library has already under another id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It is left out.
    LeftOut,
    /// It becomes a source of its own.
    Taken,
}

/// Reads a file. `lang` is the language of entries that name none.
pub fn import(
    format: Format,
    (file, text): (FileId, &str),
    lang: Option<&Lang>,
    library: &Library,
    known: Known,
) -> Import {
    let mut import = Import::default();
    let diagnostics = &mut import.diagnostics;
    let drafts = match format {
        Format::Biblatex => biblatex::read(file, text, diagnostics),
        Format::CslJson => csl::read_json(file, text, diagnostics),
        Format::CslYaml => csl::read_yaml(file, text, diagnostics),
        Format::Ris => ris::read(file, text, diagnostics),
    };
    let shelf = Shelf::new(library);
    let mut taken: BTreeMap<SourceId, Span> = BTreeMap::new();
    for mut draft in drafts {
        let Some(id) = name(&mut draft, library, &taken, diagnostics) else { continue };
        if let (Known::LeftOut, Some(found)) = (known, shelf.find(&draft)) {
            diagnostics.push(found.say(&id, draft.span));
            continue;
        }
        let span = draft.span;
        let Some((source, left)) = draft.finish(&id, lang, diagnostics) else { continue };
        import.losses.extend(left.into_iter().map(|Left { field, span }| Loss {
            source: id.clone(),
            field,
            span: Some(span),
            fate: "has no place in a record",
        }));
        taken.insert(id, span);
        import.sources.push(source);
    }
    import
}

/// A source under another key, or with other fields in place of those that it has; what the strict reader has against it is told.
pub fn amended(
    source: &Source,
    key: Option<&SourceId>,
    fields: &[(&'static str, &str)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Source> {
    let span = source.span;
    let key = Key { text: key.unwrap_or(&source.id).to_string(), span };
    let mut entries = tree::record(source);
    for (name, words) in fields {
        tree::put(&mut entries, Key { text: (*name).to_owned(), span }, tree::text(span, *words));
    }
    read::record(&key, &Node { span, value: Value::Map(entries) }, diagnostics)
}

/// The id of an entry: what the file calls it, or a name of its author and year. `None` where it is taken.
fn name(
    draft: &mut Draft,
    library: &Library,
    taken: &BTreeMap<SourceId, Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SourceId> {
    let written = draft.key.as_ref().filter(|key| !key.value.contains("://"));
    let own = written.and_then(|key| SourceId::parse(&key.value)).or_else(|| keys::slug(&written?.value));
    let Some(id) = own else {
        let who = first_author(draft).or_else(|| draft.words("container"));
        return keys::free(who, draft.words("title").unwrap_or_default(), draft.words("date"), |id| {
            library.source(id).is_none() && !taken.contains_key(id)
        });
    };
    let twice = |message: String| Diagnostic::new(Code::SB252, draft.span, message);
    if let Some(there) = library.source(&id) {
        diagnostics.push(
            twice(format!("the library has a source `{id}` already"))
                .help("it was left as it is, and the entry left out; give the entry another key where it is another document")
                .related(there.span, "the library's own is here"),
        );
        return None;
    }
    if let Some(first) = taken.get(&id) {
        diagnostics.push(
            twice(format!("two entries would be called `{id}`"))
                .help("the second was left out; give one of them another key")
                .related(*first, "the first is here"),
        );
        return None;
    }
    if let Some(key) = written.filter(|key| key.value != id.as_str()).map(|key| format!("key {}", key.value)) {
        draft.leave(&key, draft.span);
    }
    Some(id)
}

/// Who wrote an entry, by whom its name is made.
fn first_author(draft: &Draft) -> Option<&str> {
    let (_, authors) = draft.fields.iter().find(|(key, _)| key.text == "author")?;
    let Value::List(authors) = &authors.value else { return None };
    let Value::Map(parts) = &authors.first()?.value else { return None };
    parts.first().and_then(|(_, node)| node.as_text())
}

/// The library by what is one document's alone.
struct Shelf<'a> {
    dois: BTreeMap<String, &'a Source>,
    urls: BTreeMap<String, &'a Source>,
    symbols: BTreeMap<String, &'a Source>,
}

/// A source that an entry seems to be.
struct Found<'a> {
    source: &'a Source,
    by: &'static str,
}

impl<'a> Shelf<'a> {
    fn new(library: &'a Library) -> Self {
        let mut shelf = Self { dois: BTreeMap::new(), urls: BTreeMap::new(), symbols: BTreeMap::new() };
        for source in library.sources() {
            if let Some(doi) = &source.doi {
                shelf.dois.entry(doi.value.to_lowercase()).or_insert(source);
            }
            if let Some(url) = &source.url {
                shelf.urls.entry(address(&url.value)).or_insert(source);
            }
            if let Some(symbol) = &source.symbol {
                shelf.symbols.entry(letters(&symbol.value)).or_insert(source);
            }
        }
        shelf
    }

    fn find(&self, draft: &Draft) -> Option<Found<'a>> {
        let words = |name: &str| {
            let own = draft.own.iter().find(|(key, _)| key.text == name).and_then(|(_, node)| node.as_text());
            own.or_else(|| draft.words(name))
        };
        let doi = words("doi").and_then(|doi| self.dois.get(&doi.to_lowercase())).map(|source| (source, "DOI"));
        let url = || words("url").and_then(|url| self.urls.get(&address(url))).map(|source| (source, "address"));
        let symbol = || {
            words("doc-symbol").and_then(|symbol| self.symbols.get(&letters(symbol))).map(|source| (source, "symbol"))
        };
        doi.or_else(url).or_else(symbol).map(|(source, by)| Found { source, by })
    }
}

impl Found<'_> {
    fn say(&self, id: &SourceId, span: Span) -> Diagnostic {
        let message = format!("`{id}` is in the library as `{}`: it has the same {}", self.source.id, self.by);
        Diagnostic::new(Code::SB254, span, message)
            .help("it was left out; where it is another document, import it with `--duplicates`")
            .related(self.source.span, "the library's own is here")
    }
}

/// An address without what makes no other document of it.
fn address(url: &str) -> String {
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let url = url.strip_prefix("www.").unwrap_or(url);
    let url = url.split('#').next().unwrap_or(url);
    url.trim_end_matches('/').to_owned()
}

fn letters(symbol: &str) -> String {
    symbol.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}
