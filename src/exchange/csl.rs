//! CSL-JSON, and the same in YAML as Zotero's Better CSL YAML and pandoc have it.
//!
//! [`item`] writes a source, [`draft`] reads an entry; what the variables mean for a record is said here, once for each direction.
//! What no variable says is kept in `custom`, where CSL's schema wants it.

use super::draft::Draft;
use super::own;
use super::tree::{Entries, field, text};
use super::{json, languages, original};
use crate::citation::Source;
use crate::citation::read::FORMS;
use crate::citation::record::Author;
use crate::date::{Date, Moment};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::yaml::{self, Excerpt};
use crate::workspace::{Localized, Placed};

/// CSL's types that records do not have.
const OTHER_TYPES: &[(&str, &str)] = &[
    ("collection", "book"),
    ("classic", "book"),
    ("entry-dictionary", "entry-encyclopedia"),
    ("review-book", "review"),
];

/// Whether `number` is a symbol or docket.
fn is_legal(form: &str) -> bool {
    matches!(form, "bill" | "legal_case" | "legislation" | "regulation" | "treaty")
}

/// Variables that are one text, and the fields of a record that they are.
const TEXTS: &[(&str, &str)] = &[
    ("title", "title"),
    ("container-title", "container"),
    ("publisher", "publisher"),
    ("publisher-place", "place"),
    ("authority", "authority"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("page", "pages"),
    ("edition", "edition"),
    ("version", "version"),
    ("URL", "url"),
    ("ISBN", "isbn"),
    ("note", "note"),
];

/// Archives by the names that other programs show.
const ARCHIVES: &[(&str, &str)] =
    &[("wayback", "Wayback Machine"), ("perma", "Perma.cc"), ("ghostarchive", "Ghost Archive")];

struct Item {
    span: Span,
    entries: Entries,
}

impl Item {
    fn put(&mut self, name: &str, value: Value) {
        self.entries.push((Key { text: name.to_owned(), span: self.span }, Node { span: self.span, value }));
    }

    fn text(&mut self, name: &str, words: Option<&str>) {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            self.put(name, Value::Text { text: words.to_owned(), verbatim: None });
        }
    }
}

/// A source as an item, with what its variables cannot say in `custom`.
pub(super) fn item(source: &Source, own: &Entries) -> Node {
    let (span, lang) = (source.span, &source.lang);
    let mut item = Item { span, entries: Vec::new() };
    let mut text = |name: &str, words: Option<&str>| item.text(name, words);
    let first = |words: &Option<Localized>| words.as_ref().map(|words| original(words, lang).to_owned());
    let numbers = &source.numbers;
    let placed = |text: &Option<Placed<String>>| text.as_ref().map(|text| text.value.clone());
    let symbol = placed(&source.symbol);
    text("id", Some(source.id.as_str()));
    text("type", Some(source.form));
    text("title", Some(original(&source.title, lang)));
    text("container-title", first(&source.container).as_deref());
    text("publisher", first(&source.publisher).as_deref());
    text("publisher-place", first(&source.place).as_deref());
    text("authority", first(&source.authority).as_deref());
    let number = numbers.number.clone();
    let number = if is_legal(source.form) { symbol } else { number.or(symbol) };
    text("number", number.as_deref());
    text("volume", numbers.volume.as_deref());
    text("issue", numbers.issue.as_deref());
    text("page", numbers.pages.as_deref());
    text("edition", numbers.edition.as_deref());
    text("version", numbers.version.as_deref());
    text("URL", placed(&source.url).as_deref());
    text("DOI", placed(&source.doi).as_deref());
    text("ISBN", placed(&source.isbn).as_deref());
    if let Some(copy) = source.archive.first() {
        text("archive", ARCHIVES.iter().find(|(by, _)| Some(*by) == copy.by).map(|(_, name)| *name));
        text("archive_location", Some(&copy.url));
    }
    text("language", Some(lang.as_str()));
    text("note", first(&source.note).as_deref());
    text("annote", Some(&super::quotations(source)));
    if !source.authors.is_empty() {
        item.put("author", Value::List(source.authors.iter().map(|author| name(author, source)).collect()));
    }
    for (name, date) in [("issued", &source.date), ("accessed", &source.accessed)] {
        if let Some(date) = date {
            item.put(name, date_variable(date, span));
        }
    }
    if !own.is_empty() {
        let mut custom = Item { span, entries: Vec::new() };
        custom.put(own::NAME, Value::Map(own.clone()));
        item.put("custom", Value::Map(custom.entries));
    }
    Node { span, value: Value::Map(item.entries) }
}

/// A source as an item of a file.
pub(super) fn entry(source: &Source, own: &Entries) -> String {
    json::indented(&item(source, own), 2)
}

/// Items as a file.
pub(super) fn file(items: &[&str]) -> String {
    if items.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", items.join(",\n  ")) }
}

