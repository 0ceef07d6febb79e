//! SB513, SB514, SB516: characters that nobody sees, in every text that people write: pages, records, series, `book.toml`.
//!
//! Files are looked at as they are written, so that no field has to be thought of. What is written by its number (`\u202E`, `&#x202E;`) is looked for, too.
//! Kept copies of sources say what others wrote, and lock files what the program did: they are let be.

use crate::book::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, SourceFile, Span};
use crate::unseen::{self, Harm, Unseen};
use crate::workspace::node::{Node, Value};
use crate::workspace::yaml::{self, Excerpt};
use crate::workspace::{BOOK, FIGURES, LINKS, TRANSLATIONS, front_matter, toml};
use rayon::prelude::*;

/// Every text of the site.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let copies = format!("{}/snapshots/", book.config.content_dir);
    let is_ours = |path: &str| {
        !path.starts_with(&copies) && !path.starts_with(&format!("{TRANSLATIONS}/")) && path != LINKS && path != FIGURES
    };
    let files: Vec<(FileId, &SourceFile)> = book.files.iter().filter(|(_, file)| is_ours(file.path())).collect();
    let found: Vec<Vec<Diagnostic>> = files.par_iter().map(|(id, file)| in_file(*id, file)).collect();
    diagnostics.extend(found.into_iter().flatten());
}

fn in_file(id: FileId, file: &SourceFile) -> Vec<Diagnostic> {
    let (path, text) = (file.path(), file.text());
    let is_page = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md");
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (decoded, places) = match is_page.then(|| decode(line)).flatten() {
            Some((decoded, places)) => (Some(decoded), places),
            None => (None, Vec::new()),
        };
        let shown = decoded.as_deref().unwrap_or(line);
        // The mark at the beginning of a file says in which form it is.
        let skip = if at == 0 && shown.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        for unseen in unseen::find(shown.get(skip..).unwrap_or("")) {
            let start = skip + unseen.at;
            let (start, end) = places.get(start).copied().unwrap_or((start, start + unseen.c.len_utf8()));
            found.push(problem(&unseen, Span::new(id, at + start, at + end)));
        }
        at += line.len();
    }
    if text.contains('\\') {
        by_number(id, path, text, &mut found);
    }
    found
}

/// Characters that a value has by their numbers: the value is told, once for each harm.
fn by_number(id: FileId, path: &str, text: &str, found: &mut Vec<Diagnostic>) {
    let read = |excerpt| yaml::read(excerpt, Code::SB106).ok();
    let root = match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("yaml" | "yml") => read(Excerpt { file: id, text, offset: 0 }),
        Some("md") => front_matter::split(id, text).ok().and_then(|split| read(split.head)),
        _ if path == BOOK => toml::read(id, text).ok(),
        _ => None,
    };
    if let Some(root) = root {
        within(&root, found);
    }
}

fn within(node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Text { text, verbatim: None } => in_value(text, node.span, found),
        Value::List(items) => items.iter().for_each(|item| within(item, found)),
        Value::Map(entries) => {
            for (key, value) in entries {
                in_value(&key.text, key.span, found);
                within(value, found);
            }
        }
        _ => {}
    }
}

fn in_value(text: &str, span: Span, found: &mut Vec<Diagnostic>) {
    let within = |told: Span| told.file == span.file && span.start <= told.start && told.end <= span.end;
    for unseen in text.lines().flat_map(unseen::find) {
        let problem = problem(&unseen, span);
        // What stands there as it is has been told where it stands; what stands there by number is told once.
        if !found.iter().any(|told| told.code == problem.code && told.span.is_some_and(within)) {
            found.push(problem);
        }
    }
}

fn problem(unseen: &Unseen, span: Span) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(unseen.c));
    let (code, message, help) = match unseen.harm {
        Harm::Turns if matches!(unseen.c, '\u{2066}'..='\u{2069}') => (
            Code::SB513,
            format!("the isolate {number} is not closed, or was not opened, on this line"),
            "take it out: names, numbers and foreign words are isolated by themselves",
        ),
        Harm::Turns => (
            Code::SB513,
            format!("{number} turns the direction of what follows, so that it reads otherwise than it is written"),
            "take it out: names, numbers and foreign words are isolated by themselves; what still stands wrong is put between U+2068 and U+2069",
        ),
        Harm::Hides if matches!(unseen.c, '\u{200e}' | '\u{200f}' | '\u{61c}') => (
            Code::SB514,
            format!("the mark of direction {number} stands where all runs one way"),
            "take it out; where two directions meet, the site isolates names and numbers by itself",
        ),
        Harm::Hides => (
            Code::SB514,
            format!("nobody sees {number}, and no search finds a word with it"),
            "take it out; joiners and selectors stand only behind letters and signs that need them",
        ),
        Harm::Breaks => (
            Code::SB516,
            format!("{number} is no character of a text, and other programs stop at it"),
            "take it out; it often comes with what was copied from a PDF or a terminal",
        ),
    };
    Diagnostic::new(code, span, message).help(help)
}

/// Names by which Markdown knows such characters.
const NAMED: &[(&str, char)] = &[
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("shy", '\u{ad}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("NegativeThinSpace", '\u{200b}'),
    ("NegativeMediumSpace", '\u{200b}'),
    ("NegativeThickSpace", '\u{200b}'),
    ("NegativeVeryThinSpace", '\u{200b}'),
    ("NoBreak", '\u{2060}'),
    ("ApplyFunction", '\u{2061}'),
    ("af", '\u{2061}'),
    ("InvisibleTimes", '\u{2062}'),
    ("it", '\u{2062}'),
    ("InvisibleComma", '\u{2063}'),
    ("ic", '\u{2063}'),
];

/// A line of Markdown with such characters in place of their names and numbers, and for each byte of it where it comes from; nothing where there are none.
fn decode(line: &str) -> Option<(String, Vec<(usize, usize)>)> {
    line.contains('&').then_some(())?;
    let (mut out, mut places, mut at, mut is_changed) = (String::new(), Vec::new(), 0, false);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let entity = entity(rest).filter(|(c, _)| unseen::is_suspect(*c));
        is_changed |= entity.is_some();
        let (c, length) = entity.or_else(|| rest.chars().next().map(|c| (c, c.len_utf8())))?;
        out.push(c);
        places.resize(out.len(), (at, at + length));
        at += length;
    }
    is_changed.then_some((out, places))
}

/// The character that an entity at the beginning of a text means, and how long the entity is.
fn entity(text: &str) -> Option<(char, usize)> {
    let (name, _) = text.strip_prefix('&')?.split_once(';').filter(|(name, _)| name.len() < 32)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, name.len() + 2))
}
