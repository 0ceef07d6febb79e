//! A site's own rules and colours, `static/custom.css`: put after the theme's style sheet, so that a page asks for no file more; and whether text in these colours can be read.
//!
//! Only colours that a site chose are judged. The pairs are those that `static/sourcebook.css` names in its first comment.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span};
use cssparser::{ParseError, Parser, Token};
use std::collections::BTreeMap;
use std::ops::Range;

/// Text and what it stands on.
const PAIRS: [(&str, &str); 10] = [
    ("--ink", "--paper"),
    ("--ink", "--ground"),
    ("--ink", "--accent-soft"),
    ("--muted", "--paper"),
    ("--muted", "--ground"),
    ("--muted", "--accent-soft"),
    ("--accent", "--paper"),
    ("--accent", "--ground"),
    ("--accent", "--accent-soft"),
    ("--notice", "--notice-ground"),
];

/// What WCAG 2.2 asks of text (1.4.3, AA).
const ENOUGH: f64 = 4.5;

/// In which light a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Light {
    Any,
    Bright,
    Dark,
    /// On paper, or where it cannot be known.
    Elsewhere,
}

/// A custom property of the root.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Property<'s> {
    name: &'s str,
    value: &'s str,
    light: Light,
    at: Range<usize>,
}

/// What is wrong with the colours that a site chose; `theme` is the style sheet that they are put over.
pub(super) fn check(theme: &str, own: &str, file: FileId) -> Vec<Diagnostic> {
    let (theme, own) = (properties(theme), properties(own));
    let schemes = [("light", Light::Bright), ("dark", Light::Dark)];
    schemes.iter().flat_map(|(name, light)| of_scheme(name, *light, &theme, &own, file)).collect()
}

fn of_scheme(
    scheme: &str,
    light: Light,
    theme: &[Property<'_>],
    own: &[Property<'_>],
    file: FileId,
) -> Vec<Diagnostic> {
    let holds = |property: &&Property<'_>| [Light::Any, light].contains(&property.light);
    let values: BTreeMap<&str, &str> =
        theme.iter().chain(own).filter(holds).map(|property| (property.name, property.value)).collect();
    let chosen: BTreeMap<&str, &Property<'_>> =
        own.iter().filter(holds).map(|property| (property.name, property)).collect();
    let mut worst: BTreeMap<usize, (f64, Diagnostic)> = BTreeMap::new();
    for (text, ground) in PAIRS {
        let Some(property) = chosen.get(text).or_else(|| chosen.get(ground)) else { continue };
        let span = Span::new(file, property.at.start, property.at.end);
        let value = |name: &str| values.get(name).copied().unwrap_or_default();
        let (one, other) = (value(text), value(ground));
        let (ratio, diagnostic) = match (colour(one), colour(other)) {
            (Some(first), Some(second)) => {
                let ratio = contrast(first, second);
                if ratio >= ENOUGH {
                    continue;
                }
                let message = format!(
                    "in {scheme} colours text in `{text}` ({one}) is hard to read on `{ground}` ({other}): contrast {ratio:.2} : 1, and 4.5 : 1 is needed"
                );
                (ratio, Diagnostic::new(Code::SB703, span, message).help(mend(property, scheme, text, ground)))
            }
            _ => {
                let message =
                    format!("whether `{text}` ({one}) can be read on `{ground}` ({other}) cannot be worked out");
                (
                    0.0,
                    Diagnostic::new(Code::SB703, span, message)
                        .help("write colours as `#rrggbb`, `rgb(…)` or by their names"),
                )
            }
        };
        let known = worst.get(&property.at.start).is_some_and(|(known, _)| *known <= ratio);
        if !known {
            worst.insert(property.at.start, (ratio, diagnostic));
        }
    }
    worst.into_values().map(|(_, diagnostic)| diagnostic).collect()
}

fn mend(property: &Property<'_>, scheme: &str, text: &str, ground: &str) -> String {
    match (property.light, scheme) {
        (Light::Any, "dark") => format!(
            "give dark colours a value of their own: `@media screen and (prefers-color-scheme: dark) {{ :root {{ {}: …; }} }}`",
            property.name
        ),
        (_, "dark") => format!("make `{text}` lighter, or `{ground}` darker"),
        _ => format!("make `{text}` darker, or `{ground}` lighter"),
    }
}

/// The custom properties of the root in a style sheet, in its order.
fn properties(sheet: &str) -> Vec<Property<'_>> {
    let mut found = Vec::new();
    let mut parser = Parser::new(sheet);
    rules(&mut parser, Light::Any, &mut found);
    found
}

/// Reads rules; what is no rule of the root, nor a group of rules, is passed over.
fn rules<'s>(parser: &mut Parser<'s>, light: Light, found: &mut Vec<Property<'s>>) {
    loop {
        parser.skip_whitespace();
        let start = parser.position();
        loop {
            match parser.next() {
                Err(_) => return,
                Ok(Token::CurlyBracketBlock | Token::Semicolon) => break,
                Ok(_) => {}
            }
        }
        let head = parser.slice_from(start).trim_end_matches('{').trim();
        if head.ends_with(';') {
            continue;
        }
        let within = match head.strip_prefix("@media") {
            Some(query) => narrowed(light, query),
            None => light,
        };
        let is_group = head.starts_with("@media") || head.starts_with("@supports") || head.starts_with("@layer");
        let is_root = head.split(',').any(|selector| matches!(selector.trim(), ":root" | "html"));
        let _ = parser.parse_nested_block(|block| -> Result<(), ParseError<()>> {
            if is_group {
                rules(block, within, found);
            } else if is_root {
                declarations(block, within, found);
            }
            while block.next().is_ok() {}
            Ok(())
        });
    }
}

