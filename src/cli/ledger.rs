//! `sourcebook ledger`

use super::names::{self, Unknown};
use super::root::RootArguments;
use super::{Exit, report};
use crate::audit::{self, Entry, Scope, csv, json};
use crate::book::Book;
use crate::compile::{self, LinkOptions, Opened, Options};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::publish::{self, PublishError};
use crate::site::sheet;
use std::path::{Path, PathBuf};

/// `sourcebook ledger [--root DIR] [--format json|csv|html] [--lang LANG]… [--page ID]… [--out FILE] [--drafts]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook ledger --format html --lang en --page actors/hamas --out hamas.html\n  sourcebook ledger --format csv --lang he --out ledger.csv\n  sourcebook ledger | jq '.[] | select(.coverage == \"uncovered\") | .file, .line'\n\nA site with errors still has a ledger: what is wrong goes to standard error, and the exit status is 1."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// For programs, for spreadsheets, or for people: the sheet that a fact-checker signs
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Only this language; may be repeated
    #[arg(long, value_name = "LANG")]
    lang: Vec<String>,
    /// Only this page, such as actors/hamas, or index for the home page; may be repeated
    #[arg(long, value_name = "ID")]
    page: Vec<String>,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// List drafts, too
    #[arg(long)]
    drafts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One JSON array
    Json,
    /// A row for each statement and each of its sources
    Csv,
    /// A sheet to print or to fill in: each statement beside what it rests on, with boxes to tick
    Html,
}

/// Writes the ledger.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let options =
        Options { link: LinkOptions { drafts: arguments.drafts, ..LinkOptions::default() }, ..Options::default() };
    let opened = match compile::open(&root, &options) {
        Ok(opened) => opened,
        Err(unreadable) => {
            report::diagnostics(&unreadable);
            return report::exit_of(&unreadable);
        }
    };
    let book = &opened.book;
    let scope = match scope(arguments, book) {
        Ok(scope) => scope,
        Err((message, help)) => {
            report::error(&message);
            report::help(&help);
            return Exit::Usage;
        }
    };
    let entries = audit::ledger(book, &scope);
    // Warnings are for `check`; an error may be why something is missing here.
    let errors = opened.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let mut errors: Vec<Diagnostic> = errors.cloned().collect();
    let written = match render(arguments.format, &opened, &entries, errors.len()) {
        Ok((text, is_ours)) => write(arguments.out.as_deref(), &text, is_ours),
        Err(broken) => {
            errors.extend(broken);
            Ok(())
        }
    };
    report::problems(&errors, &book.files);
    if !errors.is_empty() {
        report::say(&format!("{}; the ledger holds what could be read", diagnostic::summary(&errors)));
    }
    match written {
        Ok(()) => report::exit_with(&errors),
        Err(error) => {
            report::error(&error.to_string());
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
    }
}

/// Tells an older file of the same kind.
type IsOurs = fn(&[u8]) -> bool;

/// The text of the ledger; or what is wrong with the site's own templates and not told yet.
fn render(
    format: Format,
    opened: &Opened,
    entries: &[Entry],
    errors: usize,
) -> Result<(String, IsOurs), Option<Diagnostic>> {
    match format {
        Format::Json => Ok((json::render(entries), json::is_ours)),
        Format::Csv => Ok((csv::render(entries), csv::is_ours)),
        Format::Html => {
            let (theme, _) = opened.theme.as_ref().ok_or(None)?;
            Ok((sheet::render(&opened.book, theme, entries, errors)?, sheet::is_ours))
        }
    }
}

fn write(out: Option<&Path>, text: &str, is_ours: IsOurs) -> Result<(), PublishError> {
    match out {
        Some(path) => publish::file::write(path, text.as_bytes(), is_ours),
        None => {
            report::out(text);
            Ok(())
        }
    }
}

/// The statements that are asked for; or what is wrong with the question, and how to ask.
fn scope(arguments: &Arguments, book: &Book) -> Result<Scope, Unknown> {
    let mut scope = Scope::default();
    for name in &arguments.lang {
        match book.languages.iter().find(|language| language.lang.as_str() == name) {
            Some(language) => scope.languages.push(language.lang.clone()),
            None => {
                let known = book.languages.iter().map(|language| language.lang.as_str());
                return Err((format!("--lang: the site has no language `{name}`"), names::near(name, known)));
            }
        }
    }
    for name in &arguments.page {
        scope.pages.push(names::page(book, name)?.id.clone());
    }
    Ok(scope)
}
