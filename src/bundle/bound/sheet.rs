//! The theme's style sheet as it stands in a document: with headings one level lower, and its pictures in it.

use super::article::data;
use crate::site::edition::{Edition, OutPath};
use cssparser::{ParseError, Parser, Token};
use std::fmt::Write;

/// The theme's style sheet.
const THEME: &str = "static/sourcebook.css";

/// No style sheet for people nests deeper; one that does is not worth the stack.
const DEEPEST: u8 = 64;

/// The theme's rules, fitted to a document.
pub(in crate::bundle) fn theme(edition: &Edition) -> String {
    let theme = edition.get(THEME).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    fitted(theme, &|url| embedded(edition, url))
}

/// A script or a style sheet as it may stand in a page: nothing in it ends the element. A stroke before a stroke changes no string of either.
pub(in crate::bundle) fn inline(text: &str) -> String {
    text.replace("</", "<\\/").replace("<!--", "<\\!--")
}

/// A file that the sheet asks for, as an address that holds it. Nothing is asked for elsewhere.
fn embedded(edition: &Edition, url: &str) -> String {
    if url.starts_with("data:") {
        return url.to_owned();
    }
    // A font of the site's own lies beside the folder of the sheet.
    let path = OutPath::parse(&url.strip_prefix("../").map_or_else(|| format!("static/{url}"), str::to_owned));
    let file = path.and_then(|path| data(&path, edition.get(path.as_str())?));
    file.unwrap_or_default()
}

/// The sheet with `h1` for `h2` and so on, and other addresses. One that cannot be read stays as it is, without its addresses.
fn fitted(sheet: &str, address: &impl Fn(&str) -> String) -> String {
    let mut parser = Parser::new(sheet);
    parser.set_nested_block_limit(DEEPEST);
    let mut out = String::with_capacity(sheet.len());
    match copy(&mut parser, &mut out, address) {
        Ok(()) => out,
        Err(_) => sheet.replace("url(", "none("),
    }
}

fn copy(parser: &mut Parser<'_>, out: &mut String, address: &impl Fn(&str) -> String) -> Result<(), ParseError<()>> {
    // Behind a dot or a colon stands the name of something else.
    let mut is_name = true;
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
        if token.is_parse_error() {
            return Err(ParseError::unexpected_token());
        }
        let written = parser.slice_from(start);
        let end = match &token {
            Token::CurlyBracketBlock => Some("}"),
            Token::SquareBracketBlock => Some("]"),
            Token::ParenthesisBlock | Token::Function(_) => Some(")"),
            _ => None,
        };
        match &token {
            Token::Ident(name) if is_name => out.push_str(lower(name).unwrap_or(written)),
            Token::Comment(_) => {}
            Token::UnquotedUrl(url) => write_url(&address(url), out),
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let url = parser.parse_nested_block(|inner| Ok::<_, ParseError<()>>(inner.expect_string_cloned()?))?;
                write_url(&address(&url), out);
            }
            _ => out.push_str(written),
        }
        is_name = !matches!(token, Token::Delim('.') | Token::Colon);
        if let Some(end) = end.filter(|_| !matches!(&token, Token::Function(name) if name.eq_ignore_ascii_case("url")))
        {
            parser.parse_nested_block(|inner| copy(inner, out, address))?;
            out.push_str(end);
        }
    }
}

fn write_url(url: &str, out: &mut String) {
    let _ = write!(out, "url(\"{}\")", url.replace(['"', '\\', '\n'], ""));
}

/// The heading one level lower.
fn lower(name: &str) -> Option<&'static str> {
    ["h2", "h3", "h4", "h5", "h6"]
        .into_iter()
        .zip(1..)
        .find(|(_, level)| name == format!("h{level}"))
        .map(|(lower, _)| lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_script_ends_it() {
        assert_eq!(inline("a = \"</script><!-- x\";"), "a = \"<\\/script><\\!-- x\";");
    }

    #[test]
    fn headings_go_down_and_nothing_else_does() {
        let cases = [
            ("h1, h2:target{color:red}", "h2, h3:target{color:red}"),
            (":is(h4,h5,h6) .h2 #h3{}", ":is(h5,h6,h6) .h2 #h3{}"),
            ("@media print{main>h3+h1{--a:h}}", "@media print{main>h4+h2{--a:h}}"),
            ("a{content:\"h1\"}/* h1 */", "a{content:\"h1\"}"),
            (
                "a{background:url(a.svg)}b{background:url(\"b.svg\" )}",
                "a{background:url(\"A.SVG\")}b{background:url(\"B.SVG\")}",
            ),
        ];
        for (sheet, expected) in cases {
            assert_eq!(fitted(sheet, &|url: &str| url.to_ascii_uppercase()), expected, "{sheet}");
        }
    }

    #[test]
    fn nothing_is_asked_for_elsewhere() {
        let mut edition = Edition::default();
        edition.add(OutPath::parse("static/a.svg").unwrap(), b"<svg/>".as_slice());
        edition.add(OutPath::parse("fonts/he-1.woff2").unwrap(), b"wOF2".as_slice());
        let cases = [
            ("a.svg", "data:image/svg+xml;base64,PHN2Zy8+"),
            ("../fonts/he-1.woff2", "data:font/woff2;base64,d09GMg=="),
            ("../../fonts/he-1.woff2", ""),
            ("data:image/gif;base64,AA", "data:image/gif;base64,AA"),
            ("https://example.org/a.svg", ""),
            ("missing.svg", ""),
        ];
        for (url, expected) in cases {
            assert_eq!(embedded(&edition, url), expected, "{url}");
        }
    }
}