fn name(author: &Author, source: &Source) -> Node {
    let mut name = Item { span: source.span, entries: Vec::new() };
    match author {
        Author::Body(body) => name.text("literal", Some(original(body, &source.lang))),
        Author::Person { family, given } => {
            name.text("family", Some(original(family, &source.lang)));
            name.text("given", given.as_ref().map(|given| original(given, &source.lang)));
        }
    }
    Node { span: source.span, value: Value::Map(name.entries) }
}

fn date_variable(date: &Date, span: Span) -> Value {
    let number = |number: u16| Node { span, value: Value::Number(number.to_string()) };
    let parts = |moment: Moment| {
        let parts = match moment {
            Moment::Year(year) => vec![number(year)],
            Moment::Month(year, month) => vec![number(year), number(month.into())],
            Moment::Day(day) => vec![number(day.year()), number(day.month().into()), number(day.day().into())],
        };
        Node { span, value: Value::List(parts) }
    };
    let (moments, about) = match *date {
        Date::At(moment) => (vec![parts(moment)], false),
        Date::About(moment) => (vec![parts(moment)], true),
        Date::Interval(from, to) => (vec![parts(from), parts(to)], false),
    };
    let mut variable = Item { span, entries: Vec::new() };
    variable.put("date-parts", Value::List(moments));
    if about {
        variable.put("circa", Value::Bool(true));
    }
    Value::Map(variable.entries)
}

/// What of a source comes through the format's own fields.
pub(super) fn native(source: &Source) -> Option<Draft> {
    draft(&item(source, &Vec::new()))
}

/// Reads a file of JSON.
pub(super) fn read_json(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Draft> {
    read(json::read(Excerpt { file, text, offset: 0 }, Code::SB250), diagnostics)
}

/// Reads a file of YAML.
pub(super) fn read_yaml(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Draft> {
    read(yaml::read(Excerpt { file, text, offset: 0 }, Code::SB250), diagnostics)
}

fn read(node: Result<Node, Diagnostic>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let node = match node {
        Ok(node) => node,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return Vec::new();
        }
    };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        // A list that says what it is, or a single item.
        Value::Map(entries) => {
            match field(entries, "references").or_else(|| field(entries, "items")).map(|node| &node.value) {
                Some(Value::List(items)) => items.as_slice(),
                _ => std::slice::from_ref(&node),
            }
        }
        _ => &[],
    };
    if items.is_empty() && !matches!(node.value, Value::List(_)) {
        diagnostics.push(
            Diagnostic::new(Code::SB250, node.span, format!("the file is {}, not a list of items", node.kind()))
                .help("export the items as CSL-JSON or CSL YAML"),
        );
    }
    let mut drafts = Vec::new();
    for item in items {
        match draft(item) {
            Some(mut draft) => {
                own::merge(&mut draft, native);
                drafts.push(draft);
            }
            None => diagnostics.push(
                Diagnostic::new(
                    Code::SB251,
                    item.span,
                    format!("an item is a group of variables, not {}", item.kind()),
                )
                .help("it was left out"),
            ),
        }
    }
    drafts
}

/// What the variables of an item mean for a record.
fn draft(item: &Node) -> Option<Draft> {
    let Value::Map(entries) = &item.value else { return None };
    let key = ["citation-key", "id"].into_iter().find_map(|name| {
        let node = field(entries, name)?;
        Some(Placed { value: node.as_text()?.to_owned(), span: node.span })
    });
    let mut draft = Draft::new(key.as_ref().map_or(item.span, |key| key.span), key);
    let form = field(entries, "type").and_then(Node::as_text).unwrap_or("document");
    for (key, node) in entries {
        variable(&key.text, node, form, &mut draft);
    }
    if !draft.has("type") {
        draft.set("type", "type", draft.span, "document");
    }
    Some(draft)
}

fn variable(name: &str, node: &Node, form: &str, draft: &mut Draft) {
    let span = node.span;
    match (name, node.as_text()) {
        ("id" | "citation-key", _) => {}
        ("type", Some(form)) => {
            let known = FORMS.iter().find(|known| **known == form).copied();
            let known = known.or_else(|| OTHER_TYPES.iter().find(|(other, _)| *other == form).map(|(_, form)| *form));
            if known.is_none() {
                draft.leave(&format!("type {form}"), span);
            }
            draft.set("type", "type", span, known.unwrap_or("document"));
        }
        ("number", Some(number)) => {
            draft.set(if is_legal(form) { "doc-symbol" } else { "number" }, name, span, number);
        }
        ("language", Some(lang)) => match languages::parse(lang) {
            Some(lang) => draft.set("lang", name, span, lang.as_str()),
            None => draft.leave(name, span),
        },
        ("DOI", Some(doi)) => draft.set("doi", name, span, super::bare_doi(doi)),
        ("archive", Some(archive)) if ARCHIVES.iter().any(|(_, name)| *name == archive) => {}
        ("archive_location", Some(address)) if crate::citation::read::is_web_address(address) => {
            draft.set_node("archive", name, super::copy(span, address, None));
        }
        ("annote", Some(words)) => draft.remark(name, span, &plain(words)),
        ("author", None) => set_authors(node, draft),
        ("issued", _) => set_date("date", name, node, draft),
        ("accessed", _) => set_date("accessed", name, node, draft),
        ("custom", None) => set_custom(node, draft),
        (_, Some(words)) => match TEXTS.iter().find(|(variable, _)| *variable == name) {
            Some((_, field)) => draft.set(field, name, span, &plain(words)),
            None if words.trim().is_empty() => {}
            None => draft.leave(name, span),
        },
        (_, None) => {
            if !matches!(&node.value, Value::Null) {
                draft.leave(name, span);
            }
        }
    }
}

