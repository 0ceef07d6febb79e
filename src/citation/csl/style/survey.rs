//! A style's XML, looked over before the engine sees it: whether it is well formed, where its parts stand, and whether it comes to an end.
//!
//! The engine follows a macro into the macros that it calls, without asking whether it was there before; and it reads as deep as elements
//! are nested. Either would use up the stack, which nothing catches.

use crate::citation::read::FORMS;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::span::{FileId, Span, letter_at};
use hayagriva::citationberg::taxonomy::{Kind, Term, Variable};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Elements may be nested so deep; styles in use reach 20.
const DEPTH: usize = 64;
/// So many elements may be written out when every macro is put in its place; the longest styles in use stay below a tenth.
const SIZE: usize = 200_000;

/// Variables that styles ask for most, to be guessed from a misspelt one.
const VARIABLES: &[&str] = &[
    "accessed",
    "author",
    "authority",
    "citation-label",
    "citation-number",
    "collection-title",
    "container-title",
    "DOI",
    "edition",
    "editor",
    "genre",
    "ISBN",
    "issue",
    "issued",
    "locator",
    "number",
    "page",
    "publisher",
    "publisher-place",
    "title",
    "URL",
    "version",
    "volume",
    "year-suffix",
];

/// What was found in a style.
#[derive(Debug, Default)]
pub(super) struct Survey {
    macros: BTreeMap<String, Macro>,
    /// The calls of citation and bibliography.
    calls: Vec<Call>,
    root: Option<(String, Span)>,
    /// The style that this one stands for.
    pub(super) parent: Option<(String, Span)>,
}

#[derive(Debug, Default)]
struct Macro {
    elements: usize,
    calls: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    name: String,
    span: Span,
}

/// Looks a style over.
pub(super) fn survey(file: FileId, text: &str) -> Result<Survey, Box<Diagnostic>> {
    // The reader passes over a mark at the beginning without counting it, so it is given none: not even a second one.
    let body = text.trim_start_matches('\u{feff}');
    let mark = text.len() - body.len();
    let mut reader = Reader::from_str(body);
    let mut found = Survey::default();
    let mut open: Vec<(String, Span)> = Vec::new();
    let mut within: Option<String> = None;
    let mut start = mark;
    loop {
        let event = reader.read_event();
        let end = mark + position(reader.buffer_position());
        match event {
            Err(error) => {
                let at = letter_at(text, mark + position(reader.error_position()));
                return Err(Box::new(broken(Span::new(file, at, at), &error.to_string())));
            }
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => {
                let element = Element::new(tag, Span::new(file, start, end), text);
                if open.len() >= DEPTH {
                    return Err(Box::new(
                        unusable(element.span, format!("elements are nested more than {DEPTH} deep"))
                            .help("take the innermost groups apart into macros"),
                    ));
                }
                element.check()?;
                if element.name == "macro" {
                    within = element.attribute("name").map(|(name, _)| name);
                }
                found.note(&element, within.as_deref());
                open.push((element.name, element.span));
            }
            Ok(Event::Empty(tag)) => {
                let element = Element::new(tag, Span::new(file, start, end), text);
                element.check()?;
                found.note(&element, within.as_deref());
            }
            Ok(Event::End(_)) => {
                if open.pop().is_some_and(|(name, _)| name == "macro") {
                    within = None;
                }
            }
            Ok(_) => {}
        }
        start = end;
    }
    if let Some((name, span)) = open.last() {
        return Err(Box::new(broken(*span, &format!("`<{name}>` is never closed"))));
    }
    match &found.root {
        Some((name, _)) if name == "style" => Ok(found),
        Some((name, span)) => Err(Box::new(no_style(*span, &format!("it begins with `<{name}>`")))),
        None => Err(Box::new(no_style(Span::start_of(file), "there is no element in it"))),
    }
}

impl Survey {
    fn note(&mut self, element: &Element<'_>, within: Option<&str>) {
        let name = element.name.as_str();
        self.root.get_or_insert_with(|| (name.to_owned(), element.span));
        if name == "link" && element.attribute("rel").is_some_and(|(rel, _)| rel == "independent-parent") {
            self.parent = element.attribute("href");
        }
        let call = element
            .attribute("macro")
            .filter(|_| matches!(name, "text" | "key"))
            .map(|(name, span)| Call { name, span });
        match within {
            Some(own) => {
                let own = self.macros.entry(own.to_owned()).or_default();
                own.elements += 1;
                own.calls.extend(call);
            }
            None => self.calls.extend(call),
        }
    }

