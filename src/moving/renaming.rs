//! Another name for a source, a figure, a term or an event, wherever it is named.

use super::records::{self, Names};
use super::{Edits, Refusal, edited, lock};
use crate::book::mentions::{Mention, Mentions, Thing, within};
use crate::book::{Book, BookPage, Version, read_again};
use crate::diagnostic::Code;
use crate::ids::{EventId, FigureId, SourceId, TermId};
use crate::markdown::{Origin, parse_inlines};
use crate::span::{FileId, Files, Span};
use crate::translation::status::Wordings;
use crate::translation::{Block, Hash, Kind, write};
use crate::workspace::RecordFile;
use crate::workspace::node::Value;
use crate::workspace::yaml::{self, Excerpt};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is to be done.
#[derive(Debug, Default)]
pub struct Renamed {
    /// New letters for places, by file.
    pub edits: BTreeMap<FileId, Vec<(Range<usize>, String)>>,
    /// Files that the program keeps, by path, with their new texts.
    pub kept: BTreeMap<String, String>,
    /// Files that are not there yet, by path: wordings that records name from now on.
    pub new: BTreeMap<String, String>,
}

/// What a thing is called in a sentence; `None` where it cannot have another name by editing texts alone.
pub fn kind_of(thing: &Thing) -> Option<&'static str> {
    match thing {
        Thing::Source(_) => Some("source"),
        Thing::Figure(_) => Some("figure"),
        Thing::Term(_) => Some("term"),
        Thing::Event(_) => Some("event"),
        _ => None,
    }
}

/// Plans another name for a thing, wherever it is called `old`: the name of today, or an older one that still finds it.
pub fn rename(book: &Book, mentions: &Mentions, thing: &Thing, old: &str, new: &str) -> Result<Renamed, Refusal> {
    if let Some(refusal) = refusal(book, mentions, thing, old, new) {
        return Err(refusal);
    }
    let mut edits: BTreeMap<FileId, Edits> = BTreeMap::new();
    for mention in mentions.of_thing(thing).filter(|mention| is_called(mention, old, &book.files)) {
        let range = mention.span.range();
        edits.entry(mention.span.file).or_default().insert((range.start, range.end), new.to_owned());
    }
    let renamer = Renamer { book, thing, old, new };
    for (page, _, version) in book.versions().filter(|(page, ..)| !book.is_glossary(page)) {
        if let Some(edits) = edits.get(&version.page.file)
            && !renamer.is_as_meant(page, version, edits)
        {
            let message = format!("`{}` would say something else afterwards", book.files.path(version.page.file));
            return Err((message, "write the name plainly there first, such as `[@key]`".to_owned()));
        }
    }
    let mut plan = Renamed::default();
    renamer.records(&mut plan);
    // An older name stands in no lock file.
    let is_own_name = mentions.definition(thing).is_some_and(|mention| book.files.slice(mention.span) == old);
    plan.kept.extend(lock::renamed(book, thing, new).filter(|_| is_own_name));
    plan.edits = edits
        .into_iter()
        .map(|(file, edits)| (file, edits.into_iter().map(|((start, end), text)| (start..end, text)).collect()))
        .collect();
    Ok(plan)
}

fn is_called(mention: &Mention, name: &str, files: &Files) -> bool {
    mention.is_written && files.slice(mention.span) == name
}

/// Why a name cannot be the new one.
fn refusal(book: &Book, mentions: &Mentions, thing: &Thing, old: &str, new: &str) -> Option<Refusal> {
    let Some(kind) = kind_of(thing) else {
        let help = "`sourcebook translate move` gives a page another address; other records are renamed by hand";
        return Some(("this cannot be renamed here".to_owned(), help.to_owned()));
    };
    if let Thing::Figure(id) = thing
        && book.library.series(id).is_some()
    {
        let help = "rename its two files in `figures/series/`, and the places that `find references` lists";
        return Some((format!("`{id}` is a series, and its name is that of its files"), help.to_owned()));
    }
    if mentions.definition(thing).is_none() {
        return Some((format!("there is no {kind} `{old}`"), "write its record first".to_owned()));
    }
    let made_of = || Some((format!("`{new}` cannot be an id"), "letters, digits, `.`, `_` and `-`".to_owned()));
    let Some(other) = named(thing, new) else { return made_of() };
    if !is_text(new) {
        let help = "YAML takes it for a number or the like: begin it with a letter".to_owned();
        return Some((format!("`{new}` cannot be an id"), help));
    }
    let taken = match &other {
        Thing::Source(id) => book.library.source(id).is_some(),
        Thing::Figure(id) => book.library.figure_by_id(id).is_some() || book.library.series(id).is_some(),
        _ => mentions.definition(&other).is_some(),
    };
    if taken {
        return Some((format!("there is a {kind} `{new}` already"), "name another".to_owned()));
    }
    let hidden = mentions.of_thing(thing).find(|mention| !mention.is_written)?;
    let line = book.files.positions(hidden.span).map_or(1, |(start, _)| start.line);
    let message = format!("the name in {}:{line} is not written letter by letter", book.files.path(hidden.span.file));
    Some((message, "write it plainly there first".to_owned()))
}

