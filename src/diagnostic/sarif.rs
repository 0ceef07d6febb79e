//! Diagnostics as SARIF 2.1.0, which code-scanning services read.
//!
//! Only the rules that occur are described, so that the log of a clean site stays short. Uses `span` and its sister modules only.

use super::{Code, Diagnostic, Level};
use crate::span::{Files, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Writes the diagnostics as one SARIF log. `prefix` is the folder of the site within the repository: empty, or ending in `/`.
pub fn render(diagnostics: &[Diagnostic], files: &Files, prefix: &str) -> String {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let rules: Vec<Value> = codes.iter().copied().map(rule).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            let index = codes.range(..diagnostic.code).count();
            result(diagnostic, index, files, prefix)
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "Sourcebook", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let level = match code.default_level() {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => "none",
    };
    json!({
        "id": code.id(),
        "name": code.name(),
        "shortDescription": { "text": code.title() },
        "defaultConfiguration": { "level": level },
    })
}

fn result(diagnostic: &Diagnostic, rule_index: usize, files: &Files, prefix: &str) -> Value {
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .enumerate()
        .filter_map(|(index, related)| {
            let mut place = location(related.span, files, prefix)?;
            if let Some(place) = place.as_object_mut() {
                place.insert("id".into(), json!(index));
                place.insert("message".into(), json!({ "text": related.message }));
            }
            Some(place)
        })
        .collect();
    let locations: Vec<Value> = diagnostic.span.and_then(|span| location(span, files, prefix)).into_iter().collect();
    let mut result = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": rule_index,
        "level": diagnostic.severity.as_str(),
        "message": message(diagnostic),
        "locations": locations,
    });
    if let (Some(result), false) = (result.as_object_mut(), related.is_empty()) {
        result.insert("relatedLocations".into(), related.into());
    }
    result
}

/// The message with the help below it, plain and as Markdown.
fn message(diagnostic: &Diagnostic) -> Value {
    match &diagnostic.help {
        None => json!({ "text": diagnostic.message }),
        Some(help) => json!({
            "text": format!("{}\n{help}", diagnostic.message),
            "markdown": format!("{}\n\n**Help:** {}", escape_markdown(&diagnostic.message), escape_markdown(help)),
        }),
    }
}

fn location(span: Span, files: &Files, prefix: &str) -> Option<Value> {
    let (start, end) = files.positions(span)?;
    Some(json!({
        "physicalLocation": {
            "artifactLocation": { "uri": encode_path(&format!("{prefix}{}", files.path(span.file))) },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
    }))
}

/// A path as a relative URI reference.
fn encode_path(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// Text that Markdown shows as it is.
fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '!' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::too_many_lines, reason = "the log is long")]
    fn log() {
        let mut files = Files::default();
        let page = files.add("content/ar/صفحة.md", "---\nلا إله [@x] <b>\n");
        let source = files.add("content/sources/x.yml", "id: x\n");
        let cited = Diagnostic::new(Code::SB201, Span::new(page, 16, 20), "no source [x]")
            .help("write `[@y]`")
            .related(Span::new(source, 4, 5), "this one is near");
        let mut nowhere = Diagnostic::new(Code::SB103, Span::start_of(page), "nowhere");
        nowhere.span = None;
        let log = render(&[cited, nowhere], &files, "my site/").replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(log, @r#"
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "level": "error",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "my%20site/content/ar/%D8%B5%D9%81%D8%AD%D8%A9.md"
                        },
                        "region": {
                          "endColumn": 12,
                          "endLine": 2,
                          "startColumn": 8,
                          "startLine": 2
                        }
                      }
                    }
                  ],
                  "message": {
                    "markdown": "no source \\[x\\]\n\n**Help:** write \\`\\[@y\\]\\`",
                    "text": "no source [x]\nwrite `[@y]`"
                  },
                  "relatedLocations": [
                    {
                      "id": 0,
                      "message": {
                        "text": "this one is near"
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "my%20site/content/sources/x.yml"
                        },
                        "region": {
                          "endColumn": 6,
                          "endLine": 1,
                          "startColumn": 5,
                          "startLine": 1
                        }
                      }
                    }
                  ],
                  "ruleId": "SB201",
                  "ruleIndex": 1
                },
                {
                  "level": "error",
                  "locations": [],
                  "message": {
                    "text": "nowhere"
                  },
                  "ruleId": "SB103",
                  "ruleIndex": 0
                }
              ],
              "tool": {
                "driver": {
                  "name": "Sourcebook",
                  "rules": [
                    {
                      "defaultConfiguration": {
                        "level": "error"
                      },
                      "id": "SB103",
                      "name": "front-matter-unknown-field",
                      "shortDescription": {
                        "text": "unknown field in front matter"
                      }
                    },
                    {
                      "defaultConfiguration": {
                        "level": "error"
                      },
                      "id": "SB201",
                      "name": "source-unknown",
                      "shortDescription": {
                        "text": "citation of a source that does not exist"
                      }
                    }
                  ],
                  "version": "VERSION"
                }
              }
            }
          ],
          "version": "2.1.0"
        }
        "#);
    }
}
