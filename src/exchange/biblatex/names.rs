//! People and bodies ↔ the value of `author`. What stands in braces as a whole is a body; a person is `Family, Given`.

use super::tex;
use crate::citation::record::Author;
use crate::exchange::original;
use crate::ids::Lang;
use biblatex::{Chunk, ChunksExt, Person, Spanned};

/// A name that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A body.
    Body(String),
    /// A person: family name, other names.
    Person(String, Option<String>),
    /// `and others`.
    Others,
}

/// The value of `author`.
pub(super) fn write(authors: &[Author], lang: &Lang) -> String {
    let names = authors.iter().map(|author| match author {
        Author::Body(name) => format!("{{{}}}", tex::escape(original(name, lang))),
        Author::Person { family, given } => {
            let family = part(original(family, lang), true);
            match given {
                Some(given) => format!("{family}, {}", part(original(given, lang), false)),
                // With a comma, or it would be taken apart, or taken for a body.
                None => format!("{family},"),
            }
        }
    });
    names.collect::<Vec<_>>().join(" and ")
}

/// A part of a name, in braces where something in it would be read as more than letters.
fn part(name: &str, family: bool) -> String {
    let word_means_more =
        |word: &str| word.eq_ignore_ascii_case("and") || (family && word.starts_with(char::is_lowercase));
    let escaped = tex::escape(name);
    let bare =
        !name.contains([',', '=']) && !escaped.contains(['{', '\\']) && !name.split_whitespace().any(word_means_more);
    if bare { escaped } else { format!("{{{escaped}}}") }
}

/// Reads names, separated by `and` outside braces.
pub(super) fn read(chunks: &[Spanned<Chunk>]) -> Vec<Name> {
    split(chunks).iter().filter_map(|name| read_one(name)).collect()
}

fn read_one(name: &[Spanned<Chunk>]) -> Option<Name> {
    let words = tex::reveal(&name.format_verbatim()).trim().to_owned();
    if words.is_empty() {
        return None;
    }
    let braced = name.iter().filter(|chunk| !chunk.v.get().trim().is_empty()).collect::<Vec<_>>();
    if let [one] = braced.as_slice()
        && matches!(one.v, Chunk::Verbatim(_))
    {
        return Some(Name::Body(words));
    }
    if words == "others" {
        return Some(Name::Others);
    }
    let person = name.parse::<Vec<Person>>().ok()?.into_iter().next()?;
    let join = |one: &str, other: &str, by: &str| {
        let parts = [one, other].map(|part| tex::reveal(part).replace('\u{a0}', " ").trim().to_owned());
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
    };
    let family = join(&person.prefix, &person.name, " ");
    let given = join(&person.given_name, &person.suffix, ", ");
    match (family.is_empty(), given.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Name::Person(given, None)),
        (false, true) => Some(Name::Person(family, None)),
        (false, false) => Some(Name::Person(family, Some(given))),
    }
}

fn split(chunks: &[Spanned<Chunk>]) -> Vec<Vec<Spanned<Chunk>>> {
    let mut names: Vec<Vec<Spanned<Chunk>>> = vec![Vec::new()];
    for chunk in chunks {
        let Chunk::Normal(text) = &chunk.v else {
            if let Some(name) = names.last_mut() {
                name.push(chunk.clone());
            }
            continue;
        };
        // At the edges of a chunk a brace stands where a space could.
        let mut piece = String::new();
        for (index, word) in text.split(' ').enumerate() {
            if word.eq_ignore_ascii_case("and") {
                flush(&mut names, &mut piece, chunk);
                names.push(Vec::new());
                continue;
            }
            if index > 0 && !(piece.is_empty() && names.last().is_some_and(Vec::is_empty)) {
                piece.push(' ');
            }
            piece.push_str(word);
        }
        flush(&mut names, &mut piece, chunk);
    }
    names
}

fn flush(names: &mut [Vec<Spanned<Chunk>>], piece: &mut String, chunk: &Spanned<Chunk>) {
    let text = std::mem::take(piece);
    if let (Some(name), false) = (names.last_mut(), text.is_empty()) {
        name.push(Spanned { v: Chunk::Normal(text), span: chunk.span.clone() });
    }
}
