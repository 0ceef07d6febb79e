//! What the engine printed for a bracket → [`CiteText`], with what the engine cannot: words before and after, authors left out or moved
//! into the sentence.

use super::{Purpose, Reader, Token, Walker, pieces, polish};
use crate::citation::csl::cites::{Bracket, CitePart, CiteText, place};
use crate::citation::csl::project::Projection;
use crate::citation::entry::{Piece, Role, Run};
use crate::markdown::locator::Locator;
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta};

/// How a bracket is printed.
#[derive(Debug, Clone, Copy)]
pub(in crate::citation::csl) struct Adjust<'a> {
    pub(in crate::citation::csl) bracket: &'a Bracket<'a>,
    /// The comma of the reader's language.
    pub(in crate::citation::csl) comma: &'a str,
    /// Whether it becomes a note, which names its authors whatever the sentence does.
    pub(in crate::citation::csl) notes: bool,
}

/// Which citation of the bracket the engine's item is, with its source and its place.
type Of<'a> = dyn Fn(usize) -> Option<(usize, &'a Projection, Option<&'a Locator>)> + 'a;

/// What is printed for a bracket.
pub(in crate::citation::csl) fn citation(
    tree: &ElemChildren,
    of: &Of<'_>,
    reader: Reader<'_>,
    adjust: Adjust<'_>,
) -> CiteText {
    let purpose = if adjust.notes { Purpose::Note } else { Purpose::Cite };
    let mut tokens = line(tree, of, reader, purpose);
    let mut name = Vec::new();
    for (index, cite) in adjust.bracket.cites.iter().enumerate() {
        let in_sentence = adjust.bracket.in_sentence && index == 0;
        if !adjust.notes && (cite.suppress_author || in_sentence) {
            let author = take_author(&mut tokens, index);
            if in_sentence {
                name = author;
            }
        }
        put_around(&mut tokens, index, cite.prefix, cite.suffix, adjust.comma);
    }
    let tokens = polish::neighbours(tokens, reader.locale, purpose);
    let name = pieces(&mut polish::neighbours(name, reader.locale, purpose).into_iter());
    let mut parts = parts(&mut tokens.into_iter());
    if adjust.notes {
        begin_sentence(&mut parts);
    }
    CiteText { name, parts }
}

/// The tree as a line; each citation is opened and closed. One of which nothing was printed is left out, with the words that part it from the next.
fn line(tree: &ElemChildren, of: &Of<'_>, reader: Reader<'_>, purpose: Purpose) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut between = Vec::new();
    let mut is_first = true;
    for child in &tree.0 {
        match child {
            ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(item)), children, .. }) => {
                // What stands before the first is the bracket's own.
                if is_first {
                    tokens.append(&mut between);
                }
                is_first = false;
                if let Some(mut cite) = of(*item).and_then(|cited| one(children, cited, reader, purpose)) {
                    if tokens.contains(&Token::CloseCite) {
                        tokens.append(&mut between);
                    }
                    tokens.append(&mut cite);
                }
                between.clear();
            }
            ElemChild::Text(text) => {
                let run = Run { text: reader.terms.quoted(&text.text), looks: super::looks(text.formatting) };
                between.push(Token::Words(run));
            }
            _ => {}
        }
    }
    tokens.append(&mut between);
    tokens
}

/// A citation, opened and closed; none where nothing was printed of it.
fn one(
    children: &ElemChildren,
    (index, projection, locator): (usize, &Projection, Option<&Locator>),
    reader: Reader<'_>,
    purpose: Purpose,
) -> Option<Vec<Token>> {
    let locator = locator.map(place);
    let mut walker = Walker { projection, reader, purpose, locator, tokens: vec![Token::Cite(index)] };
    walker.children(children);
    let is_printed = walker.tokens.iter().any(|token| matches!(token, Token::Value(_)));
    walker.tokens.push(Token::CloseCite);
    is_printed.then_some(walker.tokens)
}

/// The tokens of a citation.
fn span_of(tokens: &[Token], cite: usize) -> Option<std::ops::Range<usize>> {
    let start = tokens.iter().position(|token| *token == Token::Cite(cite))? + 1;
    let length = tokens.iter().skip(start).position(|token| *token == Token::CloseCite)?;
    Some(start..start + length)
}

/// Takes the author out of a citation, unless nothing would be left of it.
fn take_author(tokens: &mut Vec<Token>, cite: usize) -> Vec<Token> {
    let Some(span) = span_of(tokens, cite) else { return Vec::new() };
    let within = tokens.get(span.clone()).unwrap_or_default();
    let Some(open) = within.iter().position(|token| *token == Token::Open(Role::Author)) else { return Vec::new() };
    let Some(length) = within.iter().skip(open).position(|token| *token == Token::Close) else { return Vec::new() };
    let left = within
        .iter()
        .enumerate()
        .any(|(at, token)| matches!(token, Token::Value(_)) && !(open..=open + length).contains(&at));
    if !left {
        return Vec::new();
    }
    let start = span.start + open;
    let author: Vec<Token> = tokens.drain(start..=start + length).collect();
    if let Some(Token::Words(run)) = tokens.get_mut(start) {
        run.text = run.text.trim_start_matches([' ', ',', ';', ':', '\u{a0}']).to_owned();
    }
    author
}

/// Writes words before and after a citation.
fn put_around(tokens: &mut Vec<Token>, cite: usize, prefix: Option<&str>, suffix: Option<&str>, comma: &str) {
    let Some(span) = span_of(tokens, cite) else { return };
    if let Some(suffix) = suffix {
        let between = if suffix.starts_with(|c: char| c.is_ascii_punctuation() || c == '،') { "" } else { comma };
        tokens.insert(span.end, Token::Words(Run::plain(format!("{between}{suffix}"))));
    }
    if let Some(prefix) = prefix {
        tokens.insert(span.start, Token::Words(Run::plain(format!("{prefix} "))));
    }
}

/// The line as parts: citations, and what stands between them.
fn parts(tokens: &mut impl Iterator<Item = Token>) -> Vec<CitePart> {
    let mut parts = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Words(run) => parts.push(CitePart::Words(run)),
            Token::Cite(index) => {
                parts.push(CitePart::Cite { index, pieces: pieces(&mut *tokens), by_hand: false });
            }
            // Nothing else stands outside a citation.
            _ => {}
        }
    }
    parts
}

/// A note begins with a capital where it begins with words.
fn begin_sentence(parts: &mut [CitePart]) {
    let run = match parts.first_mut() {
        Some(CitePart::Words(run)) => Some(run),
        Some(CitePart::Cite { pieces, .. }) => match pieces.first_mut() {
            Some(Piece::Words(run)) => Some(run),
            _ => None,
        },
        None => None,
    };
    if let Some(run) = run {
        let mut chars = run.text.chars();
        if let Some(first) = chars.next() {
            run.text = first.to_uppercase().chain(chars).collect();
        }
    }
}
