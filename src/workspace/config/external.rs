//! `[external]` of `book.toml`: how `check --external` behaves towards other people's hosts.

use super::CODES;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::workspace::fields::Fields;
use crate::workspace::node::Node;
use std::ops::RangeInclusive;

/// How the addresses of other hosts are visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// How many are visited at the same time, each on another host.
    pub at_once: u16,
    /// Seconds between two requests to one host.
    pub pause: u16,
    /// Seconds in which a request must be answered.
    pub time_out: u16,
    /// How often a request that failed is made again in the same run.
    pub retries: u16,
    /// After how many days of failure in a row an address is reported.
    pub failures: u16,
    /// Where copies in archives are asked for, with `{url}` and, where the archive wants one, `{date}`.
    pub archive_api: Option<String>,
    /// Beginnings of addresses that are not visited.
    pub skip: Vec<String>,
}

/// Reads the section. `None` where it is no section.
pub(super) fn read(node: &Node, start: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<External> {
    let mut fields = Fields::open(node, start, "[external]", CODES, diagnostics)?;
    let external = External {
        at_once: number(&mut fields, "at-once", 1..=32, 8),
        pause: number(&mut fields, "pause", 0..=600, 1),
        time_out: number(&mut fields, "time-out", 1..=600, 30),
        retries: number(&mut fields, "retries", 0..=5, 2),
        failures: number(&mut fields, "failures", 1..=100, 3),
        archive_api: fields
            .parsed(
                "archive-api",
                parse_archive_api,
                "an address with `{url}`, such as `https://archive.org/wayback/available?url={url}&timestamp={date}`",
            )
            .map(|api| api.value),
        skip: skip(&mut fields),
    };
    fields.finish();
    Some(external)
}

fn number(fields: &mut Fields<'_, '_>, name: &'static str, range: RangeInclusive<u16>, default: u16) -> u16 {
    let Some(value) = fields.integer(name) else { return default };
    match u16::try_from(value).ok().filter(|value| range.contains(value)) {
        Some(value) => value,
        None => {
            let place = fields.node(name).map_or_else(|| fields.place(), |node| node.span);
            let message = format!("`{name}` lies between {} and {}", range.start(), range.end());
            fields.wrong(place, message, format!("write `{name} = {default}`, or leave it out"));
            default
        }
    }
}

fn parse_archive_api(text: &str) -> Result<String, String> {
    let web = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
    if web && text.contains("{url}") && !text.contains(char::is_whitespace) {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no address with a place for another"))
    }
}

fn skip(fields: &mut Fields<'_, '_>) -> Vec<String> {
    let mut starts = Vec::new();
    for start in fields.texts("skip") {
        if ["https://", "http://"].iter().any(|scheme| start.value.starts_with(scheme)) {
            starts.push(start.value);
        } else {
            let message = format!("`skip`: `{}` is not how an address begins", start.value);
            fields.wrong(start.span, message, "write `skip = [\"https://example.org/\"]`");
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::human;
    use crate::span::Files;
    use crate::workspace::config::{External, read};
    use insta::assert_snapshot;

    fn section(text: &str) -> (Option<External>, String) {
        let mut files = Files::default();
        let text = format!("[book]\ntitle = \"A\"\n[external]\n{text}");
        let file = files.add("book.toml", text.as_str());
        let mut diagnostics = Vec::new();
        let config = read(file, &text, &mut diagnostics);
        (config.map(|config| config.external), human::render(&diagnostics, &files, false))
    }

    #[test]
    fn what_is_left_out_has_a_default() {
        let (external, said) = section("pause = 5\nskip = [\"https://example.org/\"]\n");
        let external = external.unwrap();
        assert_eq!(said, "");
        assert_eq!((external.at_once, external.pause, external.time_out), (8, 5, 30));
        assert_eq!((external.retries, external.failures, external.archive_api), (2, 3, None));
        assert_eq!(external.skip, ["https://example.org/"]);
    }

    #[test]
    fn what_hosts_would_not_like_is_refused() {
        let wrong =
            "at-once = 500\ntimeout = 3\nskip = [\"example.org\"]\narchive-api = \"https://archive.example/\"\n";
        assert_snapshot!(section(wrong).1, @r#"
        error[SB102]: `at-once` lies between 1 and 32
         --> book.toml:4:11
          |
        4 | at-once = 500
          |           ^^^
          |
          = help: write `at-once = 8`, or leave it out

        error[SB102]: `archive-api`: `https://archive.example/` is no address with a place for another
         --> book.toml:7:15
          |
        7 | archive-api = "https://archive.example/"
          |               ^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: an address with `{url}`, such as `https://archive.org/wayback/available?url={url}&timestamp={date}`

        error[SB102]: `skip`: `example.org` is not how an address begins
         --> book.toml:6:9
          |
        6 | skip = ["example.org"]
          |         ^^^^^^^^^^^^^
          |
          = help: write `skip = ["https://example.org/"]`

        error[SB101]: [external] has no field `timeout`
         --> book.toml:5:1
          |
        5 | timeout = 3
          | ^^^^^^^
          |
          = help: did you mean `time-out`?
        "#);
    }
}
