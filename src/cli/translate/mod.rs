//! `sourcebook translate …`: how far translations are behind, and the records that say so. One file a command.

mod accept;
mod adopt;
mod export;
mod import;
mod relocate;
mod review;
mod scope;
mod status;
pub(super) mod store;

use super::{Exit, clock, report};
use crate::compile::{self, LinkOptions, Opened, Options};
use crate::date::Day;
use crate::diagnostic::{Code, Severity};
use std::path::Path;

#[derive(Debug, clap::Subcommand)]
#[command(
    after_help = "Examples:\n  sourcebook translate status\n  sourcebook translate adopt he actors/hamas --method human\n  sourcebook translate export he --out he.po"
)]
pub(super) enum Command {
    /// Say how far each page of each language is behind
    Status(status::Arguments),
    /// Record translations of which nothing is recorded yet
    Adopt(adopt::Arguments),
    /// Record that passages say what the source says now
    Accept(accept::Arguments),
    /// Move a page in every language, with its records; the old address leads to the new one
    Move(relocate::Arguments),
    /// Write what can be translated as a PO file, or pages beside their source as a sheet for reviewers
    Export(export::Arguments),
    /// Take in a PO file that a translator gave back
    Import(import::Arguments),
    /// Record that a person has read a translation against its source
    Review(review::Arguments),
}

/// Runs a command.
pub(super) fn run(command: &Command) -> Exit {
    let done = match command {
        Command::Status(arguments) => status::run(arguments),
        Command::Adopt(arguments) => adopt::run(arguments),
        Command::Accept(arguments) => accept::run(arguments),
        Command::Move(arguments) => relocate::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Review(arguments) => review::run(arguments),
    };
    done.unwrap_or_else(|exit| exit)
}

/// Opens a site with its drafts. Where a page or a record cannot even be read, what would be written about the others could be wrong.
fn open(root: &Path) -> Result<Opened, Exit> {
    let options = Options { link: LinkOptions { drafts: true, ..LinkOptions::default() }, ..Options::default() };
    let opened = compile::open(root, &options).map_err(|unreadable| {
        report::diagnostics(&unreadable);
        report::exit_of(&unreadable)
    })?;
    let unreadable =
        |code| matches!(code, Code::SB103 | Code::SB104 | Code::SB108 | Code::SB109 | Code::SB403 | Code::SB701);
    let broken: Vec<_> = opened
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error && unreadable(found.code))
        .cloned()
        .collect();
    if broken.is_empty() {
        return Ok(opened);
    }
    report::problems(&broken, &opened.book.files);
    report::say("Mend what cannot be read first");
    Err(Exit::Content)
}

/// The day that is recorded: the one that is named, or today.
fn day(named: Option<Day>) -> Result<Day, Exit> {
    named.map_or_else(clock::today, Ok)
}

/// Wrong usage, with how to mend it.
fn usage((message, help): (String, String)) -> Exit {
    report::error(&message);
    report::help(&help);
    Exit::Usage
}
