//! The command line: arguments, progress, exit status. One file a command, and no logic of the site.
//!
//! Exit status: 0 done; 1 the content has errors; 2 wrong usage or configuration; 3 the machine failed. Nothing is written on 1 and 2.

mod build;
mod bundle;
mod changed;
mod check;
mod clock;
mod completions;
mod external;
mod fmt;
mod init;
mod input;
mod journal;
mod key;
mod ledger;
mod lsp;
mod man;
mod names;
mod new;
mod press;
mod progress;
mod record;
mod report;
mod review;
mod root;
mod schema;
mod serve;
mod source;
mod translate;
mod verify;

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well.
    Done,
    /// The content has errors.
    Content,
    /// Wrong usage or configuration.
    Usage,
    /// The machine failed.
    Machine,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Content => 1,
            Exit::Usage => 2,
            Exit::Machine => 3,
        })
    }
}

/// Compiles Markdown and a library of sources into a static, multilingual site in which every statement shows its source.
#[derive(Debug, Parser)]
#[command(
    version,
    arg_required_else_help = true,
    after_help = "Examples:\n  sourcebook init our-site              a small, whole site to change\n  sourcebook serve --open               see it, and every change at once\n  sourcebook check                      what is not sourced, dated or translated\n  sourcebook build                      the site, in public/\n\n`sourcebook COMMAND --help` has examples of each. Exit status: 0 done, 1 the content has errors, 2 wrong usage or configuration, 3 the machine failed."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into a folder
    Build(build::Arguments),
    /// Pack the site into one file, to be read without a network
    Bundle(bundle::Arguments),
    /// Say everything that is wrong, and write nothing
    Check(check::Arguments),
    /// Write what a shell needs to complete commands and options
    Completions(completions::Arguments),
    /// Bring pages and data files into one form that says the same
    Fmt(fmt::Arguments),
    /// Make a new site, or copy what one wants to change of the theme into one
    Init(init::Arguments),
    /// List every statement with its sources, quotations and figures
    Ledger(ledger::Arguments),
    /// Serve an editor: what is wrong while it is typed, completion, look-ups, renaming
    Lsp(lsp::Arguments),
    /// Write the manual: a page for each command
    Man(man::Arguments),
    /// Begin something: a page, a source, a figure, an event, a term, a language
    #[command(subcommand)]
    New(new::Command),
    /// Say what a change means for readers, for whoever has to accept it
    Review(review::Arguments),
    /// Write JSON Schemas of every file, with which editors complete and check fields
    Schema(schema::Arguments),
    /// Show the site in a browser and rebuild it on every change
    Serve(serve::Arguments),
    /// Bring sources in from other programs, list them, and take them out again
    #[command(subcommand)]
    Source(source::Command),
    /// Say how far translations are behind, and record that they are not
    #[command(subcommand)]
    Translate(translate::Command),
    /// Say whether a copy is whole and unaltered: a bundle or the folder of a site
    Verify(verify::Arguments),
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let exit = match Arguments::parse().command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Bundle(arguments) => bundle::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Ledger(arguments) => ledger::run(&arguments),
        Command::Lsp(arguments) => lsp::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::New(command) => new::run(&command),
        Command::Review(arguments) => review::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Source(command) => source::run(&command),
        Command::Translate(command) => translate::run(&command),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    exit.into()
}

/// The command line itself, for what is made of it.
fn command() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn every_command_shows_how_it_is_used() {
        let mut command = command().disable_help_subcommand(true);
        command.build();
        let mut open = vec![&command];
        let mut count = 0;
        while let Some(next) = open.pop() {
            let name = next.get_display_name().unwrap_or_default().replace('-', " ");
            let help = next.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples =
                help.strip_prefix("Examples:\n").unwrap_or_else(|| panic!("`{name} --help` has no examples"));
            let first = examples.lines().next().unwrap_or_default();
            // A command that has others below it shows some of those.
            let begins = examples.lines().any(|line| line.trim_start().starts_with(&name) && line.starts_with("  "));
            assert!(begins, "`{name} --help` does not show itself: {first}");
            assert!(next.get_about().is_some(), "`{name}` does not say what it does");
            for argument in next.get_arguments() {
                assert!(argument.get_help().is_some(), "`{name}`: `{}` is not told", argument.get_id());
            }
            count += 1;
            open.extend(next.get_subcommands());
        }
        assert!(count > 20, "{count}");
    }
}
