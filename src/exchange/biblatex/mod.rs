//! BibLaTeX (and BibTeX, when it is read).
//!
//! [`entry`] writes a source; [`read`] reads a file. The crate `biblatex` knows the syntax and TeX ([`tex`] stands before it); what the fields
//! mean for a record is said here, once for each direction, side by side. [`names`] are people and bodies.

mod names;
mod tex;

use super::draft::Draft;
use super::own;
use super::tree::{Entries, text};
use super::{json, languages, original};
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::Lang;
use crate::span::{FileId, Span};
use crate::workspace::Placed;
use crate::workspace::node::{Key, Node, Value};
use biblatex::{Bibliography, Chunks, ChunksExt, ParseError, RawBibliography, RawChunk, RawEntry, Spanned};
use names::Name;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a record's form is called: form, entry type, `entrysubtype`. The types are those that pandoc and biber know.
const TYPES: &[(&str, &str, &str)] = &[
    ("article", "misc", "article"),
    ("article-journal", "article", ""),
    ("article-magazine", "article", "magazine"),
    ("article-newspaper", "article", "newspaper"),
    ("bill", "legislation", "bill"),
    ("book", "book", ""),
    ("broadcast", "misc", "broadcast"),
    ("chapter", "incollection", ""),
    ("dataset", "dataset", ""),
    ("document", "misc", ""),
    ("entry-encyclopedia", "inreference", ""),
    ("hearing", "misc", "hearing"),
    ("interview", "misc", "interview"),
    ("legal_case", "jurisdiction", ""),
    ("legislation", "legislation", ""),
    ("map", "misc", "map"),
    ("motion_picture", "movie", ""),
    ("pamphlet", "booklet", ""),
    ("paper-conference", "inproceedings", ""),
    ("personal_communication", "letter", ""),
    ("post", "online", "post"),
    ("post-weblog", "online", "post-weblog"),
    ("regulation", "legislation", "regulation"),
    ("report", "report", ""),
    ("review", "review", ""),
    ("speech", "unpublished", "speech"),
    ("standard", "standard", ""),
    ("thesis", "thesis", ""),
    ("treaty", "legal", ""),
    ("webpage", "online", ""),
];

/// Entry types that are read and never written.
const OTHER_TYPES: &[(&str, &str)] = &[
    ("bookinbook", "chapter"),
    ("collection", "book"),
    ("conference", "paper-conference"),
    ("electronic", "webpage"),
    ("inbook", "chapter"),
    ("manual", "book"),
    ("mastersthesis", "thesis"),
    ("mvbook", "book"),
    ("mvcollection", "book"),
    ("mvproceedings", "book"),
    ("mvreference", "book"),
    ("phdthesis", "thesis"),
    ("proceedings", "book"),
    ("reference", "book"),
    ("suppbook", "chapter"),
    ("suppcollection", "chapter"),
    ("suppperiodical", "article-journal"),
    ("techreport", "report"),
    ("video", "motion_picture"),
    ("www", "webpage"),
];

/// Fields that hold addresses, numbers and names of the machine, which TeX has no part in.
const VERBATIM: &[&str] = &["url", "doi", "archiveurl", "archivedate", "date", "urldate", "ids", "langid", "isbn"];

fn type_of(form: &str) -> (&'static str, &'static str) {
    TYPES.iter().find(|(name, ..)| *name == form).map_or(("misc", ""), |(_, kind, subtype)| (*kind, *subtype))
}

/// Whether `number` is the issue of a journal.
fn is_article(kind: &str) -> bool {
    matches!(kind, "article" | "review" | "suppperiodical")
}

/// Whether `number` is a symbol or docket, and a body decided.
fn is_legal(kind: &str) -> bool {
    matches!(kind, "jurisdiction" | "legislation" | "legal")
}

/// The field for the body that decided.
fn authority_field(kind: &str) -> &'static str {
    if kind == "jurisdiction" { "institution" } else { "organization" }
}

/// The field for whoever published.
fn publisher_field(kind: &str) -> &'static str {
    match kind {
        "report" | "thesis" => "institution",
        "misc" | "online" => "organization",
        "unpublished" => "howpublished",
        _ => "publisher",
    }
}

/// The field for the work that it stands in.
fn container_field(kind: &str) -> &'static str {
    match kind {
        "incollection" | "inproceedings" | "inreference" => "booktitle",
        _ => "journaltitle",
    }
}

/// An entry under construction.
struct Writer {
    text: String,
}

