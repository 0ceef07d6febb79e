//! What a translation must not lose: a passage held against the wording that it was made from.

use super::block::{Block, Kind};
use super::marks::Marks;
use super::record::Exemption;
use crate::ids::Lang;
use icu::normalizer::ComposingNormalizer;
use std::collections::BTreeSet;
use std::fmt::Display;

/// Shorter passages say the same in few or many letters.
const SHORT: usize = 40;

/// A translation has at least this many letters for a hundred of the source.
const FEWEST: usize = 40;

/// And at most this many.
const MOST: usize = 250;

/// So many words in a row are no name any more.
const NAME: usize = 5;

/// What is wrong with a translated passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It cites less or more.
    Citations(Difference),
    /// It shows less or more.
    Figures(Difference),
    /// It has less or more footnotes.
    Footnotes(Difference),
    /// A heading of another level.
    Level {
        /// The source's.
        source: u8,
        /// Its own.
        own: u8,
    },
    /// Links that it does not have.
    Links(Vec<String>),
    /// Numbers that it does not have.
    Numbers(Vec<String>),
    /// So many letters for a hundred of the source.
    Length(usize),
    /// It is the source, word by word.
    Untranslated,
    /// Letters that are written in pieces.
    Pieces,
    /// Letters as they are joined in print, which no search finds.
    Joined(char),
    /// A letter of another alphabet that looks like one of its own.
    Lookalike {
        /// The letter.
        letter: char,
        /// The word.
        word: String,
    },
}

impl Fault {
    /// By which exemption a record may say that it is as it should be.
    pub fn exemption(&self) -> Option<Exemption> {
        match self {
            Self::Citations(_) | Self::Figures(_) | Self::Footnotes(_) | Self::Level { .. } => None,
            Self::Links(_) => Some(Exemption::Link),
            Self::Numbers(_) => Some(Exemption::Number),
            Self::Length(_) => Some(Exemption::Length),
            Self::Untranslated => Some(Exemption::Untranslated),
            Self::Pieces | Self::Joined(_) | Self::Lookalike { .. } => Some(Exemption::Letters),
        }
    }
}

/// What is on one side only, as an author writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// In the source only.
    pub lost: Vec<String>,
    /// In the translation only.
    pub added: Vec<String>,
}

impl Difference {
    fn between<T: PartialEq + Display>(source: &[T], own: &[T]) -> Option<Self> {
        let (lost, added) = (without(source, own), without(own, source));
        (!lost.is_empty() || !added.is_empty()).then_some(Self { lost, added })
    }
}

/// Those of the one that the other does not have, each as often as it is too many.
fn without<T: PartialEq + Display>(one: &[T], other: &[T]) -> Vec<String> {
    let mut rest: Vec<&T> = other.iter().collect();
    let mut only = Vec::new();
    for item in one {
        match rest.iter().position(|other| *other == item) {
            Some(at) => drop(rest.swap_remove(at)),
            None => only.push(item.to_string()),
        }
    }
    only
}

/// What the marks of two wordings do not share, and nobody may leave out.
pub fn marks(source: &Marks, own: &Marks) -> Vec<Fault> {
    let sources = |marks: &Marks| -> Vec<String> {
        let named = marks.sources.iter().map(|(source, quote)| match quote {
            Some(quote) => format!("@{source}#{quote}"),
            None => format!("@{source}"),
        });
        named.collect()
    };
    let figures = |marks: &Marks| -> Vec<String> {
        marks
            .figures
            .iter()
            .map(|figure| {
                let point = match &figure.point {
                    Some(crate::markdown::tree::SeriesPoint::At(date)) => format!("@{date}"),
                    Some(crate::markdown::tree::SeriesPoint::Latest) => ":latest".to_owned(),
                    None => String::new(),
                };
                format!("={}{point}", figure.id)
            })
            .collect()
    };
    let footnotes =
        |marks: &Marks| -> Vec<String> { marks.footnotes.iter().map(|label| format!("^{label}")).collect() };
    let citations = Difference::between(&sources(source), &sources(own)).map(Fault::Citations);
    let shown = Difference::between(&figures(source), &figures(own)).map(Fault::Figures);
    let notes = Difference::between(&footnotes(source), &footnotes(own)).map(Fault::Footnotes);
    citations.into_iter().chain(shown).chain(notes).collect()
}

/// What else a translation may have lost. It is compared with the wording that it was made from; one that is stale is not.
pub fn wording(source: &Block, own: &Block) -> Vec<Fault> {
    let mut faults = Vec::new();
    if source.kind() == Kind::Heading && source.level != own.level {
        faults.push(Fault::Level { source: source.level, own: own.level });
    }
    let links = without(&source.marks.links, &own.marks.links);
    if !links.is_empty() {
        faults.push(Fault::Links(links));
    }
    let numbers = own.marks.numbers();
    let is_there = |number: &str| numbers.contains(number) || is_told(number, &numbers, &source.marks.words);
    let lost: Vec<String> = source.marks.numbers().into_iter().filter(|number| !is_there(number)).collect();
    if !lost.is_empty() {
        faults.push(Fault::Numbers(lost));
    }
    let (before, after) = (letters(&source.marks.words), letters(&own.marks.words));
    if before >= SHORT {
        let ratio = after * 100 / before;
        if !(FEWEST..=MOST).contains(&ratio) {
            faults.push(Fault::Length(ratio));
        }
    }
    if is_untranslated(source, own) {
        faults.push(Fault::Untranslated);
    }
    faults
}

