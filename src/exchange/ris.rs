//! RIS: lines of two letters, two spaces, a hyphen and a value.
//!
//! [`entry`] writes a source, [`read`] reads a file; our own reader, because those that there are take names of bodies apart at "and".
//! What no tag says is kept in a `U1` line that begins with our name.

use super::draft::Draft;
use super::own;
use super::tree::{Entries, text};
use super::{json, languages, original};
use crate::citation::Source;
use crate::citation::read::{is_web_address, parse_isbn};
use crate::citation::record::Author;
use crate::date::{Date, Moment};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::{Localized, Placed};
use std::fmt::Write;

/// What a record's form is called; the first of two for one form is written.
const TYPES: &[(&str, &str)] = &[
    ("article", "UNPB"),
    ("article-journal", "JOUR"),
    ("article-journal", "EJOUR"),
    ("article-journal", "JFULL"),
    ("article-magazine", "MGZN"),
    ("article-newspaper", "NEWS"),
    ("bill", "BILL"),
    ("book", "BOOK"),
    ("book", "EBOOK"),
    ("book", "EDBOOK"),
    ("chapter", "CHAP"),
    ("chapter", "ECHAP"),
    ("dataset", "DATA"),
    ("dataset", "AGGR"),
    ("document", "GEN"),
    ("entry-encyclopedia", "ENCYC"),
    ("entry-encyclopedia", "DICT"),
    ("hearing", "HEAR"),
    ("legal_case", "CASE"),
    ("legislation", "STAT"),
    ("map", "MAP"),
    ("motion_picture", "MPCT"),
    ("motion_picture", "VIDEO"),
    ("pamphlet", "PAMP"),
    ("paper-conference", "CPAPER"),
    ("paper-conference", "CONF"),
    ("personal_communication", "PCOMM"),
    ("post-weblog", "BLOG"),
    ("regulation", "LEGAL"),
    ("report", "RPRT"),
    ("report", "GOVDOC"),
    ("standard", "STAND"),
    ("thesis", "THES"),
    ("webpage", "ELEC"),
    ("webpage", "ICOMM"),
];

/// What other programs understand by forms that RIS does not know.
const NEAREST: &[(&str, &str)] = &[("post", "ELEC"), ("review", "JOUR"), ("broadcast", "VIDEO"), ("treaty", "LEGAL")];

fn type_of(form: &str) -> &'static str {
    let known = TYPES.iter().find(|(name, _)| *name == form).or_else(|| NEAREST.iter().find(|(name, _)| *name == form));
    known.map_or("GEN", |(_, tag)| *tag)
}

/// Whether `M1` is a symbol or docket, and `PB` the body that decided.
fn is_legal(tag: &str) -> bool {
    matches!(tag, "BILL" | "CASE" | "LEGAL" | "STAT")
}

struct Writer {
    text: String,
}

impl Writer {
    /// A line. Whatever some reader takes for the end of a line becomes a space.
    fn line(&mut self, tag: &str, value: &str) {
        let value: String = value
            .chars()
            .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
            .collect();
        if !value.trim().is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "{tag}  - {}", value.trim());
        }
    }

    fn maybe(&mut self, tag: &str, value: Option<&str>) {
        self.line(tag, value.unwrap_or_default());
    }
}

/// A source as an entry, with what its tags cannot say in a line of our own.
pub(super) fn entry(source: &Source, own: &Entries) -> String {
    let lang = &source.lang;
    let kind = type_of(source.form);
    let mut entry = Writer { text: String::new() };
    let first = |words: &Option<Localized>| words.as_ref().map(|words| original(words, lang).to_owned());
    entry.line("TY", kind);
    entry.line("ID", source.id.as_str());
    for author in &source.authors {
        match author {
            Author::Body(name) => entry.line("AU", original(name, lang)),
            Author::Person { family, given } => {
                let given = given.as_ref().map(|given| original(given, lang)).unwrap_or_default();
                entry.line("AU", &format!("{}, {given}", original(family, lang)));
            }
        }
    }
    // No `TT`: there are readers that take a translated title for the title.
    entry.line("TI", original(&source.title, lang));
    entry.maybe("T2", first(&source.container).as_deref());
    let publisher = if is_legal(kind) && source.authority.is_some() { &source.authority } else { &source.publisher };
    entry.maybe("PB", first(publisher).as_deref());
    entry.maybe("CY", first(&source.place).as_deref());
    let numbers = &source.numbers;
    entry.maybe("VL", numbers.volume.as_deref());
    entry.maybe("IS", numbers.issue.as_deref());
    let symbol = source.symbol.as_ref().map(|symbol| symbol.value.as_str());
    let number = if is_legal(kind) { symbol } else { numbers.number.as_deref().or(symbol) };
    entry.maybe("M1", number);
    if let Some(pages) = &numbers.pages {
        match pages.split_once('–').filter(|(from, to)| is_page(from) && is_page(to)) {
            Some((from, to)) => {
                entry.line("SP", from);
                entry.line("EP", to);
            }
            None => entry.line("SP", pages),
        }
    }
    entry.maybe("ET", numbers.edition.as_deref());
    if let Some(date) = &source.date {
        entry.line("PY", &format!("{:04}", date.first_day().year()));
        entry.line("DA", &slashed(date));
    }
    for (tag, value) in [("SN", &source.isbn), ("DO", &source.doi), ("UR", &source.url)] {
        entry.maybe(tag, value.as_ref().map(|value| value.value.as_str()));
    }
    entry.maybe("Y2", source.accessed.as_ref().map(slashed).as_deref());
    entry.maybe("AV", source.archive.first().map(|copy| copy.url.as_str()));
    entry.line("LA", lang.as_str());
    entry.maybe("N1", first(&source.note).as_deref());
    entry.line("RN", &super::quotations(source));
    if !own.is_empty() {
        let own = Node { span: source.span, value: Value::Map(own.clone()) };
        entry.line("U1", &format!("{} {}", own::NAME, json::compact(&own)));
    }
    entry.text.push_str("ER  - \n");
    entry.text
}

