//! Plain text ↔ the text of a BibLaTeX field. The crate `biblatex` reads TeX; what it would spoil is hidden from it and brought back.

/// Letters of a private area stand for what the reader of TeX would change: spaces that are not the usual one, and marks in addresses.
const HIDDEN: &[char] = &[
    '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}',
    '\u{2008}', '\u{200a}', '\u{205f}', '\u{3000}', '\u{1680}', '\u{85}', '\u{2028}', '\u{2029}', '-', '$', '\u{b}',
    '\u{c}',
];
const FIRST_HIDDEN: u32 = 0xE1F0;

/// Commands that only say how their words look.
const LOOKS: &[&str] = &[
    "emph",
    "textit",
    "textbf",
    "textsc",
    "textrm",
    "textsf",
    "texttt",
    "textsl",
    "textup",
    "textmd",
    "textnormal",
    "mkbibemph",
    "mkbibitalic",
    "mkbibbold",
    "mkbibparens",
    "url",
    "nolinkurl",
    "mbox",
    "uppercase",
    "text",
    "hbox",
];

/// Switches within braces that only say how what follows looks.
const SWITCHES: &[&str] =
    &["em", "it", "bf", "sc", "rm", "sf", "tt", "sl", "itshape", "bfseries", "scshape", "upshape"];

/// Deeper braces are no honest text, and cost more than they say.
pub(super) const MAX_DEPTH: usize = 64;

/// Text as it stands in a field.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '%' | '&' | '#' | '_' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Two of them are one other mark in TeX.
            '-' | '\'' | '`' if before == c => {
                escaped.push_str("{}");
                escaped.push(c);
            }
            c => escaped.push(c),
        }
        before = c;
    }
    escaped
}

/// An address as it stands in a field: verbatim, but braces would end it.
pub(super) fn escape_address(address: &str) -> String {
    address.replace('{', "%7B").replace('}', "%7D")
}

/// The value of our own field: JSON, whose braces come in pairs and so may stay braces.
pub(super) fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for piece in json.split_inclusive(['{', '}']) {
        let (words, brace) = match piece.strip_suffix(['{', '}']) {
            Some(words) if piece.ends_with('{') => (words, "\\{"),
            Some(words) => (words, "\\}"),
            None => (piece, ""),
        };
        escaped.push_str(&escape(words));
        escaped.push_str(brace);
    }
    escaped
}

/// The text of a field as the reader of TeX gets it. An address is read letter by letter.
pub(super) fn prepare(raw: &str, address: bool) -> String {
    let mut prepared = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        if c == '\\' {
            rest = command(after, &mut prepared);
            continue;
        }
        if !address {
            let pair =
                [("``", '“'), ("''", '”')].into_iter().find_map(|(pair, mark)| Some((rest.strip_prefix(pair)?, mark)));
            if let Some((after, mark)) = pair {
                prepared.push(mark);
                rest = after;
                continue;
            }
        }
        prepared.push(match c {
            '~' if !address => hide('\u{a0}'),
            '-' | '$' if !address => c,
            c => hide(c),
        });
        rest = after;
    }
    prepared
}

/// Copies a command, or drops one that only says how words look.
fn command<'a>(after: &'a str, prepared: &mut String) -> &'a str {
    let letters = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (name, rest) = after.split_at_checked(letters).unwrap_or((after, ""));
    if LOOKS.contains(&name) && rest.starts_with('{') {
        return rest;
    }
    if SWITCHES.contains(&name) {
        return rest.trim_start();
    }
    if name.is_empty() {
        let length = rest.chars().next().map_or(0, char::len_utf8);
        let (mark, rest) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match mark {
            "," => prepared.push(hide('\u{202f}')),
            " " => prepared.push(' '),
            "/" => {}
            // A mark that is escaped, or the accent for what follows.
            _ => {
                prepared.push('\\');
                prepared.push_str(mark);
            }
        }
        return rest;
    }
    prepared.push('\\');
    prepared.push_str(name);
    rest
}

fn hide(c: char) -> char {
    let hidden = HIDDEN.iter().zip(FIRST_HIDDEN..).find(|(hidden, _)| **hidden == c);
    hidden.and_then(|(_, code)| char::from_u32(code)).unwrap_or(c)
}

/// Brings back what [`prepare`] hid.
pub(super) fn reveal(text: &str) -> String {
    let shown = |c: char| {
        let index = u32::from(c).checked_sub(FIRST_HIDDEN).and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| HIDDEN.get(index)).copied().unwrap_or(c)
    };
    text.chars().map(shown).collect()
}

/// How deep braces are nested.
pub(super) fn depth(raw: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for c in raw.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// A TeX command that was not understood and stands in the text as it stood in the file.
pub(super) fn unread_command<'a>(text: &'a str, raw: &str) -> Option<&'a str> {
    let written: Vec<&str> = commands(raw).collect();
    commands(text).find(|command| written.contains(command))
}

/// The commands of a text whose names are letters.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('\\').filter_map(|(at, _)| {
        let after = text.get(at + 1..)?;
        let letters = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        text.get(at..=at + letters).filter(|_| letters > 0)
    })
}
