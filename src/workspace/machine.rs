//! Files that the program writes itself and reads back strictly: whatever is not as the program writes it was damaged on the way.
//!
//! What such a file holds is the business of the rooms that keep one; here stands what they share. Uses `diagnostic`, `span` and its sister modules.

use super::fields::Fields;
use super::node::Node;
use super::yaml::{self, Excerpt};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use std::fmt::Write;

const CONFLICT: &str = "<<<<<<<";

/// What a file of the program's own is called, and the form of it that this program reads and writes.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The code of whatever is wrong in it.
    pub code: Code,
    /// Its name in a sentence: `file`, `record`.
    pub noun: &'static str,
    /// The number in its first field, `version`.
    pub version: i64,
}

impl Form {
    /// Reads the file, or tells what is damaged: it is mended or removed by a person, and never overwritten.
    pub fn read<T>(
        self,
        file: FileId,
        text: &str,
        read: impl FnOnce(&Node, Span, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Result<T, Vec<Diagnostic>> {
        if let Some(at) = conflict(text) {
            let message = format!("a merge has left two versions of the {} here", self.noun);
            return Err(vec![Diagnostic::new(self.code, Span::new(file, at, at + CONFLICT.len()), message)]);
        }
        let node = yaml::read(Excerpt { file, text, offset: 0 }, self.code).map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        let read = read(&node, Span::start_of(file), &mut problems);
        read.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// Reads the field `version`; `None` where another program wrote the file.
    pub fn version(self, fields: &mut Fields<'_, '_>) -> Option<()> {
        let version = fields.integer("version");
        let version = fields.required("version", version, "1")?;
        if version == self.version {
            return Some(());
        }
        let place = fields.key_span("version").unwrap_or(fields.place());
        let message =
            format!("a newer Sourcebook wrote this: version {version}, and version {} is known", self.version);
        fields.report(Diagnostic::new(self.code, place, message));
        None
    }
}

/// Where a merge gave up: the most frequent damage by far, and YAML would complain of something else.
fn conflict(text: &str) -> Option<usize> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        line.starts_with(CONFLICT).then_some(start)
    })
}

/// A text in quotation marks, for files that people compare and do not edit. What is not seen is written by its number.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
            out.push(c);
        } else if is_seen(c) {
            out.push(c);
        } else {
            // Eight digits hold every character. Writing into a text cannot fail.
            let _ = write!(out, "\\U{:08X}", u32::from(c));
        }
    }
    out.push('"');
    out
}

/// Letters, signs and the blank; neither controls nor marks of direction nor what YAML may not hold.
fn is_seen(c: char) -> bool {
    !c.is_control()
        && (c == ' ' || !c.is_whitespace())
        && !matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{f0000}'..)
}
