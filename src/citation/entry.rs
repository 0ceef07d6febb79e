//! A source as a line of a list: a tree of the record's values and the style's own words, and the name by which a sentence speaks of a source.
//!
//! Values keep their role and their language, so that the page can isolate and label each; whoever writes the tree escapes it. [`super::csl`]
//! makes entries after a style, [`by_hand`] without one.

use super::record::{Author, Source};
use crate::ids::Lang;
use crate::locale::{Direction, Key, Locale, direction_of_language};
use crate::workspace::Localized;

/// What a value of an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Those who wrote it, with what stands between them.
    Author,
    /// One of them.
    Name,
    /// Its title.
    Title,
    /// Its title in Latin letters.
    LatinTitle,
    /// Its title in the reader's language.
    TranslatedTitle,
    /// The newspaper, journal or book that it stands in.
    Container,
    /// Who published it.
    Publisher,
    /// Where.
    Place,
    /// The court or body that decided it.
    Authority,
    /// Volume, issue, pages, edition, version, number.
    Number,
    /// UN symbol, court reference, docket.
    Symbol,
    /// When.
    Date,
    /// Its address, where a style prints one.
    Address,
}

/// How letters look. What is in no list looks like the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// Slanted.
    Italic,
    /// Heavy.
    Bold,
    /// Small capitals.
    SmallCapitals,
    /// Underlined.
    Underlined,
    /// Above the line.
    Raised,
    /// Below it.
    Lowered,
}

/// Letters of one look.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Run {
    /// The letters.
    pub text: String,
    /// How they look.
    pub looks: Vec<Look>,
}

impl Run {
    /// Letters that look like the text around them.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), looks: Vec::new() }
    }
}

/// A value of the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Value {
    /// What it is.
    pub role: Role,
    /// Its language, where that is known and not the reader's.
    pub lang: Option<Lang>,
    /// The words.
    pub runs: Vec<Run>,
}

/// A part of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// The style's own words, in the reader's language.
    Words(Run),
    /// A value of the record.
    Value(Value),
    /// Several parts that are one thing: authors.
    Group(Role, Vec<Piece>),
    /// What leads to an address.
    Link {
        /// Where to.
        href: String,
        /// What is shown.
        pieces: Vec<Piece>,
    },
    /// A new line.
    Break,
}

/// The entry of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Entry {
    /// Its parts in order.
    pub pieces: Vec<Piece>,
}

impl Entry {
    /// Its words alone.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        tell(&self.pieces, &mut text);
        text
    }

    /// Whether a value of that role is in it.
    pub fn has(&self, role: Role) -> bool {
        holds(&self.pieces, &|value| value.role == role)
    }

    /// Whether it tells nothing of the record.
    pub fn is_empty(&self) -> bool {
        !holds(&self.pieces, &|value| value.runs.iter().any(|run| !run.text.trim().is_empty()))
    }
}

fn tell(pieces: &[Piece], text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Words(run) => text.push_str(&run.text),
            Piece::Value(value) => value.runs.iter().for_each(|run| text.push_str(&run.text)),
            Piece::Group(_, pieces) | Piece::Link { pieces, .. } => tell(pieces, text),
            Piece::Break => text.push('\n'),
        }
    }
}

fn holds(pieces: &[Piece], is_it: &dyn Fn(&Value) -> bool) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Value(value) => is_it(value),
        Piece::Group(_, pieces) | Piece::Link { pieces, .. } => holds(pieces, is_it),
        Piece::Words(_) | Piece::Break => false,
    })
}

