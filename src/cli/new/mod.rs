//! `sourcebook new …`: what a site begins with. One file a kind of thing; [`ask`] gathers what it is made of, [`begin`] writes it and has it checked.

mod ask;
mod begin;
mod event;
mod figure;
mod language;
mod page;
mod source;
mod term;

use super::Exit;

#[derive(Debug, clap::Subcommand)]
#[command(
    after_help = "Examples:\n  sourcebook new page counting/births --title \"Births\"\n  sourcebook new source --checked stored-page < entry.bib\n  sourcebook new figure births-2023                        asks for the rest, on a terminal\n\nNothing that is there is written over, and nothing is made up. What was added is checked at once; where it is wrong in itself it is taken back."
)]
pub(super) enum Command {
    /// Begin a page in every language, as a draft: its head and the headings of an explainer
    Page(page::Arguments),
    /// Add a source, from options, answers, or an entry of another program on standard input
    Source(Box<source::Arguments>),
    /// Add a number that somebody counted, with its day, its reporter and its source
    Figure(Box<figure::Arguments>),
    /// Add an event of the timeline, with its sources
    Event(event::Arguments),
    /// Add a term of the glossary: what it means, who says so, and its names
    Term(term::Arguments),
    /// Add a language: its section in book.toml, its folder and its lists of words
    Language(language::Arguments),
}

/// Runs a command.
pub(super) fn run(command: &Command) -> Exit {
    let done = match command {
        Command::Page(arguments) => page::run(arguments),
        Command::Source(arguments) => source::run(arguments),
        Command::Figure(arguments) => figure::run(arguments),
        Command::Event(arguments) => event::run(arguments),
        Command::Term(arguments) => term::run(arguments),
        Command::Language(arguments) => language::run(arguments),
    };
    done.unwrap_or_else(|exit| exit)
}
