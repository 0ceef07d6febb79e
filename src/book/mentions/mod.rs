//! Every place that names a source, a quotation, a figure, a term or anything else that has a name of its own, and where each is defined.
//!
//! In: the book. Out: [`Mentions`], for whoever asks what stands at a place of a file, or where else a thing is named: editors and renaming.
//! [`text`] finds the names in Markdown, [`records`] those in the data files; both give the letters of the name alone, without marks and quotation marks.

mod records;
mod text;

use super::Book;
use crate::ids::{ActorId, DrawingId, EventId, FigureId, PageId, QuoteId, SourceId, TermId, ThemeId};
use crate::span::{FileId, Span};
use std::collections::BTreeMap;
pub use text::within;

/// What has a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A source.
    Source(SourceId),
    /// A stored quotation of a source.
    Quote(SourceId, QuoteId),
    /// A figure or a series.
    Figure(FigureId),
    /// A term.
    Term(TermId),
    /// An event.
    Event(EventId),
    /// A theme of events.
    Theme(ThemeId),
    /// An actor.
    Actor(ActorId),
    /// A group of actors.
    Group(DrawingId),
    /// A chart.
    Chart(DrawingId),
    /// A map.
    Map(DrawingId),
    /// A page.
    Page(PageId),
}

/// What a place does for the thing that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It is the record.
    Defines,
    /// It belongs to the record: another name, or how a language calls it.
    Describes,
    /// It refers to it.
    Names,
}

/// A place that names a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The letters of the name; what holds them where they are not written out there.
    pub span: Span,
    /// Whether the name stands at [`Self::span`] letter by letter.
    pub is_written: bool,
    /// What is named; of a source that is named by an older id, the source.
    pub thing: Thing,
    /// What for.
    pub role: Role,
}

/// All mentions of a book.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In the order of files and places.
    all: Vec<Mention>,
    by_thing: BTreeMap<Thing, Vec<usize>>,
}

impl Mentions {
    /// Reads the whole book.
    pub fn of(book: &Book) -> Self {
        let mut all = text::of_pages(book);
        all.extend(records::of_records(book));
        all.sort_by(|a, b| (a.span, a.role, &a.thing).cmp(&(b.span, b.role, &b.thing)));
        all.dedup();
        let mut by_thing: BTreeMap<Thing, Vec<usize>> = BTreeMap::new();
        for (index, mention) in all.iter().enumerate() {
            by_thing.entry(mention.thing.clone()).or_default().push(index);
        }
        Self { all, by_thing }
    }

    /// What is named at a place of a file: the shortest name around it, its end counted in, because that is where one stops typing.
    pub fn at(&self, file: FileId, offset: usize) -> Option<&Mention> {
        let holds = |mention: &&Mention| (mention.span.start as usize..=mention.span.end as usize).contains(&offset);
        self.in_file(file).filter(holds).min_by_key(|mention| mention.span.range().len())
    }

    /// The mentions of a file, in its order.
    pub fn in_file(&self, file: FileId) -> impl Iterator<Item = &Mention> {
        let first = self.all.partition_point(|mention| mention.span.file < file);
        self.all.iter().skip(first).take_while(move |mention| mention.span.file == file)
    }

    /// Where a thing is named, in the order of files and places.
    pub fn of_thing(&self, thing: &Thing) -> impl Iterator<Item = &Mention> {
        let indices = self.by_thing.get(thing).map(Vec::as_slice).unwrap_or_default();
        indices.iter().filter_map(|index| self.all.get(*index))
    }

    /// The definitions of all things, by thing.
    pub fn definitions(&self) -> impl Iterator<Item = &Mention> {
        let all = self.by_thing.values().flatten().filter_map(|index| self.all.get(*index));
        all.filter(|mention| mention.role == Role::Defines)
    }

    /// Where a thing is defined.
    pub fn definition(&self, thing: &Thing) -> Option<&Mention> {
        self.of_thing(thing).find(|mention| mention.role == Role::Defines)
    }
}

/// Finds names within places that hold them. A name that stands twice in one place is found at one after the other.
struct Finder<'t> {
    text: &'t str,
    next: BTreeMap<(Span, String), usize>,
    found: Vec<Mention>,
}

impl<'t> Finder<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, next: BTreeMap::new(), found: Vec::new() }
    }

    /// Notes that `name` stands in `place`, after `mark` where one is given: the `term:` of a link. Returns whether it does, letter by letter.
    fn note(&mut self, place: Span, mark: &str, name: &str, thing: Thing, role: Role) -> bool {
        let wanted = format!("{mark}{name}");
        let from = self.next.get(&(place, wanted.clone())).copied().unwrap_or(0);
        let held = self.text.get(place.range()).unwrap_or("");
        let is_whole = |at: &usize| {
            let (before, after) = (held.get(..*at).unwrap_or(""), held.get(at + wanted.len()..).unwrap_or(""));
            (!mark.is_empty() || !goes_on(&mut before.chars().rev())) && !goes_on(&mut after.chars())
        };
        let at = held.match_indices(&wanted).map(|(at, _)| at).filter(|at| *at >= from).find(is_whole);
        let (span, is_written) = match at {
            Some(at) => {
                self.next.insert((place, wanted.clone()), at + wanted.len());
                let start = place.start as usize + at + mark.len();
                (Span::new(place.file, start, start + name.len()), true)
            }
            None => (place, false),
        };
        self.found.push(Mention { span, is_written, thing, role });
        is_written
    }

    /// Notes every place within `place` at which `name` stands.
    fn note_every(&mut self, place: Span, name: &str, thing: &Thing, role: Role) {
        let before = self.found.len();
        while self.note(place, "", name, thing.clone(), role) {}
        if self.found.len() > before + 1 {
            // The last try found nothing more.
            self.found.pop();
        }
    }
}

/// Whether an id goes on with these characters: a dot at the end of a sentence is none of its own.
fn goes_on(chars: &mut dyn Iterator<Item = char>) -> bool {
    match chars.next() {
        Some('.') => chars.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric() || matches!(c, '_' | '-'),
        None => false,
    }
}