impl Writer {
    /// A field whose value is written already.
    fn written(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "  {name} = {{{value}}},");
        }
    }

    fn words(&mut self, name: &str, words: Option<&str>) {
        self.written(name, &words.map(tex::escape).unwrap_or_default());
    }

    /// A title; in English styles change the case of what does not stand in braces.
    fn title(&mut self, name: &str, source: &Source, words: Option<&str>) {
        let Some(words) = words else { return };
        let escaped = tex::escape(words);
        let cased = source.lang.as_str().starts_with("en") && words.chars().skip(1).any(char::is_uppercase);
        self.written(name, &if cased { format!("{{{escaped}}}") } else { escaped });
    }
}

/// A source as an entry, with what its fields cannot say in a field of our own.
pub(super) fn entry(source: &Source, own: &Entries, reader: Option<&Lang>) -> String {
    let (kind, subtype) = type_of(source.form);
    let lang = &source.lang;
    let mut entry = Writer { text: format!("@{kind}{{{},\n", source.id) };
    let first =
        |words: &Option<crate::workspace::Localized>| words.as_ref().map(|words| original(words, lang).to_owned());
    entry.written("entrysubtype", subtype);
    entry.written("author", &names::write(&source.authors, lang));
    entry.title("title", source, Some(original(&source.title, lang)));
    entry.words("titleaddon", super::translated(source, reader).map(|title| format!("[{title}]")).as_deref());
    entry.title(container_field(kind), source, first(&source.container).as_deref());
    entry.words(publisher_field(kind), first(&source.publisher).as_deref());
    if is_legal(kind) {
        entry.words(authority_field(kind), first(&source.authority).as_deref());
    }
    entry.words("location", first(&source.place).as_deref());
    let numbers = &source.numbers;
    let symbol = source.symbol.as_ref().map(|symbol| symbol.value.as_str());
    entry.words("volume", numbers.volume.as_deref());
    let number = if is_article(kind) {
        numbers.issue.as_deref()
    } else {
        entry.words("issue", numbers.issue.as_deref());
        if is_legal(kind) { symbol } else { numbers.number.as_deref().or(symbol) }
    };
    entry.words("number", number);
    entry.written("pages", &numbers.pages.as_deref().map(tex::escape).unwrap_or_default().replace('–', "--"));
    entry.words("edition", numbers.edition.as_deref());
    entry.words("version", numbers.version.as_deref());
    entry.written("date", &source.date.as_ref().map(ToString::to_string).unwrap_or_default());
    for (name, value) in [("isbn", &source.isbn), ("doi", &source.doi), ("url", &source.url)] {
        entry.written(name, &value.as_ref().map(|value| tex::escape_address(&value.value)).unwrap_or_default());
    }
    entry.written("urldate", &source.accessed.as_ref().map(ToString::to_string).unwrap_or_default());
    if let Some(copy) = source.archive.first() {
        entry.written("archiveurl", &tex::escape_address(&copy.url));
        entry.written("archivedate", &copy.at.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    match languages::babel(lang) {
        Some(name) => entry.written("langid", name),
        None => entry.written("language", lang.as_str()),
    }
    entry.words("note", first(&source.note).as_deref());
    entry.words("annotation", Some(&super::quotations(source)));
    let aliases: Vec<&str> = source.aliases.iter().map(|alias| alias.value.as_str()).collect();
    entry.written("ids", &aliases.join(","));
    if !own.is_empty() {
        let own = Node { span: source.span, value: Value::Map(own.clone()) };
        entry.written(own::NAME, &tex::escape_json(&json::compact(&own)));
    }
    entry.text.push_str("}\n");
    entry.text
}

/// What of a source comes through the format's own fields.
pub(super) fn native(source: &Source) -> Option<Draft> {
    let written = entry(source, &Vec::new(), None);
    read(source.span.file, &written, &mut Vec::new()).into_iter().next()
}

/// Reads a file.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let raw = match guarded(|| RawBibliography::parse(text)) {
        Ok(raw) => raw,
        Err((range, message)) => {
            let range = range.unwrap_or(0..0);
            diagnostics.push(
                Diagnostic::new(
                    Code::SB250,
                    Span::new(file, range.start, range.end),
                    format!("this is not BibLaTeX: {message}"),
                )
                .help("mend this line, or the one before it"),
            );
            return Vec::new();
        }
    };
    if raw.entries.is_empty() && raw.abbreviations.is_empty() && !text.trim().is_empty() {
        let help = "export the entries as BibLaTeX, or name the format with `--format`";
        let message = "this is not BibLaTeX: there is no entry";
        diagnostics.push(Diagnostic::new(Code::SB250, Span::start_of(file), message).help(help));
    }
    let reader =
        Reader { file, raw: &raw, by_key: raw.entries.iter().rev().map(|entry| (entry.v.key.v, entry)).collect() };
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
    raw: &'a RawBibliography<'a>,
    by_key: BTreeMap<&'a str, &'a Spanned<RawEntry<'a>>>,
}

