//! What a diagnostic's help proposes to write, where that is one thing: for editors, who put it there at a word.
//!
//! Help is written for people, and always in the same form: ``did you mean `name`?`` names what stands in the place of the wrong name that the message holds;
//! ``write `text` `` or `write “text”` of some codes, what stands in the place of all that is marked.

use super::{Code, Diagnostic};
use crate::span::{Files, Span};

/// Codes whose help says what takes the place of all that is marked.
const WHOLE: &[Code] = &[Code::SB204, Code::SB317, Code::SB318, Code::SB432, Code::SB433];

/// Signs around a name in help that its place in the text has already.
const SIGNS: &[(&str, &str)] = &[("[!", "]"), ("[^", "]"), ("{", "}"), ("@", "")];

/// A text for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Where.
    pub span: Span,
    /// What is written there.
    pub text: String,
}

impl Diagnostic {
    /// What the help proposes to write, and where.
    pub fn suggestion(&self, files: &Files) -> Option<Suggestion> {
        let (span, help) = (self.span?, self.help.as_deref()?);
        let marked = files.slice(span);
        if let Some(near) = help.strip_prefix("did you mean `").and_then(|rest| rest.split('`').next()) {
            return self.near(near, span, marked);
        }
        let text = quoted(help.strip_prefix("write ")?)?;
        // A number whose own place is not known is marked with all that is around it.
        let is_its_place = !matches!(self.code, Code::SB317 | Code::SB318) || self.message.starts_with(marked);
        (WHOLE.contains(&self.code) && is_its_place && !marked.is_empty())
            .then(|| Suggestion { span, text: text.to_owned() })
    }

    /// A name in the place of the wrong one, which the message holds between grave accents.
    fn near(&self, near: &str, span: Span, marked: &str) -> Option<Suggestion> {
        let bare = SIGNS.iter().find_map(|(open, close)| near.strip_prefix(open)?.strip_suffix(close)).unwrap_or(near);
        let wrong = self.message.split('`').skip(1).step_by(2);
        let places = wrong.filter_map(|wrong| {
            // `term:` before a name says which of two equal words is the name.
            let (scheme, bare) = match bare.split_once(':') {
                Some((scheme, name)) if !wrong.contains(':') && !name.is_empty() => (format!("{scheme}:"), name),
                _ => (String::new(), bare),
            };
            let at = marked.rfind(&format!("{scheme}{wrong}"))? + scheme.len();
            Some((at, wrong.len(), bare))
        });
        let (at, length, text) = places.last()?;
        let start = span.start as usize + at;
        Some(Suggestion { span: Span::new(span.file, start, start + length), text: text.to_owned() })
    }
}

/// The text between the first marks of quotation.
fn quoted(text: &str) -> Option<&str> {
    let ends = [('`', '`'), ('“', '”')];
    let (_, close) = ends.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let mut chars = text.chars();
    chars.next();
    chars.as_str().split(close).next().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_says_what_to_write() {
        let cases = [
            (
                Code::SB201,
                "disputes:udhr-1984#q1",
                "there is no source `udhr-1984`",
                "did you mean `@udhr-1948`?",
                "disputes:udhr-1948#q1",
            ),
            (
                Code::SB301,
                "[=icj-judge:full]",
                "there is no figure `icj-judge`",
                "did you mean `icj-judges`?",
                "[=icj-judges:full]",
            ),
            (
                Code::SB430,
                "[nakbe](term:nakbe)",
                "there is no term `nakbe`",
                "did you mean `term:nakba`?",
                "[nakbe](term:nakba)",
            ),
            (Code::SB502, "[x](#latr)", "the page has no place `#latr`", "did you mean `#later`?", "[x](#later)"),
            (Code::SB501, "[a](a.md)", "there is no page `a.md`", "did you mean `../a.md`?", "[a](../a.md)"),
            (
                Code::SB512,
                "[!positon]",
                "`positon` is no kind of callout",
                "did you mean `[!position]`?",
                "[!position]",
            ),
            (Code::SB509, "[^nots]", "the footnote `nots` is not defined", "did you mean `[^notes]`?", "[^notes]"),
            (Code::SB106, "reprt", "`type` cannot be `reprt`", "did you mean `report`?", "report"),
            (Code::SB105, "autor", "a source has no field `autor`", "did you mean `author`?", "author"),
            (Code::SB317, "1,195", "1,195 is the figure `a`: x", "write `[=a]`: so it has its date", "[=a]"),
            (Code::SB432, "Judea", "the site does not say “Judea”: y", "write “West Bank”", "West Bank"),
            (Code::SB317, "Some 1,195.", "1,195 is the figure `a`: x", "write `[=a]`: so", "-"),
            (Code::SB106, "x", "`date` is text, not a list", "write `date: words`", "-"),
            (Code::SB201, "x", "there is no source `x`", "add a record `x:` to a file in content/sources", "-"),
        ];
        for (code, marked, message, help, expected) in cases {
            let mut files = Files::default();
            let file = files.add("a.md", format!("» {marked} «"));
            let span = Span::new(file, 3, 3 + marked.len());
            let told = Diagnostic::new(code, span, message).help(help).suggestion(&files);
            let written = told.map_or("-".to_owned(), |Suggestion { span: Span { start, end, .. }, text }| {
                let whole = files.text(file);
                let after = whole.get(end as usize..).unwrap().trim_end_matches(" «");
                format!("{}{text}{after}", whole.get(3..start as usize).unwrap())
            });
            assert_eq!(written, expected, "{marked}");
        }
    }
}
