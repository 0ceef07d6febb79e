//! Citations → their canonical text, which reads back as the same citations.

use super::grammar::read_tail;
use super::key::is_bare;
use super::plain::{ends_entity, plain};
use super::{Cite, CiteGroup, CiteMode};
use std::fmt::{self, Write};

/// `[see @a, p. 3, and after; @disputes:b#q1]`, or `@a [p. 3]`.
impl fmt::Display for CiteGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (CiteMode::Narrative, [cite]) = (self.mode, self.cites.as_slice()) {
            f.write_str(&key(cite))?;
            let tail = tail(cite);
            let inner = tail.strip_prefix(", ").unwrap_or(&tail);
            return if inner.is_empty() { Ok(()) } else { write!(f, " [{inner}]") };
        }
        f.write_char('[')?;
        for (index, cite) in self.cites.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{cite}")?;
        }
        f.write_char(']')
    }
}

/// One citation as it stands within brackets: `see @a, p. 3, and after`.
impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = &self.prefix {
            write!(f, "{} ", escape(prefix))?;
        }
        write!(f, "{}{}", key(self), tail(self))
    }
}

/// `-@disputes:key#quote`, in braces where the key would end too early without them.
fn key(cite: &Cite) -> String {
    let mut key = String::new();
    if let Some(relation) = cite.relation {
        key.push_str(relation.name());
        key.push(':');
    }
    key.push_str(cite.source.as_str());
    if let Some(quote) = &cite.quote {
        key.push('#');
        key.push_str(quote.as_str());
    }
    let minus = if cite.suppress_author { "-" } else { "" };
    if is_bare(&key) { format!("{minus}@{key}") } else { format!("{minus}@{{{key}}}") }
}

/// Locator and suffix, in braces where they would be read as something else without them.
fn tail(cite: &Cite) -> String {
    let suffix = cite.suffix.as_ref().map_or_else(String::new, |suffix| format!(", {}", escape(suffix)));
    let plain = match &cite.locator {
        Some(locator) => format!(", {locator}{suffix}"),
        None => suffix.clone(),
    };
    if read_tail(&plain) == Some((cite.locator.clone(), cite.suffix.clone())) {
        return plain;
    }
    match &cite.locator {
        Some(locator) => format!(", {{{locator}}}{suffix}"),
        None => format!("{{}}{suffix}"),
    }
}

/// Words before or after, with a backslash before each mark that means something in a citation, and before Markdown's own where they
/// would be read as such.
fn escape(words: &str) -> String {
    let all = escape_marks(words, "*_`~<&");
    let meant = plain(&all);
    // What ends like an entity would take the semicolon of the next citation for its own.
    let keeps = |escaped: &str| plain(escaped) == meant && !ends_entity(&format!("{escaped};"), escaped.len());
    let mut sparing = ["", "&", "*_`~<"].into_iter().map(|marks| escape_marks(words, marks));
    sparing.find(|escaped| keeps(escaped)).unwrap_or(all)
}

fn escape_marks(words: &str, more: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        let leading_comma = at == 0 && matches!(c, ',' | '،');
        if leading_comma || matches!(c, '\\' | '[' | ']' | '{' | '}' | ';' | '؛' | '@') || more.contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{parse_group, parse_narrative};
    use crate::span::{FileId, Files, Span};
    use proptest::prelude::*;

    fn file() -> FileId {
        Files::default().add("a.md", "")
    }

    #[test]
    fn the_canonical_form() {
        let cases = [
            ("@a", "[@a]"),
            ("see  @a,p.3 ;@b", "[see @a, p. 3; @b]"),
            ("-@a", "[-@a]"),
            ("@{a--b}{p. 3}, and after", "[@{a--b}, p. 3, and after]"),
            ("@a pp. 3-5 and after", "[@a, pp. 3-5, and after]"),
            ("@a{}, 99 years later", "[@a{}, 99 years later]"),
            ("@a, {p. 3} 5 men", "[@a, {p. 3}, 5 men]"),
            ("@disputes:a#q1, עמ' 12", "[@disputes:a#q1, p. 12]"),
            ("ראו @a، ص ٣، وما بعدها", "[ראו @a, p. ٣, وما بعدها]"),
            (r"see \[sic\] @a, x\; y", r"[see \[sic\] @a, x\; y]"),
            (r"@a, R\&amp ;@b", r"[@a, R\&amp; @b]"),
            (r"*see* @a, _passim_ &amp; \*after\*", r"[see @a, passim & \*after\*]"),
        ];
        for (text, canonical) in cases {
            let group = parse_group(text, &|range| Span::new(file(), range.start, range.end)).unwrap();
            assert_eq!(group.to_string(), canonical, "{text}");
        }
        for (text, canonical) in
            [("@a", "@a"), ("-@a [3]", "-@a [p. 3]"), ("@a [p. 3 and after]", "@a [p. 3, and after]")]
        {
            let group = parse_narrative(text, &|range| Span::new(file(), range.start, range.end)).unwrap();
            assert_eq!(group.to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn a_place_does_not_end_with_a_backslash() {
        let read = |text: &str| parse_group(text, &|range| Span::new(file(), range.start, range.end)).is_ok();
        assert!(!read(r"@a, {p. A \ }"));
        assert!(read(r"@a, {p. A \\}"));
    }

    fn tokens() -> impl Strategy<Value = String> {
        let token = prop::sample::select(vec![
            "@a",
            "@b-2024",
            "@{a--b}",
            "-@a",
            "@disputes:c",
            "@a#q1",
            "; ",
            ";",
            ", ",
            "،",
            "؛",
            " ",
            "p. ",
            "pp. ",
            "3",
            "3–5",
            "iv",
            "para. ",
            "§",
            "עמ׳ ",
            "ص ",
            "٣",
            "المادة ",
            "{",
            "}",
            "{}",
            "(2)",
            "(a",
            "see",
            "ראו",
            "\\;",
            "\\",
            "\\@",
            "[",
            "at ",
            "00:12",
            "&",
            "-",
            "–",
            ".",
            "A",
            "n. ",
            "@",
            "#",
            ":",
            "annex ",
            "\u{200f}",
            "\u{a0}",
            "'",
            "\"",
            "I",
            "s.v. ",
            "*",
            "_",
            "`",
            "~~",
            "&amp;",
            "<b>",
        ]);
        prop::collection::vec(token, 0..14).prop_map(|tokens| tokens.concat())
    }

    proptest! {
        #[test]
        fn printing_is_stable(text in tokens()) {
            let whole = Span::start_of(file());
            if let Ok(group) = parse_group(&text, &|_| whole) {
                let printed = group.to_string();
                let inner = printed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap();
                prop_assert_eq!(parse_group(inner, &|_| whole), Ok(group), "{}", printed);
            }
        }

        #[test]
        fn narrative_printing_is_stable(text in tokens()) {
            let whole = Span::start_of(file());
            if let Ok(group) = parse_narrative(&text, &|_| whole) {
                let printed = group.to_string();
                prop_assert_eq!(parse_narrative(&printed, &|_| whole), Ok(group), "{}", printed);
            }
        }

        #[test]
        fn errors_lie_within_the_text(text in tokens()) {
            if let Err(problem) = parse_group(&text, &|range| Span::new(file(), range.start, range.end)) {
                prop_assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
            }
        }
    }
}
