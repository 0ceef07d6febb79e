//! What came of it: every file read by a parser that knows its format, and what it is made of.
//!
//! A site with payloads may be made of nothing that the same site with plain words is not made of: no other element, attribute, scheme, host, key of
//! data, header or column; and of what runs or frames no more.

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use scraper::{Html, Node};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// What a file is made of.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Made {
    /// Elements, attributes, hosts and so on.
    pub of: BTreeSet<String>,
    /// How many there are of what runs or frames.
    pub counts: BTreeMap<String, usize>,
    /// What is wrong whatever the other site has.
    pub faults: Vec<String>,
}

/// Elements of which there must not be one more.
const COUNTED: &[&str] = &[
    "html", "head", "body", "title", "base", "link", "meta", "style", "script", "noscript", "template", "iframe",
    "object", "embed", "form", "input", "button", "textarea", "select", "svg", "math", "audio", "video", "source",
    "track", "canvas", "dialog", "header", "footer", "nav", "main", "h1",
];

/// What no payload may take away, either.
const MUST_STAY: &[&str] = &["html", "head", "body", "header", "footer", "nav", "main", "entries", "TY", "ER", "lines"];

/// Attributes that are addresses.
const ADDRESSES: &[&str] =
    &["href", "src", "action", "formaction", "poster", "data", "cite", "ping", "background", "xlink:href", "manifest"];

/// Attributes of words, which may say anything.
const WORDS: &[&str] = &["alt", "title", "aria-label", "content", "value", "placeholder", "data-search"];