/// Words without the marks that only say how they look.
fn plain(words: &str) -> String {
    if !words.contains('<') {
        return words.to_owned();
    }
    let marks =
        ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>", "</span>", "<span class=\"nocase\">"];
    let small_capitals = ["<span style=\"font-variant:small-caps;\">", "<span style=\"font-variant: small-caps;\">"];
    marks.iter().chain(&small_capitals).fold(words.to_owned(), |words, mark| words.replace(mark, ""))
}

fn set_custom(node: &Node, draft: &mut Draft) {
    let Value::Map(entries) = &node.value else { return draft.leave("custom", node.span) };
    for (key, node) in entries {
        match &node.value {
            Value::Map(own) if key.text == own::NAME => draft.own.clone_from(own),
            _ => draft.leave(&format!("custom.{}", key.text), node.span),
        }
    }
}

fn set_authors(node: &Node, draft: &mut Draft) {
    let Value::List(names) = &node.value else { return draft.leave("author", node.span) };
    let mut authors = Vec::new();
    for name in names {
        let Value::Map(parts) = &name.value else {
            draft.leave("author", name.span);
            continue;
        };
        let word =
            |part: &str| field(parts, part).and_then(Node::as_text).map(str::trim).filter(|word| !word.is_empty());
        let join = |names: [&str; 2], by: &str| {
            let words: Vec<&str> = names.into_iter().filter_map(word).collect();
            (!words.is_empty()).then(|| words.join(by))
        };
        let part = |name: &str, words: String| (Key { text: name.to_owned(), span: node.span }, text(node.span, words));
        let given = join(["given", "dropping-particle"], " ");
        let given = given.into_iter().chain(word("suffix").map(str::to_owned)).collect::<Vec<_>>().join(", ");
        let entries = match (word("literal"), join(["non-dropping-particle", "family"], " ")) {
            (Some(body), None) => vec![part("org", body.to_owned())],
            (None, Some(family)) if given.is_empty() => vec![part("family", family)],
            (None, Some(family)) => vec![part("family", family), part("given", given)],
            (None, None) if !given.is_empty() => vec![part("family", given)],
            _ => {
                draft.leave("author", name.span);
                continue;
            }
        };
        authors.push(Node { span: name.span, value: Value::Map(entries) });
    }
    if !authors.is_empty() {
        draft.set_node("author", "author", Node { span: node.span, value: Value::List(authors) });
    }
}

/// A date in any of the shapes in which CSL's files have it.
fn set_date(target: &'static str, name: &str, node: &Node, draft: &mut Draft) {
    let written = match &node.value {
        Value::Map(parts) => {
            if let Some(season) = field(parts, "season") {
                draft.leave(&format!("{name}.season"), season.span);
            }
            let circa =
                field(parts, "circa").is_some_and(|circa| !matches!(circa.value, Value::Bool(false) | Value::Null));
            let about = if circa { "~" } else { "" };
            match field(parts, "date-parts").map(|node| &node.value) {
                Some(Value::List(moments)) => {
                    let moments: Option<Vec<String>> = moments.iter().map(moment).collect();
                    moments.map(|moments| format!("{}{about}", moments.join("/")))
                }
                _ => field(parts, "raw").or_else(|| field(parts, "literal")).and_then(Node::as_text).map(str::to_owned),
            }
        }
        Value::List(moments) => {
            let moments: Option<Vec<String>> = moments.iter().map(moment).collect();
            moments.map(|moments| moments.join("/"))
        }
        _ => node.as_text().map(str::to_owned),
    };
    match written {
        Some(written) => draft.set(target, name, node.span, &written),
        None => draft.leave(name, node.span),
    }
}

/// `[2024, 2, 16]`, or `{year: 2024, month: 2, day: 16}`.
fn moment(node: &Node) -> Option<String> {
    let parts: Vec<&Node> = match &node.value {
        Value::List(parts) => parts.iter().collect(),
        Value::Map(parts) => ["year", "month", "day"].into_iter().map_while(|name| field(parts, name)).collect(),
        _ => return None,
    };
    let numbers: Option<Vec<i32>> = parts.iter().map(|part| part.as_text()?.trim().parse().ok()).collect();
    match numbers?.as_slice() {
        [year] => Some(format!("{year:04}")),
        [year, month] => Some(format!("{year:04}-{month:02}")),
        [year, month, day] => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}