/// A field as it stands in the file, and what it says.
struct Field {
    span: Span,
    text: String,
    chunks: Chunks,
}

impl Reader<'_> {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn draft(&self, entry: &Spanned<RawEntry<'_>>, diagnostics: &mut Vec<Diagnostic>) -> Option<Draft> {
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
        own::merge(&mut draft, native);
        Some(draft)
    }

    /// The fields of an entry, inherited ones among them.
    fn fields(&self, entry: &Spanned<RawEntry<'_>>, draft: &mut Draft) -> Result<BTreeMap<String, Field>, Failure> {
        let family = self.family(entry);
        let prepared: Vec<Vec<Vec<String>>> = family.iter().map(|entry| prepare(&entry.v)).collect();
        let depth = prepared.iter().flatten().flatten().map(|text| tex::depth(text)).max().unwrap_or(0);
        if depth > tex::MAX_DEPTH {
            return Err((None, format!("braces are nested {depth} deep")));
        }
        let entries = family
            .iter()
            .zip(&prepared)
            .map(|(entry, texts)| Spanned { v: replaced(&entry.v, texts), span: entry.span.clone() });
        let raw = RawBibliography {
            preamble: String::new(),
            entries: entries.collect(),
            abbreviations: self.raw.abbreviations.clone(),
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
    fn family<'e>(&'e self, entry: &'e Spanned<RawEntry<'e>>) -> Vec<&'e Spanned<RawEntry<'e>>> {
        let mut family = vec![entry];
        let mut known = BTreeSet::from([entry.v.key.v]);
        let mut at = 0;
        while let Some(next) = family.get(at) {
            at += 1;
            let links =
                next.v.fields.iter().filter(|pair| {
                    pair.key.v.eq_ignore_ascii_case("crossref") || pair.key.v.eq_ignore_ascii_case("xdata")
                });
            let keys =
                links.flat_map(|pair| &pair.value.v).flat_map(|chunk| raw_text(&chunk.v).split(',')).map(str::trim);
            let parents: Vec<_> = keys
                .filter_map(|key| self.by_key.get(key).copied())
                .filter(|parent| known.insert(parent.v.key.v))
                .collect();
            family.extend(parents);
        }
        family.reverse();
        family
    }
}

fn raw_text<'a>(chunk: &RawChunk<'a>) -> &'a str {
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

fn replaced<'a>(entry: &RawEntry<'a>, texts: &'a [Vec<String>]) -> RawEntry<'a> {
    let mut entry = entry.clone();
    for (pair, texts) in entry.fields.iter_mut().zip(texts) {
        for (chunk, text) in pair.value.v.iter_mut().zip(texts) {
            if let RawChunk::Normal(raw) = &mut chunk.v {
                *raw = text;
            }
        }
    }
    entry
}

/// What the fields of an entry mean for a record.
fn interpret(kind: &str, kind_span: Span, mut fields: BTreeMap<String, Field>, draft: &mut Draft) {
    if let Some(field) = fields.remove(own::NAME) {
        own::read(&field.text, field.span, draft);
    }
    let subtype = fields.get("entrysubtype").map(|field| field.text.clone()).unwrap_or_default();
    let exact = TYPES.iter().find(|(_, own, sub)| *own == kind && *sub == subtype);
    let form = match exact {
        Some((form, ..)) => {
            fields.remove("entrysubtype");
            Some(*form)
        }
        None => {
            let plain = TYPES.iter().find(|(_, own, sub)| *own == kind && sub.is_empty()).map(|(form, ..)| *form);
            plain.or_else(|| OTHER_TYPES.iter().find(|(own, _)| *own == kind).map(|(_, form)| *form))
        }
    };
    if form.is_none() && kind != "misc" {
        draft.leave(&format!("@{kind}"), kind_span);
    }
    draft.set("type", kind, kind_span, form.unwrap_or("document"));
    let mut take = |name: &str| fields.remove(name);
    if let Some(title) = take("title") {
        let whole = match take("subtitle") {
            Some(sub) if !sub.text.is_empty() => format!("{}: {}", title.text, sub.text),
            _ => title.text,
        };
        draft.set("title", "title", title.span, &whole);
    }
    if let Some(author) = take("author") {
        set_authors(&author, draft);
    }
    let mut move_to = |target: &'static str, names: &[&str], draft: &mut Draft| {
        for name in names {
            if let Some(field) = take(name) {
                draft.set(target, name, field.span, &field.text);
            }
        }
    };
    move_to("container", &["journaltitle", "journal", "booktitle", "maintitle"], draft);
    if is_legal(kind) {
        move_to("authority", &[authority_field(kind)], draft);
    }
    move_to("publisher", &["publisher", "institution", "school", "organization", "howpublished"], draft);
    move_to("place", &["location", "address"], draft);
    move_to("volume", &["volume"], draft);
    let number = if is_article(kind) {
        "issue"
    } else if is_legal(kind) {
        "doc-symbol"
    } else {
        "number"
    };
    move_to(number, &["number"], draft);
    move_to("issue", &["issue"], draft);
    move_to("pages", &["pages"], draft);
    move_to("edition", &["edition"], draft);
    move_to("version", &["version"], draft);
    move_to("url", &["url"], draft);
    move_to("isbn", &["isbn"], draft);
    move_to("accessed", &["urldate"], draft);
    move_to("note", &["note"], draft);
    for name in ["annotation", "annote"] {
        if let Some(field) = take(name) {
            draft.remark(name, field.span, &field.text);
        }
    }
    set_date(&mut fields, draft);
    set_others(&mut fields, draft);
    let translated = draft.own.iter().any(|(key, _)| key.text == "title");
    for (name, field) in fields {
        // What the entry inherits from was read with it; a translated title was written for other readers.
        if !(field.text.is_empty()
            || matches!(name.as_str(), "crossref" | "xdata")
            || (translated && name == "titleaddon"))
        {
            draft.leave(&name, field.span);
        }
    }
}