fn is_page(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `2024/02/16/`; of an interval its beginning.
fn slashed(date: &Date) -> String {
    let (Date::At(moment) | Date::About(moment) | Date::Interval(moment, _)) = *date;
    match moment {
        Moment::Year(year) => format!("{year:04}///"),
        Moment::Month(year, month) => format!("{year:04}/{month:02}//"),
        Moment::Day(day) => format!("{:04}/{:02}/{:02}/", day.year(), day.month(), day.day()),
    }
}

/// What of a source comes through the format's own fields.
pub(super) fn native(source: &Source) -> Option<Draft> {
    let written = entry(source, &Vec::new());
    read(source.span.file, &written, &mut Vec::new()).into_iter().next()
}

/// A tag and its value.
struct Line {
    tag: String,
    span: Span,
    value: String,
}

/// Reads a file.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let mut entries: Vec<(Line, Vec<Line>)> = Vec::new();
    let mut open: Option<(Line, Vec<Line>)> = None;
    let mut stray = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        match (tagged(line), &mut open) {
            (Some(("TY", value, offset)), _) => {
                entries.extend(open.take());
                open = Some((make("TY", value, file, start + offset), Vec::new()));
            }
            (Some(("ER", ..)), _) => entries.extend(open.take()),
            (Some((tag, value, offset)), Some((_, lines))) => lines.push(make(tag, value, file, start + offset)),
            // A value that goes on in the next line.
            (None, Some((_, lines))) => {
                if let (Some(last), false) = (lines.last_mut(), line.trim().is_empty()) {
                    last.value.push(' ');
                    last.value.push_str(line.trim());
                }
            }
            (_, None) => {
                if !line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
                    stray.get_or_insert(Span::new(file, start, start + line.len()));
                }
            }
        }
    }
    entries.extend(open);
    if let (true, Some(span)) = (entries.is_empty(), stray) {
        diagnostics.push(
            Diagnostic::new(Code::SB250, span, "this is not RIS: no entry begins with `TY  - `")
                .help("export the entries as RIS, or name the format with `--format`"),
        );
    }
    entries
        .into_iter()
        .map(|(kind, lines)| {
            let mut draft = draft(&kind, &lines);
            own::merge(&mut draft, native);
            draft
        })
        .collect()
}

fn make(tag: &str, value: &str, file: FileId, start: usize) -> Line {
    Line { tag: tag.to_owned(), span: Span::new(file, start, start + value.len()), value: value.to_owned() }
}

/// `TY  - JOUR` → the tag, the value and where it begins.
fn tagged(line: &str) -> Option<(&str, &str, usize)> {
    let line_start = line.len() - line.trim_start_matches('\u{feff}').len();
    let line = line.get(line_start..)?;
    let (tag, rest) = line.split_at_checked(2)?;
    let mut letters = tag.bytes();
    let is_tag = letters.next().is_some_and(|b| b.is_ascii_uppercase())
        && letters.next().is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.strip_prefix("  -").or_else(|| rest.strip_prefix(" -")).filter(|_| is_tag)?;
    // `ER  -` has nothing after its hyphen; what has something has a space before it.
    (value.is_empty() || value.starts_with(' ')).then(|| {
        let trimmed = value.trim();
        (tag, trimmed, line_start + line.len() - value.trim_start().len())
    })
}

