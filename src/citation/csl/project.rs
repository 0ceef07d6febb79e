//! A source as the CSL-JSON item that hayagriva formats, for a reader of some language.
//!
//! The engine says of a text that it is a variable, but not of which; so each text ends with a mark of its own ([`Slot`]) by which
//! [`super::walk`] finds it again, with its role and language. The mark stands at the end, where no change of case can touch the words.
//! Whatever the engine gets wrong is kept from it: an interval panics, an approximate date loses its word, a symbol such as `2024-02-23`
//! would be read as a range. Years are shifted ([`Moments`]), so that a printed date tells which of the source's dates it is.

use super::terms::Terms;
use crate::citation::Source;
use crate::citation::entry::{Role, clean, label, original, pick};
use crate::citation::record::Author;
use crate::date::{Date, Moment};
use crate::ids::Lang;
use crate::locale::Locale;
use crate::workspace::Localized;
use hayagriva::citationberg::json::{
    DateValue, FixedDate, FixedDateRange, Item, LiteralName, NameItem, NameValue, Value,
};
use std::collections::BTreeMap;
use std::hash::Hash;

/// The first mark; the last one of the private-use area marks names.
const FIRST_MARK: u32 = 0xE000;
/// Stands at the end of a name, so that the engine takes no full stop out of "Inc.".
const NAME_MARK: char = '\u{F8FF}';
/// Stands at the end of a place within a source.
pub(super) const LOCATOR_MARK: char = '\u{F8FE}';

/// The years that a reader never sees: the date of a source is printed as 20001–29999, the day on which it was seen as 10001–19999.
pub(super) const ISSUED_SHIFT: u16 = 20_000;
pub(super) const ACCESSED_SHIFT: u16 = 10_000;

/// A text of the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) role: Role,
    pub(super) text: String,
    pub(super) lang: Option<Lang>,
}

/// A date with the words that the reader's language has for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Moments {
    pub(super) date: Date,
    pub(super) words: String,
}

/// A source, ready for the engine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Projection {
    pub(super) item: Item,
    slots: Vec<Slot>,
    names: Vec<Option<Lang>>,
    pub(super) issued: Option<Moments>,
    pub(super) accessed: Option<Moments>,
    /// What is written after the title: in Latin letters, in the reader's language.
    pub(super) after_title: Vec<Slot>,
    /// Whether the title is the editors' own, and so no quotation.
    pub(super) descriptive: bool,
}

impl Projection {
    /// The text that a mark stands for.
    pub(super) fn slot(&self, mark: char) -> Option<&Slot> {
        let index = u32::from(mark).checked_sub(FIRST_MARK)?;
        self.slots.get(usize::try_from(index).ok()?)
    }

    /// The language of an author's name.
    pub(super) fn name_lang(&self, index: usize) -> Option<&Lang> {
        self.names.get(index).and_then(Option::as_ref)
    }
}