fn narrowed(light: Light, query: &str) -> Light {
    let query = query.to_lowercase();
    let has = |words: &str| query.contains(words);
    match light {
        _ if has("print") || has("forced-colors") || has("not") || has("prefers-contrast") => Light::Elsewhere,
        Light::Any if has("prefers-color-scheme: dark") || has("prefers-color-scheme:dark") => Light::Dark,
        Light::Any if has("prefers-color-scheme: light") || has("prefers-color-scheme:light") => Light::Bright,
        Light::Any if has("width") || has("height") => Light::Elsewhere,
        light => light,
    }
}

fn declarations<'s>(parser: &mut Parser<'s>, light: Light, found: &mut Vec<Property<'s>>) {
    loop {
        parser.skip_whitespace();
        let start = parser.position();
        let name = match parser.next() {
            Err(_) => return,
            Ok(Token::Ident(_)) => parser.slice_from(start),
            Ok(_) => continue,
        };
        if !matches!(parser.next(), Ok(Token::Colon)) {
            continue;
        }
        parser.skip_whitespace();
        let from = parser.position();
        let mut end = from;
        while let Ok(token) = parser.next() {
            if matches!(token, Token::Semicolon) {
                break;
            }
            let is_block = matches!(token, Token::Function(_) | Token::ParenthesisBlock | Token::CurlyBracketBlock);
            if is_block {
                let _ = parser.parse_nested_block(|block| -> Result<(), ParseError<()>> {
                    while block.next().is_ok() {}
                    Ok(())
                });
            }
            end = parser.position();
        }
        if name.starts_with("--") && light != Light::Elsewhere {
            let value = parser.slice(from..end).trim();
            found.push(Property { name, value, light, at: start.byte_index()..end.byte_index() });
        }
    }
}

/// Red, green and blue, as far as they are written plainly.
fn colour(value: &str) -> Option<[u8; 3]> {
    if let Some(hash) = value.strip_prefix('#') {
        let (red, green, blue, alpha) = cssparser::color::parse_hash_color(hash.as_bytes()).ok()?;
        return (alpha >= 1.0).then_some([red, green, blue]);
    }
    if let Some(numbers) = value.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let numbers: Vec<u8> = numbers
            .split([' ', ','])
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        return numbers.try_into().ok();
    }
    let (red, green, blue) = cssparser::color::parse_named_color(value).ok()?;
    Some([red, green, blue])
}

