//! The names of terms as units: `term.west-bank[name]` and, where a language has other approved forms, `term.west-bank[forms]`, one a line.
//!
//! What a term means is a text of its record like any other (see [`super::records`]). Names that are avoided are no translations of each other:
//! each language's editors decide on theirs, and translators are told of them ([`super::hints`]).

use super::edit::{self, New};
use super::{EXPORT, Import, hints};
use crate::book::Book;
use crate::glossary::{Naming, Term};
use crate::ids::{Lang, TermId};
use crate::translation::po::{Returned, Unit};

/// What of a term's names a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Forms,
}

impl Field {
    const ALL: [Self; 2] = [Self::Name, Self::Forms];

    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Forms => "forms",
        }
    }

    /// Where it stands in the record.
    fn key(self) -> &'static str {
        match self {
            Self::Name => "term",
            Self::Forms => "forms",
        }
    }

    /// What a language has there, as a unit says it. A name without other forms stands for itself, so that nobody thinks that some are missing.
    fn text(self, naming: &Naming) -> String {
        match self {
            Self::Forms if !naming.forms.is_empty() => naming.forms.join("\n"),
            Self::Name | Self::Forms => naming.term.clone(),
        }
    }
}

/// The units of all names, in the order in which the terms are recorded.
pub(super) fn units(book: &Book, lang: &Lang) -> Vec<Unit> {
    let Some(source) = book.source_language().map(|language| &language.lang) else { return Vec::new() };
    let glossary = &book.terms.glossary;
    let mut units = Vec::new();
    for term in recorded(book) {
        let Some(known) = glossary.naming(&term.id, source) else { continue };
        let own = glossary.naming(&term.id, lang);
        let line = book.files.positions(known.span).map_or(1, |(start, _)| start.line);
        for field in Field::ALL {
            let has_forms = |naming: Option<&Naming>| naming.is_some_and(|naming| !naming.forms.is_empty());
            if field == Field::Forms && !has_forms(Some(known)) && !has_forms(own) {
                continue;
            }
            let mut hints = vec![match field {
                Field::Name => "What: name of a term".to_owned(),
                Field::Forms => {
                    "What: other approved forms of a term, one a line; its name alone where there are none".to_owned()
                }
            }];
            let meaning = term.definition.iter().find(|(lang, _)| lang == source).and_then(|(_, node)| node.as_text());
            hints.extend(meaning.map(|meaning| format!("Means: {}", super::one_line(meaning))));
            hints.extend(own.into_iter().flat_map(hints::avoided));
            units.push(Unit {
                context: format!("term.{}[{}]", term.id, field.word()),
                source: field.text(known),
                text: own.map(|own| field.text(own)).unwrap_or_default(),
                hints,
                reference: format!("{}:{line}", book.files.path(known.span.file)),
                ..Unit::default()
            });
        }
    }
    units
}

/// The terms in the order of their file.
fn recorded(book: &Book) -> Vec<&Term> {
    let mut terms: Vec<&Term> = book.terms.glossary.terms().collect();
    terms.sort_by_key(|term| (term.span.file, term.span.start));
    terms
}

/// Takes a unit in, if it fits; `place` is `west-bank[name]`.
pub(super) fn take(book: &Book, slot: usize, place: &str, unit: &Returned, import: &mut Import) {
    let glossary = &book.terms.glossary;
    let parsed = place.strip_suffix(']').and_then(|place| place.rsplit_once('['));
    let parsed = parsed.and_then(|(id, word)| {
        let field = Field::ALL.into_iter().find(|field| field.word() == word)?;
        Some((glossary.term(&TermId::parse(id)?)?, field))
    });
    let (Some((term, field)), Some(source), Some(language)) =
        (parsed, book.source_language(), book.languages.get(slot))
    else {
        return import.refuse(unit, format!("the site has no term `{place}` any more"), EXPORT);
    };
    let known = glossary.naming(&term.id, &source.lang);
    if known.is_none_or(|known| field.text(known) != unit.source) {
        return import.refuse(unit, "the source has changed since the file was exported", EXPORT);
    }
    let lang = &language.lang;
    let path = format!("{}/terms/{lang}.yaml", book.config.content_dir);
    let text = import.text_at(book, &path);
    let own = glossary.naming(&term.id, lang);
    let lines = unit.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let after = match field {
        Field::Name => {
            let name = super::one_line(&unit.text);
            // Beside the term that comes before it, so that the files of all languages keep one order.
            let before = recorded(book).into_iter().take_while(|other| other.id != term.id);
            let before = before.filter(|other| is_named(text, &other.id)).last().map(|other| other.id.as_str());
            edit::set(text, &[term.id.as_str(), field.key()], New::Text(&name), before)
        }
        Field::Forms => {
            let name = own.map(|own| own.term.as_str());
            let forms: Vec<String> = lines.filter(|line| Some(*line) != name).map(str::to_owned).collect();
            if own.is_some_and(|own| own.forms == forms) {
                return;
            }
            let place = [term.id.as_str(), field.key()];
            if is_named(text, &term.id) {
                edit::set(text, &place, New::Texts(&forms), Some(Field::Name.key()))
            } else {
                return import.refuse(unit, "the term has no name in this language yet", "translate its name, too");
            }
        }
    };
    match after {
        Some(after) => {
            import.set_at(book, &path, after);
            import.taken += 1;
        }
        None => import.refuse(unit, "this cannot be put into the record", format!("write it into `{path}` by hand")),
    }
}

/// Whether a file of names has a term.
fn is_named(text: &str, id: &TermId) -> bool {
    edit::tree(text).is_some_and(|root| edit::find(&root, &[id.as_str()]).is_some())
}
