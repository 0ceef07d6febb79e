//! A PO file → what a translator did. All that cannot be read is reported, and the rest is read.

use super::Returned;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};

const HELP: &str = "export the file anew, or open it in the program that wrote it and save it again";

/// Reads a file: the language that its header names, and its entries. Obsolete ones are left aside.
pub fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> (Option<String>, Vec<Returned>) {
    let mut reader = Reader {
        file,
        language: None,
        found: Vec::new(),
        entry: Entry::default(),
        field: Field::None,
        problems: diagnostics,
    };
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let lead = line.len() - line.trim_start().len();
        // A byte order mark is no part of the first line.
        let bare = line.trim_start().trim_start_matches('\u{feff}');
        let start = at + lead + (line.trim_start().len() - bare.len());
        reader.line(bare.trim_end(), start);
        at += whole.len();
    }
    reader.close();
    (reader.language, reader.found)
}

#[derive(Default)]
struct Entry {
    context: Option<String>,
    source: Option<String>,
    text: Option<String>,
    place: Option<Span>,
    is_fuzzy: bool,
    is_plural: bool,
    is_broken: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Context,
    Source,
    Text,
    /// A field that is read over.
    Other,
}

struct Reader<'d> {
    file: FileId,
    language: Option<String>,
    found: Vec<Returned>,
    entry: Entry,
    field: Field,
    problems: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, start: usize) {
        if line.is_empty() {
            self.close();
        } else if let Some(comment) = line.strip_prefix('#') {
            // A comment begins the next entry, whether a blank line stands before it or not.
            if self.entry.text.is_some() {
                self.close();
            }
            if let Some(flags) = comment.strip_prefix(',') {
                self.entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            }
            self.field = Field::None;
        } else if line.starts_with('"') {
            self.more(line, start);
        } else {
            self.keyword(line, start);
        }
    }

    fn keyword(&mut self, line: &str, start: usize) {
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let value = rest.trim_start();
        let at = start + line.len() - value.len();
        let field = match word {
            "msgctxt" => Field::Context,
            "msgid" => Field::Source,
            "msgstr" => Field::Text,
            "msgid_plural" => Field::Other,
            word if word.starts_with("msgstr[") => Field::Other,
            _ => {
                self.wrong(start, line.len(), format!("`{word}` is no word of a PO file"));
                return;
            }
        };
        let begins = (field == Field::Context && self.entry.source.is_some())
            || (matches!(field, Field::Context | Field::Source) && self.entry.text.is_some());
        if begins {
            self.close();
        }
        self.entry.is_plural |= field == Field::Other;
        self.field = field;
        if field == Field::Text {
            self.entry.place = Some(Span::new(self.file, at, at + value.len()));
        }
        let text = self.string(value, at);
        match field {
            Field::Context => self.entry.context = Some(text),
            Field::Source => self.entry.source = Some(text),
            Field::Text => self.entry.text = Some(text),
            Field::Other | Field::None => {}
        }
    }

    fn more(&mut self, line: &str, start: usize) {
        let text = self.string(line, start);
        let into = match self.field {
            Field::Context => self.entry.context.as_mut(),
            Field::Source => self.entry.source.as_mut(),
            Field::Text => self.entry.text.as_mut(),
            Field::Other => return,
            Field::None => None,
        };
        match into {
            Some(into) => into.push_str(&text),
            None => self.wrong(start, line.len(), "a text stands here that belongs to no entry".to_owned()),
        }
        if self.field == Field::Text {
            let here = Span::new(self.file, start, start + line.len());
            self.entry.place = self.entry.place.map(|place| place.to(here));
        }
    }

    /// What stands between the quotation marks.
    fn string(&mut self, quoted: &str, start: usize) -> String {
        let Some(inner) = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
            self.wrong(start, quoted.len(), "a text stands here without quotation marks around it".to_owned());
            return String::new();
        };
        let mut out = String::with_capacity(inner.len());
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            if c != '\\' {
                if c == '"' {
                    self.wrong(start, quoted.len(), "a quotation mark within a text has no `\\` before it".to_owned());
                    return out;
                }
                out.push(c);
                continue;
            }
            match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                // gettext writes these of what no keyboard has.
                Some('a') => out.push('\u{7}'),
                Some('b') => out.push('\u{8}'),
                Some('v') => out.push('\u{b}'),
                Some('f') => out.push('\u{c}'),
                Some(c @ ('"' | '\\')) => out.push(c),
                _ => {
                    self.wrong(start, quoted.len(), "after `\\` stands `n`, `t`, `r`, `\"` or `\\`".to_owned());
                    return out;
                }
            }
        }
        out
    }

    fn wrong(&mut self, start: usize, length: usize, message: String) {
        self.entry.is_broken = true;
        let place = Span::new(self.file, start, start + length);
        self.problems.push(Diagnostic::new(Code::SB425, place, message).help(HELP));
    }

    /// Ends an entry. What is no entry of ours, the header and what has no context, is left aside.
    fn close(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        self.field = Field::None;
        if entry.is_broken || entry.is_plural {
            return;
        }
        if let (None, Some(""), Some(header)) = (&entry.context, entry.source.as_deref(), &entry.text) {
            self.header(header, entry.place);
            return;
        }
        if let Entry {
            context: Some(context),
            source: Some(source),
            text: Some(text),
            place: Some(span),
            is_fuzzy,
            ..
        } = entry
        {
            self.found.push(Returned { context, source, text, is_fuzzy, span });
        }
    }

    fn header(&mut self, header: &str, place: Option<Span>) {
        let value = |wanted: &str| {
            let fields = header.lines().filter_map(|line| line.split_once(':'));
            fields.filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim()).next()
        };
        self.language = value("Language").filter(|language| !language.is_empty()).map(str::to_owned);
        let charset =
            value("Content-Type").and_then(|value| value.split_once("charset=")).map(|(_, charset)| charset.trim());
        let foreign = charset.filter(|charset| !["utf-8", "utf8"].contains(&charset.to_lowercase().as_str()));
        if let (Some(charset), Some(place)) = (foreign, place) {
            let message = format!("the file says that it is written in `{charset}`, and only UTF-8 is read");
            let problem = Diagnostic::new(Code::SB425, place, message);
            self.problems.push(problem.help("convert it: `msgconv --to-code=UTF-8`"));
        }
    }
}