fn set_authors(field: &Field, draft: &mut Draft) {
    let span = field.span;
    let part = |name: &str, words: String| (Key { text: name.to_owned(), span }, text(span, words));
    let mut authors = Vec::new();
    for name in names::read(&field.chunks) {
        let entries = match name {
            Name::Body(name) => vec![part("org", name)],
            Name::Person(family, given) => {
                std::iter::once(part("family", family)).chain(given.map(|given| part("given", given))).collect()
            }
            Name::Others => {
                draft.leave("and others", span);
                continue;
            }
        };
        authors.push(Node { span, value: Value::Map(entries) });
    }
    if !authors.is_empty() {
        draft.set_node("author", "author", Node { span, value: Value::List(authors) });
    }
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `date`, or `year` and `month`.
fn set_date(fields: &mut BTreeMap<String, Field>, draft: &mut Draft) {
    if let Some(date) = fields.remove("date") {
        return draft.set("date", "date", date.span, &date.text);
    }
    let Some(year) = fields.remove("year") else { return };
    let mut written = year.text.clone();
    if let Some(month) = fields.remove("month") {
        let lower = month.text.to_lowercase();
        let named =
            |name: &&str| **name == *lower || (lower.len() >= 3 && name.starts_with(lower.trim_end_matches('.')));
        let number = month.text.parse().ok().or_else(|| MONTHS.iter().position(named).map(|at| at + 1));
        match number {
            Some(number) => {
                let _ = write!(written, "-{number:02}");
                if let Some(day) = fields.get("day").and_then(|day| day.text.parse::<u8>().ok()) {
                    let _ = write!(written, "-{day:02}");
                    fields.remove("day");
                }
            }
            None => draft.leave("month", month.span),
        }
    }
    draft.set("date", "year", year.span, &written);
}

/// Fields that are more than their words.
fn set_others(fields: &mut BTreeMap<String, Field>, draft: &mut Draft) {
    if let Some(doi) = fields.remove("doi") {
        draft.set("doi", "doi", doi.span, super::bare_doi(&doi.text));
    }
    for name in ["langid", "language", "hyphenation"] {
        let Some(field) = fields.get(name) else { continue };
        if let Some(lang) = languages::parse(&field.text)
            && (!draft.has("lang") || draft.words("lang") == Some(lang.as_str()))
        {
            if !draft.has("lang") {
                draft.set("lang", name, field.span, lang.as_str());
            }
            fields.remove(name);
        }
    }
    if let Some(ids) = fields.remove("ids") {
        let aliases = ids.text.split(',').map(str::trim).filter(|id| !id.is_empty());
        let aliases: Vec<Node> = aliases.map(|id| text(ids.span, id)).collect();
        if !aliases.is_empty() {
            draft.set_node("aliases", "ids", Node { span: ids.span, value: Value::List(aliases) });
        }
    }
    if let Some(copy) = fields.remove("archiveurl") {
        let at = fields.remove("archivedate").map(|date| (date.span, date.text));
        draft.set_node("archive", "archiveurl", super::copy(copy.span, &copy.text, at));
    }
}

/// Whether a text begins as a file of this format does.
pub(super) fn is_like(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| {
        line.strip_prefix('@').is_some_and(|rest| {
            let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            name > 0 && rest.get(name..).is_some_and(|rest| rest.trim_start().starts_with('{'))
        })
    })
}