/// The entry without any style: who, what, where it appeared, by which number, when. Stands in where a style fails.
pub fn by_hand(source: &Source, locale: &Locale) -> Entry {
    let reader = locale.lang();
    let mut pieces = Vec::new();
    let mut add = |before: &str, role: Role, text: &str, lang: Option<&Lang>| {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        if !pieces.is_empty() {
            pieces.push(Piece::Words(Run::plain(before)));
        }
        let lang = lang.and_then(|lang| label(&text, lang, reader));
        pieces.push(Piece::Value(Value { role, lang, runs: vec![Run::plain(text)] }));
    };
    let comma = locale.text(Key::Comma);
    let authors = names(source, locale);
    for (name, lang) in &authors {
        add(comma, Role::Name, name, Some(lang));
    }
    let (title, title_lang) = original(&source.title, &source.lang);
    add(". ", Role::Title, title, Some(title_lang));
    if let Some(translated) = source.title.exact(reader).filter(|_| title_lang != reader) {
        add(comma, Role::TranslatedTitle, translated, None);
    }
    for (role, name) in [(Role::Container, &source.container), (Role::Publisher, &source.publisher)] {
        let Some(name) = name else { continue };
        let (text, lang) = pick(name, source, reader);
        // A body that publishes its own report is named once.
        if authors.iter().all(|(author, _)| author != text) {
            add(". ", role, text, Some(lang));
        }
    }
    let numbers = &source.numbers;
    for number in [&numbers.volume, &numbers.issue, &numbers.number, &numbers.pages, &numbers.edition, &numbers.version]
    {
        add(comma, Role::Number, number.as_deref().unwrap_or_default(), None);
    }
    add(comma, Role::Symbol, source.symbol.as_ref().map_or("", |symbol| symbol.value.as_str()), None);
    let date = source.date.as_ref().map(|date| locale.date(date));
    add(comma, Role::Date, date.as_deref().unwrap_or_else(|| locale.text(Key::NoDate)), None);
    Entry { pieces }
}

/// The name by which a sentence or a margin speaks of a source: its author, else where it appeared, else its title.
pub fn short_name(source: &Source, locale: &Locale) -> (String, Option<Lang>) {
    let reader = locale.lang();
    let family = |author: &Author| match author {
        Author::Person { family, .. } => pick(family, source, reader).0.to_owned(),
        Author::Body(name) => pick(name, source, reader).0.to_owned(),
    };
    match source.authors.as_slice() {
        [] => {
            let name = source.container.as_ref().or(source.publisher.as_ref()).unwrap_or(&source.title);
            let (text, lang) = pick(name, source, reader);
            (text.to_owned(), label(text, lang, reader))
        }
        [one] => {
            let name = family(one);
            let lang = common_language(&names(source, locale)).and_then(|lang| label(&name, lang, reader));
            (name, lang)
        }
        [one, two] => (locale.list(&[family(one), family(two)]), None),
        [first, ..] => {
            let name = family(first);
            (format!("{name} {}", locale.text(Key::AndOthers)), None)
        }
    }
}

/// A text on one line, without control characters and without those of private use, which [`super::csl`] needs for itself.
pub(super) fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !is_private(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character has no meaning but what a program gives it, or none that is seen: the signs of invisible operations.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{2061}'..='\u{2064}')
}

/// The language to label a text with; none for the reader's own.
pub(super) fn label(text: &str, lang: &Lang, reader: &Lang) -> Option<Lang> {
    (lang != reader && may_be(text, lang)).then(|| lang.clone())
}

/// Whether a text can be in a language, by its letters: "Telegram" stands in an Arabic record, but is not Arabic.
pub fn may_be(text: &str, lang: &Lang) -> bool {
    let right_to_left = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FEFC}');
    direction_of_language(lang) == Direction::Ltr || text.contains(right_to_left)
}

/// The original wording of a text of the source, and its language.
pub fn original<'a>(text: &'a Localized, lang: &'a Lang) -> (&'a str, &'a Lang) {
    let (words, own) = text.pick(lang, &[]);
    (words, own.unwrap_or(lang))
}

/// The wording of a text of the source for a reader, and its language.
pub(super) fn pick<'a>(text: &'a Localized, source: &'a Source, reader: &'a Lang) -> (&'a str, &'a Lang) {
    let (words, lang) = text.pick(reader, &[&source.lang]);
    (words, lang.unwrap_or(&source.lang))
}

fn names<'a>(source: &'a Source, locale: &'a Locale) -> Vec<(String, &'a Lang)> {
    let reader = locale.lang();
    source
        .authors
        .iter()
        .map(|author| match author {
            Author::Body(name) => {
                let (text, lang) = pick(name, source, reader);
                (text.to_owned(), lang)
            }
            Author::Person { family, given } => {
                let (family, lang) = pick(family, source, reader);
                let given = given.as_ref().map(|given| pick(given, source, reader).0);
                (given.map_or_else(|| family.to_owned(), |given| format!("{given} {family}")), lang)
            }
        })
        .collect()
}

fn common_language<'a>(names: &[(String, &'a Lang)]) -> Option<&'a Lang> {
    let (_, first) = names.first()?;
    names.iter().all(|(_, lang)| lang == first).then_some(*first)
}