/// The ratio of contrast, as WCAG 2 works it out.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// What `sourcebook init --theme colours` writes: the theme's colours, light and dark, ready to be changed.
pub(super) fn sheet(theme: &str) -> String {
    let properties = properties(theme);
    let of = |light: Light| {
        let lines: Vec<String> = properties
            .iter()
            .filter(|property| property.light == light && about(property.name).is_some())
            .map(|property| {
                let value = format!("{}: {};", property.name, property.value);
                format!("    {value:32} /* {} */", about(property.name).unwrap_or_default())
            })
            .collect();
        lines.join("\n")
    };
    format!(
        "/* The site's own colours and rules. This file is put after the theme's style sheet. Keep what you change, and take the other lines away.\n   \
         Text needs a contrast of 4.5 : 1; `sourcebook check` works it out. On paper everything is black and white. */\n\n\
         @media screen {{\n  :root {{\n{}\n  }}\n}}\n\n@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n{}\n  }}\n}}\n",
        of(Light::Any),
        of(Light::Dark)
    )
}

/// What a colour is for.
fn about(name: &str) -> Option<&'static str> {
    Some(match name {
        "--paper" => "the ground of every page",
        "--ground" => "what stands out from it: notes, tables",
        "--ink" => "text",
        "--muted" => "what is said by the way",
        "--rule" => "lines",
        "--accent" => "links and marks",
        "--accent-soft" => "the ground of what a link leads to",
        "--notice" => "warnings",
        "--notice-ground" => "the ground of warnings",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{check, colour, contrast, sheet};
    use crate::span::Files;

    const THEME: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/sourcebook.css"));

    fn said(own: &str) -> Vec<String> {
        let mut files = Files::default();
        let file = files.add("static/custom.css", own);
        check(THEME, own, file)
            .into_iter()
            .map(|said| {
                format!("{} [{}] {}", files.slice(said.span.unwrap()), said.message, said.help.unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let ratio = |one, other| (contrast(colour(one).unwrap(), colour(other).unwrap()) * 100.0).round() / 100.0;
        assert!((ratio("#000", "white") - 21.0).abs() < 0.001);
        assert!((ratio("#777777", "#ffffff") - 4.48).abs() < 0.001);
        assert!((ratio("rgb(0 0 255)", "#fff") - 8.59).abs() < 0.001);
        assert_eq!(colour("rgb(0 0 0 / 50%)"), None);
        assert_eq!(colour("var(--x)"), None);
    }

    #[test]
    fn the_themes_own_colours_can_be_read() {
        assert_eq!(said(&sheet(THEME)), Vec::<String>::new());
    }

    #[test]
    fn colours_that_cannot_be_read_are_told() {
        let said_of_light = said("@media (prefers-color-scheme: light) { :root { --accent: #ff8800; } }");
        assert_eq!(said_of_light.len(), 1);
        assert!(
            said_of_light[0]
                .starts_with("--accent: #ff8800 [in light colours text in `--accent` (#ff8800) is hard to read on"),
            "{said_of_light:?}"
        );
        let said_of_both = said("/* ours */ :root { --accent: #00437a; --measure: 40rem }");
        assert_eq!(said_of_both.len(), 1);
        assert!(said_of_both[0].contains("in dark colours"), "{said_of_both:?}");
        assert!(said_of_both[0].contains("give dark colours a value of their own"), "{said_of_both:?}");
        assert_eq!(
            said(":root { --rule: #f00 } p { --ink: #fff } @media print { :root { --ink: #ddd } }"),
            Vec::<String>::new()
        );
        assert!(said(":root { --ink: oklch(50% 0 0) }")[0].contains("cannot be worked out"));
    }
}
