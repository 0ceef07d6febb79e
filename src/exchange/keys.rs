//! Keys of sources: by the house's rule made of who wrote it and the year, `morris-2004`.

use crate::book::Library;
use crate::ids::SourceId;

/// The key for a source that the library does not have yet.
pub fn suggest(who: Option<&str>, title: &str, date: Option<&str>, library: &Library) -> Option<SourceId> {
    // Of a person only the family name.
    let who = who.map(|who| who.split(',').next().unwrap_or(who));
    free(who, title, date, |id| library.source(id).is_none())
}

/// The key, or the key with a number, that is free.
pub(super) fn free(
    who: Option<&str>,
    title: &str,
    date: Option<&str>,
    is_free: impl Fn(&SourceId) -> bool,
) -> Option<SourceId> {
    let words = letters(who.filter(|who| !who.is_empty()).unwrap_or(title));
    let name = words.split('-').filter(|word| !word.is_empty()).take(4).collect::<Vec<_>>().join("-");
    let year: String = date.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    let parts = [if name.is_empty() { "source".to_owned() } else { name }, year];
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let names = std::iter::once(name.clone()).chain((2..).map(|number: u32| format!("{name}-{number}")));
    names.map_while(|name| SourceId::parse(&name)).find(is_free)
}

/// What is left of words as a key; `None` where nothing is.
pub(super) fn slug(words: &str) -> Option<SourceId> {
    SourceId::parse(&letters(words))
}

/// Letters and digits of the words, with `-` for the rest; accents fall off the letters that have them.
fn letters(words: &str) -> String {
    let mut slug = String::new();
    for c in words.chars() {
        match plain(c) {
            Some(c) => slug.push(c),
            None if !slug.is_empty() && !slug.ends_with('-') && c != '\'' && c != '’' => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(60);
    slug.trim_end_matches('-').to_owned()
}

/// Letters with accents, by the letter without.
const ACCENTED: &[(&str, char)] = &[
    ("àáâãäåāă", 'a'),
    ("çćč", 'c'),
    ("ďđ", 'd'),
    ("èéêëēěę", 'e'),
    ("ğ", 'g'),
    ("ìíîïīı", 'i'),
    ("łľ", 'l'),
    ("ñńň", 'n'),
    ("òóôõöøō", 'o'),
    ("řŕ", 'r'),
    ("šśş", 's'),
    ("ťţ", 't'),
    ("ùúûüūů", 'u'),
    ("ýÿ", 'y'),
    ("žźż", 'z'),
];

fn plain(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase());
    }
    let lower = c.to_lowercase().next()?;
    ACCENTED.iter().find(|(letters, _)| letters.contains(lower)).map(|(_, plain)| *plain)
}
