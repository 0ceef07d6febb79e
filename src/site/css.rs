//! Style sheets without what no browser reads: comments, and blanks between tokens.
//!
//! Tokens are copied as they were written, so no value can change; only where the grammar allows any blanks are they left out. A blank before a
//! colon makes another selector (`a :is(b)`), one around `+` another sum, so those stay. What cannot be read is left as it is.
//! Uses nothing of the project.

use cssparser::{ParseError, Parser, Token, TokenSerializationType};

/// No style sheet for people nests deeper; one that does is not worth the stack.
const DEEPEST: u8 = 64;

/// The style sheet, smaller, and the same to a browser.
pub(super) fn minify(sheet: &str) -> String {
    let mut parser = Parser::new(sheet);
    parser.set_nested_block_limit(DEEPEST);
    let mut output = Output { text: String::with_capacity(sheet.len()), is_open: true, ..Output::default() };
    match copy(&mut parser, &mut output) {
        Ok(()) => output.text,
        Err(_) => sheet.to_owned(),
    }
}

/// What is written so far, and what stands between it and the next token.
#[derive(Default)]
struct Output {
    text: String,
    /// The last token was one of these, after which blanks mean nothing.
    is_open: bool,
    last: TokenSerializationType,
    gap: Gap,
    /// A `;`, which is needed only where something follows.
    semicolon: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Comment,
    Blank,
}

impl Output {
    /// Writes a token after what must stand before it.
    fn token(&mut self, token: &Token<'_>, written: &str) {
        let kind = token.serialization_type();
        let closes = matches!(token, Token::Semicolon);
        // An empty value is written with a blank, which old browsers ask for.
        let is_empty_value = closes && self.text.ends_with(':');
        self.pause(is_empty_value || !(self.is_open || before_blank(token)), kind);
        if closes {
            self.semicolon = !self.text.is_empty();
        } else {
            self.text.push_str(written);
        }
        self.is_open = after_blank(token);
        self.last = kind;
    }

    /// The end of a block: the blanks and the semicolon before it mean nothing.
    fn close(&mut self, end: char) {
        let is_empty_value = self.text.ends_with(':') && !self.semicolon;
        if end == '}' {
            self.semicolon = false;
        }
        self.pause(is_empty_value, TokenSerializationType::Other);
        self.text.push(end);
        self.is_open = end == '}';
        self.last = TokenSerializationType::Other;
    }

    /// Writes what lies between two tokens; `counts` says whether blanks are read there.
    fn pause(&mut self, counts: bool, next: TokenSerializationType) {
        if std::mem::take(&mut self.semicolon) {
            self.text.push(';');
        }
        match std::mem::take(&mut self.gap) {
            Gap::Blank if counts => self.text.push(' '),
            Gap::Blank | Gap::Comment if self.last.needs_separator_when_before(next) => self.text.push_str("/**/"),
            Gap::None | Gap::Blank | Gap::Comment => {}
        }
    }
}

/// Blanks before such a token mean nothing.
fn before_blank(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::CurlyBracketBlock | Token::Semicolon | Token::Comma | Token::Delim('>' | '!') | Token::CDC | Token::CDO
    )
}

/// Blanks after such a token mean nothing.
fn after_blank(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::CurlyBracketBlock
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::Function(_)
            | Token::Semicolon
            | Token::Colon
            | Token::Comma
            | Token::Delim('>' | '!')
    )
}

/// Copies what is left of a block; an error where there is something that no browser could read alike.
fn copy(parser: &mut Parser<'_>, output: &mut Output) -> Result<(), ParseError<()>> {
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
        if token.is_parse_error() {
            return Err(ParseError::unexpected_token());
        }
        let end = match token {
            Token::WhiteSpace(_) => {
                output.gap = Gap::Blank;
                continue;
            }
            // Such a comment is a licence.
            Token::Comment(text) if !text.starts_with('!') => {
                output.gap = if output.gap == Gap::Blank { Gap::Blank } else { Gap::Comment };
                continue;
            }
            Token::CurlyBracketBlock => Some('}'),
            Token::ParenthesisBlock | Token::Function(_) => Some(')'),
            Token::SquareBracketBlock => Some(']'),
            _ => None,
        };
        output.token(&token, parser.slice_from(start));
        if let Some(end) = end {
            parser.parse_nested_block(|parser| copy(parser, output))?;
            output.close(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::minify;

    #[test]
    fn comments_and_blanks_go_and_meaning_stays() {
        let cases = [
            ("a {\n  color: red;\n  margin: 0 auto;\n}\n\nb { }", "a{color:red;margin:0 auto}b{}"),
            ("/* what */ a, b > c + d ~ e { x: y !important }", "a,b>c + d ~ e{x:y!important}"),
            // A blank before a colon is a descendant.
            ("a :is(b, :not(.c)) { }", "a :is(b,:not(.c)){}"),
            ("a { &:hover { x: y; } & b { x: y } }", "a{&:hover{x:y}& b{x:y}}"),
            ("@media (min-width: 44rem) and (width > 3rem) {}", "@media (min-width:44rem) and (width>3rem){}"),
            ("a { x: calc( (1px + 2px) * -1 ) }", "a{x:calc((1px + 2px) * -1)}"),
            ("a { color: light-dark( #fff , #000 ); }", "a{color:light-dark(#fff,#000)}"),
            ("a { content: \" /* no; comment */ \" }", "a{content:\" /* no; comment */ \"}"),
            ("a { b: url( x/*y*/.svg ) }", "a{b:url( x/*y*/.svg )}"),
            ("a::before { margin-inline: 1rem }", "a::before{margin-inline:1rem}"),
            ("a { --empty: ; --full: {a: b} c }", "a{--empty: ;--full:{a:b}c}"),
            ("a{--empty: }", "a{--empty: }"),
            ("a { x: var( --y , ) }", "a{x:var(--y,)}"),
            ("li:nth-child(2n + 1) [a = 'b'] {}", "li:nth-child(2n + 1) [a = 'b']{}"),
            // Without the comment they would be one word.
            ("a{b:c/**/d}", "a{b:c/**/d}"),
            ("a/* */b{}", "a/**/b{}"),
            ("/*! a licence */ a {}", "/*! a licence */ a{}"),
            ("@import url(\"x.css\") ;\n@layer a , b;", "@import url(\"x.css\");@layer a,b"),
        ];
        for (written, smaller) in cases {
            assert_eq!(minify(written), smaller);
            assert_eq!(minify(smaller), smaller, "it is small already");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        for sheet in ["a { content: \"open\n }  b { }", "a ) { }  b", "a { b: url(x y\"z) }  "] {
            assert_eq!(minify(sheet), sheet);
        }
        let deep = format!("a  {}", "(".repeat(100_000));
        assert_eq!(minify(&deep), deep);
    }
}
