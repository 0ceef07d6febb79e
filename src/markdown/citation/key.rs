//! Keys: where one begins, how far it goes (pandoc's rule), and what stands in it: `relation:source#quote`.

use super::Relation;
use crate::diagnostic::{Code, did_you_mean};
use crate::ids::{QuoteId, SourceId};
use crate::markdown::problem::Problem;
use std::ops::Range;

/// A key that was found, with the bytes it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyAt {
    /// From `-` or `@` to the key's end, braces included.
    pub(crate) whole: Range<usize>,
    /// The key without `@` and braces.
    pub(crate) key: Range<usize>,
    /// `-@`.
    pub(crate) suppress_author: bool,
    /// `@{` without `}`.
    pub(crate) unclosed: bool,
}

/// The first key of a text at or after a byte. `before` is the character that stands before the text, if any.
pub(crate) fn key_at(text: &str, from: usize, before: Option<char>) -> Option<KeyAt> {
    let mut search = from;
    loop {
        let at = search + text.get(search..)?.find('@')?;
        let previous = text.get(..at)?.chars().next_back().or(before);
        if let Some(found) = key_here(text, at, previous, before) {
            return Some(found);
        }
        search = at + 1;
    }
}

/// Whether a text holds a key that a citation could begin with.
pub(crate) fn holds_key(text: &str) -> bool {
    key_at(text, 0, None).is_some()
}

/// The key whose `@` stands at this byte.
fn key_here(text: &str, at: usize, previous: Option<char>, before: Option<char>) -> Option<KeyAt> {
    if previous.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '/')) {
        return None;
    }
    let start = at + 1;
    let rest = text.get(start..)?;
    let suppress_author = previous == Some('-') && at > 0 && {
        let earlier = text.get(..at - 1)?.chars().next_back().or(before);
        !earlier.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '/'))
    };
    let from = if suppress_author { at - 1 } else { at };
    if let Some(inner) = rest.strip_prefix('{') {
        let length = inner.find('}');
        let end = start + 1 + length.unwrap_or(inner.len());
        return Some(KeyAt {
            whole: from..end + usize::from(length.is_some()),
            key: start + 1..end,
            suppress_author,
            unclosed: length.is_none(),
        });
    }
    let length = bare_key(rest);
    (length > 0).then(|| KeyAt {
        whole: from..start + length,
        key: start..start + length,
        suppress_author,
        unclosed: false,
    })
}

/// Whether a key can stand without braces.
pub(super) fn is_bare(key: &str) -> bool {
    bare_key(key) == key.len()
}

/// The length of a key without braces: letters, digits and `_`, with single marks between them.
fn bare_key(text: &str) -> usize {
    let mut end = 0;
    let mut mark = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            end = at + c.len_utf8();
            mark = false;
        } else if end > 0
            && !mark
            && matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/')
        {
            mark = true;
        } else {
            break;
        }
    }
    end
}

/// What a key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) relation: Option<Relation>,
    pub(super) source: SourceId,
    pub(super) quote: Option<QuoteId>,
}

/// Reads a key that was found; `after` is what follows it, which shows an address that was cut at `://`.
pub(super) fn read_key(text: &str, found: &KeyAt, after: &str) -> Result<Key, Problem> {
    let problem = |message: String| Problem::new(Code::SB203, found.key.clone(), message);
    let key = text.get(found.key.clone()).unwrap_or("").trim();
    if key.is_empty() {
        return Err(Problem::new(Code::SB203, found.whole.clone(), "no source is named between the braces")
            .help("write the source's id, as in `@{key}`"));
    }
    if after.starts_with("://") || key.contains("://") {
        return Err(problem("an address is not the id of a source".into())
            .help("cite the source by its id in content/sources/, such as `[@hrw-2024]`; where it would be ambiguous, write `@{the-id}`"));
    }
    let (rest, quote) = match key.split_once('#') {
        Some((rest, quote)) => (rest, Some(quote)),
        None => (key, None),
    };
    let (relation, source) = match rest.split_once(':') {
        Some((word, source)) => (
            Some(
                read_relation(word)
                    .map_err(|help| problem(format!("`{word}` is no relation to a source")).help(help))?,
            ),
            source,
        ),
        None => (None, rest),
    };
    let source = SourceId::parse(source).ok_or_else(|| {
        problem(format!("`{source}` is not the id of a source")).help(
            "an id is made of the letters a–z, digits, `.`, `_` and `-`; for an `@` that cites nothing write `\\@`",
        )
    })?;
    let quote = quote
        .map(|quote| {
            QuoteId::parse(quote).ok_or_else(|| {
                problem(format!("`{quote}` is not the id of a quotation"))
                    .help("write the id from the source's `quotes:`, as in `@key#q1`")
            })
        })
        .transpose()?;
    Ok(Key { relation, source, quote })
}

fn read_relation(word: &str) -> Result<Relation, String> {
    Relation::parse(word).ok_or_else(|| {
        match did_you_mean(word, Relation::ALL.iter().map(|relation| relation.name())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the usual ones are `supports`, `disputes`, `refutes`, `confirms` and `uses_data_from`".into(),
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice)]
    use super::*;

    #[test]
    fn keys_are_found_as_pandoc_finds_them() {
        let cases = [
            ("@smith", Some("smith")),
            ("@smith.", Some("smith")),
            ("@smith's", Some("smith")),
            ("see @smith-2020, p. 3", Some("smith-2020")),
            ("@a.b_c", Some("a.b_c")),
            ("@a--b", Some("a")),
            ("@a#q1.", Some("a#q1")),
            ("@disputes:a#q1", Some("disputes:a#q1")),
            ("@{a--b}x", Some("a--b")),
            ("@https://x.org", Some("https")),
            ("(@a)", Some("a")),
            ("“@a”", Some("a")),
            ("כתב @smith-2020 כי", Some("smith-2020")),
            ("כתב @מקור", Some("מקור")),
            ("يقول @smith-2020، ص ٣", Some("smith-2020")),
            ("a@b.org", None),
            ("https://x.org/@u/1", None),
            (r"\@a", None),
            ("@ a", None),
            ("@", None),
            ("a@b.org and @c", Some("c")),
        ];
        for (text, key) in cases {
            assert_eq!(key_at(text, 0, None).map(|found| &text[found.key]), key, "{text}");
        }
        assert_eq!(key_at("@a", 0, Some('x')), None);
        assert!(key_at("-@a", 0, None).unwrap().suppress_author);
        assert!(!key_at("-@a", 0, Some('x')).unwrap().suppress_author);
        assert!(key_at("@{a", 0, None).unwrap().unclosed);
    }
}