/// Whether a number is told in another way: `200,000` as "200 thousand", `2008–09` as `2008–2009`, and the 1990s in a word.
fn is_told(number: &str, own: &BTreeSet<String>, source: &str) -> bool {
    let thousands = number.strip_suffix("000");
    let rounded = [thousands, thousands.and_then(|thousands| thousands.strip_suffix("000"))];
    let ends_a_year = number.len() == 2 && own.iter().any(|own| own.len() == 4 && own.ends_with(number));
    let is_decade = number.len() == 4 && source.contains(&format!("{number}s"));
    rounded.into_iter().flatten().any(|rounded| own.contains(rounded)) || ends_a_year || is_decade
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn is_untranslated(source: &Block, own: &Block) -> bool {
    let words = |block: &Block| -> Vec<String> {
        let words = block.marks.words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
        words.map(str::to_owned).collect()
    };
    let (before, after) = (words(source), words(own));
    source.kind() != Kind::Code && before.len() >= NAME && before == after
}

/// What is wrong with the letters of a text in a language.
pub fn spelling(text: &str, lang: &Lang) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !ComposingNormalizer::new_nfc().is_normalized(text) && !text.chars().any(is_joined) {
        faults.push(Fault::Pieces);
    }
    faults.extend(text.chars().find(|c| is_joined(*c)).map(Fault::Joined));
    let language = lang.as_str().split('-').next().unwrap_or("");
    let foreign = text.split(|c: char| !c.is_alphabetic()).find_map(|word| Some((lookalike(word, language)?, word)));
    faults.extend(foreign.map(|(letter, word)| Fault::Lookalike { letter, word: word.to_owned() }));
    faults
}

/// A letter in one of the shapes that it takes in print, joined to others.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{fb1d}'..='\u{fb4f}' | '\u{fb50}'..='\u{fbff}' | '\u{fc00}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdf1}' | '\u{fe70}'..='\u{fefc}')
}

/// A letter in a word that only looks as if it belonged there.
fn lookalike(word: &str, language: &str) -> Option<char> {
    let persian = |c: char| matches!(c, '\u{6a9}' | '\u{6cc}' | '\u{6be}' | '\u{6c1}' | '\u{6d5}');
    let arabic = |c: char| matches!(c, '\u{643}' | '\u{64a}');
    let of_neighbour = match language {
        "ar" => word.chars().find(|c| persian(*c)),
        "fa" | "ur" => word.chars().find(|c| arabic(*c)),
        _ => None,
    };
    let is_latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}');
    let is_greek_or_cyrillic = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}');
    let (own, strange): (&dyn Fn(char) -> bool, &dyn Fn(char) -> bool) = match language {
        // Where the language's own letters are such, the Latin one is the stranger.
        "ru" | "uk" | "be" | "bg" | "mk" | "sr" | "kk" | "el" => (&is_greek_or_cyrillic, &is_latin),
        _ => (&is_latin, &is_greek_or_cyrillic),
    };
    of_neighbour.or_else(|| word.chars().find(|c| strange(*c)).filter(|_| word.chars().any(own)))
}

#[cfg(test)]
mod tests {
    use super::{Fault, spelling};
    use crate::ids::Lang;

    fn faults(lang: &str, text: &str) -> Vec<Fault> {
        spelling(text, &Lang::parse(lang).unwrap())
    }

    #[test]
    fn letters_are_what_they_look_like() {
        assert_eq!(faults("ar", "الأونروا في غزة، 12"), []);
        assert_eq!(faults("he", "אונר״א ו־OCHA"), []);
        assert_eq!(faults("fr", "l’école"), []);
        assert_eq!(faults("fr", "l’e\u{301}cole"), [Fault::Pieces]);
        assert_eq!(faults("ar", "ﻏﺰﺓ"), [Fault::Joined('ﻏ')]);
        assert_eq!(faults("he", "\u{fb2a}לום"), [Fault::Joined('\u{fb2a}')]);
        let lookalike = |letter, word: &str| [Fault::Lookalike { letter, word: word.to_owned() }];
        assert_eq!(faults("ar", "الكيان الاسلامی"), lookalike('ی', "الاسلامی"));
        assert_eq!(faults("he", "ОCHA"), lookalike('О', "ОCHA"));
        assert_eq!(faults("fa", "كتاب"), lookalike('ك', "كتاب"));
        assert_eq!(faults("ru", "Cектор Газа, UNRWA"), lookalike('C', "Cектор"));
        assert_eq!(faults("zh", "加沙地带"), []);
    }
}
