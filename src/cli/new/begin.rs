//! Writes what begins, and says what `check` makes of it. What would be an error of its own is taken back: what was begun can be built on.

use crate::cli::translate::store::{self, Step};
use crate::cli::{Exit, names, report};
use crate::compile::{self, LinkOptions, Opened, Options};
use crate::diagnostic::{self, Code, Diagnostic, Level, has_errors};
use crate::ids::Lang;
use crate::scaffold::record;
use crate::span::Files;
use std::collections::BTreeSet;
use std::path::{Component, Path};

/// The site as it is before something begins.
pub(super) fn open(root: &Path) -> Result<Opened, Exit> {
    let opened = compile::open(root, &options()).map_err(|unreadable| {
        report::diagnostics(&unreadable);
        report::exit_of(&unreadable)
    })?;
    // With half of the records nobody can say whether a name is free.
    let unreadable = |found: &&Diagnostic| matches!(found.code, Code::SB104 | Code::SB106 | Code::SB107 | Code::SB108);
    let broken: Vec<Diagnostic> = opened.diagnostics.iter().filter(unreadable).cloned().collect();
    if has_errors(&broken) {
        report::problems(&broken, &opened.book.files);
        report::say("Mend what cannot be read first; nothing was written");
        return Err(Exit::Content);
    }
    Ok(opened)
}

fn options() -> Options {
    Options { link: LinkOptions { drafts: true, ..LinkOptions::default() }, ..Options::default() }
}

/// The languages of the site in which something is written already, the source language first.
pub(super) fn languages(opened: &Opened) -> Vec<Lang> {
    let begun = opened.book.languages.iter().enumerate().filter(|(slot, language)| *slot == 0 || language.has_begun);
    begun.map(|(_, language)| language.lang.clone()).collect()
}

/// What `check` says of something new, and did not say before.
pub(super) struct Left {
    files: Files,
    found: Vec<Diagnostic>,
}

impl Left {
    /// Tells it, where there is anything to tell.
    pub(super) fn tell(&self) {
        if !self.found.is_empty() {
            report::say("`sourcebook check --drafts` says of it for now:");
            report::problems(&self.found, &self.files);
        }
    }
}

/// Writes the files. What is wrong with them in itself is told, and they are taken back.
pub(super) fn keep(root: &Path, before: &Opened, steps: &[Step]) -> Result<Left, Exit> {
    store::apply(root, steps)?;
    let (files, found) = match compile::open(root, &options()) {
        Ok(after) => (after.book.files, after.diagnostics),
        Err(unreadable) => (unreadable.files, unreadable.diagnostics),
    };
    let known: BTreeSet<_> = before.diagnostics.iter().map(|found| name(found, &before.book.files)).collect();
    let found: Vec<Diagnostic> = found.into_iter().filter(|found| !known.contains(&name(found, &files))).collect();
    // Nobody cites a new source yet: what a site is strict about, but the program is not, comes right with the next step.
    let wrong: Vec<Diagnostic> =
        found.iter().filter(|found| found.code.default_level() == Level::Deny).cloned().collect();
    if wrong.is_empty() {
        return Ok(Left { files, found });
    }
    store::undo(root, steps);
    report::problems(&wrong, &files);
    report::say(&format!("{}: nothing was written", diagnostic::summary(&wrong)));
    Err(Exit::Content)
}

/// What tells one finding from another, whatever was added behind it.
fn name<'a>(found: &'a Diagnostic, files: &'a Files) -> (Code, &'a str, Option<(&'a str, u32)>) {
    (found.code, &found.message, found.span.map(|span| (files.path(span.file), span.start)))
}

/// The file of a folder of records to which a new one goes, relative to the root: the one that is named, the only one that there is, or `usual`.
pub(super) fn file_in(opened: &Opened, folder: &str, named: Option<&str>, usual: &str) -> Result<String, Exit> {
    let folder = format!("{}/{folder}", opened.book.config.content_dir);
    let inside = |path: &&str| {
        let name = path.strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/'));
        name.is_some_and(|name| !name.contains('/') && is_yaml(name))
    };
    let Some(named) = named else {
        let mut there = opened.book.files.iter().map(|(_, file)| file.path()).filter(inside);
        return Ok(match (there.next(), there.next()) {
            (Some(only), None) => only.to_owned(),
            _ => format!("{folder}/{usual}"),
        });
    };
    let named = if is_yaml(named) { named.to_owned() } else { format!("{named}.yaml") };
    let path =
        if named.contains('/') { named.trim_start_matches("./").to_owned() } else { format!("{folder}/{named}") };
    let is_plain = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
    if is_plain && inside(&path.as_str()) {
        return Ok(path);
    }
    report::error(&format!("--file: `{named}` is no file of {folder}"));
    report::help(&format!("name one there, such as `{usual}`; it is made where it does not exist"));
    Err(Exit::Usage)
}

fn is_yaml(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// A file with one record more at its end, and where that record begins. `head` is for a file that is not there yet.
pub(super) fn added(opened: &Opened, path: String, (id, text): (&str, &str), head: &str) -> (Step, String) {
    let before = text_of(opened, &path).to_owned();
    let after = record::at_end(&before, head, text);
    let at = place(&path, &after, id);
    (Step::Write { path, before, after }, at)
}

/// The text of a file of the site; empty where there is none.
fn text_of<'a>(opened: &'a Opened, path: &str) -> &'a str {
    opened.book.files.iter().find(|(_, file)| file.path() == path).map_or("", |(_, file)| file.text())
}

/// `content/sources/sources.yaml:12`: where a record begins, to be opened.
fn place(path: &str, text: &str, id: &str) -> String {
    let line = text.lines().position(|line| line.split(':').next() == Some(id)).map(|line| line + 1);
    line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"))
}

/// That a name is taken.
pub(super) fn taken(what: &str, id: &str, opened: &Opened, span: crate::span::Span) -> Exit {
    let files = &opened.book.files;
    let line = files.positions(span).map(|(start, _)| format!(":{}", start.line)).unwrap_or_default();
    report::error(&format!("there is {what} `{id}` already, at {}{line}", files.path(span.file)));
    report::help("nothing was written over; give the new one another name");
    Exit::Usage
}

/// That a name cannot be one.
pub(super) fn no_id(id: &str) -> Exit {
    report::error(&format!("`{id}` cannot be an id"));
    report::help("letters, digits, `.`, `_` and `-`, beginning with a letter or a digit: `births-2023`");
    Exit::Usage
}

/// That a page does not exist.
pub(super) fn no_page((message, help): names::Unknown) -> Exit {
    report::error(&message);
    report::help(&help);
    Exit::Usage
}
