//! A source as an `OpenURL` context object (Z39.88-2004, key–encoded values), which reference managers find in a page as `COinS`.

use super::original;
use crate::citation::Source;
use crate::citation::record::Author;
use crate::date::{Date, Moment};
use crate::workspace::Localized;
use std::fmt::Write;

/// The value of the `title` attribute of a span of class `Z3988`.
pub fn coins(source: &Source) -> String {
    let lang = &source.lang;
    let mut object = ContextObject { text: "ctx_ver=Z39.88-2004".to_owned() };
    let first = |words: &Option<Localized>| words.as_ref().map(|words| original(words, lang).to_owned());
    let title = original(&source.title, lang);
    let container = first(&source.container);
    let numbers = &source.numbers;
    let genre = Genre::of(source.form);
    object.add("rft_val_fmt", Some(&format!("info:ofi/fmt:kev:mtx:{}", genre.format())));
    match genre {
        Genre::Journal => {
            object.add("rft.genre", Some("article"));
            object.add("rft.atitle", Some(title));
            object.add("rft.jtitle", container.as_deref());
            object.add("rft.volume", numbers.volume.as_deref());
            object.add("rft.issue", numbers.issue.as_deref());
            object.add("rft.pages", numbers.pages.as_deref());
        }
        Genre::Book(genre) => {
            object.add("rft.genre", Some(genre));
            match container.filter(|_| matches!(genre, "bookitem" | "proceeding")) {
                Some(whole) => {
                    object.add("rft.atitle", Some(title));
                    object.add("rft.btitle", Some(&whole));
                }
                None => object.add("rft.btitle", Some(title)),
            }
            object.add("rft.pub", first(&source.publisher).as_deref());
            object.add("rft.place", first(&source.place).as_deref());
            object.add("rft.edition", numbers.edition.as_deref());
            object.add("rft.pages", numbers.pages.as_deref());
            object.add("rft.isbn", source.isbn.as_ref().map(|isbn| isbn.value.as_str()));
        }
        Genre::Other(kind) => {
            object.add("rft.type", Some(kind));
            object.add("rft.title", Some(title));
            object.add("rft.source", container.as_deref());
            object.add("rft.publisher", first(&source.publisher).or_else(|| first(&source.authority)).as_deref());
            let symbol = source.symbol.as_ref().map(|symbol| symbol.value.as_str());
            object.add("rft.identifier", symbol.or(numbers.number.as_deref()));
        }
    }
    object.authors(source, genre);
    object.add("rft.date", source.date.as_ref().map(begins).as_deref());
    object.add("rft.language", Some(lang.as_str()));
    object.add("rft_id", source.doi.as_ref().map(|doi| format!("info:doi/{}", doi.value)).as_deref());
    object.add("rft_id", source.url.as_ref().map(|url| url.value.as_str()));
    object.text
}

/// What a context object can speak of.
#[derive(Debug, Clone, Copy)]
enum Genre {
    /// An article of a journal, a newspaper, a magazine.
    Journal,
    /// A book and what is like one.
    Book(&'static str),
    /// Everything else, by the name that reference managers have for it.
    Other(&'static str),
}

impl Genre {
    fn of(form: &str) -> Self {
        match form {
            "article-journal" | "article-newspaper" | "article-magazine" | "review" => Self::Journal,
            "book" | "pamphlet" => Self::Book("book"),
            "chapter" | "entry-encyclopedia" => Self::Book("bookitem"),
            "paper-conference" => Self::Book("proceeding"),
            "report" => Self::Book("report"),
            "legal_case" => Self::Other("case"),
            "legislation" | "regulation" | "treaty" => Self::Other("statute"),
            "bill" => Self::Other("bill"),
            "hearing" => Self::Other("hearing"),
            "interview" => Self::Other("interview"),
            "map" => Self::Other("map"),
            "motion_picture" => Self::Other("film"),
            "broadcast" => Self::Other("tvBroadcast"),
            "post" => Self::Other("forumPost"),
            "post-weblog" => Self::Other("blogPost"),
            "speech" => Self::Other("presentation"),
            "thesis" => Self::Other("thesis"),
            "personal_communication" => Self::Other("letter"),
            "webpage" => Self::Other("webpage"),
            "dataset" => Self::Other("dataset"),
            _ => Self::Other("document"),
        }
    }

    fn format(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Book(_) => "book",
            Self::Other(_) => "dc",
        }
    }
}

struct ContextObject {
    text: String,
}

impl ContextObject {
    fn add(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.text.push('&');
            self.text.push_str(key);
            self.text.push('=');
            encode(value, &mut self.text);
        }
    }

    fn authors(&mut self, source: &Source, genre: Genre) {
        let lang = &source.lang;
        let mut named = matches!(genre, Genre::Other(_));
        for author in &source.authors {
            match author {
                Author::Body(name) => self.add("rft.aucorp", Some(original(name, lang))),
                Author::Person { family, given } => {
                    let (family, given) = (original(family, lang), given.as_ref().map(|given| original(given, lang)));
                    // The first of the persons is told by parts; all are told whole.
                    if !named {
                        self.add("rft.aulast", Some(family));
                        self.add("rft.aufirst", given);
                        named = true;
                    }
                    let whole = given.map_or_else(|| family.to_owned(), |given| format!("{family}, {given}"));
                    let key = if matches!(genre, Genre::Other(_)) { "rft.creator" } else { "rft.au" };
                    self.add(key, Some(&whole));
                }
            }
        }
    }
}

/// The day, month or year with which a date begins.
fn begins(date: &Date) -> String {
    let (Date::At(moment) | Date::About(moment) | Date::Interval(moment, _)) = *date;
    Moment::to_string(&moment)
}

/// Everything but letters, digits and `-._~` by its bytes.
fn encode(value: &str, out: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}