impl Made {
    /// Reads a file by its name.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        let mut made = Self::default();
        let name = path.rsplit('/').next().unwrap_or(path);
        let Ok(text) = std::str::from_utf8(bytes) else { return made };
        match name.rsplit_once('.').map_or(name, |(_, extension)| extension) {
            "html" => made.html(text),
            "xml" | "svg" | "xhtml" | "opf" | "ncx" => made.xml(text),
            "json" | "webmanifest" => made.json(text),
            "js" => made.script(text),
            "csv" => made.csv(text),
            "bib" => made.biblatex(text),
            "ris" => made.ris(text),
            "css" => made.css(text),
            "_headers" | "_redirects" | "txt" | "SHA256SUMS" => made.lines(text),
            "md" | "po" | "toml" | "yaml" => made.controls(text),
            _ => {}
        }
        made
    }

    fn note(&mut self, what: String) {
        if what.to_lowercase().contains("hostile") {
            self.faults.push(what);
        } else {
            self.of.insert(what);
        }
    }

    fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(what.into());
    }

    fn html(&mut self, text: &str) {
        let tree = Html::parse_document(text);
        for node in tree.tree.nodes() {
            match node.value() {
                Node::Element(element) => {
                    let name = element.name();
                    if COUNTED.contains(&name) {
                        *self.counts.entry(name.to_owned()).or_default() += 1;
                    }
                    self.note(format!("<{name}>"));
                    for (attribute, value) in element.attrs() {
                        self.attribute(name, attribute, value);
                    }
                    let attribute = |name: &str| element.attrs().find(|(own, _)| *own == name).map(|(_, value)| value);
                    match name {
                        "script" if attribute("src").is_none() => {
                            let data: String = node
                                .children()
                                .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
                                .collect();
                            if attribute("type") == Some("application/ld+json") {
                                self.json(&data);
                            } else {
                                self.note(format!("script: {data}"));
                            }
                        }
                        "style" => {
                            let rules: String = node
                                .children()
                                .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
                                .collect();
                            self.css(&rules);
                        }
                        "meta" if attribute("http-equiv").is_some() => {
                            let value = attribute("content").unwrap_or_default().split(';').next().unwrap_or_default();
                            self.note(format!("http-equiv {}: {value}", attribute("http-equiv").unwrap_or_default()));
                        }
                        _ => {}
                    }
                }
                Node::Comment(comment) => self.note(format!("<!--{}-->", &**comment)),
                Node::ProcessingInstruction(_) => self.fault("a processing instruction"),
                Node::Text(text) => self.controls(text),
                _ => {}
            }
        }
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str) {
        self.note(format!("<{element} {name}>"));
        if name.starts_with("on") {
            self.fault(format!("a handler: {name}={value:?}"));
        }
        if ADDRESSES.contains(&name) {
            self.address(value);
        } else if name == "srcset" {
            value.split(',').for_each(|one| self.address(one.split_whitespace().next().unwrap_or_default()));
        } else if name == "style" {
            self.note(format!("style: {value}"));
        } else if !WORDS.contains(&name)
            && !name.starts_with("data-")
            && (name == "rel" || name == "type" || name == "role" || name == "target")
        {
            self.note(format!("{name}={value}"));
        }
        self.controls(value);
    }

    /// Where an address leads, as a browser reads it.
    fn address(&mut self, address: &str) {
        let base = url::Url::parse("https://site.example/a/b/c/").unwrap();
        match base.join(address) {
            Ok(url) => {
                self.note(format!("leads to {}://{}", url.scheme(), url.host_str().unwrap_or_default()));
                if !url.username().is_empty() || url.password().is_some() {
                    self.fault(format!("names a user: {address}"));
                }
            }
            Err(error) => self.fault(format!("no browser reads {address:?}: {error}")),
        }
    }

    fn css(&mut self, rules: &str) {
        for (at, _) in rules.match_indices("url(").chain(rules.match_indices("@import")) {
            let rest: String = rules[at..].chars().take_while(|c| *c != ')' && *c != ';').take(40).collect();
            self.note(format!("style sheet: {rest}"));
        }
    }

    fn xml(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_comments = true;
        config.check_end_names = true;
        let mut open: Vec<String> = Vec::new();
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => return self.fault(format!("no XML: {error}")),
            };
            match event {
                Event::Start(tag) => {
                    self.element(&tag);
                    open.push(String::from_utf8_lossy(tag.name().as_ref()).into_owned());
                }
                Event::Empty(tag) => self.element(&tag),
                Event::End(_) => drop(open.pop()),
                Event::Text(words) => match words.decode() {
                    Ok(words) => self.xml_text(&words),
                    Err(error) => self.fault(error.to_string()),
                },
                Event::GeneralRef(name) => {
                    let is_known = name.resolve_char_ref().is_ok_and(|c| c.is_some())
                        || name.decode().is_ok_and(|name| resolve_xml_entity(&name).is_some());
                    if !is_known {
                        self.fault(format!("an entity: {name:?}"));
                    }
                }
                Event::CData(data) => self.note(format!("CDATA in {open:?}: {data:?}")),
                Event::Comment(comment) => self.note(format!("a comment: {comment:?}")),
                Event::PI(instruction) => self.note(format!("a processing instruction: {instruction:?}")),
                Event::DocType(kind) => self.note(format!("a document type: {kind:?}")),
                Event::Decl(_) => self.note("a declaration".to_owned()),
                Event::Eof => break,
            }
        }
        if !open.is_empty() {
            self.fault(format!("not closed: {open:?}"));
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>) {
        let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
        self.note(format!("<{name}>"));
        if [
            "html", "head", "body", "title", "link", "meta", "script", "style", "svg", "math", "entry", "url", "loc",
            "h1",
        ]
        .contains(&name.as_str())
        {
            *self.counts.entry(name.clone()).or_default() += 1;
        }
        for attribute in tag.attributes() {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => return self.fault(format!("no attribute of XML: {error}")),
            };
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            match unescape_with(&raw, resolve_xml_entity) {
                Ok(value) => {
                    self.attribute(&name, &key, &value);
                    self.xml_text(&value);
                }
                Err(error) => self.fault(format!("{key}={raw:?}: {error}")),
            }
            if raw.contains('<') {
                self.fault(format!("`<` in an attribute: {raw:?}"));
            }
        }
    }

    /// XML has not every character, and a reader of it stops where one is that it does not have.
    fn xml_text(&mut self, text: &str) {
        if let Some(c) = text
            .chars()
            .find(|c| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..))
        {
            self.fault(format!("U+{:04X} in XML", u32::from(c)));
        }
        self.controls(text);
    }

    /// Nothing has control characters, but for lines and tabs.
    fn controls(&mut self, text: &str) {
        if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            self.fault(format!("the control character U+{:04X}", u32::from(c)));
        }
        if let Some(c) = text.chars().find(|c| matches!(c, '\u{202a}'..='\u{202e}')) {
            self.fault(format!("U+{:04X} turns the direction", u32::from(c)));
        }
    }

    fn json(&mut self, text: &str) {
        match serde_json::from_str::<Json>(text) {
            Ok(value) => self.keys("", &value),
            Err(error) => self.fault(format!("no JSON: {error}")),
        }
    }

    fn keys(&mut self, way: &str, value: &Json) {
        match value {
            Json::Object(entries) => {
                for (key, value) in entries {
                    // Numbers tell records apart.
                    let key: String = key.chars().filter(|c| !c.is_ascii_digit()).collect();
                    let way = format!("{way}.{key}");
                    self.note(format!("key {way}"));
                    if key == "@type" {
                        self.note(format!("@type {value}"));
                    }
                    self.keys(&way, value);
                }
            }
            Json::Array(items) => items.iter().for_each(|item| self.keys(way, item)),
            _ => {}
        }
    }

    /// A script that hands data over is a call with JSON in it; the others are the program's own.
    fn script(&mut self, text: &str) {
        let Some(rest) = text.strip_prefix("sourcebookSearch.take(") else {
            return self.note(format!("script: {text}"));
        };
        let Some(arguments) = rest.strip_suffix(");\n") else { return self.fault("the call does not end") };
        self.json(&format!("[{arguments}]"));
        if let Some(c) = text.chars().find(|c| matches!(c, '\u{2028}' | '\u{2029}')) {
            self.fault(format!("U+{:04X} ends a line of a script", u32::from(c)));
        }
    }

    fn csv(&mut self, text: &str) {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for (at, row) in reader.records().enumerate() {
            let row = match row {
                Ok(row) => row,
                Err(error) => return self.fault(format!("no CSV: {error}")),
            };
            for cell in &row {
                if at == 0 {
                    self.note(format!("column {cell}"));
                }
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
                if runs && cell.replace(',', "").parse::<f64>().is_err() {
                    self.fault(format!("a spreadsheet runs {cell:?}"));
                }
                self.controls(cell);
            }
        }
    }

    fn biblatex(&mut self, text: &str) {
        match biblatex::Bibliography::parse(text) {
            Ok(entries) => {
                for entry in entries.iter() {
                    *self.counts.entry("entries".to_owned()).or_default() += 1;
                    entry.fields.keys().for_each(|field| self.note(format!("field {field}")));
                }
            }
            Err(error) => self.fault(format!("no BibLaTeX: {error}")),
        }
        self.controls(text);
    }

    fn ris(&mut self, text: &str) {
        for line in text.trim_start_matches('\u{feff}').lines().filter(|line| !line.is_empty()) {
            match line.split_once("  -") {
                Some((tag, _)) if tag.len() == 2 => {
                    self.note(format!("tag {tag}"));
                    if matches!(tag, "TY" | "ER" | "UR") {
                        *self.counts.entry(tag.to_owned()).or_default() += 1;
                    }
                }
                _ => self.fault(format!("no line of RIS: {line:?}")),
            }
        }
        self.controls(text);
    }

    /// Lines, each of which says something by how it begins.
    fn lines(&mut self, text: &str) {
        self.controls(text);
        for line in text.lines() {
            *self.counts.entry("lines".to_owned()).or_default() += 1;
            if let Some((word, _)) = line.trim_start().split_once(':').filter(|(word, _)| !word.contains([' ', '/'])) {
                self.note(format!("line {word}"));
            }
        }
    }
}

/// What a file is made of that the same file of the other site is not, nor any other of its kind.
pub fn strange(path: &str, made: &Made, twin: Option<&Made>, known: &BTreeSet<String>) -> Vec<String> {
    let mut found: Vec<String> = made.faults.iter().map(|fault| format!("{path}: {fault}")).collect();
    found.extend(made.of.iter().filter(|one| !known.contains(*one)).map(|one| format!("{path}: new: {one}")));
    match twin {
        None => found.push(format!("{path}: a file that there would not be")),
        Some(twin) => {
            for name in made.counts.keys().chain(twin.counts.keys()).collect::<BTreeSet<_>>() {
                let count = |made: &Made| made.counts.get(name).copied().unwrap_or_default();
                // A payload may take words of its page with it, as an open fence does, but nothing may come of it that was not there.
                let is_more = count(made) > count(twin);
                // With the headings of a page, its contents go.
                let may_go = usize::from(name == "nav");
                if is_more || (MUST_STAY.contains(&name.as_str()) && count(made) + may_go < count(twin)) {
                    found.push(format!("{path}: {} × {name} instead of {}", count(made), count(twin)));
                }
            }
        }
    }
    found
}
