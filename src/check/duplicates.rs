//! SB223: no document has two records.
//!
//! Two records are one document when they have one address, one DOI or one symbol, each brought into one form ([`Key`]). Orders of one case
//! have one docket and perhaps one address, and issues of a bulletin one address, too: what tells two records apart is said in the records
//! themselves, by another date, symbol, number, version, volume, issue or page (for a DOI: another version), or by `supersedes`.

use crate::book::Book;
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::SourceId;
use crate::span::Span;
use crate::workspace::Placed;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// With how many earlier records of one key a record is compared; a key with more is an address that says nothing.
const COMPARED: usize = 20;

/// Reports every pair of records that seem to be one document, once.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_key: BTreeMap<Key, Vec<(&Source, Span)>> = BTreeMap::new();
    let mut sources: Vec<&Source> = book.library.sources().collect();
    // The later in the files is the one too many.
    sources.sort_by_key(|source| source.span);
    let mut reported: BTreeSet<(&SourceId, &SourceId)> = BTreeSet::new();
    for source in sources {
        for (key, place) in keys(source) {
            let earlier = by_key.entry(key.clone()).or_default();
            let same = earlier.iter().take(COMPARED).find(|(other, _)| !are_apart(book, other, source, &key));
            if let Some((other, first)) = same
                && reported.insert((&other.id, &source.id))
            {
                diagnostics.push(duplicate(source, other, &key, place, *first));
            }
            earlier.push((source, place));
        }
    }
}

fn duplicate(source: &Source, other: &Source, key: &Key, place: Span, first: Span) -> Diagnostic {
    let (what, apart) = match key {
        Key::Address(_) => ("address", "dates, symbols or numbers"),
        Key::Doi(_) => ("DOI", "versions"),
        Key::Symbol(_) => ("symbol", "dates or numbers"),
    };
    Diagnostic::new(Code::SB223, place, format!("`{}` and `{}` have one {what}", other.id, source.id))
        .help(format!(
            "keep one record, with the other's id under `aliases:`; if they are two documents, give both their {apart}"
        ))
        .related(first, "the other is here")
}

/// What stands for a document, in one form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Address(String),
    Doi(String),
    Symbol(String),
}

fn keys(source: &Source) -> Vec<(Key, Span)> {
    let address = source.url.as_ref().map(|url| (address(&url.value), url.span));
    let doi = source.doi.as_ref().map(|doi| (Key::Doi(doi.value.to_lowercase()), doi.span));
    let symbol = source.symbol.as_ref().map(|symbol| (self::symbol(&symbol.value), symbol.span));
    let mut keys: Vec<(Key, Span)> = doi.into_iter().chain(address).chain(symbol).collect();
    keys.dedup_by(|one, other| one.0 == other.0);
    keys
}

/// `a/res/181 (ii)` is `A/RES/181(II)`.
fn symbol(text: &str) -> Key {
    Key::Symbol(text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect())
}

/// Names of parameters that say where a reader came from, and nothing of what is shown.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "cmp",
    "cmpid",
    "ref",
    "ref_src",
    "smid",
    "sref",
    "at_medium",
    "at_campaign",
    "ns_campaign",
    "ns_mchannel",
    "ns_source",
    "trk",
    "s_cid",
    "ocid",
];

/// An address without what does not change the page: scheme, `www.`, port, fragment, tracking parameters, a slash at the end.
fn address(url: &str) -> Key {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let host = host.trim_end_matches(":443").trim_end_matches(":80").trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    if matches!(host, "doi.org" | "dx.doi.org") && path.starts_with("10.") {
        return Key::Doi(decoded(path).to_lowercase());
    }
    let path = path.trim_end_matches('/');
    let path = ["index.html", "index.htm", "index.php"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    let tracks = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with("utm_") || TRACKING.contains(&name.as_str())
    };
    let mut parameters: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair.split('=').next().unwrap_or(pair))).collect();
    parameters.sort_unstable();
    let query = if parameters.is_empty() { String::new() } else { format!("?{}", parameters.join("&")) };
    Key::Address(decoded(&format!("{host}/{}{query}", path.trim_end_matches('/'))))
}

/// A text in which letters, digits and `-._~` stand for themselves, and other escapes have capital digits.
fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = match byte {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~()/".contains(&byte) => {
                decoded.push(char::from(byte));
                after.get(2..).unwrap_or("")
            }
            Some(byte) => {
                // Writing to a string cannot fail.
                let _ = write!(decoded, "%{byte:02X}");
                after.get(2..).unwrap_or("")
            }
            None => {
                decoded.push('%');
                after
            }
        };
    }
    decoded.push_str(rest);
    decoded
}

/// Whether two records with one key say that they are two documents.
fn are_apart(book: &Book, one: &Source, other: &Source, key: &Key) -> bool {
    let differ =
        |one: &Option<String>, other: &Option<String>| matches!((one, other), (Some(one), Some(other)) if one != other);
    let (numbers, others) = (&one.numbers, &other.numbers);
    let succeeds = |newer: &Source, older: &Source| {
        let names = |ids: &[Placed<SourceId>], id: &SourceId| {
            ids.iter().any(|named| book.library.source(&named.value).is_some_and(|source| source.id == *id))
        };
        names(&newer.supersedes, &older.id) || names(&older.superseded_by, &newer.id)
    };
    let symbols =
        matches!((&one.symbol, &other.symbol), (Some(one), Some(other)) if symbol(&one.value) != symbol(&other.value));
    let dates = matches!((&one.date, &other.date), (Some(one), Some(other)) if one != other);
    let parts = differ(&numbers.number, &others.number)
        || differ(&numbers.volume, &others.volume)
        || differ(&numbers.issue, &others.issue)
        || differ(&numbers.pages, &others.pages);
    differ(&numbers.version, &others.version)
        || succeeds(one, other)
        || succeeds(other, one)
        || (!matches!(key, Key::Doi(_)) && (dates || symbols || parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_address() {
        let same = [
            ("https://www.example.org/a/", "http://example.org/a"),
            ("https://Example.ORG/a#part", "https://example.org/a"),
            ("https://example.org:443/", "https://example.org"),
            ("https://example.org/a/index.html", "https://example.org/a"),
            ("https://example.org/a?utm_source=x&b=1&fbclid=y", "https://example.org/a?b=1"),
            ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"),
            ("https://example.org/%7Ea%2fb%c3%a9", "https://example.org/~a/b%C3%A9"),
            ("https://doi.org/10.1000/XY", "https://dx.doi.org/10.1000/xy"),
            ("https://www.example.org/a?at_medium=RSS", "https://example.org/a"),
        ];
        for (one, other) in same {
            assert_eq!(address(one), address(other), "{one} {other}");
        }
        let apart = [
            ("https://example.org/a", "https://example.org/A"),
            ("https://example.org/a?id=1", "https://example.org/a?id=2"),
            ("https://en.example.org/a", "https://example.org/a"),
            ("https://example.org/a%", "https://example.org/a"),
        ];
        for (one, other) in apart {
            assert_ne!(address(one), address(other), "{one} {other}");
        }
        assert_eq!(
            address("https://doi.org/10.1016/S0140-6736(24)02678-3"),
            Key::Doi("10.1016/s0140-6736(24)02678-3".into())
        );
        assert_eq!(symbol("A/RES/181 (II)"), symbol("a/res/181(ii)"));
    }
}