    /// Whether every macro that is called exists, none calls itself, and the whole is of a size that can be formatted.
    pub(super) fn check(&self) -> Result<(), Box<Diagnostic>> {
        let mut sizes = BTreeMap::new();
        for call in &self.calls {
            self.size(call, &mut Vec::new(), &mut sizes)?;
        }
        Ok(())
    }

    /// The elements that a call stands for.
    fn size<'a>(
        &'a self,
        call: &'a Call,
        path: &mut Vec<&'a str>,
        sizes: &mut BTreeMap<&'a str, usize>,
    ) -> Result<usize, Box<Diagnostic>> {
        if let Some(size) = sizes.get(call.name.as_str()) {
            return Ok(*size);
        }
        let Some(own) = self.macros.get(&call.name) else {
            let near = did_you_mean(&call.name, self.macros.keys().map(String::as_str));
            let help = near.map_or_else(
                || format!("write `<macro name=\"{}\">`, or take the call out", call.name),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Box::new(unusable(call.span, format!("there is no macro `{}`", call.name)).help(help)));
        };
        if path.contains(&call.name.as_str()) || path.len() >= DEPTH {
            return Err(Box::new(
                unusable(call.span, format!("the macro `{}` calls itself", call.name))
                    .help("take this call out: it would go on for ever"),
            ));
        }
        path.push(&call.name);
        let mut size = own.elements;
        for inner in &own.calls {
            size = size.saturating_add(self.size(inner, path, sizes)?);
        }
        path.pop();
        if size > SIZE {
            let problem = format!("the macro `{}` stands for more than {SIZE} elements", call.name);
            return Err(Box::new(unusable(call.span, problem).help("call each macro from fewer places")));
        }
        sizes.insert(&call.name, size);
        Ok(size)
    }
}

/// An element with its place.
struct Element<'a> {
    name: String,
    tag: BytesStart<'a>,
    span: Span,
    text: &'a str,
}

impl<'a> Element<'a> {
    fn new(tag: BytesStart<'a>, span: Span, text: &'a str) -> Self {
        let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        Self { name, tag, span, text: text.get(span.range()).unwrap_or_default() }
    }
}

impl Element<'_> {
    /// Whether the words in it are CSL's. The engine's reader says of a wrong one only that nothing fits.
    fn check(&self) -> Result<(), Box<Diagnostic>> {
        let known = |attribute: &str, word: &str| match attribute {
            "variable" => Variable::deserialize(word.into_deserializer()).map_err(|_: ValueError| ()).is_ok(),
            "term" => Term::deserialize(word.into_deserializer()).map_err(|_: ValueError| ()).is_ok(),
            _ => Kind::from_str(word).is_ok(),
        };
        for (attribute, near) in [("variable", VARIABLES), ("term", &[][..]), ("type", FORMS)] {
            let Some((words, span)) = self.attribute(attribute) else { continue };
            // A term may hold a space: "no date".
            let each: Vec<&str> = if attribute == "term" { vec![&words] } else { words.split_whitespace().collect() };
            let Some(wrong) = each.into_iter().find(|word| !known(attribute, word)) else { continue };
            let help = did_you_mean(wrong, near.iter().copied()).map_or_else(
                || format!("the words for `{attribute}` are listed in the specification of CSL 1.0.2"),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Box::new(unusable(span, format!("there is no {attribute} `{wrong}`")).help(help)));
        }
        Ok(())
    }

    /// The value of an attribute and where it stands.
    fn attribute(&self, name: &str) -> Option<(String, Span)> {
        let attribute = self.tag.try_get_attribute(name).ok()??;
        let value = attribute.unescape_value().ok()?.into_owned();
        let span = match self.text.find(&format!("=\"{value}\"")) {
            Some(at) => {
                let start = self.span.start as usize + at + 2;
                Span::new(self.span.file, start, start + value.len())
            }
            None => self.span,
        };
        Some((value, span))
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or_default()
}

pub(super) fn unusable(span: Span, problem: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(Code::SB240, span, format!("the citation style cannot be used: {problem}"))
}

fn broken(span: Span, problem: &str) -> Diagnostic {
    unusable(span, format!("it is no well-formed XML: {problem}"))
        .help("compare the file with the one it was made from")
}

fn no_style(span: Span, why: &str) -> Diagnostic {
    unusable(span, format!("it is no CSL style, for {why}")).help("name a file whose first element is `<style>`")
}