/// What the lines of an entry mean for a record.
fn draft(kind: &Line, lines: &[Line]) -> Draft {
    let key = lines.iter().find(|line| line.tag == "ID" && !line.value.is_empty());
    let key = key.map(|line| Placed { value: line.value.clone(), span: line.span });
    let mut draft = Draft::new(key.as_ref().map_or(kind.span, |key| key.span), key);
    let mut authors = Vec::new();
    let mut pages: Option<(Span, String)> = None;
    interpret(kind, &kind.value, &mut draft);
    for line in lines {
        match line.tag.as_str() {
            "AU" | "A1" => authors.extend(author(line)),
            "SP" => pages = Some((line.span, line.value.clone())),
            "EP" => match &mut pages {
                Some((_, pages)) if !line.value.is_empty() && *pages != line.value => {
                    pages.push('–');
                    pages.push_str(&line.value);
                }
                Some(_) => {}
                None => draft.leave("EP", line.span),
            },
            _ => interpret(line, &kind.value, &mut draft),
        }
    }
    if let Some((span, pages)) = pages {
        draft.set("pages", "SP", span, &pages);
    }
    if let Some(first) = authors.first() {
        let span = first.span;
        draft.set_node("author", "AU", Node { span, value: Value::List(authors) });
    }
    draft
}

fn author(line: &Line) -> Option<Node> {
    let part =
        |name: &str, words: &str| (Key { text: name.to_owned(), span: line.span }, text(line.span, words.trim()));
    let entries = match line.value.split_once(',') {
        _ if line.value.trim_matches([',', ' ']).is_empty() => return None,
        None => vec![part("org", &line.value)],
        Some((family, given)) if given.trim().is_empty() => vec![part("family", family)],
        Some((family, given)) => vec![part("family", family), part("given", given)],
    };
    Some(Node { span: line.span, value: Value::Map(entries) })
}

fn interpret(line: &Line, kind: &str, draft: &mut Draft) {
    let Line { tag, span, value } = line;
    let span = *span;
    let mut set = |field: &'static str| {
        // The same journal, under its full and its short tag.
        if draft.words(field) != Some(value) {
            draft.set(field, tag, span, value);
        }
    };
    match tag.as_str() {
        "TY" => {
            let form = TYPES.iter().find(|(_, other)| other == value).map(|(form, _)| *form);
            draft.set("type", tag, span, form.unwrap_or("document"));
            if form.is_none() {
                draft.leave(&format!("TY {value}"), span);
            }
        }
        "ID" => {}
        "TI" | "T1" => set("title"),
        "BT" if matches!(kind, "BOOK" | "EBOOK" | "EDBOOK") => set("title"),
        "T2" | "JO" | "JF" | "JA" | "J2" | "BT" => set("container"),
        "PB" => set(if is_legal(kind) { "authority" } else { "publisher" }),
        "CY" | "PP" => set("place"),
        "VL" => set("volume"),
        "IS" => set("issue"),
        "M1" => set(if is_legal(kind) { "doc-symbol" } else { "number" }),
        "ET" => set("edition"),
        "UR" => set("url"),
        "N1" => set("note"),
        "RN" => draft.remark(tag, span, value),
        // The same tag holds the number of a journal, which records do not have.
        "SN" if parse_isbn(value).is_ok() => set("isbn"),
        "DO" => draft.set("doi", tag, span, super::bare_doi(value)),
        "DA" | "PY" | "Y1" => set_date("date", line, draft),
        "Y2" => set_date("accessed", line, draft),
        "LA" => match languages::parse(value) {
            Some(lang) => draft.set("lang", tag, span, lang.as_str()),
            None => draft.leave(tag, span),
        },
        "AV" if is_web_address(value) => draft.set_node("archive", tag, super::copy(span, value, None)),
        "U1" if value.starts_with(own::NAME) => {
            let written = value.strip_prefix(own::NAME).unwrap_or_default();
            own::read(written.trim(), span, draft);
        }
        _ if value.is_empty() => {}
        _ => draft.leave(tag, span),
    }
}

/// The fuller of two dates stays: the year alone is said again beside the day.
fn set_date(field: &'static str, line: &Line, draft: &mut Draft) {
    let parts: Vec<&str> =
        line.value.split(['/', '-']).map(str::trim).take(3).take_while(|part| !part.is_empty()).collect();
    let written = match parts.as_slice() {
        [] => return,
        [year] => (*year).to_owned(),
        [year, rest @ ..] => {
            let rest: Vec<String> = rest.iter().map(|part| format!("{part:0>2}")).collect();
            format!("{year}-{}", rest.join("-"))
        }
    };
    match draft.words(field).map(str::to_owned) {
        Some(there) if written.starts_with(&there) => {
            draft.fields.retain(|(key, _)| key.text != field);
            draft.set(field, &line.tag, line.span, &written);
        }
        Some(there) if there.starts_with(&written) => {}
        _ => draft.set(field, &line.tag, line.span, &written),
    }
}

/// Whether a text begins as a file of this format does.
pub(super) fn is_like(text: &str) -> bool {
    text.lines().any(|line| matches!(tagged(line), Some(("TY", ..))))
}