/// Whether a character is a mark. Nothing of a record is: see [`clean`].
pub(super) fn is_mark(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

/// Projects a source for a reader of the locale's language.
pub(super) fn project(source: &Source, locale: &Locale, terms: &Terms) -> Projection {
    let reader = locale.lang();
    let mut fields = Projector { source, reader, item: BTreeMap::new(), slots: Vec::new(), said: Vec::new() };
    fields.put("id", source.id.as_str());
    fields.put("type", source.form);
    // Without a language the engine takes every title for an English one and changes its capitals.
    fields.put("language", source.lang.as_str());
    let names = fields.authors();

    let (title, title_lang) = original(&source.title, &source.lang);
    fields.text("title", Role::Title, title, title_lang);
    fields.form(terms, [Some(title), source.title.exact(reader)]);
    let mut after_title = Vec::new();
    if title_lang != reader {
        if let Some(latin) = source.title_latn.as_deref().map(clean).filter(|latin| !latin.is_empty()) {
            let lang = Lang::parse(&format!("{title_lang}-Latn"));
            after_title.push(Slot { role: Role::LatinTitle, text: latin, lang });
        }
        if let Some(translated) = source.title.exact(reader).map(clean).filter(|words| !words.is_empty()) {
            after_title.push(Slot { role: Role::TranslatedTitle, text: translated, lang: None });
        }
    }
    // A body that publishes its own report is named once.
    fields.name("container-title", Role::Container, source.container.as_ref());
    fields.name("authority", Role::Authority, source.authority.as_ref());
    fields.name("publisher", Role::Publisher, source.publisher.as_ref());
    fields.name("publisher-place", Role::Place, source.place.as_ref());
    fields.numbers();
    let issued = fields.date("issued", source.date.as_ref(), ISSUED_SHIFT, locale);
    let accessed = source.accessed.as_ref().filter(|_| source.url.is_some());
    let accessed = fields.date("accessed", accessed, ACCESSED_SHIFT, locale);
    let copy = source.archive.first().map(|copy| copy.url.as_str());
    fields.put("URL", source.live_url().or(copy).unwrap_or_default());
    fields.put("DOI", source.doi.as_ref().map_or("", |doi| doi.value.as_str()));
    fields.put("ISBN", source.isbn.as_ref().map_or("", |isbn| isbn.value.as_str()));

    let Projector { item, slots, .. } = fields;
    Projection { item: Item(item), slots, names, issued, accessed, after_title, descriptive: source.title_descriptive }
}

struct Projector<'a> {
    source: &'a Source,
    reader: &'a Lang,
    item: BTreeMap<String, Value>,
    slots: Vec<Slot>,
    /// The names that the entry says already.
    said: Vec<String>,
}

