//! `[external]` of `book.toml`: how `check --external` behaves towards other people's hosts.

use crate::workspace::fields::Fields;
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

/// Reads the section.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> External {
    External {
        at_once: number(fields, "at-once", 1..=32, 8),
        pause: number(fields, "pause", 0..=600, 1),
        time_out: number(fields, "time-out", 1..=600, 30),
        retries: number(fields, "retries", 0..=5, 2),
        failures: number(fields, "failures", 1..=100, 3),
        archive_api: fields
            .parsed(
                "archive-api",
                parse_archive_api,
                "an address with `{url}`, such as `https://archive.org/wayback/available?url={url}&timestamp={date}`",
            )
            .map(|api| api.value),
        skip: skip(fields),
    }
}

fn number(fields: &mut Fields<'_, '_>, name: &'static str, range: RangeInclusive<u16>, default: u16) -> u16 {
    let message = format!("lies between {} and {}", range.start(), range.end());
    let help = format!("write `{name} = {default}`, or leave it out");
    let range = i64::from(*range.start())..=i64::from(*range.end());
    let value = fields.integer_within(name, range, &message, &help);
    value.and_then(|value| u16::try_from(value).ok()).unwrap_or(default)
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
