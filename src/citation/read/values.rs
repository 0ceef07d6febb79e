//! What a single field of a record may hold: dates, addresses, numbers of books, hashes, paths.

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::locator::Locator;
use crate::web::{self, Fault};
use crate::workspace::Placed;
use crate::workspace::fields::Fields;

/// A locator field, written as in text.
pub fn locator(fields: &mut Fields<'_, '_>) -> Option<Locator> {
    let text = fields.text("locator")?;
    if let Some((_, fault)) = Locator::fault(&text.value) {
        fields.report(Diagnostic::new(Code::SB214, text.span, fault.to_string()).help(fault.help()));
        return None;
    }
    let found = Locator::parse(&text.value);
    if found.is_none() {
        fields.wrong(
            text.span,
            format!("`locator`: `{}` names no place", text.value),
            "written as in text: `p. 3`, `para. 54`, `Art. 2`",
        );
    }
    found
}

/// A text.
pub(super) fn text(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<String> {
    fields.text(name).map(|text| text.value)
}

/// A date field.
pub fn date(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Date> {
    fields
        .parsed(
            name,
            |text| Date::parse(text).map_err(|error| error.to_string()),
            "`2024-02-16`, `2024-02`, `2024`, `2023-10/2024-02` or `~1948`",
        )
        .map(|date| date.value)
}

/// A web address.
pub(super) fn url(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Placed<String>> {
    let text = fields.text(name)?;
    let Some(Fault { code, message, help }) = web_fault(&text.value) else { return Some(text) };
    fields.report(Diagnostic::new(code, text.span, message).help(help));
    None
}

/// Whether a text is an address that may be linked.
pub(crate) fn is_web_address(text: &str) -> bool {
    web_fault(text).is_none()
}

/// What is wrong with the address of a record: it stands in files of other programs, too, and what would end it there is refused.
fn web_fault(text: &str) -> Option<Fault> {
    let is_plain = text.starts_with("http") && !text.contains(['"', '<', '>', '`']);
    if is_plain {
        return web::fault(text);
    }
    web::fault("").map(|fault| Fault { message: format!("`{text}` is no web address"), ..fault })
}

/// Reads a DOI.
pub(super) fn parse_doi(text: &str) -> Result<String, String> {
    let valid = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')).is_some_and(|(prefix, suffix)| {
        !prefix.is_empty()
            && !suffix.is_empty()
            && !suffix.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
    });
    if valid { Ok(text.to_owned()) } else { Err(format!("`{text}` is no DOI")) }
}

/// Reads an ISBN of ten or thirteen digits; its last digit must fit the others.
pub(crate) fn parse_isbn(text: &str) -> Result<String, String> {
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| if matches!(c, 'x' | 'X') { Some(10) } else { c.to_digit(10) })
        .collect::<Option<_>>()
        .ok_or_else(|| format!("`{text}` is no ISBN"))?;
    let sum = |weight: &dyn Fn(u32) -> u32| digits.iter().zip(0..).map(|(digit, at)| digit * weight(at)).sum::<u32>();
    let is_digit = |digit: &u32| *digit < 10;
    let fits = match digits.as_slice() {
        [start @ .., _] if start.len() == 9 && start.iter().all(is_digit) => sum(&|at| 10 - at) % 11 == 0,
        all if all.len() == 13 && all.iter().all(is_digit) => sum(&|at| if at % 2 == 0 { 1 } else { 3 }) % 10 == 0,
        _ => return Err(format!("`{text}` is no ISBN")),
    };
    if fits { Ok(text.to_owned()) } else { Err(format!("the last digit of `{text}` does not fit the others")) }
}

/// One of a few words, also where YAML reads a number.
pub(super) fn word(fields: &mut Fields<'_, '_>, name: &'static str, words: &[&'static str]) -> Option<&'static str> {
    let choices: Vec<(&'static str, &'static str)> = words.iter().map(|word| (*word, *word)).collect();
    fields.choice(name, &choices).map(|choice| choice.value)
}

/// A SHA-256 in hexadecimal digits.
pub(super) fn hash(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Placed<String>> {
    fields.parsed(
        name,
        |text| {
            let valid = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
            if valid { Ok(text.to_ascii_lowercase()) } else { Err(format!("`{text}` is no SHA-256")) }
        },
        "64 hexadecimal digits, as `sha256sum` prints them",
    )
}

/// A file below the content folder.
pub(super) fn path(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Placed<String>> {
    fields.parsed(
        name,
        |text| {
            let inside = text.split('/').all(|part| !matches!(part, "" | "." | ".."))
                && !text.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'));
            if inside { Ok(text.to_owned()) } else { Err(format!("`{text}` does not stay below the content folder")) }
        },
        "a path such as `snapshots/udhr-1948.txt`",
    )
}
