//! `sourcebook new …`: what a site begins with. One file a kind of thing.

mod language;

use super::Exit;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Add a language: its section in book.toml, its folder and its lists of words
    Language(language::Arguments),
}

/// Runs a command.
pub(super) fn run(command: &Command) -> Exit {
    let done = match command {
        Command::Language(arguments) => language::run(arguments),
    };
    done.unwrap_or_else(|exit| exit)
}