/// The thing of the same kind that has that name.
fn named(thing: &Thing, name: &str) -> Option<Thing> {
    match thing {
        Thing::Source(_) => SourceId::parse(name).map(Thing::Source),
        Thing::Figure(_) => FigureId::parse(name).map(Thing::Figure),
        Thing::Term(_) => TermId::parse(name).map(Thing::Term),
        Thing::Event(_) => EventId::parse(name).map(Thing::Event),
        _ => None,
    }
}

/// Whether YAML reads a name as the text that it is.
fn is_text(name: &str) -> bool {
    let file = Files::default().add("", "");
    let read = yaml::read(Excerpt { file, text: name, offset: 0 }, Code::SB106);
    read.is_ok_and(|node| matches!(node.value, Value::Text { text, .. } if text == name))
}

struct Renamer<'a> {
    book: &'a Book,
    thing: &'a Thing,
    old: &'a str,
    new: &'a str,
}

impl Renamer<'_> {
    /// What a wording says afterwards.
    fn said(&self, kind: Kind, wording: &str) -> String {
        if !kind.is_markdown() || !wording.contains(self.old) {
            return wording.to_owned();
        }
        let file = self.book.config.file;
        let content = parse_inlines(wording, Origin::Verbatim { file, offset: 0 }).value.0;
        let letters = |span: Span| wording.get(span.range()).unwrap_or("");
        let found = within(&content, wording, "", self.book).into_iter();
        let own = found.filter(|one| one.thing == *self.thing && one.is_written && letters(one.span) == self.old);
        let edits = own.map(|one| ((one.span.start as usize, one.span.end as usize), self.new.to_owned())).collect();
        edited(wording, &edits).unwrap_or_else(|| wording.to_owned())
    }

    /// Whether a page says afterwards what it said, but for the name.
    fn is_as_meant(&self, page: &BookPage, version: &Version, edits: &Edits) -> bool {
        let Some(after) = edited(self.book.files.text(version.page.file), edits) else { return false };
        let source = page.versions.iter().flatten().next().unwrap_or(version);
        let (_, blocks, _) = read_again(&version.page, &after, &source.outline);
        let as_meant = |(new, old): (&Block, &Block)| {
            new.at == old.at && new.hash == Hash::of(old.kind(), &self.said(old.kind(), &old.text))
        };
        blocks.len() == version.blocks().len() && blocks.iter().zip(version.blocks()).all(as_meant)
    }

    /// Gives wordings that name the thing their new names in the records of translations.
    fn records(&self, plan: &mut Renamed) {
        let mend = |kind: Kind, text: &str| self.said(kind, text);
        let mut wordings = Wordings::new();
        for page in self.book.pages.iter().filter(|page| !self.book.is_glossary(page)) {
            let blocks = page.versions.iter().map(|version| version.as_ref().map(Version::blocks));
            let names: Vec<Names> =
                blocks.map(|blocks| records::named(blocks.unwrap_or_default(), &mend, &mut wordings)).collect();
            for (language, own) in self.book.languages.iter().zip(&names) {
                let key = (language.lang.clone(), page.id.clone());
                let (Some(kept), Some(source)) = (self.book.records.get(&key), names.first()) else { continue };
                let record = records::renamed(self.book, &kept.record, (source, own), &mend, &mut wordings);
                if record == kept.record {
                    continue;
                }
                let unknown = record.entries.iter().map(|entry| entry.source);
                for hash in unknown.filter(|hash| !self.book.wordings.contains_key(hash)) {
                    if let Some(text) = wordings.get(&hash) {
                        plan.new.insert(write::wording_path(hash), format!("{text}\n"));
                    }
                }
                plan.kept.insert(RecordFile::path(&key.0, &key.1), write::write(&key.1, &record));
            }
        }
    }
}
