//! A source as a line of a list, part by part, for a reader of some language.
//!
//! Parts, not one string: each keeps its own language, so that the page can isolate and label it. The order is the same for every
//! form: who, what, where it appeared, when, by which number. A CSL engine can take the place of [`format`] without its callers noticing.

use super::record::{Author, Source};
use crate::ids::Lang;
use crate::locale::{Direction, Key, Locale, direction_of_language};
use crate::workspace::Localized;

/// What a part of an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who wrote it.
    Author,
    /// Its title.
    Title,
    /// Its title in the reader's language.
    TranslatedTitle,
    /// The newspaper or journal.
    Container,
    /// Who published it.
    Publisher,
    /// Volume, issue, number, pages, edition.
    Number,
    /// When.
    Date,
    /// UN symbol, court reference, docket.
    Symbol,
}

/// A part of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The words.
    pub text: String,
    /// Their language, where that is known and not the reader's.
    pub lang: Option<Lang>,
}

/// The entry of a source, for a reader of the locale's language.
pub fn format(source: &Source, locale: &Locale) -> Vec<Part> {
    let reader = locale.lang();
    let mut parts = Vec::new();
    let mut add = |role: Role, text: String, lang: Option<&Lang>| {
        if !text.is_empty() {
            let lang = lang.filter(|lang| *lang != reader && may_be(&text, lang)).cloned();
            parts.push(Part { role, text, lang });
        }
    };
    let authors = names(source, locale);
    let author = locale.list(&authors.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    add(Role::Author, author, common_language(&authors));

    let (title, title_lang) = original(&source.title, &source.lang);
    add(Role::Title, title.to_owned(), Some(title_lang));
    if let Some(translated) = source.title.exact(reader).filter(|_| title_lang != reader) {
        add(Role::TranslatedTitle, translated.to_owned(), None);
    }
    for (role, name) in [(Role::Container, &source.container), (Role::Publisher, &source.publisher)] {
        let Some(name) = name else { continue };
        let (text, lang) = pick(name, source, reader);
        // A body that publishes its own report is named once.
        if authors.iter().all(|(author, _)| author != text) {
            add(role, text.to_owned(), Some(lang));
        }
    }
    let numbers = &source.numbers;
    let volume = match (&numbers.volume, &numbers.issue) {
        (Some(volume), Some(issue)) => Some(format!("{volume} ({issue})")),
        (volume, issue) => volume.clone().or_else(|| issue.clone()),
    };
    let numbers =
        [volume, numbers.number.clone(), numbers.pages.clone(), numbers.edition.clone(), numbers.version.clone()];
    add(Role::Number, numbers.into_iter().flatten().collect::<Vec<_>>().join(", "), None);
    let date = match &source.date {
        Some(date) => locale.date(date),
        None => locale.text(Key::NoDate).to_owned(),
    };
    add(Role::Date, date, None);
    add(Role::Symbol, source.symbol.as_ref().map(|symbol| symbol.value.clone()).unwrap_or_default(), None);
    parts
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

/// The language to label a text with; none for the reader's own.
fn label(text: &str, lang: &Lang, reader: &Lang) -> Option<Lang> {
    (lang != reader && may_be(text, lang)).then(|| lang.clone())
}

/// Whether a text can be in a language, by its letters: "Telegram" stands in an Arabic record, but is not Arabic.
fn may_be(text: &str, lang: &Lang) -> bool {
    let right_to_left = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FEFC}');
    direction_of_language(lang) == Direction::Ltr || text.contains(right_to_left)
}

/// The original wording of a text of the source, and its language.
pub fn original<'a>(text: &'a Localized, lang: &'a Lang) -> (&'a str, &'a Lang) {
    let (words, own) = text.pick(lang, &[]);
    (words, own.unwrap_or(lang))
}

fn pick<'a>(text: &'a Localized, source: &'a Source, reader: &'a Lang) -> (&'a str, &'a Lang) {
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