impl Projector<'_> {
    fn put(&mut self, variable: &str, text: &str) {
        if !text.is_empty() {
            self.item.insert(variable.to_owned(), Value::String(text.to_owned()));
        }
    }

    fn mark(&mut self, role: Role, text: &str, lang: Option<Lang>) -> Option<char> {
        let mark = u32::try_from(self.slots.len()).ok().and_then(|index| char::from_u32(FIRST_MARK + index))?;
        self.slots.push(Slot { role, text: text.to_owned(), lang });
        Some(mark)
    }

    fn text(&mut self, variable: &str, role: Role, text: &str, lang: &Lang) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        let lang = label(&text, lang, self.reader);
        if let Some(mark) = self.mark(role, &text, lang) {
            self.put(variable, &format!("{text}{mark}"));
        }
    }

    /// Lets the built-in style say what the source is, unless a title says it: "Map of …". No other style asks for the variable.
    fn form(&mut self, terms: &Terms, titles: [Option<&str>; 2]) {
        let Some(word) = terms.form(self.source.form).map(str::to_lowercase) else { return };
        if titles.into_iter().flatten().all(|title| !title.to_lowercase().contains(&word)) {
            self.put("keyword", self.source.form);
        }
    }

    fn name(&mut self, variable: &str, role: Role, name: Option<&Localized>) {
        let Some(name) = name else { return };
        let (text, lang) = pick(name, self.source, self.reader);
        let text = clean(text);
        if !self.said.contains(&text) {
            self.text(variable, role, &text, lang);
            self.said.push(text);
        }
    }

    fn authors(&mut self) -> Vec<Option<Lang>> {
        let mut names = Vec::new();
        let mut langs = Vec::new();
        for author in &self.source.authors {
            let (Author::Person { family, .. } | Author::Body(family)) = author;
            let (text, lang) = pick(family, self.source, self.reader);
            let text = clean(text);
            if text.is_empty() {
                continue;
            }
            let family = format!("{text}{NAME_MARK}");
            let given = match author {
                Author::Person { given: Some(given), .. } => clean(pick(given, self.source, self.reader).0),
                _ => String::new(),
            };
            langs.push(label(&text, lang, self.reader));
            names.push(if given.is_empty() {
                self.said.push(text);
                NameValue::Literal(LiteralName { literal: family })
            } else {
                NameValue::Item(NameItem {
                    family,
                    given: Some(given),
                    non_dropping_particle: None,
                    dropping_particle: None,
                    suffix: None,
                    comma_suffix: None,
                })
            });
        }
        if !names.is_empty() {
            self.item.insert("author".to_owned(), Value::Names(names));
        }
        langs
    }

    fn numbers(&mut self) {
        let numbers = &self.source.numbers;
        // Where a volume is a word ("Spring"), a label before it would be wrong.
        for (variable, number) in [("volume", &numbers.volume), ("issue", &numbers.issue)] {
            let Some(number) = number else { continue };
            let counts = number.contains(|c: char| c.is_numeric()) || is_roman(number);
            self.number(if counts { variable } else { "volume-title" }, Role::Number, number, Ranges::Allowed);
        }
        let others = [("page", &numbers.pages), ("edition", &numbers.edition), ("version", &numbers.version)];
        for (variable, number) in others {
            let ranges = if variable == "page" { Ranges::Allowed } else { Ranges::None };
            self.number(variable, Role::Number, number.as_deref().unwrap_or_default(), ranges);
        }
        let symbol = self.source.symbol.as_ref().map_or("", |symbol| symbol.value.as_str());
        match &numbers.number {
            Some(number) => {
                self.number("number", Role::Number, number, Ranges::None);
                self.number("call-number", Role::Symbol, symbol, Ranges::None);
            }
            None => self.number("number", Role::Symbol, symbol, Ranges::None),
        }
    }

    /// A number proper is counted and pluralised by the engine. Anything else is a text, and ends in a way that keeps the engine from
    /// finding a number in it.
    fn number(&mut self, variable: &str, role: Role, text: &str, ranges: Ranges) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        if is_number(&text, ranges) {
            self.put(variable, &text);
        } else if let Some(mark) = self.mark(role, &text, None) {
            self.put(variable, &format!("{text}{mark} {mark}"));
        }
    }

    /// The engine gets the beginning of an interval, and of an approximate date the date; [`super::walk`] writes the words.
    fn date(&mut self, variable: &str, date: Option<&Date>, shift: u16, locale: &Locale) -> Option<Moments> {
        let date = *date?;
        let moment = match date {
            Date::At(moment) | Date::About(moment) => moment,
            Date::Interval(from, _) => Moment::Year(from.first_day().year()),
        };
        let first = moment.first_day();
        let (month, day) = match moment {
            Moment::Year(_) => (None, None),
            Moment::Month(..) => (Some(first.month()), None),
            Moment::Day(_) => (Some(first.month()), Some(first.day())),
        };
        let start = FixedDate {
            year: i16::try_from(first.year() + shift).ok()?,
            month: month.map(|month| month - 1),
            day: day.map(|day| day - 1),
            season: None,
            circa: false,
        };
        let raw = FixedDateRange { start, end: None };
        self.item.insert(variable.to_owned(), Value::Date(DateValue::Raw { raw, literal: None, season: None }));
        Some(Moments { date, words: locale.date(&date) })
    }
}

/// Whether a number may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ranges {
    /// `478-485, 490`
    Allowed,
    /// One number.
    None,
}

fn is_number(text: &str, ranges: Ranges) -> bool {
    let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    match ranges {
        Ranges::None => digits(text),
        Ranges::Allowed => text.split(", ").all(|part| match part.split_once(['-', '–']) {
            Some((from, to)) => digits(from) && digits(to),
            None => digits(part),
        }),
    }
}

/// Whether a place within a source is a number, or several.
pub(super) fn is_counted(text: &str) -> bool {
    is_number(text, Ranges::Allowed)
}

fn is_roman(text: &str) -> bool {
    text.chars().all(|c| matches!(c.to_ascii_uppercase(), 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'))
}
