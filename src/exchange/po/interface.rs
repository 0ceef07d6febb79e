//! Menus and labels as units: `ui.menu`, `ui.source_count[few]`, `ui.units.people[one]`. Each plural form is a unit of its own, because the forms of
//! PO are numbered, and programs do not agree on how.
//!
//! The words are built into the program. What a translator says differently is put into the site's own file, `strings/<language>.yaml`; a string
//! goes there with all its forms, and only as a file that could be read.

use super::edit::{self, New};
use super::{EXPORT, Import};
use crate::book::{Book, Language};
use crate::locale::{Wording, read};
use crate::translation::po::{Returned, Unit};
use crate::workspace::node::{Node, Value};
use std::collections::BTreeMap;

/// The part of the files that a place need not name.
const TEXTS: &str = "texts";

/// The units of all strings, in the order of the files.
pub(super) fn units(book: &Book, language: &Language) -> Vec<Unit> {
    let Some(source) = book.source_language() else { return Vec::new() };
    let originals = source.locale.wordings();
    let mut units = Vec::new();
    for wording in language.locale.wordings() {
        let Some(original) = original(&originals, &wording) else { continue };
        let mut hints = vec![if wording.section == TEXTS {
            "What: text of the interface".to_owned()
        } else {
            format!("What: word of the interface, of {}", wording.section.replace('_', " "))
        }];
        if let Some(form) = wording.form {
            let examples: Vec<String> = wording.examples.iter().map(u32::to_string).collect();
            let numbers = if examples.is_empty() { "other numbers".to_owned() } else { examples.join(", ") };
            hints.push(format!("Form: `{form}`, for {numbers}"));
        }
        if original.contains('{') {
            hints.push("Keep: what stands in `{}` is filled in".to_owned());
        }
        units.push(Unit {
            context: context(&wording),
            source: original.to_owned(),
            text: if wording.is_own { wording.shown } else { String::new() },
            hints,
            ..Unit::default()
        });
    }
    units
}

fn context(wording: &Wording) -> String {
    let section = if wording.section == TEXTS { String::new() } else { format!("{}.", wording.section) };
    let form = wording.form.map(|form| format!("[{form}]")).unwrap_or_default();
    format!("ui.{section}{}{form}", wording.name)
}

/// What the source says: the same form, or the one for all other numbers.
fn original<'w>(originals: &'w [Wording], wording: &Wording) -> Option<&'w str> {
    let same = || originals.iter().filter(|other| other.section == wording.section && other.name == wording.name);
    let found = same().find(|other| other.form == wording.form).or_else(|| same().next_back());
    found.map(|found| found.shown.as_str())
}

/// Takes units in, string by string, as far as they fit.
pub(super) fn take(book: &Book, slot: usize, units: &[(&str, &Returned)], import: &mut Import) {
    let (Some(source), Some(language)) = (book.source_language(), book.languages.get(slot)) else { return };
    if units.is_empty() {
        return;
    }
    let (originals, wordings) = (source.locale.wordings(), language.locale.wordings());
    let mut strings: BTreeMap<(&str, &str), Vec<(&Wording, &Returned)>> = BTreeMap::new();
    for (place, unit) in units {
        let whole = format!("ui.{place}");
        let Some(wording) = wordings.iter().find(|wording| context(wording) == whole) else {
            import.refuse(unit, format!("there is no string `{place}`"), EXPORT);
            continue;
        };
        if original(&originals, wording) != Some(unit.source.as_str()) {
            import.refuse(unit, "the source has changed since the file was exported", EXPORT);
            continue;
        }
        strings.entry((wording.section, wording.name.as_str())).or_default().push((wording, unit));
    }
    for ((section, name), given) in strings {
        let of_string = |wording: &&Wording| wording.section == section && wording.name == name;
        let forms: Vec<&Wording> = wordings.iter().filter(of_string).collect();
        take_string(book, language, (&forms, &given), import);
    }
}

/// One string: the forms that it has, and those that were given back.
fn take_string(
    book: &Book,
    language: &Language,
    (forms, given): (&[&Wording], &[(&Wording, &Returned)]),
    import: &mut Import,
) {
    let Some((first, unit)) = given.first() else { return };
    let mut texts: Vec<(&str, String)> = Vec::new();
    for form in forms {
        let new = given.iter().find(|(wording, _)| wording == form).map(|(_, unit)| one_line(&unit.text));
        let Some(text) = new.or_else(|| form.is_own.then(|| form.shown.clone())) else {
            let message = format!("`{}` has no form `{}` yet", form.name, form.form.unwrap_or_default());
            return import.refuse(
                unit,
                message,
                "translate all forms of the string: one without the others cannot be shown",
            );
        };
        texts.push((form.form.unwrap_or_default(), text));
    }
    let path = format!("{}/strings/{}.yaml", book.config.content_dir, language.lang);
    let text = import.text_at(book, &path).to_owned();
    let Some(after) = written(&text, first, given, &texts) else {
        return import.refuse(unit, "this cannot be put into the file", format!("write it into `{path}` by hand"));
    };
    if let Some((message, help)) = fault(book, language, &text, &after) {
        return import.refuse(unit, message, help);
    }
    import.set_at(book, &path, after);
    import.taken += given.len();
}

/// The file with the string: form by form where it has it, else whole.
fn written(text: &str, string: &Wording, given: &[(&Wording, &Returned)], texts: &[(&str, String)]) -> Option<String> {
    let place = [string.section, string.name.as_str()];
    if string.form.is_none() {
        return edit::set(text, &place, New::Text(&texts.first()?.1), None);
    }
    let has_forms = |root: &Node| edit::find(root, &place).is_some_and(|node| matches!(node.value, Value::Map(_)));
    if edit::tree(text).is_some_and(|root| has_forms(&root)) {
        return given.iter().try_fold(text.to_owned(), |text, (wording, unit)| {
            let place = [wording.section, wording.name.as_str(), wording.form?];
            edit::set(&text, &place, New::Text(&one_line(&unit.text)), None)
        });
    }
    let named: Vec<(&str, &str)> = texts.iter().map(|(form, text)| (*form, text.as_str())).collect();
    edit::set(text, &place, New::Named(&named), None)
}

/// What would be wrong with the file that was not wrong before.
fn fault(book: &Book, language: &Language, before: &str, after: &str) -> Option<(String, String)> {
    let problems = |text: &str| {
        let mut problems = Vec::new();
        read::read_file(&language.lang, book.config.file, text, &mut problems);
        problems.into_iter().map(|problem| (problem.message, problem.help.unwrap_or_default())).collect::<Vec<_>>()
    };
    let known = problems(before);
    problems(after).into_iter().find(|problem| !known.contains(problem))
}

/// On one line, with the blanks at its ends: a comma between two things needs one.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
